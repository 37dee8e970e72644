"""Decisions are appended, take effect at once for whoever reads, are undone by another, and outlive a new coding."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.casebook import AsOf, Casebook, Filter
from counterclaim.casebook.connection import connect
from counterclaim.casebook.migrations import MIGRATIONS, apply
from counterclaim.casebook.migrations.m0002_decisions import KEYS
from counterclaim.errors import UsageError
from counterclaim.reviewing import Decision, undoing
from tests.review_reports import correct, decide, misread


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "book.db") as opened:
        opened.add(misread())
        yield opened


def harms(book: Casebook) -> list[tuple[str, str]]:
    return [(one.claim.id, one.claim.harm) for one in book.claims()]


def test_every_reader_of_the_casebook_gets_what_stands(book: Casebook) -> None:
    stamp = book.stamp()
    correct(book, "harm", record="c2", value="killed")
    assert book.stamp() != stamp
    assert [one.claim.id for one in book.claims(Filter(harm="killed"))] == ["c1", "c2"]
    [report] = book.coded_reports()
    assert [one.harm for one in report.claims] == ["killed", "killed"]


def test_the_programs_coding_stays_beside_it(book: Casebook) -> None:
    correct(book, "harm", record="c2", value="killed")
    first, second = book.codings("r1")
    assert book.report("r1", coding=first.coding) == misread()
    assert second.current
    assert second.coded_by is not None
    assert "reviewed" in second.coded_by.analyser


def test_an_undo_is_itself_a_decision_and_can_be_undone(book: Casebook) -> None:
    [made] = decide(book, "reject", "c2")
    [undo] = book.decide([undoing("Bo", made, book.decisions(), "it does")])
    assert harms(book) == [("c1", "killed"), ("c2", "injured")]
    with pytest.raises(UsageError, match="undone already"):
        undoing("Bo", made, book.decisions())
    book.decide([undoing("Ana", undo, book.decisions())])
    assert harms(book) == [("c1", "killed")]
    assert [one.kind for one in book.decisions()] == ["reject", "undo", "undo"]
    assert [one.number for one in book.decisions(limit=2)] == [3, 2]


def test_nothing_is_recorded_where_one_of_several_cannot_be(book: Casebook) -> None:
    with pytest.raises(UsageError, match="no decision 99"):
        book.decide([Decision(kind="accept", by="Ana", incident="i1"), Decision(kind="undo", by="Ana", undoes=99)])
    with pytest.raises(UsageError, match="no text number 7"):
        book.decide([Decision(kind="accept", by="Ana", report="r1", revision=7, layer="claims", record="c1")])
    assert book.decisions() == []


@pytest.mark.parametrize("table", list(KEYS))
def test_no_decision_is_changed_deleted_or_replaced(book: Casebook, table: str) -> None:
    decide(book, "reject", "c2")
    connection = sqlite3.connect(book.path, isolation_level=None)
    column = connection.execute(f"PRAGMA table_info({table})").fetchone()[1]
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_a_newer_program_does_not_forget_what_was_decided(book: Casebook) -> None:
    correct(book, "source", "Relief Union")
    decide(book, "reject", "c2")
    first, second = misread().claims
    from msgspec.structs import replace

    # The newer program numbers its claims otherwise, and reads the first with other words.
    renumbered = (
        replace(first, id="c4", start=first.start + 9, evidence=first.evidence[9:], quantity="12"),
        replace(second, id="c5"),
    )
    event = replace(misread().events[0], claims=("c4", "c5"))
    book.add(misread(version="2", claims=renumbered, events=(event,)))
    [left] = book.report("r1").claims
    assert (left.id, left.source) == ("c4", "Relief Union")
    assert [(one.record, one.kind) for one in book.report("r1").decided] == [("c4", "correct"), ("c5", "reject")]


def test_a_decision_whose_words_the_newer_coding_lacks_waits(book: Casebook) -> None:
    decide(book, "reject", "c2")
    from msgspec.structs import replace

    event = replace(misread().events[0], claims=("c1",))
    book.add(misread(version="2", claims=misread().claims[:1], events=(event,)))
    assert book.report("r1").decided == ()
    assert [one.kind for one in book.decisions()] == ["reject"]


def test_what_was_known_before_a_decision_can_be_asked(book: Casebook) -> None:
    before = AsOf(recorded=book.codings("r1")[0].recorded_at)
    decide(book, "reject", "c2")
    [then] = book.coded_reports(as_of=before)
    assert [one.id for one in then.claims] == ["c1", "c2"]
    assert book.decisions(as_of=before) == []


def test_a_changed_text_is_read_afresh(book: Casebook) -> None:
    decide(book, "reject", "c2")
    book.add(misread(text=misread().text + " More to follow."))
    assert len(book.report("r1").claims) == 2
    assert book.under_review("r1").decisions == ()


def test_an_older_casebook_is_brought_up_to_date(tmp_path: Path) -> None:
    path = str(tmp_path / "old.db")
    connection = sqlite3.connect(path, isolation_level=None)
    apply(connection, MIGRATIONS[0], "2024-01-01T00:00:00.000000Z")
    connection.close()
    with Casebook.open(path) as book:
        book.add(misread())
        decide(book, "accept", "c1")
        assert len(book.decisions()) == 1
    connect(path, create=False, timeout=1, now=str).close()
