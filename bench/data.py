"""Where the public benchmark data lies, and how each set is read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from counterclaim.pipeline import Coder
from counterclaim.reading import Reject
from counterclaim.records import CodedReport, Report


def root() -> Path:
    """The folder named by COUNTERCLAIM_DATA. Raises SystemExit with the mend where it is not set."""
    folder = os.environ.get("COUNTERCLAIM_DATA", "")
    if not folder or not Path(folder).is_dir():
        raise SystemExit("set COUNTERCLAIM_DATA to the folder of benchmark data (see bench/README.md)")
    return Path(folder)


def iso_date(written: str) -> str | None:
    """`2022-09-13` or `October 25, 2023` as an ISO date; None where nothing is given."""
    if not written:
        return None
    for pattern in ("%Y-%m-%d", "%B %d, %Y"):
        try:
            return datetime.strptime(written, pattern).date().isoformat()
        except ValueError:
            continue
    raise ValueError(f"a publication date of unknown form: {written!r}")


def gold_reports(folder: Path) -> list[Report]:
    """Reports of a gold folder: <doc>.txt, with publication dates from _published.json."""
    dates = {}
    if (folder / "_published.json").exists():
        dates = json.loads((folder / "_published.json").read_text("utf-8"))
    return [
        Report(
            id=path.stem,
            text=path.read_text("utf-8"),
            published=iso_date(dates.get(path.stem, {}).get("published", "")),
        )
        for path in sorted(folder.glob("*.txt"))
    ]


def reference_report() -> Report:
    """The reference report."""
    path = root() / "reference" / "armenia-2022-09-13.txt"
    return Report(id=path.stem, text=path.read_text("utf-8"), published="2022-09-13")


def coded(reports: Iterable[Report]) -> list[CodedReport]:
    """Code reports with the shipped coder. Raises the first reject's error: benchmark texts can all be coded."""
    outcomes = []
    for outcome in Coder().code_all(reports):
        if isinstance(outcome, Reject):
            raise outcome.error
        outcomes.append(outcome)
    return outcomes
