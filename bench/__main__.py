"""`python -m bench run|check|raise [ADAPTER...]`: measure, hold the floors, raise them.

run    measure and write the figures into bench/RESULTS.md
check  measure what has a floor in bench/floors.json; exit 1 where a figure is below its floor
raise  measure, and raise each floor to the figure seen (never lower one)
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "RESULTS.md"

ADAPTERS = {
    "claims": "claims-dev and the reference report, by the gold standard's own scorer",
    "facts": "facts found in the reference report",
    "events": "events-dev, by the gold standard's own scorer",
    "attributions": "PolNeAR dev: exact-span F1",
    "places": "LGL, given names; and the gazetteer's size and speed",
    "times": "TimeBank and AQUAINT, held-out half",
    "language": "UD English EWT dev, raw text: tokens and sentences",
    "offsets": "every layer of every corpus text: offsets that are not exact",
    "speed": "the whole route on one core",
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


def load_floors() -> dict[str, dict[str, float]]:
    """Adapter to figure to the least it may be."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    return floors


def below_floor(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """What stands below its floor, or was not measured though it has one."""
    failures = []
    for adapter, limits in floors.items():
        for figure, floor in limits.items():
            seen = figures.get(adapter, {}).get(figure)
            if seen is None:
                failures.append(f"{adapter}.{figure}: not measured, floor {floor:g}")
            elif seen < floor:
                failures.append(f"{adapter}.{figure}: {seen:.4g}, floor {floor:g}")
    return failures


def raised(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The floors after a measurement: each the higher of itself and the figure less SLACK."""
    return {
        adapter: {
            figure: max(floor, round(figures[adapter][figure] * (1 - SLACK), 4)) if adapter in figures else floor
            for figure, floor in limits.items()
        }
        for adapter, limits in floors.items()
    }


def write_results(figures: dict[str, dict[str, float]]) -> None:
    """Put the figures into RESULTS.md, each adapter in its own marked block; text outside the blocks is left alone."""
    text = RESULTS.read_text("utf-8")
    for adapter, values in figures.items():
        lines = [f"| {name} | {value:.4g} |" for name, value in values.items()]
        table = "\n".join(["| figure | value |", "|---|---|", *lines])
        block = f"<!-- {adapter} -->\n{table}\n<!-- /{adapter} -->"
        pattern = re.compile(rf"<!-- {adapter} -->.*?<!-- /{adapter} -->", re.DOTALL)
        if not pattern.search(text):
            text = f"{text.rstrip()}\n\n## {adapter}\n{ADAPTERS[adapter]}.\n\n{block}\n"
        else:
            text = pattern.sub(lambda _, block=block: block, text)  # type: ignore[misc]
    RESULTS.write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("action", choices=["run", "check", "raise"])
    parser.add_argument("adapters", nargs="*", help=f"some of {', '.join(ADAPTERS)}; all where none is named")
    options = parser.parse_args()
    floors = load_floors()
    names = options.adapters or [name for name in ADAPTERS if options.action == "run" or name in floors]
    figures = measured(names)
    print(json.dumps(figures, indent=1))
    if options.action == "run":
        write_results(figures)
    elif options.action == "raise":
        FLOORS.write_text(json.dumps(raised(figures, floors), indent=1) + "\n", "utf-8")
    else:
        chosen = {name: limits for name, limits in floors.items() if name in names}
        failures = below_floor(figures, chosen)
        for failure in failures:
            print(f"below its floor: {failure}", file=sys.stderr)
        print(f"{sum(map(len, chosen.values()))} floors, {len(failures)} not held")
        sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
