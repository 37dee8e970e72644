"""The tables behind actors: nouns that head a party's name, and bodies known by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
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
    since: date | None = None
    until: date | None = None


def lines(file: str) -> list[list[str]]:
    """The fields of a table's rows, comments left out. Raises DataError where it is missing."""
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
    for word, form, kind, sector, *flags in lines("actor_heads.tsv"):
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


@cache
def english_given_names() -> frozenset[str]:
    """Common English given names, without those at home elsewhere too. Raises DataError where the list is missing."""
    return frozenset(row[0] for row in lines("english_given_names.txt"))


class Word(NamedTuple):
    """A word of a text as a key, with a possessive ending joined on ("peoples"), and as written."""

    key: str
    joined: str
    written: str


_NO_WORD = Word("", "", "")


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
        candidates = self._by_first.get(first.key, ())
        if first.joined != first.key:
            candidates = [*self._by_first.get(first.joined, ()), *candidates]
        if not candidates:
            return None
        second = words[start + 1] if start + 1 < len(words) else _NO_WORD
        for names, name, body in candidates:
            # Many names share their first word, and few their second.
            if len(names) > 1 and names[1] != second.key and names[1] != second.joined:
                continue
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
def own_bodies() -> tuple[tuple[str, Body], ...]:
    """Names and bodies of this project's own list. Raises DataError where the table is missing or damaged."""
    entries: dict[str, Body] = {}
    for kind, country, sector, name, others in lines("bodies.tsv"):
        body = Body(name, _kind(kind, "bodies.tsv"), _known(country), _known(sector))
        for written in (name, *others.split(";")):
            if written != "-":
                entries.setdefault(written, body)
    return tuple(entries.items())


def listed_groups(taken: Collection[str]) -> list[tuple[str, Body]]:
    """Names and bodies of the UCDP actor list, but for those of which a name (as a key) is `taken`.

    A short name that two groups share names neither. Raises DataError where the table is missing or damaged.
    """
    groups = lines("armed_groups.tsv")
    uses: dict[str, int] = {}
    for _, name, others, _ in groups:
        for written in {name, *others.split(";")}:
            uses[written] = uses.get(written, 0) + 1
    entries: list[tuple[str, Body]] = []
    for country, name, others, _ in groups:
        written_names = [written for written in (name, *others.split(";")) if written != "-"]
        if any(name_key(written) in taken for written in written_names):
            continue
        body = Body(name, "armed_group", _known(country), "REB", listed=True)
        entries.extend((written, body) for written in written_names if uses[written] == 1)
    return entries


def _known(field: str) -> str | None:
    return None if field == "-" else field
