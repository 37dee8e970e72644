"""Every offset, id and link of every layer, on the texts of every corpus: `python -m bench.offsets [--all] [SET ...]`.

Codes a sample of each set (the whole with --all) with the whole pipeline and checks `counterclaim.checking.violations`.
Texts may be damaged first (--damage): the coder must stand what bad scans and broken feeds hand it. Exits 1 where a
violation is found.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import json
import random
import re
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from time import process_time

from bench import data
from bench.language import documents
from counterclaim.checking import violations
from counterclaim.pipeline import Coder
from counterclaim.reading import clean
from counterclaim.records import Report

SAMPLE = 25
"""Texts of each set that are coded unless all are."""

Texts = Iterator[tuple[str, str]]
_TAG = re.compile(r"<[^>]{0,500}>")


def _files(*patterns: str) -> Callable[[], Texts]:
    def read() -> Texts:
        for pattern in patterns:
            for path in sorted(data.root().glob(pattern)):
                yield path.name, path.read_text("utf-8", "replace")

    return read


def _marked_up(*patterns: str) -> Callable[[], Texts]:
    """Texts of XML files, their tags left out."""

    def read() -> Texts:
        for name, text in _files(*patterns)():
            yield name, html.unescape(_TAG.sub("", text))

    return read


def _tokens(pattern: str) -> Callable[[], Texts]:
    """Texts of XML files that hold a token an element."""

    def read() -> Texts:
        for name, text in _files(pattern)():
            yield name, html.unescape(" ".join(re.findall(r"<token[^>]*>([^<]*)</token>", text)))

    return read


def _universal(path: str) -> Callable[[], Texts]:
    def read() -> Texts:
        for number, (text, _, _) in enumerate(documents(data.root() / path)):
            yield str(number), text

    return read


def _lines(pattern: str, take: Callable[[dict[str, object]], object]) -> Callable[[], Texts]:
    def read() -> Texts:
        for path in sorted(data.root().glob(pattern)):
            with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
                for number, line in enumerate(TextIOWrapper(stream, "utf-8")):
                    found = take(json.loads(line))
                    yield (
                        f"{path.parent.name}/{number}",
                        "\n\n".join(map(str, found if isinstance(found, list) else [found])),
                    )

    return read


def _muc() -> Texts:
    for name, text in _files("corpora/muc4/dev/dev-muc3-*", "corpora/muc4/tst1/tst1-muc3")():
        for number, part in enumerate(re.split(r"(?m)^(?=(?:DEV|TST)\d?-MUC\d-\d{4})", text)):
            yield f"{name}/{number}", part


def _local_news() -> Texts:
    text = (data.root() / "corpora/geo/lgl.xml").read_text("utf-8")
    for number, part in enumerate(
        re.findall(r"<text><!\[CDATA\[(.*?)\]\]></text>|<text>(.*?)</text>", text, re.DOTALL)
    ):
        yield str(number), part[0] or html.unescape(part[1])


def _mentions() -> Texts:
    """Sentences around the event mentions of ECB+."""
    for path in sorted(data.root().glob("corpora/ecbplus/ecb/*/Event_gold_mentions.json")):
        for mention in json.loads(path.read_text("utf-8")):
            yield mention["doc_id"], " ".join(mention["mention_context"])


def _synthetic() -> Texts:
    with zipfile.ZipFile(data.root() / "corpora/ngec-synthetic/gpt_synthetic_events.csv.zip") as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv") and not name.startswith("__"))
        with archive.open(name) as stream:
            for number, row in enumerate(csv.DictReader(TextIOWrapper(stream, "utf-8"))):
                yield str(number), max((value or "" for value in row.values() if isinstance(value, str)), key=len)


SETS: dict[str, Callable[[], Texts]] = {
    "reference": _files("reference/*.txt"),
    "gold": _files("gold/*/*.txt"),
    "polnear": _files("corpora/polnear/*/text/*.txt"),
    "timeml": _marked_up("corpora/timeml/*/*.tml"),
    "muc4": _muc,
    "re3d": _lines("corpora/re3d/*/documents.json", lambda record: record["text"]),
    "ewt": _universal("corpora/ud-ewt/en_ewt-ud-dev.conllu"),
    "gum": _universal("corpora/gum-ccby/gum-train.conllu"),
    "lgl": _local_news,
    "meantime": _tokens("corpora/meantime/**/*.xml"),
    "ecbplus": _mentions,
    "airwars": _lines("corpora/airwars-2023/assessments.jsonl", lambda record: record["assessment"]),
    "gun-violence": _lines("corpora/gun-violence-archive/articles.jsonl.gz", lambda record: record["text"] or ""),
    "ngec": _synthetic,
}


def texts(name: str, limit: int | None) -> list[tuple[str, str]]:
    """Texts of one set, each once; at most `limit`, drawn with a fixed seed."""
    found = list({text: (where, text) for where, text in SETS[name]() if text.strip()}.values())
    return found if limit is None or len(found) <= limit else random.Random(name).sample(found, limit)


def damaged(text: str, seed: str) -> str:
    """The text with a tenth of its words and marks dropped, doubled or put elsewhere, and cut at both ends."""
    rng = random.Random(seed)
    pieces = re.findall(r"\w+|\s+|[^\w\s]", text)
    for _ in range(len(pieces) // 10):
        index, other = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        pieces[index] = rng.choice(["", pieces[index] * 2, pieces[other], "\n", " ", "."])
    text = "".join(pieces)
    return text[rng.randrange(80) : len(text) - rng.randrange(80)]


def check(names: list[str], limit: int | None = SAMPLE, *, damage: bool = False) -> tuple[dict[str, float], list[str]]:
    """Texts and characters coded, records checked and violations found; and the violations themselves."""
    coder = Coder()
    counts = dict.fromkeys(("texts", "characters", "records", "violations"), 0.0)
    faults: list[str] = []
    slowest = (0.0, "")
    for name in names:
        for where, raw in texts(name, limit):
            text = clean(damaged(raw, where) if damage else raw)
            began = process_time()
            report = Report(text=text, id=f"{name}/{where}", published="2022-09-13")
            counts["texts"] += 1
            counts["characters"] += len(text)
            try:
                coded = coder.code(report)
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                faults.append(f"{report.id}: {type(error).__name__}: {error} ({place.name}, line {place.lineno})")
                continue
            slowest = max(slowest, ((process_time() - began) / max(1000, len(text)), coded.id))
            for table in ("sentences", "actors", "places", "times", "attributions", "claims", "events"):
                counts["records"] += len(getattr(coded, table))
            faults += [f"{coded.id}: {fault}" for fault in violations(coded)]
    counts["violations"] = len(faults)
    counts["slowest_us_a_character"] = round(slowest[0] * 1e6, 1)
    return counts, faults


def measure() -> dict[str, float]:
    """Counts over a sample of every set; `violations` must be 0."""
    return check(list(SETS))[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; all of them unless named")
    parser.add_argument("--all", action="store_true", help=f"every text, not {SAMPLE} of each set")
    parser.add_argument("--damage", action="store_true", help="damage every text first, as bad scans and feeds do")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="violations printed")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(SETS):
        parser.error(f"no set {', '.join(sorted(unknown))}")
    counts, faults = check(options.sets or list(SETS), None if options.all else SAMPLE, damage=options.damage)
    for fault in faults[: options.show]:
        print(fault)
    for name, value in counts.items():
        print(f"{name}\t{value:g}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
