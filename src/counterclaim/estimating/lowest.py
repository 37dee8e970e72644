"""`lowest`: the most conservative figure told, as ACLED codes fatalities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from counterclaim.estimating.rule import STALE, Question, Verdict
from counterclaim.linking.accounts import Account, stale


class Lowest:
    """The lowest figure, until a higher one is corroborated.

    Source: ACLED's codebook and its note on fatalities: where reports differ or are vague the most conservative
    estimate is kept, and revised when better information comes; vague words have fixed numbers (several 3, tens 10,
    dozens 12, hundreds 100: `linking.tolls.VAGUE`). "Better information" is read here as one figure that two
    independent sources give. ACLED keeps one number, so `high` stays open.
    """

    name: Final = "lowest"
    version: Final = "1"
    about: Final = "the lowest figure told, until two independent sources agree on a higher one (ACLED)"

    def weigh(self, accounts: Sequence[Account], question: Question) -> Verdict:
        """The lowest figure, or the lowest that two independent sources agree on where that is higher."""
        early = stale(accounts)
        given = [account for account in accounts if account.figure is not None and account.teller.key not in early]
        exact = [account for account in given if not (account.vague or account.partial or account.low is None)]
        pool = {account.teller.key: account.figure for account in exact or given}
        if not pool:
            return Verdict(why="nobody gives a number")
        lowest = min(pool.values(), key=lambda figure: figure or 0)
        chosen, why = lowest, "the lowest figure told"
        agreed = [
            figure
            for figure in sorted({figure for figure in pool.values() if figure is not None})
            if _independent([account for account in exact or given if account.figure == figure and not account.echo])
        ]
        if agreed and agreed[0] != lowest:
            chosen, why = agreed[0], "the lowest figure on which independent sources agree; lower ones stand alone"
        weights: dict[str, tuple[float | None, str]] = {}
        for account in accounts:
            if account.teller.key in early:
                weights[account.teller.key] = (0.0, STALE)
            elif account.figure is None:
                weights[account.teller.key] = (0.0, "gives no number")
            elif account.figure == chosen and account.teller.key in pool:
                weights[account.teller.key] = (1.0, why)
            else:
                word = (
                    "vague, or a part"
                    if account.teller.key not in pool
                    else "higher"
                    if account.figure > (chosen or 0)
                    else "alone"
                )
                weights[account.teller.key] = (0.0, f"set aside: {word}")
        return Verdict(low=chosen, best=chosen, why=why, weights=weights)


def _independent(accounts: Sequence[Account]) -> bool:
    """Whether two of them do not speak for one side."""
    voices = {account.teller.side or account.teller.root or account.teller.key for account in accounts}
    return len(voices) > 1
