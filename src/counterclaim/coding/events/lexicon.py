"""The trigger lexicon: which words name an act, read from data/triggers.tsv and found among the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from counterclaim.coding.events.inflection import Form, plural, verb_forms
from counterclaim.language import Token

GAP = 4
"""Words that `_` in a pattern may stand for: enough for "an intense artillery and", too few to leave the clause."""

NEAR = 8
"""Tokens after the trigger in which a `near=` word must stand."""

CLAUSE_MARKS = frozenset({".", ",", ";", ":", "!", "?", '"', "(", ")", "--", "—", "–"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    kind: Literal["v", "n", "p"]
    pattern: str
    act: str
    to: tuple[str, ...] = ()
    subject: Literal["actor", "recipient", "cause"] = "actor"
    needs: Literal["", "actor", "recipient", "party", "both"] = ""
    forms: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    possessed: bool = False
    light: bool = False
    merges: bool = False
    spoken: bool = False
    precision: float = 0.5


class Hit(NamedTuple):
    """An entry found at tokens `[first, last)`; `form` is that of its inflected word.

    `noun` is the reading as a noun where the same word can be a verb or a noun ("strikes", "shelling").
    """

    first: int
    last: int
    entry: Entry
    form: Form
    noun: Hit | None = None


@dataclass(slots=True)
class Lexicon:
    """Entries by the first word of each of their forms."""

    by_first: dict[str, list[tuple[tuple[frozenset[str] | None, ...], Form, Entry]]] = field(default_factory=dict)
    verb_forms: dict[str, Form] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)

    def hits(self, tokens: Sequence[Token], first: int, last: int) -> list[Hit]:
        """Non-overlapping hits in tokens `[first, last)`, the longest at each place, in text order."""
        found: list[Hit] = []
        i = first
        while i < last:
            best: Hit | None = None
            noun: Hit | None = None
            for steps, form, entry in self.by_first.get(tokens[i].norm, ()):
                end = _match(steps, tokens, i, last)
                if not end or (entry.near and not _near(entry, tokens, end, last)):
                    continue
                hit = Hit(i, end, entry, form)
                if form == "noun":
                    noun = hit if noun is None or end > noun.last else noun
                if best is None or end > best.last or (end == best.last and entry.near and not best.entry.near):
                    best = hit
            if best is None:
                i += 1
                continue
            if noun is not None and best.form != "noun":
                best = best._replace(noun=noun)
            found.append(best)
            i = best.last
        return found


def _near(entry: Entry, tokens: Sequence[Token], i: int, last: int) -> bool:
    """True where one of the entry's `near` words follows; a judgement ("called it absurd") may stand further off."""
    reach = 3 * NEAR if entry.act == "call?" else NEAR
    for j in range(i, min(last, i + reach)):
        word = tokens[j].norm
        if word in entry.near:
            return True
        if word in CLAUSE_MARKS and word not in (",", '"'):
            return False
    return False


def _match(steps: tuple[frozenset[str] | None, ...], tokens: Sequence[Token], i: int, last: int) -> int:
    """Index past the match of `steps` at token `i`, 0 where they do not match."""
    gap = False
    for step in steps:
        if step is None:
            gap = True
            continue
        reach = GAP + 1 if gap else 1
        gap = False
        for _ in range(reach):
            if i >= last or tokens[i].norm in CLAUSE_MARKS:
                return 0
            if tokens[i].norm in step:
                i += 1
                break
            i += 1
        else:
            return 0
    return i


def parse(line: str) -> Entry:
    """One line of triggers.tsv. Raises ValueError for an unknown or repeated option."""
    kind, pattern, act, *rest = line.split("\t")
    values: dict[str, str] = {}
    for option in rest[0].split() if rest else ():
        name, _, value = option.partition("=")
        if name not in ("to", "subject", "needs", "form", "near", "possessed", "light", "merges", "spoken"):
            raise ValueError(f"unknown option {option!r} of the trigger {pattern!r}")
        if name in values:
            raise ValueError(f"option {name!r} twice for the trigger {pattern!r}")
        values[name] = value
    default = "obj" if kind == "v" else "on,against,at,targeting,upon,over,into,of"
    return Entry(
        kind=kind,  # type: ignore[arg-type]
        pattern=pattern,
        act=act,
        to=tuple(values.get("to", default).split(",")),
        subject=values.get("subject", "actor"),  # type: ignore[arg-type]
        needs=values.get("needs", ""),  # type: ignore[arg-type]
        forms=frozenset(filter(None, values.get("form", "").split(","))),
        near=frozenset(filter(None, values.get("near", "").split(","))),
        possessed="possessed" in values,
        light="light" in values,
        merges="merges" in values,
        spoken="spoken" in values,
        precision=float(rest[1]) if len(rest) > 1 else 0.5,
    )


def build(lines: Sequence[str]) -> Lexicon:
    """A lexicon from the lines of a table; empty lines and those that start with # are left out."""
    lexicon = Lexicon()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        entry = parse(line)
        steps = [None if word == "_" else frozenset(word.split("/")) for word in entry.pattern.split()]
        if entry.kind == "p":
            for first in steps[0] or frozenset():
                lexicon.by_first.setdefault(first, []).append((tuple(steps), "phrase", entry))
            continue
        if entry.kind == "n":
            ends = steps[-1] or frozenset()
            lexicon.nouns.update(ends)
            whole = (*steps[:-1], ends | frozenset(map(plural, ends)))
            firsts = whole[0] or frozenset()
            for first in firsts:
                lexicon.by_first.setdefault(first, []).append((whole, "noun", entry))
            continue
        for form, shape in verb_forms(entry.pattern.split()[0]).items():
            if entry.forms and shape not in entry.forms:
                continue
            lexicon.verb_forms.setdefault(form, shape)
            lexicon.by_first.setdefault(form, []).append(((frozenset({form}), *steps[1:]), shape, entry))
    return lexicon


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    table = resources.files("counterclaim.data").joinpath("triggers.tsv").read_text("utf-8")
    return build(table.splitlines())
