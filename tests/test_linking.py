"""Reports become incidents: one occurrence told by many is one, and what differs stays apart."""

from __future__ import annotations

import random
from functools import cache

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.linking import Incident, Linker, Settings, link
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


def test_what_is_told_of_several_towns_side_by_side_is_pinned_to_none() -> None:
    text = "KYIV, March 7 - Four soldiers were killed in shelling near Izium, Kupiansk and Vovchansk, the army said."
    (found,) = link([Coder(PatternAnalyser()).code(Report(id="one", published="2023-03-07", text=text))])
    assert found.place is None
    assert found.claims


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


def coding(key: str, published: str, text: str) -> CodedReport:
    return Coder(PatternAnalyser()).code(Report(id=key, published=published, text=text))


def test_attacks_on_one_day_in_towns_far_apart_stay_apart() -> None:
    story = (
        "A car bomb killed nine people outside a police station in {} on Monday, police said. Nobody claimed the bomb."
    )
    reports = [coding(town, "2021-06-07", story.format(town)) for town in ("Mosul", "Basra", "Kabul")]
    assert told_together(link(reports)) == {("Mosul",), ("Basra",), ("Kabul",)}


def test_one_report_of_two_towns_belongs_to_two_incidents() -> None:
    both = coding(
        "both",
        "2021-06-07",
        "Gunmen killed six farmers in Mosul on Monday. In Basra on Saturday a bomb at a bus depot killed 14 people.",
    )
    depot = coding("depot", "2021-06-05", "A bomb at a bus depot in Basra killed 14 people on Saturday.")
    found = link([both, depot])
    assert told_together(found) == {("both",), ("both", "depot")}
    assert {incident.place.name for incident in found if incident.place} == {"Mosul", "Basrah"}


def test_a_total_of_years_of_war_is_no_incident() -> None:
    war = coding("war", "2021-06-07", "More than 40,000 people have been killed since the war began in 2014.")
    assert link([war]) == []


def test_what_is_told_again_as_background_months_later_joins_its_incident() -> None:
    then = coding(
        "then",
        "2021-06-05",
        "A bomb killed governor Tarek Lumbadi and three guards in Basra on Saturday. Lumbadi was leaving his house.",
    )
    later = coding(
        "later",
        "2021-11-20",
        "A court in Basra heard three witnesses on Friday. Governor Tarek Lumbadi was killed by a bomb in Basra on "
        "June 5, 2021, with three guards.",
    )
    assert ("later", "then") in told_together(link([then, later]))


def test_an_unsure_match_is_offered_and_not_made() -> None:
    strict = Settings(join=1.1, offer=0.1)
    incidents = link(coded()[:2], settings=strict)
    assert told_together(incidents) == {("a1",), ("a2",)}
    [candidate] = incidents[0].candidates
    assert candidate.incident == incidents[1].id
    assert "same day" in candidate.reason
