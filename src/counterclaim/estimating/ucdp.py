"""`ucdp`: low, best and high by the reliability and independence of the sources, as UCDP GED codes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from counterclaim.estimating.rule import STALE, Question, Verdict
from counterclaim.linking.accounts import Account, stale

INDEPENDENT, ADMITTED, REPORTED, UNNAMED, PARTISAN = range(4, -1, -1)
_WORDS: Final = {
    INDEPENDENT: "an independent body",
    ADMITTED: "a side on its own losses",
    REPORTED: "reported without a party's interest known",
    UNNAMED: "an unnamed source, or a party that accuses another",
    PARTISAN: "a side on its enemy's losses, or on what it is accused of: dubious",
}


class Ucdp:
    """Best from the most reliable sources, the lower where they cannot be told apart; dubious figures only into high.

    Source: the codebook of the UCDP Georeferenced Event Dataset: `best` is the most reliable estimate, `low` the lowest
    reliable one, `high` the highest; where sources differ the more reliable is taken, the lower where none is, and
    dubious figures go to `high`. Reliability is read here from who speaks: an independent body before a side that
    admits its own losses, before reports, before the unnamed; a side that counts its enemy's dead, or answers for its
    own deed, is dubious.
    """

    name: Final = "ucdp"
    version: Final = "1"
    about: Final = "the more reliable source, the lower where undecidable, dubious figures only as high (UCDP GED)"

    def weigh(self, accounts: Sequence[Account], question: Question) -> Verdict:
        """Low, best and high; where only dubious sources speak, low is 0 and best the lowest of them."""
        rank = {account.teller.key: reliability(account, question) for account in accounts}
        told = [account for account in accounts if account.figure is not None]
        if not told:
            return Verdict(why="nobody gives a number")
        early = stale(told)
        told = [account for account in told if account.teller.key not in early]
        # A part of the toll, or a vague word, is asked only where nobody gives more.
        full = [account for account in told if not (account.vague or account.partial)] or told
        sound = [account for account in full if rank[account.teller.key] > PARTISAN]
        high = max(account.high if account.high is not None else account.low or 0 for account in told)
        top = max(rank[account.teller.key] for account in full)
        best_of = [account for account in full if rank[account.teller.key] == top]
        # "At least 30" says nothing against 57.
        best_of = [account for account in best_of if account.high is not None] or best_of
        open_or_part = all(account.high is None or account.partial for account in best_of)
        best = (max if open_or_part else min)(map(_number, best_of))
        low = min(map(_number, sound), default=0)
        why = f"best by {_WORDS[top]}" + ("; the lower of several" if len({_number(a) for a in best_of}) > 1 else "")
        if all(account.vague for account in told):
            return Verdict(low=low, best=best, why=f"{why}; only vague words, which leave the upper end open")
        weights: dict[str, tuple[float | None, str]] = {
            account.teller.key: (
                1.0 if account in best_of and _number(account) == best else 0.0,
                STALE if account.teller.key in early else _WORDS[rank[account.teller.key]],
            )
            for account in accounts
        }
        return Verdict(low=min(low, best), best=best, high=max(high, best), why=why, weights=weights)


def reliability(account: Account, question: Question) -> int:
    """How far to trust an account, PARTISAN to INDEPENDENT."""
    teller = account.teller
    victims = question.side or account.victim_side
    if teller.side and victims:
        return ADMITTED if teller.side == victims else PARTISAN
    if teller.side and teller.side in question.perpetrators:
        return PARTISAN
    if teller.side and question.perpetrators and teller.side not in question.perpetrators:
        return UNNAMED
    if teller.independent:
        return INDEPENDENT
    return UNNAMED if teller.kind == "unnamed" else REPORTED


def _number(account: Account) -> int:
    return account.figure or 0
