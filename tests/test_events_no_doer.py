"""Events: who is no doer of force: a flood, a dateline, a country that says where, a prosecutor, nobody at all."""

from __future__ import annotations

import pytest

import counterclaim
from counterclaim.records import CodedReport, Event


def named(report: CodedReport, event: Event) -> list[str]:
    names = {actor.id: actor.name for actor in report.actors}
    return [names[actor] for actor in event.actor]


def force(text: str) -> list[tuple[list[str], str]]:
    report = counterclaim.code(text)
    return [(named(report, event), event.reality) for event in report.events if event.plover.type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "LISBON, Portugal - An earthquake killed 340 people at dawn, the fire service said.",
        "A landslide in Peru killed 14 soldiers, the army said.",
        "Cholera has killed 90 villagers in Malawi since June, doctors said.",
        "Eleven farmers were killed by a flood in Kenya, police said.",
        "A train derailment left 20 dead and a wildfire destroyed a hamlet in Greece.",
        "No group has claimed responsibility, the Red Cross said.",
        "NOBODY CLAIMED RESPONSIBILITY - RED CROSS",
        "Al-Shabaab has yet to claim responsibility, Kenya said.",
    ],
)
def test_what_nobody_did_is_no_assault(text: str) -> None:
    assert force(text) == []


def test_a_group_that_claims_an_attack_still_does_it() -> None:
    [(doers, _)] = force("Al-Shabaab claimed responsibility for an attack on a hotel in Nairobi.")
    assert doers == ["al-Shabaab"]


@pytest.mark.parametrize(
    "text",
    [
        "LAGOS, Nigeria - Killed 20 farmers in one night.",
        "A blast in Aleppo, Syria, killed 12 shoppers.",
        "In Aleppo, Syria, killed and wounded farmers lay in the road.",
    ],
)
def test_the_country_of_a_place_name_is_no_doer(text: str) -> None:
    assert all(doers == [] for doers, _ in force(text))


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors said he ordered the killing.",
        "Police said she carried out the attack.",
        "Detectives said they believe he shot the mayor.",
    ],
)
def test_he_is_never_the_body_that_speaks_of_him(text: str) -> None:
    assert all(doers == [] for doers, _ in force(text))


def test_it_is_the_body_that_has_just_spoken() -> None:
    text = "Russian officials said Kharkiv was calm. Ukraine's air force said it shot down two drones."
    assert force(text) == [(["Ukraine"], "actual")]


def test_what_is_denied_did_not_happen_by_the_words_of_the_one_who_denies() -> None:
    report = counterclaim.code("Russia denies targeting civilians.")
    assert [(event.plover.type, named(report, event), event.reality) for event in report.events] == [
        ("REJECT", ["Russia"], "actual"),
        ("ASSAULT", ["Russia"], "negated"),
    ]
    assert report.events[0].recipient == ()


def test_a_truce_that_is_only_the_setting_is_no_event() -> None:
    kinds = [e.plover.type for e in counterclaim.code("Despite a ceasefire, Russia bombed Kharkiv.").events]
    assert kinds == ["ASSAULT"]
    kinds = [e.plover.type for e in counterclaim.code("Russia and Ukraine declared a ceasefire on Sunday.").events]
    assert kinds == ["RETREAT"]
