"""As of a moment: by when reports were published, by when they were recorded, or both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counterclaim.casebook import AsOf, Casebook
from counterclaim.errors import UsageError
from tests.casebook_reports import bare


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def book(tmp_path: Path, clock: Hands) -> Iterator[Casebook]:
    """r1: recorded on the 10th, revised on the 12th, coded anew on the 14th. r2: recorded on the 16th."""
    with Casebook(tmp_path / "my.db", clock=clock) as made:
        first = bare("r1", "Shells fell on Kesra.", published="2024-03-04", url="https://a.example/1")
        made.add(first)
        clock.now += timedelta(days=2)
        revised = bare("r1", "Shells fell on Kesra again.", published="2024-03-04", url="https://a.example/1")
        made.add(revised)
        clock.now += timedelta(days=2)
        made.add(bare("r1", "Shells fell on Kesra again.", "2", published="2024-03-04", url="https://a.example/1"))
        clock.now += timedelta(days=2)
        made.add(bare("r2", "Nobody was hurt in Orva.", published="2024-03-02", url="https://a.example/2"))
        made.add(bare("r3", "An undated note on Orva.", published=None, url="https://a.example/3"))
        yield made


def seen(book: Casebook, moment: str, clock: str = "both") -> dict[str, tuple[str, str]]:
    found = book.coded_reports(as_of=AsOf.parse(moment, clock))  # type: ignore[arg-type]
    return {one.id: (one.text, one.coded_by.program if one.coded_by else "") for one in found}


def test_before_anything_was_recorded_there_is_nothing(book: Casebook) -> None:
    assert seen(book, "2024-03-09") == {}


def test_an_earlier_moment_sees_the_earlier_text(book: Casebook) -> None:
    assert seen(book, "2024-03-11") == {"r1": ("Shells fell on Kesra.", "1")}


def test_the_instant_of_recording_counts_to_the_microsecond(book: Casebook) -> None:
    assert seen(book, "2024-03-12T08:59:59.999999")["r1"][0] == "Shells fell on Kesra."
    assert seen(book, "2024-03-12T09:00")["r1"][0] == "Shells fell on Kesra again."


def test_a_later_coding_is_not_known_before_it_was_made(book: Casebook) -> None:
    assert seen(book, "2024-03-13")["r1"][1] == "1"
    assert seen(book, "2024-03-15")["r1"][1] == "2"


def test_a_report_found_late_is_not_known_early_though_published(book: Casebook) -> None:
    assert "r2" not in seen(book, "2024-03-15")
    assert "r2" in seen(book, "2024-03-17")


def test_by_publication_alone_what_is_held_now_counts(book: Casebook) -> None:
    assert set(seen(book, "2024-03-03", "published")) == {"r2"}
    assert seen(book, "2024-03-04", "published")["r1"] == ("Shells fell on Kesra again.", "2")


def test_by_recording_alone_the_day_of_publication_does_not_count(book: Casebook) -> None:
    assert set(seen(book, "2024-03-11", "recorded")) == {"r1"}


def test_undated_reports_count_by_their_recording_and_not_by_publication(book: Casebook) -> None:
    assert "r3" in seen(book, "2024-03-17")
    assert "r3" not in seen(book, "2024-03-17", "published")


def test_without_a_moment_the_newest_is_read(book: Casebook) -> None:
    now = {one.id: one.text for one in book.coded_reports()}
    assert now == {one.id: one.text for one in book.coded_reports(as_of=AsOf())}
    assert set(now) == {"r1", "r2", "r3"}


def test_an_offset_is_heeded(book: Casebook) -> None:
    assert AsOf.parse("2024-03-12T11:00+02:00") == AsOf.parse("2024-03-12T09:00")


@pytest.mark.parametrize("written", ["yesterday", "2024-13-01", "2024-03", ""])
def test_what_is_no_moment_is_refused_with_the_form(written: str) -> None:
    with pytest.raises(UsageError, match="2022-09-14T12:00"):
        AsOf.parse(written)
