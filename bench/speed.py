"""Speed and memory of the whole route, on one core: reports and tokens a second, cold start, peak memory.

Times depend on the machine, so each is given beside a fixed piece of work done in the same run: the standard library's
`re` finding the words of the same texts.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import time

from bench import data
from counterclaim.pipeline import Coder
from counterclaim.records import Report

ROUNDS = 3


def measure() -> dict[str, float]:
    """Medians over ROUNDS of coding the claims gold texts; cold start is a new process that codes one sentence."""
    folder = data.root() / "gold"
    reports = data.gold_reports(folder / "claims-dev") + data.gold_reports(folder / "claims-train")
    tokens = sum(len(re.findall(r"\w+|[^\w\s]", report.text)) for report in reports)
    coder = Coder()
    coder.code(Report(text="Two soldiers were killed in Goris on Tuesday, officials said."))
    seconds = [_timed(coder, reports) for _ in range(ROUNDS)]
    words = [_timed_words(reports) for _ in range(ROUNDS)]
    took = statistics.median(seconds)
    return {
        "reports": len(reports),
        "tokens": tokens,
        "reports_per_second": len(reports) / took,
        "tokens_per_second": tokens / took,
        "times_the_cost_of_a_word_regex": took / statistics.median(words),
        "cold_start_seconds": statistics.median(_cold_start() for _ in range(ROUNDS)),
        "peak_memory_mb": _peak_memory(),
    }


def _timed(coder: Coder, reports: list[Report]) -> float:
    start = time.perf_counter()
    for _ in coder.code_all(reports):
        pass
    return time.perf_counter() - start


def _timed_words(reports: list[Report]) -> float:
    start = time.perf_counter()
    for report in reports:
        re.findall(r"\w+", report.text)
    return time.perf_counter() - start


SNIPPET = """
import counterclaim as cc
cc.code("Two soldiers were killed near Goris on Tuesday, officials said.", published="2022-09-13")
"""


def _cold_start() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", SNIPPET], check=True)
    return time.perf_counter() - start


def _peak_memory() -> float:
    """MB resident at the most in a child process so far; the children are the cold starts above."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0)


def main() -> None:
    print(json.dumps(measure(), indent=1))


if __name__ == "__main__":
    main()
