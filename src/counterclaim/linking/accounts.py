"""Accounts: what each source says now of one harm, put together from its claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec.structs import replace

from counterclaim.linking.scopes import Scope
from counterclaim.linking.tellers import Teller
from counterclaim.linking.tolls import Told
from counterclaim.records import Harm, Record, VictimKind


class Account(Record, frozen=True, kw_only=True):
    """What one source says now of one harm: between `low` and `high` persons, None where it leaves the end open."""

    teller: Teller
    low: int | None
    high: int | None
    told: tuple[Told, ...]
    history: tuple[Told, ...] = ()
    vague: bool = False
    echo: bool = False
    """True for a report's own words that only pass on what a source in it says: no second voice."""
    partial: bool = False
    """True where only parts are told, so that the total is their sum or more."""
    victim_side: str = ""
    published: str = ""

    @property
    def figure(self) -> int | None:
        """The one number the account comes to, where it gives any: its least, else its most."""
        return self.low if self.low is not None else self.high


class Share(NamedTuple):
    """Whose harm is asked for: everybody's (both empty), a side's, or that of civilians or combatants."""

    side: str = ""
    kind: VictimKind | None = None


EVERYBODY: Final = Share()


def shares(told: Iterable[Told], harm: Harm) -> tuple[list[str], list[VictimKind]]:
    """The sides, and the kinds of victim, for which a toll of its own is told."""
    wholes = [one for one in told if one.harm == harm and _counts(one) and not one.scope.named]
    sides = sorted(
        {one.scope.side for one in wholes if one.scope.side and not (one.scope.group or one.state == "part")}
    )
    kinds: list[VictimKind] = [
        kind for kind in ("civilian", "combatant") if any(one.scope.kind == kind for one in wholes)
    ]
    return sides, kinds


def accounts(told: Sequence[Told], harm: Harm, share: Share = EVERYBODY) -> list[Account]:
    """Each source's account of a harm, those that give no number left out, by the time they were last told.

    For everybody, the figures of one side or kind count as parts where another side or kind is counted too.
    """
    of_harm = [one for one in told if one.harm == harm]
    sides, kinds = shares(of_harm, harm)
    split = Share(side="*" if len(sides) > 1 else "", kind="combatant" if len(kinds) > 1 else None)
    found = []
    for _, one_teller in groupby(sorted(of_harm, key=lambda one: one.teller.key), key=lambda one: one.teller.key):
        account = _account(list(one_teller), share, split)
        if account is not None:
            found.append(account)
    return sorted(found, key=lambda account: (account.published, account.teller.key))


def stale(given: Sequence[Account]) -> set[str]:
    """Tellers of an early "at least" that later counts by others have overtaken: they left more open, and more came."""
    return {
        account.teller.key
        for account in given
        if account.low is not None
        and account.high is None
        and any(
            other.published[:10] > account.published[:10]
            and not other.partial
            and not other.vague
            and (other.low or 0) > account.low
            for other in given
        )
    }


def _counts(one: Told) -> bool:
    return one.state in ("stands", "echo", "part") and (one.low is not None or one.high is not None)


def _account(mine: list[Told], share: Share, split: Share) -> Account | None:
    history = tuple(one for one in mine if one.state == "superseded")
    counted = [one for one in mine if _counts(one) and _covers(one.scope, share)]
    wholes = [one for one in counted if _is_whole(one, share, split)]
    if any(not one.vague for one in counted):
        wholes = [one for one in wholes if not one.vague]  # "Civilians died", and of them two are counted.
    if wholes:
        last = max(wholes, key=lambda one: (one.published, one.ref[0]))
        report = [one for one in wholes if one.ref[0] == last.ref[0]]
        # "A resident was killed" is no total where the same source counts more.
        report = [one for one in report if (one.low, one.high) != (1, 1)] or report
        first = min(one.claim.sentence for one in report)
        account = _made(tuple(one for one in report if one.claim.sentence == first), history, partial=False)
        most = max(one.high or one.low or 0 for one in report)
        # "At least 12 died ... the list has 15 names": the same source says later how many more.
        open_ended = account.high is None and account.low is not None and account.low < most
        if open_ended:
            return replace(account, high=most)
        # "Up to 20 died ... 17 were named."
        fewer = [
            one.low for one in report if one.low is not None and one.low == one.high and one.low < (account.high or 0)
        ]
        return replace(account, low=max(fewer)) if account.low is None and fewer else account
    # "Among the dead were 24 civilians", of no total.
    some = [one for one in counted if one.scope.group == "some" and (one.low or one.high or 0) > 1]
    if some and share == EVERYBODY:
        return _made((max(some, key=lambda one: one.high or one.low or 0),), history, partial=False)
    if (
        share == EVERYBODY
        and (split.side or split.kind)
        and not any(one.scope.group or one.scope.named for one in counted)
    ):
        return None
    parts = [one for one in counted if one.state != "part"] or counted
    return _summed(parts, history) if parts else None


def _covers(scope: Scope, share: Share) -> bool:
    return (not share.side or scope.side == share.side) and (share.kind is None or scope.kind == share.kind)


def _is_whole(one: Told, share: Share, split: Share) -> bool:
    scope = one.scope
    if scope.group is not None or scope.named:
        return False
    if share == EVERYBODY:
        return one.state != "part" and not (split.side and scope.side) and not (split.kind and scope.kind)
    return True


def _made(told: tuple[Told, ...], history: tuple[Told, ...], *, partial: bool) -> Account:
    """One account of the figures of one sentence: its largest, and where that leaves an end open, what closes it
    ("at least 11, and up to 30").
    """
    main = max(told, key=lambda one: one.low if one.low is not None else one.high or 0)
    low, high = main.low, main.high
    if high is None:
        high = max((one.high for one in told if one.high is not None and one.low is None), default=None)
    if low is None and high is not None:
        low = max((one.low for one in told if one.low is not None and 1 < one.low <= high), default=None)
    return Account(
        teller=told[0].teller,
        low=low,
        high=high,
        told=told,
        history=history,
        vague=all(one.vague for one in told),
        echo=main.state == "echo",
        partial=partial or all(_in_passing(one) for one in told),
        victim_side=next((one.scope.side for one in told if one.scope.side), ""),
        published=told[-1].published,
    )


def _in_passing(one: Told) -> bool:
    """ "A resident was killed" counts one, and does not say that nobody else was."""
    return (one.low, one.high) == (1, 1) and one.claim.quantity.lower() in ("", "a", "an", "the", "another")


def _summed(parts: list[Told], history: tuple[Told, ...]) -> Account:
    """Parts told without their total: those of one sentence are added; more may have been harmed."""
    last = max(parts, key=lambda one: (one.published, one.ref[0])).ref[0]
    report = [one for one in parts if one.ref[0] == last]
    best: list[Told] = []
    for _, same in groupby(report, key=lambda one: one.claim.sentence):
        sentence = _disjoint(list(same))
        if sum(one.low or 0 for one in sentence) > sum(one.low or 0 for one in best) or not best:
            best = sentence
    if len(report) == 1:
        return _made((report[0],), history, partial=True)
    low = sum(one.low or 0 for one in best)
    made = _made(tuple(best), history, partial=True)
    closed = all(one.high is not None for one in best) and len(best) == len(report)
    return Account(
        teller=made.teller,
        low=low,
        high=sum(one.high or 0 for one in best) if closed else None,
        told=made.told,
        history=history,
        vague=made.vague,
        echo=made.echo,
        partial=True,
        victim_side=made.victim_side,
        published=made.published,
    )


def _disjoint(sentence: list[Told]) -> list[Told]:
    """Figures of one sentence of which nobody is counted twice: one a group."""
    kept: dict[object, Told] = {}
    for one in sentence:
        kept.setdefault((one.scope.group, one.scope.named and one.claim.victims, one.scope.side), one)
    return list(kept.values())
