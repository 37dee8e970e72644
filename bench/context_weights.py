"""Fit the weights of `counterclaim.coding.context` on the training claims: `python -m bench.context_weights`.

Logistic regression with a unit L2 penalty over the signs at each gold claim of gold/claims-train (documents and
sentences); prints the weights rounded as they stand in the module, and the accuracy on gold/claims-dev.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from bench import data
from counterclaim.coding.context import signs
from counterclaim.language import PatternAnalyser
from counterclaim.records import Report
from counterclaim.resolving.times import find_times

PENALTY = 1.0
"""Inverse of the variance of a weight; chosen among 10, 3 and 1 by ten-fold cross-validation over documents."""


def _examples(folder: Path) -> Iterator[tuple[Report, list[dict[str, object]]]]:
    for report in data.gold_reports(folder):
        yield report, json.loads((folder / f"{report.id}.json").read_text("utf-8"))["claims"]
    if (folder / "sentences.jsonl").exists():
        for line in (folder / "sentences.jsonl").read_text("utf-8").splitlines():
            read = json.loads(line)
            yield Report(id=read["doc"], text=read["text"]), read["claims"]


def _rows(folder: Path) -> tuple[list[list[str]], list[bool]]:
    analyser = PatternAnalyser()
    rows: list[list[str]] = []
    answers: list[bool] = []
    for report, claims in _examples(folder):
        [analysis] = analyser.analyse([report.text])
        published = date.fromisoformat(report.published) if report.published else None
        times = find_times(analysis, published)
        for claim in claims:
            start = claim.get("start")
            if not isinstance(start, int):
                start = report.text.find(str(claim["evidence"]))
            end = start + len(str(claim["evidence"]))
            rows.append(signs(analysis, start, end, times=times, published=published))
            answers.append(bool(claim["background"]))
    return rows, answers


def fit(rows: list[list[str]], answers: list[bool]) -> dict[str, float]:
    """Weights by Newton's method (iteratively reweighted least squares)."""
    names = sorted({sign for row in rows for sign in row})
    index = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for sign in row:
            matrix[number, index[sign]] = 1.0
    target = np.array(answers, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (target - chance) - PENALTY * weights
        hessian = (matrix.T * (chance * (1 - chance))) @ matrix + PENALTY * np.eye(len(names))
        weights = weights + np.linalg.solve(hessian, gradient)
    return {name: round(float(weights[number]), 1) for name, number in index.items()}


def measure() -> dict[str, float]:
    """Accuracy of background on gold evidence: the training claims (fitted to) and the dev claims."""
    gold = data.root() / "gold"
    rows, answers = _rows(gold / "claims-train")
    weights = fit(rows, answers)
    figures = {}
    for name, (given, truth) in {"train": (rows, answers), "dev": _rows(gold / "claims-dev")}.items():
        right = sum(
            (sum(weights.get(sign, 0.0) for sign in row) > 0) == answer
            for row, answer in zip(given, truth, strict=True)
        )
        figures[f"context_accuracy_{name}"] = right / len(truth)
    return figures


def main() -> None:
    rows, answers = _rows(data.root() / "gold" / "claims-train")
    for name, weight in sorted(fit(rows, answers).items()):
        print(f'    "{name}": {weight},')
    print(measure())


if __name__ == "__main__":
    main()
