"""Fit `src/counterclaim/data/rankers.json`: `python -m training.rankers [-o FILE]` with COUNTERCLAIM_DATA set.

A conditional logit over candidates (`counterclaim.coding.ranking`): several may be right (the mentions of one place),
so the likelihood of an example is the sum of theirs. Each table's weight of a sign is a shared part plus one of
its own, both drawn to zero (Daume 2007, Frustratingly easy domain adaptation). Read are gold/claims-train,
gold/events-train, the annotation of our own and four fifths of event-location; the folds are over documents. The
rankers of who did a harm are fitted with them (`training.doers`).
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bench import data, event_places
from bench.claims import scorer
from counterclaim.coding.attributions import read_attributions
from counterclaim.coding.context import clause, is_background
from counterclaim.coding.ranking import choose
from counterclaim.coding.scene_choice import Act, SceneChooser
from counterclaim.coding.scenes import SceneReader
from counterclaim.language import Analysis
from counterclaim.pipeline import default_analyser
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places
from counterclaim.resolving.times import find_times
from training import doers
from training.logit import LEAST_MET, minimum

OUT = Path(__file__).parents[1] / "src" / "counterclaim" / "data" / "rankers.json"
PENALTY, OWN_PENALTY = 5.0, 10.0
"""Inverse variances of shared and own weights; chosen by folds over the documents of claims-train and events-train."""
WEIGHT = {"claims": 1.0, "events": 1.0, "verbs": 0.3, "sentences": 0.5, "treeless": 0.1}
"""What an example counts, by where it is from: sentences alone say nothing of what a report is about."""
TREE = ("path ", "under ", "by speech ")
"""How the signs that come from syntax trees begin."""
FOLDS = 4
PARTS = {
    "claims": ("claim",),
    "events": ("event",),
    "verbs": ("verb",),
    "sentences": ("claim", "sentence"),
    "treeless": (),
}
"""The own parts of the weights that examples of each source teach; `claim` and `event` ship."""


@dataclass
class Example:
    """The candidates' keys, the signs of each and of none, those that are right (none of them: empty)."""

    doc: str
    source: str
    keys: list[str]
    options: list[list[str]]
    right: set[int]
    answer: str
    texts: list[str] = field(default_factory=list)


def places_in_reports(folder: str, kind: str, names_agree: Any) -> Iterator[Example]:
    """The places of gold claims or events in whole documents."""
    analyser, gazetteer = default_analyser(), Gazetteer.open()
    ending = ".json" if kind == "claims" else ".events.json"
    path = data.root() / "gold" / folder
    for report in data.gold_reports(path):
        if not (path / f"{report.id}{ending}").exists():
            continue
        gold = json.loads((path / f"{report.id}{ending}").read_text("utf-8"))[kind]
        [analysis] = analyser.analyse([report.text])
        published = date.fromisoformat(report.published) if report.published else None
        times = find_times(analysis, published)
        places = find_places(analysis, gazetteer)
        actors = find_actors(analysis, places, gazetteer, published)
        sources = [one.source for one in read_attributions(analysis, actors).read if one.source is not None]
        acts = [
            _act(analysis, one, is_background(analysis, *_span(one), times=times, published=published)) for one in gold
        ]
        chooser = SceneChooser(analysis, SceneReader(analysis, places, actors, sources), acts)
        for one, act in zip(gold, acts, strict=True):
            yield _example(
                report.id,
                kind,
                chooser,
                act,
                one["place"],
                lambda scene, one=one: names_agree(one["place"], scene.text),
            )


def places_in_sentences() -> Iterator[Example]:
    """The places of the verbs of event-location, and of the claims annotated there by ourselves."""
    annotated = {}
    for line in (Path(__file__).parent / "annotations" / "claims.jsonl").read_text("utf-8").splitlines():
        read = json.loads(line)
        name, _, number = read["doc"].partition(":")
        if name == "event-location/train.jsonl":
            annotated[int(number) - 1] = read["claims"]
    kept = [one for one in event_places.sentences() if not one.is_held_out]
    for sentence, analysis, scenes in event_places.read(kept):
        act = event_places.verb_of(sentence, analysis)
        chooser = SceneChooser(analysis, scenes, [act])
        yield _example(
            str(sentence.line),
            "verbs",
            chooser,
            act,
            "".join(sentence.text[slice(*p)] for p in sentence.places),
            lambda scene, s=sentence: _marks(s.places, scene),
        )
        claims = annotated.get(sentence.line, [])
        acts = [_act(analysis, one, False) for one in claims]
        chooser = SceneChooser(analysis, scenes, acts)
        for one, act in zip(claims, acts, strict=True):
            marked = [one["place"]] if one["place"] else []
            yield _example(
                str(sentence.line),
                "sentences",
                chooser,
                act,
                "".join(sentence.text[slice(*p)] for p in marked),
                lambda scene, marked=marked: _marks(marked, scene),
            )


def _span(one: dict[str, Any]) -> tuple[int, int]:
    return (one["trigger_span"][0], one["trigger_span"][1]) if "trigger_span" in one else (one["start"], one["end"])


def _act(analysis: Analysis, one: dict[str, Any], background: bool) -> Act:
    size = max(one.get("min") or 0, one.get("max") or 0)
    return Act(*_span(one), clause(analysis, *_span(one)), background, one.get("harm") or one["type"], size)


def _marks(spans: Iterable[Sequence[int]], scene: Any) -> bool:
    return any(scene.start < end and start < scene.end for start, end in spans)


def _example(doc: str, source: str, chooser: SceneChooser, act: Act, answer: str, agrees: Any) -> Example:
    names, options = chooser.options(act)
    right = {i for i, name in enumerate(names) if answer and agrees(name.scene)}
    return Example(doc, source, [n.key for n in names], options, right, answer, [n.scene.text for n in names])


def treeless(examples: Iterable[Example]) -> Iterator[Example]:
    """The examples as an analyser without syntax trees sees them."""
    for one in examples:
        options = [[sign for sign in option if not sign.startswith(TREE)] for option in one.options[:-1]]
        options = [[*option, "path none"] if "own" in option else option for option in options]
        yield replace(one, source="treeless", options=[*options, one.options[-1]])


def fitted(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights of every part by sign, shared and own together."""
    met: Counter[str] = Counter()
    for one in examples:
        for option in one.options:
            met.update(_parted(option, one.source))
    index = {sign: number for number, sign in enumerate(sorted(s for s, n in met.items() if n >= LEAST_MET))}
    told = Counter(one.doc for one in examples if one.source != "treeless")
    rows: list[int] = []
    columns: list[int] = []
    starts, right, weight = [], [], []
    for one in examples:
        starts.append(len(right))
        # A report's many acts share their places: as one by one they would drown the reports of few.
        share = told[one.doc] ** -0.5 if one.source in ("claims", "events") else 1.0
        weight.append(WEIGHT[one.source] * share)
        answers = one.right or {len(one.options) - 1}
        for number, option in enumerate(one.options):
            met_here = [index[sign] for sign in _parted(option, one.source) if sign in index]
            rows += [len(right)] * len(met_here)
            columns += met_here
            right.append(number in answers)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(right), len(index)))
    penalty = np.array([OWN_PENALTY if "|" in sign else PENALTY for sign in sorted(index)])
    found = minimum(matrix, np.array(starts), np.array(right), np.array(weight), penalty)
    tables: dict[str, dict[str, float]] = {}
    for part in ("claim", "event", "verb"):
        table: Counter[str] = Counter()
        for sign, number in index.items():
            own, _, rest = sign.rpartition("|")
            if own in ("", part):
                table[rest] += found[number]
        tables[part] = {sign: round(float(w), 2) for sign, w in sorted(table.items()) if abs(w) >= 0.02}
    return tables


def _parted(option: Iterable[str], source: str) -> Iterator[str]:
    for sign in option:
        yield sign
        for part in PARTS[source]:
            yield f"{part}|{sign}"


def tally(examples: Iterable[Example], table: dict[str, float], least: float, names_agree: Any) -> Counter[str]:
    """Right, wrong, none where the gold names one; invented, silent where it names none."""
    counts: Counter[str] = Counter()
    for one in examples:
        chosen = choose(table, one.options, one.keys, least).option
        if not one.answer:
            counts["invented" if chosen >= 0 else "silent"] += 1
        elif chosen < 0:
            counts["none"] += 1
        else:
            agrees = chosen in one.right or names_agree(one.answer, one.texts[chosen])
            counts["right" if agrees else "wrong"] += 1
    return counts


def by_folds(examples: Sequence[Example], names_agree: Any) -> None:
    """Print what the weights of three folds of the documents do on the fourth."""
    found: dict[tuple[str, float], Counter[str]] = {}
    for fold in range(FOLDS):
        held = [
            one
            for one in examples
            if one.source in ("claims", "events") and zlib.crc32(one.doc.encode()) % FOLDS == fold
        ]
        left = {id(one) for one in held}
        learned = [one for one in examples if id(one) not in left]
        tables = fitted([*learned, *treeless(learned)])
        for source in ("claims", "events"):
            for least in (0.0, 0.25, 0.3, 0.35, 0.4, 0.5):
                table = tables[PARTS[source][0]]
                told = tally((one for one in held if one.source == source), table, least, names_agree)
                found.setdefault((source, least), Counter()).update(told)
    for (source, least), counts in found.items():
        named = counts["right"] + counts["wrong"] + counts["none"]
        given = counts["right"] + counts["wrong"] + counts["invented"]
        print(f"{source} least {least}: accuracy {counts['right'] / named:.3f} precision {counts['right'] / given:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=OUT)
    options = parser.parse_args()
    agree = scorer().same_name
    examples = [
        *places_in_reports("claims-train", "claims", agree),
        *places_in_reports("events-train", "events", agree),
        *places_in_sentences(),
    ]
    by_folds(examples, agree)
    tables = fitted([*examples, *treeless(examples)])
    told = doers.examples()
    doers.by_folds(told)
    shipped = {"claim_place": tables["claim"], "event_place": tables["event"], "doer": doers.table(told)}
    options.out.write_text(json.dumps(shipped, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
