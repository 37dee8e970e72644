"""Articles to arrays of unit labels, windows of them, and padded batches."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from counterclaim.language.model_units import Units, WordPieces, cut_units
from training import heads
from training.corpora import Article

FLAT = {"ner": heads.NER, "attr": heads.ATTRIBUTION}
Spans = Sequence[tuple[int, int]]


@dataclass
class Vocabularies:
    """Label lists learned from the treebanks; order is part of the model."""

    features: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)


@dataclass
class Encoded:
    """One article in units, with every label a corpus gives (IGNORE elsewhere)."""

    name: str
    units: Units
    breaks: list[int]
    tags: dict[str, np.ndarray]
    layers: np.ndarray | None
    classes: np.ndarray | None
    anchors: list[tuple[int, int]]
    links: set[tuple[int, int, int]]


def lemma_script(form: str, lemma: str) -> str:
    """How the lemma comes from the form: `k` or `l`, letters to cut, `+`, letters to add; else `=lemma`."""
    if lemma == form:
        return "k0+"
    for keep, base in (("l", form.lower()), ("k", form)):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common and common * 2 >= len(base) - 1:
            return f"{keep}{len(base) - common}+{lemma[common:]}"
    return "=" + lemma


def learn_vocabularies(articles: Iterable[Article], least: int = 3) -> Vocabularies:
    features: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for article in articles:
        for word in article.words or ():
            features[word.features] += 1
            lemmas[lemma_script(article.text[word.start : word.end], word.lemma)] += 1
            relations[word.relation] += 1

    def kept(counts: Counter[str], bound: int) -> list[str]:
        return [label for label, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if count >= bound]

    return Vocabularies(kept(features, least), kept(lemmas, least), kept(relations, least))


def encode(article: Article, wordpieces: WordPieces, vocabularies: Vocabularies) -> Encoded:
    units = cut_units(article.text, wordpieces)
    size = len(units)
    starts, ends = list(units.starts), list(units.ends)

    def reach(start: int, end: int) -> tuple[int, int]:
        return bisect_right(ends, start), bisect_left(starts, end)

    def unit_at(offset: int) -> int:
        return min(bisect_right(ends, offset), size - 1)

    if article.cuts:
        breaks = sorted({unit_at(cut) for cut in article.cuts})
    else:
        breaks = [index for index in range(size) if units.breaks[index]]
    tags: dict[str, np.ndarray] = {}
    if article.words is not None:
        tags.update(_word_tags(article, starts, ends, vocabularies))
    for name, found in article.flat.items():
        row = np.zeros(size, np.int32)
        for start, end, kind in sorted(found, key=lambda s: s[0] - s[1]):
            labels = FLAT[name]
            first, last = reach(start, end)
            if first < last and f"B-{kind}" in labels:
                row[first:last] = labels.index(f"I-{kind}")
                row[first] = labels.index(f"B-{kind}")
        tags[name] = row
    layers = None
    if article.layers:
        layers = np.full((len(heads.LAYERS), size), heads.IGNORE, np.int32)
        for layer, spans in article.layers.items():
            row = layers[heads.LAYERS.index(layer)]
            row[:] = 0
            for start, end in sorted(set(spans), key=lambda s: s[0] - s[1]):
                first, last = reach(start, end)
                if first < last:
                    row[first:last] = 2
                    row[first] = 1
    classes = None
    if article.classes:
        classes = np.full((len(heads.CLASSES), size), heads.IGNORE, np.int32)
        for name, marked in article.classes.items():
            number = list(heads.CLASSES).index(name)
            for start, end, value in sorted(marked, key=lambda s: s[0] - s[1]):
                first, last = reach(start, end)
                if value in heads.CLASSES[name]:
                    classes[number, first:last] = heads.CLASSES[name].index(value)
    anchors = [(heads.CHANNELS.index(c), unit_at(a)) for c, found_ in article.anchors.items() for a in found_]
    links = {(heads.CHANNELS.index(c), unit_at(a), unit_at(d)) for c, a, d in article.links}
    return Encoded(article.name, units, breaks, tags, layers, classes, sorted(set(anchors)), links)


def _word_tags(
    article: Article, starts: list[int], ends: list[int], vocabularies: Vocabularies
) -> dict[str, np.ndarray]:
    size = len(starts)
    names = ("segment", "upos", "features", "lemma", "head", "relation")
    tags = {name: np.full(size, heads.IGNORE, np.int32) for name in names}
    words = article.words or []
    tags["segment"][:] = 0
    indices = [
        {label: number for number, label in enumerate(labels)}
        for labels in (heads.UPOS, vocabularies.features, vocabularies.lemmas, vocabularies.relations)
    ]
    # A word that begins inside a unit (a cut the units do not make) has no unit of its own: its labels are left out.
    own: list[int] = []
    for word in words:
        at = bisect_left(starts, word.start)
        own.append(at if at < size and starts[at] == word.start and word.end > word.start else -1)
    for index, (word, at) in enumerate(zip(words, own, strict=True)):
        if at < 0:
            continue
        tags["segment"][at] = 2 if word.opens else 1
        script = lemma_script(article.text[word.start : word.end], word.lemma)
        for name, value, table in zip(
            ("upos", "features", "lemma"), (word.upos, word.features, script), indices, strict=False
        ):
            tags[name][at] = table.get(value, heads.IGNORE)
        target = at if word.head == index else own[word.head]
        if target >= 0:
            tags["head"][at] = target
            tags["relation"][at] = indices[3].get(word.relation, heads.IGNORE)
    return tags


@dataclass
class Piece:
    """Units `[first, last)` of one encoded article, with their length in word pieces."""

    article: Encoded
    first: int
    last: int
    length: int


def draw_windows(article: Encoded, chance: random.Random, shortest: int, longest: int) -> list[Piece]:
    """Cut an article at its breaks into windows of random greatest length; every unit falls in one window."""
    lengths = [len(pieces) for pieces in article.units.pieces]
    size = len(lengths)
    if not size:
        return []
    bounds = [*(b for b in article.breaks if b), size]
    windows = []
    first = used = at = 0
    room = chance.randint(shortest, longest)
    for bound in bounds:
        length = sum(lengths[at:bound])
        if used and used + length > room:
            windows.append(Piece(article, first, at, used))
            first, used = at, 0
            room = chance.randint(shortest, longest)
        while used + length > longest:  # one sentence longer than any window
            cut = at
            while used + lengths[cut] <= longest:
                used += lengths[cut]
                cut += 1
            windows.append(Piece(article, first, cut, used))
            first = at = cut
            used = 0
            length = sum(lengths[at:bound])
        used += length
        at = bound
    if first < size:
        windows.append(Piece(article, first, size, used))
    return windows


def batches(windows: list[Piece], chance: random.Random, pieces_a_batch: int) -> list[list[Piece]]:
    """Shuffle, sort within large chunks by length, fill batches to a padded size, shuffle the batches."""
    chance.shuffle(windows)
    made: list[list[Piece]] = []
    chunk = 512
    for at in range(0, len(windows), chunk):
        batch: list[Piece] = []
        longest = 0
        for window in sorted(windows[at : at + chunk], key=lambda w: w.length):
            longest = max(longest, window.length + 2)
            if batch and longest * (len(batch) + 1) > pieces_a_batch:
                made.append(batch)
                batch, longest = [], window.length + 2
            batch.append(window)
        made.append(batch)
    chance.shuffle(made)
    return made


Batch = dict[str, torch.Tensor]


# Word pieces are lower-case, so a text in another casing differs in its units' shapes alone. Indices into SHAPES.
RECASED = {"lower": (0, 0, 0, 0, 0, 5, 6, 7), "upper": (2, 2, 2, 3, 2, 5, 6, 7), "title": (1, 1, 2, 3, 4, 5, 6, 7)}


def recased(chance: random.Random, shares: dict[str, float]) -> tuple[int, ...] | None:
    """The shapes to put for a window's own, or None to leave them, drawn by the configured shares."""
    drawn = chance.random()
    for name, share in shares.items():
        drawn -= share
        if drawn < 0:
            return RECASED[name]
    return None


def collate(batch: list[Piece], start: int, end: int, casings: Sequence[tuple[int, ...] | None] | None = None) -> Batch:
    """Padded tensors; `start` and `end` are the ids of [CLS] and [SEP]; `casings` puts other shapes for some rows."""
    rows = len(batch)
    width = max(window.length for window in batch) + 2
    count = max(window.last - window.first for window in batch)
    ids = np.zeros((rows, width), np.int64)
    shapes = np.full((rows, width), 6, np.int64)
    gaps = np.zeros((rows, width), np.int64)
    real = np.zeros((rows, width), bool)
    first = np.zeros((rows, count), np.int64)
    last = np.zeros((rows, count), np.int64)
    out: dict[str, np.ndarray] = {}
    names = ("segment", "upos", "features", "lemma", "head", "relation", "ner", "attr")
    for name in names:
        out[name] = np.full((rows, count), heads.IGNORE, np.int64)
    layers = np.full((rows, len(heads.LAYERS), count), heads.IGNORE, np.int64)
    classes = np.full((rows, len(heads.CLASSES), count), heads.IGNORE, np.int64)
    link_rows: list[tuple[int, int, int]] = []
    link_targets: list[np.ndarray] = []
    for row, window in enumerate(batch):
        article, units = window.article, window.article.units
        at = 1
        casing = casings[row] if casings else None
        ids[row, 0] = start
        for position, unit in enumerate(range(window.first, window.last)):
            pieces = units.pieces[unit]
            stop = at + len(pieces)
            ids[row, at:stop] = pieces
            shape = units.shapes[unit]
            shapes[row, at:stop] = casing[shape] if casing else shape
            gaps[row, at:stop] = 4
            gaps[row, at] = units.gaps[unit]
            first[row, position], last[row, position] = at, stop - 1
            at = stop
        ids[row, at] = end
        real[row, : at + 1] = True
        size = window.last - window.first
        for name, values in article.tags.items():
            out[name][row, :size] = values[window.first : window.last]
        if "head" in article.tags:
            relative = article.tags["head"][window.first : window.last].astype(np.int64) - window.first
            relative[(relative < 0) | (relative >= size)] = heads.IGNORE
            out["head"][row, :size] = relative
        if article.layers is not None:
            layers[row, :, :size] = article.layers[:, window.first : window.last]
        if article.classes is not None:
            classes[row, :, :size] = article.classes[:, window.first : window.last]
        targets: dict[tuple[int, int], np.ndarray] = {}
        for channel, anchor in article.anchors:
            if window.first <= anchor < window.last:
                target = np.full(count, -1, np.int8)
                target[:size] = 0
                targets[channel, anchor] = target
        for channel, anchor, dependent in article.links:
            if (channel, anchor) in targets and window.first <= dependent < window.last:
                targets[channel, anchor][dependent - window.first] = 1
        for (channel, anchor), target in targets.items():
            link_rows.append((row, channel, anchor - window.first))
            link_targets.append(target)
    tensors = {name: torch.from_numpy(values) for name, values in out.items()}
    tensors.update(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        gaps=torch.from_numpy(gaps),
        real=torch.from_numpy(real),
        first=torch.from_numpy(first),
        last=torch.from_numpy(last),
        layers=torch.from_numpy(layers),
        classes=torch.from_numpy(classes),
        link_rows=torch.tensor(link_rows, dtype=torch.int64).reshape(-1, 3),
        link_targets=torch.from_numpy(np.stack(link_targets) if link_targets else np.zeros((0, count), np.int8)),
    )
    return tensors
