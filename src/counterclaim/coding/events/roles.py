"""Who does it to whom: the parties of one trigger, from the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.coding.events.draft import Draft, unique
from counterclaim.coding.events.lexicon import CLAUSE_MARKS, Entry, Hit
from counterclaim.coding.events.reality import determiner, of_noun, of_verb
from counterclaim.coding.events.sentence import QUOTES, STOPS, Mention, np_follows
from counterclaim.coding.events.syntax import Argument, SentenceView
from counterclaim.coding.events.words import (
    ADVERB,
    BE,
    BLAMELESS,
    DETERMINER,
    HAVE,
    MODAL,
    NOT,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    inflected,
)
from counterclaim.coding.words import words
from counterclaim.schemes import plover
from counterclaim.schemes.acts import TWO_SIDED

_AT_PLACE = words("in at near outside inside")
_BROKER = words("broker brokers brokered brokering mediate mediated mediating negotiate")
_INTRANSITIVE = frozenset(
    {"clash", "demonstrate", "withdraw", "offensive", "agree", "sign-accord", "resign", "surrender"}
)
# Acts of force: "49 soldiers killed in ..." is a passive without "were"; "a move he criticised" is no passive.
_DONE_TO_PEOPLE = frozenset(
    {act for act, code in plover.CODES.items() if code.type in ("ASSAULT", "COERCE")} | {"capture?", "seize?"}
)
_MEANS = 8
"""Tokens between a verb and the "with" that names its means: "extended their reach to the mainland with"."""
_SETTING = words("despite under during since amid notwithstanding")
_NOBODY = words("no nobody none neither nor")
_LINKING = (
    "-brokered",
    "-mediated",
    "-sponsored",
    "-hosted",
    "-backed",
    "-supported",
    "-allied",
    "-held",
    "-controlled",
)


def read(view: SentenceView, hit: Hit) -> Draft | None:
    """The draft of one trigger; None where the words around it show that it names no act."""
    if _in_name(view, hit) or view.word(hit.last) in ("shelter", "shelters", "numbers", "banking"):
        return None
    if hit.form == "phrase":
        return _phrase(view, hit)
    return _noun(view, hit) if hit.form == "noun" else _verb(view, hit)


def _in_name(view: SentenceView, hit: Hit) -> bool:
    """True for a noun inside a longer name: "Collective Security Treaty Organization", "War Office"."""
    word, following = view.tokens[hit.first].text, view.word(hit.last) and view.tokens[hit.last].text
    if word[:1].isupper() and hit.first in view.mention_at:
        return True
    return hit.form == "noun" and word[:1].isupper() and following[:1].isupper() and hit.first > view.first


def _phrase(view: SentenceView, hit: Hit) -> Draft:
    """A fixed phrase: what stands after it is the recipient; who acts is for the attribution to say."""
    arguments, end = view.arguments(hit.last)
    recipients = [a.mention.actor for a in arguments if a.slot in hit.entry.to]
    first = hit.first
    if hit.entry.subject == "recipient":
        subjects, _ = view.subject(hit.first)
        recipients = [mention.actor for mention in subjects] or recipients
        first = min([first, *(m.first for m in subjects if hit.first - m.first < 30)])
    return Draft(
        view=view,
        hit=hit,
        act=hit.entry.act,
        first=hit.first,
        last=hit.last,
        clause_first=first,
        clause_last=max(end, hit.last),
        recipients=unique(recipients),
    )


def _is_passive(view: SentenceView, hit: Hit) -> bool:
    if hit.form not in ("ed", "part"):
        return False
    group = view.left_words(hit.first)
    if any(word in BE and word != "'s" for word in group):
        return True
    if any(word in HAVE for word in group):
        return False
    if hit.form == "part" or view.word(hit.last) == "by":
        return True
    if hit.entry.to[0] != "obj" or hit.entry.act in _INTRANSITIVE:
        return False
    after = view.word(hit.last)
    if after in QUOTES or np_follows(view, hit.last):
        return False
    if hit.entry.act not in _DONE_TO_PEOPLE:
        return False
    return (
        (after in PREPOSITION and after != "to")
        or after in CLAUSE_MARKS
        or after in ("and", "", "when", "after", "while")
        or after in ADVERB
    )


def _nobodys(view: SentenceView, hit: Hit) -> bool:
    """True where a disaster, an accident or an illness did it, or where nobody is said to have claimed an attack."""
    group = view.group(hit.first)
    if hit.entry.act == "claim?":
        left = [view.tokens[j].norm for j in range(max(view.first, group - 8), hit.first)]
        return any(word in _NOBODY or word in NOT for word in left) or ("yet" in left and "to" in left)
    if hit.entry.act not in _DONE_TO_PEOPLE or _is_passive(view, hit):
        return view.word(hit.last) == "by" and any(view.word(hit.last + k) in BLAMELESS for k in (1, 2, 3))
    for j in range(group - 1, max(view.first, group - 12) - 1, -1):
        word = view.tokens[j].norm
        if word in BLAMELESS:
            return True
        if j in view.mention_at and view.oblique(view.mention_at[j]):
            continue
        if j in view.mention_at or word in STOPS or word in SUBORDINATOR or word == "," or view.is_verb(j):
            return False
    return False


def _verb(view: SentenceView, hit: Hit) -> Draft | None:
    entry = hit.entry
    if _nobodys(view, hit):
        return None
    subjects, cause = view.subject(hit.first)
    arguments, end = view.arguments(hit.last)
    inner = [Argument("obj", view.mention_at[j]) for j in range(hit.first + 1, hit.last) if j in view.mention_at]
    passive = _is_passive(view, hit)
    joined = view.hit_at.get(hit.last + 1)
    if not arguments and not passive and view.word(hit.last) in ("and", "or") and joined and joined.form != "noun":
        arguments, end = view.arguments(joined.last)
    doers = [mention.actor for mention in subjects]
    done_to: list[Mention] = []
    if passive:
        done_to = subjects
        doers = [argument.mention.actor for argument in arguments if argument.slot == "by"]
        if cause is not None:
            done_to = []
    elif entry.act in TWO_SIDED and len(subjects) > 1 and not any(a.slot in ("with", "against") for a in arguments):
        doers, done_to = doers[:1], subjects[1:]
    else:
        done_to = [a.mention for a in (*inner, *arguments) if a.slot in entry.to or a.slot.startswith("between")]
        if not done_to and "obj" in entry.to and entry.act not in ("visit",):
            beside = [a.mention for a in arguments if a.slot in ("against", "on", "with")]
            done_to = [mention for mention in beside if not _together(view, mention)][:3]
    if entry.act.startswith("hand-over") and any(a.slot == "to" for a in arguments):
        done_to = [a.mention for a in arguments if a.slot == "to"]  # those who get him, not who is handed over
    content = view.hit_at.get(hit.last)
    if entry.act == "deny" and content is not None and content.form == "ing":
        done_to = []  # "denies targeting civilians": what stands further on belongs to the act denied
    if entry.act == "phone-call" and entry.pattern == "call" and not (done_to and done_to[0].first == hit.last):
        return None
    recipients = [mention.actor for mention in done_to]
    if entry.subject == "recipient":
        doers, recipients = recipients or [a.mention.actor for a in inner], doers
    elif entry.subject == "cause":
        doers = []
    group = view.group(hit.first)
    first = min([group, *(m.first for m in subjects)]) if subjects else group
    if first > hit.first or hit.first - first > 30:
        first = group
    return Draft(
        view=view,
        hit=hit,
        act=entry.act,
        first=hit.first,
        last=hit.last,
        clause_first=first,
        clause_last=max(end, hit.last),
        actors=unique(doers),
        recipients=unique([r for r in recipients if r not in doers]),
        reality=of_verb(view, hit.first, hit.form, entry.act),
        cause=cause,
        passive=passive,
    )


def _together(view: SentenceView, mention: Mention) -> bool:
    """True for company: "will look into it together with Sylvania"."""
    return any(
        view.word(j) == "with" and view.word(j - 1) in ("together", "along", "jointly")
        for j in range(mention.first - 4, mention.first)
    )


def _light(view: SentenceView, start: int) -> int | None:
    """The light verb on which the noun phrase at token `start` hangs: "launched", "carried out", "came under"."""
    light, undergo = inflected("light"), inflected("undergo")
    j = start - 1
    for _ in range(4):
        word = view.word(j)
        if word in light or word in undergo or word in HAVE:
            return None if view.word(j - 1) in DETERMINER else j
        if word not in (
            "out",
            "up",
            "on",
            "in",
            "of",
            "series",
            "wave",
            "number",
            "a",
            "another",
            "several",
            "for",
            "off",
        ):
            return None
        j -= 1
    return None


def _noun(view: SentenceView, hit: Hit) -> Draft | None:
    entry = hit.entry
    before, after = view.word(hit.first - 1), view.word(hit.last)
    if before in ("to", "n't") or before in MODAL or (before in PRONOUN and before not in ("her", "us", "it")):
        return None
    if after in (
        "victim",
        "victims",
        "prisoners",
        "prisoner",
        "veteran",
        "veterans",
        "officials",
        "minister",
        "zone",
        "crimes",
        "crime",
        "criminal",
        "criminals",
        "ministry",
    ):
        return None
    start = view.np_start(hit.first)
    light = _light(view, start)
    if entry.act == "ceasefire" and light is None and _standing(view, start):
        return None
    arguments, end = view.arguments(hit.last)
    doers, recipients = _premodifiers(view, hit, start)
    for argument in arguments:
        if argument.slot == "by" or (argument.slot == "from" and entry.act in ("shell", "shoot")):
            doers.append(argument.mention.actor)
        elif argument.slot.startswith("between"):
            (doers if argument.slot == "between1" and not doers else recipients).append(argument.mention.actor)
        elif argument.slot == "of":
            (recipients if entry.possessed or "of" in entry.to else doers).append(argument.mention.actor)
        elif argument.slot in entry.to or (argument.slot == "with" and entry.act in TWO_SIDED):
            recipients.append(argument.mention.actor)
    first = start
    trigger_first = hit.first
    form = ""
    act = entry.act
    if light is not None:
        word = view.word(light)
        form = "ing" if word.endswith("ing") else "ed" if word.endswith("ed") else "base"
        subjects, _ = view.subject(light)
        named = [mention.actor for mention in subjects]
        if word in inflected("undergo"):
            recipients = recipients or named
        elif named and not (any(w in BE for w in view.left_words(light)) and form == "ed"):
            doers = doers or named
        if word in _BROKER and act in ("ceasefire", "sign-accord", "talk"):
            act = "mediate"
            doers = named or doers
        first = min([view.group(light), *(m.first for m in subjects)])
        trigger_first = light
        if hit.first - first > 30:
            first = light
    elif view.word(end) in BE or view.word(end) in HAVE:
        doers = doers or _by_phrase(view, end)
    if not doers and view.word(start - 1) in ("with", "of"):
        doers = [actor for actor in _means_of(view, start - 1) if actor not in recipients]
    joined = view.word(start - 1) in ("and", "or") and view.hit_at.get(start - 2)
    return Draft(
        view=view,
        hit=hit,
        act=act,
        first=trigger_first,
        last=hit.last,
        clause_first=first,
        clause_last=max(hit.last, _argument_end(arguments, hit.last)),
        actors=unique(doers),
        recipients=unique([r for r in recipients if r not in doers]),
        reality=of_noun(view, hit, start, light, form, entry.act),
        light=light is not None,
        joined=joined or None,
        bare=not doers and not recipients and light is None and _back_reference(view, start, hit),
    )


def _standing(view: SentenceView, start: int) -> bool:
    """True for a truce that is only the setting of something else: "despite a ceasefire", "since the truce"."""
    return view.word(start - 1) in _SETTING or (
        view.word(start - 1) == "of" and view.word(start - 2) in ("spite", "violation", "breach")
    )


def _premodifiers(view: SentenceView, hit: Hit, start: int) -> tuple[list[str], list[str]]:
    """Parties inside the noun phrase before its head: "Azerbaijani shelling", "Israel's attack", "Rabin's murder"."""
    doers: list[str] = []
    recipients: list[str] = []
    for mention in unique_mentions(view, start, hit.first):
        token = view.tokens[mention.last - 1]
        tail = token.norm[max(0, mention.end - token.start) :]
        if tail.startswith(_LINKING):
            continue
        owns = view.word(mention.last) == "'s" or token.norm in ("his", "her", "their", "its")
        if hit.entry.possessed and owns:
            recipients.append(mention.actor)
        else:
            doers.append(mention.actor)
    return doers, recipients


def unique_mentions(view: SentenceView, first: int, last: int) -> list[Mention]:
    """Mentions that begin at tokens `[first, last)`, each once."""
    return list(dict.fromkeys(view.mention_at[j] for j in range(first, last) if j in view.mention_at))


def _by_phrase(view: SentenceView, i: int) -> list[str]:
    """Parties after the "by" of a passive that follows token `i`: "was carried out by X and Y"."""
    for j in range(i, min(view.last, i + 8)):
        if view.word(j) == "by":
            arguments, _ = view.arguments(j)
            return [a.mention.actor for a in arguments if a.slot == "by"]
        if view.word(j) in CLAUSE_MARKS:
            break
    return []


def _means_of(view: SentenceView, i: int) -> list[str]:
    """Who does what the "with" before token `i` says by what means: "responded with a volley of rocket fire"."""
    if view.word(i) == "of" and view.word(i - 1) in ("series", "wave", "volley", "barrage", "spate", "string"):
        i = view.np_start(i - 1) - 1
    if view.word(i) != "with":
        return []
    for j in range(i - 1, max(view.first, i - _MEANS) - 1, -1):
        if view.tokens[j].norm in CLAUSE_MARKS:
            return []
        hit = view.hit_at.get(j)
        if view.tokens[j].tag == "VERB" or view.is_verb(j) or (hit is not None and hit.form != "noun"):
            subjects, _ = view.subject(hit.first if hit is not None else j)
            return [mention.actor for mention in subjects]
    return []


def _argument_end(arguments: Sequence[Argument], last: int) -> int:
    return max([last, *(argument.mention.last for argument in arguments if argument.mention.last - last < 25)])


def _back_reference(view: SentenceView, start: int, hit: Hit) -> bool:
    """True for "the attack", "these clashes": a noun that only points back and tells nothing of its own."""
    return (
        determiner(view, start) in ("the", "this", "that", "these", "those", "such", "both") and start + 1 == hit.first
    )


def wanting(entry: Entry, draft: Draft) -> bool:
    """True where the lexicon asks for a party, or a light verb, that the clause does not have."""
    if entry.light and not draft.light:
        return True
    if entry.needs == "actor":
        return not draft.actors
    if entry.needs == "recipient":
        return not draft.recipients
    if entry.needs == "both":
        return not (draft.actors and draft.recipients)
    return entry.needs == "party" and not (draft.actors or draft.recipients)
