"""Agreement by a formula that can be checked by hand, and corrections as annotation without a word of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook
from counterclaim.cli import main
from counterclaim.reviewing import Proposal, on_record
from counterclaim.reviewing.agreement import KEPT, agreement, alpha
from counterclaim.reviewing.annotating import lines_of
from tests.review_reports import TEXT, correct, decide, misread


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "book.db") as opened:
        opened.add(misread())
        yield opened


def test_alpha_is_that_of_the_published_example() -> None:
    # Krippendorff (2011), example C: four observers, twelve units, nominal data, missing values; alpha = 0.743.
    observers = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
    )
    units = [[str(value) for value in unit if value is not None] for unit in zip(*observers, strict=True)]
    _, found = alpha([unit for unit in units if len(unit) > 1])
    assert found == pytest.approx(0.743, abs=0.0005)


def test_no_variation_leaves_no_alpha_and_opposites_are_worse_than_chance() -> None:
    assert alpha([["a", "a"], ["a", "a"]]) == (1.0, None)
    observed, found = alpha([["a", "b"], ["b", "a"]])
    assert observed == 0.0
    assert found is not None
    assert found < 0


def test_each_reviewer_is_taken_by_what_they_left(book: Casebook) -> None:
    correct(book, "source", "Relief Union", by="Ana")
    blind = book.under_review("r1").by("Bo")
    book.decide(on_record("accept", "Bo", blind, "claims", "c1"))
    decide(book, "reject", "c2", by="Ana")
    found = {one.field: one for one in agreement(book.decisions())}
    assert (found["source"].observed, found["harm"].observed) == (0.0, 1.0)
    assert found[KEPT].records == 1
    decide(book, "accept", "c1", by="Ana")
    both = {one.field: one for one in agreement(book.decisions())}
    assert both["source"].records == 1


def test_several_corrections_at_once_are_one_reading(book: Casebook) -> None:
    decide(book, "correct", "c2", Proposal(field="min", value=31), Proposal(field="max", value=31), by="Ana")
    decide(book, "accept", "c2", by="Bo")
    found = {one.field: one.observed for one in agreement(book.decisions())}
    assert (found["min"], found["max"]) == (1.0, 1.0)


def test_a_sentence_is_annotation_once_all_its_claims_are_decided(book: Casebook) -> None:
    correct(book, "victims", "30", "c2")
    assert list(lines_of(book.under_review("r1"), "claims")) == []
    decide(book, "accept", "c1")
    [line] = lines_of(book.under_review("r1"), "claims")
    data = json.loads(line)
    start, end = misread().sentences[1]
    sentence = TEXT[start:end]
    assert data["doc"] == f"r1:{start}-{end}"
    first, second = data["claims"]
    assert sentence[slice(*first["quantity"])] == "At least 12"
    assert sentence[slice(*first["source"])] == "the Orvan army"
    assert first["place"] is None
    assert sentence[slice(*second["victims"])] == "30"
    assert (second["min"], second["harm"], second["vague"]) == (30, "injured", False)
    assert "villagers" not in line
    assert "Orvan" not in line


def test_a_sentence_whose_claims_were_all_rejected_is_an_answer_too(book: Casebook) -> None:
    decide(book, "reject", "c1")
    decide(book, "reject", "c2")
    [line] = lines_of(book.under_review("r1"), "claims")
    assert json.loads(line)["claims"] == []


def test_acts_are_annotation_too(book: Casebook) -> None:
    correct(book, "recipient", "Gavar", "e1")
    [line] = lines_of(book.under_review("r1"), "events")
    [event] = json.loads(line)["events"]
    assert TEXT[slice(*event["trigger"])] == "hit"
    assert TEXT[slice(*event["recipient"][0])] == "Gavar"
    assert (event["type"], event["acled"]) == ("ASSAULT", "Shelling/artillery/missile attack")


def run(book: Casebook, *words: str) -> str:
    outcome = CliRunner().invoke(main, ["review", words[0], *words[1:], "--casebook", book.path])
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_the_commands_tell_the_same(book: Casebook, tmp_path: Path) -> None:
    assert '"record":"c1"' in run(book, "list", "--kind", "claim")
    assert "decided on by two" in run(book, "agreement", "--format", "text")
    decide(book, "accept", "c1", by="Ana")
    decide(book, "reject", "c2", by="Bo", why="odd")
    assert "odd" in run(book, "log", "--by", "Bo", "--format", "text")
    assert "Cy undid decision 2" in run(book, "undo", "2", "--reviewer", "Cy", "--why", "not odd")
    assert [one.id for one in book.report("r1").claims] == ["c1", "c2"]
    decide(book, "accept", "c2", by="Bo")
    out = tmp_path / "claims.jsonl"
    assert "1 sentence" in run(book, "annotations", "-o", str(out))
    assert json.loads(out.read_text())["reviewers"] == ["Ana", "Bo"]
