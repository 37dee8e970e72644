"""The examples in docs/exports.md run, and the page names every format there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from counterclaim.casebook import Casebook
from counterclaim.cli import main
from counterclaim.exporting import EXPORTERS
from counterclaim.exporting.incidents import INCIDENT_EXPORTERS
from counterclaim.records import CodedReport
from tests.serving_incidents import placed_reports
from tests.test_records_imported import GED, ROW

PAGE = (Path(__file__).parent.parent / "docs" / "exports.md").read_text("utf-8")


def test_every_format_is_named() -> None:
    names = [one.name for one in EXPORTERS] + [one.name for one in INCIDENT_EXPORTERS]
    assert [name for name in names if f"`{name}`" not in PAGE] == []


def with_doer() -> list[CodedReport]:
    """The reports of one strike, in which the second source is held responsible."""
    first, *others = placed_reports()
    blamed = replace(first.claims[0], links=replace(first.claims[0].links, perpetrator_actor="a1"))
    return [replace(first, claims=(blamed,)), *others]


def test_the_pandas_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    Path("GEDEvent_v24_1.csv").write_text(GED + ROW)
    with Casebook("my.db") as book:
        book.add(with_doer())
    for command in (
        ["add", "GEDEvent_v24_1.csv", "--from", "ucdp-ged", "--casebook", "my.db"],
        ["export", "ucdp-ged", "--casebook", "my.db", "-o", "ged.csv"],
        ["export", "beside", "--casebook", "my.db", "-o", "beside.csv"],
    ):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    held: dict[str, object] = {}
    exec(example, held)
    both = held["both"]
    assert {by for by, _ in both.index} == {"ours", "theirs"}  # type: ignore[attr-defined]
    assert len(held["pairs"]) == 1  # type: ignore[arg-type]
