"""Acts that the clause decides: "captured" a town or a man, "refused" to talk or to leave."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.lexicon import CLAUSE_MARKS
from counterclaim.coding.words import words
from counterclaim.records import Actor, Place

_YIELD = words(
    "withdraw withdrawal pull release free leave halt stop end cease ceasefire cease-fire truce disarm lift hand "
    "return surrender refrain restraint lay ease exercise quit retreat step resign abandon suspend"
)
_TALK = words("talk talks negotiate negotiations dialogue meet meeting negotiation summit")
_HELP = words("help assist assistance aid support protection troops weapons arms money funds join provide send supply")
_FORCE = words("attack strike retaliate kill destroy avenge crush hit respond punish fight bomb shoot execute revenge")
_JUSTICE = words("justice consequences price reckoning")
_DEBATE = words(
    "debate campaign opponent opponents rival rivals speech interview ad ads advertisement tweet tweets tweeted "
    "twitter critics remarks column editorial policy policies record verbally candidate voters hypocrisy rhetoric"
)
_PAPERS = words(
    "email emails e-mail e-mails document documents report reports statement statements data video videos footage "
    "record records returns pages transcript poll figures album film list details information images photographs"
)
_CONTEST = words(
    "election elections electoral primary primaries candidate candidates poll polls voters ballot nomination nominee "
    "caucus caucuses match league season coach tournament championship innings wicket semi-final shareholders "
    "shareholder stock shares investors profit"
)
_BLOOD = words(
    "killed killing wounded injured dead troops soldiers gunmen militants rebels police fired shot bomb bombs army "
    "insurgents militia fighters stones batons clashes fighting war"
)
_MEASURES = words("sanctions sanction embargo boycott tariffs suspend cut expel block veto ban")
_BATTLE = words(
    "battle battles clash clashes fighting ambush ambushed gunbattle firefight hostage hostages militants gunmen "
    "gunman guerrillas guerrilla rebels rebel insurgents pirates attackers kidnappers partisans mob raided"
)
_PRIZES = words(
    "title titles prize medal medals championship crown image images attention imagination video votes seat seats "
    "wicket wickets market spirit win victory lead cup trophy headlines footage mood essence points majority gold "
    "silver bronze tournament race stage open goals goal overs record tie-breaker second third place"
)
_FILM = words("camera cameras video film tape television photographs photograph audiotape footage")
_GROUND = words(
    "town towns city cities village villages airport base bases bridge border district territory area areas hill "
    "checkpoint control region province strip peak pass heights island fort neighborhood neighbourhood part positions "
    "stronghold strongholds ground capital port palace"
)
_PEOPLE = words(
    "man men woman women people suspect suspects leader leaders soldier soldiers fighter fighters militant militants "
    "journalist reporter commander crew officer officers prisoners prisoner hostages tourists workers him them her "
    "us me others children civilians policemen detainees detainee gunmen rebels guerrillas insurgents terrorists"
)
_WANTED = words(
    "suspect suspects militant militants gunmen gunman terrorist terrorists detainee fugitive fugitives drug cartel "
    "leader dictator criminals criminal attackers attacker"
)
_TARGETS = words(
    "soldier soldiers journalist journalists reporter worker workers pilot airman tourist tourists officers policemen "
    "crew crewmembers engineer engineers general observers troops peacekeepers"
)
_GENERAL = frozenset({"attack", "bomb"})
_BY_WEAPON = (
    ("drone-strike", words("drone drones uav uavs")),
    (
        "air-strike",
        words("plane planes aircraft warplane warplanes jet jets bomber bombers helicopter helicopters airstrikes"),
    ),
    ("suicide-bomb", words("suicide")),
    ("shell", words("rocket rockets missile missiles projectile projectiles mortar mortars shells artillery")),
)
_AIR_FORCES = frozenset({"state", "military", "igo"})
_DECIDED = {
    "demand?": ((_YIELD, "demand-yield"), (_TALK, "ask-talks"), (_HELP, "ask-help")),
    "ask?": ((_YIELD, "demand-yield"), (_TALK, "ask-talks")),
    "refuse?": ((_TALK, "refuse-talks"), (_YIELD, "refuse-yield"), (_HELP, "refuse-help")),
    "threaten?": ((_FORCE, "threaten"), (_MEASURES, "threaten-sanctions")),
    "vow?": ((_FORCE, "threaten"), (_JUSTICE, "ultimatum")),
    "warn?": ((_FORCE, "threaten"), (_MEASURES, "threaten-sanctions"), (_JUSTICE, "ultimatum")),
    "hand-over?": ((_GROUND, "withdraw"),),
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
    "hand-over?": "hand-over",
}


def decide(draft: Draft, places: Sequence[Place], actors: dict[str, Actor]) -> str | None:
    """The act of a draft whose trigger leaves it open, the draft's own act otherwise; None where it is none."""
    act = draft.act
    if _peaceful(draft):
        return None
    if act in _GENERAL and not _in_words(draft):
        return _with_weapon(draft, actors)
    if not act.endswith("?"):
        return "criticise" if act == "attack" and _in_words(draft) else act
    if act == "flee?":
        armed = any(actors[actor].kind in ("armed_group", "military") for actor in draft.actors)
        return "withdraw" if armed else None
    if act in ("capture?", "seize?"):
        return _captured(draft, places, actors)
    following = _following(draft)
    for listed, chosen in _DECIDED.get(act, ()):
        if following & listed:
            return chosen
    return _OTHERWISE.get(act)


def _with_weapon(draft: Draft, actors: dict[str, Actor]) -> str:
    """The act by the weapon that its clause names beside it: "rockets hit", "bombed by jets"."""
    view = draft.view
    near = {
        view.tokens[j].norm
        for j in range(max(draft.clause_first, draft.first - 12), draft.first + 8)
        if j < draft.clause_last
    }
    for act, listed in _BY_WEAPON:
        if near & listed:
            return act
    kinds = {actors[actor].kind for actor in draft.actors}
    if draft.act == "bomb" and draft.hit.form != "noun" and kinds and kinds <= _AIR_FORCES:
        return "air-strike"  # what a state bombs, it bombs from the air
    return draft.act


def _peaceful(draft: Draft) -> bool:
    """True for the words of force of an election, a match or a market, and for what is released but no prisoner."""
    view = draft.view
    if draft.act == "release":
        return any(view.word(draft.last + k) in _PAPERS for k in range(9))
    if draft.act == "demonstrate" and draft.hit.form != "noun" and draft.last in view.mention_at:
        return True
    if draft.act not in ("beat", "clash", "attack", "capture-territory"):
        return False
    around = {view.tokens[j].norm for j in range(max(view.first, draft.first - 25), min(view.last, draft.last + 25))}
    return bool(around & _CONTEST) and not around & _BLOOD


def _in_words(draft: Draft) -> bool:
    """True for an attack of words: "attacked him for failing", "attacked his opponent's record"."""
    if draft.hit.form in ("noun", "phrase") or draft.passive:
        return False
    view = draft.view
    for j in range(draft.last, min(view.last, draft.last + 10)):
        word = view.tokens[j].norm
        if word in _DEBATE or (word == "for" and view.word(j + 1).endswith("ing")):
            return True
        if word in CLAUSE_MARKS:
            break
    left = range(max(view.first, draft.first - 10), draft.first)
    return any(view.tokens[j].norm in ("debate", "speech", "interview", "tweet", "editorial") for j in left)


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
    """Taken ground is captured; people taken by rebels or in battle are abducted, by a state arrested; things seized.

    None for what is no act at all: a title, a wicket, a scene caught on film.
    """
    view = draft.view
    left, right = (draft.clause_first, draft.first) if draft.passive else (draft.last, draft.clause_last)
    taken = {view.tokens[j].norm for j in range(left, right)}
    around = {view.tokens[j].norm for j in range(max(view.first, draft.first - 20), min(view.last, draft.last + 20))}
    after = {view.word(draft.last + k) for k in range(4)}
    if taken & _PRIZES or after & _FILM:
        return None
    if taken & _GROUND or _ground(draft, places, left, right):
        return "capture-territory"
    people = [actors[a] for a in draft.recipients if actors[a].kind not in ("state", "company", "media")]
    doers = [actors[a] for a in draft.actors]
    if not people and not taken & _PEOPLE and (not draft.passive or "it" in taken):
        return "seize" if draft.act == "seize?" else None
    if any(doer.kind == "armed_group" for doer in doers):
        return "abduct"
    if any(doer.kind in ("military", "government", "state") for doer in doers) or taken & _WANTED:
        return "arrest"
    return "abduct" if around & _BATTLE or taken & _TARGETS else "arrest"


def _ground(draft: Draft, places: Sequence[Place], left: int, right: int) -> bool:
    """True where a place name is what is taken, and does not only say where."""
    if right <= left:
        return False
    start, end = draft.view.tokens[left].start, draft.view.tokens[right - 1].end
    first = bisect_left(places, start, key=lambda place: place.start)
    for place in places[first:]:
        if place.start >= end:
            return False
        if not _inside(draft, place):
            return True
    return False


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
