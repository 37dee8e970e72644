"""Examples for the ranker of who did a harm, from gold claims; see `training.rankers`.

Read are gold/claims-train and the annotation of our own. The harms are those that the program finds and a gold claim
matches, so that a harm stands to its candidates as in use.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench import data
from bench.claims import scorer
from counterclaim.coding.attributions import read_attributions
from counterclaim.coding.claims.earlier import EarlierReader
from counterclaim.coding.claims.fields import amount_of
from counterclaim.coding.claims.finding import stated_harms
from counterclaim.coding.claims.perpetrators import PerpetratorReader
from counterclaim.coding.ranking import choose
from counterclaim.pipeline import default_coder
from counterclaim.records import Report
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.places import find_places
from counterclaim.resolving.times import find_times
from training.corpora import passage
from training.logit import Case, fitted

PENALTY = 4.0
"""Inverse variance of a weight; between 2 and 8 the folds differ little."""
IN_REPORT, UNREACHED = 1.5, 0.3
"""What an example in a report counts, before sharing (a sentence alone is 1), and one whose doer is no candidate."""
FOLDS = 4


@dataclass
class Told:
    """A harm: the parties and signs of its candidates, those that are right; the name each would give."""

    doc: str
    in_report: bool
    answer: str
    parties: list[str]
    options: list[list[str]]
    right: set[int]
    names: list[str]


def examples() -> list[Told]:
    """All of them; two minutes."""
    return [*in_reports("claims-train"), *_in_sentences()]


def in_reports(folder: str) -> Iterator[Told]:
    """Those of the reports of a gold folder."""
    path = data.root() / "gold" / folder
    for report in data.gold_reports(path):
        file = path / f"{report.id}.json"
        if file.exists():
            yield from _told(report, json.loads(file.read_text("utf-8"))["claims"], True)


def _in_sentences() -> Iterator[Told]:
    lines = (data.root() / "gold" / "claims-train" / "sentences.jsonl").read_text("utf-8").splitlines()
    for one in map(json.loads, lines):
        yield from _told(Report(id=one["doc"], text=one["text"]), one["claims"], False)
    lines = (Path(__file__).parent / "annotations" / "claims.jsonl").read_text("utf-8").splitlines()
    for one in map(json.loads, lines):
        text = passage(one["doc"], data.root() / "corpora")
        claims = [{**c, "perpetrator": text[slice(*c["perpetrator"] or (0, 0))]} for c in one["claims"]]
        yield from _told(Report(id=one["doc"], text=text), claims, False)


def _told(report: Report, claims: list[dict[str, Any]], in_report: bool) -> Iterator[Told]:
    module, coder = scorer(), default_coder()
    [analysis] = coder.analyser.analyse([report.text])
    published = date.fromisoformat(report.published) if report.published else None
    places = find_places(analysis, coder.gazetteer)
    actors = find_actors(analysis, places, coder.gazetteer, published, coder.actors)
    stated = stated_harms(analysis, actors, places)
    background = EarlierReader(analysis, find_times(analysis, published), published, stated).background
    attributions = read_attributions(analysis, actors).read
    chooser = PerpetratorReader(analysis, actors, attributions, stated, background).chooser
    made = []
    for one in stated:
        low, high = amount_of(one, analysis.text)[:2]
        start, end = analysis.tokens[one.first].start, analysis.tokens[one.last - 1].end
        made.append({"harm": one.harm, "start": start, "end": end, "min": low, "max": high})
    for first, number in module.match(claims, made, analysis.text):
        answer = claims[first]["perpetrator"] or ""
        mentions, options = chooser.options(number)
        agrees = [any(module.same_name(answer, name) for name in chooser.names(mention)) for mention in mentions]
        right = {i for i, agreed in enumerate(agrees) if answer and agreed}
        names = [chooser.name(mention) for mention in mentions]
        yield Told(report.id, in_report, answer, [mention.party for mention in mentions], options, right, names)


def table(found: Sequence[Told]) -> dict[str, float]:
    """The weights of the ranker."""
    told = Counter(one.doc for one in found)
    cases = []
    for one in found:
        # A report's many harms share their doers: as one by one they would drown the reports of few.
        weight = IN_REPORT * told[one.doc] ** -0.5 if one.in_report else 1.0
        if one.answer and not one.right:
            weight *= UNREACHED
        cases.append(Case(one.options, one.right or {len(one.options) - 1}, weight))
    return fitted(cases, PENALTY)


def tally(found: Iterable[Told], weights: dict[str, float], least: float) -> Counter[str]:
    """Harms whose doer the gold names; given, right party and right name of those; given in all."""
    same = scorer().same_name
    counts: Counter[str] = Counter()
    for one in found:
        counts["named"] += bool(one.answer)
        best = choose(weights, one.options, one.parties, least).option
        if best >= 0:
            counts["given"] += 1
            counts["party"] += best in one.right
            counts["name"] += bool(one.answer) and same(one.answer, one.names[best])
    return counts


def by_folds(found: Sequence[Told]) -> None:
    """Print what the weights of three folds of the documents do on the reports of the fourth."""
    sums: dict[float, Counter[str]] = {}
    for fold in range(FOLDS):
        held = {one.doc for one in found if one.in_report and zlib.crc32(one.doc.encode()) % FOLDS == fold}
        weights = table([one for one in found if one.doc not in held])
        for least in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
            counts = tally((one for one in found if one.doc in held), weights, least)
            sums.setdefault(least, Counter()).update(counts)
    for least, counts in sums.items():
        print(
            f"doers least {least}: right party {counts['party'] / counts['named']:.3f}, "
            f"right name {counts['name'] / counts['named']:.3f}, of those given right party "
            f"{counts['party'] / counts['given']:.3f}"
        )
