"""Which text is which report: nothing is counted twice, nothing is hidden behind another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.casebook import Casebook, Entry
from counterclaim.casebook.identity import address, resemblance
from counterclaim.records import CodedBy, Report
from tests.casebook_reports import TEXT, bare, coded_report

VERSION_1 = CodedBy(program="1", analyser="patterns/1", gazetteer="g/1")


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "my.db") as opened:
        yield opened


def status(casebook: Casebook, coded: object) -> str:
    (outcome,) = casebook.add(coded).outcomes  # type: ignore[arg-type]
    return outcome.status


def test_the_same_report_twice_is_one_report(casebook: Casebook) -> None:
    assert status(casebook, coded_report()) == "added"
    assert status(casebook, coded_report()) == "unchanged"
    assert casebook.stats().reports == casebook.stats().codings == casebook.stats().claims == 1


def test_the_same_text_under_another_file_name_is_the_same_report(casebook: Casebook) -> None:
    casebook.add(coded_report("a"))
    (outcome,) = casebook.add(coded_report("copy-of-a")).outcomes
    assert (outcome.status, outcome.report, outcome.given) == ("unchanged", "a", "copy-of-a")


def test_the_same_text_in_two_outlets_or_on_two_days_is_two_reports(casebook: Casebook) -> None:
    assert status(casebook, bare("a", outlet="Kesra Post", published="2024-03-04")) == "added"
    assert status(casebook, bare("b", outlet="Orvan Times", published="2024-03-04")) == "added"
    assert status(casebook, bare("c", outlet="Orvan Times", published="2024-03-05")) == "added"


def test_the_same_text_at_two_addresses_is_two_reports(casebook: Casebook) -> None:
    assert status(casebook, bare("a", url="https://post.example/1")) == "added"
    assert status(casebook, bare("a", url="https://times.example/1")) == "added"
    assert len({entry.id for entry in casebook.reports()}) == 2


def test_a_changed_text_at_the_same_address_is_a_revision_whatever_its_id(casebook: Casebook) -> None:
    casebook.add(bare("a", "Five were killed.", url="https://post.example/1"))
    assert status(casebook, bare("b", "Seven died in the end.", url="http://POST.example/1/?utm_source=x")) == "revised"
    assert [revision.text for revision in casebook.revisions("a")] == ["Five were killed.", "Seven died in the end."]
    assert casebook.report("a").text == "Seven died in the end."


def test_the_same_text_at_the_same_address_written_otherwise_adds_nothing(casebook: Casebook) -> None:
    casebook.add(bare("a", url="https://post.example/1"))
    assert status(casebook, bare("a", url="http://post.example/1/#:~:text=killed")) == "unchanged"


def test_a_changed_text_under_the_same_id_is_a_revision(casebook: Casebook) -> None:
    casebook.add(bare("a", "Five were killed."))
    assert status(casebook, bare("a", "A quiet day, says everybody.")) == "revised"


def test_files_of_one_name_in_two_folders_are_two_reports_unless_their_texts_resemble(casebook: Casebook) -> None:
    other = "The talks in the capital went on until the morning, and both delegations left without a word."
    update = TEXT.replace("12", "15")
    casebook.add(Entry(coded=bare("001"), source="week1/001.txt"))
    (second,) = casebook.add(Entry(coded=bare("001", other), source="week2/001.txt")).outcomes
    assert second.status == "added"
    assert second.report.startswith("001-")
    assert status(casebook, Entry(coded=bare("001", update), source="archive/001.txt")) == "revised"
    assert status(casebook, Entry(coded=bare("001", other + " Again."), source="week2/001.txt")) == "revised"
    assert status(casebook, Entry(coded=bare("001", "Wholly new words."), source="week1/001.txt")) == "revised"
    assert [len(casebook.revisions(entry.id)) for entry in casebook.reports()] == [3, 2]


def test_a_changed_file_is_a_revision_though_its_id_carries_a_digest(casebook: Casebook) -> None:
    for id_, text in (("001-0a1b2c3d", "Wholly other words."), ("001-4e5f6a7b", "A quiet day, says everybody.")):
        casebook.add(Entry(coded=bare(id_, text), source="week2/001.txt"))
    casebook.add(Entry(coded=bare("001-4e5f6a7b", "Not of this file."), source="week3/001.txt"))
    casebook.add(Entry(coded=bare("002-4e5f6a7b", "Nor this one."), source="week2/001.txt"))
    assert [len(casebook.revisions(entry.id)) for entry in casebook.reports()] == [2, 1, 1]


def test_records_of_one_feed_are_not_revisions_of_each_other(casebook: Casebook) -> None:
    for id_, text in (("x-0a1b2c3d", "One."), ("x-4e5f6a7b", "Two."), ("feed", "Three.")):
        assert status(casebook, Entry(coded=bare(id_, text), source="feed.jsonl")) == "added"


def test_a_thousand_reports_of_one_id_or_one_text_stay_quick(casebook: Casebook) -> None:
    words = [f"w{n}" for n in range(200)]
    same_id = (
        Entry(coded=bare("story", " ".join(f"{word}x{n}" for word in words)), source=f"{n}/story.txt")
        for n in range(300)
    )
    same_text = (bare(f"r{n}", "Access denied.", url=f"https://a.example/{n}") for n in range(300))
    assert casebook.add(same_id).added == 300
    assert casebook.add(same_text).added == 300


def test_a_date_learnt_later_is_a_revision_and_a_date_left_out_is_no_change(casebook: Casebook) -> None:
    casebook.add(bare("a"))
    assert status(casebook, bare("a", published="2024-03-05")) == "revised"
    assert status(casebook, bare("a")) == "unchanged"
    assert casebook.report("a").published == "2024-03-05"


def test_a_newer_coding_without_the_date_does_not_displace_the_dated_one(casebook: Casebook) -> None:
    casebook.add(bare("a", published="2024-03-05"))
    assert status(casebook, bare("a", version="2")) == "unchanged"
    assert casebook.report("a").published == "2024-03-05"


def test_an_address_learnt_later_belongs_to_the_report_held(casebook: Casebook) -> None:
    casebook.add(bare("a"))
    assert status(casebook, bare("a", url="https://post.example/1")) == "revised"
    assert status(casebook, bare("z", "Changed.", url="https://post.example/1")) == "revised"
    assert len(casebook.reports()) == 1


def test_a_text_that_goes_back_to_an_earlier_wording_adds_nothing(casebook: Casebook) -> None:
    for text, expected in (("One.", "added"), ("Two.", "revised"), ("One.", "unchanged")):
        assert status(casebook, bare("a", text)) == expected


def test_a_report_without_id_is_called_by_the_digest_of_its_text(casebook: Casebook) -> None:
    (first,) = casebook.add(bare("", "One.")).outcomes
    (second,) = casebook.add(bare("", "Two.")).outcomes
    assert {first.status, second.status} == {"added"}
    assert len(first.report) == len(second.report) == 16


def test_another_version_recodes_and_keeps_the_old_coding(casebook: Casebook) -> None:
    casebook.add(coded_report())
    assert status(casebook, bare(version="2")) == "recoded"
    assert status(casebook, bare(version="2")) == "unchanged"
    old, new = casebook.codings("r1")
    assert (old.claims, new.claims, old.current, new.current) == (1, 0, False, True)
    assert casebook.claims() == []
    assert len(casebook.report("r1", coding=old.coding).claims) == 1


def test_needs_coding_is_true_exactly_where_add_would_record_something(casebook: Casebook) -> None:
    report = Report(id="a", text=TEXT)
    assert casebook.needs_coding(report, VERSION_1)
    casebook.add(bare("a"))
    assert not casebook.needs_coding(report, VERSION_1)
    assert not casebook.needs_coding(Report(id="copy", text=TEXT), VERSION_1)
    assert casebook.needs_coding(report, CodedBy(program="2", analyser="patterns/1", gazetteer="g/1"))
    assert casebook.needs_coding(Report(id="a", text=TEXT, published="2024-03-05"), VERSION_1)
    assert casebook.needs_coding(Report(id="a", text=TEXT + " More."), VERSION_1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "http://A.example/x/", True),
        ("https://a.example/x?utm_source=m&id=3", "https://a.example/x?id=3", True),
        ("https://a.example/x?id=3", "https://a.example/x?id=4", False),
        ("https://a.example/live#block-1", "https://a.example/live#block-2", False),
        ("https://a.example/X", "https://a.example/x", False),
        ("not a url", "not a url", True),
        ("http://[broken", "http://[broken", True),
    ],
)
def test_addresses_ignore_what_does_not_name_the_document(one: str, other: str, same: bool) -> None:
    assert (address(one) == address(other)) is same


def test_resemblance_is_high_for_an_update_and_low_for_another_report() -> None:
    assert resemblance(TEXT, TEXT.replace("12", "15")) > 0.5
    assert resemblance(TEXT, "Nothing in common with that at all, not one triple of words.") == 0.0
    assert resemblance("", TEXT) == 0.0
