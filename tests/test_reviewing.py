"""A correction takes the words that were marked, ties the record to what they name, and never breaks the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counterclaim.casebook import Casebook
from counterclaim.checking import violations
from counterclaim.errors import UsageError
from counterclaim.records import Claim
from counterclaim.reviewing import Proposal
from tests.review_reports import TEXT, at, correct, decide, misread


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "book.db") as opened:
        opened.add(misread())
        yield opened


def claim(book: Casebook, id: str = "c1") -> Claim:
    return next(one for one in book.report("r1").claims if one.id == id)


def test_the_fixture_is_a_coding_as_the_program_makes_them() -> None:
    assert violations(misread()) == []


def test_a_source_is_the_words_marked_and_its_actor_and_statement(book: Casebook) -> None:
    correct(book, "source", "Relief Union")
    found = claim(book)
    assert (found.source, found.source_kind, found.source_chain) == ("Relief Union", "named", ("Relief Union",))
    assert (found.links.source_actor, found.links.attribution) == ("a2", "s2")
    [note] = book.report("r1").decided
    assert (note.machine, note.value, note.by, note.kind) == ("the Orvan army", "Relief Union", "Ana", "correct")
    assert note.span is not None
    assert TEXT[slice(*note.span)] == "Relief Union"


def test_words_without_offsets_are_found_nearest_to_the_claim(book: Casebook) -> None:
    correct(book, "victims", "villagers", span=None)
    [note] = book.report("r1").decided
    assert note.span == at("villagers")


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("source", {"value": "the Kesran army"}, "does not say"),
        ("source", {"value": "x", "span": (5, 9999)}, "no span"),
        ("harm", {"value": "sad"}, "one of"),
        ("min", {"value": -1}, "number of persons"),
        ("min", {"value": "12"}, "number of persons"),
        ("max", {"value": 3}, "at most 3"),
        ("approx", {"value": "yes"}, "true or false"),
        ("date", {"value": "Monday"}, "is no day"),
        ("date", {"value": "2024-02-30"}, "is no day"),
        ("evidence", {"value": ""}, "mark its words"),
        ("confidence", {"value": 1}, "no field"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_recorded(
    book: Casebook, field: str, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        decide(book, "correct", "c1", Proposal(field=field, **given))
    assert book.decisions() == []


def test_both_bounds_are_corrected_in_one_go(book: Casebook) -> None:
    decide(book, "correct", "c2", Proposal(field="min", value=40), Proposal(field="max", value=45))
    assert (claim(book, "c2").min, claim(book, "c2").max) == (40, 45)


def test_bounds_that_cross_after_an_undo_are_the_programs_again(book: Casebook) -> None:
    from counterclaim.reviewing import undoing

    _, high = decide(book, "correct", "c2", Proposal(field="min", value=40), Proposal(field="max", value=45))
    book.decide([undoing("Ana", high, book.decisions())])
    assert (claim(book, "c2").min, claim(book, "c2").max) == (30, 30)
    assert book.report("r1").decided == ()


def test_a_place_is_that_of_the_words_and_the_act_goes_along(book: Casebook) -> None:
    correct(book, "place", "Sevan")
    report = book.report("r1")
    assert claim(book).links.place_id == "p2"
    assert report.events[0].place == "p2"
    assert claim(book, "c2").links.place_id == "p1"


def test_a_place_the_program_did_not_know_has_no_coordinates(book: Casebook) -> None:
    correct(book, "place", "quiet")
    found = claim(book)
    place = next(one for one in book.report("r1").places if one.id == found.links.place_id)
    assert (place.name, place.kind, place.lat) == ("quiet", "unresolved", None)
    assert violations(book.report("r1")) == []


def test_a_day_keeps_the_words_that_tell_it(book: Casebook) -> None:
    decide(book, "correct", "c1", Proposal(field="date", value="2024-02-26/2024-02-28", span=at("Monday")))
    found = claim(book)
    time = next(one for one in book.report("r1").times if one.id == found.links.time_id)
    assert (time.text, time.from_, time.to, time.precision) == ("Monday", "2024-02-26", "2024-02-28", 2)
    assert claim(book, "c2").links.time_id == "t1"


def test_marked_claim_words_keep_offsets_and_drop_a_number_outside_them(book: Casebook) -> None:
    correct(book, "evidence", "villagers were killed")
    found = claim(book)
    assert (found.start, found.end) == at("villagers were killed")
    assert (found.evidence, found.quantity) == ("villagers were killed", "")
    correct(book, "quantity", "12")
    found = claim(book)
    assert (found.evidence, found.quantity) == ("12 villagers were killed", "12")
    assert violations(book.report("r1")) == []


def test_a_rejected_claim_is_gone_and_what_the_program_read_is_kept(book: Casebook) -> None:
    decide(book, "reject", "c2", why="no figure of harm")
    report = book.report("r1")
    assert [one.id for one in report.claims] == ["c1"]
    assert report.events[0].claims == ("c1",)
    [note] = report.decided
    assert (note.kind, note.why, note.machine["evidence"]) == ("reject", "no figure of harm", "30 hurt")
    with pytest.raises(UsageError, match="was rejected"):
        correct(book, "place", "Sevan", "c2")


def test_an_act_is_corrected_and_rejected_too(book: Casebook) -> None:
    correct(book, "actor", "the Orvan army", "e1")
    correct(book, "recipient", "villagers", "e1")
    decide(book, "correct", "e1", Proposal(field="reality", value="negated"))
    decide(book, "correct", "e1", Proposal(field="sub_event_type", value="Attack"))
    event = book.report("r1").events[0]
    names = {actor.id: actor.name for actor in book.report("r1").actors}
    assert event.actor == ("a1",)
    assert [names[id] for id in event.recipient] == ["villagers"]
    assert event.acled is not None
    assert (event.reality, event.acled.event_type) == ("negated", "Violence against civilians")
    assert violations(book.report("r1")) == []
    decide(book, "reject", "e1")
    assert book.report("r1").events == ()
    assert claim(book).links.event is None


def test_the_last_of_two_reviewers_counts_and_both_are_kept(book: Casebook) -> None:
    correct(book, "source", "Relief Union", by="Ana")
    correct(book, "source", "", by="Bo")
    assert (claim(book).source, claim(book).source_kind) == ("", "author")
    assert [(one.by, one.value) for one in book.decisions()] == [("Ana", "Relief Union"), ("Bo", "")]
    assert [(one.by, one.machine) for one in book.report("r1").decided] == [("Bo", "the Orvan army")]


def test_a_comment_and_an_acceptance_change_no_value(book: Casebook) -> None:
    before = book.report("r1").claims
    decide(book, "accept", "c1")
    decide(book, "comment", "c1", why="look at this again")
    assert book.report("r1").claims == before
    assert [one.kind for one in book.report("r1").decided] == ["accept"]
    with pytest.raises(UsageError, match="write something"):
        decide(book, "comment", "c1")


def test_a_reviewer_has_a_name(book: Casebook) -> None:
    with pytest.raises(UsageError, match="reviewer"):
        decide(book, "accept", "c1", by="  ")
