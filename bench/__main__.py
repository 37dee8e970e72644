"""`python -m bench run|check|raise|readme [ADAPTER...]`: measure, hold the floors, raise them.

run    measure and write the figures into bench/RESULTS.md
check  measure what has a floor in bench/floors.json; exit 1 where a figure is below its floor
raise  measure, and raise each floor to the figure seen (never lower one)
readme put what `counterclaim demo` prints now into README.md; nothing is measured
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "RESULTS.md"
README = HERE.parent / "README.md"

ADAPTERS = {
    "claims": "claims-dev and the reference report, by the gold standard's own scorer",
    "claim_weights": "how well the confidence of claims holds: claims-dev, by weights fitted on other documents",
    "facts": "facts found in the reference report",
    "events": "events-dev, by the gold standard's own scorer",
    "muc4": "MUC-4 tst1 and tst2: templates filled from events and claims, all slots; CEAF-REE of the string slots",
    "cameo": "CAMEO class sentences, a half: five classes, sources and targets",
    "petrarch": "PETRARCH-2's validation records: presence, root, source and target",
    "attributions": "PolNeAR dev: exact-span F1",
    "places": "LGL, given names; and the gazetteer's size and speed",
    "place_confidence": "how well the confidence of places holds: LGL, by curves fitted on other documents",
    "actors": "actor mentions judged by hand; coreference on GUM dev",
    "event_places": "event-location, held-out fifth: the place that belongs to a verb",
    "times": "TimeBank and AQUAINT, held-out half",
    "language": "UD English EWT dev, raw text: tokens and sentences",
    "airwars": "Airwars assessments: the rule `range` against the coders' own minimum and maximum",
    "conflict_losses": "the rule `pooled`: on simulated truth, against a full posterior, on a war's claims",
    "offsets": "every layer of every corpus text: offsets that are not exact",
    "incidents": "incidents-dev, held-out Gun Violence Archive, ECB+ dev, beside simpler methods",
    "linking_speed": "linking of 10,000 and 100,000 synthetic claims on one core; 1,000 orders of reports",
    "kills": "1,000 writers killed at random moments: what was acknowledged and is lost, doubled or damaged",
    "fuzz": "100,000 harmed files and odd texts through every reader and the coder: crashes, hangs, silent drops",
    "speed": "the whole route on one core",
    "soak": "eight simulated hours of a watched stream: memory, and whether every article is there once",
    "exports": "the UCDP export beside real UCDP GED rows: columns and types; the rows read as records",
    "cost": "full coding beside the bare encoder, a plain loop, trafilatura and HeidelTime; start; memory of a stream",
    "triage": "which texts a first look passes, and what that saves of a mixed stream",
    "serving": "pages and API over 100,000 synthetic incidents",
}
"""Adapter (a module of bench with `measure()`) to what it measures. Another one is one file and one line."""

SLACK = 0.005
"""A floor stands this far below the figure seen, so that a change of library version does not fail the build."""


def measured(names: list[str]) -> dict[str, dict[str, float]]:
    """Run adapters by name. Raises SystemExit for an unknown one."""
    unknown = sorted(set(names) - set(ADAPTERS))
    if unknown:
        raise SystemExit(f"no adapter {', '.join(unknown)}; there are {', '.join(ADAPTERS)}")
    figures = {}
    for name in names:
        print(f"measuring {name}: {ADAPTERS[name]}", file=sys.stderr, flush=True)
        figures[name] = dict(import_module(f"bench.{name}").measure())
    return figures


Figures = dict[str, dict[str, float]]


class Floors(TypedDict):
    """Adapter to figure to the least (or, for faults and costs, the most) it may be."""

    at_least: Figures
    at_most: Figures


def load_floors() -> Floors:
    """The floors that stand."""
    floors: Floors = json.loads(FLOORS.read_text("utf-8"))
    return floors


def below_floor(figures: Figures, floors: Floors) -> list[str]:
    """What does not hold its floor, or was not measured though it has one."""
    failures = []
    for side, word, sign in (("at_least", "floor", 1), ("at_most", "at most", -1)):
        for adapter, limits in floors[side].items():  # type: ignore[literal-required]
            for figure, limit in limits.items():
                seen = figures.get(adapter, {}).get(figure)
                if seen is None:
                    failures.append(f"{adapter}.{figure}: not measured, {word} {limit:g}")
                elif sign * seen < sign * limit:
                    failures.append(f"{adapter}.{figure}: {seen:.4g}, {word} {limit:g}")
    return failures


def raised(figures: Figures, floors: Floors) -> Floors:
    """The floors after a measurement: each the stricter of itself and the figure seen less SLACK."""

    def lifted(limits: Figures, better: Callable[[float, float], float], share: float) -> Figures:
        return {
            adapter: {
                figure: better(limit, round(figures[adapter][figure] * share, 4)) if adapter in figures else limit
                for figure, limit in held.items()
            }
            for adapter, held in limits.items()
        }

    return {
        "at_least": lifted(floors["at_least"], max, 1 - SLACK),
        "at_most": lifted(floors["at_most"], min, 1 + SLACK),
    }


PART = re.compile(r"(?P<of>.+)[._](?P<part>p|precision|r|recall|f1)")
COLUMNS = {"p": "P", "precision": "P", "r": "R", "recall": "R", "f1": "F1"}


def tables(values: Mapping[str, float]) -> str:
    """Figures as Markdown: precision, recall and F1 of one thing on one row, then the rest one a row."""
    rows: dict[str, dict[str, str]] = {}
    rest: list[str] = []
    for name, value in values.items():
        match = PART.fullmatch(name)
        if match:
            rows.setdefault(match["of"], {})[COLUMNS[match["part"]]] = shown(value)
        else:
            rest.append(f"| {name} | {shown(value)} |")
    lines = [f"| {of} | {' | '.join(row.get(column, '') for column in ('P', 'R', 'F1'))} |" for of, row in rows.items()]
    first = ["| | P | R | F1 |", "|---|---|---|---|", *lines] if lines else []
    second = ["| figure | value |", "|---|---|", *rest] if rest else []
    return "\n".join([*first, "", *second] if first and second else first or second)


def shown(value: float) -> str:
    """Three decimals below 10, one below 1,000, else whole with commas; whole numbers as they are."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def write_results(figures: Figures) -> None:
    """Put the figures into RESULTS.md, each adapter in its own marked block; text outside the blocks is left alone."""
    text = RESULTS.read_text("utf-8")
    for adapter, values in figures.items():
        table = tables(values)
        block = f"<!-- {adapter} -->\n{table}\n<!-- /{adapter} -->"
        pattern = re.compile(rf"<!-- {adapter} -->.*?<!-- /{adapter} -->", re.DOTALL)
        if not pattern.search(text):
            text = f"{text.rstrip()}\n\n## {adapter}\n{ADAPTERS[adapter]}.\n\n{block}\n"
        else:
            text = pattern.sub(lambda _, block=block: block, text)  # type: ignore[misc]
    RESULTS.write_text(text, "utf-8")


def with_block(text: str, name: str, content: str) -> str:
    """Text with all between `<!-- name -->` and `<!-- /name -->` replaced; SystemExit where there is no such block."""
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"no <!-- {name} --> block")
    return pattern.sub(lambda _: f"<!-- {name} -->\n{content}\n<!-- /{name} -->", text)


def write_readme(occurrences: int = 2) -> None:
    """Put the first tables that the demo prints into the README, as they are printed."""
    from click.testing import CliRunner

    from counterclaim.cli import main as program

    printed = CliRunner().invoke(program, ["demo", "--no-open"], catch_exceptions=False).output
    tables = printed.split("\n\n")[:occurrences]
    lines = [line.rstrip() for table in tables for line in [*table.strip("\n").split("\n"), ""]]
    block = "```text\n" + "\n".join(lines).rstrip() + "\n```"
    README.write_text(with_block(README.read_text("utf-8"), "demo", block), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("action", choices=["run", "check", "raise", "readme"])
    parser.add_argument("adapters", nargs="*", help=f"some of {', '.join(ADAPTERS)}; all where none is named")
    options = parser.parse_args()
    if options.action == "readme":
        write_readme()
        return
    floors = load_floors()
    floored = {*floors["at_least"], *floors["at_most"]}
    names = options.adapters or [name for name in ADAPTERS if options.action == "run" or name in floored]
    figures = measured(names)
    print(json.dumps(figures, indent=1))
    if options.action == "run":
        write_results(figures)
    elif options.action == "raise":
        FLOORS.write_text(json.dumps(raised(figures, floors), indent=1) + "\n", "utf-8")
    else:
        chosen: Floors = {
            "at_least": {name: limits for name, limits in floors["at_least"].items() if name in names},
            "at_most": {name: limits for name, limits in floors["at_most"].items() if name in names},
        }
        failures = below_floor(figures, chosen)
        for failure in failures:
            print(f"below its floor: {failure}", file=sys.stderr)
        held = sum(len(limits) for side in (chosen["at_least"], chosen["at_most"]) for limits in side.values())
        print(f"{held} floors, {len(failures)} not held")
        sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
