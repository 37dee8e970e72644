"""A few of the kills in every run of the tests, and that they would find what they look for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bench import kills
from counterclaim.casebook import Casebook

pytest.importorskip("pyarrow")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")

FAULTS = ("lost", "doubled", "damaged")


def test_killed_writers_lose_double_and_damage_nothing() -> None:
    figures = kills.measure(kills=14, seed=3)
    assert {fault: figures[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert figures["kills"] == 14
    assert all(figures[f"kills_{name}"] > 0 for name in kills.OPERATIONS)


class _Liar(kills.Add):
    """Says that reports are safe before they are, and writes some behind the casebook's back."""

    def work(self, say: kills.Say) -> None:
        with Casebook(self.path) as book:
            for number in count(len(self.said)):
                say(f"r{number}")
                book.add(kills._report(number))

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        yield from super().check([*said, "r9999"], thorough)


def test_what_is_acknowledged_too_early_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kills, "OPERATIONS", {"liar": _Liar})
    assert kills.measure(kills=3, operations=("liar",))["lost"] >= 3


def test_a_doubled_and_a_damaged_record_are_found(tmp_path: Path) -> None:
    operation = kills.Add(tmp_path)
    with Casebook(operation.path) as book:
        book.add(kills._report(0))
        book._connection.execute("DROP TRIGGER codings_no_replace")
        book._connection.execute("INSERT INTO reports (id, given_id, recorded_at) VALUES ('r0-2', 'r0', '2024')")
    told = list(operation.check(["r0"], thorough=True))
    assert any(each.startswith("doubled") for each in told)
    assert any(each.startswith("damaged") for each in told)
