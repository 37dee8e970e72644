"""Texts for triage: those that hold a claim or an event by their corpus, and quiet ones that tell of none."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from bench import data, muc4_texts
from bench.muc4_score import read_key
from counterclaim.pipeline import Coder
from counterclaim.reading import Reject
from counterclaim.records import CodedReport, Report

FORCE: Final = frozenset(("ASSAULT", "COERCE", "PROTEST", "THREATEN", "MOBILIZE"))
"""PLOVER types whose events make a text one of conflict; a visit or a statement is told in any newspaper."""
PARTS: Final = ("train", "dev")
_WIKIGOLD: Final = "ner/wikigold/CONLL-format/data/wikigold.conll.txt"


def drawn(name: str) -> str:
    """The part of a text whose corpus has none: half and half, by a stable draw."""
    return PARTS[zlib.crc32(name.encode()) % 2]


def positives(part: str) -> dict[str, list[Report]]:
    """Texts with a claim or an event, by corpus: as annotated, or, for news of shootings, by what was collected."""
    gold = data.root() / "gold"
    found = {
        f"claims-{part}": _annotated(gold / f"claims-{part}", ".json", "claims"),
        f"events-{part}": _annotated(gold / f"events-{part}", ".events.json", "events"),
        "gun-violence": [Report(text=text, id=name) for name, text in _shootings() if drawn(name) == part],
    }
    if part == "dev":
        found["incidents-dev"] = [Report(text=row["text"], id=row["id"]) for row in _rows(gold / "incidents-dev")]
        found["muc4"] = [report for tst in ("tst1", "tst2") for report in _messages(tst)]
    else:
        found["muc4"] = list(_messages("dev"))
        found["event-location"] = list(_sentences())
    return found


def candidates(part: str) -> dict[str, list[Report]]:
    """Texts of corpora that were not collected for conflict, by corpus; some tell of it all the same (see `quiet`)."""
    folder = data.root() / "corpora"
    lgl = [
        (f"lgl-{n}", article.findtext("text") or "") for n, article in enumerate(_lgl()) if drawn(f"lgl-{n}") == part
    ]
    treebanks = {name: _conllu(folder / name / f"{stem}-{part}.conllu") for name, stem in _TREEBANKS.items()}
    wiki = [(name, text) for name, text in _wikigold(folder / _WIKIGOLD) if drawn(name) == part]
    news = [(path.stem, path.read_text("utf-8")) for path in sorted((folder / "polnear" / part / "text").glob("*.txt"))]
    found = {"polnear": news, "lgl": lgl, "wikigold": wiki, **{name: list(texts) for name, texts in treebanks.items()}}
    return {name: [Report(text=text, id=key) for key, text in texts if text.strip()] for name, texts in found.items()}


def quiet(coder: Coder, reports: list[Report]) -> list[Report]:
    """Those in which the coder finds no claim and no event of force: what a careful reader would pass by."""
    return [report for report, coded in zip(reports, coder.code_all(reports), strict=True) if _is_quiet(coded)]


def _is_quiet(coded: CodedReport | Reject) -> bool:
    if isinstance(coded, Reject):
        return False
    return not coded.claims and FORCE.isdisjoint(event.plover.type for event in coded.events)


_TREEBANKS: Final = {"ud-ewt": "en_ewt-ud", "gum-ccby": "gum"}


def _annotated(folder: Path, ending: str, layer: str) -> list[Report]:
    return [
        report
        for report in data.gold_reports(folder)
        if json.loads((folder / f"{report.id}{ending}").read_text("utf-8"))[layer]
    ]


def _messages(part: str) -> Iterator[Report]:
    """MUC-4 messages with a template."""
    folder = data.root() / "corpora" / "muc4" / part
    keys, _ = read_key(folder)
    return (report for report in muc4_texts.reports(folder) if keys.get(report.id))


def _shootings() -> Iterator[tuple[str, str]]:
    """One in ten articles of the Gun Violence Archive; shorter ones are mostly what a site's frame left of them."""
    with gzip.open(data.root() / "corpora/gun-violence-archive/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if zlib.crc32(row["id"].encode()) // 2 % 10 == 0 and len(row["text"]) > 500:
                yield row["id"], f"{row['title']}\n\n{row['text']}"


def _sentences() -> Iterator[Report]:
    with (data.root() / "corpora/event-location/train.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield Report(text=json.loads(line)["text"], id=f"event-location-{number}")


def _rows(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]


def _lgl() -> Iterator[ElementTree.Element]:
    return ElementTree.parse(data.root() / "corpora/geo/lgl.xml").getroot().iter("article")


def _wikigold(path: Path) -> Iterator[tuple[str, str]]:
    """Wikigold's sentences, ten to a text: it does not say where its articles end."""
    blocks = [block for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    sentences = [" ".join(line.split()[0] for line in block.split("\n") if line.strip()) for block in blocks]
    for first in range(0, len(sentences), 10):
        yield f"wikigold-{first}", "\n".join(sentences[first : first + 10])


def _conllu(path: Path) -> Iterator[tuple[str, str]]:
    """Documents of a treebank, from the sentences' own `# text`."""
    name, held = "", list[str]()
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if held:
                yield name, " ".join(held)
            name, held = line.split("=", 1)[1].strip(), []
        elif line.startswith("# text ="):
            held.append(line.split("=", 1)[1].strip())
    if held:
        yield name, " ".join(held)
