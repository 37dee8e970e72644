"""Fit what `coding/events/heard.py` holds, after a new model: `python -m bench.events_fit [--own]`, about a minute.

Every draft is let through once, on events-dev (and with `--own` on our own annotation, where the model has not been
trained on it); a logistic regression of "matches a gold event" on the evidence gives WEIGHTS, events-dev counting
twice. LEAST is the threshold of the best detect F1 on events-dev, each document scored by weights fitted on the others.
The counts of who was right where lexicon and analyser differ are for OUTVOTED, OLD, NEWS and REAL.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from bench import data
from bench.events import Gold, scorer
from counterclaim.coding.events import finding, heard
from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.roles import wanting
from counterclaim.pipeline import Coder, default_analyser
from counterclaim.reading import Reject
from counterclaim.records import Report
from training.corpora import passage

FOLDS = 6


class Row(NamedTuple):
    """A draft as event: its evidence, its document, the gold group it matches (-1: none), the draft and gold event."""

    values: tuple[float, ...]
    doc: str
    group: int
    draft: Draft
    gold: dict[str, Any] | None


def rows(gold: Gold, reports: Sequence[Report]) -> Iterator[Row]:
    """Every draft of every report, matched to the gold standard."""
    module, kept = scorer(), list[tuple[tuple[float, ...], Draft]]()

    def let_through(draft: Draft, ear: heard.Ear) -> bool:
        kept.append((heard.evidence(draft, needs=wanting(draft.hit.entry, draft)), draft))
        draft.chance = float(len(kept) - 1)
        return True

    coder = Coder(analyser=default_analyser())
    with mock.patch.object(finding, "accepted", let_through):
        for report in reports:
            kept.clear()
            [coding] = coder.code_all([report])
            if isinstance(coding, Reject):
                continue
            events, wanted = coding.to_dict()["events"], gold[report.id][1]
            matched = {j: i for i, j in module.match(wanted, events)}
            for j, event in enumerate(events):
                values, draft = kept[int(event["confidence"])]
                i = matched.get(j, -1)
                group = module.head(wanted, i) if i >= 0 else -1
                yield Row(values, report.id, group, draft, wanted[i] if i >= 0 else None)


def own(folder: Path) -> tuple[Gold, list[Report]]:
    """Our own annotated sentences as a gold standard."""
    gold: Gold = {}
    for number, line in enumerate((folder / "events.jsonl").read_text("utf-8").splitlines()):
        record = json.loads(line)
        events = [event | {"trigger_span": event["trigger"], "same_as": None} for event in record["events"]]
        gold[f"own{number}"] = (passage(record["doc"], data.root() / "corpora"), events)
    return gold, [Report(id=name, text=text) for name, (text, _) in gold.items()]


def fit(chosen: Sequence[Row], weights: Sequence[float]) -> NDArray[np.float64]:
    """Weights of a logistic regression with a ridge of 1, by Newton's method."""
    x = np.array([row.values for row in chosen])
    y = np.array([float(row.group >= 0) for row in chosen])
    w = np.array(weights)
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (w * (p - y)) + beta
        bend = (x * (w * p * (1 - p))[:, None]).T @ x + np.eye(len(beta))
        beta -= np.linalg.solve(bend, slope)
    return beta


def f1(scored: Sequence[tuple[float, Row]], least: float, groups: int) -> float:
    """Detect F1 of the drafts from `least` on; further drafts of a group found count for nothing."""
    kept = [row for chance, row in scored if chance >= least]
    found = {(row.doc, row.group) for row in kept if row.group >= 0}
    return 2 * len(found) / (len(found) + sum(row.group < 0 for row in kept) + groups)


def disagreements(chosen: Sequence[Row]) -> dict[str, list[int]]:
    """Where the analyser's reality or background differs from what was taken: its probability, times, times right."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in chosen:
        if row.gold is None or row.draft.heard is None:
            continue
        for name, gold in (
            ("reality", row.gold["reality"]),
            ("event_background", str(bool(row.gold["background"])).lower()),
        ):
            value, sure = row.draft.heard.about[name]
            cell = counts[f"{name} {int(sure * 10) / 10}"]
            cell[0] += 1
            cell[1] += value == gold
    return dict(sorted(counts.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own", action="store_true", help="fit on our own annotation too")
    options = parser.parse_args()
    folder = data.root() / "gold" / "events-dev"
    gold: Gold = scorer().load_gold(str(folder))
    dev = list(rows(gold, [report for report in data.gold_reports(folder) if report.id in gold]))
    groups = sum(len({scorer().head(events, i) for i in range(len(events))}) for _, events in gold.values())
    more = list(rows(*own(Path("training/annotations")))) if options.own else []
    docs = sorted({row.doc for row in dev})
    scored: list[tuple[float, Row]] = []
    for fold in range(FOLDS):
        held = set(docs[fold::FOLDS])
        learned = [row for row in dev if row.doc not in held]
        beta = fit([*learned, *more], [2.0] * len(learned) + [1.0] * len(more))
        scored += [(float(1 / (1 + np.exp(-np.dot(row.values, beta)))), row) for row in dev if row.doc in held]
    best = max((f1(scored, least, groups), least) for least in np.arange(0.3, 0.6, 0.02))
    beta = fit([*dev, *more], [2.0] * len(dev) + [1.0] * len(more))
    print("WEIGHTS", tuple(round(float(value), 2) for value in beta))
    print(f"LEAST {best[1]:.2f} (detect F1 {best[0]:.3f}, each document by the others' weights)")
    for name, (seen, right) in disagreements([*dev, *more]).items():
        print(f"{name:24s} {right}/{seen} right")


if __name__ == "__main__":
    main()
