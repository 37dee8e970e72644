"""Coded reports built by hand for the tests of the casebook and the exports: no coder is needed."""

from __future__ import annotations

from typing import Any

from counterclaim.records import (
    Acled,
    Actor,
    Attribution,
    Claim,
    ClaimLinks,
    CodedBy,
    CodedReport,
    Event,
    Place,
    Plover,
    Time,
    Warning_,
)

TEXT = "Shells hit Kesra on Monday. At least 12 villagers were killed, the Orvan army said."


def coded_report(id: str = "r1", text: str = TEXT, version: str = "1", **fields: Any) -> CodedReport:
    """One claim, one event, two actors, and everything they are tied to."""
    base: dict[str, Any] = {
        "sentences": ((0, len(text)),),
        "actors": (
            Actor(id="a1", name="Orvan army", kind="military", country="OR", country_name="Orvania", sector="MIL"),
            Actor(id="a2", name="villagers", kind="civilians", sector="CVL"),
        ),
        "places": (
            Place(
                id="p1",
                start=11,
                end=16,
                text=text[11:16],
                name="Kesra",
                kind="settlement",
                geonames_id=7,
                lat=-1.5,
                lon=40.25,
                country="KE",
                admin1="North",
                precision=1,
                confidence=0.9,
            ),
        ),
        "times": (
            Time(
                id="t1",
                start=20,
                end=26,
                text=text[20:26],
                type="DATE",
                value="2024-03-04",
                from_="2024-03-04",
                to="2024-03-04",
                precision=1,
            ),
        ),
        "attributions": (
            Attribution(id="s1", source=(63, 77), cue=(78, 82), content=((28, 61),), kind="named", actor="a1"),
        ),
        "claims": (claim(text),),
        "events": (event(),),
        "warnings": (Warning_(code="no-publication-date", message="no date"),),
        "coded_by": CodedBy(program=version, analyser="patterns/1", gazetteer="g/1"),
    }
    return CodedReport(id=id, text=text, **{**base, **fields})


def claim(text: str = TEXT, id: str = "c1", **fields: Any) -> Claim:
    base: dict[str, Any] = {
        "start": 28,
        "end": 61,
        "evidence": text[28:61],
        "sentence": 0,
        "harm": "killed",
        "quantity": "At least 12",
        "min": 12,
        "victims": "villagers",
        "victim_kind": "civilian",
        "source": "the Orvan army",
        "source_kind": "named",
        "place": "Kesra",
        "date": "Monday",
        "source_chain": ("the Orvan army",),
        "links": ClaimLinks(
            attribution="s1", source_actor="a1", victim_actor="a2", place_id="p1", time_id="t1", event="e1"
        ),
    }
    return Claim(id=id, **{**base, **fields})


def event(id: str = "e1", **fields: Any) -> Event:
    base: dict[str, Any] = {
        "start": 0,
        "end": 26,
        "trigger": (7, 10),
        "sentence": 0,
        "plover": Plover(type="ASSAULT", mode="heavy-weapons", contexts=("military",)),
        "acled": Acled(event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"),
        "ucdp_violence": 3,
        "actor": ("a1",),
        "recipient": ("a2",),
        "place": "p1",
        "time": "t1",
        "attribution": "s1",
        "claims": ("c1",),
    }
    return Event(id=id, **{**base, **fields})


def bare(id: str = "r1", text: str = TEXT, version: str = "1", **fields: Any) -> CodedReport:
    """A coded report with nothing in it but the text."""
    layers = ("actors", "places", "times", "attributions", "claims", "events", "warnings")
    empty: dict[str, Any] = dict.fromkeys(layers, ())
    return coded_report(id, text, version, **{**empty, **fields})
