"""Is the confidence of places what it says? `python -m bench.place_confidence [--curve] [--fit]`.

LGL, all 588 documents. *given*: the annotators' names, by the chance that the choice among the bearers is right;
*found*: the names the product finds, by the confidence it gives; right is an annotated name there with its point within
161 km. *before*: the share of the belief and of the evidence as they were used before. *out_of_fold*: curves fitted on
the other documents, by two halves and by five folds; *as_shipped*: the curves in the product, fitted on all of LGL.
`--curve` prints the shipped curves by ten bins, `--fit` the curves fitted on all of it.
"""

from __future__ import annotations

import argparse
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.claim_weights import calibration, fitted
from bench.places import given, lgl, right
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places.choice import choose
from counterclaim.resolving.places.confidence import CHOICE, NAMED, Curve, confidence, log_odds
from counterclaim.resolving.places.finding import resolve

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """One name of a document: its share of the belief, its evidence, whether it is a place's, whether it is right."""

    document: int
    belief: float
    evidence: float
    named: bool
    right: bool


Both = tuple[list[Judged], list[Judged]]


def judged() -> Both:
    """Names given and names found, those left out that the annotators could not place."""
    gazetteer = Gazetteer.open()
    told, found = [], []
    for number, (analysis, golds) in enumerate(lgl()):
        named, mentions, around = given(analysis, golds, gazetteer)
        for gold, mention, choice in zip(named, mentions, choose(mentions, around), strict=True):
            if gold.lat is not None:
                hit = right(gold, choice.entry.lat, choice.entry.lon)
                told.append(Judged(number, choice.belief, mention.evidence, True, hit))
        by_start = {gold.start: gold for gold in golds}
        for mention, choice in resolve(analysis, gazetteer):
            there = by_start.get(mention.start)
            if there is None or there.lat is not None:
                hit = there is not None and right(there, choice.entry.lat, choice.entry.lon)
                found.append(Judged(number, choice.belief, mention.evidence, there is not None, hit))
    return told, found


def fit(both: Both) -> tuple[Curve, Curve]:
    """The two curves: the choice on the names given, the evidence on the names found."""
    told, found = both
    choice = _fit(CHOICE, [log_odds(one.belief) for one in told], [one.right for one in told])
    return choice, _fit(NAMED, [one.evidence for one in found], [one.named for one in found])


def _fit(like: Curve, signs: list[float], right: list[bool]) -> Curve:
    kept = np.clip(np.array(signs), like.least, like.most)
    bias, slope = fitted(np.column_stack([np.ones(len(kept)), kept]), np.array(right, float))
    return like._replace(bias=round(float(bias), 2), slope=round(float(slope), 2))


def held_out(both: Both, folds: int) -> tuple[Floats, Floats]:
    """The chance of each name given and each found, by curves fitted on the documents of the other folds."""
    told, found = (np.zeros(len(part)) for part in both)
    for fold in range(folds):
        rest = tuple([one for one in part if one.document % folds != fold] for part in both)
        choice, named = fit((rest[0], rest[1]))
        for number, one in enumerate(both[0]):
            if one.document % folds == fold:
                told[number] = choice.at(log_odds(one.belief))
        for number, one in enumerate(both[1]):
            if one.document % folds == fold:
                found[number] = choice.at(log_odds(one.belief)) * named.at(one.evidence)
    return told, found


def shipped(both: Both) -> tuple[Floats, Floats]:
    """The chances the product gives."""
    told = np.array([CHOICE.at(log_odds(one.belief)) for one in both[0]])
    return told, np.array([confidence(one.belief, one.evidence) for one in both[1]])


def measure() -> dict[str, float]:
    """Expected calibration errors."""
    both = judged()
    before = (
        np.array([one.belief for one in both[0]]),
        np.array([min(0.99, one.belief / (1 + np.exp(-one.evidence - 1))) for one in both[1]]),
    )
    chances = {
        "before": before,
        "out_of_fold_2": held_out(both, 2),
        "out_of_fold_5": held_out(both, 5),
        "as_shipped": shipped(both),
    }
    measures = {}
    for place, what in enumerate(("given", "found")):
        target = np.array([one.right for one in both[place]], float)
        measures[f"{what}.names"] = float(len(target))
        for name, pair in chances.items():
            measures[f"{what}.{name}"] = calibration(pair[place], target)[0]
    return measures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    if options.fit:
        print(*fit(judged()), sep="\n")
    elif options.curve:
        both = judged()
        for part, chances in zip(both, shipped(both), strict=True):
            print("said right names")
            for said, true, count in calibration(chances, np.array([one.right for one in part], float))[1]:
                print(f"{said:.2f} {true:.2f} {count}")
    else:
        for name, value in measure().items():
            print(f"{name:24} {value:.4f}")


if __name__ == "__main__":
    main()
