"""Events: one act told by two words of a clause is one event."""

from __future__ import annotations

import pytest

import counterclaim


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Prime Minister Garry Conille called the raid a heinous crime.", ["ACCUSE"]),
        ("Aid groups called for an immediate ceasefire.", ["REQUEST"]),
        ("The envoy urged a full investigation.", ["REQUEST"]),
        ("Russia launched a wave of drones at Odesa.", ["ASSAULT"]),
        ("Russia launched 30 drones and four missiles at Odesa.", ["ASSAULT"]),
        ("Aid groups called for a ceasefire. Russia and Ukraine declared a ceasefire.", ["REQUEST", "RETREAT"]),
    ],
)
def test_what_one_clause_tells_twice_is_one_event(text: str, kinds: list[str]) -> None:
    told = [event.plover.type for event in counterclaim.code(text).events]
    assert told == kinds
