"""`pooled`: all accounts together, each source's known bias taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from counterclaim.estimating.pooling import BIAS, MASS, NOISE, Bias, Figure, Relation, posterior
from counterclaim.estimating.rule import STALE, Question, Verdict
from counterclaim.linking.accounts import Account, stale

_TOLD_AS: Final = {
    "own": "a side on its own losses or its own deed, told low as a rule",
    "enemy": "a side on its enemy's losses, told high as a rule",
    "third": "no party to it",
}


class Pooled:
    """The median of the true number and its 90 % interval under the model of `pooling`, after Radford et al. (2023).

    Sources under-report what their own side suffers, or is blamed for, and inflate what the enemy suffers; those who
    speak for one side share one bias. A report's echo of a source is not a second voice.
    """

    name: Final = "pooled"
    version: Final = "1"
    about: Final = "all accounts pooled, own losses told low and enemy losses told high (after Radford et al. 2023)"

    def weigh(self, accounts: Sequence[Account], question: Question) -> Verdict:
        """Median and 90 % interval; the weights are shares of the information."""
        told = [account for account in accounts if account.figure is not None and not account.echo]
        told = told or [account for account in accounts if account.figure is not None]
        if not told:
            return Verdict(why="nobody gives a number")
        figures = {account.teller.key: _figure(account, question) for account in told}
        early = stale(told) if len(told) > 1 else set()
        figures = {key: figure for key, figure in figures.items() if key not in early}
        found = posterior(list(figures.values()))
        weights: dict[str, tuple[float | None, str]] = {
            account.teller.key: (0.0, "only echoes another source") for account in accounts if account not in told
        }
        weights |= dict.fromkeys(early, (0.0, STALE))
        held = {key: 1 / (NOISE**2 + BIAS[figure.relation][1] ** 2) for key, figure in figures.items()}
        for key, figure in figures.items():
            weights[key] = (
                round(held[key] / sum(held.values()), 3),
                f"{_TOLD_AS[figure.relation]}; here {_times(found.biases[figure.voice])}",
            )
        why = f"median, and the interval that holds {MASS:.0%}"
        return Verdict(low=round(found.low), best=round(found.best), high=round(found.high), why=why, weights=weights)


def relation(account: Account, question: Question) -> Relation:
    """How the source stands to the victims, and to the deed."""
    side = account.teller.side
    victims = question.side or account.victim_side
    if not side:
        return "third"
    if victims:
        return "own" if side == victims else "enemy" if side in question.parties else "third"
    if side in question.perpetrators:
        return "own"
    return "third"


def _figure(account: Account, question: Question) -> Figure:
    teller = account.teller
    low, high = account.low, account.high
    if account.partial and high is not None and low == high:
        high = None  # Parts are told: the whole is that or more.
    kind = relation(account, question)
    return Figure(
        low=low,
        high=high,
        voice=teller.side if kind != "third" and teller.side else teller.root or teller.key,
        relation=kind,
        approx=any(one.claim.approx for one in account.told),
        vague=account.vague,
    )


def _times(bias: Bias) -> str:
    return f"judged to tell {bias.times:.2g} times the truth ({bias.low:.2g} to {bias.high:.2g})"
