"""PETRARCH-2's validation sentences: `python -m bench.petrarch [FILE]`.

The records are PETRARCH-2's own codings, corrected by its author, so that it scores 100 on them by construction: what
is measured is how far our events agree. Presence: a sentence has an event with both parties, or none. Root: of the
sentences where both code something, those where one of our CAMEO roots is one of theirs; class: the same by the five
classes of `bench.cameo`. Source and target: of their codings that name a country, those whose country stands in that
role in one of our events.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench import data
from bench.cameo import class_of
from counterclaim.records import CodedReport, Report
from counterclaim.resolving.gazetteer import CountryTable

_RECORD = re.compile(r'<Sentence [^>]*?id\s*=\s*"([^"]+)".*?(?=<Sentence |\Z)', re.DOTALL)
_CODING = re.compile(r'<EventCoding\s+eventcode="(\d+)"\s+sourcecode="([^"]+)"\s+targetcode="([^"]+)"')
_DATE = re.compile(r'date\s*=\s*"(\d{4})(\d\d)(\d\d)"')


class Coding(NamedTuple):
    """One record of PETRARCH-2."""

    root: int
    source: str
    target: str


def records(path: Path) -> list[tuple[Report, list[Coding]]]:
    """Sentences with their codings; an empty list where there is no event."""
    found = []
    for match in _RECORD.finditer(path.read_text("utf-8")):
        text = re.search(r"<Text>(.*?)</Text>", match[0], re.DOTALL)
        if text is None or "<EventCoding" not in match[0]:
            continue
        day = _DATE.search(match[0])
        words = " ".join(text[1].split())
        report = Report(id=match[1], text=words, published="-".join(day.groups()) if day else None)
        found.append((report, [Coding(int(c[:2]), s[:3], t[:3]) for c, s, t in _CODING.findall(match[0])]))
    return found


def countries(coding: CodedReport, role: str) -> set[str]:
    """ISO 3166-1 alpha-3 codes of the parties in a role of any event."""
    table = CountryTable.shipped().countries
    actors = {actor.id: actor for actor in coding.actors}
    parties = [actors[party] for event in coding.events for party in getattr(event, role)]
    return {table[actor.country].iso3 for actor in parties if actor.country in table}


def measure(path: Path | None = None) -> dict[str, float]:
    """Agreement with PETRARCH-2's records, 0 to 1."""
    path = path or data.root() / "corpora" / "petrarch" / "PETR2_GSR_validation.xml"
    gold = records(path)
    coded = data.coded(report for report, _ in gold)
    table = {country.iso3 for country in CountryTable.shipped().countries.values()}
    present = both = roots = classes = 0
    parties = {"actor": [0, 0], "recipient": [0, 0]}
    for (_, theirs), coding in zip(gold, coded, strict=True):
        ours = [event for event in coding.events if event.actor and event.recipient]
        present += bool(ours) == bool(theirs)
        for role, named in (("actor", [c.source for c in theirs]), ("recipient", [c.target for c in theirs])):
            wanted = {code for code in named if code in table}
            parties[role][0] += len(wanted & countries(coding, role))
            parties[role][1] += len(wanted)
        if coding.events and theirs:
            mine = {int(event.cameo[:2]) for event in coding.events if event.cameo}
            both += 1
            roots += bool(mine & {c.root for c in theirs})
            classes += bool(set(map(class_of, mine)) & {class_of(c.root) for c in theirs})
    return {
        "sentences": float(len(gold)),
        "presence": present / len(gold),
        "both_code": float(both),
        "root": roots / max(1, both),
        "class": classes / max(1, both),
        "source_country": share(parties["actor"]),
        "target_country": share(parties["recipient"]),
    }


def share(counts: Iterable[int]) -> float:
    """Found over wanted."""
    found, wanted = counts
    return found / max(1, wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", help="the validation file")
    for name, value in measure(parser.parse_args().path).items():
        print(f"{name:20s} {value:.3f}")


if __name__ == "__main__":
    main()
