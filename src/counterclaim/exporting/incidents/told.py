"""What the formats of acts share: which acts happened, and countries by three letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.records import CodedReport, Event
from counterclaim.resolving.gazetteer import CountryTable


def told_acts(settled: Settled, scheme: str, losses: Losses) -> Iterator[tuple[CodedReport, Event]]:
    """The incident's acts that are told as done, as news; how many others there are is noted in `losses`."""
    others: Counter[str] = Counter()
    for report, event in settled.events:
        if event.background:
            others["told as earlier context"] += 1
        elif event.reality not in ("actual", "ongoing"):
            others[event.reality] += 1
        else:
            yield report, event
    for why, times in sorted(others.items()):
        losses.append(
            Loss(settled.incident.id, f"{times} act{'s' if times > 1 else ''}", f"{why}: {scheme} has no such mark")
        )


def iso3(country: str | None) -> str | None:
    """ISO 3166-1 alpha-3 of a country by alpha-2."""
    found = CountryTable.shipped().countries.get(country or "")
    return found.iso3 if found else None
