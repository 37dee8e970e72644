"""What must hold of every coded report, whatever the text: offsets exact, ids unique, links to ids that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterclaim.records import CodedReport, Span


def violations(coded: CodedReport) -> list[str]:
    """Everything in a coded report that breaks the contract, in words; empty where nothing does.

    Checked: every span lies in the text and is not empty; `text` and `evidence` are the words at their offsets;
    sentences are in order and do not overlap; claims and events stand in the sentence they name; lists are in text
    order; ids are unique within the report; every link is the id of a record of the right kind; bounds and confidences
    make sense.
    """
    return list(_all(coded))


def _all(coded: CodedReport) -> Iterator[str]:
    yield from _spans(coded, ((f"sentence {n}", span) for n, span in enumerate(coded.sentences)))
    for (_, before), (start, _) in zip(coded.sentences, coded.sentences[1:], strict=False):
        if start < before:
            yield f"sentence at {start} begins before the one before it ends at {before}"
    yield from _ids(coded)
    yield from _actors_places_times(coded)
    yield from _attributions(coded)
    yield from _claims(coded)
    yield from _events(coded)


def _spans(coded: CodedReport, spans: Iterable[tuple[str, Span]]) -> Iterator[str]:
    for what, (start, end) in spans:
        if not 0 <= start < end <= len(coded.text):
            yield f"{what}: [{start}, {end}) is no span of a text of {len(coded.text)} characters"


def _same(coded: CodedReport, what: str, start: int, end: int, words: str) -> Iterator[str]:
    yield from _spans(coded, [(what, (start, end))])
    if coded.text[start:end] != words:
        yield f"{what}: says {words[:60]!r}, but the text has {coded.text[start:end][:60]!r} there"


def _ordered(what: str, starts: Iterable[int]) -> Iterator[str]:
    listed = list(starts)
    if listed != sorted(listed):
        yield f"{what} are not in text order"


def _ids(coded: CodedReport) -> Iterator[str]:
    for table in ("actors", "places", "times", "attributions", "claims", "events"):
        seen: set[str] = set()
        for record in getattr(coded, table):
            if record.id in seen:
                yield f"two {table} with the id {record.id}"
            seen.add(record.id)


def _actors_places_times(coded: CodedReport) -> Iterator[str]:
    for actor in coded.actors:
        yield from _spans(coded, ((f"mention of actor {actor.id}", span) for span in actor.mentions))
        if not actor.mentions:
            yield f"actor {actor.id} is mentioned nowhere"
    for place in coded.places:
        yield from _same(coded, f"place {place.id}", place.start, place.end, place.text)
        yield from _confident(f"place {place.id}", place.confidence)
        if (place.lat is None) != (place.lon is None):
            yield f"place {place.id} has one coordinate"
        elif place.lat is not None and place.lon is not None and not (abs(place.lat) <= 90 and abs(place.lon) <= 180):
            yield f"place {place.id} lies at {place.lat}, {place.lon}"
    for time in coded.times:
        yield from _same(coded, f"time {time.id}", time.start, time.end, time.text)
        if time.from_ is not None and time.to is not None and time.from_ > time.to:
            yield f"time {time.id} ends {time.to} before it begins {time.from_}"
    yield from _ordered("places", (place.start for place in coded.places))
    yield from _ordered("times", (time.start for time in coded.times))


def _attributions(coded: CodedReport) -> Iterator[str]:
    actors = {actor.id for actor in coded.actors}
    for item in coded.attributions:
        what = f"attribution {item.id}"
        named = [("source", item.source), ("cue", item.cue), *(("content", span) for span in item.content)]
        yield from _spans(coded, ((f"{part} of {what}", span) for part, span in named if span is not None))
        yield from _linked(what, "actor", item.actor, actors)


def _claims(coded: CodedReport) -> Iterator[str]:
    ids = {table: {record.id for record in getattr(coded, table)} for table in _LINKED.values()}
    for claim in coded.claims:
        what = f"claim {claim.id}"
        yield from _same(coded, what, claim.start, claim.end, claim.evidence)
        yield from _in_sentence(coded, what, claim.sentence, claim.start)
        yield from _confident(what, claim.confidence)
        if claim.min is not None and claim.max is not None and claim.min > claim.max:
            yield f"{what}: at least {claim.min} but at most {claim.max}"
        if min(claim.min or 0, claim.max or 0) < 0:
            yield f"{what}: fewer than nobody"
        if claim.quantity and claim.quantity not in claim.evidence:
            yield f"{what}: the quantity {claim.quantity!r} is not in its evidence"
        for field, table in _LINKED.items():
            yield from _linked(what, field, getattr(claim.links, field), ids[table])
    yield from _ordered("claims", (claim.start for claim in coded.claims))


_LINKED = {
    "attribution": "attributions",
    "source_actor": "actors",
    "perpetrator_actor": "actors",
    "victim_actor": "actors",
    "place_id": "places",
    "time_id": "times",
    "event": "events",
}


def _events(coded: CodedReport) -> Iterator[str]:
    ids = {table: {record.id for record in getattr(coded, table)} for table in ("actors", "claims")}
    single = {
        "place": {place.id for place in coded.places},
        "time": {time.id for time in coded.times},
        "attribution": {item.id for item in coded.attributions},
    }
    for event in coded.events:
        what = f"event {event.id}"
        yield from _spans(coded, [(what, (event.start, event.end)), (f"trigger of {what}", event.trigger)])
        yield from _spans(coded, ((f"mention of {what}", span) for span in event.mentions))
        if not event.start <= event.trigger[0] < event.trigger[1] <= event.end:
            yield f"{what}: its trigger {list(event.trigger)} is outside [{event.start}, {event.end})"
        yield from _in_sentence(coded, what, event.sentence, event.trigger[0])
        yield from _confident(what, event.confidence)
        for field, known in single.items():
            yield from _linked(what, field, getattr(event, field), known)
        for actor in (*event.actor, *event.recipient):
            yield from _linked(what, "actor", actor, ids["actors"])
        for claim in event.claims:
            yield from _linked(what, "claim", claim, ids["claims"])
    yield from _ordered("events", (event.start for event in coded.events))


def _in_sentence(coded: CodedReport, what: str, sentence: int, offset: int) -> Iterator[str]:
    if not 0 <= sentence < len(coded.sentences):
        yield f"{what}: there is no sentence {sentence}"
    elif not coded.sentences[sentence][0] <= offset < coded.sentences[sentence][1]:
        yield f"{what}: begins at {offset}, outside its sentence {list(coded.sentences[sentence])}"


def _linked(what: str, field: str, linked: str | None, known: set[str]) -> Iterator[str]:
    if linked is not None and linked not in known:
        yield f"{what}: its {field} {linked!r} is the id of nothing in the report"


def _confident(what: str, confidence: float) -> Iterator[str]:
    if not 0 <= confidence <= 1:
        yield f"{what}: confidence {confidence} is not between 0 and 1"
