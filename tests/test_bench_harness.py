"""The floors hold what they say: a figure below its floor fails, floors never sink, notes in RESULTS.md survive."""

from pathlib import Path

import pytest

from bench import __main__ as harness
from bench.data import iso_date


def floors(least: float, **most: float) -> harness.Floors:
    return {"at_least": {"claims": {"f1": least}}, "at_most": {"claims": most} if most else {}}


def test_a_figure_below_its_floor_is_named() -> None:
    assert harness.below_floor({"claims": {"f1": 0.5}}, floors(0.55)) == ["claims.f1: 0.5, floor 0.55"]


def test_a_fault_above_what_is_allowed_is_named() -> None:
    figures = {"claims": {"f1": 0.6, "faults": 2.0}}
    assert harness.below_floor(figures, floors(0.55, faults=0)) == ["claims.faults: 2, at most 0"]


def test_a_figure_with_a_floor_must_be_measured() -> None:
    assert harness.below_floor({}, floors(0.55)) == ["claims.f1: not measured, floor 0.55"]


def test_a_figure_at_its_floor_passes() -> None:
    assert harness.below_floor({"claims": {"f1": 0.55, "faults": 0.0}}, floors(0.55, faults=0)) == []


def test_floors_rise_and_never_sink() -> None:
    higher = harness.raised({"claims": {"f1": 0.7, "faults": 1.0}}, floors(0.55, faults=4))
    assert higher["at_least"]["claims"]["f1"] == pytest.approx(0.7 * (1 - harness.SLACK), abs=1e-4)
    assert higher["at_most"]["claims"]["faults"] == pytest.approx(1 + harness.SLACK, abs=1e-4)
    assert harness.raised({"claims": {"f1": 0.4, "faults": 9.0}}, floors(0.55, faults=4)) == floors(0.55, faults=4)


def test_every_floor_belongs_to_an_adapter() -> None:
    held = harness.load_floors()
    assert {*held["at_least"], *held["at_most"]} <= set(harness.ADAPTERS)


def test_an_unknown_adapter_is_refused() -> None:
    with pytest.raises(SystemExit, match="no adapter nonsense"):
        harness.measured(["nonsense"])


def test_results_keep_what_was_written_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Measured\n\nA note by hand.\n", "utf-8")
    monkeypatch.setattr(harness, "RESULTS", results)
    harness.write_results({"facts": {"facts": 31.0}})
    harness.write_results({"facts": {"facts": 33.0}})
    written = results.read_text("utf-8")
    assert "A note by hand." in written
    assert "| facts | 33 |" in written
    assert "31" not in written


@pytest.mark.parametrize(
    ("written", "iso"), [("2022-09-13", "2022-09-13"), ("October 25, 2023", "2023-10-25"), ("", None)]
)
def test_publication_dates_of_both_forms_are_read(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_precision_recall_and_f1_stand_on_one_row() -> None:
    table = harness.tables({"core.p": 0.9151, "core.r": 0.76, "core.f1": 0.83, "reports": 1234.0})
    assert "| core | 0.915 | 0.760 | 0.830 |" in table
    assert "| reports | 1,234 |" in table


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- demo -->\nstale words\n<!-- /demo -->\nafter\n", "utf-8")
    monkeypatch.setattr(harness, "README", readme)
    harness.write_readme()
    written = readme.read_text("utf-8")
    assert written.startswith("before\n<!-- demo -->\n```text\nBorder\n")
    assert written.endswith("\n```\n<!-- /demo -->\nafter\n")
    assert "according to" in written
    assert "stale words" not in written
