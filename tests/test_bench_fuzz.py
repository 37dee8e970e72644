"""A bounded share of the fuzzing in every run of the tests, and that it would find what it looks for."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from bench import fuzz
from counterclaim.records import Report


@pytest.mark.parametrize("first", range(0, 240, 60))
def test_harmed_files_and_odd_texts_crash_nothing_and_drop_nothing(first: int) -> None:
    for index in range(first, first + 60):
        seen = fuzz.done(replace(fuzz.drawn(fuzz.SEED, index), encoder=False))
        assert [told for told in seen.found if not told.startswith("hangs")] == [], index
        assert seen.reports + seen.rejects > 0


def test_a_number_is_the_same_input_every_time() -> None:
    assert [fuzz.drawn(5, index) for index in range(30)] == [fuzz.drawn(5, index) for index in range(30)]
    assert fuzz.drawn(5, 1) != fuzz.drawn(6, 1)


def test_crashes_hangs_drops_and_broken_contracts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    one = fuzz.Input("a.txt", data=b"Two were killed.", coded=True)

    def found(read: object) -> tuple[str, ...]:
        monkeypatch.setattr(fuzz, "read_inputs", read)
        return fuzz.done(one).found

    def failing(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def slow(*_: object, **__: object) -> list[Report]:
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass
        return [Report(text="Two were killed.", source="a")]

    assert found(lambda *_, **__: [Report(text="Two were killed.", source="a")]) == ()
    assert found(failing)[0].startswith("raises ZeroDivisionError")
    assert found(lambda *_, **__: [])[0].startswith("drops")
    assert found(lambda *_, **__: [Report(text=" ", source="a")])[0].startswith("accepts")
    monkeypatch.setattr(fuzz, "LIMIT", 0.01)
    assert found(slow)[0].startswith("hangs")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="its workers are forked")
def test_a_dead_and_a_silent_worker_are_found_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(one: fuzz.Input) -> fuzz.Seen:
        if one.name == "3":
            os._exit(9)
        if one.name == "5":
            time.sleep(60)
        return fuzz.Seen(0.0, 0.0, 1, 0, ())

    monkeypatch.setattr(fuzz, "warm", lambda: None)
    monkeypatch.setattr(fuzz, "drawn", lambda seed, index: fuzz.Input(str(index)))
    monkeypatch.setattr(fuzz, "done", deadly)
    monkeypatch.setattr(fuzz, "WATCH", 1.0)
    figures = fuzz.measure(inputs=8)
    assert (figures["reports"], figures["crashes"], figures["hangs"]) == (6, 1, 1)
