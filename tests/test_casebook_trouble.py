"""What goes wrong around a casebook is a typed error that says the mend, and what was kept stays kept."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook, Outcome
from counterclaim.casebook.clock import TRUSTED
from counterclaim.casebook.migrations import NEWEST
from counterclaim.casebook.verifying import verify
from counterclaim.cli import main
from counterclaim.errors import (
    CasebookDamaged,
    CasebookError,
    CasebookFull,
    CasebookReadOnly,
    CasebookTooNew,
    ClockWentBack,
    NotText,
)
from tests.casebook_reports import bare

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Casebook(tmp_path / "my.db", clock=lambda: NOON) as book:
        book.add(bare())
    return tmp_path / "my.db"


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def at(path: Path, moment: datetime) -> str:
    """When a report is recorded whose clock says this."""
    with Casebook(path, clock=lambda: moment) as book:
        report = book.add(bare(moment.isoformat(), f"Added at {moment}.")).outcomes[0].report
        return book.revisions(report)[0].recorded_at


def test_a_full_disk_costs_the_last_batch_and_nothing_that_was_acknowledged(path: Path) -> None:
    kept: list[Outcome] = []
    with Casebook(path) as book:
        (pages,) = book._connection.execute("PRAGMA page_count").fetchone()
        book._connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(CasebookFull, match=r"disk is full.*make room"):
            book.add((bare(f"b{n}", f"{n} " * 2000) for n in range(200)), batch=5, on_commit=kept.append)
        assert 0 < len(kept) < 200
        assert book.stats().reports == 1 + len(kept)
    assert list(verify(path)) == []
    with Casebook(path) as book:
        assert book.add(bare(f"b{n}", f"{n} " * 2000) for n in range(200)).added == 200 - len(kept)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits a forked child")
def test_a_limit_on_the_size_of_files_is_told_and_nothing_is_torn(path: Path) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
            with Casebook(path) as book:
                book.add((bare(f"b{n}", f"{n} " * 2000) for n in range(200)), batch=5)
        except CasebookError as error:
            code = 7 if "room, quota" in str(error) else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert list(verify(path)) == []
    with Casebook(path) as book:
        assert book.add(bare(f"b{n}", f"{n} " * 2000) for n in range(200)).added > 0


def test_a_casebook_opened_to_read_refuses_to_be_written_to(path: Path) -> None:
    with Casebook.open(path, read_only=True) as book, pytest.raises(CasebookReadOnly, match="may not be written to"):
        book.add(bare("b", "Two."))


def test_a_coding_that_is_no_record_any_more_is_damage_and_says_how_to_go_on(path: Path) -> None:
    changed(path, "DROP TRIGGER codings_no_update")
    changed(path, "UPDATE codings SET json = '{\"id\": 7'")
    with Casebook.open(path) as book, pytest.raises(CasebookDamaged, match=r"'r1'.*verify.*restore"):
        book.report("r1")
    shown = CliRunner().invoke(main, ["report", "r1", "--casebook", str(path)])
    assert (shown.exit_code, "counterclaim verify" in shown.output) == (1, True)


def test_a_text_that_is_no_text_any_more_is_damage(path: Path) -> None:
    changed(path, "DROP TRIGGER revisions_no_update")
    changed(path, "UPDATE revisions SET text = CAST(x'ff41' AS TEXT)")
    with Casebook.open(path) as book, pytest.raises(CasebookDamaged):
        book.report("r1")


def test_pages_of_noise_are_damage(path: Path) -> None:
    with Casebook(path) as book:
        book.add(bare(f"b{n}", f"{n} " * 500) for n in range(50))
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(4096)
        file.write(b"\x99" * (size - 4096))
    with pytest.raises(CasebookDamaged, match="verify"), Casebook.open(path) as book:
        book.reports()


def test_a_newer_program_is_named_by_the_casebook_that_it_made(path: Path) -> None:
    changed(path, f"INSERT INTO migrations VALUES ({NEWEST + 1}, 'later', '9.1.0', '2030')")
    changed(path, f"PRAGMA user_version = {NEWEST + 1}")
    before = path.read_bytes()
    with pytest.raises(CasebookTooNew, match=r"install version 9\.1\.0 or later"):
        Casebook(path)
    assert path.read_bytes() == before


def test_a_casebook_brought_up_to_date_by_a_newer_program_while_open_is_not_written_to(path: Path) -> None:
    with Casebook(path) as book:
        changed(path, f"PRAGMA user_version = {NEWEST + 1}")
        for write in (lambda: book.add(bare("b", "Two.")), lambda: book.reject("c", NotText("noise"))):
            with pytest.raises(CasebookTooNew):
                write()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_recorded_times_never_go_back_though_the_clock_does_a_little(path: Path) -> None:
    assert at(path, NOON + timedelta(hours=3)) == "2024-03-04T15:00:00.000000Z"
    assert at(path, NOON + timedelta(hours=2, minutes=30)) == "2024-03-04T15:00:00.000000Z"
    assert at(path, NOON + timedelta(hours=4)) == "2024-03-04T16:00:00.000000Z"
    assert list(verify(path)) == []


@pytest.mark.parametrize(
    "write", [lambda book: book.add(bare("b", "Two.")), lambda book: book.reject("c", NotText("-"))]
)
def test_a_clock_in_another_year_writes_nothing_and_says_the_mend(
    path: Path, write: Callable[[Casebook], object]
) -> None:
    before = path.read_bytes()
    with Casebook(path, clock=lambda: datetime(1970, 1, 1, tzinfo=UTC)) as book:
        with pytest.raises(ClockWentBack, match="set the clock") as caught:
            write(book)
        assert TRUSTED in str(caught.value)
    assert path.read_bytes() == before


def test_where_the_last_records_time_was_wrong_the_user_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(path, NOON + timedelta(days=36_500))
    with pytest.raises(ClockWentBack):
        at(path, NOON + timedelta(hours=1))
    monkeypatch.setenv(TRUSTED, "trusted")
    assert at(path, NOON + timedelta(hours=1)) == "2024-03-04T13:00:00.000000Z"
    monkeypatch.delenv(TRUSTED)
    assert at(path, NOON + timedelta(hours=2)) == "2024-03-04T14:00:00.000000Z"
    assert {(found.check, found.weight) for found in verify(path)} == {("times", "note")}
