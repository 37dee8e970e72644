"""Triage: a cheap first look that is asked for, passes what may tell of harm or force, and drops nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.errors import EmptyReport, SetAside, UsageError
from counterclaim.reading import Reject
from counterclaim.records import Report
from counterclaim.running import Config, Cut, Manifest, Summary, read_run, run
from counterclaim.triage import least_score, score, triaged
from tests.test_running import Here

pytest.importorskip("pyarrow")

RAID = "Gunmen killed four villagers in a raid near Kesra, the police said."
RECIPE = "Stir the flour into the milk and let it rest. Bake the cake for an hour until it is golden."
QUIET_PAGES = "The choir sang well. I like the new song and the cheap tea here.\n" * 200


def report(text: str, **facts: str) -> Report:
    return Report(text=text, id=facts.pop("id", "r"), **facts)


def test_a_raid_scores_above_a_recipe() -> None:
    least = least_score(0.99)
    assert score(report(RAID)) >= least > score(report(RECIPE))


def test_one_sentence_deep_in_a_quiet_text_is_enough() -> None:
    assert score(report(QUIET_PAGES + RAID + "\n" + QUIET_PAGES)) == score(report(RAID)) > score(report(QUIET_PAGES))


def test_a_title_tells_too() -> None:
    assert score(report(RECIPE, title="Shelling kills six soldiers")) > score(report(RECIPE))


def test_more_recall_asks_for_no_higher_score() -> None:
    scores = [least_score(recall) for recall in (0.5, 0.9, 0.99, 0.999)]
    assert scores == sorted(scores, reverse=True)
    with pytest.raises(UsageError, match="recall of up to"):
        least_score(1.0)


@pytest.mark.parametrize("text", ["", "\n\n", "....", "😀" * 50, "قتل", "a" * 1_000_000, "a. " * 300_000])
def test_any_text_gets_a_score(text: str) -> None:
    assert isinstance(score(report(text)), float)


def test_what_stays_below_is_set_aside_in_its_place_with_the_reason() -> None:
    unread = Reject("c.txt", EmptyReport("no words in it"))
    items: list[Report | Reject] = [report(RAID, source="a.txt"), report(RECIPE, source="b.txt"), unread]
    kept = list(triaged(items, least_score(0.99)))
    assert kept[0] is items[0]
    assert kept[2] is unread
    assert isinstance(kept[1], Reject)
    assert kept[1].source == "b.txt"
    assert isinstance(kept[1].error, SetAside)
    assert "without triage" in str(kept[1].error)


def over(folder: Path, triage: float | None) -> Summary:
    items = [report(RECIPE if n % 3 else RAID, id=f"r{n}", source=f"feed:{n}") for n in range(12)]
    items[2] = report(RAID, id="r2", source="feed:2")
    items[1] = report(RAID, id="r1", source="feed:1")
    made = Config.of("tests.run_coders:quick", triage=triage)
    return run(items, folder, Here(made), made, at=Cut(inputs=3))


def test_accepted_is_coded_rejected_and_set_aside_and_the_manifest_says_how_many(tmp_path: Path) -> None:
    parts = over(tmp_path, 0.0).manifest.parts
    assert [(part.reports, part.rejects, part.set_aside, part.triage) for part in parts] == [
        (3, 0, 0, 0.0),
        *[(1, 0, 2, 0.0)] * 3,
    ]
    aside = [source for source, outcome in read_run(tmp_path) if isinstance(outcome, Reject)]
    assert aside == ["feed:4", "feed:5", "feed:7", "feed:8", "feed:10", "feed:11"]


def test_without_triage_the_parts_that_lack_something_are_coded_again_and_no_others(tmp_path: Path) -> None:
    over(tmp_path, 0.0)
    assert over(tmp_path, 0.0).fresh == 0
    later = over(tmp_path, None)
    assert later.fresh == 3
    assert sum(part.reports for part in later.manifest.parts) == 12
    assert sum(part.set_aside for part in later.manifest.parts) == 0
    loaded = Manifest.load(tmp_path)
    assert loaded is not None
    assert loaded == later.manifest


def test_nothing_is_set_aside_unless_it_is_asked_for(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate([RAID, RECIPE])))
    coded = CliRunner().invoke(main, ["code", str(feed), "--format", "jsonl"])
    assert [json.loads(line)["id"] for line in coded.stdout.splitlines()] == ["r0", "r1"]
    looked = CliRunner().invoke(main, ["code", str(feed), "--format", "jsonl", "--triage", "0.99"])
    assert [json.loads(line)["id"] for line in looked.stdout.splitlines()] == ["r0"]
    assert "1 report set aside by triage" in looked.stderr
    assert looked.exit_code == 0
    both = CliRunner().invoke(main, ["code", str(feed), "--triage", "0.99", "--triage-threshold", "1"])
    assert both.exit_code == 2


def test_what_a_casebook_does_not_get_is_kept_among_its_rejects(tmp_path: Path) -> None:
    feed, book = tmp_path / "feed.jsonl", str(tmp_path / "my.db")
    feed.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate([RAID, RECIPE])))
    added = CliRunner().invoke(main, ["add", str(feed), "--casebook", book, "--triage-threshold", "0"])
    assert added.exit_code == 0, added.output
    assert "1 report set aside by triage" in added.output
    assert "set-aside" in CliRunner().invoke(main, ["rejects", "--casebook", book]).output
    later = CliRunner().invoke(main, ["add", str(feed), "--casebook", book])
    assert "1 report coded" in later.output
