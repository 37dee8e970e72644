"""How fast linking is and how it grows: synthetic coded reports, one core; and a thousand orders of one set of reports.

`python -m bench.linking_speed` prints the measures; `--to 1000000` goes on to a million claims (about 8 GB of memory).
A report tells of one occurrence, in one of 7,000 invented towns, with three claims; three reports an occurrence and a
constant number of occurrences a day, so that a larger set is a longer time, as in an archive.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

from bench.data import root
from bench.incidents import as_report, coded_once
from counterclaim.linking import link
from counterclaim.records import Acled, Claim, ClaimLinks, CodedReport, Event, Place, Plover, Time

TOWNS = 7_000
A_DAY = 40
"""Occurrences a day, about what the Uppsala and ACLED programmes record of the wars of the world."""
TELLINGS = 3
SHUFFLES = 1_000
SYLLABLES = ["ba", "ka", "ri", "mo", "tel", "sha", "dor", "un", "vek", "ila", "zan", "per", "gor", "tuk", "mey", "nas"]
ACTS = ("Shelling/artillery/missile attack", "Armed clash", "Attack", "Remote explosive/landmine/IED")
WORDS = [
    "police",
    "army",
    "rebels",
    "market",
    "road",
    "night",
    "convoy",
    "school",
    "bridge",
    "checkpoint",
    "village",
    "mosque",
    "officials",
    "hospital",
]


def named(number: int) -> str:
    """An invented name, another for each number."""
    syllables = []
    for _ in range(4):
        number, digit = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[digit])
    return "".join(syllables).capitalize()


def synthetic(claims: int) -> Iterator[CodedReport]:
    """Coded reports with about this many claims, the same for one number."""
    dice = random.Random(7)
    written, occurrence = 0, 0
    while written < claims:
        town, dead = dice.randrange(TOWNS), dice.randrange(1, 30)
        day = date(1990, 1, 1) + timedelta(days=occurrence // A_DAY)
        act, scene = dice.choice(ACTS), dice.sample(WORDS, 4)
        witness = named(dice.randrange(60_000))
        for telling in range(TELLINGS):
            report = _report(f"r{occurrence}-{telling}", day, town, dead + telling, act, [*scene, witness])
            written += len(report.claims)
            yield report
        occurrence += 1


def _report(key: str, day: date, town: int, dead: int, act: str, scene: list[str]) -> CodedReport:
    place, when = named(town), day.strftime("%B %d")
    first = f"At least {dead} people were killed and {dead * 2} wounded in {place} on {when} near the {scene[0]}."
    second = f"The {scene[1]} and the {scene[2]} spoke of {dead} dead, {scene[4]} said at the {scene[3]}."
    text = f"{first} {second}"
    start = text.index(place)
    lat, lon = (town * 7919 % 12_000) / 100 - 60, (town * 104_729 % 34_000) / 100 - 170
    links = ClaimLinks(place_id="p1", time_id="t1", event="e1")

    def claim(number: int, harm: str, count: int, sentence: int) -> Claim:
        at = text.index(str(count))
        return Claim.from_dict(
            {"id": f"c{number}", "start": at, "end": at + len(str(count)), "evidence": str(count), "sentence": sentence}
            | {"harm": harm, "min": count, "max": count, "links": links.to_dict()}
        )

    claims = (claim(1, "killed", dead, 0), claim(2, "injured", dead * 2, 0), claim(3, "killed", dead, 1))
    iso = day.isoformat()
    killed = text.index("killed")
    return CodedReport(
        id=key,
        text=text,
        published=iso,
        sentences=((0, len(first)), (len(first) + 1, len(text))),
        places=(
            Place(
                id="p1", start=start, end=start + len(place), text=place, name=place, kind="settlement",
                geonames_id=town, lat=lat, lon=lon, country="ZZ", precision=1,
            ),
        ),
        times=(Time(id="t1", start=0, end=1, text=when, type="DATE", value=iso, from_=iso, to=iso, precision=1),),
        claims=claims,
        events=(
            Event(
                id="e1", start=killed, end=killed + 6, trigger=(killed, killed + 6), sentence=0,
                plover=Plover(type="ASSAULT"), acled=Acled(event_type="Battles", sub_event_type=act),
                place="p1", time="t1", claims=("c1", "c2", "c3"),
            ),
        ),
    )  # fmt: skip


def seconds(claims: int) -> tuple[float, float]:
    """Seconds of processor time to link so many claims, and incidents found for each true one."""
    reports = list(synthetic(claims))
    started = time.process_time()
    found = link(reports)
    return time.process_time() - started, len(found) * TELLINGS / len(reports)


def orders(shuffles: int = SHUFFLES) -> float:
    """In how many of so many orders of 40 reports of incidents-dev the incidents differ from those of the first."""
    folder = root() / "gold/incidents-dev"
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    reports = coded_once([as_report(row) for row in rows if row["published"].startswith("2006-11")])
    first = link(reports)
    dice = random.Random(1)
    differ = 0
    for _ in range(shuffles):
        dice.shuffle(reports)
        differ += link(reports) != first
    return float(differ)


def measure(largest: int = 100_000) -> dict[str, float]:
    sizes = [size for size in (10_000, 100_000, 300_000, 1_000_000) if size <= largest]
    seconds(1_000)  # tables are read once, before the clock
    taken = {size: seconds(size) for size in sizes}
    figures = {f"seconds_{size}_claims": spent for size, (spent, _) in taken.items()}
    figures |= {f"incidents_per_true_one_{size}": share for size, (_, share) in taken.items()}
    if len(sizes) > 1:
        spent = taken[sizes[-1]][0] / taken[sizes[0]][0]
        figures["growth_exponent"] = math.log(spent) / math.log(sizes[-1] / sizes[0])
    figures["orders_that_differ_of_1000"] = orders()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=100_000)
    for name, value in measure(parser.parse_args().to).items():
        print(f"{name:40} {value:.4f}")


if __name__ == "__main__":
    main()
