"""Where and when an act happens: places and days of events, on sentences written for the purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from counterclaim.coding.events import find_events
from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor, Attribution, Event, Place, PlaceKind, Time
from counterclaim.resolving.actors import ActorIndex

PLACES: dict[str, PlaceKind] = {
    "Freedonia": "country",
    "Sylvania": "country",
    "Klopstokia": "country",
    "Rufusburg": "settlement",
    "Trentino": "settlement",
    "Chicolini": "admin1",
    "Lake Vera": "water",
}
DAYS = {"Monday": "2024-05-13", "Friday": "2024-05-10", "2019": "2019", "now": "PRESENT_REF"}


def spans(word: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"\b{re.escape(word)}\b", text)]


def code(text: str, said: Sequence[tuple[int, int]] = ()) -> tuple[list[Event], dict[str, str]]:
    """The events of a text, and the words of every place and time by id."""
    places = sorted(
        (
            Place(id=f"p{start}", start=start, end=end, text=name, name=name, kind=kind)
            for name, kind in PLACES.items()
            for start, end in spans(name, text)
        ),
        key=lambda place: place.start,
    )
    times = sorted(
        (
            Time(
                id=f"t{start}",
                start=start,
                end=end,
                text=word,
                type="DATE",
                value=value,
                from_=value if len(value) == 10 else None,
                to=value if len(value) == 10 else "2019-12-31" if value == "2019" else None,
            )
            for word, value in DAYS.items()
            for start, end in spans(word, text)
        ),
        key=lambda time: time.start,
    )
    fighters = Actor(id="fighters", name="fighters", kind="armed_group", mentions=tuple(spans("fighters", text)))
    events = find_events(
        PatternAnalyser().analyse([text])[0],
        attributions=[
            Attribution(id=f"a{start}", source=(0, 1), cue=None, content=((start, end),), kind="unnamed")
            for start, end in said
        ],
        actors=ActorIndex([fighters]),
        places=places,
        times=times,
        claims=[],
        published=date(2024, 5, 14),
    )
    words = {place.id: place.text for place in places} | {time.id: time.text for time in times}
    return events, words


def place_of(text: str, number: int = 0) -> str | None:
    events, words = code(text)
    place = events[number].place
    return words[place] if place else None


def day_of(text: str, number: int = 0) -> str | None:
    events, words = code(text)
    time = events[number].time
    return words[time] if time else None


def test_the_finest_place_at_which_the_words_put_the_act_is_its_place() -> None:
    assert place_of("The fighters attacked a convoy in Rufusburg, Freedonia.") == "Rufusburg"
    assert place_of("In the Freedonia province of Chicolini the fighters attacked a convoy.") == "Chicolini"


def test_a_country_that_only_owns_the_strike_is_not_where_it_fell() -> None:
    assert place_of("A Sylvania air strike killed nine fighters in Freedonia.") == "Freedonia"
    assert place_of("A Sylvania air strike killed nine fighters.") is None


def test_a_town_that_is_shelled_or_besieged_is_the_place() -> None:
    assert place_of("The fighters shelled Rufusburg for three hours.") == "Rufusburg"
    assert place_of("The fighters began the siege of Rufusburg.") == "Rufusburg"
    assert place_of("The fighters launched an assault on Rufusburg.") == "Rufusburg"


def test_a_name_that_only_gives_the_bearing_gives_way_to_the_name_it_helps_to_find() -> None:
    assert place_of("The fighters were killed in Trentino, 70 km north of Rufusburg.") == "Trentino"
    assert place_of("The fighters attacked boats on Lake Vera, north of Rufusburg.") == "Lake Vera"


def test_a_place_people_come_from_is_no_scene() -> None:
    assert place_of("The fighters from Sylvania attacked a convoy.") is None


def test_where_and_when_a_statement_was_made_are_not_those_of_the_act_it_tells() -> None:
    text = "Officials in Sylvania said on Monday that the fighters attacked a convoy."
    events, _ = code(text, said=[(text.index("the fighters"), len(text) - 1)])
    assert events[0].place is None
    assert events[0].time is None
    events, words = code(text)
    assert words[str(events[0].time)] == "Monday"


def test_now_is_no_date() -> None:
    assert day_of("The fighters attacked a convoy now.") is None


def test_force_without_a_place_or_a_day_goes_on_from_the_force_told_before_it() -> None:
    text = "The fighters attacked a convoy in Rufusburg on Monday. They killed four drivers."
    assert (place_of(text, 1), day_of(text, 1)) == ("Rufusburg", "Monday")


def test_no_day_is_carried_over_from_far_before_or_from_earlier_times() -> None:
    far = (
        "The fighters attacked a convoy in Rufusburg on Monday. "
        + "The road is old. " * 4
        + "They killed four drivers."
    )
    assert day_of(far, 1) is None
    old = "The fighters attacked a convoy in Rufusburg in 2019. They killed four drivers."
    assert day_of(old, 1) is None
