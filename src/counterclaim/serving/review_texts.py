"""What a review page shows of a record: its fields with the words they stand on, its text in pieces that keep offsets,
and decisions in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

from counterclaim.records import Claim, CodedReport, Decided, Event, Span
from counterclaim.reviewing import Decision
from counterclaim.reviewing.draft import Draft
from counterclaim.reviewing.fields import FIELDS, Field, value_of
from counterclaim.reviewing.walk import words_of
from counterclaim.serving.names import FILLER, shown, veiled

AROUND: Final = 4
"""Sentences before and after a record that its page shows; the whole text is a link away."""

_HIDDEN: Final = re.compile(rf"{FILLER}+(?:[\s.’'-]+{FILLER}+)*")


class Row(NamedTuple):
    """A field on the page: its value as a form gives it back, the words it stands on, who corrected it, and what the
    program had read.
    """

    field: Field
    value: str
    span: Span | None
    decided: Decided | None
    machine: str


class Piece(NamedTuple):
    """A stretch of text at `[start, end)`; `text` may be shorter, where a name is hidden."""

    start: int
    end: int
    text: str
    marks: str


def rows_of(report: CodedReport, record: Claim | Event, hidden: frozenset[str]) -> list[Row]:
    """Every field of a record that can be corrected."""
    layer = "claims" if isinstance(record, Claim) else "events"
    draft = Draft(report)
    made = []
    for field in FIELDS[layer]:
        note = next(
            (one for one in report.decided if (one.layer, one.record, one.field) == (layer, record.id, field.name)),
            None,
        )
        made.append(
            Row(
                field,
                written(value_of(record, field.name, draft), hidden),
                words_of(report, record, field.name),
                note,
                written(note.machine, hidden) if note else "",
            )
        )
    return made


def written(value: Any, hidden: frozenset[str] = frozenset()) -> str:
    """A value as a form holds it: "" for None, "1" or "" for a flag; names of victims hidden."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return shown(veiled(str(value), hidden))


def read_back(field: Field, given: str) -> Any:
    """The value that a form gave a field. A number that is none is handed on as it is, to be refused by name."""
    given = given.strip()
    if field.kind == "flag":
        return given not in ("", "0")
    if field.kind == "number":
        if not given:
            return None
        return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else given
    return given


def passage(report: CodedReport, record: Claim | Event, *, whole: bool) -> Span:
    """The part of the text around a record, from sentence to sentence."""
    if whole or not report.sentences:
        return 0, len(report.text)
    first = max(0, record.sentence - AROUND)
    last = min(len(report.sentences) - 1, record.sentence + AROUND)
    start = 0 if first == 0 else report.sentences[first][0]
    end = len(report.text) if last == len(report.sentences) - 1 else report.sentences[last][1]
    return start, end


def pieces(text: str, within: Span, record: Span, rows: Iterable[Row]) -> list[Piece]:
    """The passage cut wherever a mark begins or ends; `text` is as long as the report's, hidden names filled."""
    ties = [(row.span, row.field.name) for row in rows if row.span and row.field.name != "evidence"]
    gaps = [match.span() for match in _HIDDEN.finditer(text, *within)]
    bounds = {*within, *record, *(end for span, _ in ties for end in span), *(end for span in gaps for end in span)}
    cuts = sorted(at for at in bounds if within[0] <= at <= within[1])
    made = []
    for start, end in pairwise(cuts):
        marks = ["on"] if record[0] <= start and end <= record[1] else []
        named = [name for span, name in ties if span[0] <= start and end <= span[1]]
        marks += ["tied", *(f"w-{name}" for name in named)] if named else []
        part = text[start:end]
        made.append(Piece(start, end, "[name]" if part.startswith(FILLER) else part, " ".join(marks)))
    return made


def told_of(one: Decision | Decided, hidden: frozenset[str] = frozenset()) -> str:
    """A decision in words: `source: “Relief Union”`."""
    if one.kind == "correct":
        value = written(one.value, hidden)
        if isinstance(one.value, bool):
            value = "yes" if one.value else "no"
        return f"{one.field.replace('_', ' ')}: {value or 'nothing'}"
    if one.kind == "grade":
        return f"graded {one.value}"
    plain = {
        "accept": "accepted",
        "reject": "rejected",
        "comment": "commented",
        "merge": "merged with another incident",
        "split": "split",
        "apart": "held apart from another incident",
        "undo": "undone",
    }
    if isinstance(one, Decision) and one.kind == "undo":
        return f"undid decision {one.undoes}"
    return plain[one.kind]


def read_as(one: Decided, hidden: frozenset[str] = frozenset()) -> str:
    """What the program had read, in words; "" where nothing was changed."""
    if one.kind == "correct":
        if isinstance(one.machine, bool):
            return "yes" if one.machine else "no"
        return written(one.machine, hidden) or "nothing"
    if one.kind == "grade":
        return str(one.machine or "no grade")
    return ""


def notes_by_claim(reports: Mapping[str, CodedReport]) -> dict[tuple[str, str], list[Decided]]:
    """What was decided of each claim, by (report, claim)."""
    made: dict[tuple[str, str], list[Decided]] = {}
    for id, report in reports.items():
        for one in report.decided:
            if one.layer == "claims":
                made.setdefault((id, one.record), []).append(one)
    return made
