"""Refit what weighs the trained analyser against the rules over claims: `python -m bench.claim_weights [--write]`.

Run it whenever the model or the patterns change; it takes a minute. On gold/claims-dev (the analyser learned from
claims-train, so that what it hears there is too good) it fits, by logistic regression with an L2 penalty, the
confidence of the rules' claims and of those heard by the analyser alone, and chooses the few numbers for earlier
context and for the kind of victims. The calibration it measures is held out: ten-fold cross-validation over documents.
`--write` puts the numbers into `counterclaim/coding/claims/tuned.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench import data
from bench.claims import scorer
from counterclaim.coding.claims import tuned
from counterclaim.coding.claims.confidence import confidence, signs_of
from counterclaim.coding.claims.earlier import EarlierReader
from counterclaim.coding.claims.fields import amount_of
from counterclaim.coding.claims.finding import ruled_harms
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.heard import proposals
from counterclaim.coding.claims.victims import KindReader
from counterclaim.language import Analysis
from counterclaim.pipeline import default_coder
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.places import find_places
from counterclaim.resolving.times import find_times

FOLDS = 10
PENALTY = 2.0
"""Inverse of the variance of a weight, the constant aside."""
BINS = 10
LEAST = 0.34
"""What `tuned.LEAST` says: claims below it are left out."""
WANTED = 0.95
"""The precision for which confidence and recall are told."""
HEARD_EARLIER, BESIDE = (0.3, 0.5, 0.7, 1.0, 1.4), (0.0, 0.5, 1.0)
IF_OPEN, AGAINST, IF_SPREAD = (0.5, 0.65, 0.8, 0.95), (0.8, 0.9, 0.97), (0.4, 0.5, 0.6, 0.8)

Floats = NDArray[np.float64]
Answers = list[dict[str, Any]]


class Candidate(NamedTuple):
    """A claim that may be made, its document, and whether its harm and bounds are right."""

    doc: str
    stated: Stated
    right: bool


class Evidence(NamedTuple):
    """Candidates; rights and trials of each choice of numbers for earlier context and for kinds; gold claims."""

    candidates: list[Candidate]
    earlier: dict[tuple[float, float], int]
    kinds: dict[tuple[float, float, float], int]
    gold: list[int]


def gather(folder: Path) -> Evidence:
    """Every candidate claim of a gold folder, and how often each choice of numbers is right on those found."""
    module = scorer()
    gold = module.load_gold(str(folder))
    coder = default_coder()
    found = Evidence([], {}, {}, [])
    for report in data.gold_reports(folder):
        if report.id not in gold:
            continue
        [analysis] = coder.analyser.analyse([report.text])
        published = date.fromisoformat(report.published) if report.published else None
        places = find_places(analysis, coder.gazetteer)
        actors = find_actors(analysis, places, coder.gazetteer, published)
        ruled, groups, quantities = ruled_harms(analysis, actors, places)
        kept = [one for one in ruled if confidence(one) >= tuned.LEAST]
        answers = gold[report.id][1]
        found.gold.append(len(answers))
        alone = list(proposals(analysis, kept, groups, quantities))
        everything = [*ruled, *alone]
        pairs = _matched(module, answers, everything, analysis)
        for number, one in enumerate(everything):
            match = pairs.get(number)
            right = match is not None and module.numbers(match) == amount_of(one, report.text)[:2]
            found.candidates.append(Candidate(report.id, one, right))
        kept = sorted([*kept, *(one for one in alone if confidence(one) >= tuned.ALONE)], key=lambda one: one.first)
        pairs = _matched(module, answers, kept, analysis)
        times = find_times(analysis, published)
        for weights in product(HEARD_EARLIER, BESIDE):
            told = EarlierReader(analysis, times, published, kept, weights).background
            right = sum(told[number] == bool(match["background"]) for number, match in pairs.items())
            found.earlier[weights] = found.earlier.get(weights, 0) + right
        for hearing in product(IF_OPEN, AGAINST, IF_SPREAD):
            kinds = KindReader(analysis, actors, kept, hearing)
            right = sum(kinds.kind(number) == match["victim_kind"] for number, match in pairs.items())
            found.kinds[hearing] = found.kinds.get(hearing, 0) + right
    return found


def _matched(module: ModuleType, gold: Answers, stated: Sequence[Stated], analysis: Analysis) -> dict[int, Any]:
    """The gold claim that each statement matches, by the gold standard's own scorer."""
    made = []
    for one in stated:
        low, high = amount_of(one, analysis.text)[:2]
        start, end = analysis.tokens[one.first].start, analysis.tokens[one.last - 1].end
        made.append({"harm": one.harm, "start": start, "end": end, "min": low, "max": high})
    return {second: gold[first] for first, second in module.match(gold, made, analysis.text)}


def fitted(matrix: Floats, target: Floats) -> Floats:
    """Weights of a logistic regression by Newton's method; the first column is the constant, which is not punished."""
    punish = np.full(matrix.shape[1], PENALTY)
    punish[0] = 1e-3
    weights = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        hessian = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(punish)
        weights = weights + np.linalg.solve(hessian, matrix.T @ (target - chance) - punish * weights)
    return weights


def table_of(candidates: Sequence[Candidate]) -> tuple[list[str], Floats, Floats]:
    """Names of the signs, their values, and the answers."""
    names = list(signs_of(candidates[0].stated))
    matrix = np.array([[signs_of(one.stated)[name] for name in names] for one in candidates])
    return names, matrix, np.array([one.right for one in candidates], float)


def held_out(candidates: Sequence[Candidate]) -> tuple[Floats, Floats]:
    """The chance of each by weights fitted on other documents, and whether it is right."""
    _, matrix, right = table_of(candidates)
    place = {doc: number % FOLDS for number, doc in enumerate(dict.fromkeys(one.doc for one in candidates))}
    fold = np.array([place[one.doc] for one in candidates])
    chances = np.zeros(len(right))
    for number in range(FOLDS):
        test = fold == number
        if test.any():
            chances[test] = 1 / (1 + np.exp(-matrix[test] @ fitted(matrix[~test], right[~test])))
    return chances, right


def calibration(chances: Floats, right: Floats) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over ten bins of equal width; of each bin the stated, the true share, the count."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    rows = [
        (float(chances[bins == bin_].mean()), float(right[bins == bin_].mean()), int((bins == bin_).sum()))
        for bin_ in np.unique(bins)
    ]
    return sum(abs(stated - true) * count for stated, true, count in rows) / len(chances), rows


def precise(chances: Floats, right: Floats, gold: int) -> tuple[float, float, float]:
    """The lowest confidence from which the wanted share of claims is right; that share; the share of gold found."""
    for least in sorted(set(np.floor(chances * 100) / 100)):
        kept = chances >= least
        if right[kept].mean() >= WANTED:
            return float(least), float(right[kept].mean()), float(right[kept].sum() / gold)
    return 1.0, 1.0, 0.0


def _halves(found: Evidence) -> tuple[list[Candidate], list[Candidate]]:
    alone = [one for one in found.candidates if one.stated.signs is not None]
    return [one for one in found.candidates if one.stated.signs is None], alone


def calibrated(found: Evidence) -> tuple[Floats, Floats]:
    """Held-out chances of the claims that would be kept, and whether each is right."""
    parts = [held_out(half) for half in _halves(found)]
    chances, right = (np.concatenate(part) for part in zip(*parts, strict=True))
    return chances[chances >= LEAST], right[chances >= LEAST]


def measure() -> dict[str, float]:
    """Calibration held out, by bin, and what a user who asks for 95 % precision is left with."""
    found = gather(data.root() / "gold" / "claims-dev")
    chances, right = calibrated(found)
    error, rows = calibration(chances, right)
    least, precision, recall = precise(chances, right, sum(found.gold))
    figures = {f"stated {stated:.2f} ({count} claims)": true for stated, true, count in rows}
    precision_, recall_ = float(right.mean()), float(right.sum() / sum(found.gold))
    return figures | {
        "all.count.f1, weights of other documents": 2 * precision_ * recall_ / (precision_ + recall_),
        "calibration error": error,
        "at 95 %: least confidence": least,
        "at 95 %: precision": precision,
        "at 95 %: recall": recall,
    }


def written(found: Evidence) -> str:
    """The module `tuned` with the numbers fitted on everything found."""
    tables = []
    for half in _halves(found):
        names, matrix, right = table_of(half)
        weights = fitted(matrix, right)
        pairs = "".join(f'    "{name}": {weight:.2f},\n' for name, weight in zip(names, weights, strict=True))
        tables.append(f"{{\n{pairs}}}")
    earlier = max(found.earlier, key=lambda choice: found.earlier[choice])
    kinds = max(found.kinds, key=lambda choice: found.kinds[choice])
    return TEMPLATE.format(
        earlier=earlier, kinds=kinds, both=tables[0], proposed=tables[1], least=LEAST, alone=tuned.ALONE
    )


TEMPLATE = '''\
"""Numbers fitted on gold/claims-dev, which the trained analyser never saw; written by `bench.claim_weights`."""

from __future__ import annotations

from typing import Final

EARLIER: Final = {earlier}
"""Earlier context: weights of what the analyser hears and of the paragraph's other claims, beside the words' signs."""

KIND: Final = {kinds}
"""Probability from which the analyser's kind of victims is heard: where the words leave it open, against the words,
and "unknown" against the kind of the report's other victims."""

SOURCE: Final = 0.9
"""Probability from which the analyser is heard that somebody else than the author tells, where the rules see nobody."""

BOTH: Final[dict[str, float]] = {both}
PROPOSED: Final[dict[str, float]] = {proposed}
"""Log-odds that a claim is right in harm and bounds: of the rules, and of the analyser alone."""

LEAST: Final = {least}
"""Claims less likely right than this are left out; below about half of the F1 keeping them costs F1 (Lipton, Elkan and
Naryanaswamy 2014, "Optimal thresholding of classifiers"), so a little lower is for recall. Set by hand."""

ALONE: Final = {alone}
"""The same for what the analyser alone hears, whose fields are less sure."""
'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the numbers into the package")
    options = parser.parse_args()
    found = gather(data.root() / "gold" / "claims-dev")
    chances, right = calibrated(found)
    error, rows = calibration(chances, right)
    for stated, true, count in rows:
        print(f"stated {stated:.2f}  true {true:.2f}  {count}")
    print(f"calibration error {error:.3f}")
    print("at 95 %: least confidence {:.2f}, precision {:.3f}, recall {:.3f}".format(
        *precise(chances, right, sum(found.gold))))  # fmt: skip
    print(written(found))
    if options.write:
        path = Path(str(files("counterclaim").joinpath("coding/claims/tuned.py")))
        path.write_text(written(found), "utf-8")


if __name__ == "__main__":
    main()
