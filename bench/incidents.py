"""Incidents: incidents-dev, held-out Gun Violence Archive, ECB+ dev; each beside simpler methods on the same documents.

`python -m bench.incidents` prints the measures. Coded reports are kept in the folder of temporary files, under a name
that changes with the coder's sources, so that a second run does not code again.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import blake2b
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bench import ecb, incidents_splink
from bench.cluster_scores import Sets, bcubed, ceaf_e, f1, muc
from bench.data import coded, root
from counterclaim.linking import Incident, copies, link
from counterclaim.records import CodedReport, Report

SRC = Path(__file__).parents[1] / "src/counterclaim"


def held_out(incident: str) -> bool:
    """Whether a Gun Violence Archive incident is held out of training: half of them, by a hash of the number."""
    return blake2b(incident.encode(), digest_size=1).digest()[0] % 2 == 1


def archive() -> list[dict[str, Any]]:
    """Gun Violence Archive articles with a text, one row an address."""
    rows: dict[str, dict[str, Any]] = {}
    with gzip.open(root() / "corpora/gun-violence-archive/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["text"].strip():
                rows.setdefault(row["id"], row)
    return list(rows.values())


def draw(rows: Iterable[dict[str, Any]], seed: int, incidents: int = 600, single: float = 0.35) -> list[dict[str, Any]]:
    """The articles of 600 incidents, 35 % of them told by one article: about 1,250, the mix of the published draws."""
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of[row["incident"]].append(row)
    one = sorted(key for key, members in of.items() if len(members) == 1)
    more = sorted(key for key, members in of.items() if len(members) > 1)
    dice = random.Random(seed)
    chosen = dice.sample(one, round(incidents * single)) + dice.sample(more, incidents - round(incidents * single))
    return [row for key in sorted(chosen) for row in of[key]]


def as_report(row: dict[str, Any]) -> Report:
    day = row.get("dct") or row.get("published") or None
    return Report(id=row["id"], text=row["text"], title=row.get("title"), published=day)


def coded_once(reports: Sequence[Report]) -> list[CodedReport]:
    """Code reports, each once for one state of the coder's sources."""
    state = blake2b(digest_size=8)
    sources = [p for part in ("language", "resolving", "coding") for p in (SRC / part).rglob("*.py")]
    for path in sorted([*sources, *(p for p in (SRC / "data").iterdir() if p.suffix in (".json", ".onnx"))]):
        state.update(path.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"counterclaim-coded-{state.hexdigest()}.jsonl"
    known = {}
    if kept.exists():
        with kept.open(encoding="utf-8") as lines:
            known = {row.id: row for row in map(CodedReport.from_json, lines)}
    fresh = [report for report in reports if report.id not in known]
    with kept.open("a", encoding="utf-8") as out:
        for start in range(0, len(fresh), 64):
            for coding in coded(fresh[start : start + 64]):
                known[coding.id] = coding
                out.write(coding.to_json() + "\n")
    return [known[report.id] for report in reports]


def incident_sets(found: Iterable[Incident]) -> dict[str, set[str]]:
    sets: dict[str, set[str]] = defaultdict(set)
    for incident in found:
        for report in incident.reports:
            sets[report].add(incident.id)
    return sets


def pairs(of: Sets) -> set[tuple[str, str]]:
    by: dict[str, list[str]] = defaultdict(list)
    for doc, found in of.items():
        for key in found:
            by[key].append(doc)
    return {pair for docs in by.values() for pair in combinations(sorted(docs), 2)}


def pair_f1(gold: set[tuple[str, str]], found: set[tuple[str, str]]) -> dict[str, float]:
    right = len(gold & found)
    p, r = right / len(found) if found else 0.0, right / len(gold) if gold else 0.0
    return {"p": p, "r": r, "f1": f1(p, r)}


def scored(rows: Sequence[dict[str, Any]], found: Sets) -> dict[str, float]:
    """incidents-dev, as its own scorer does: pairs over news and over all roles, B-cubed over all."""
    roles = {"news": {"main", "also"}, "all": {"main", "also", "background"}}
    gold = {n: {r["doc"]: {i["key"] for i in r["incidents"] if i["role"] in w} for r in rows} for n, w in roles.items()}
    every, guessed = pairs(gold["all"]), pairs({row["doc"]: found.get(row["doc"], set()) for row in rows})
    news = pairs(gold["news"])
    figures = {
        "pairs_news": pair_f1(news, {pair for pair in guessed if pair in news or pair not in every}),
        "pairs_all": pair_f1(every, guessed),
        "bcubed_all": bcubed(gold["all"], found),
    }
    return {f"{name}.{part}": value for name, parts in figures.items() for part, value in parts.items()}


class Similar:
    """Whole-story TF-IDF with the documents' own frequencies, and single link: the anchor."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.ids = [report.id for report in reports]
        bags = [Counter(re.findall(r"[^\W_]{2,}", f"{r.title or ''} {r.text}".lower())) for r in reports]
        frequency = Counter(word for bag in bags for word in bag)
        index = {word: number for number, word in enumerate(sorted(w for w, n in frequency.items() if n > 1))}
        matrix = np.zeros((len(bags), len(index)), dtype=np.float32)
        for row, bag in enumerate(bags):
            for word, count in bag.items():
                if word in index:
                    matrix[row, index[word]] = (1 + math.log(count)) * math.log(len(bags) / frequency[word])
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        self.cosine = matrix @ matrix.T
        self.days = [date.fromisoformat(r.published).toordinal() if r.published else None for r in reports]

    def single_link(self, least: float, days: int | None) -> dict[str, set[str]]:
        """Clusters of documents joined by any pair of at least this cosine published within so many days."""
        head = list(range(len(self.ids)))

        def first(number: int) -> int:
            while head[number] != number:
                number = head[number]
            return number

        for a, b in np.argwhere(np.triu(self.cosine >= least, 1)):
            one, other = self.days[a], self.days[b]
            if days is None or (one is not None and other is not None and abs(one - other) <= days):
                head[first(int(b))] = first(int(a))
        return {doc: {str(first(number))} for number, doc in enumerate(self.ids)}


def best(figure: Callable[[Sets], float], tries: Iterable[Sets]) -> Sets:
    return max(tries, key=figure)


def dev() -> dict[str, float]:
    """incidents-dev beside TF-IDF single link at the best of 18 settings for each figure."""
    folder = root() / "gold/incidents-dev"
    rows = [json.loads(line) for line in (folder / "incidents.jsonl").read_text("utf-8").splitlines()]
    texts = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    reports = [as_report(row) for row in texts]
    found = incident_sets(link(coded_once(reports)))
    figures = {f"dev.{name}": value for name, value in scored(rows, found).items()}
    similar = Similar(reports)
    tries = [similar.single_link(least, d) for least in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4) for d in (2, 7, None)]
    for name in ("pairs_news.f1", "pairs_all.f1", "bcubed_all.f1"):
        figures[f"tfidf_single_link.dev.{name}"] = max(scored(rows, each)[name] for each in tries)
    return figures


def partition(found: Iterable[Incident], docs: Iterable[str]) -> dict[str, set[str]]:
    """Each document in one incident: that told by the most documents; one of its own where it has none."""
    of: dict[str, set[str]] = {doc: {f"alone {doc}"} for doc in docs}
    for incident in sorted(found, key=lambda each: (len(each.reports), len(each.claims) + len(each.events), each.id)):
        of.update((doc, {incident.id}) for doc in incident.reports)
    return of


def conll(gold: Sets, found: Sets) -> float:
    """The mean F1 of MUC, B-cubed and CEAF-e (Pradhan et al. 2012) of two partitions."""
    return (muc(gold, found) + bcubed(gold, found)["f1"] + ceaf_e(gold, found)) / 3


def held(seed: int = 1) -> dict[str, float]:
    """600 held-out incidents of the Gun Violence Archive."""
    rows = draw((row for row in archive() if held_out(row["incident"])), seed)
    gold = {row["id"]: {row["incident"]} for row in rows}
    reports = [as_report(row) for row in rows]
    codings = coded_once(reports)
    incidents = link(codings)
    loose = incident_sets(incidents)
    ours = partition(incidents, gold)
    similar = Similar(reports)
    tries = [similar.single_link(least, 14) for least in np.arange(0.1, 0.61, 0.025)]
    anchor = best(lambda each: bcubed(gold, each)["f1"], tries)
    near = {doc: {group[0]} for group in copies(reports) for doc in group}
    figures = {"gva.articles": float(len(rows)), "gva.all_incidents.bcubed.f1": bcubed(gold, loose)["f1"]}
    all_of = {"gva": ours, "tfidf_single_link.gva": anchor, "near_duplicates.gva": near}
    if find_spec("splink"):  # of the extra `bench`; no floor is of it
        all_of["splink.gva"] = best(lambda each: bcubed(gold, each)["f1"], incidents_splink.partitions(codings))
    for name, each in all_of.items():
        figures |= {f"{name}.bcubed.{part}": value for part, value in bcubed(gold, each).items()}
        figures[f"{name}.conll_f1"] = conll(gold, each)
    return figures


def measure() -> dict[str, float]:
    draws = [held(seed) for seed in (1, 2, 3)]
    means = {name: sum(each[name] for each in draws) / len(draws) for name in draws[0]}
    return {**dev(), **means, **ecb.measure()}


def main() -> None:
    for name, value in measure().items():
        print(f"{name:45} {value:.4f}")


if __name__ == "__main__":
    main()
