"""Learns the words of triage: `python -m training.triage` writes `data/triage.json`.

Sentences with an annotated claim or event (claims-train, events-train, event-location), the first two of each article
on a shooting, and the likeliest, by a first fit, of each MUC-4 message with a template, against all sentences of quiet
texts: those of general corpora in which the coder finds no claim and no event of force. Train parts only. The scores
that keep a recall are those of texts whose fold the weights did not see, of the corpus where they are lowest.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench import data, triage_texts
from counterclaim.pipeline import Coder
from counterclaim.records import Report
from counterclaim.triage import FILE, sentences, words

OUT: Final = Path(__file__).parent.parent / "src/counterclaim/data" / FILE
RIDGE: Final = 2.0
SEEN: Final = 4
"""Sentences in which a word must stand to be learnt."""
SMALL: Final = 0.05
"""Weights below this are left out: they move no decision and fill the file."""
FOLDS: Final = 4
QUIET: Final = 120
"""Texts a general corpus, at most: coding them all would take an hour."""
LOCATED: Final = 3000
"""Sentences of event-location, at most: they are all news of violence, and many."""
RECALLS: Final = (0.9, 0.95, 0.98, 0.99, 0.995, 0.999)

Sample = tuple[str, str]
"""The text it comes from, and a sentence."""


def telling() -> list[Sample]:
    """Sentences that tell of a claim or an event."""
    folder = data.root() / "gold"
    found = triage_texts.positives("train")
    told = _annotated(folder / "claims-train", ".json", "claims", found["claims-train"])
    told += _annotated(folder / "events-train", ".events.json", "events", found["events-train"])
    located = found["event-location"]
    told += [(report.id, report.text) for report in random.Random(1).sample(located, LOCATED)]
    told += [(report.id, each) for report in found["gun-violence"] for each in _sentences(report)[:2]]
    return told


def fitted(told: Sequence[Sample], texts: Sequence[Report], silent: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Bias and weights; of `texts` it is only known that some sentence tells: the likeliest is taken for it."""
    _, first = logistic(told, silent)
    likeliest = [
        (report.id, max(_sentences(report), key=lambda each: sum(first.get(word, 0.0) for word in words(each))))
        for report in texts
    ]
    return logistic([*told, *likeliest], silent)


def quiet() -> list[Sample]:
    """Sentences of quiet texts."""
    coder, found = Coder(), list[Sample]()
    for reports in triage_texts.candidates("train").values():
        some = random.Random(1).sample(reports, min(QUIET, len(reports)))
        found += [(report.id, each) for report in triage_texts.quiet(coder, some) for each in _sentences(report)]
    return found


def logistic(told: Sequence[Sample], silent: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression over the words' presence, with a ridge."""
    rows = [words(sentence) for _, sentence in chain(told, silent)]
    counts = Counter(word for row in rows for word in row)
    column = {word: n for n, word in enumerate(sorted(word for word, count in counts.items() if count >= SEEN))}
    places = [[column[word] for word in sorted(row) if word in column] for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    held = csr_matrix((np.ones(ends[-1]), np.array(list(chain(*places))), ends), shape=(len(rows), len(column)))
    match = np.array([1.0] * len(told) + [0.0] * len(silent))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = held @ weights[:-1] + weights[-1]
        residual = 1 / (1 + np.exp(-odds)) - match
        value = np.logaddexp(0, odds).sum() - (odds * match).sum() + RIDGE * (weights[:-1] ** 2).sum() / 2
        return float(value), np.append(held.T @ residual + RIDGE * weights[:-1], residual.sum())

    found = minimize(loss, np.zeros(len(column) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = {word: round(float(found[n]), 2) for word, n in column.items() if abs(found[n]) >= SMALL}
    return round(float(found[-1]), 2), weights


def lowest(told: Sequence[Sample], texts: Sequence[Report], silent: Sequence[Sample]) -> dict[str, float]:
    """Recall to the score that keeps it in every corpus, by weights that saw nothing of the text."""
    corpora = triage_texts.positives("train")
    del corpora["event-location"]  # lone sentences: a text has more to tell it by
    scores: dict[str, list[float]] = {name: [] for name in corpora}
    for fold in range(FOLDS):
        seen, silent_seen = ([one for one in some if _fold(one[0]) != fold] for some in (told, silent))
        bias, weights = fitted(seen, [text for text in texts if _fold(text.id) != fold], silent_seen)
        for name, reports in corpora.items():
            scores[name] += [
                max(bias + sum(weights.get(word, 0.0) for word in words(each)) for each in _sentences(report))
                for report in reports
                if _fold(report.id) == fold
            ]
    return {
        str(recall): round(min(float(np.quantile(some, 1 - recall, method="lower")) for some in scores.values()), 2)
        for recall in RECALLS
    }


def _annotated(folder: Path, ending: str, layer: str, reports: Sequence[Report]) -> list[Sample]:
    found = []
    for report in reports:
        marked = json.loads((folder / f"{report.id}{ending}").read_text("utf-8"))[layer]
        at = 0
        for each in _sentences(report):
            at = report.text.index(each, at)
            if any(one["start"] < at + len(each) and at < one["end"] for one in marked):
                found.append((report.id, each))
    return found


def _sentences(report: Report) -> list[str]:
    return [each for each in sentences(report.title, report.text) if each.strip()]


def _fold(name: str) -> int:
    return crc32(name.encode()) % FOLDS


def main() -> None:
    told, silent = telling(), quiet()
    corpora = triage_texts.positives("train")
    texts = corpora["muc4"]
    bias, weights = fitted(told, texts, silent)
    table = {"bias": bias, "recalls": lowest(told, texts, silent), "words": weights}
    OUT.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(len(told), "telling", len(silent), "silent", len(weights), "words", table["recalls"])


if __name__ == "__main__":
    main()
