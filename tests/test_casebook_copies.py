"""Backups and restores: whole or not at all, verified, while others read and write; nothing is lost by them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook
from counterclaim.casebook.copying import backup, restore
from counterclaim.casebook.verifying import verify
from counterclaim.cli import main
from counterclaim.errors import CasebookBusy, CasebookDamaged, NotACasebook, UsageError
from tests.casebook_reports import bare, coded_report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Casebook(tmp_path / "my.db") as book:
        book.add([coded_report(), *(bare(f"b{n}", f"Text number {n}.") for n in range(5))])
    return tmp_path / "my.db"


def held(path: Path) -> set[str]:
    with Casebook.open(path, read_only=True) as book:
        return {entry.id for entry in book.reports()}


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        pages = file.seek(0, 2) // 4096
        file.seek(4096)
        file.write(b"\x99" * 4096 * (pages - 1))


def names(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def test_a_backup_holds_all_and_stands_alone(path: Path) -> None:
    with Casebook(path) as writing:
        writing.add(bare("late", "Only in the write-ahead log so far."))
        backup(path, path.with_name("copy.db"))
    assert held(path.with_name("copy.db")) == held(path)
    assert {found.check for found in verify(path.with_name("copy.db"))} <= {"spans"}
    assert names(path) == {"my.db", "copy.db"}


def test_a_backup_is_one_moment_while_others_write(path: Path) -> None:
    stop = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                with Casebook.open(path) as book:
                    book.add(bare(f"w{number}", f"Written meanwhile, {number}."))
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(path, path.with_name(f"copy{number}.db"))
    finally:
        stop.set()
        writer.join()
    assert failed == []
    seen = [held(path.with_name(f"copy{number}.db")) for number in range(3)]
    assert seen[0] <= seen[1] <= seen[2] <= held(path)


def test_a_backup_overwrites_only_when_told_and_never_the_casebook(path: Path) -> None:
    target = path.with_name("copy.db")
    target.write_text("notes of mine")
    with pytest.raises(UsageError, match="there already"):
        backup(path, target)
    assert target.read_text() == "notes of mine"
    with pytest.raises(UsageError, match="the casebook itself"):
        backup(path, path, force=True)
    backup(path, target, force=True)
    assert held(target) == held(path)


@pytest.mark.parametrize("do", [backup, restore])
def test_a_damaged_file_is_never_copied(path: Path, do: Callable[[Path, Path], None]) -> None:
    damage(path)
    with pytest.raises(CasebookDamaged, match="verify"):
        do(path, path.with_name("copy.db"))
    assert names(path) == {"my.db"}


def test_a_text_changed_behind_the_programs_back_is_damage_too(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER revisions_no_update")
        connection.execute("UPDATE revisions SET text = 'Nobody was hurt.' WHERE report = 1")
    with pytest.raises(CasebookDamaged):
        backup(path, path.with_name("copy.db"))


def test_a_restore_puts_back_what_was_and_keeps_what_was_there(path: Path) -> None:
    saved = path.with_name("copy.db")
    backup(path, saved)
    with Casebook(path) as book:
        book.add(bare("late", "Added after the backup."))
    with pytest.raises(UsageError, match="--force"):
        restore(saved, path)
    assert "late" in held(path)
    aside = restore(saved, path, force=True)
    assert aside is not None
    assert held(path) == held(saved)
    assert held(aside) == held(saved) | {"late"}
    assert {found.check for found in verify(path)} <= {"spans"}
    assert names(path) == {"my.db", "copy.db", aside.name}


def test_a_restore_where_there_is_no_casebook_makes_one(path: Path) -> None:
    backup(path, path.with_name("copy.db"))
    assert restore(path.with_name("copy.db"), path.with_name("new.db")) is None
    assert held(path.with_name("new.db")) == held(path)


def test_a_restore_over_a_damaged_casebook_or_another_file_keeps_that_byte_by_byte(path: Path) -> None:
    saved = path.with_name("copy.db")
    backup(path, saved)
    damage(path)
    for content in (path.read_bytes(), b"notes of mine"):
        path.write_bytes(content)
        aside = restore(saved, path, force=True)
        assert aside is not None
        assert aside.read_bytes() == content
        assert held(path) == held(saved)


def test_readers_see_the_one_or_the_other_while_a_casebook_is_restored(path: Path) -> None:
    saved = path.with_name("copy.db")
    backup(path, saved)
    with Casebook(path) as book:
        book.add(bare("late", "Added after the backup."))
    before, after = held(path), held(saved)
    stop = threading.Event()
    seen: list[set[str]] = []
    failed: list[BaseException] = []

    def read() -> None:
        try:
            while not stop.is_set():
                seen.append(held(path))
        except BaseException as error:
            failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        restore(saved, path, force=True)
    finally:
        stop.set()
        reader.join()
    assert failed == []
    assert all(one in (before, after) for one in seen)
    assert held(path) == after


def test_a_writer_that_has_the_casebook_open_must_end_first(path: Path) -> None:
    saved = path.with_name("copy.db")
    backup(path, saved)
    with Casebook(path) as writing:
        writing.add(bare("late", "Added after the backup."))
        with pytest.raises(CasebookBusy, match="nothing was changed"):
            restore(saved, path, force=True, timeout=0.2)
        writing.add(bare("later", "And one more."))
    assert {"late", "later"} <= held(path)
    assert names(path) == {"my.db", "copy.db"}


def test_what_is_no_casebook_is_not_restored(path: Path) -> None:
    path.with_name("notes.txt").write_text("notes of mine")
    with pytest.raises(NotACasebook):
        restore(path.with_name("notes.txt"), path, force=True)
    assert names(path) == {"my.db", "notes.txt"}


def test_the_commands_say_what_they_did(path: Path) -> None:
    saved = str(path.with_name("copy.db"))
    made = CliRunner().invoke(main, ["backup", "--casebook", str(path), "-o", saved])
    assert (made.exit_code, "verified" in made.output) == (0, True)
    refused = CliRunner().invoke(main, ["restore", saved, "--casebook", str(path)])
    assert (refused.exit_code, "--force" in refused.output) == (2, True)
    done = CliRunner().invoke(main, ["restore", saved, "--casebook", str(path), "--force"])
    assert (done.exit_code, "what was there before" in done.output) == (0, True)
