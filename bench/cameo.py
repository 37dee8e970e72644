"""CAMEO class sentences: `python -m bench.cameo [FOLDER]`, five classes of one sentence, by the events coded in it.

Classes: 0 statement or appeal, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict. Half of the
sentences (by a hash of the text) is measured; nothing was fitted on either half. The class is that of the surest
event's CAMEO root; a sentence without events counts as a statement. Source and target: the share of marked spans that
an actor or recipient of ours touches, the first `S` and the first `T` span of each sentence.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path

from bench import data
from counterclaim.records import CodedReport, Report, Span

_LAST_ROOT = ((2, 0), (5, 1), (8, 2), (13, 3), (20, 4))
"""The last CAMEO root of each class."""


def class_of(root: int) -> int:
    """The class of a CAMEO root."""
    return next(kind for last, kind in _LAST_ROOT if root <= last)


def held_out(text: str) -> bool:
    """True for the half that is measured."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def sentences(folder: Path) -> list[tuple[str, int]]:
    """Sentences with their class."""
    lines = (folder / "class_train.tsv").read_text("utf-8").splitlines()
    pairs = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    return [(text.strip(), int(kind)) for text, kind in pairs if text.strip()]


def marked(folder: Path) -> list[tuple[str, dict[str, Span]]]:
    """Sentences with their first source (S) and target (T) span, as offsets into the words joined by spaces."""
    found = []
    for block in (folder / "who_to_whom_train.txt").read_text("utf-8").split("\n\n"):
        text, spans = "", {}
        for line in block.splitlines():
            word, _, tag = line.rpartition(" ")
            start = len(text) + bool(text)
            text = f"{text} {word}" if text else word
            part = tag[-1:]
            if tag.startswith("B") and part not in spans:
                spans[part] = (start, len(text))
            elif tag.startswith("I") and part in spans and start - spans[part][1] <= 1:
                spans[part] = (spans[part][0], len(text))
        if text:
            found.append((text, spans))
    return found


def touched(coding: CodedReport, role: str, span: Span) -> bool:
    """Whether a party in this role of any event is mentioned inside the span."""
    actors = {actor.id: actor for actor in coding.actors}
    parties = {party for event in coding.events for party in (event.actor if role == "S" else event.recipient)}
    return any(start < span[1] and span[0] < end for party in parties for start, end in actors[party].mentions)


def measure(folder: Path | None = None) -> dict[str, float]:
    """Macro F1 and accuracy of the class, and the share of sources and targets found."""
    folder = folder or data.root() / "corpora" / "cameo"
    gold = [pair for pair in sentences(folder) if held_out(pair[0])]
    coded = data.coded(Report(id=str(number), text=text) for number, (text, _) in enumerate(gold))
    pairs: Counter[tuple[int, int]] = Counter()
    for (_, kind), coding in zip(gold, coded, strict=True):
        surest = max(coding.events, key=lambda event: event.confidence, default=None)
        pairs[kind, class_of(int((surest.cameo or "01")[:2])) if surest else 0] += 1
    figures = {"sentences": float(len(gold)), "accuracy": sum(pairs[k, k] for k in range(5)) / max(1, len(gold))}
    for kind in range(5):
        given = sum(n for (_, ours), n in pairs.items() if ours == kind)
        wanted = sum(n for (theirs, _), n in pairs.items() if theirs == kind)
        figures[f"class_{kind}_f1"] = 2 * pairs[kind, kind] / max(1, given + wanted)
    figures["macro_f1"] = sum(figures[f"class_{kind}_f1"] for kind in range(5)) / 5
    spans = [pair for pair in marked(folder) if held_out(pair[0])]
    read = data.coded(Report(id=str(number), text=text) for number, (text, _) in enumerate(spans))
    for role, name in (("S", "source_found"), ("T", "target_found")):
        hits = [touched(c, role, found[role]) for (_, found), c in zip(spans, read, strict=True) if role in found]
        figures[name] = sum(hits) / max(1, len(hits))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="folder with class_train.tsv and who_to_whom_train.txt")
    for name, value in measure(parser.parse_args().folder).items():
        print(f"{name:20s} {value:.3f}")


if __name__ == "__main__":
    main()
