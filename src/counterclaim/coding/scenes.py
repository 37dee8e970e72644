"""Where a harm was done: the most specific name that the words put it at, known to the gazetteer or not.

A name counts where the words put something there ("in Ibb", "the village of Lom"), not where it says whose something is
("US strike", "Iraq's army") or only helps to find another ("30 km north of Baghdad"). Of "Lom, in the province of Ibb"
the first name is the more specific. A wrong town is worse than none: what no rule reads stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from counterclaim.coding.claims.groups import DAYS, STOPS
from counterclaim.coding.nations import country_of, is_compatriot
from counterclaim.coding.people import is_person
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Place
from counterclaim.resolving.actors import ActorIndex
from counterclaim.resolving.gazetteer import CountryTable

FINENESS: Final = {
    "facility": 0,
    "settlement": 1,
    "unresolved": 1,
    "admin2": 2,
    "admin1": 3,
    "region": 4,
    "water": 4,
    "country": 5,
}
_AT = words("in at near outside inside around on into over across through throughout within between entering along")
_AREAS = words(
    "city town village hamlet province district capital neighbourhood neighborhood area suburb suburbs camp region "
    "governorate part parts north south east west northeast northwest southeast southwest outskirts side centre center "
    "port state island kms km kilometers kilometres miles countryside stronghold enclave headquarters streets street "
    "mosque hospital university sector county base valley mountains towns villages districts provinces resort siege "
    "section department shelling bombardment bombing outside"
)
_BETWEEN = words(
    "the a an northern southern eastern western central north south east west northeast northwest northeastern "
    "northwestern southeastern southwestern nearby city town village hamlet province district capital volatile restive "
    "remote border coastal mountainous rebel-held besieged disputed occupied downtown upper lower neighbouring "
    "neighboring main port old mainly resort flashpoint divided insurgency-hit war-torn war-ravaged troubled crowded "
    "region island camp refugee farming mining southern-most largest"
)
_LOOK_BACK = 12
"""Names before an act in which "his region" is looked for."""
_BESIDE = 80
"""Characters each side of a name that are read to see whether it is one of a list."""
_LIST_AFTER = re.compile(r"(?:, [A-Z][\w’'-]{0,30}){0,3},? (?:and|or) (?:(?:in|near|at|around) )?[A-Z]")
_LIST_BEFORE = re.compile(r"\b[A-Z][\w’'-]{0,30},? (?:and|or) (?:(?:in|near|at|around) )?$")
_HEADS = words(
    "province district village town city camp neighbourhood neighborhood area junction colliery mine hospital school "
    "mosque street road bridge square stadium market supermarket hotel university checkpoint crossing station base "
    "airport valley governorate county region refugee prison island mall roundabout quarter hill farm church border "
    "lodge restaurant cafe supermarket crossroads palace cathedral temple park gardens tower barracks dam refinery "
    "pumping-station clinic college academy embassy consulate compound cemetery"
)
_KINDS = {
    **dict.fromkeys(("province", "governorate", "state", "county", "region"), "admin1"),
    **dict.fromkeys(("district",), "admin2"),
    **dict.fromkeys(
        ("village", "town", "city", "camp", "neighbourhood", "neighborhood", "area", "quarter"), "settlement"
    ),
}
_LINKS = words("al bin ibn abu el ben de la del da of")
_LONGEST = 6
"""Words before the word for a site, at most."""
_HITS = words(
    "shelled bombed hit struck attacked stormed raided rocked entered seized targeted besieged shelling bombing "
    "hitting striking attacking storming raiding rocking invaded pounded pounding overran"
)
_SPOKE = words("said told conference statement interview reporters speaking spoke says speech meeting talks")
_BEARINGS = ("north", "south", "east", "west", "kilomet", "mile", "km", "outside", "outskirts")
_NOT_PLACES = words(
    "facebook twitter telegram instagram youtube parliament congress islam arabic english ramadan god mr mrs internet "
    "state iii ii gmt u.s us un eu i tv kurdish sunni shiite shia islamist islamic jewish muslim christian"
)


_IN_TOWN = re.compile(r"\b(?:here|the (?:capital|city)|city centre|city center|downtown)\b", re.IGNORECASE)


@cache
def _countries() -> CountryTable:
    return CountryTable.shipped()


class Scene(NamedTuple):
    """A place name `[start, end)`; `place` is its record, None where the places layer did not read it."""

    start: int
    end: int
    text: str
    kind: str
    place: Place | None


class SceneReader:
    """The places of one report as scenes of harm."""

    def __init__(
        self, analysis: Analysis, places: Sequence[Place], actors: ActorIndex, sources: Sequence[tuple[int, int]]
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._text = analysis.text
        self._sources = sorted(sources)
        self._lines = [(line.start, line.end) for line in analysis.datelines]
        read = [Scene(place.start, place.end, place.text, place.kind, place) for place in places]
        taken = sorted((place.start, place.end) for place in places)
        self.candidates = sorted([*read, *self._unread(taken, actors)], key=lambda scene: scene[:2])
        self._scenes = [
            scene
            for scene in self.candidates
            if not _within(scene.start, self._sources) and not _within(scene.start, self._lines)
        ]
        self._starts = [scene.start for scene in self._scenes]

    def only_sent_from(self, scene: Scene) -> bool:
        """True for a capital named in the dateline alone: where news of a country is written, not where it happened."""
        place = scene.place
        if place is None or place.country is None or not _within(scene.start, self._lines):
            return False
        country = _countries().countries.get(place.country)
        if country is None or place.name.casefold() != country.capital.casefold():
            return False
        again = any(one.text.casefold() == scene.text.casefold() for one in self._scenes)
        return not again and _IN_TOWN.search(self._text) is None

    def best(self, left: int, right: int, near: int, strict: bool = True) -> Scene | None:
        """The most specific scene that begins inside `[left, right)`; of two as specific, the one nearest to `near`."""
        found = [
            scene
            for scene in self.between(left, right)
            if not self._is_aside(scene) and (self._is_scene(scene) if strict else not self._is_modifier(scene))
        ]
        return min(
            found,
            key=lambda scene: (
                self._only_locates(scene),
                self._contains(scene),
                FINENESS.get(scene.kind, 3),
                abs(scene.start - near),
            ),
            default=None,
        )

    def standing(self, scene: Scene) -> list[str]:
        """How the words around a name have it: `put` something there, say whose something is, list it, and so on."""
        found = []
        if self._is_scene(scene):
            found.append("put")
        if self._is_modifier(scene):
            found.append("whose")
        if self._only_locates(scene):
            found.append("locates")
        if self._contains(scene):
            found.append("contains")
        if self._is_aside(scene):
            found.append("aside")
        if self._is_listed(scene):
            found.append("listed")
        if _within(scene.start, self._sources):
            found.append("source")
        if _within(scene.start, self._lines):
            found.append("line")
        return found

    def named_before(self, start: int, kinds: frozenset[str]) -> Scene | None:
        """The last name of these kinds before `start`, in a source's words too: "the region", "his village"."""
        low = bisect_left(self.candidates, start, key=lambda scene: scene.start)
        near = reversed(self.candidates[max(0, low - _LOOK_BACK) : low])
        return next((scene for scene in near if scene.kind in kinds), None)

    def between(self, left: int, right: int) -> list[Scene]:
        """The names that begin inside `[left, right)`."""
        low = bisect_left(self._starts, left)
        return self._scenes[low : bisect_left(self._starts, right, low)]

    def _unread(self, taken: Sequence[tuple[int, int]], actors: ActorIndex) -> Iterable[Scene]:
        """Names that the places layer left out and the words put something at ("in Lom"), and named sites."""
        sites = sorted(site for site in self._sites() if not _covers(site.start, site.end, taken))
        yield from sites
        ends = [(site.start, site.end) for site in sites]
        for name in self._analysis.names:
            index = self._analysis.token_at(name.start)
            last = self._analysis.token_at(name.end - 1) + 1
            if _overlaps(name.start, name.end, taken) or _overlaps(name.start, name.end, ends):
                continue
            span = self._tokens[index:last]
            if not span or len(span) > 4 or not span[0].text[:1].isalpha():
                continue
            if any(
                token.norm in DAYS
                or token.norm in _NOT_PLACES
                or is_person(token.norm)
                or country_of(token.text)
                or is_compatriot(token.text)
                for token in span
            ):
                continue
            head = self._norm(last)
            headed = head in _HEADS
            if actors.at(name.start, name.end) is not None and not headed:
                continue
            before, earlier = self._norm(index - 1), self._norm(index - 2)
            at = before in ("in", "at", "near", "outside", "around") or (before == "of" and earlier in _AREAS)
            the = before in ("the", "northern", "southern", "eastern", "western", "central")
            if not (at or (the and headed)) or (len(span) == 1 and span[0].text.isupper()):
                continue
            kind = _KINDS.get(head, "facility") if headed else "unresolved"
            yield Scene(name.start, name.end, self._text[name.start : name.end], kind, None)

    def _sites(self) -> Iterable[Scene]:
        """ "Abu Hasan Street", "the Lom district": a capitalised name before a word for a site."""
        found = -1
        for index, token in enumerate(self._tokens):
            if token.norm not in _HEADS or index <= found or index == 0:
                continue
            first = index
            while first > 0 and first > index - _LONGEST and self._names_site(first - 1, first == index):
                first -= 1
            while first < index and not (self._tokens[first].text[:1].isupper() and self._is_own(first)):
                first += 1
            if first == index or any(country_of(one.text) for one in self._tokens[first : index - 1]):
                continue
            if index - first == 1 and (country_of(self._tokens[first].text) or self._tokens[first].norm in _NOT_PLACES):
                continue
            proper = token.text[:1].isupper()
            kind = _KINDS.get(token.norm, "facility")
            if kind != "facility" and not proper:
                continue
            found = index
            start, end = self._tokens[first].start, self._tokens[index].end
            yield Scene(start, end, self._text[start:end], kind, None)

    def _names_site(self, index: int, last: bool) -> bool:
        token = self._tokens[index]
        after = self._tokens[index + 1].start
        if after > token.end + 1 or self._text[token.end : after] == "\n":
            return False
        return token.text[:1].isupper() or (not last and (token.norm in _LINKS or token.text in ("-", "’", "'")))

    def _is_own(self, index: int) -> bool:
        """False for a word that begins a sentence or a title and names nothing: "The", "At", "President"."""
        token = self._tokens[index]
        return token.norm not in STOPS and token.norm not in _NOT_PLACES and token.norm not in DAYS

    def _is_listed(self, scene: Scene) -> bool:
        """True for one of several names side by side ("Lom, Ibb and Taz"): none of them alone is the scene."""
        after = self._text[scene.end : scene.end + _BESIDE]
        before = self._text[max(0, scene.start - _BESIDE) : scene.start]
        return _LIST_AFTER.match(after) is not None or _LIST_BEFORE.search(before) is not None

    def _only_locates(self, scene: Scene) -> bool:
        """True for the second name of "90 km south of Baghdad", "near Baghdad", for "from Baghdad"."""
        index = self._analysis.token_at(scene.start)
        index -= self._norm(index - 1) == "the"
        before, earlier = self._norm(index - 1), self._norm(index - 2)
        return before in ("near", "outside", "from", "to", "between") or (
            before == "of" and earlier.startswith(_BEARINGS)
        )

    def _contains(self, scene: Scene) -> bool:
        """True for the second name of "Lom, Ibb" and "Lom in the province of Ibb"."""
        at = self._analysis.token_at(scene.start) - 1
        for _ in range(8):
            word = self._norm(at)
            if word in (",", "in", "of", "'s", "(") or word in _BETWEEN or word in _AREAS or word in _HEADS:
                at -= 1
                continue
            break
        else:
            return False
        low = bisect_left(self._starts, scene.start)
        if not low:
            return False
        before = self._scenes[low - 1]
        return self._analysis.token_at(before.end - 1) == at and before.kind != "country"

    def _is_aside(self, scene: Scene) -> bool:
        """True for where somebody spoke ("said in Geneva") and for the hospital that counts the dead."""
        index = self._analysis.token_at(scene.start)
        if scene.kind == "facility":
            last = self._analysis.token_at(scene.end - 1)
            if "hospital" in (self._norm(last), self._norm(last + 1)):
                return not any(self._norm(index - n) in _HITS for n in (1, 2))
        return self._norm(index - 1) in ("in", "at") and self._norm(index - 2) in _SPOKE

    def _is_modifier(self, scene: Scene) -> bool:
        """True for "US strike", "Iraq's army", "attacks by Ruritania": the name says whose, not where."""
        index = self._analysis.token_at(scene.start)
        if self._norm(index - 1) in ("by", "from", "with", "to", "for", "against"):
            return True
        index = self._analysis.token_at(scene.end - 1) + 1
        if index >= len(self._tokens):
            return False
        after = self._tokens[index]
        if scene.kind != "country":
            return False
        if after.norm == "'s":
            return self._norm(index + 1) not in ("territory", "soil")
        return after.text[:1].isalpha() and after.norm not in STOPS and after.start <= scene.end + 1

    def _is_scene(self, scene: Scene) -> bool:
        """True where the words before the name put something there, or a scene stands before its comma."""
        if scene.kind == "country" and self._is_modifier(scene):
            return False
        index = self._analysis.token_at(scene.start)
        for _ in range(6):
            before = self._norm(index - 1)
            if before in _AT:
                return True
            if before in _HITS:
                return True
            if before == "of":
                return self._norm(index - 2) in _AREAS or self._norm(index - 2) in _HEADS
            if before in (",", "("):
                return index > 1 and (self._tokens[index - 2].text[:1].isupper() or self._norm(index - 2) in _AREAS)
            if before == "'s" and index > 2:
                index -= 2
                continue
            if before not in _BETWEEN and not before.endswith(("-held", "-controlled", "-hit", "-torn", "-majority")):
                return (
                    self._tokens[index - 1].text[:1].isupper() and before not in STOPS and self._norm(index - 2) in _AT
                )
            index -= 1
        return False

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""


def _within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, offset + 1, key=lambda span: span[0]) - 1
    return index >= 0 and offset < spans[index][1]


def _covers(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, start + 1, key=lambda span: span[0]) - 1
    return index >= 0 and end <= spans[index][1]


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, end, key=lambda span: span[0]) - 1
    return index >= 0 and start < spans[index][1]
