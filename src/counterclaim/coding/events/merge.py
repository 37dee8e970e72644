"""Merging: what an attack did to people belongs to the attack; what a report says twice is one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from counterclaim.coding.events.draft import Draft, unique
from counterclaim.coding.events.sentence import QUOTES
from counterclaim.coding.events.words import ACCIDENT
from counterclaim.coding.words import words
from counterclaim.records import Event
from counterclaim.schemes import plover

FAR = 40
"""Tokens between two acts of one sentence beyond which they are not taken for cause and effect."""

LOOK_AROUND = 8
"""Triggers on each side among which the cause of a killing is looked for."""

_TOLD_WITHIN = 10
"""Tokens after the verb in which a word of judgement still belongs to it: "called the attack on them absurd"."""

_ASKED_WITHIN = 3
"""Tokens between a verb of asking and what it asks for: "for an immediate"."""

_DENIED_WITHIN = 15
"""Tokens after a verb of denial in which a trigger belongs to what is denied."""

_DENIAL_ENDS = words("but while and , ; after when as saying since")
_RETOLD = frozenset({"ASSAULT", "COERCE"})
CONSEQUENCES = frozenset({"kill", "wound"})
"""Acts that only say what another act of force did to people."""
_GENERAL = frozenset({"attack", "bomb"})
_APART = words("while but meanwhile separately elsewhere another ; whereas")


def merge_consequences(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one sentence, with killings and woundings folded into the use of force that caused them."""
    kept: list[Draft] = []
    folded: dict[int, Draft] = {}
    drafts = _without_doubles(drafts)
    for i, draft in enumerate(drafts):
        before = drafts[max(0, i - LOOK_AROUND) : i]
        partner = next((other for other in before if draft.joined is not None and other.hit is draft.joined), None)
        if partner is not None:
            draft.actors = draft.actors or partner.actors
            draft.recipients = draft.recipients or [r for r in partner.recipients if r not in draft.actors]
            draft.light = draft.light or partner.light
    for i, draft in enumerate(drafts):
        target = _cause(drafts, i)
        while target is not None and id(target) in folded:
            target = folded[id(target)]
        if target is None or target is draft or abs(target.first - draft.first) > FAR:
            kept.append(draft)
            continue
        folded[id(draft)] = target
        _fold(draft, target)
    return [draft for draft in kept if not (draft.hit.entry.merges and not draft.mentions) and not _harmless(draft)]


def _harmless(draft: Draft) -> bool:
    """True for a death that no act of force of the sentence caused, and for what an accident did."""
    died = draft.hit.entry.act == "die?" and not draft.mentions and not draft.actors and draft.cause is None
    return died or _accident(draft)


def _accident(draft: Draft) -> bool:
    """True for a death or injury that the sentence puts down to an accident, a disaster or an illness."""
    if draft.act not in CONSEQUENCES or draft.actors:
        return False
    view = draft.view
    left, right = max(view.first, draft.first - 25), min(view.last, draft.first + 25)
    return any(view.tokens[j].norm in ACCIDENT for j in range(left, right))


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without those that name the object of an act of their own type: "provided military aid", "held talks"."""
    kept: list[Draft] = []
    for draft in drafts:
        kind = plover.CODES[draft.act].type
        before = kept[-1] if kept else None
        judgement = next((other for other in kept[-3:] if _judged(other, draft)), None)
        if judgement is not None:
            judgement.recipients = judgement.recipients or draft.recipients
            judgement.clause_last = max(judgement.clause_last, draft.clause_last)
            continue
        if before is not None and _asked_for(before, draft):
            continue
        if draft.reality in ("actual", "ongoing") and any(_denied(other, draft) for other in kept[-3:]):
            draft.reality = "negated"
        if (
            before is not None
            and kind != "ASSAULT"
            and plover.CODES[before.act].type == kind
            and before.hit.form != "noun"
        ):
            inside = draft.first < before.clause_last and draft.first - before.last <= 10
            if inside and (draft.hit.form == "noun" or draft.hit.entry.spoken or not draft.hit.entry.precision):
                before.recipients = before.recipients or draft.recipients
                before.last = draft.last if draft.first < before.last else before.last
                continue
        kept.append(draft)
    return kept


def _judged(before: Draft, draft: Draft) -> bool:
    """True for the word of judgement in "called it absurd", which the verb has told already."""
    near = before.hit.entry.near if before.hit.entry.act == "call?" else frozenset()
    if plover.CODES[draft.act].type != plover.CODES[before.act].type:
        return False
    if any(draft.view.word(j) in QUOTES for j in range(before.last, min(draft.first, before.last + _TOLD_WITHIN))):
        return False  # whose the quoted word is, the attribution says
    return draft.view.tokens[draft.hit.last - 1].norm in near and draft.first - before.last <= _TOLD_WITHIN


def _asked_for(before: Draft, draft: Draft) -> bool:
    """True for what is only asked for, and by no verb of its own: "called for an immediate truce"."""
    return (
        plover.CODES[before.act].type == "REQUEST"
        and draft.hit.form == "noun"
        and not (draft.light or draft.actors or draft.recipients)
        and 0 <= draft.first - before.last <= _ASKED_WITHIN
    )


def _denied(before: Draft, draft: Draft) -> bool:
    """True for what a denial denies: "denied that its forces had fired"."""
    if before.act != "deny" or before.hit.form == "noun" or not 0 <= draft.first - before.last <= _DENIED_WITHIN:
        return False
    return not any(draft.view.tokens[j].norm in _DENIAL_ENDS for j in range(before.last, draft.first))


def _cause(drafts: Sequence[Draft], i: int) -> Draft | None:
    draft = drafts[i]
    if plover.CODES[draft.act].type not in ("ASSAULT", "COERCE"):
        return None
    if draft.cause is not None:
        for other in drafts[max(0, i - LOOK_AROUND) : i]:
            if other.hit is draft.cause and plover.CODES[other.act].type == "ASSAULT":
                return other
    if draft.hit.entry.merges and i and 0 <= draft.first - drafts[i - 1].last <= 6 and _force(drafts[i - 1]):
        return drafts[i - 1]
    if draft.hit.entry.act == "claim?":
        # The claim of responsibility restates the attack that it names.
        return next((other for other in drafts[i + 1 : i + 3] if _force(other) and other.first - draft.last <= 8), None)
    if draft.act not in CONSEQUENCES:
        return None
    forces = [
        (abs(k - i), k > i, other)
        for k, other in enumerate(drafts[max(0, i - LOOK_AROUND) : i + LOOK_AROUND], max(0, i - LOOK_AROUND))
        if k != i and (other.act not in CONSEQUENCES or (k < i)) and _force(other) and _together(draft, other)
    ]
    return min(forces, key=lambda item: item[:2])[2] if forces else None


def _force(draft: Draft) -> bool:
    return plover.CODES[draft.act].type == "ASSAULT" and draft.act not in ("abduct", "destroy")


def _together(draft: Draft, other: Draft) -> bool:
    """True where nothing between the two says that they are two acts."""
    if draft.reality != other.reality and "negated" in (draft.reality, other.reality):
        return False
    if draft.actors and other.actors and not set(draft.actors) & set(other.actors):
        return False
    left, right = sorted((draft.first, other.first))
    if right - left > FAR:
        return False
    view = draft.view
    return not any(
        view.tokens[j].norm in _APART and not (view.tokens[j].norm == "while" and view.word(j + 1).endswith("ing"))
        for j in range(left, right)
    )


def _fold(draft: Draft, target: Draft) -> None:
    if target.act == "clash" and target.recipients and not target.actors:
        # "Three of A were killed in clashes with B": A is the other side.
        target.actors = [r for r in draft.recipients if r not in target.recipients]
    elif not (target.act == "clash" and target.actors and target.recipients):
        target.actors = target.actors or draft.actors
        target.recipients = unique([r for r in target.recipients + draft.recipients if r not in target.actors])
    if target.act in _GENERAL and draft.act not in _GENERAL | CONSEQUENCES:
        target.act = draft.act
    if draft.cause is target.hit and 0 <= draft.first - target.last <= 1 and draft.act not in CONSEQUENCES:
        target.last = draft.last
    target.bare = False
    start = min(draft.clause_first, target.clause_first)
    end = max(draft.clause_last, target.clause_last)
    if end - start <= 45:
        target.clause_first, target.clause_last = start, end
    target.mentions.append(draft.clause)


def merge_restatements(events: Sequence[Event], values: Mapping[str, str]) -> list[Event]:
    """Fold what a report surely tells twice: the same force by the same parties on the same day, none of it background.

    The first telling stays the event; the clauses of the others become its `mentions`, and their claims its claims.
    `values` are the report's time values by id.
    """
    kept: list[Event] = []
    known: dict[tuple[object, ...], int] = {}
    for event in events:
        surely = event.plover.type in _RETOLD and event.actor and event.recipient and not event.background
        if not surely or event.reality != "actual":
            kept.append(event)
            continue
        day = values.get(event.time or "", "")[:10]
        key = (
            event.plover.type,
            event.plover.mode,
            frozenset(event.actor),
            frozenset(event.recipient),
            day,
            event.place,
        )
        if key not in known:
            known[key] = len(kept)
            kept.append(event)
            continue
        first = kept[known[key]]
        kept[known[key]] = msgspec.structs.replace(
            first,
            mentions=(*first.mentions, (event.start, event.end), *event.mentions),
            claims=tuple(dict.fromkeys((*first.claims, *event.claims))),
        )
    return [msgspec.structs.replace(event, id=f"e{number}") for number, event in enumerate(kept, start=1)]
