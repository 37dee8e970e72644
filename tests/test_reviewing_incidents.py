"""Merges, splits, grades and held-apart pairs are put over what linking found, and follow their members."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from counterclaim.errors import UsageError
from counterclaim.linking import Incident
from counterclaim.linking.incident import Candidate
from counterclaim.records import CodedReport
from counterclaim.reviewing import Decision, linked, on_incident, settled, undoing
from counterclaim.reviewing.regrouping import regrouped
from tests.incident_reports import report, told
from tests.serving_incidents import placed_reports

REPORTS = {one.id: one for one in placed_reports()}


def numbered(decisions: Iterable[Decision]) -> list[Decision]:
    return [replace(one, number=at + 1, at="2024-04-01T00:00:00.000000Z") for at, one in enumerate(decisions)]


def by_reports(found: Iterable[Incident]) -> dict[tuple[str, ...], Incident]:
    return {one.reports: one for one in found}


def gavar_and_tbilisi(reports: dict[str, CodedReport] | None = None) -> tuple[Incident, Incident]:
    found = by_reports(linked(reports or REPORTS, ()))
    return found["gavar-1", "gavar-2"], found["tbilisi-1",]


def test_without_decisions_nothing_changes() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    assert linked(REPORTS, numbered([on_incident("comment", "Ana", gavar, REPORTS, why="hm")])) == [gavar, tbilisi]


def test_two_incidents_merged_are_one_with_all_their_claims_and_the_reason() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    merge = on_incident("merge", "Ana", gavar, REPORTS, other=tbilisi, why="the same shells")
    [one] = linked(REPORTS, numbered([merge]))
    assert set(one.claims) == {*gavar.claims, *tbilisi.claims}
    assert set(one.events) == {*gavar.events, *tbilisi.events}
    assert one.id in (gavar.id, tbilisi.id)
    assert one.links[-1].reason == "merged by Ana: the same shells"
    assert [(note.kind, note.by, note.value) for note in one.decided] == [("merge", "Ana", tbilisi.id)]
    assert one.place is not None
    assert one.place.name == "Gavar"
    counted = settled(one, REPORTS).estimates["range"]["killed"]
    assert counted.high == 40 or (counted.best or 0) >= 12


def test_a_merge_undone_leaves_what_linking_found() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    [merge] = numbered([on_incident("merge", "Ana", gavar, REPORTS, other=tbilisi)])
    undo = replace(undoing("Bo", merge, [merge]), number=2)
    assert linked(REPORTS, [merge, undo]) == [gavar, tbilisi]


def test_a_report_split_off_is_an_incident_of_its_own() -> None:
    gavar, _ = gavar_and_tbilisi()
    split = on_incident("split", "Ana", gavar, REPORTS, taken=[("gavar-2", "")])
    found = by_reports(linked(REPORTS, numbered([split])))
    left, taken = found["gavar-1",], found["gavar-2",]
    assert left.id != taken.id
    assert gavar.id in (left.id, taken.id)
    assert taken.claims == (("gavar-2", "c1"),)
    assert taken.events == (("gavar-2", "e1"),)
    assert [note.kind for note in (*left.decided, *taken.decided)] == ["split", "split"]
    assert settled(left, REPORTS).estimates["range"]["killed"].low == 12


def test_one_claim_of_a_report_can_be_split_off() -> None:
    book = {
        one.id: one
        for one in (
            report("a", "2024-03-05", told("12 villagers were killed", 12, 12), told("5 guards were killed", 5, 5)),
        )
    }
    [both] = linked(book, ())
    split = on_incident("split", "Ana", both, book, taken=[("a", "c2")])
    found = linked(book, numbered([split]))
    assert sorted(one.claims for one in found) == [(("a", "c1"),), (("a", "c2"),)]
    assert len({one.id for one in found}) == 2


def test_a_split_takes_something_and_not_everything() -> None:
    gavar, _ = gavar_and_tbilisi()
    for taken in ([], [("gavar-1", ""), ("gavar-2", "")], [("nowhere", "")]):
        with pytest.raises(UsageError, match="split"):
            on_incident("split", "Ana", gavar, REPORTS, taken=taken)


def test_a_decision_follows_its_members_when_another_report_comes() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    merge = on_incident("merge", "Ana", gavar, REPORTS, other=tbilisi)
    grade = on_incident("grade", "Ana", gavar, REPORTS, grade="Confirmed")
    earlier = replace(REPORTS["gavar-1"], id="aaa", published="2024-03-04")
    [one] = linked({**REPORTS, "aaa": earlier}, numbered([merge, grade]))
    assert one.id != gavar.id
    assert len(one.reports) == 4
    assert settled(one, REPORTS).grade == "Confirmed"


def test_a_decision_of_which_no_report_is_here_waits() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    decisions = numbered([on_incident("merge", "Ana", gavar, REPORTS, other=tbilisi)])
    only = {"tbilisi-1": REPORTS["tbilisi-1"]}
    assert [one.reports for one in linked(only, decisions)] == [("tbilisi-1",)]


def test_a_grade_stands_beside_the_programs() -> None:
    gavar, _ = gavar_and_tbilisi()
    found = by_reports(
        linked(
            REPORTS,
            numbered(
                [
                    on_incident("grade", "Ana", gavar, REPORTS, grade="Weak"),
                    on_incident("grade", "Bo", gavar, REPORTS, grade="Discounted", why="hoax"),
                ]
            ),
        )
    )
    machine = settled(gavar, REPORTS).grade
    one = settled(found["gavar-1", "gavar-2"], REPORTS)
    assert one.grade == "Discounted"
    assert [(note.by, note.value, note.machine) for note in one.decided] == [("Bo", "Discounted", machine)]
    with pytest.raises(UsageError, match="grade"):
        on_incident("grade", "Ana", gavar, REPORTS, grade="Sure")


def test_incidents_held_apart_are_offered_for_each_other_no_more() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    gavar = replace(gavar, candidates=(Candidate(incident=tbilisi.id, score=0.3, reason="alike"),))
    tbilisi = replace(tbilisi, candidates=(Candidate(incident=gavar.id, score=0.3, reason="alike"),))
    apart = on_incident("apart", "Ana", gavar, REPORTS, other=tbilisi)
    found = regrouped([gavar, tbilisi], REPORTS, numbered([apart]))
    assert [one.candidates for one in found] == [(), ()]
    with pytest.raises(UsageError, match="another incident"):
        on_incident("apart", "Ana", gavar, REPORTS, other=gavar)


def test_those_that_named_a_merged_incident_name_what_it_became() -> None:
    gavar, tbilisi = gavar_and_tbilisi()
    third = Incident(
        id="i3", candidates=tuple(Candidate(incident=one.id, score=0.3, reason="") for one in (gavar, tbilisi))
    )
    merge = on_incident("merge", "Ana", gavar, REPORTS, other=tbilisi)
    found = {one.id: one for one in regrouped([gavar, tbilisi, third], REPORTS, numbered([merge]))}
    [candidate] = found["i3"].candidates
    assert candidate.incident in found
