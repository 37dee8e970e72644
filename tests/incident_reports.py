"""Coded reports of one made-up incident, a claim a sentence, built by hand: no coder is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counterclaim.linking.incident import Incident
from counterclaim.records import Actor, Claim, ClaimLinks, CodedBy, CodedReport

SOURCES: dict[str, Actor] = {
    actor.name: actor
    for actor in (
        Actor(id="a1", name="Orvan Defence Ministry", kind="government", country="AM", sector="GOV"),
        Actor(id="a2", name="Kesran Defence Ministry", kind="government", country="AZ", sector="GOV"),
        Actor(id="a3", name="Relief Union", kind="ngo", sector="CVL"),
        Actor(id="a4", name="World Council", kind="igo"),
        Actor(id="a5", name="Governor Ivo Tarn", kind="person", country="AM", sector="GOV"),
        Actor(id="a6", name="Tarn", kind="person"),
    )
}


def told(
    words: str, low: int | None = None, high: int | None = None, source: str = "", **fields: Any
) -> tuple[str, dict[str, Any]]:
    """A sentence and the claim that its first words are: "12 people were killed", 12, 12, "Relief Union"."""
    return words, {"min": low, "max": high, "source": source, **fields}


def report(id: str, published: str, *sentences: tuple[str, dict[str, Any]], outlet: str | None = None) -> CodedReport:
    """A report of these sentences, each one claim of killed people, whose quantity is its first word."""
    text, claims, spans = "", [], []
    for at, (words, fields) in enumerate(sentences):
        start = len(text)
        text += f"{words}. "
        spans.append((start, len(text) - 1))
        given = {"quantity": words.split()[0], **fields}
        source, quantity = given.pop("source"), given["quantity"]
        actor = SOURCES.get(source)
        begin = start + words.find(quantity)
        claim: dict[str, Any] = {
            "id": f"c{at + 1}",
            "start": begin,
            "end": start + len(words),
            "evidence": text[begin : start + len(words)],
            "sentence": at,
            "harm": "killed",
            "quantity": quantity,
            "victims": "people",
            "source": source,
            "source_kind": "named" if source else "author",
            "source_chain": (source,) if source else (),
            "links": ClaimLinks(source_actor=actor.id if actor else None),
        }
        claims.append(Claim(**{**claim, **given}))
    return CodedReport(
        id=id,
        text=text,
        published=published,
        outlet=outlet,
        sentences=tuple(spans),
        claims=tuple(claims),
        actors=tuple(SOURCES.values()),
        coded_by=CodedBy(program="1", analyser="a", gazetteer="g"),
    )


def incident(reports: Iterable[CodedReport], day: str = "2024-03-04") -> Incident:
    """All the reports' claims as one incident of that day."""
    reports = list(reports)
    return Incident(
        id="i1",
        title="Shelling, Kesra",
        from_=day,
        to=day,
        reports=tuple(one.id for one in reports),
        claims=tuple((one.id, claim.id) for one in reports for claim in one.claims),
    )
