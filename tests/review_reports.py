"""A report for the tests of review: every field of its claims has words in the text, and one was misread."""

from __future__ import annotations

from typing import Any

from counterclaim.casebook import Casebook
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
    Span,
    Time,
)
from counterclaim.reviewing import Decision, Proposal, on_record
from counterclaim.reviewing.decisions import Kind

TEXT = (
    "Shells hit Gavar on Monday, after a quiet Sunday in Sevan. At least 12 villagers were killed and 30 hurt, "
    "the Orvan army said. Relief Union put the dead at 15."
)


def at(words: str, text: str = TEXT) -> Span:
    """Where words stand in the text."""
    return text.index(words), text.index(words) + len(words)


def misread(id: str = "r1", version: str = "1", **fields: Any) -> CodedReport:
    """The coding: c1 (killed, at Gavar on Monday) and c2 (hurt), both by the Orvan army, of one shelling e1."""
    claims = (
        _claim("c1", "At least 12 villagers were killed", "killed", "At least 12", 12),
        _claim("c2", "30 hurt", "injured", "30", 30, max=30, victims=""),
    )
    base: dict[str, Any] = {
        "text": TEXT,
        "title": "Shells hit Gavar",
        "published": "2024-03-05",
        "sentences": ((0, at(" At least")[0]), (at("At least")[0], at(" Relief")[0]), (at("Relief")[0], len(TEXT))),
        "actors": (
            Actor(id="a1", name="Orvan army", kind="military", country="AM", mentions=(at("Orvan army"),)),
            Actor(id="a2", name="Relief Union", kind="ngo", mentions=(at("Relief Union"),)),
        ),
        "places": (_place("p1", "Gavar", 40.36, 45.13), _place("p2", "Sevan", 40.55, 44.95)),
        "times": (_time("t1", "Monday", "2024-03-04"), _time("t2", "Sunday", "2024-03-03")),
        "attributions": (
            Attribution(
                id="s1",
                source=at("the Orvan army"),
                cue=at("said"),
                content=(at("At least 12 villagers were killed and 30 hurt"),),
                kind="named",
                actor="a1",
            ),
            Attribution(
                id="s2",
                source=at("Relief Union"),
                cue=at("put"),
                content=(at("the dead at 15"),),
                kind="named",
                actor="a2",
            ),
        ),
        "claims": claims,
        "events": (
            Event(
                id="e1",
                start=0,
                end=at(" on Monday")[0],
                trigger=at("hit"),
                sentence=0,
                plover=Plover(type="ASSAULT"),
                acled=Acled(
                    event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"
                ),
                place="p1",
                time="t1",
                claims=("c1", "c2"),
                confidence=0.7,
            ),
        ),
        "coded_by": CodedBy(program=version, analyser="a", gazetteer="g"),
    }
    return CodedReport(id=id, **{**base, **fields})


def _claim(id: str, evidence: str, harm: str, quantity: str, low: int, **fields: Any) -> Claim:
    start, end = at(evidence)
    base: dict[str, Any] = {
        "id": id,
        "start": start,
        "end": end,
        "evidence": evidence,
        "sentence": 1,
        "harm": harm,
        "quantity": quantity,
        "min": low,
        "victims": "villagers",
        "victim_kind": "civilian",
        "source": "the Orvan army",
        "source_kind": "named",
        "place": "Gavar",
        "date": "2024-03-04",
        "links": ClaimLinks(attribution="s1", source_actor="a1", place_id="p1", time_id="t1", event="e1"),
        "confidence": 0.6,
    }
    return Claim(**{**base, **fields})


def _place(id: str, name: str, lat: float, lon: float) -> Place:
    start, end = at(name)
    return Place(
        id=id,
        start=start,
        end=end,
        text=name,
        name=name,
        kind="settlement",
        lat=lat,
        lon=lon,
        country="AM",
        precision=1,
        confidence=0.9,
    )


def _time(id: str, words: str, day: str) -> Time:
    start, end = at(words)
    return Time(id=id, start=start, end=end, text=words, type="DATE", value=day, from_=day, to=day, precision=1)


def decide(
    book: Casebook,
    kind: Kind,
    record: str = "c1",
    *proposals: Proposal,
    by: str = "Ana",
    why: str = "",
    report: str = "r1",
) -> list[Decision]:
    """Decide on a record of a report of the casebook, as a page or command would."""
    layer = "claims" if record.startswith("c") else "events"
    return book.decide(on_record(kind, by, book.under_review(report), layer, record, proposals, why))  # type: ignore[arg-type]


def correct(book: Casebook, field: str, words: str = "", record: str = "c1", **fields: Any) -> list[Decision]:
    """Correct a field by marking words of the text."""
    by = fields.pop("by", "Ana")
    given = {"value": words, "span": at(words) if words else None, **fields}
    return decide(book, "correct", record, Proposal(field=field, **given), by=by)
