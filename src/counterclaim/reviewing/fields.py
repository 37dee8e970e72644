"""The fields that can be corrected, and what follows from a correction for the rest of a record.

A value that stands for words is those words: whoever corrects it marks them, and the record is tied to the actor, place
or time that they name. The act that caused a harm follows its claim where both had the same place or time.
"""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple, get_args

from msgspec.structs import replace

from counterclaim.errors import UsageError
from counterclaim.records import Acled, Claim, ClaimLinks, Event, Harm, Plover, Reality, SourceKind, Span, Stance
from counterclaim.records import VictimKind as Victims
from counterclaim.reviewing.dates import Dates
from counterclaim.reviewing.draft import Draft
from counterclaim.schemes import acled as acled_scheme
from counterclaim.schemes import plover as plover_scheme

LARGEST: Final = 10**9
"""Persons: more than live anywhere is a slip of the hand."""


class Field(NamedTuple):
    """A field: `words` are marked in the text, `date` is a day with the words that tell it, `choice` is of `choices`,
    `number` persons or null, `flag` true or false, `name` words of the text or a short name. `key` opens it in review.
    """

    name: str
    label: str
    kind: Literal["words", "date", "choice", "number", "flag", "name"]
    key: str = ""
    choices: tuple[str, ...] = ()
    clears: bool = True
    """Whether it can be emptied."""


CLAIM_FIELDS: Final = (
    Field("evidence", "claim's words", "words", "e", clears=False),
    Field("quantity", "words for the number", "words", "q"),
    Field("min", "at least", "number", "1"),
    Field("max", "at most", "number", "9"),
    Field("approx", "about", "flag"),
    Field("vague", "vague word", "name"),
    Field("harm", "harm", "choice", "h", get_args(Harm)),
    Field("victims", "victims", "words", "v"),
    Field("victim_kind", "victims are", "choice", "", get_args(Victims)),
    Field("victim_side", "victims' side", "name", "i"),
    Field("perpetrator", "perpetrator", "words", "p"),
    Field("source", "according to", "words", "s"),
    Field("source_kind", "source is", "choice", "", get_args(SourceKind)),
    Field("stance", "stance", "choice", "t", get_args(Stance)),
    Field("place", "place", "words", "l"),
    Field("date", "day", "date", "d"),
    Field("cumulative", "running total", "flag"),
    Field("background", "earlier context", "flag", "b"),
)
EVENT_FIELDS: Final = (
    Field("type", "act (PLOVER)", "choice", "t", tuple(plover_scheme.TYPES)),
    Field("sub_event_type", "act (ACLED)", "choice", "", ("", *acled_scheme.EVENT_TYPE)),
    Field("actor", "who", "words", "p"),
    Field("recipient", "to whom", "words", "v"),
    Field("weapon", "weapon", "name", "w"),
    Field("place", "place", "words", "l"),
    Field("time", "day", "date", "d"),
    Field("reality", "reality", "choice", "h", get_args(Reality)),
    Field("background", "earlier context", "flag", "b"),
)
FIELDS: Final = {"claims": CLAIM_FIELDS, "events": EVENT_FIELDS}


def field_of(layer: str, name: str) -> Field:
    """A field by its name. Raises UsageError where a record of that layer has none that can be corrected."""
    for field in FIELDS.get(layer, ()):
        if field.name == name:
            return field
    known = ", ".join(field.name for field in FIELDS.get(layer, ()))
    raise UsageError(f"no field {name!r} to correct in {layer or 'that'}; there are {known}")


def value_of(record: Claim | Event, field: str, draft: Draft) -> Any:
    """A field's value as it stands: a string, a number, true or false, or None."""
    if isinstance(record, Claim):
        return record.vague or "" if field == "vague" else getattr(record, field)
    if field == "type":
        return record.plover.type
    if field == "sub_event_type":
        return record.acled.sub_event_type if record.acled else ""
    if field in ("actor", "recipient"):
        names = {actor.id: actor.name for actor in draft.finished().actors}
        return ", ".join(names[id] for id in getattr(record, field) if id in names)
    if field == "place":
        return next((place.name for place in draft.finished().places if place.id == record.place), "")
    if field == "time":
        time = draft.time_of(record.time)
        return (time.value or "") if time else ""
    if field == "weapon":
        return record.weapon or ""
    return getattr(record, field)


def correct(draft: Draft, record: Claim | Event, name: str, value: Any, span: Span | None) -> None:
    """Put a corrected value into the draft. Raises UsageError where it cannot be."""
    field = field_of("claims" if isinstance(record, Claim) else "events", name)
    value = checked(field, value, span, draft)
    if isinstance(record, Claim):
        _claim(draft, record, field, value, span)
    else:
        _event(draft, record, field, value, span)


def checked(field: Field, value: Any, span: Span | None, draft: Draft) -> Any:
    """The value as the field takes it: of words, the words at the span. Raises UsageError that names the field."""
    name = field.name
    if span is not None and not 0 <= span[0] < span[1] <= len(draft.text):
        raise UsageError(f"{name}: {list(span)} is no span of a text of {len(draft.text)} characters")
    if field.kind == "flag":
        if not isinstance(value, bool):
            raise UsageError(f"{name}: give true or false")
        return value
    if field.kind == "number":
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
            raise UsageError(f"{name}: give a number of persons, or leave it empty where it is open")
        return value
    if not isinstance(value, str):
        raise UsageError(f"{name}: give a text")
    if field.kind == "choice":
        if value not in field.choices:
            raise UsageError(f"{name}: one of {', '.join(choice for choice in field.choices if choice)}")
        return value
    if field.kind == "date":
        return Dates.read(value).written if value else ""
    words = draft.text[slice(*span)] if span else value if field.kind == "name" else ""
    if not words.strip() and (value.strip() or not field.clears):
        raise UsageError(f"{name}: mark its words in the text")
    return words


def _claim(draft: Draft, claim: Claim, field: Field, value: Any, span: Span | None) -> None:
    links = claim.links
    changed: dict[str, Any] = {field.name: value}
    if field.name == "evidence" and span:
        changed = _stretched(draft, claim, span)
        if claim.quantity not in changed["evidence"]:
            changed["quantity"] = ""
    elif field.name == "quantity" and span:
        # The words for the number belong to the words of the claim.
        changed |= _stretched(draft, claim, (min(claim.start, span[0]), max(claim.end, span[1])))
    elif field.name == "source":
        links = replace(links, source_actor=_actor(draft, span), attribution=draft.attribution(span) if span else None)
        named = any(letter.isupper() for letter in value)
        changed |= {
            "source_kind": "author" if not value else "named" if named else "unnamed",
            "source_chain": (value,) if value else (),
        }
    elif field.name == "vague":
        changed = {"vague": value or None}
    elif field.name == "perpetrator":
        links = replace(links, perpetrator_actor=_actor(draft, span))
    elif field.name == "victims":
        links = replace(links, victim_actor=_actor(draft, span))
    elif field.name == "place":
        links = replace(links, place_id=draft.place(span).id if span else None)
        _follows(draft, claim.links, links, "place")
    elif field.name == "date":
        links = replace(links, time_id=_time(draft, value, span, links.time_id))
        _follows(draft, claim.links, links, "time")
    made = replace(claim, links=links, **changed)
    if field.name in ("min", "max") and value is not None:
        made = replace(made, vague=None)
    draft.claims[claim.id] = made


def _stretched(draft: Draft, claim: Claim, span: Span) -> dict[str, Any]:
    sentence = draft.sentence(span[0])
    if sentence is None:
        raise UsageError("evidence: begin within a sentence of the report")
    return {"start": span[0], "end": span[1], "evidence": draft.text[slice(*span)], "sentence": sentence}


def _actor(draft: Draft, span: Span | None) -> str | None:
    found = draft.actor(span) if span else None
    return found.id if found else None


def _time(draft: Draft, value: str, span: Span | None, held: str | None) -> str | None:
    """The time expression of a corrected day: of the words marked, else of those the record had."""
    if not value:
        return None
    before = draft.time_of(held)
    words = span or ((before.start, before.end) if before else None)
    if words is None:
        raise UsageError("date: mark the words that tell the day")
    return draft.time(words, Dates.read(value)).id


def _follows(draft: Draft, before: ClaimLinks, after: ClaimLinks, what: Literal["place", "time"]) -> None:
    """The act of a claim goes along where it had the same place or time."""
    event = draft.events.get(before.event or "")
    link = f"{what}_id"
    if event is not None and getattr(event, what) == getattr(before, link):
        draft.events[event.id] = replace(event, **{what: getattr(after, link)})


def _event(draft: Draft, event: Event, field: Field, value: Any, span: Span | None) -> None:
    changed: dict[str, Any]
    if field.name == "type":
        changed = {"plover": Plover(type=value), "cameo": None}
    elif field.name == "sub_event_type":
        types = acled_scheme.EVENT_TYPE
        changed = {"acled": Acled(event_type=types[value], sub_event_type=value) if value else None}
    elif field.name in ("actor", "recipient"):
        changed = {field.name: (draft.named(span).id,) if span else ()}
    elif field.name == "place":
        changed = {"place": draft.place(span).id if span else None}
    elif field.name == "time":
        changed = {"time": _time(draft, value, span, event.time)}
    elif field.name == "weapon":
        changed = {"weapon": value or None}
    else:
        changed = {field.name: value}
    draft.events[event.id] = replace(event, **changed)
