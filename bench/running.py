"""Runs on one and on two workers, paired; and whether the bytes are the same, on Ray and after a killed worker too.

`python -m bench.running [--reports N] [--rounds N]`. A pair is one worker and two workers right after each other, in
turns of order; efficiency is the median over pairs of time on one over twice the time on two, the start of workers
included. Whatever else the machine does counts against it; processor time, which it hardly does, is given beside.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench import data
from counterclaim.records import Report
from counterclaim.running import Config, Cut, Done, Summary, executor_named, run

ROUNDS = 3
AT = Cut(inputs=5)
"""Small shards, for the sample is small: some forty of them, as a large run has many a worker."""


class Ran(NamedTuple):
    """One run: seconds on the clock and of processors, the digest of its manifest, its summary."""

    seconds: float
    processor: float
    digest: str
    summary: Summary


def measure(reports: int | None = None, rounds: int = ROUNDS) -> dict[str, float]:
    gold = data.root() / "gold"
    items = (data.gold_reports(gold / "claims-dev") + data.gold_reports(gold / "claims-train"))[:reports]
    pairs = []
    for number in range(rounds):
        ran = {workers: _ran(items, workers) for workers in ((1, 2) if number % 2 else (2, 1))}
        pairs.append((ran[1], ran[2]))
    digest = pairs[0][0].digest
    killed = _ran(items, 2, kill=True)
    parts = pairs[0][0].summary.manifest.parts
    figures = {
        "reports": float(len(items)),
        "shards": float(len(parts)),
        "reports_per_second_one_worker": len(items) / statistics.median(one.seconds for one, _ in pairs),
        "reports_per_second_two_workers": len(items) / statistics.median(two.seconds for _, two in pairs),
        "efficiency_one_to_two": statistics.median(one.seconds / two.seconds / 2 for one, two in pairs),
        "processor_time_one_over_two": statistics.median(one.processor / two.processor for one, two in pairs),
        "parquet_bytes_a_report": sum(part.bytes for part in parts) / len(items),
        "peak_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        / (1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0),
        "runs_that_differ": float(sum(ran.digest != digest for pair in pairs for ran in pair)),
        "workers_killed": float(killed.summary.deaths),
        "differs_after_a_kill": float(killed.digest != digest),
    }
    if importlib.util.find_spec("ray"):
        figures["differs_on_ray"] = float(_ran(items, 2, executor="ray").digest != digest)
    return figures


def _ran(items: list[Report], workers: int, *, executor: str = "local", kill: bool = False) -> Ran:
    config = Config.of()
    killed = False

    def one_down(done: Done) -> None:
        nonlocal killed
        if kill and not killed:
            multiprocessing.active_children()[0].kill()
            killed = True

    with tempfile.TemporaryDirectory() as folder:
        start, before = time.perf_counter(), _processor()
        summary = run(items, Path(folder), executor_named(executor, config, workers), config, at=AT, on_part=one_down)
        seconds, processor = time.perf_counter() - start, _processor() - before
        # The manifest holds the digest of every part.
        digest = hashlib.sha256((Path(folder) / "manifest.json").read_bytes()).hexdigest()
    return Ran(seconds, processor, digest, summary)


def _processor() -> float:
    """Seconds of processors that ended children took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    for name, value in measure(given.reports, given.rounds).items():
        print(f"{name:40} {value:.4f}")


if __name__ == "__main__":
    main()
