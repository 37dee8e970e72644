"""Events: who did what to whom, from triggers and the words around them.

The annotation guide of the event gold standard is followed: one event an act a clause, nothing for a bare "the attack".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from counterclaim.coding.context import NEWS_DAYS, is_background, newest_age
from counterclaim.coding.events.acts import decide
from counterclaim.coding.events.discourse import CROWD, LOOK_BACK, carry_on
from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.heard import LEAST, Ear, chance, evidence, old, settle_reality, settle_type
from counterclaim.coding.events.lexicon import lexicon
from counterclaim.coding.events.merge import CONSEQUENCES, merge_consequences, merge_restatements
from counterclaim.coding.events.parties import Parties
from counterclaim.coding.events.roles import read, wanting
from counterclaim.coding.events.setting import SPEECH_TYPES, Setting
from counterclaim.coding.events.syntax import SentenceView
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Event, Place, Reality, Time
from counterclaim.resolving.actors import ActorIndex
from counterclaim.schemes import acled, cameo, plover, ucdp
from counterclaim.schemes.acts import TWO_SIDED

_NOBODY = frozenset({"people", "persons"})
"""Words that name no doer of force: of eight such on the training documents three were the ones who did it."""

NO_RECIPIENT = 0.85
"""What is left of a trigger's precision where nobody is named as recipient: on the training documents such events are
right in 59 of 100 cases, the others in 68 (`bench.events`; measure again after a change of the actors)."""

BY_REALITY: Final[dict[Reality, float]] = {
    "actual": 1.0,
    "ongoing": 1.0,
    "planned": 0.72,
    "hypothetical": 0.55,
    "negated": 0.3,
    "failed": 0.9,
}
"""What is left of it by reality: on the training documents 68 of 100 actual events are right, 49 planned, 35
hypothetical, and 1 of 12 negated; failed ones are too few to say."""


def share(reality: Reality, *, recipient: bool) -> float:
    """What is left of a trigger's precision (0-1) for an event of this reality, with or without a named recipient."""
    return BY_REALITY[reality] * (1.0 if recipient else NO_RECIPIENT)


_LEFT_OVER: Final = re.compile(
    r"(?:read (?:more|also|next)|see also|related|more on this|watch|listen)\s*:", re.IGNORECASE
)
"""How a line of the page opens that was left in the text: a link to another story tells none here."""


def find_events(
    analysis: Analysis,
    *,
    attributions: Sequence[Attribution],
    actors: ActorIndex,
    places: Sequence[Place],
    times: Sequence[Time],
    claims: Sequence[Claim],
    published: date | None,
) -> list[Event]:
    """Every act the text states, in text order."""
    by_id = {actor.id: actor for actor in actors.actors}
    states = {actor.country: actor.id for actor in reversed(actors.actors) if actor.kind == "state" and actor.country}
    setting = Setting(analysis, attributions, places, actors, times, claims)
    ear = Ear(analysis)
    parties = Parties(analysis, actors)
    by_id |= parties.provisional
    towns = frozenset(place.end for place in places if place.kind != "country")
    drafts: list[Draft] = []
    for index, sentence in enumerate(analysis.sentences):
        if _LEFT_OVER.match(analysis.text, sentence.start):
            continue
        listed = lexicon().hits(analysis.tokens, sentence.first, sentence.last)
        acts = ear.within(sentence.start, sentence.end)
        if not listed and not acts:
            continue
        view = SentenceView(
            analysis, index, actors, listed, states, towns, parties.within(sentence.start, sentence.end)
        )
        found = [draft for hit in view.hits if (draft := read(view, hit)) is not None]
        for draft in found:
            draft.act = decide(draft, places, by_id) or ""
        found = [draft for draft in found if draft.act]
        hurt = _hurt(drafts[-CROWD:], found, index)
        _listen(found, view, ear, parties, hurt)
        found = merge_consequences(found)
        for draft in found:
            _speak(draft, setting, actors)
            setting.fill(draft)
            parties.lend(draft, hurt)
        drafts += [draft for draft in found if accepted(draft, ear)]
    drafts.sort(key=lambda draft: draft.clause)
    for draft in drafts:
        draft.actors = [parties.known(party) for party in draft.actors]
        draft.recipients = [parties.known(party) for party in draft.recipients]
    by_id = {actor.id: actor for actor in actors.actors}
    for draft in drafts:
        kind = plover.CODES[draft.act].type
        draft.time = setting.time(draft, kind)
        draft.background = _told_as_context(analysis, draft, setting, times, published)
        if kind in ("ASSAULT", "COERCE"):
            draft.actors = [actor for actor in draft.actors if by_id[actor].name.lower() not in _NOBODY]
    setting.place(drafts)
    carry_on(drafts)
    events: list[Event] = []
    for draft in drafts:
        start, end = draft.clause
        doers = [by_id[actor] for actor in draft.actors]
        targets = [by_id[actor] for actor in draft.recipients]
        code = plover.CODES[draft.act]
        events.append(
            Event(
                id=f"e{len(events) + 1}",
                start=start,
                end=end,
                trigger=draft.trigger,
                sentence=draft.view.index,
                plover=code,
                mentions=tuple(span for span in draft.mentions if not (start <= span[0] and span[1] <= end)),
                cameo=cameo.CODES[draft.act],
                acled=acled.code_of(draft.act, doers, targets),
                ucdp_violence=ucdp.violence(draft.act, doers, targets),
                actor=tuple(draft.actors),
                recipient=tuple(draft.recipients),
                weapon=setting.weapon(draft, code.type),
                place=draft.place.id if draft.place else None,
                time=draft.time.id if draft.time else None,
                reality=draft.reality,
                background=draft.background,
                attribution=setting.attribution(draft, code.type),
                claims=setting.claims(draft, code.type),
                confidence=round(draft.chance, 2),
            )
        )
    return merge_restatements(events, {time.id: time.value or "" for time in times})


def _hurt(told: Sequence[Draft], found: Sequence[Draft], sentence: int) -> set[str]:
    """Those to whom force was done in the sentences before, and those who died or were wounded in this one."""
    before = [draft for draft in told if draft.view.index >= sentence - LOOK_BACK]
    here = [draft for draft in found if draft.act in CONSEQUENCES]
    return {
        party
        for draft in (*before, *here)
        if plover.CODES[draft.act].type == "ASSAULT" and draft.act not in TWO_SIDED
        for party in draft.recipients
    }


def _listen(found: list[Draft], view: SentenceView, ear: Ear, parties: Parties, hurt: set[str]) -> None:
    """Give each draft what the analyser hears there, and add a draft for each act that it alone hears."""
    for draft in found:
        draft.heard = ear.at(*draft.trigger)
        settle_type(draft)
    taken = {j for draft in found for j in range(draft.first, draft.last)}
    taken |= {j for hit in view.hits for j in range(hit.first, hit.last)}  # what the rules read as no act stays none
    for hit in ear.hits(view):
        own = None if taken.intersection(range(hit.first, hit.last)) else read(view, hit)
        if own is not None and not taken.intersection(range(own.first, own.last)):
            own.heard = ear.at(*own.trigger)
            parties.lend(own, hurt)
            if chance(evidence(own, needs=False)) >= LEAST:
                found.append(own)
    for draft in found:
        settle_reality(draft)
    found.sort(key=lambda draft: (draft.first, draft.last))


def accepted(draft: Draft, ear: Ear) -> bool:
    """Whether a draft is an event; sets its `chance`."""
    needs = wanting(draft.hit.entry, draft)
    if ear.silent:
        draft.chance = draft.hit.entry.precision * share(draft.reality, recipient=bool(draft.recipients))
        return not needs and not draft.bare
    draft.chance = chance(evidence(draft, needs=needs))
    return draft.chance >= LEAST


def _speak(draft: Draft, setting: Setting, actors: ActorIndex) -> None:
    """Give an act of speech that names nobody to the speaker of the statement it stands in."""
    if plover.CODES[draft.act].type not in SPEECH_TYPES or draft.actors or draft.passive:
        draft.bare = draft.bare or (draft.hit.entry.spoken and setting.speaker(draft) is None)
        return
    speaker = setting.speaker(draft)
    if speaker is None:
        draft.bare = draft.bare or draft.hit.entry.spoken
    elif draft.hit.entry.spoken or _first_person(draft):
        said_by = speaker.actor or _within(speaker, actors)
        if said_by is not None:
            draft.actors = [said_by]
            draft.recipients = [r for r in draft.recipients if r != said_by]


def _within(attribution: Attribution, actors: ActorIndex) -> str | None:
    """The first party named inside the source of an attribution: the "his" of "his office said"."""
    found = actors.within(*attribution.source) if attribution.source else []
    return found[0][1].id if found else None


def _first_person(draft: Draft) -> bool:
    """True where a verb of speech has "we" or "I" for its subject, or none at all ("Condemning ...")."""
    group = draft.view.group(draft.first)
    return draft.view.word(group - 1) in ("i", "we", '"', "") or draft.hit.form == "ing"


def _told_as_context(
    analysis: Analysis, draft: Draft, setting: Setting, times: Sequence[Time], published: date | None
) -> bool:
    """Whether the act is earlier context: by the date of its own clause where there is one, else as for claims."""
    told = old(draft)
    start, end = draft.clause
    own = [time for time in setting.times_near(draft) if time.to]
    if own and published is not None:
        nearest = min(own, key=lambda time: abs(time.start - draft.trigger[0]))
        age = newest_age([nearest], nearest.start, nearest.end, published)
        if age is not None and (age > NEWS_DAYS or told is None):
            return age > NEWS_DAYS  # whatever is heard: what has an older date is never news
    if told is not None:
        return told
    return is_background(analysis, start, end, times=times, published=published)


def tie_claims(claims: Sequence[Claim], events: Sequence[Event]) -> tuple[list[Claim], list[Event]]:
    """Tie each claim of harm to the act that caused it, and each event to its claims, where one clause states both.

    Returns new lists; `links.event` of a claim names the event that lists it, the nearest where there are several.
    """
    causes: dict[str, Event] = {}
    spans = {claim.id: (claim.start, claim.end) for claim in claims}
    for event in events:
        for claim in event.claims:
            known = causes.get(claim)
            if known is None or _gap(event, spans.get(claim, (0, 0))) < _gap(known, spans.get(claim, (0, 0))):
                causes[claim] = event
    tied = [
        msgspec.structs.replace(claim, links=msgspec.structs.replace(claim.links, event=causes[claim.id].id))
        if claim.id in causes
        else claim
        for claim in claims
    ]
    kept = [
        msgspec.structs.replace(event, claims=tuple(c for c in event.claims if causes[c].id == event.id))
        for event in events
    ]
    return tied, kept


def _gap(event: Event, span: tuple[int, int]) -> int:
    return max(0, span[0] - event.end, event.start - span[1])
