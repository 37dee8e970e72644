"""Acts that the clause decides: "captured" a town or a man, "refused" to talk or to leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from counterclaim.coding.events_draft import Draft
from counterclaim.coding.events_lexicon import CLAUSE_MARKS
from counterclaim.coding.words import words
from counterclaim.records import Actor, Place

_YIELD = words(
    "withdraw withdrawal pull release free leave halt stop end cease ceasefire cease-fire truce disarm lift hand "
    "return surrender refrain restraint lay ease exercise quit retreat step resign abandon suspend"
)
_TALK = words("talk talks negotiate negotiations dialogue meet meeting negotiation summit")
_HELP = words("help assist assistance aid support protection troops weapons arms money funds join provide send supply")
_FORCE = words("attack strike retaliate kill destroy avenge crush hit respond punish fight bomb shoot execute revenge")
_MEASURES = words("sanctions sanction embargo boycott tariffs suspend cut expel block veto ban")
_BATTLE = words("battle clash clashes fighting ambush gunbattle firefight hostage hostages militants gunmen guerrillas")
_PRIZES = words(
    "title titles prize medal medals championship crown image images attention imagination video votes seat seats "
    "market spirit win victory lead cup trophy headlines footage mood essence points majority"
)
_DECIDED = {
    "demand?": ((_YIELD, "demand-yield"), (_TALK, "ask-talks"), (_HELP, "ask-help")),
    "ask?": ((_YIELD, "demand-yield"), (_TALK, "ask-talks")),
    "refuse?": ((_TALK, "refuse-talks"), (_YIELD, "refuse-yield"), (_HELP, "refuse-help")),
    "threaten?": ((_FORCE, "threaten"), (_MEASURES, "threaten-sanctions")),
    "vow?": ((_FORCE, "threaten"),),
}
_OTHERWISE = {
    "demand?": "demand",
    "ask?": "ask-help",
    "refuse?": "reject",
    "threaten?": "threaten",
    "vow?": "promise",
    "die?": "kill",
    "claim?": "attack",
    "protest?": "demonstrate",
    "call?": "condemn",
}
Kind = Literal["settlement", "person", ""]


def decide(draft: Draft, places: Sequence[Place], actors: dict[str, Actor]) -> str | None:
    """The act of a draft whose trigger leaves it open, the draft's own act otherwise; None where it is none."""
    act = draft.act
    if not act.endswith("?"):
        return act
    if act in ("capture?", "seize?"):
        return _captured(draft, places, actors)
    following = _following(draft)
    for listed, chosen in _DECIDED.get(act, ()):
        if following & listed:
            return chosen
    return _OTHERWISE[act]


def _following(draft: Draft) -> frozenset[str]:
    view = draft.view
    found = []
    for j in range(draft.last, min(view.last, draft.last + 12)):
        word = view.tokens[j].norm
        if word in CLAUSE_MARKS - {",", '"'}:
            break
        found.append(word)
    return frozenset(found)


def _captured(draft: Draft, places: Sequence[Place], actors: dict[str, Actor]) -> str | None:
    """Taken people are abducted or, by police, arrested; taken ground is captured; taken things are seized."""
    view = draft.view
    left, right = (draft.clause_first, draft.first) if draft.passive else (draft.last, draft.clause_last)
    span = (view.tokens[left].start, view.tokens[right - 1].end) if right > left else (0, 0)
    near = [place for place in places if span[0] <= place.start < span[1] and not _inside(draft, place)]
    words_near = {view.tokens[j].norm for j in range(left, right)}
    if words_near & words(
        "town city village airport base bridge border district territory area hill checkpoint control"
    ):
        return "capture-territory"
    if words_near & _PRIZES:
        return None
    people = [actors[a] for a in draft.recipients if actors[a].kind not in ("state", "company", "media")]
    if people:
        doers = [actors[a] for a in draft.actors]
        group = {view.tokens[j].norm for j in range(draft.clause_first, draft.clause_last)}
        if group & _BATTLE or any(doer.kind == "armed_group" for doer in doers):
            return "abduct"
        return "arrest"
    if near:
        return "capture-territory"
    if draft.act == "seize?":
        return "seize"
    return "arrest" if draft.passive else "capture-territory"


def _inside(draft: Draft, place: Place) -> bool:
    """True where the place only says where ("in Basra")."""
    return draft.view.word(_token_before(draft, place)) in ("in", "at", "near", "from", "outside", "of")


def _token_before(draft: Draft, place: Place) -> int:
    view = draft.view
    for j in range(draft.clause_first, draft.clause_last):
        if view.tokens[j].start >= place.start:
            k = j - 1
            while view.word(k) in ("the", "a", "city", "town", "northern", "southern", "eastern", "western", "central"):
                k -= 1
            return k
    return 0
