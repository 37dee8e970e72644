"""A casebook where nothing can be written: read as any other, and never written to."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.casebook import Casebook
from counterclaim.errors import CasebookError
from tests.casebook_reports import TEXT, coded_report

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders without the right to write are made by chmod")


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disc no. 1 #?"
    folder.mkdir()
    with Casebook(folder / "old.db") as book:
        book.add(coded_report())
    folder.chmod(0o555)
    yield folder / "old.db"
    folder.chmod(0o755)


@pytest.fixture(autouse=True)
def no_rights_beyond_the_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may write anywhere; the rights of the folder count all the same."""
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))


def test_it_is_read_and_nothing_is_left_beside_it(sealed: Path) -> None:
    with Casebook.open(sealed) as book:
        assert book.stats().reports == 1
        assert book.claims() or book.events() or book.reports()
        assert [file.name for file in sealed.parent.iterdir()] == ["old.db"]


def test_writing_to_it_is_a_clear_error(sealed: Path) -> None:
    with Casebook.open(sealed) as book, pytest.raises(CasebookError, match="may not be written to"):
        book.add(coded_report("another", f"{TEXT} More was to come."))


def test_a_casebook_in_use_is_not_taken_for_sealed(sealed: Path) -> None:
    sealed.parent.chmod(0o755)
    with Casebook(sealed) as writing:
        sealed.parent.chmod(0o555)
        writing.add(coded_report("another", f"{TEXT} More was to come."))
        with Casebook.open(sealed) as reading:
            assert reading.stats().reports == 2
