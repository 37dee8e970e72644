"""Who tells: one source under all the names that reports give it, and the side it speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from counterclaim.coding.words import words
from counterclaim.records import Actor, Claim, CodedReport, Record
from counterclaim.resolving.gazetteer import CountryTable, name_key

TellerKind = Literal["author", "named", "unnamed"]

OFFICIAL_KINDS: Final = frozenset({"state", "government", "military", "armed_group"})
OFFICIAL_SECTORS: Final = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF"})
"""PLOVER sectors of those who speak for a party to a conflict; doctors, rights groups and media do not."""

_EMPTY: Final = words(
    "the a an of in on at for from to and its his her their s mr mrs ms dr gen col lt maj region province state "
    "official officials spokesman spokeswoman spokesperson chief head statement"
)


class Teller(Record, frozen=True, kw_only=True):
    """A source. `key` is one for all its names within an incident; `side` is the state (ISO 3166-1 alpha-2) or group
    it speaks for, "" where it speaks for none; `root` names whose knowledge it passes on, where it cites somebody.
    """

    key: str
    name: str
    kind: TellerKind
    side: str = ""
    independent: bool = False
    """True for a named body that is no party: an inter-governmental or non-governmental organisation, a doctor."""
    root: str = ""


class _Seen(NamedTuple):
    """One naming of a source: in which report, by which actor, in which words."""

    report: str
    actor: Actor | None
    name: str
    words: frozenset[str]
    claim: Claim


@lru_cache(maxsize=1)
def _countries() -> CountryTable:
    return CountryTable.shipped()


@lru_cache(maxsize=4096)
def side_key(name: str, country: str | None = None) -> str:
    """A side under one key: the country's code where the name is one's ("Armenia", "Russian forces"), else the name."""
    if country:
        return country
    table = _countries()
    bare = re.sub(r"^(?i:the)\s+", "", name.strip())
    code = table.by_name(bare) or table.by_demonym(bare)
    if code is None:
        for word in re.findall(r"[^\W\d_][\w.]*", bare):
            code = (word[:1].isupper() and (table.by_demonym(word) or table.by_name(word))) or None
            if code:
                break
    return code or name_key(bare)


def side_name(key: str) -> str:
    """The name to show for a side's key."""
    country = _countries().countries.get(key)
    return country.name if country else key


def tellers(claims: Iterable[tuple[CodedReport, Claim]], copies: Mapping[str, str]) -> dict[tuple[str, str], Teller]:
    """(report id, claim id) -> who tells it. `copies`: report id -> the group of near-copies it is in, if any.

    A report's own voice is its outlet's, or its text's where no outlet is known; all near-copies share one.
    """
    found: dict[tuple[str, str], Teller] = {}
    seen: list[_Seen] = []
    for report, claim in claims:
        if claim.source_kind == "author" or not claim.source:
            found[report.id, claim.id] = _author(report, copies)
            continue
        actor = next((one for one in report.actors if one.id == claim.links.source_actor), None)
        name = actor.name if actor and actor.name else claim.source
        if report.outlet and _words(report.outlet) <= _words(claim.source):
            found[report.id, claim.id] = _author(report, copies)  # "Airwars estimates", in Airwars.
            continue
        seen.append(_Seen(report.id, actor, name, _words(f"{claim.source} {name}"), claim))
    for group in _joined(seen):
        for one, teller in zip(group, _teller(group, copies), strict=True):
            found[one.report, one.claim.id] = teller
    return found


def _author(report: CodedReport, copies: Mapping[str, str]) -> Teller:
    voice = copies.get(report.id) or (name_key(report.outlet) if report.outlet else report.id)
    return Teller(key=f"author:{voice}", name=report.outlet or f"report {report.id}", kind="author")


def _teller(group: Sequence[_Seen], copies: Mapping[str, str]) -> list[Teller]:
    """One teller a naming, alike but for the report's own group where the source has no name."""
    actors = [one.actor for one in group if one.actor]
    sides = [_side(actor) for actor in actors]
    side = next((side for side in sides if side), "")
    unnamed = all(one.claim.source_kind == "unnamed" for one in group)
    name = max((one.name for one in group), key=len)
    independent = not side and any(actor.kind in ("igo", "ngo") or actor.sector in ("MED", "CVL") for actor in actors)
    made = []
    for one in group:
        key = name_key(name) or name.casefold()
        if unnamed and not one.actor:
            key = f"{key}@{copies.get(one.report, one.report)}"
        root = one.claim.source_chain[0] if len(one.claim.source_chain) > 1 else ""
        made.append(
            Teller(
                key=key,
                name=name,
                kind="unnamed" if unnamed else "named",
                side=side,
                independent=independent,
                root=name_key(root),
            )
        )
    return made


def _side(actor: Actor) -> str:
    official = actor.kind in OFFICIAL_KINDS or (actor.kind == "person" and actor.sector in OFFICIAL_SECTORS)
    if not official:
        return ""
    if actor.kind == "armed_group":
        return side_key(actor.name, actor.country)
    return actor.country or ""


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name_key(name).split() if word not in _EMPTY)


def _joined(seen: Sequence[_Seen]) -> list[list[_Seen]]:
    """Namings gathered by source: one actor of one report, or names of which one holds the other's words."""
    parent = list(range(len(seen)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, one in enumerate(seen):
        for before in range(at):
            if root(at) != root(before) and _same(one, seen[before]):
                parent[root(at)] = root(before)
    groups: dict[int, list[_Seen]] = {}
    for at, one in enumerate(seen):
        groups.setdefault(root(at), []).append(one)
    return list(groups.values())


def _same(one: _Seen, other: _Seen) -> bool:
    if one.report == other.report:
        if one.actor and other.actor and one.actor.id == other.actor.id:
            return True
        return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)
    if one.words == other.words:
        return bool(one.words) and (one.claim.source_kind == other.claim.source_kind == "named")
    small, large = sorted((one, other), key=lambda seen: len(seen.words))
    if len(small.words) >= 2:
        return small.words <= large.words
    # One word is enough where it is a surname or an acronym: "Kyrylenko", "MSF".
    [word] = small.words or {""}
    spelled = [part for part in name_key(large.name).split() if part]
    surname = small.name[:1].isupper() and spelled[-1:] == [word] and bool(large.actor and large.actor.kind == "person")
    acronym = small.name.isupper() and len(word) > 2 and "".join(part[0] for part in spelled) == word
    return surname or acronym
