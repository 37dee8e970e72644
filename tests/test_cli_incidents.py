"""`counterclaim incidents`: a newcomer sees who claims what, what is contested, and the ranges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from counterclaim.cli import main


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("incidents") / "demo.db"
    assert CliRunner().invoke(main, ["demo", "--no-open", "--casebook", str(path)]).exit_code == 0
    return path


def run(book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["incidents", "--casebook", str(book), *arguments])


def test_the_bundled_reports_tell_their_story(book: Path) -> None:
    shown = run(book, "--format", "text")
    assert shown.exit_code == 0
    assert "its own losses" in shown.output
    assert " denies: " in shown.output
    assert "before: " in shown.output
    for rule in ("ucdp", "lowest", "range", "pooled"):
        assert f" {rule} " in shown.output


def test_json_lines_follow_the_contract(book: Path) -> None:
    lines = [json.loads(line) for line in run(book, "--format", "jsonl").output.splitlines()]
    assert lines
    assert all(line["schema"] == "counterclaim/incident/1" for line in lines)
    told = [line for line in lines if line["estimates"].get("ucdp")]
    assert told
    for line in told:
        claims = {tuple(claim) for claim in line["claims"]}
        for settled in line["estimates"].values():
            for estimate in settled.values():
                assert {tuple(weighed["claim"]) for weighed in estimate["trace"]} <= claims


def test_as_of_an_earlier_day_the_later_toll_is_not_known(book: Path) -> None:
    then = run(book, "--as-of", "2022-04-08", "--clock", "published", "--format", "text").output
    assert "2022-04-10" not in then
    assert "2022-04-10" in run(book, "--format", "text").output
    assert "as of 2022-04-08" in then


def test_before_it_was_recorded_the_casebook_knew_nothing(book: Path) -> None:
    assert "0 incidents with a toll, from 0 reports" in run(book, "--as-of", "2015-01-01", "--format", "text").output


def test_the_trace_says_what_every_claim_counted_for(book: Path) -> None:
    shown = run(book, "--rule", "ucdp", "--trace", "--format", "text").output
    assert "superseded" in shown
    assert "ucdp/1, killed" in shown
    assert "pooled" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rule", "median"), "no rule 'median'"),
        (("--rule", "nowhere.py"), "no rule file"),
        (("--as-of", "then"), "is no moment"),
        (("--clock", "recorded"), "give that too"),
        (("--incident", "i0"), "no incident i0"),
    ],
)
def test_wrong_usage_is_told_in_one_line(book: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(book, *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output
