"""Readers: each corpus as articles with annotations at character offsets. Texts stay where they are."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bench import muc4_texts
from training import heads


@dataclass
class Word:
    """A syntactic word of a treebank; `head` is an index into the article's words, itself for a root."""

    start: int
    end: int
    upos: str
    features: str
    lemma: str
    head: int
    relation: str
    opens: bool


@dataclass
class Article:
    """One text with what a corpus says of it. Layers a corpus does not annotate are absent, not empty."""

    name: str
    text: str
    words: list[Word] | None = None
    cuts: list[int] = field(default_factory=list)
    layers: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    flat: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    classes: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    anchors: dict[str, list[int]] = field(default_factory=dict)
    links: list[tuple[str, int, int]] = field(default_factory=list)


def held_out(name: str, share: float) -> bool:
    """A stable draw by name, for corpora that come without a dev part."""
    return zlib.crc32(name.encode()) % 1000 < share * 1000


# --- treebanks -------------------------------------------------------------------------------------------------------
KEPT_FEATURES = ("Number", "Tense", "Mood", "VerbForm", "Voice", "Degree", "Person")


def conllu(path: Path) -> Iterator[Article]:
    """Documents of a CoNLL-U file as raw text: sentences joined by a space, paragraphs by a blank line."""
    name = ""
    parts: list[str] = []
    words: list[Word] = []
    cuts: list[int] = []
    length = 0

    def finished() -> Article:
        return Article(name, "".join(parts), words=words, cuts=cuts)

    paragraph = False
    lines: list[str] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("# newdoc"):
            if words:
                yield finished()
            name, parts, words, cuts, length = line.split("=", 1)[1].strip(), [], [], [], 0
            paragraph = False
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("#"):
            continue
        elif line:
            lines.append(line)
        elif lines:
            if words:
                gap = "\n\n" if paragraph else " "
                parts.append(gap)
                length += len(gap)
            paragraph = False
            cuts.append(length)
            surface, added = _sentence(lines, length, len(words))
            parts.append(surface)
            words.extend(added)
            length += len(surface)
            lines = []
    if words:
        yield finished()


def _sentence(lines: list[str], at: int, base: int) -> tuple[str, list[Word]]:
    surface = ""
    spans: list[tuple[int, int]] = []
    rows: list[list[str]] = []
    whole: list[tuple[int, int, str, bool]] = []  # multiword tokens: first, last, form, space after
    for line in lines:
        row = line.split("\t")
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            whole.append((first, last, row[1], "SpaceAfter=No" not in row[9]))
        else:
            rows.append(row)
    numbers = {int(row[0]): index for index, row in enumerate(rows)}
    skip_until = 0
    for row in rows:
        number = int(row[0])
        if number <= skip_until:
            continue
        covering = next((item for item in whole if item[0] == number), None)
        if covering is None:
            spans.append((len(surface), len(surface) + len(row[1])))
            surface += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            continue
        first, last, form, space = covering
        offset = len(surface)
        rest = form
        for part in range(first, last + 1):
            length = len(rows[numbers[part]][1]) if part < last else len(rest)
            length = min(length, len(rest))
            spans.append((offset, offset + length))
            offset += length
            rest = rest[length:]
        surface += form + (" " if space else "")
        skip_until = last
    surface = surface.rstrip(" ")
    words = []
    for index, (row, (start, end)) in enumerate(zip(rows, spans, strict=True)):
        kept = "|".join(f for f in row[5].split("|") if f.split("=")[0] in KEPT_FEATURES) or "_"
        head = int(row[6])
        target = base + (index if head == 0 else numbers[head])
        words.append(Word(at + start, at + end, row[3], kept, row[2], target, row[7], index == 0))
    return surface, words


# --- entities --------------------------------------------------------------------------------------------------------
_TIGHT_BEFORE = frozenset(".,;:!?%)]}") | {"'s", "n't", "'", "'re", "'ve", "'ll", "'d", "'m", "''", "..."}
_TIGHT_AFTER = frozenset("([{$#") | {"``"}


def joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as running text again, and the span of each; quotes alternate between opening and closing."""
    text = ""
    spans = []
    quote_open = False
    tight = True
    for token in tokens:
        closes = token == '"' and quote_open
        if not (tight or token in _TIGHT_BEFORE or closes):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        tight = token in _TIGHT_AFTER or (token == '"' and not quote_open)
        if token == '"':
            quote_open = not quote_open
    return text, spans


def tagged_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of IOB1, IOB2 or IO tags, as token ranges."""
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate([*tags, "O"]):
        mark, _, kind = tag.partition("-")
        inside = mark == "I" and index and tags[index - 1][2:] == kind
        if index and tags[index - 1] != "O" and not inside:
            start, _, opened = spans[-1]
            spans[-1] = (start, index, opened)
        if tag != "O" and not inside:
            spans.append((index, index + 1, kind))
    return spans


def conll(path: Path, column: int = -1) -> Iterator[Article]:
    """Documents of a CoNLL entity file; sentences are joined by a space, the first two (headline, place) by a line."""
    sentences: list[tuple[list[str], list[str]]] = []
    tokens: list[str] = []
    tags: list[str] = []
    count = 0
    for line in [*path.read_text("utf-8").split("\n"), "", "-DOCSTART- O"]:
        if line.startswith("-DOCSTART-"):
            if sentences:
                count += 1
                yield entity_article(f"{path.stem}:{count}", sentences)
            sentences = []
        elif line.strip():
            row = line.split()
            tokens.append(row[0])
            tags.append(row[column])
        elif tokens:
            sentences.append((tokens, tags))
            tokens, tags = [], []


def entity_article(name: str, sentences: list[tuple[list[str], list[str]]]) -> Article:
    text = ""
    found: list[tuple[int, int, str]] = []
    cuts = []
    for number, (tokens, tags) in enumerate(sentences):
        if number:
            text += "\n" if number < 3 and len(sentences[number - 1][0]) < 15 else " "
        cuts.append(len(text))
        surface, spans = joined(tokens)
        for first, last, kind in tagged_spans(tags):
            found.append((len(text) + spans[first][0], len(text) + spans[last - 1][1], kind))
        text += surface
    return Article(name, text, cuts=cuts, flat={"ner": found})


def chunked(articles: Iterator[Article], size: int) -> Iterator[Article]:
    """One huge article as several, cut at sentences (Wikigold has no document marks)."""
    for article in articles:
        starts = article.cuts[::size]
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(article.text)], strict=True)):
            spans = [(s - start, e - start, k) for s, e, k in article.flat["ner"] if start <= s and e <= end]
            cuts = [cut - start for cut in article.cuts if start <= cut < end]
            yield Article(f"{article.name}:{number}", article.text[start:end].rstrip(), cuts=cuts, flat={"ner": spans})


def re3d(root: Path) -> Iterator[Article]:
    """Reports on Syria and Iraq; of doubled annotations the sure ones, of nested ones of a layer the longest."""
    for path in sorted(root.glob("*/documents.json")):
        if "BBC" in path.parent.name:  # CC BY-NC
            continue
        entities: dict[str, list[dict[str, object]]] = {}
        for line in (path.parent / "entities.json").read_text("utf-8").split("\n"):
            if line.strip():
                item = json.loads(line)
                entities.setdefault(item["documentId"], []).append(item)
        for line in path.read_text("utf-8").split("\n"):
            if not line.strip():
                continue
            document = json.loads(line)
            layers: dict[str, list[tuple[int, int]]] = {layer: [] for layer in heads.RE3D_LAYERS.values()}
            for item in entities.get(document["_id"], []):
                layer = heads.RE3D_LAYERS.get(str(item["type"]))
                if layer and item["confidence"]:
                    layers[layer].append((int(str(item["begin"])), int(str(item["end"]))))
            layers = {layer: outermost(spans) for layer, spans in layers.items()}
            yield Article("re3d:" + document["_id"], document["text"], layers=layers)


def outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that lie in no other."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


_TIMEX = re.compile(r"<TIMEX3\b[^>]*>|</TIMEX3>|<[^>]*>")


def timeml(root: Path) -> Iterator[Article]:
    """TimeBank and AQUAINT: the text element, with the spans of TIMEX3."""
    for path in sorted(root.glob("*/*.tml")):
        match = re.search(r"<TEXT>(.*?)</TEXT>", path.read_text("utf-8", errors="replace"), re.S)
        if not match:
            continue
        text = ""
        at = opened = 0
        spans = []
        raw = match.group(1)
        for mark in _TIMEX.finditer(raw):
            text += html.unescape(raw[at : mark.start()])
            at = mark.end()
            if mark.group().startswith("<TIMEX3"):
                opened = len(text)
            elif mark.group() == "</TIMEX3>":
                spans.append((opened, len(text)))
        text += html.unescape(raw[at:])
        yield Article("timeml:" + path.stem, text, layers={"timex": outermost(spans)})


# --- attribution -----------------------------------------------------------------------------------------------------
def polnear(folder: Path) -> Iterator[Article]:
    """PolNeAR articles, one annotator each (the first by name). Discontinuous spans give one piece a fragment."""
    seen = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name in seen:
            continue
        seen.add(name)
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        parts: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        links = []
        anchors: set[int] = set()
        for line in path.read_text("utf-8").split("\n"):
            row = line.split("\t")
            if len(row) < 2:
                continue  # a stray line of text
            if row[0].startswith("T"):
                kind, _, offsets = row[1].partition(" ")
                spans = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
                parts[row[0]] = (kind.lower(), [(s[0], s[1]) for s in spans])
            elif row[0].startswith("E"):
                roles: dict[str, list[str]] = {}
                for item in row[1].split():
                    role, _, target = item.partition(":")
                    roles.setdefault(role.lower().rstrip("0123456789"), []).append(target)
                cues = [parts[t][1][0][0] for t in roles.get("cue", []) if t in parts]
                for cue in cues[:1]:
                    for role in ("source", "content"):
                        for target in roles.get(role, []):
                            links += [(f"cue:{role}", cue, s) for s, _ in parts[target][1]] if target in parts else []
        found = [(s, e, kind) for kind, spans in parts.values() if kind in heads.ATTRIBUTION_TYPES for s, e in spans]
        anchors = {s for s, _, kind in found if kind == "cue"}
        yield Article(
            f"polnear:{name}",
            text,
            flat={"attr": found},
            anchors={channel: sorted(anchors) for channel in ("cue:source", "cue:content")},
            links=links,
        )


# --- claims and events -----------------------------------------------------------------------------------------------
def gold(root: Path, share: float = 1.0) -> Iterator[Article]:
    """Claims and events for training: documents and sentences; a text with both has both annotations.

    `share` keeps a stable part of the claim documents, for a learning curve.
    """
    claims: dict[str, tuple[str, list[dict[str, object]]]] = {}
    for path in sorted((root / "claims-train").glob("*.txt")):
        found = json.loads(path.with_suffix(".json").read_text("utf-8"))["claims"]
        claims[path.stem] = (path.read_text("utf-8"), found)
    for item in _jsonl(root / "claims-train" / "sentences.jsonl"):
        claims[str(item["doc"])] = (str(item["text"]), item["claims"])  # type: ignore[assignment]
    events: dict[str, list[dict[str, object]]] = {}
    texts: dict[str, str] = {name: text for name, (text, _) in claims.items()}
    for path in sorted((root / "events-train").glob("*.events.json")):
        name = path.name.removesuffix(".events.json")
        events[name] = json.loads(path.read_text("utf-8"))["events"]
        if name not in texts:
            texts[name] = (root / "events-train" / f"{name}.txt").read_text("utf-8")
    for item in _jsonl(root / "events-train" / "sentences.jsonl"):
        name = str(item["doc"])
        events[name] = item["events"]  # type: ignore[assignment]
        texts.setdefault(name, str(item["text"]))
    for name in sorted(texts):
        article = Article(f"gold:{name}", texts[name])
        if name in claims and not held_out(name + "curve", 1 - share):
            add_claims(article, claims[name][1])
        if name in events:
            add_events(article, events[name])
        if article.layers:
            yield article


def own(folder: Path, root: Path, share: float = 1.0) -> Iterator[Article]:
    """Our own annotation: offsets into corpus texts, looked up under `root`; `share` as in `gold`."""
    for kind, add in (("claims", add_claims), ("events", add_events)):
        for row in _jsonl(folder / f"{kind}.jsonl"):
            name = str(row["doc"])
            if kind == "claims" and held_out(name + "curve", 1 - share):
                continue
            text = passage(name, root)
            article = Article(f"own:{kind}:{name}", text)
            add(article, [_as_gold(item, text) for item in row[kind]])  # type: ignore[attr-defined]
            yield article


def passage(name: str, root: Path) -> str:
    """The text that a `doc` of our own annotation names."""
    file, _, where = name.rpartition(":")
    if "#" in file:
        file, _, key = file.partition("#")
        start, end = map(int, where.split("-"))
        if file.startswith("muc4/"):
            return _muc4(root / file)[key][start:end]
        for item in _jsonl(root / file):
            if str(item.get("_id", item.get("id"))) == key:
                return str(item["text"])[start:end]
        raise KeyError(name)
    if "-" in where:
        start, end = map(int, where.split("-"))
        return (root / file).read_text("utf-8")[start:end]
    return str(json.loads(_lines(root / file)[int(where) - 1])["text"])


@cache
def _muc4(folder: Path) -> dict[str, str]:
    """The messages of a part by id, with their case restored as the benchmark does."""
    return {report.id: report.text for report in muc4_texts.reports(folder)}


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def _as_gold(item: dict[str, Any], text: str) -> dict[str, object]:
    """One claim or event with its spans as words, which is how the gold standard gives them."""

    def words(span: list[int] | None) -> str:
        return text[span[0] : span[1]] if span else ""

    made: dict[str, object] = dict(item)
    for role in ("quantity", "victims", "perpetrator", "source", "place"):
        if role in item:
            made[role] = words(item[role])
    for role in ("actor", "recipient"):
        if role in item:
            made[role] = [words(span) for span in item[role]]
    if "trigger" in item:
        made["trigger_span"] = item["trigger"]
    return made


def _jsonl(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def evidence_span(text: str, item: dict[str, object]) -> tuple[int, int]:
    if "start" in item:
        return int(str(item["start"])), int(str(item["end"]))
    at = -1
    for _ in range(int(str(item.get("occurrence", 1)))):
        at = text.find(str(item["evidence"]), at + 1)
    return at, at + len(str(item["evidence"]))


def nearest(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    """The occurrence of `words` nearest to `[start, end)`, at word bounds; None where there is none."""
    if not words:
        return None
    best: tuple[int, int] | None = None
    for match in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text):
        away = max(start - match.end(), match.start() - end, 0)
        if best is None or away < best[0]:
            best = (away, match.start())
    return None if best is None else (best[1], best[1] + len(words))


def add_claims(article: Article, claims: list[dict[str, object]]) -> None:
    text = article.text
    for layer in heads.CLAIM_LAYERS:
        article.layers[layer] = []
    for name in ("victim_kind", "stance", "claim_background", "source_kind", "amount"):
        article.classes[name] = []
    for role in ("source", "perpetrator", "place", "victims"):
        article.anchors[f"claim:{role}"] = []
    for claim in claims:
        start, end = evidence_span(text, claim)
        if start < 0:
            continue
        article.layers[str(claim["harm"])].append((start, end))
        for name, value in (
            ("victim_kind", claim["victim_kind"]),
            ("stance", claim["stance"]),
            ("claim_background", "true" if claim["background"] else "false"),
            ("source_kind", claim["source_kind"]),
            ("amount", amount_class(claim)),
        ):
            article.classes[name].append((start, end, str(value)))
        found = nearest(text[start:end], str(claim["quantity"]), 0, 0)
        if found:
            article.layers["number"].append((start + found[0], start + found[1]))
        for role, layer in (("source", "claim_source"), ("perpetrator", "perpetrator"), ("place", ""),
                            ("victims", "victims")):  # fmt: skip
            article.anchors[f"claim:{role}"].append(start)
            span = nearest(text, str(claim[role] or ""), start, end)
            if span:
                if layer:
                    article.layers[layer].append(span)
                article.links.append((f"claim:{role}", start, span[0]))


def amount_class(claim: dict[str, object]) -> str:
    """See `heads.CLASSES`; "" for what it has no class for (many people named)."""
    if claim["quantity"]:
        return "stated"
    low, high = claim["min"], claim["max"]
    if low is None and high is None:
        return "open"
    return str(low) if low == high else ""


def add_events(article: Article, events: list[dict[str, object]]) -> None:
    text = article.text
    for layer in heads.EVENT_LAYERS:
        article.layers[layer] = []
    for name in ("event_type", "reality", "event_background", "mode"):
        article.classes[name] = []
    for role in ("actor", "recipient", "place"):
        article.anchors[f"event:{role}"] = []
    for event in events:
        start, end = evidence_span(text, event)
        span = event.get("trigger_span")
        if span is None or start < 0:
            continue
        first, last = int(span[0]), int(span[1])  # type: ignore[index]
        article.layers["trigger"].append((first, last))
        article.classes["event_type"].append((first, last, str(event["type"])))
        article.classes["mode"].append((first, last, str(event["mode"])))
        article.classes["reality"].append((first, last, str(event["reality"])))
        article.classes["event_background"].append((first, last, "true" if event["background"] else "false"))
        for role in ("actor", "recipient", "place"):
            article.anchors[f"event:{role}"].append(first)
            given = event[role]
            for words in given if isinstance(given, list) else [given]:
                found = nearest(text, str(words or ""), start, end)
                if found:
                    article.layers["event_place" if role == "place" else "party"].append(found)
                    article.links.append((f"event:{role}", first, found[0]))


def event_location(path: Path, start: int = 0, every: int = 1) -> Iterator[Article]:
    """Agency sentences with one verb and its places (none for half of them). Only the link is taught."""
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        if not line or number % every != start:
            continue
        item = json.loads(line)
        if item.get("answer", "accept") != "accept":
            continue
        verbs = [s for s in item["spans"] if s["label"] == "VERB"]
        if len(verbs) != 1:
            continue
        anchor = verbs[0]["start"]
        places = [s["start"] for s in item["spans"] if s["label"] == "LOCATION"]
        yield Article(
            f"event-location:{number}",
            item["text"],
            anchors={"event:place": [anchor]},
            links=[("event:place", anchor, place) for place in places],
        )
