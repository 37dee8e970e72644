"""Eight hours of news in simulated time through `counterclaim watch`: is memory flat, and is every article there once?

`python -m bench.soak [--hours H] [--sites N] [--interval S] [--seed N]`. Sites on this machine publish by a seed,
correct every third article, and in a tenth of their answers fail: busy, cut off, silent, a gzip bomb, a redirect to a
private address. The watch fetches over real sockets, keeps real captures and codes with the shipped coder; only its
clock is simulated.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench.soak_world import BEGIN, Clock, World
from counterclaim.casebook import Casebook
from counterclaim.casebook.verifying import verify
from counterclaim.pipeline import default_coder
from counterclaim.watching import Pauses, Settings, Told, Watcher
from counterclaim.watching.watcher import Coding

HOUR = 3600.0
SETTLED = 1.5 * HOUR
"""Seconds before the end of the stream by which an article must have been published to be looked for: three looks at
its feed, one of which may fail with its host."""
WARM = 0.25
"""Share of the stream after which memory is compared with: what is loaded when first needed is loaded."""


class _Timed(Clock):
    """Takes the process's memory every ten simulated minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[float, float]] = []

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if not self.taken or self.at - self.taken[-1][0] >= 600:
            self.taken.append((self.at, memory_mb()))


def memory_mb() -> float:
    """Megabytes of memory that this process has now (its most so far, where the system does not tell)."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 1e6 if sys.platform == "darwin" else most / 1e3


def soak(folder: Path, coder: Coding, *, hours: float, sites: int, interval: float, seed: int) -> dict[str, float]:
    """The stream through a watch in this folder, and what stands in the casebook then."""
    clock = _Timed()
    world = World(sites, interval, clock, seed)
    refused: set[str] = set()

    def tell(told: Told) -> None:
        if told.what in ("rejected", "left"):
            refused.add(told.url)

    started = time.perf_counter()
    end = BEGIN + hours * HOUR
    try:
        with (
            Casebook(folder / "my.db", clock=lambda: datetime.fromtimestamp(clock.now(), UTC)) as book,
            Watcher(
                folder / "captures",
                book,
                coder,
                world.fetcher(),
                settings=Settings(),
                clock=clock,
                pauses=Pauses(seed),
                tell=tell,
            ) as watcher,
        ):
            tally = watcher.run(world.feeds(), until=end)
            held = {entry.url: [one.text for one in book.revisions(entry.id)] for entry in book.reports()}
            reports = len(book.reports())
        seconds = time.perf_counter() - started
        lost = wrong = 0
        for site in range(sites):
            for article in world.published(site, end - SETTLED):
                url = world.url(article)
                texts = held.get(url)
                lost += texts is None and url not in refused
                wrong += texts is not None and (len(texts) != len(set(texts)) or len(texts) > 2)
    finally:
        world.close()
    warm = [used for at, used in clock.taken if at >= BEGIN + WARM * hours * HOUR]
    third = max(1, len(warm) // 3)
    return {
        "simulated_hours": hours,
        "seconds": seconds,
        "looks": float(tally.looks),
        "captures": float(tally.captures),
        "troubles_met": float(world.troubles),
        "reports": float(reports),
        "revisions": float(tally.revised),
        "articles_lost": float(lost),
        "reports_doubled": float(reports - len(held)),
        "revisions_wrong": float(wrong),
        "faults_found_by_verify": float(len(list(verify(folder / "my.db")))),
        "memory_mb": warm[-1],
        "memory_growth_mb": sum(warm[-third:]) / third - sum(warm[:third]) / third,
    }


def measure(hours: float = 8.0, sites: int = 12, interval: float = 600.0, seed: int = 1) -> dict[str, float]:
    """In a process of its own: what other adapters left in this one is not the watch's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_soaked, hours, sites, interval, seed).result()


def _soaked(hours: float, sites: int, interval: float, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return soak(Path(folder), default_coder(), hours=hours, sites=sites, interval=interval, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--interval", type=float, default=600.0, help="simulated seconds between a site's articles")
    parser.add_argument("--seed", type=int, default=1)
    for name, value in measure(**vars(parser.parse_args())).items():
        print(f"{name:28} {value:.4f}")


if __name__ == "__main__":
    main()
