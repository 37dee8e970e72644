"""Names of victims, hidden until a reader asks for them.

What a claim calls its victims is searched for names of persons, and so is whoever the coder took for a victim. In a
report so veiled every letter of such a name is one filler character, so that all offsets hold; `shown` puts "[name]"
for a run of them. The casebook, the API and exports keep the names; only pages hide them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import ahocorasick_rs
from msgspec.structs import replace

from counterclaim.linking.occurrences import VIOLENT
from counterclaim.linking.scopes import GROUPS
from counterclaim.records import Claim, CodedReport, Span
from counterclaim.resolving.gazetteer import CountryTable

FILLER: Final = "\ue000"
"""A private-use character: no report's text means anything by it."""

SHORTEST: Final = 3
"""Letters from which one word of a name is hidden where it stands alone; shorter ones are too often something else."""

_NAME: Final = re.compile(
    r"[^\W\d_a-z][\w’'-]*(?:\s+(?:(?:al|el|bin|bint|ibn|abu|umm|van|von|de|la|del)\s+)?[^\W\d_a-z][\w’'-]*)*"
)
_RUN: Final = re.compile(rf"{FILLER}+(?:[\s.’'-]+{FILLER}+)*")
_KIN: Final = frozenset(word for words in GROUPS.values() for word in words.split())


def shown(text: str) -> str:
    """A veiled text as a reader sees it: "[name]" for each hidden name."""
    return _RUN.sub("[name]", text)


def victim_names(report: CodedReport) -> frozenset[str]:
    """The names of persons that the report's claims count as victims, whole and word by word."""
    actors = {actor.id: actor for actor in report.actors}
    whole: set[str] = set()
    for claim in report.claims:
        actor = actors.get(claim.links.victim_actor or "")
        if actor and actor.kind == "person":
            whole |= {actor.name, *(report.text[start:end] for start, end in actor.mentions)}
    for event in report.events:
        if event.acled and event.acled.event_type in VIOLENT:
            hit = (actors[id] for id in event.recipient if id in actors)
            whole |= {actor.name for actor in hit if actor.kind == "person"}
    # Words that name a body, a state or a place are no person's name, though they stand in front of "soldiers".
    others = [span for actor in report.actors if actor.kind != "person" for span in actor.mentions]
    others += [(place.start, place.end) for place in report.places]
    taken = frozenset(at for start, end in others for at in range(start, end))
    for claim in report.claims:
        begins = report.text.find(claim.victims, claim.start, claim.end) if claim.victims else -1
        if begins >= 0:
            whole |= {
                claim.victims[start:end]
                for start, end in _names(claim.victims)
                if taken.isdisjoint(range(begins + start, begins + end))
            }
    whole = {name for name in whole if any(letter.isupper() for letter in name)}
    # A word that is also part of another's name, of a place or of a date is not hidden where it stands alone.
    said = {word for actor in report.actors if not _same(actor.name, whole) for word in actor.name.split()}
    said |= {word for place in report.places for word in (*place.text.split(), *place.name.split())}
    said |= {word for time in report.times for word in time.text.split()}
    parts = {word for name in whole for word in re.findall(r"[^\W\d_][\w-]*", name)}
    alone = {part for part in parts if len(part) >= SHORTEST and part[0].isupper() and part not in said}
    return frozenset(whole | {part for part in alone if part.lower() not in _KIN})


def _same(name: str, names: Iterable[str]) -> bool:
    """Whether one of the names is the name, or its beginning or end: "officer Silva Metok"."""
    return any(name == other or name.startswith(f"{other} ") or name.endswith(f" {other}") for other in names)


def _names(victims: str) -> Iterator[Span]:
    """Runs of capitalised words in what a claim calls its victims; a lone one only where nothing says it is no name."""
    countries = _countries()
    for match in _NAME.finditer(victims):
        start, end = match.span()
        first = match[0].split()[0]
        if first.lower() in _KIN or first.endswith("-old"):
            start += len(first) + 1
        words = victims[start:end].split()
        if not words or any(countries.by_demonym(word) or countries.by_name(word) for word in words):
            continue
        alone = len(words) == 1
        if alone and (start == 0 or words[0].isupper() or re.match(r"['’]?s?\s+[a-z]", victims[end:])):
            continue
        while end > start and not victims[end - 1].isalnum():
            end -= 1
        yield start, re.sub(r"['’]s$", "", victims[start:end]).__len__() + start


@cache
def _countries() -> CountryTable:
    return CountryTable.shipped()


def veiled(text: str, names: Iterable[str]) -> str:
    """The text with every letter of these names replaced by the filler; as long as before."""
    finder = _finder(frozenset(names))
    if finder is None or not text:
        return text
    out: list[str] = []
    last = 0
    for _, start, end in finder.find_matches_as_indexes(text):
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        out += (text[last:start], re.sub(r"\w", FILLER, text[start:end]))
        last = end
    return "".join((*out, text[last:]))


@lru_cache(maxsize=64)
def _finder(names: frozenset[str]) -> ahocorasick_rs.AhoCorasick | None:
    """Finds the longest of the names; None where there is none. The fields of one report are searched by one."""
    listed = [name for name in names if name]
    if not listed:
        return None
    return ahocorasick_rs.AhoCorasick(listed, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def veil(report: CodedReport, names: frozenset[str] | None = None) -> CodedReport:
    """The report with its victims' names hidden in the text and in every record. All offsets hold."""
    names = victim_names(report) if names is None else names
    if not names:
        return report
    hidden = {actor.name for actor in report.actors if actor.name in names}
    text = _widened(report, veiled(report.text, names))
    return replace(
        report,
        text=text,
        title=veiled(report.title, names) if report.title else report.title,
        actors=tuple(
            replace(actor, name=veiled(actor.name, names), wikidata=None) if actor.name in hidden else actor
            for actor in report.actors
        ),
        claims=tuple(
            replace(
                claim,
                evidence=text[claim.start : claim.end],
                victims=_victims(claim, report.text, text) or veiled(claim.victims, names),
                quantity=veiled(claim.quantity, names),
                source=veiled(claim.source, names),
                perpetrator=veiled(claim.perpetrator, names),
            )
            for claim in report.claims
        ),
    )


def _widened(report: CodedReport, masked: str) -> str:
    """The text in which a run of capitalised words with a hidden one among them is hidden whole: relatives in a list.

    Not where it is told who says something: those who mourn often bear the name of the dead.
    """
    sources = [attribution.source for attribution in report.attributions if attribution.source]
    speaking = frozenset(at for start, end in sources for at in range(start, end))
    out: list[str] = []
    last = 0
    for match in _NAME.finditer(report.text):
        start, end = match.span()
        if FILLER in masked[start:end] and speaking.isdisjoint(range(start, end)):
            out += (masked[last:start], re.sub(r"\w", FILLER, masked[start:end]))
            last = end
    return "".join((*out, masked[last:]))


def _victims(claim: Claim, text: str, masked: str) -> str:
    """What a claim calls its victims, from the masked text; "" where the text has other words."""
    begins = text.find(claim.victims, claim.start, claim.end) if claim.victims else -1
    return masked[begins : begins + len(claim.victims)] if begins >= 0 else ""
