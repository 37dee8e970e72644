"""The casebook keeps what it was given, whole, for good, and says clearly what it cannot do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from counterclaim.casebook import Casebook, Entry, Outcome
from counterclaim.casebook.migrations import NEWEST
from counterclaim.casebook.migrations.m0001_first import KEYS
from counterclaim.errors import (
    CasebookBusy,
    CasebookError,
    CasebookTooNew,
    EmptyReport,
    NotACasebook,
    NotText,
    UsageError,
)
from counterclaim.records import CodedReport, Place
from tests.casebook_reports import TEXT, bare, claim, coded_report, event

LAYERS = ("actors", "places", "times", "attributions", "events", "claims", "event_actors", "event_claims", "warnings")


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "my.db") as opened:
        yield opened


def raw(casebook: Casebook) -> sqlite3.Connection:
    return sqlite3.connect(casebook.path, isolation_level=None)


def test_a_coded_report_comes_back_as_it_was(casebook: Casebook) -> None:
    coded = coded_report(title="Shelling", url="https://post.example/1", outlet="Post", published="2024-03-05")
    casebook.add(coded)
    assert casebook.report("r1") == coded
    assert list(casebook.coded_reports()) == [coded]


@pytest.mark.parametrize("text", ["", "a\x00b", "🙂 ‏مرحبا\u2028", "x" * 200_000, "' OR 1=1; DROP TABLE reports; --"])
def test_any_text_comes_back_as_it_was(casebook: Casebook, text: str) -> None:
    casebook.add(bare(text=text))
    assert casebook.report("r1").text == text


def test_every_layer_is_there_for_sql(casebook: Casebook) -> None:
    casebook.add(coded_report())
    connection = raw(casebook)
    counts = {layer: connection.execute(f"SELECT count(*) FROM {layer}").fetchone()[0] for layer in LAYERS}
    assert counts == dict.fromkeys(LAYERS, 1) | {"actors": 2, "event_actors": 2}
    row = connection.execute(
        "SELECT report, claimed_min, claimed_max, evidence, place_id, source_actor_id FROM current_claims"
    ).fetchone()
    assert row == ("r1", 12, None, TEXT[28:61], "p1", "a1")
    connection.close()


def test_unknown_numbers_are_null_and_zero_is_zero(casebook: Casebook) -> None:
    casebook.add(coded_report(claims=(claim(min=0, max=0), claim(id="c2", min=None, vague="dozens"))))
    connection = raw(casebook)
    assert connection.execute("SELECT claimed_min, claimed_max FROM claims ORDER BY id").fetchall() == [
        (0, 0),
        (None, None),
    ]
    connection.close()


@pytest.mark.parametrize("table", list(KEYS))
def test_nothing_can_be_changed_deleted_or_replaced(casebook: Casebook, table: str) -> None:
    casebook.add(Entry(coded=coded_report(url="https://post.example/1"), source="a.txt"))
    casebook.reject("b.txt", EmptyReport("no words"))
    connection = raw(casebook)
    column = connection.execute(f"PRAGMA table_info({table})").fetchone()[1]
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_a_coding_at_odds_with_itself_is_rejected_whole_and_the_others_go_on(casebook: Casebook) -> None:
    broken = coded_report("broken", text=TEXT + " x", places=())
    twice = coded_report("twice", text=TEXT + " y", claims=(claim(), claim()))
    huge = coded_report("huge", text=TEXT + " z", claims=(claim(min=10**30),))
    half = bare("half", text="\ud800")
    result = casebook.add(
        [coded_report("good"), broken, twice, huge, half, bare("last", "Last.")], source="batch.jsonl"
    )
    assert [outcome.status for outcome in result.outcomes] == ["added", *["rejected"] * 4, "added"]
    assert [reject.code for reject in casebook.rejects()] == ["malformed"] * 4
    assert {reject.source for reject in casebook.rejects()} == {"batch.jsonl"}
    stats = casebook.stats()
    assert (stats.reports, stats.revisions, stats.codings, stats.claims, stats.actors) == (2, 2, 2, 1, 2)


def test_the_same_reject_twice_is_one_row(casebook: Casebook) -> None:
    assert casebook.reject("bad\udcff.txt", NotText("no known encoding"), content=b"\xff\xfe\x00")
    assert not casebook.reject("bad\udcff.txt", NotText("no known encoding"), content=b"\xff\xfe\x00")
    assert casebook.reject("bad\udcff.txt", EmptyReport("no words"))
    first, second = casebook.rejects()
    assert (first.source, first.code, first.message) == ("bad\\udcff.txt", "not-text", "no known encoding")
    assert first.digest is not None
    assert second.digest is None


def test_what_an_iterable_gave_before_it_failed_is_kept(casebook: Casebook) -> None:
    def failing() -> Iterator[CodedReport]:
        yield bare("a", "One.")
        yield bare("b", "Two.")
        raise RuntimeError("the reader broke")

    acknowledged: list[Outcome] = []
    with pytest.raises(RuntimeError, match="the reader broke"):
        casebook.add(failing(), on_commit=acknowledged.append)
    assert [outcome.report for outcome in acknowledged] == ["a", "b"]
    assert [entry.id for entry in casebook.reports()] == ["a", "b"]


def test_reports_are_acknowledged_only_when_another_reader_can_see_them(casebook: Casebook) -> None:
    other = raw(casebook)

    def seen(outcome: Outcome) -> None:
        assert other.execute("SELECT 1 FROM reports WHERE id = ?", (outcome.report,)).fetchone()

    result = casebook.add((bare(f"r{n}", f"Text {n}.") for n in range(7)), batch=3, on_commit=seen)
    assert result.added == 7
    other.close()


def test_coding_goes_on_outside_the_transaction_so_that_others_can_write(casebook: Casebook) -> None:
    def slow() -> Iterable[CodedReport]:
        yield bare("a", "One.")
        with Casebook(casebook.path, timeout=0.1) as other:
            other.add(bare("b", "Two."))
        yield bare("c", "Three.")

    assert casebook.add(slow()).added == 2
    assert casebook.stats().reports == 3


def test_a_reader_is_not_held_up_by_a_writer_and_a_second_writer_is_told(casebook: Casebook) -> None:
    casebook.add(bare())
    writer = raw(casebook)
    writer.execute("BEGIN IMMEDIATE")
    with Casebook(casebook.path, timeout=0.05) as other:
        assert other.stats().reports == 1
        with pytest.raises(CasebookBusy, match="another process"):
            other.add(bare("b", "Two."))
        writer.execute("ROLLBACK")
        assert other.add(bare("b", "Two.")).added == 1
    writer.close()


def _add_many(path: str, first: int, last: int) -> None:
    with Casebook(path) as casebook:
        casebook.add((coded_report(f"r{n}", f"{TEXT} {n}") for n in range(first, last)), batch=2)


def test_two_processes_may_make_and_fill_one_casebook_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "my.db")
    context = get_context("spawn")
    writers = [context.Process(target=_add_many, args=(path, *span)) for span in ((0, 40), (20, 60))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Casebook(path) as casebook:
        stats = casebook.stats()
        assert (stats.reports, stats.codings, stats.claims) == (60, 60, 60)


def test_recorded_times_are_utc(tmp_path: Path) -> None:
    moment = datetime(2024, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
    with Casebook(tmp_path / "my.db", clock=lambda: moment) as casebook:
        casebook.add(Entry(coded=bare(), source="a.txt"))
        (revision,) = casebook.revisions("r1")
    assert (revision.recorded_at, revision.sources) == ("2024-03-04T05:06:07.000089Z", ("a.txt",))


def test_a_casebook_is_made_where_there_is_none_unless_asked_only_to_open(tmp_path: Path) -> None:
    with pytest.raises(NotACasebook, match="there is no casebook"):
        Casebook.open(tmp_path / "my.db")
    assert not (tmp_path / "my.db").exists()
    Casebook.open(tmp_path / "my.db", create=True).close()
    Casebook.open(tmp_path / "my.db").close()
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotACasebook, match="empty"):
        Casebook.open(tmp_path / "empty.db")
    Casebook(tmp_path / "empty.db").close()


def test_other_files_are_refused_and_left_as_they_are(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database")
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE reports (pk INTEGER PRIMARY KEY)")
    connection.close()
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"SQLite format 3\0" + b"\xff" * 2000)
    for path in (text, foreign, torn):
        before = path.read_bytes()
        with pytest.raises(NotACasebook):
            Casebook(path)
        assert path.read_bytes() == before
    with pytest.raises(NotACasebook, match="folder"):
        Casebook(tmp_path)
    with pytest.raises(CasebookError, match="folder"):
        Casebook(tmp_path / "nowhere" / "my.db")


def test_a_casebook_of_a_newer_version_is_refused(casebook: Casebook) -> None:
    connection = raw(casebook)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    with pytest.raises(CasebookTooNew, match="newer version"):
        Casebook(casebook.path)


def test_migrations_are_recorded_once(casebook: Casebook) -> None:
    Casebook(casebook.path).close()
    connection = raw(casebook)
    assert connection.execute("SELECT number FROM migrations").fetchall() == [(n,) for n in range(1, NEWEST + 1)]
    connection.close()


def test_an_unknown_report_or_coding_is_named(casebook: Casebook) -> None:
    casebook.add(bare())
    for ask in (casebook.report, casebook.codings, casebook.revisions):
        with pytest.raises(UsageError, match="'r9'"):
            ask("r9")
    with pytest.raises(UsageError, match="no coding 99"):
        casebook.report("r1", coding=99)


def test_a_casebook_in_memory_works_for_trying_things_out() -> None:
    with Casebook(":memory:") as casebook:
        place = Place(id="p1", start=0, end=1, text="S", name="S", kind="unresolved")
        assert casebook.add(coded_report(places=(place,), events=(event(),))).added == 1
        assert casebook.stats().claims == 1
