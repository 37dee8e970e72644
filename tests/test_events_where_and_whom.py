"""Events: the village before its state or the town of filing, and people who speak or suffer but do nothing."""

from __future__ import annotations

import pytest

import counterclaim
from counterclaim.records import Event


def told(text: str) -> list[tuple[str, list[str], list[str], str | None, Event]]:
    report = counterclaim.code(text)
    names = {actor.id: actor.name for actor in report.actors}
    places = {place.id: place.text for place in report.places}
    return [
        (
            event.plover.type,
            [names[a] for a in event.actor],
            [names[a] for a in event.recipient],
            places.get(event.place or ""),
            event,
        )
        for event in report.events
    ]


@pytest.mark.parametrize(
    ("text", "doer", "place"),
    [
        (
            "JOS, Nigeria (Gazette) - Gunmen on horseback stormed the village of Dutsen Bora in northern Plateau state "
            "on Friday, killing six farmers, elders said.",
            "Gunmen",
            "Dutsen Bora",
        ),
        ("BUNIA, Congo (Gazette) - M23 rebels raided Lokwira on Sunday, killing two.", "M23 rebels", "Lokwira"),
        ("BUNIA, Congo (Gazette) - Fighters overran Lokwira before dawn.", "Fighters", "Lokwira"),
        ("Two rockets hit the railway station of Kharkiv in eastern Ukraine.", None, "Kharkiv"),
    ],
)
def test_the_finest_place_that_the_words_put_the_act_at(text: str, doer: str | None, place: str) -> None:
    kind, doers, _, where, _ = told(text)[0]
    assert (kind, doers, where) == ("ASSAULT", [doer] if doer else [], place)


@pytest.mark.parametrize("text", ["Troops raided Hezbollah on Monday.", "Rebels captured Quimby on Tuesday."])
def test_a_group_or_a_man_taken_is_no_place(text: str) -> None:
    assert counterclaim.code(text).places == ()


def test_an_act_at_an_unknown_name_is_not_where_the_act_before_was() -> None:
    events = told("Rebels bombed Goma on Monday. Rebels looted shops in Lokwira.")
    assert [event[3] for event in events] == ["Goma", None]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people killed in Aleppo.",
        "Two soldiers perished in the shelling.",
        "Several Palestinians have died in a raid.",
        "The villagers lost their lives when jets bombed the market.",
        "Houthi fighters were killed in an air strike.",
        "Soldiers dead, rebels wounded in an ambush.",
    ],
)
def test_those_who_die_are_never_the_doers(text: str) -> None:
    [(kind, doers, victims, _, _)] = told(text)
    assert kind == "ASSAULT"
    assert doers == []
    assert victims


def test_the_body_that_tells_is_no_side_of_the_fight() -> None:
    text = "Five soldiers were killed in fighting with Armenia, the Defence Ministry of Azerbaijan said."
    [(_, _, victims, _, _)] = told(text)
    assert "Defence Ministry of Azerbaijan" not in victims


def test_a_list_before_a_verb_of_speech_stays_a_list() -> None:
    text = "Russia held talks with Armenia, Iran and Syria, and said all was well."
    assert len(told(text)[0][2]) == 3


def test_those_who_shoot_are_named_inside_the_fire() -> None:
    [(_, doers, victims, _, _)] = told("The troops came under Taliban fire.")
    assert (doers, victims) == (["Taliban"], ["troops"])


def test_company_is_no_target() -> None:
    [(_, _, targets, _, _)] = told("Russia will investigate together with Iran.")
    assert targets == []


def test_victims_of_one_sentence_do_not_kill_those_of_the_next() -> None:
    events = told("Two soldiers died, rebels wounded in an ambush. A mother and her two children were killed.")
    assert events[-1][1] == []
