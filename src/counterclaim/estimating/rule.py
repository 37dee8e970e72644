"""What a rule is, and what it answers. A rule of your own is one file: see docs/rules.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from msgspec import field

from counterclaim.linking.accounts import Account
from counterclaim.records import Harm, Record


class Verdict(Record, frozen=True, kw_only=True):
    """A rule's answer: persons, None where the accounts leave an end open, and why in words.

    `weights`: an account's teller key -> what it counted for (None where the rule has no weights) and why.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    why: str = ""
    weights: Mapping[str, tuple[float | None, str]] = field(default_factory=dict)


class Question(Record, frozen=True, kw_only=True):
    """What a rule is asked: which harm, of whom (`side`, `kind`; empty for everybody), done by whom as told."""

    harm: Harm
    side: str = ""
    kind: str = ""
    perpetrators: tuple[str, ...] = ()
    """Keys of the sides that somebody holds responsible."""
    parties: tuple[str, ...] = ()
    """Keys of all sides in the incident."""


STALE: Final = 'an early "at least": later counts are higher'


class Rule(Protocol):
    """One way to settle differing accounts of one harm in one incident."""

    @property
    def name(self) -> str:
        """How the rule is asked for: `range`."""

    @property
    def version(self) -> str:
        """Changes whenever the rule may answer otherwise."""

    @property
    def about(self) -> str:
        """One line: what it does, and whose practice it follows."""

    def weigh(self, accounts: Sequence[Account], question: Question) -> Verdict:
        """Settle the accounts, at least one, each by a different source, the earliest told first."""
