"""Events against the event gold standard: `python -m bench.events [--train | --precision LEXICON]`.

Scored by the shared scorer on events-dev, beside an anchor written in ten minutes: ten verbs, no parties.
`--precision` measures, on the training part, how often each lexicon line was right, and writes that into its table.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import data
from counterclaim.coding.events.finding import share
from counterclaim.coding.events.lexicon import lexicon
from counterclaim.language import PatternAnalyser
from counterclaim.records import CodedReport, Event, Plover, Report
from counterclaim.schemes import plover

ANCHOR = {
    "ASSAULT": r"\b(?:attack|kill|bomb|shell|shot)(?:s|ed|ing)?\b",
    "COERCE": r"\b(?:arrest|detain)(?:s|ed|ing)?\b",
    "ACCUSE": r"\b(?:accuse|condemn)(?:s|d|ed|ing)?\b",
    "REQUEST": r"\bcall(?:s|ed|ing)? (?:on|for)\b",
}

SENTENCE = 0.05
"""What a single training sentence counts beside an event of a document: the sentences were chosen for their words of
force, so that counting them in full promises too much for whole reports. This and PSEUDO were chosen on events-dev,
where they brought confidence nearest to the share right in each band."""

PSEUDO = 10
"""Events at the precision of the line's PLOVER type that are added to each line's own."""

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


def trigger_counts(gold: Gold, reports: Sequence[Report]) -> dict[str, tuple[float, float]]:
    """For each lexicon line ("kind pattern"): its events that matched a gold event of their type, and those expected.

    Expected is the sum of each event's `share`, so that precision times share is the chance that an event is right.
    Single sentences count SENTENCE each. A word that can be verb or noun counts for both lines: which reading made the
    event is not recorded.
    """
    module = scorer()
    made: defaultdict[str, float] = defaultdict(float)
    right: defaultdict[str, float] = defaultdict(float)
    for coding in data.coded(reports):
        text, events = gold[coding.id]
        weight = SENTENCE if coding.id.startswith("sent") else 1.0
        predicted = coding.to_dict()["events"]
        good = {j for i, j in module.match(events, predicted) if events[i]["type"] == predicted[j]["plover"]["type"]}
        for j, event in enumerate(predicted):
            chance = share(event["reality"], recipient=bool(event["recipient"]))
            for line in (*lines_of(text[slice(*event["trigger"])]), event["plover"]["type"]):
                made[line] += weight * chance
                right[line] += weight * (j in good)
    return {line: (right[line], made[line]) for line in made}


def lines_of(trigger: str) -> set[str]:
    """The lexicon lines, as "kind pattern", that a trigger's words can come from."""
    tokens = PatternAnalyser().analyse([trigger])[0].tokens
    hits = lexicon().hits(tokens, 0, len(tokens))
    entries = [hit.entry for hit in hits[-1:]] + [hit.noun.entry for hit in hits[-1:] if hit.noun is not None]
    return {f"{entry.kind} {entry.pattern}" for entry in entries}


def with_precision(lines: Sequence[str], counts: dict[str, tuple[float, float]]) -> list[str]:
    """Lexicon lines with their precision as last column: the share right, drawn to that of the act's PLOVER type.

    (right + PSEUDO prior) / (expected + PSEUDO): the pseudo-events keep a line seen once from saying 0 or 1.
    """
    filled = []
    for line in lines:
        if not line or line.startswith("#"):
            filled.append(line)
            continue
        kind, pattern, act, *rest = line.split("\t")
        code = plover.CODES.get(act)
        good, made = counts.get(code.type if code else "ASSAULT", (0, 0))
        prior = min(0.95, (good + 1) / (made + 2))
        right, seen = counts.get(f"{kind} {pattern}", (0, 0))
        precision = min(0.98, (right + PSEUDO * prior) / (seen + PSEUDO))
        filled.append("\t".join([kind, pattern, act, rest[0] if rest else "", f"{precision:.2f}"]))
    return filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="score the training part instead")
    parser.add_argument("--precision", type=Path, help="rewrite the last column of this lexicon from the training part")
    options = parser.parse_args()
    if options.precision:
        filled = with_precision(options.precision.read_text("utf-8").splitlines(), trigger_counts(*training()))
        options.precision.write_text("\n".join(filled) + "\n", "utf-8")
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
