"""The tables behind actors: nouns that head a party's name, and bodies known by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast, get_args

from counterclaim.errors import DataError
from counterclaim.records import ActorKind
from counterclaim.resolving.gazetteer import name_key


class Head(NamedTuple):
    """A noun that heads a party's name.

    `form` is post, title, body or people; `yields` lets a word before it set the sector; `capital` says that it counts
    only inside a name.
    """

    word: str
    form: str
    kind: ActorKind
    sector: str | None
    yields: bool
    capital: bool


class Body(NamedTuple):
    """A body known by name."""

    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    listed: bool = False
    """From the UCDP list, whose names are many and some common: taken only where the report names its country."""


def _lines(file: str) -> list[list[str]]:
    try:
        text = files("counterclaim").joinpath("data", file).read_text("utf-8")
    except OSError as error:
        raise DataError(f"the table data/{file} is missing: reinstall the package") from error
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _kind(word: str, file: str) -> ActorKind:
    if word not in get_args(ActorKind):
        raise DataError(f"data/{file} gives an unknown kind of actor: {word!r}")
    return cast(ActorKind, word)


@cache
def heads() -> dict[str, Head]:
    """Head nouns by lower-case word. Raises DataError where the table is missing or damaged."""
    found = {}
    for word, form, kind, sector, *flags in _lines("actor_heads.tsv"):
        clean = sector.lstrip("*")
        found[word] = Head(
            word,
            form,
            _kind(kind, "actor_heads.tsv"),
            None if clean == "-" else clean,
            sector.startswith("*"),
            "capital" in flags,
        )
    return found


class Word(NamedTuple):
    """A word of a text as a key, with a possessive ending joined on ("peoples"), and as written."""

    key: str
    joined: str
    written: str


class BodyTable:
    """Bodies by the words of their names; finds the longest name that starts at a word."""

    def __init__(self, bodies: Iterable[tuple[str, Body]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, Body]]] = {}
        for name, body in bodies:
            words = tuple(name_key(name).split())
            if words:
                self._by_first.setdefault(words[0], []).append((words, name, body))
        for names in self._by_first.values():
            names.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Word], start: int) -> tuple[int, Body] | None:
        """The longest body named by `words[start:]`, as (number of words, body).

        Short names in capitals ("SDF") must be written in capitals.
        """
        if start >= len(words):
            return None
        first = words[start]
        candidates = self._by_first.get(first.key, [])
        if first.joined != first.key:
            candidates = [*self._by_first.get(first.joined, []), *candidates]
        for names, name, body in candidates:
            found = words[start : start + len(names)]
            if len(found) < len(names):
                continue
            if any(part not in (word.key, word.joined) for part, word in zip(names, found, strict=True)):
                continue
            if name.isupper() and len(name) <= 6 and not first.written.replace(".", "").isupper():
                continue
            if not any(word.written[:1].isupper() for word in found):
                continue
            return len(names), body
        return None


@cache
def bodies() -> BodyTable:
    """All bodies known by name: this project's own list first, then the groups of the UCDP actor list.

    A short name that two UCDP groups share names neither. Raises DataError where a table is missing or damaged.
    """
    entries: list[tuple[str, Body]] = []
    taken: set[str] = set()
    for kind, country, sector, name, others in _lines("bodies.tsv"):
        body = Body(name, _kind(kind, "bodies.tsv"), _known(country), _known(sector))
        for written in (name, *others.split(";")):
            if written != "-" and written not in taken:
                taken.add(written)
                entries.append((written, body))
    groups = _lines("armed_groups.tsv")
    uses: dict[str, int] = {}
    for _, name, others, _ in groups:
        for written in {name, *others.split(";")}:
            uses[written] = uses.get(written, 0) + 1
    keys = {name_key(name) for name in taken}
    for country, name, others, _ in groups:
        written_names = [written for written in (name, *others.split(";")) if written != "-"]
        if any(name_key(written) in keys for written in written_names):
            continue
        body = Body(name, "armed_group", _known(country), "REB", listed=True)
        entries.extend((written, body) for written in written_names if uses[written] == 1)
    return BodyTable(entries)


def _known(field: str) -> str | None:
    return None if field == "-" else field


class Leader(NamedTuple):
    """A head of state or government, or the like: `since` and `until` are years in office, None where it lasts."""

    country: str | None
    sector: str
    since: int
    until: int | None


@cache
def leaders() -> dict[str, Leader]:
    """Leaders by the key of their full name. Raises DataError where the table is missing or damaged."""
    found = {}
    for name, country, sector, since, until, _ in _lines("leaders.tsv"):
        found[name_key(name)] = Leader(_known(country), sector, int(since), None if until == "-" else int(until))
    return found


def leader_in_office(surname: str, year: int | None) -> Leader | None:
    """The one leader of this surname in office in `year`; None where no year is known, or none or two are."""
    if year is None:
        return None
    key = name_key(surname)
    states = {
        leader.country: leader
        for name, leader in leaders().items()
        if name.split()[-1] == key and leader.since <= year <= (leader.until or year)
    }
    return next(iter(states.values())) if len(states) == 1 else None
