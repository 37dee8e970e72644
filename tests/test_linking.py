"""Reports become incidents: one occurrence told by many is one, and what differs stays apart."""

from __future__ import annotations

import random
from functools import cache

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.linking import Incident, Linker, link
from counterclaim.pipeline import Coder
from counterclaim.records import CodedReport, Report

TEXTS = {
    "a1": (
        "2023-03-07",
        "KHARKIV, March 7 - A missile hit a bakery on Myru street in Kharkiv on Tuesday, killing seven people and "
        "wounding 12, regional governor Petro Halchuk said. Rescuers dug through the rubble of the bakery.",
    ),
    "a2": (
        "2023-03-08",
        "The toll of Tuesday's missile strike on a bakery in Kharkiv rose to nine dead, governor Petro Halchuk said on "
        "Wednesday. Twelve people were wounded when the missile hit the bakery on Myru street.",
    ),
    "b1": (
        "2023-03-08",
        "Two policemen were killed on Wednesday in Kharkiv as a mine exploded under their car near the tractor plant, "
        "the interior ministry said.",
    ),
    "c1": (
        "2023-03-07",
        "A suicide bomber killed 15 people at a cattle market in Maiduguri on Tuesday, hospital director Bukar Zanna "
        "said. The market was full of traders when the bomber struck.",
    ),
    "c2": (
        "2023-03-07",
        "At least 15 people died on Tuesday when a suicide bomber struck a cattle market in the Nigerian city of "
        "Maiduguri. Hospital director Bukar Zanna said 20 traders were wounded at the market.",
    ),
    "d1": (
        "2023-03-09",
        "The foreign ministers of Norway and Chile met in Oslo on Thursday and spoke of fisheries and trade.",
    ),
}


@cache
def coded() -> tuple[CodedReport, ...]:
    coder = Coder(PatternAnalyser())
    return tuple(coder.code(Report(id=key, published=day, text=text)) for key, (day, text) in TEXTS.items())


def told_together(incidents: list[Incident]) -> set[tuple[str, ...]]:
    return {tuple(sorted(incident.reports)) for incident in incidents}


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    return link(coded())


def test_two_reports_of_one_strike_are_one_incident(incidents: list[Incident]) -> None:
    assert {("a1", "a2"), ("c1", "c2")} <= told_together(incidents)


def test_two_attacks_in_one_city_on_neighbouring_days_stay_apart(incidents: list[Incident]) -> None:
    assert ("b1",) in told_together(incidents)


def test_talks_make_no_incident(incidents: list[Incident]) -> None:
    assert all("d1" not in incident.reports for incident in incidents)


def test_an_incident_says_where_when_and_by_which_records(incidents: list[Incident]) -> None:
    [strike] = [incident for incident in incidents if incident.reports == ("a1", "a2")]
    assert strike.from_ == strike.to == "2023-03-07"
    assert strike.place is not None
    assert strike.place.country == "UA"
    claims = {(report.id, claim.id) for report in coded() for claim in report.claims}
    assert set(strike.claims) <= claims
    assert {report for report, _ in strike.claims} == {"a1", "a2"}


def test_every_link_has_a_score_and_a_reason(incidents: list[Incident]) -> None:
    [strike] = [incident for incident in incidents if incident.reports == ("a1", "a2")]
    [found] = strike.links
    assert found.reports == ("a1", "a2")
    assert 0.5 <= found.score <= 1
    assert "same day" in found.reason


def test_the_order_of_reports_changes_nothing(incidents: list[Incident]) -> None:
    shuffled = list(coded())
    for seed in range(20):
        random.Random(seed).shuffle(shuffled)
        assert link(shuffled) == incidents


def test_adding_one_report_at_a_time_ends_where_linking_all_ends(incidents: list[Incident]) -> None:
    linker = Linker()
    for report in reversed(coded()):
        linker.add(report)
        linker.incidents()
    assert linker.incidents() == incidents


def test_a_new_report_changes_the_incident_it_tells_of_and_no_other() -> None:
    linker = Linker()
    for report in coded()[:4]:
        linker.add(report)
    before = {incident.id: incident for incident in linker.incidents()}
    changed = linker.add(coded()[4])
    after = {incident.id: incident for incident in linker.incidents()}
    assert {key for key in before | after if before.get(key) != after.get(key)} <= changed
    [strike] = [key for key in after if after[key].reports == ("a1", "a2")]
    assert strike not in changed
    [market] = [key for key in changed if after[key].reports == ("c1", "c2")]
    assert market in before, "the id stays while the earliest telling stays"


def test_a_report_added_again_replaces_its_former_self(incidents: list[Incident]) -> None:
    linker = Linker()
    talks = coded()[5]
    linker.add(CodedReport(id="a1", text=talks.text, published="2023-03-07"))
    for report in coded():
        linker.add(report)
    assert linker.incidents() == incidents


def test_no_reports_make_no_incidents() -> None:
    assert link([]) == []


def test_an_empty_report_makes_no_incident() -> None:
    assert link([CodedReport(id="x", text="")]) == []
