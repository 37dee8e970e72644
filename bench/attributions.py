"""Attribution spans against PolNeAR's dev part: exact and relaxed F1 of source, cue and content, whole documents."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import data
from counterclaim.coding.attributions import find_attributions
from counterclaim.language import Analyser, PatternAnalyser
from counterclaim.pipeline import default_analyser
from counterclaim.records import Span
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

ROLES = ("source", "cue", "content")


class Article(NamedTuple):
    """An article and its annotated spans by role; one annotator an article (the first by file name)."""

    name: str
    text: str
    gold: dict[str, set[Span]]


def articles(part: str = "dev") -> Iterator[Article]:
    """PolNeAR articles of one part, read from brat files."""
    folder = data.root() / "corpora" / "polnear" / part
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in chosen.items():
        text = (folder / "text" / f"{name}.txt").read_text("utf-8")
        yield Article(name, text, _gold(path.read_text("utf-8"), text))


def _gold(annotation: str, text: str) -> dict[str, set[Span]]:
    spans: dict[str, list[Span]] = {}
    gold: dict[str, set[Span]] = {role: set() for role in ROLES}
    for line in annotation.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            label, _, offsets = fields[1].partition(" ")
            if label in ("Source", "Cue", "Content"):
                pairs = [pair.split() for pair in offsets.split(";")]
                spans[fields[0]] = [(int(start), int(end)) for start, end in pairs]
        elif line.startswith("E") and len(fields) > 1:
            for part in fields[1].split():
                role, _, key = part.partition(":")
                role = re.sub(r"\d+$", "", role).lower()
                if role in gold:
                    gold[role].update(_trim(span, text) for span in spans.get(key, []))
    return gold


def _trim(span: Span, text: str) -> Span:
    start, end = span
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def predict(text: str, analyser: Analyser | None = None) -> dict[str, set[Span]]:
    """The spans by role that the coder finds in a text, with the shipped analyser where none is given."""
    analysis = (analyser or default_analyser()).analyse([text])[0]
    gazetteer = Gazetteer.open()
    actors = find_actors(analysis, find_places(analysis, gazetteer), gazetteer, None)
    found: dict[str, set[Span]] = {role: set() for role in ROLES}
    for attribution in find_attributions(analysis, actors):
        if attribution.source:
            found["source"].add(attribution.source)
        if attribution.cue:
            found["cue"].add(attribution.cue)
        found["content"].update(attribution.content)
    return found


def _touching(spans: set[Span], others: set[Span]) -> int:
    return sum(any(start < end_ and start_ < end for start_, end_ in others) for start, end in spans)


def _f1(right_found: int, found: int, right_gold: int, gold: int) -> tuple[float, float, float]:
    precision = right_found / found if found else 0.0
    recall = right_gold / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(part: str = "dev", analyser: Analyser | None = None) -> dict[str, float]:
    """Exact and relaxed (any overlap) precision, recall and F1 of each role, in percent, over all spans."""
    exact = {role: [0, 0, 0] for role in ROLES}
    relaxed = {role: [0, 0] for role in ROLES}
    for article in articles(part):
        found = predict(article.text, analyser)
        for role in ROLES:
            gold = article.gold[role]
            exact[role][0] += len(found[role] & gold)
            exact[role][1] += len(found[role])
            exact[role][2] += len(gold)
            relaxed[role][0] += _touching(found[role], gold)
            relaxed[role][1] += _touching(gold, found[role])
    figures: dict[str, float] = {}
    for role in ROLES:
        right, n_found, n_gold = exact[role]
        for kind, (p, r, f) in (
            ("exact", _f1(right, n_found, right, n_gold)),
            ("relaxed", _f1(relaxed[role][0], n_found, relaxed[role][1], n_gold)),
        ):
            figures |= {f"{role}_{kind}_precision": p, f"{role}_{kind}_recall": r, f"{role}_{kind}_f1": f}
    return {name: round(100 * value, 1) for name, value in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="dev", choices=("train", "dev"))
    parser.add_argument("--patterns", action="store_true", help="without the trained analyser")
    options = parser.parse_args()
    for name, value in measure(options.part, PatternAnalyser() if options.patterns else None).items():
        print(f"{name:28} {value:5.1f}")


if __name__ == "__main__":
    main()
