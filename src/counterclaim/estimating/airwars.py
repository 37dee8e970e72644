"""`range`: the least and the most told, as Airwars gives civilian harm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from counterclaim.estimating.rule import STALE, Question, Verdict
from counterclaim.linking.accounts import Account, stale

_MORE: Final = re.compile(r"(?:more than|over|in excess of)\b", re.IGNORECASE)
_UNIT: Final = 10
"""From "tens" on a word names a unit; below it ("several", "many") it only says that there are more than one."""


class MinMax:
    """From the least to the most that anybody credible tells; best is not given unless both are one.

    Source: the methodology of Airwars: each incident carries a minimum and a maximum over the sources' accounts, never
    one figure between. An open end ("at least 5") is closed by the highest figure that another source gives, else by
    its own number. Without any number a plural counts two, and "dozens" 12 to 24, as its coders do. Where a report
    states a total in its own voice, that is its author's weighing of the sources it quotes, and the lower figures among
    theirs are set aside.
    """

    name: Final = "range"
    version: Final = "1"
    about: Final = "from the lowest to the highest account, no figure preferred (Airwars)"

    def weigh(self, accounts: Sequence[Account], question: Question) -> Verdict:
        """Minimum and maximum; best only where they are equal."""
        told = [account for account in accounts if account.figure is not None]
        if not told:
            return Verdict(why="nobody gives a number")
        weights: dict[str, tuple[float | None, str]] = {}
        used, aside = _weighed(told)
        weights.update({key: (0.0, why) for key, why in aside.items()})
        if all(account.vague for account in used):
            return _plural(used, weights)
        low = min(_least(account) for account in _lows(used))
        high = max(low, *(account.high if account.high is not None else _least(account) for account in used))
        for account in used:
            ends = [end for end, value in (("lowest", low), ("highest", high)) if value in (account.low, account.high)]
            weights[account.teller.key] = (1.0, f"the {' and '.join(ends)}" if ends else "in between")
        why = "all accounts agree" if low == high else "lowest and highest account"
        return Verdict(low=low, best=low if low == high else None, high=high, why=why, weights=weights)


def _weighed(told: Sequence[Account]) -> tuple[list[Account], dict[str, str]]:
    """The accounts that set the ends; and the others, by teller, with the reason."""
    aside: dict[str, str] = {}
    exact = [account for account in told if not account.vague]
    whole = [account for account in exact if not account.partial]
    used = whole or exact or list(told)
    early = stale(used)
    aside.update(dict.fromkeys(early, STALE))
    used = [account for account in used if account.teller.key not in early]
    for account in told:
        if account not in used and account.teller.key not in early:
            aside[account.teller.key] = "tells only of a part" if account in exact else "vague, where figures are told"
    own = {one.ref[0]: account for account in used if account.teller.kind == "author" for one in account.told}
    kept = []
    for account in used:
        author = own.get(account.told[0].ref[0])
        if author is None or author is account or author.low is None:
            kept.append(account)
        elif (account.figure or 0) < author.low:
            aside[account.teller.key] = "the report that quotes it puts the total higher in its own voice"
        else:
            kept.append(account)
    return kept, aside


def _least(account: Account) -> int:
    """The fewest an account allows: "more than 10" is 11."""
    more = account.high is None and any(_MORE.match(one.claim.quantity) for one in account.told)
    return (account.figure or 0) + more


def _plural(used: Sequence[Account], weights: dict[str, tuple[float | None, str]]) -> Verdict:
    """Nobody gives a number: Airwars counts two for a plural, and the word's own unit, once and twice, for "dozens"."""
    least = max(account.low or 0 for account in used)
    for account in used:
        weights[account.teller.key] = (1.0, "no number is told: the least that the word means")
    if least < _UNIT:
        return Verdict(low=2, best=2, high=2, why="only a plural is told: two at least", weights=weights)
    return Verdict(low=least, high=2 * least, why="only a word for a number is told", weights=weights)


def _lows(used: Sequence[Account]) -> Sequence[Account]:
    """Those that give a least; "up to 30" alone gives none."""
    return [account for account in used if account.low is not None] or used
