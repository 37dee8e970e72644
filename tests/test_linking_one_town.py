"""Two strikes on one town on one day stay apart where the texts tell them apart, and one told twice stays one."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.linking import Incident, Linker, link
from counterclaim.linking.clustering import gathered
from counterclaim.pipeline import Coder
from counterclaim.records import CodedReport, Report

MARKET = (
    "A car bomb killed seven people at a vegetable market in Baghdad on Tuesday, police said. Stalls were burnt at "
    "the market."
)
COURT = (
    "A car bomb killed 15 people outside a courthouse in Baghdad on Tuesday, police said. Lawyers were leaving the "
    "courthouse."
)
BOTH = (
    "Two car bombs hit Baghdad on Tuesday. The first killed seven people at a vegetable market in Baghdad on Tuesday "
    "morning. The second killed 15 people outside a courthouse in Baghdad on Tuesday afternoon, police said."
)


def coded(*texts: str, day: str = "2023-05-09") -> list[CodedReport]:
    coder = Coder(PatternAnalyser())
    return [coder.code(Report(id=f"r{at}", published=day, text=text)) for at, text in enumerate(texts, 1)]


def tolls(found: list[Incident], reports: list[CodedReport]) -> list[set[int | None]]:
    """The numbers of dead of each incident."""
    claims = {(report.id, claim.id): claim.min for report in reports for claim in report.claims}
    return sorted(({claims[ref] for ref in incident.claims} for incident in found), key=str)


@pytest.mark.parametrize(
    "text",
    [
        "KHARKIV, May 9 - A missile hit a school in Kharkiv at dawn on Tuesday, killing three teachers, the governor "
        "said. In the evening a drone struck a bus depot in Kharkiv, killing five drivers.",
        "A missile that struck a bakery in Kharkiv on Tuesday morning killed three people. Hours later, a second "
        "strike on a railway station in Kharkiv on Tuesday killed five people.",
        "A car bomb killed three people outside a mosque in Baghdad on Tuesday, police said. In a separate attack in "
        "Baghdad on Tuesday, gunmen shot dead five judges.",
    ],
    ids=["hours", "a second strike", "a separate attack"],
)
def test_one_report_tells_two_attacks_apart(text: str) -> None:
    reports = coded(text)
    assert tolls(link(reports), reports) == [{3}, {5}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A missile strike killed three people in Kharkiv at about 05:30 on Tuesday, the governor said.",
            "A missile strike killed six people in Kharkiv at about 21:00 on Tuesday, the governor said.",
        ),
        (MARKET, COURT),
    ],
    ids=["hours and tolls", "places hit and tolls"],
)
def test_two_reports_tell_two_attacks_apart(one: str, other: str) -> None:
    assert sorted(incident.reports for incident in link(coded(one, other))) == [("r1",), ("r2",)]


def test_an_unsure_difference_is_offered_for_review() -> None:
    first, second = link(coded(MARKET, COURT))
    [candidate] = first.candidates
    assert candidate.incident == second.id
    assert "other places hit (trade; court)" in candidate.reason


def test_a_report_of_both_attacks_does_not_chain_them() -> None:
    reports = coded(MARKET, COURT, BOTH)
    found = link(reports)
    assert sorted(incident.reports for incident in found) == [("r1", "r3"), ("r2", "r3")]
    assert tolls(found, reports) == [{15}, {7}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MARKET, "The toll of a car bomb at a vegetable market in Baghdad on Tuesday rose to 11 dead, police said."),
        (
            "A missile killed three people at a school in Kharkiv at dawn on Tuesday, the governor said.",
            "Four people died when a missile hit a school in Kharkiv on Tuesday, the governor said on Tuesday evening.",
        ),
    ],
    ids=["the toll grew", "the hour is that of a statement"],
)
def test_one_attack_told_twice_stays_one(one: str, other: str) -> None:
    assert [incident.reports for incident in link(coded(one, other))] == [("r1", "r2")]


def test_a_second_bomb_minutes_later_is_no_second_attack() -> None:
    text = (
        "A bomb killed three people at a market in Baghdad on Tuesday, police said. A second bomb minutes later killed "
        "five people at the market in Baghdad."
    )
    assert len(link(coded(text))) == 1


def test_a_new_report_compares_itself_with_its_neighbours_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "2023-05-09": "A car bomb killed nine people in Mosul on Tuesday.",
        "2022-02-01": "Gunmen shot dead two fishermen near Aden harbour on Monday.",
        "2021-11-20": "Shelling of a bakery in Aleppo killed four bakers on Friday.",
        "2020-08-14": "Police in Mogadishu said that grenades wounded 12 football fans on Thursday.",
    }
    old = [coded(text, day=day)[0] for day, text in told.items()]
    old = [msgspec.structs.replace(report, id=report.published or "") for report in old]
    new = coded("The car bomb in Mosul on Tuesday killed nine people, the mayor said.")[0]
    linker = Linker()
    for report in old:
        linker.add(report)
    before = {incident.id: incident for incident in linker.incidents()}
    seen: set[str] = set()

    def watched(part: list[Any], *rest: Any) -> list[list[Any]]:
        seen.update(name[1] for name in part)
        return gathered(part, *rest)

    monkeypatch.setattr("counterclaim.linking.linker.gathered", watched)
    touched = linker.add(new)
    assert seen == {"2023-05-09", "r1"}
    after = {incident.id: incident for incident in linker.incidents()}
    assert {key for key in before | after if before.get(key) != after.get(key)} <= touched
    assert list(after.values()) == link([*old, new])
