"""The trained language model against public annotation: `python -m bench.language_model [PART ...] [--data PART=PATH]`.

How each part is counted:
  ud        raw text of a CoNLL-U file, nothing given: F1 of words, sentences, UPOS and LAS over words aligned by
            offsets, relations without their subtypes, as in the CoNLL 2018 shared task.
  ner       the sentences of a CoNLL file joined to documents; predicted names are widened to the file's tokens;
            exact F1.
  re3d      the fifth of re3d's documents that training leaves out; exact F1 of each layer and of all.
  polnear   whole documents; a discontinuous span counts as one span a fragment; gold and predicted spans are compared
            as runs of units (letters, digits or a mark), so blanks at their ends do not matter; exact F1.
  cofenet   the same over paragraphs read alone that hold at least one gold span, near to how CofeNet's instances were
            made (its figures: 83.2 source, 75.3 cue, 72.9 content).
  claims    claims-dev by the shared scorer with the simplest decoding: a claim a harm span, its bounds from the amount
            inside it, its fields from the heads.
  events    trigger spans of events-dev (any overlap) and the accuracy of the type over those found.
  speed     scored word pieces a second of CPU time: of the network with its scores put together, of the analyser, and
            with `--bare FILE` (from `training.export --bare`) of the encoder alone over the same windows, and what
            share of that the analyser reaches with all heads decoded, without and with the base analyser's work.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import onnxruntime

from bench import data
from counterclaim.coding.quantities import Quantity, find_quantities
from counterclaim.language import PatternAnalyser
from counterclaim.language.analysis import Analysis, LabelledSpan
from counterclaim.language.model import (
    ModelAnalyser,
    attributions,
    candidates,
    class_chances,
    entities,
    layer_spans,
    likeliest,
    linked,
    words_of,
)
from counterclaim.language.model_session import Reading, Session, TextReader
from counterclaim.language.model_units import Units
from training import corpora, heads

PATHS = {
    "ud": "corpora/ud-ewt/en_ewt-ud-dev.conllu",
    "ner": "corpora/ner/conllpp/conllpp_dev.txt",
    "re3d": "corpora/re3d",
    "polnear": "corpora/polnear/dev",
    "cofenet": "corpora/polnear/dev",
    "claims": "gold/claims-dev",
    "events": "gold",
    "speed": "gold/claims-dev",
}


class Counts:
    """Right, found and gold by label."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, label: str, gold: Iterable[object], found: Iterable[object]) -> None:
        """Add one document's items; an item is right where both sets hold it."""
        gold_set, found_set = set(gold), set(found)
        row = self.counts.setdefault(label, [0, 0, 0])
        for index, value in enumerate((len(gold_set & found_set), len(found_set), len(gold_set))):
            row[index] += value

    def f1(self, prefix: str = "") -> dict[str, float]:
        """F1 in percent by label."""
        return {
            f"{prefix}{label}": round(200 * right / max(1, found + gold), 2)
            for label, (right, found, gold) in self.counts.items()
        }


def ud(session: TextReader, path: Path) -> dict[str, float]:
    counts = Counts()
    for number, article in enumerate(corpora.conllu(path)):
        reading = session.read(article.text)
        mine = words_of(article.text, reading, session.labels)
        gold = article.words or []
        counts.add("words", ((number, w.start, w.end) for w in gold), ((number, w.start, w.end) for w in mine))
        counts.add("sentences", ((number, *s) for s in sentences(gold)), ((number, *s) for s in sentences(mine)))
        counts.add(
            "upos", ((number, w.start, w.end, w.upos) for w in gold), ((number, w.start, w.end, w.upos) for w in mine)
        )
        counts.add(
            "features",
            ((number, w.start, w.end, w.features) for w in gold),
            ((number, w.start, w.end, w.features) for w in mine),
        )
        counts.add(
            "lemmas",
            ((number, w.start, w.end, w.lemma) for w in gold),
            ((number, w.start, w.end, w.lemma) for w in mine),
        )

        def arcs(words: Iterable[Any], relation: bool, number: int = number) -> Iterator[object]:
            words = list(words)
            for index, word in enumerate(words):
                head = (-1, -1) if word.head == index else (words[word.head].start, words[word.head].end)
                yield number, word.start, word.end, head, word.relation.split(":")[0] if relation else ""

        counts.add("uas", arcs(gold, False), arcs(mine, False))
        counts.add("las", arcs(gold, True), arcs(mine, True))
    return counts.f1()


def sentences(words: Sequence[Any]) -> list[tuple[int, int]]:
    """First and last offsets of each run of words up to the next that opens a sentence."""
    found: list[tuple[int, int]] = []
    for word in words:
        if word.opens or not found:
            found.append((word.start, word.end))
        else:
            found[-1] = (found[-1][0], word.end)
    return found


def ner(session: TextReader, path: Path) -> dict[str, float]:
    counts = Counts()
    for number, (text, tokens, gold) in enumerate(conll_documents(path)):
        ends = {end: start for start, end in tokens}
        starts = sorted(start for start, _ in tokens)
        found = []
        for start, end, kind, _ in entities(session.read(text), session.labels["ner"]):
            first = max((s for s in starts if s <= start), default=start) if start not in starts else start
            last = end if end in ends else min((e for e in ends if e >= end), default=end)
            found.append((first, last, kind))
        for kind in heads.NER_TYPES:
            counts.add(
                kind, ((number, *s) for s in gold if s[2] == kind), ((number, *s) for s in found if s[2] == kind)
            )
        counts.add("all", ((number, *s) for s in gold), ((number, *s) for s in found))
    return counts.f1()


def conll_documents(path: Path) -> Iterator[tuple[str, list[tuple[int, int]], list[tuple[int, int, str]]]]:
    """Text, token spans and names of each document of a CoNLL file."""
    blocks = re.split(r"(?m)^-DOCSTART-.*$", path.read_text("utf-8"))
    for block in blocks:
        sentences = [
            [line.split() for line in part.split("\n") if line.strip()] for part in block.strip().split("\n\n")
        ]
        parts = [([row[0] for row in rows], [row[-1] for row in rows]) for rows in sentences if rows]
        if not parts:
            continue
        article = corpora.entity_article("", parts)
        tokens = []
        for cut, (forms, _) in zip(article.cuts, parts, strict=True):
            tokens += [(cut + start, cut + end) for start, end in corpora.joined(forms)[1]]
        yield article.text, tokens, article.flat["ner"]


def re3d(session: TextReader, path: Path) -> dict[str, float]:
    counts = Counts()
    for article in corpora.re3d(path):
        if not corpora.held_out(article.name, 0.2):
            continue
        reading = session.read(article.text)
        found = layer_spans(reading, session.labels["layers"])
        for layer, spans in article.layers.items():
            gold = {(article.name, layer, *runs(reading.units, *span)) for span in spans}
            mine = {(article.name, layer, *runs(reading.units, s.start, s.end)) for s in found[layer]}
            counts.add(layer, gold, mine)
            counts.add("all", gold, mine)
    return counts.f1()


def runs(units: Units, start: int, end: int) -> tuple[int, int]:
    """The first unit of a span and the one after its last."""
    return bisect_right(units.ends, start), bisect_left(units.starts, end)


def polnear(session: TextReader, path: Path) -> dict[str, float]:
    return _attribution(session, (article for article in corpora.polnear(path)))


def cofenet(session: TextReader, path: Path) -> dict[str, float]:
    return _attribution(session, (part for article in corpora.polnear(path) for part in paragraphs(article)))


def paragraphs(article: corpora.Article) -> Iterator[corpora.Article]:
    """Each paragraph that holds a span, alone; spans are cut at its ends."""
    for match in re.finditer(r"[^\n]+", article.text):
        start, end = match.span()
        spans = [
            (max(s, start) - start, min(e, end) - start, k) for s, e, k in article.flat["attr"] if s < end and e > start
        ]
        if spans:
            yield corpora.Article(f"{article.name}:{start}", match.group(), flat={"attr": spans})


def _attribution(session: TextReader, articles: Iterable[corpora.Article]) -> dict[str, float]:
    counts = Counts()
    for article in articles:
        reading = session.read(article.text)
        found = attributions(reading, session.labels)
        for kind in heads.ATTRIBUTION_TYPES:
            gold = {(article.name, *runs(reading.units, s, e)) for s, e, k in article.flat["attr"] if k == kind}
            mine = {(article.name, *runs(reading.units, s, e)) for s, e, k, _ in found if k == kind}
            counts.add(kind, gold, mine)
    return counts.f1()


def claims(session: TextReader, path: Path) -> dict[str, float]:
    scorer = _scorer("score_claims")
    documents = scorer.load_gold(str(path))
    coded = {name: simple_claims(session, text) for name, (text, _) in documents.items()}
    found = scorer.score(documents, coded)
    figures = {
        f"{subset}_{measure}_{kind}": round(100 * found[subset][measure][kind], 2)
        for subset in ("core", "all")
        for measure in ("detect", "count", "full")
        for kind in ("p", "r", "f1")
    }
    figures |= {
        f"accuracy_{name}": round(100 * value["acc"], 2)
        for name, value in found["accuracy_on_counted"].items()
        if value["acc"] is not None
    }
    return figures


@lru_cache
def _scorer(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, data.root() / "gold" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def simple_claims(session: TextReader, text: str) -> list[dict[str, Any]]:
    """One claim a harm span, read without any rule but that of amounts."""
    analysis = PatternAnalyser().analyse([text])[0]
    reading = session.read(text)
    layers = layer_spans(reading, session.labels["layers"])
    quantities = find_quantities(analysis)
    names = entities(reading, session.labels["ner"])
    made = []
    for harm in heads.HARMS:
        for span in layers[harm]:
            about = _classes(session, reading, span)
            low, high = bounds(span, layers["number"], quantities, about["amount"][0])
            made.append(
                {
                    "start": span.start,
                    "end": span.end,
                    "harm": harm,
                    "min": low,
                    "max": high,
                    "victim_kind": about["victim_kind"][0],
                    "stance": about["stance"][0],
                    "background": about["claim_background"][0] == "true",
                    **_source(session, analysis, reading, span, about["source_kind"][0], layers),
                    "perpetrator": _argument(session, reading, span, "claim:perpetrator", layers["perpetrator"], text),
                    "place": _argument(
                        session, reading, span, "claim:place", [s for s in layer_names(names) if s.label == "LOC"], text
                    ),
                }
            )
    return made


def layer_names(names: Iterable[tuple[int, int, str, float]]) -> list[LabelledSpan]:
    return [LabelledSpan(*name) for name in names]


def bounds(
    span: LabelledSpan,
    numbers: Iterable[LabelledSpan],
    quantities: Iterable[Quantity],
    amount: str,
) -> tuple[int | None, int | None]:
    """Bounds of the amount a harm span states: that under a `number` span, else as the `amount` head says."""
    inside = [q for q in quantities if q.start >= span.start - 2 and q.end <= span.end + 2]
    marked = [n for n in numbers if n.start < span.end and n.end > span.start]
    chosen = [q for q in inside for n in marked if q.start < n.end and n.start < q.end]
    if not chosen and amount == "stated":
        chosen = inside
    if chosen:
        return chosen[0].min, chosen[0].max
    return (int(amount), int(amount)) if amount.isdigit() and not marked else (None, None)


def _argument(
    session: TextReader,
    reading: Reading,
    span: LabelledSpan,
    channel: str,
    among: list[LabelledSpan],
    text: str,
    least: float = -1.5,
) -> str:
    starts = candidates(reading, [candidate.start for candidate in among])
    found = linked(reading, session.labels["channels"].index(channel), span.start, starts)
    if not found or found[0].score < least:
        return ""
    return next(text[c.start : c.end] for c in among if c.start == found[0].offset)


def _classes(session: TextReader, reading: Reading, span: LabelledSpan) -> dict[str, tuple[str, float]]:
    classes = session.labels["classes"]
    return likeliest(class_chances(reading, [span[:2]], classes), classes)[0]


def _source(
    session: TextReader,
    analysis: Analysis,
    reading: Reading,
    span: LabelledSpan,
    kind: str,
    layers: dict[str, list[LabelledSpan]],
) -> dict[str, str]:
    found = [LabelledSpan(*s) for s in attributions(reading, session.labels) if s[2] == "source"]
    if kind == "author":
        return {"source": "", "source_kind": "author"}
    among = [*layers["claim_source"], *found]
    name = _argument(session, reading, span, "claim:source", among, analysis.text, least=-20)
    return {"source": name, "source_kind": kind}


def events(session: TextReader, path: Path) -> dict[str, float]:
    """Triggers found (any overlap) and the type's accuracy over them."""
    right = found_count = gold_count = typed = 0
    for annotation in sorted((path / "events-dev").glob("*.events.json")):
        name = annotation.name.removesuffix(".events.json")
        source = path / "events-dev" / f"{name}.txt"
        text = (source if source.exists() else path / "claims-dev" / f"{name}.txt").read_text("utf-8")
        gold = [(*e["trigger_span"], e["type"]) for e in json.loads(annotation.read_text("utf-8"))["events"]]
        reading = session.read(text)
        found = layer_spans(reading, session.labels["layers"])["trigger"]
        used: set[int] = set()
        for start, end, kind in gold:
            match = next((i for i, s in enumerate(found) if i not in used and s.start < end and start < s.end), None)
            if match is None:
                continue
            used.add(match)
            best = _classes(session, reading, found[match])
            typed += best["event_type"][0] == kind
        right, found_count, gold_count = right + len(used), found_count + len(found), gold_count + len(gold)
    return {
        "trigger_f1": round(200 * right / max(1, found_count + gold_count), 2),
        "trigger_precision": round(100 * right / max(1, found_count), 2),
        "trigger_recall": round(100 * right / max(1, gold_count), 2),
        "type_accuracy": round(100 * typed / max(1, right), 2),
    }


def speed(session: TextReader, path: Path, bare: str | None = None, rounds: int = 5) -> dict[str, float]:
    """Word pieces of the texts a second of one core, each the best of some rounds, every job once a round."""
    texts = [file.read_text("utf-8") for file in sorted(path.glob("*.txt"))[:12]]
    analyser, patterns = ModelAnalyser(session=session), PatternAnalyser()
    jobs: dict[str, Callable[[], object]] = {
        "network": lambda: [list(session.parts(text)) for text in texts],
        "analysed": lambda: analyser.analyse(texts),
        "patterns": lambda: patterns.analyse(texts),
    }
    if bare:
        assert isinstance(session, Session)
        encoder = onnxruntime.InferenceSession(bare, session.options, providers=["CPUExecutionProvider"])
        windows = [given for text in texts for given in session.inputs(text)]
        inputs = [{name: given[name] for name in ("ids", "shapes", "gaps")} for given in windows]
        jobs["bare"] = lambda: [encoder.run(None, given) for given in inputs]
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            seconds[name].append(_cpu_seconds(job))
    best = {name: min(values) for name, values in seconds.items()}
    pieces = sum(sum(map(len, session.read(text).units.pieces)) for text in texts)
    figures: dict[str, float] = {
        f"pieces_a_second_{name}": round(pieces / value) for name, value in best.items() if name != "patterns"
    }
    if bare:
        figures["percent_of_bare_all_heads"] = round(100 * best["bare"] / (best["analysed"] - best["patterns"]), 1)
        figures["percent_of_bare_with_patterns"] = round(100 * best["bare"] / best["analysed"], 1)
    return figures


def _cpu_seconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


PARTS = {
    "ud": ud,
    "ner": ner,
    "re3d": re3d,
    "polnear": polnear,
    "cofenet": cofenet,
    "claims": claims,
    "events": events,
    "speed": speed,
}


def measure(
    parts: Iterable[str] = tuple(PARTS),
    model: str | None = None,
    paths: dict[str, Path] | None = None,
    threads: int = 1,
    bare: str | None = None,
) -> dict[str, float]:
    """Every figure of the parts, in percent, by `part_name`; `bare` is the encoder alone, for `speed`."""
    session = ModelAnalyser(model, threads=threads).session
    figures: dict[str, float] = {}
    for part in parts:
        path = (paths or {}).get(part) or data.root() / PATHS[part]
        found = speed(session, path, bare) if part == "speed" else PARTS[part](session, path)
        figures |= {f"{part}_{name}": value for name, value in found.items()}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--data", action="append", default=[], metavar="PART=PATH", help="run a part on another path")
    parser.add_argument("--model", help="an ONNX file; without it, the one in the package")
    parser.add_argument("--bare", help="the encoder alone, an ONNX file, for speed")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    paths = {part: Path(path) for part, _, path in (item.partition("=") for item in options.data)}
    for name, value in measure(options.parts, options.model, paths, options.threads, options.bare).items():
        print(f"{name:34} {value:8.2f}")


if __name__ == "__main__":
    main()
