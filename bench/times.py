"""Times against TimeBank and AQUAINT: spans, types and values as TempEval-3 counts them, on a held-out half.

A document is held out where the SHA-256 of its file name is odd; rules were written with the other half in sight.
Expressions of the TEXT part are compared, creation times given as publication dates. A relaxed match overlaps a gold
span; type and value F1 multiply relaxed F1 by the share of matches with the same type or value (UzZaman et al. 2013).
"""

from __future__ import annotations

import argparse
import hashlib
import html
import re
import time
from collections.abc import Iterator
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


def is_held_out(name: str) -> bool:
    """The fixed split, by file name."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


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


def documents(held_out: bool) -> Iterator[Document]:
    """The documents of one half, in order of name."""
    for path in sorted((data.root() / "corpora" / "timeml").rglob("*.tml")):
        if is_held_out(path.name) == held_out:
            yield read(path)


def measure(held_out: bool = True, show: bool = False) -> dict[str, float]:
    """Span, type and value F1, and seconds a document (analysis left out)."""
    gold = system = relaxed = strict = types = values = count = 0
    seconds = 0.0
    analyser = PatternAnalyser()
    for document in documents(held_out):
        analysis = analyser.analyse([document.text])[0]
        began = time.perf_counter()
        found = find_times(analysis, document.created)
        seconds += time.perf_counter() - began
        count += 1
        gold += len(document.times)
        system += len(found)
        free = list(found)
        for each in document.times:
            match = next((one for one in free if one.start < each.end and each.start < one.end), None)
            around = document.text[max(0, each.start - 40) : each.end + 30].replace("\n", " ")
            if match is None:
                if show:
                    print("MISS", each.type, each.value, repr(document.text[each.start : each.end]), "|", around)
                continue
            free.remove(match)
            relaxed += 1
            strict += (match.start, match.end) == (each.start, each.end)
            types += match.type == each.type
            values += match.value == each.value
            if show and match.value != each.value:
                print("VALUE", document.created, each.value, "not", match.value, repr(match.text), "|", around)
        if show:
            for one in free:
                around = document.text[max(0, one.start - 40) : one.end + 30].replace("\n", " ")
                print("EXTRA", one.type, one.value, repr(one.text), "|", around)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the errors of the half the rules were written on")
    options = parser.parse_args()
    if options.errors:
        measure(held_out=False, show=True)
    for name, half in (("held out", True), ("seen", False)):
        print(name, {key: round(value, 5) for key, value in measure(held_out=half).items()})


if __name__ == "__main__":
    main()
