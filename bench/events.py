"""Events against the event gold standard: `python -m bench.events [--train] [--triggers]`.

Scored by the shared scorer on events-dev, beside an anchor written in ten minutes: ten verbs, no parties.
`--triggers` prints, for the training part, how often each lexicon line was right: what the precision column holds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import data
from counterclaim.coding.events_lexicon import lexicon
from counterclaim.records import CodedReport, Event, Plover, Report

ANCHOR = {
    "ASSAULT": r"\b(?:attack|kill|bomb|shell|shot)(?:s|ed|ing)?\b",
    "COERCE": r"\b(?:arrest|detain)(?:s|ed|ing)?\b",
    "ACCUSE": r"\b(?:accuse|condemn)(?:s|d|ed|ing)?\b",
    "REQUEST": r"\bcall(?:s|ed|ing)? (?:on|for)\b",
}

Gold = dict[str, tuple[str, list[dict[str, Any]]]]


def scorer() -> ModuleType:
    """The shared scorer, loaded from the benchmark data."""
    folder = data.root() / "gold"
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score_events", folder / "score_events.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score_events.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchor(report: Report) -> CodedReport:
    """Ten verbs, each an event of its type; the sentence as clause; nobody as party."""
    events = [
        Event(id="", start=m.start(), end=m.end(), trigger=m.span(), sentence=0, plover=Plover(type=kind))
        for kind, pattern in ANCHOR.items()
        for m in re.finditer(pattern, report.text, re.IGNORECASE)
    ]
    return CodedReport(id=report.id, text=report.text, events=tuple(sorted(events, key=lambda event: event.start)))


def figures(scored: dict[str, Any], prefix: str) -> dict[str, float]:
    """The scorer's output as flat figures."""
    flat = {
        f"{prefix}.{name}.{part}": float(scored[name][part]) for name in ("detect", "type") for part in ("p", "r", "f1")
    }
    flat |= {f"{prefix}.{name}.accuracy": float(v["acc"]) for name, v in scored["accuracy_on_typed"].items()}
    return flat


def training() -> tuple[Gold, list[Report]]:
    """The training part: its documents and its single sentences."""
    folder = data.root() / "gold" / "events-train"
    gold: Gold = scorer().load_gold(str(folder))
    reports = [report for report in data.gold_reports(folder) if report.id in gold]
    for line in (folder / "sentences.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        gold[record["doc"]] = (record["text"], record["events"])
        reports.append(Report(id=record["doc"], text=record["text"]))
    return gold, reports


def measure() -> dict[str, float]:
    """Detection, type and details on events-dev, with the anchor's figures."""
    folder = data.root() / "gold" / "events-dev"
    module = scorer()
    gold: Gold = module.load_gold(str(folder))
    reports = [report for report in data.gold_reports(folder) if report.id in gold]
    coded = {coding.id: coding.to_dict() for coding in data.coded(reports)}
    naive = {report.id: anchor(report).to_dict() for report in reports}
    return figures(module.score(gold, coded), "dev") | figures(module.score(gold, naive), "anchor")


def trigger_counts(gold: Gold, reports: Sequence[Report]) -> dict[str, tuple[int, int]]:
    """For each lexicon pattern: events it made, and how many of them matched a gold event of the same type."""
    module = scorer()
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for coding in data.coded(reports):
        text, events = gold[coding.id]
        predicted = coding.to_dict()["events"]
        good = {j for i, j in module.match(events, predicted) if events[i]["type"] == predicted[j]["plover"]["type"]}
        for j, event in enumerate(predicted):
            pattern = pattern_of(text[slice(*event["trigger"])])
            made[pattern] += 1
            right[pattern] += j in good
    return {pattern: (right[pattern], made[pattern]) for pattern in made}


def pattern_of(trigger: str) -> str:
    """The lexicon line, as "kind pattern", that a trigger's words come from; "" where none does."""
    from counterclaim.language import PatternAnalyser

    tokens = PatternAnalyser().analyse([trigger])[0].tokens
    hits = lexicon().hits(tokens, 0, len(tokens))
    return f"{hits[-1].entry.kind} {hits[-1].entry.pattern}" if hits else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="score the training part instead")
    parser.add_argument("--triggers", type=Path, help="write counts by trigger on the training part to this file")
    options = parser.parse_args()
    if options.triggers:
        counts = trigger_counts(*training())
        lines = [f"{pattern}\t{right}\t{made}" for pattern, (right, made) in sorted(counts.items())]
        options.triggers.write_text("\n".join(lines) + "\n", "utf-8")
        return
    if options.train:
        gold, reports = training()
        coded = {coding.id: coding.to_dict() for coding in data.coded(reports)}
        results = figures(scorer().score(gold, coded), "train")
    else:
        results = measure()
    for name, value in results.items():
        print(f"{name:28s} {value:.3f}")


if __name__ == "__main__":
    main()
