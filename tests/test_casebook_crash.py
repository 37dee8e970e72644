"""A process killed at any moment: what was acknowledged is there once and whole, and nothing is half-written."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import struct
import time
from pathlib import Path

import pytest

from counterclaim.casebook import Casebook, Outcome
from counterclaim.records import Actor, CodedReport
from tests.casebook_reports import TEXT, claim, coded_report, event

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")

KILLS = 100
CLAIMS, ACTORS = 8, 12
_ACK = struct.Struct("i")

# What a whole report leaves, layer by layer; the coding's own JSON says the same.
_LAYERS = {"actors": ACTORS, "places": 1, "times": 1, "attributions": 1, "claims": CLAIMS, "events": 1, "warnings": 1}


def _report(number: int) -> CodedReport:
    text = f"{TEXT} This is report {number}."
    return coded_report(
        f"r{number}",
        text,
        actors=tuple(Actor(id=f"a{n}", name=f"Actor {n}", kind="other") for n in range(1, ACTORS + 1)),
        claims=tuple(claim(text, f"c{n}") for n in range(1, CLAIMS + 1)),
        events=(event(claims=tuple(f"c{n}" for n in range(1, CLAIMS + 1))),),
    )


def _add_until_killed(path: Path, first: int, acknowledge: int) -> None:
    """In the child: add reports, a few already held, then new ones without end, and say each that is committed."""

    def say(outcome: Outcome) -> None:
        # A pipe outlives its writer: what was written before the kill is read after it.
        os.write(acknowledge, _ACK.pack(int(outcome.report.removeprefix("r"))))

    with Casebook(path) as casebook:
        casebook.add((_report(n) for n in range(max(0, first - 5), first + 100_000)), batch=3, on_commit=say)


def _kill_one(path: Path, first: int, chance: random.Random) -> list[int]:
    """Start a writer, kill it at a random moment, and give the reports it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _add_until_killed(path, first, writing)
        finally:
            os._exit(1)
    os.close(writing)
    try:
        if chance.random() < 0.75:
            # Into the middle of the batches; the other quarter dies while opening, or making, the file.
            select.select([reading], [], [], 30)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer ended by itself"
        assert os.WTERMSIG(status) == signal.SIGKILL
        said = bytearray()
        while part := os.read(reading, 65536):
            said += part
    finally:
        os.close(reading)
    return [number for (number,) in _ACK.iter_unpack(said)]


def _check(path: Path, acknowledged: set[int], *, thorough: bool) -> None:
    connection = sqlite3.connect(path)
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            assert not acknowledged
            return
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if thorough:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            # Raises where the search index and the texts are at odds.
            connection.execute("INSERT INTO report_search (report_search, rank) VALUES ('integrity-check', 1)")
        ids = [id for (id,) in connection.execute("SELECT id FROM reports")]
        assert len(ids) == len(set(ids))
        assert {f"r{n}" for n in acknowledged} <= set(ids)
        for table in ("revisions", "codings"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(ids),), table
        for layer, expected in {**_LAYERS, "event_actors": 2, "event_claims": CLAIMS}.items():
            counts = connection.execute(f"SELECT count(*) FROM {layer} GROUP BY coding").fetchall()
            assert counts == [(expected,)] * len(ids), layer
        (stored,) = connection.execute("SELECT json FROM codings ORDER BY pk DESC LIMIT 1").fetchone() or ("{}",)
        assert not ids or {layer: len(json.loads(stored)[layer]) for layer in _LAYERS} == _LAYERS
    finally:
        connection.close()


def test_a_hundred_kills_mid_batch_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(2)
    path, acknowledged, round_ = tmp_path / "0.db", set[int](), 0
    held = 0
    for kill in range(KILLS):
        if kill % 20 == 0:
            # A new file now and then, so that its making is killed too, and the checks stay quick.
            path, acknowledged, round_ = tmp_path / f"{kill}.db", set(), 0
        acknowledged |= set(_kill_one(path, len(acknowledged), chance))
        round_ += 1
        _check(path, acknowledged, thorough=round_ % 5 == 0)
        held += len(acknowledged)
    assert held > KILLS, "the writers were killed before they did anything: the test shows nothing"
    # What was asked for is all there once in the end, after one undisturbed run over the whole.
    with Casebook(path) as casebook:
        casebook.add(_report(n) for n in range(max(acknowledged) + 5))
    _check(path, acknowledged | set(range(max(acknowledged) + 5)), thorough=True)
