"""Places: LGL (588 local-news documents) for resolution and detection, CoNLL++ dev for detection; sizes and times.

`python -m bench.places` prints the measures; `--errors N` shows N wrong resolutions; `--fit` searches the weights of
`place_choice` on the even-numbered documents of LGL. The reported accuracy is of the odd-numbered documents.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from bench.data import root
from counterclaim.language import Analysis, PatternAnalyser
from counterclaim.resolving.gazetteer import Gazetteer, name_key
from counterclaim.resolving.places import find_places
from counterclaim.resolving.places.choice import WEIGHTS, Weights, choose, distance_km
from counterclaim.resolving.places.mentions import Mention, Surroundings, find_mentions

WITHIN_KM = 161.0
"""100 miles, the customary limit on LGL (Gritta et al. 2018)."""


@dataclass(frozen=True)
class Gold:
    """A place name of LGL with its coordinates (None where the annotators found none)."""

    start: int
    end: int
    phrase: str
    lat: float | None
    lon: float | None


def lgl() -> list[tuple[Analysis, list[Gold]]]:
    """LGL, analysed."""
    articles = ElementTree.parse(root() / "corpora/geo/lgl.xml").getroot()
    texts, golds = [], []
    for article in articles.iter("article"):
        texts.append(article.findtext("text") or "")
        golds.append([_gold(toponym) for toponym in article.iter("toponym")])
    return list(zip(PatternAnalyser().analyse(texts), golds, strict=True))


def _gold(toponym: ElementTree.Element) -> Gold:
    lat, lon = toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon")
    return Gold(
        int(toponym.findtext("start") or 0),
        int(toponym.findtext("end") or 0),
        toponym.findtext("phrase") or "",
        float(lat) if lat else None,
        float(lon) if lon else None,
    )


Given = tuple[list[Gold], list[Mention], Surroundings]


def given(analysis: Analysis, golds: Sequence[Gold], gazetteer: Gazetteer) -> Given:
    """The gold names as mentions, with the surroundings the finder reads; names without bearers are left out."""
    found, around = find_mentions(analysis, gazetteer)
    by_span = {(mention.start, mention.end): mention for mention in found}
    by_start = {mention.start: mention for mention in found}
    named, mentions = [], []
    for gold in golds:
        mention = by_span.get((gold.start, gold.end))
        bearers = mention.bearers if mention else gazetteer.bearers(name_key(gold.phrase))
        people = gazetteer.demonym(gold.phrase)  # LGL counts "Russians" among places
        if people:
            bearers = gazetteer.bearers(name_key(gazetteer.countries.countries[people].name))[:1]
            mention = None
        if not mention and gold.start in by_start:
            bearers = bearers or by_start[gold.start].bearers
        if bearers:
            named.append(gold)
            mentions.append(mention or Mention(gold.start, gold.end, name_key(gold.phrase), bearers))
    return named, mentions, around


def right(gold: Gold, lat: float, lon: float) -> bool:
    return gold.lat is not None and gold.lon is not None and distance_km(gold.lat, gold.lon, lat, lon) <= WITHIN_KM


def accuracy(cases: Iterable[Given], weights: Weights = WEIGHTS) -> float:
    """Names resolved within 161 km, out of the gold names that have coordinates and bearers."""
    hits = total = 0
    for golds, mentions, around in cases:
        for gold, choice in zip(golds, choose(mentions, around, weights), strict=True):
            if gold.lat is not None:
                total += 1
                hits += right(gold, choice.entry.lat, choice.entry.lon)
    return hits / total


def fit(cases: Sequence[Given]) -> Weights:
    """Coordinate search over the weights."""
    best, score = WEIGHTS, accuracy(cases)
    for _ in range(2):
        for name in WEIGHTS._fields[:-1]:
            for factor in (0.0, 0.5, 0.75, 1.5, 2.0):
                trial = best._replace(**{name: getattr(best, name) * factor})
                reached = accuracy(cases, trial)
                if reached > score + 1e-4:
                    best, score = trial, reached
                    print(f"{score:.4f} {best}")
    return best


Spans = set[tuple[int, int]]


def detection(pairs: Iterable[tuple[Analysis, Spans]], gazetteer: Gazetteer) -> tuple[float, float, float]:
    """Precision, recall and F1 of the spans of places."""
    hits = found = wanted = 0
    for analysis, gold in pairs:
        spans = {(place.start, place.end) for place in find_places(analysis, gazetteer)}
        hits += len(spans & gold)
        found += len(spans)
        wanted += len(gold)
    return _f1(hits, found, wanted)


def _f1(hits: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = hits / max(1, found), hits / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


_SPORT = re.compile(
    r"SOCCER|CRICKET|BASEBALL|TENNIS|GOLF|RUGBY|BASKETBALL|\bN[HFB][LA]\b|ATHLETICS|CYCLING|MOTOR|BOXING|HOCKEY|RACING|"
    r"SKIING|SPORT|LEAGUE|CUP|TEST|OLYMPIC|RESULTS|STANDINGS|SQUASH|BADMINTON|ROWING|SWIMMING|FOOTBALL|CHAMPION|OPEN"
)


def conll(part: str = "dev") -> list[tuple[Analysis, Spans]]:
    """CoNLL++ as running text with the spans of its LOC names; no sports pages, where clubs bear towns' names."""
    texts: list[str] = []
    spans: list[set[tuple[int, int]]] = []
    for block in (
        (root() / f"corpora/ner/conllpp/conllpp_{part}.txt").read_text("utf-8").split("-DOCSTART- -X- -X- O")[1:]
    ):
        text, gold, inside = "", set[tuple[int, int]](), False
        for line in block.strip().split("\n"):
            fields = line.split(" ")
            if len(fields) < 4:
                text, inside = text.rstrip() + "\n", False
                continue
            if fields[0] in (",", ".", ")", "'s", ":", ";", "?"):
                text = text.rstrip(" ")
            start = len(text)
            text += fields[0] + ("" if fields[0] == "(" else " ")
            if fields[3].endswith("LOC"):
                end = start + len(fields[0])
                if inside and fields[3].startswith("I"):
                    start, _ = max(gold)
                    gold.discard(max(gold))
                gold.add((start, end))
            inside = fields[3].endswith("LOC")
        if not _SPORT.search(text[:300]):
            texts.append(text)
            spans.append(gold)
    return list(zip(PatternAnalyser().analyse(texts), spans, strict=True))


def measure(errors: int = 0) -> dict[str, float]:
    """All measures."""
    opening = "import time; from counterclaim.resolving.gazetteer import Gazetteer; t = time.perf_counter(); "
    opening += "Gazetteer.open().lookup('Goris'); print(time.perf_counter() - t)"
    opened = float(subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=True).stdout)
    gazetteer = Gazetteer.open()
    documents = lgl()
    odd = documents[1::2]
    cases = [given(analysis, golds, gazetteer) for analysis, golds in odd]
    wanted = sum(gold.lat is not None for _, golds in odd for gold in golds)
    named = [(gold, mention) for golds, mentions, _ in cases for gold, mention in zip(golds, mentions, strict=True)]
    known = sum(gold.lat is not None for gold, _ in named)
    resolved = accuracy(cases)
    populous = sum(
        right(gold, mention.bearers[0].entry.lat, mention.bearers[0].entry.lon) for gold, mention in named if gold.lat
    )
    most = sum(
        right(gold, best.lat, best.lon)
        for gold, mention in named
        if gold.lat
        for best in [max((b.entry for b in mention.bearers), key=lambda entry: entry.population)]
    )
    possible = sum(
        any(right(gold, b.entry.lat, b.entry.lon) for b in mention.bearers) for gold, mention in named if gold.lat
    )
    started = time.perf_counter()
    placed = [find_places(analysis, gazetteer) for analysis, _ in odd]
    seconds = (time.perf_counter() - started) / len(odd)
    hits = sum(
        any(
            p.start == gold.start and p.lat is not None and p.lon is not None and right(gold, p.lat, p.lon)
            for gold in golds
        )
        for (_, golds), places in zip(odd, placed, strict=True)
        for p in places
    )
    end_to_end = _f1(hits, sum(p.lat is not None for places in placed for p in places), wanted)
    spans = [(analysis, {(gold.start, gold.end) for gold in golds}) for analysis, golds in odd]
    detected, reuters = detection(spans, gazetteer), detection(conll(), gazetteer)
    if errors:
        _show(cases, errors)
    data = gazetteer.path.read_bytes()
    return {
        "lgl_accuracy_161km": resolved * known / wanted,
        "lgl_accuracy_161km_of_known_names": resolved,
        "lgl_most_prominent_161km": populous / wanted,
        "lgl_most_populous_161km": most / wanted,
        "lgl_best_possible_161km": possible / wanted,
        "lgl_names_known": known / wanted,
        "lgl_end_to_end_f1": end_to_end[2],
        "lgl_detection_precision": detected[0],
        "lgl_detection_recall": detected[1],
        "lgl_detection_f1": detected[2],
        "conllpp_dev_detection_precision": reuters[0],
        "conllpp_dev_detection_recall": reuters[1],
        "conllpp_dev_detection_f1": reuters[2],
        "seconds_per_report": seconds,
        "seconds_to_open_and_look_up": opened,
        "file_megabytes": len(data) / 1e6,
        "file_megabytes_deflated": len(zlib.compress(data, 6)) / 1e6,
    }


def _show(cases: Iterable[Given], errors: int) -> None:
    shown = 0
    for golds, mentions, around in cases:
        for gold, mention, choice in zip(golds, mentions, choose(mentions, around), strict=True):
            if gold.lat is not None and not right(gold, choice.entry.lat, choice.entry.lon) and shown < errors:
                shown += 1
                better = [b.entry for b in mention.bearers if right(gold, b.entry.lat, b.entry.lon)][:1]
                print(f"{gold.phrase!r} {mention.kind!r} chose {choice.entry}, right: {better or gold}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    if options.fit:
        gazetteer = Gazetteer.open()
        print(fit([given(analysis, golds, gazetteer) for analysis, golds in lgl()[::2]]))
        return
    for name, value in measure(options.errors).items():
        print(f"{name:40} {value:.4f}")


if __name__ == "__main__":
    main()
