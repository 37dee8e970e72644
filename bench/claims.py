"""Claims against the claim gold standard: `python -m bench.claims [FOLDER]`.

Scored by the shared scorer on claims-dev and on the reference report, beside an anchor
written in ten minutes: a handful of regular expressions.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import data
from counterclaim.records import Claim, Harm, Report

SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ANCHOR: tuple[tuple[Harm, str], ...] = (
    ("killed", r"(?:killed|killing) (?:at least |more than |about )?(NUM)\b"),
    ("killed", r"\b(NUM) (?:\w+ ){0,3}?(?:were |was |have been |been )?(?:killed|dead|died)\b"),
    ("injured", r"(?:wounded|wounding|injured|injuring) (?:at least |more than |about )?(NUM)\b"),
    ("injured", r"\b(NUM) (?:\w+ ){0,3}?(?:were |was |have been |been )?(?:wounded|injured|hurt)\b"),
    ("captured", r"\b(?:captured|kidnapped|abducted) (NUM)\b"),
    ("displaced", r"\b(NUM) (?:\w+ ){0,3}?(?:displaced|fled|homeless)\b"),
    ("missing", r"\b(NUM) (?:\w+ ){0,3}?missing\b"),
)
NUM = r"\d[\d,]*|" + "|".join(SMALL)
"""What a careful person writes in ten minutes to count victims."""

Gold = dict[str, tuple[str, list[dict[str, Any]]]]


def scorer() -> ModuleType:
    """The shared scorer, loaded from the benchmark data."""
    path = data.root() / "gold" / "score_claims.py"
    spec = importlib.util.spec_from_file_location("score_claims", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchor(report: Report) -> list[Claim]:
    """The claims of the regular expressions alone."""
    claims = []
    for harm, pattern in ANCHOR:
        for found in re.finditer(pattern.replace("NUM", NUM), report.text, re.IGNORECASE):
            word = found[1].lower()
            count = SMALL.index(word) + 1 if word in SMALL else int(word.replace(",", "")[:9])
            claims.append(
                Claim(
                    id="",
                    start=found.start(),
                    end=found.end(),
                    evidence=found.group(),
                    sentence=0,
                    harm=harm,
                    quantity=found[1],
                    min=count,
                    max=count,
                )
            )
    return sorted(claims, key=lambda claim: claim.start)


def figures(scored: dict[str, Any], prefix: str) -> dict[str, float]:
    """The scorer's output as flat figures."""
    flat = {
        f"{prefix}.{part}.{name}.{side}": float(scored[part][name][side])
        for part in ("core", "all")
        for name in ("detect", "count", "full")
        for side in ("p", "r", "f1")
        if part in scored
    }
    return flat | {
        f"{prefix}.{name}.accuracy": float(found["acc"])
        for name, found in scored["accuracy_on_counted"].items()
        if found["acc"] is not None
    }


def measure(folder: Path | None = None) -> dict[str, float]:
    """Detection, counts and fields on a gold folder (claims-dev) and on the reference report, and the anchor's."""
    module = scorer()
    folder = folder or data.root() / "gold" / "claims-dev"
    gold: Gold = module.load_gold(str(folder))
    reports = [report for report in data.gold_reports(folder) if report.id in gold]
    coded = {coding.id: [claim.to_dict() for claim in coding.claims] for coding in data.coded(reports)}
    naive = {report.id: [claim.to_dict() for claim in anchor(report)] for report in reports}
    [reference] = data.coded([data.reference_report()])
    reference_gold = {
        name: read for name, read in module.load_gold(str(data.root() / "reference")).items() if name == reference.id
    }
    claims = {reference.id: [claim.to_dict() for claim in reference.claims]}
    return (
        figures(module.score(gold, coded), "dev")
        | figures(module.score(reference_gold, claims), "reference")
        | figures(module.score(gold, naive), "anchor")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a gold folder; claims-dev where not given")
    options = parser.parse_args()
    for name, value in measure(options.folder).items():
        print(f"{name:40} {value:.3f}")


if __name__ == "__main__":
    main()
