"""The trained model read from its file: texts in, scores a unit out. Loaded once, at the first text."""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from counterclaim.language.model_decode import Floats, Integers, tree_heads
from counterclaim.language.model_units import GAPS, SHAPES, Units, Window, WordPieces, cut_units, cut_windows

PART = 64
"""Windows, some 50,000 characters, beyond which a text is read in parts."""
_FACTORS = 48
"""Numbers of an anchor, and of an argument, by whose product a link is scored."""
_NO_SHAPE, _INSIDE = SHAPES.index("mark"), GAPS.index("inside")
_LINE_ENDS = (GAPS.index("line"), GAPS.index("paragraph"))
_TAGS = ("segment", "upos", "features", "lemma")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one text, one row a unit.

    `tags`: label indices (segment 0 inside a word, 1 opens a word, 2 opens a sentence; upos, features, lemma), and
    `head` (unit index, its own for a root, -1 inside a word) and `relation`. `scores`: logits, `ner` and `attr`
    `[units, tags]`, `layers` `[units, layers, 3]`, `classes` `[units, values]`. `links`: for a channel and a unit that
    opens a cue, a claim's evidence or an event's trigger, the first unit of its window (below 0 where that stands in
    an earlier part of the text) and the log-odds, by unit of the window, that an argument starts there.
    """

    units: Units
    tags: Mapping[str, Integers]
    scores: Mapping[str, Floats]
    links: Mapping[tuple[int, int], tuple[int, Floats]]


class TextReader(Protocol):
    """What the analyser needs of a model: its labels by head, and scores for a text."""

    @property
    def version(self) -> str:
        """Name and version, stable for the same output."""

    @property
    def labels(self) -> dict[str, Any]:
        """Label lists by head; `classes` maps each class to its values."""

    def read(self, text: str) -> Reading:
        """Scores for one text."""

    def parts(self, text: str) -> Iterator[Reading]:
        """The same for a text that may be long, in parts that follow each other."""


class Session:
    """One loaded model. Threads may share it.

    Each window is run alone: activations get one int8 range a run, so in a batch a text would feel its neighbours, and
    on one core a window's 200 pieces already fill the matrix units, so a batch would be no faster. `threads` bounds the
    cores that one run takes; it is the only thread setting, and 1 unless `ModelAnalyser(threads=...)` says otherwise.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        # Official builds of 1.29 and later tell their maker of every session; nobody asked our users (SECURITY.md, P1).
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.inter_op_num_threads = 1
        self.options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(str(path), self.options, providers=["CPUExecutionProvider"])
        about = self._session.get_modelmeta().custom_metadata_map
        words = about["vocabulary"].split("\n")
        self.version: str = about["version"]
        self.labels: dict[str, Any] = json.loads(about["labels"])
        self._wordpieces = WordPieces({word: number for number, word in enumerate(words) if word})
        self._shapes = {
            "ner": (0, 1 + 2 * len(self.labels["ner"])),
            "attr": (0, 1 + 2 * len(self.labels["attr"])),
            "layers": (0, len(self.labels["layers"]), 3),
            "classes": (0, sum(map(len, self.labels["classes"].values()))),
        }
        self._outputs = [output.name for output in self._session.get_outputs() if output.name != "encoded"]

    def read(self, text: str) -> Reading:
        """Run the model over one text; time and memory linear in its length."""
        units = cut_units(text, self._wordpieces)
        return self._reading(units, Rows(units), cut_windows(units))

    def parts(self, text: str) -> Iterator[Reading]:
        """The readings of a text's parts, in order: one, but for a text of above PART windows.

        A long text is parted at line ends where it can be, so that its scores never stand in memory all at once.
        """
        units = cut_units(text, self._wordpieces)
        rows, windows = Rows(units), cut_windows(units)
        first = 0
        for index in range(1, len(windows)):
            opens_line = units.gaps[windows[index].core] in _LINE_ENDS
            if index - first >= (PART if opens_line else 2 * PART):
                yield self._reading(units, rows, windows[first:index])
                first = index
        yield self._reading(units, rows, windows[first:])

    def inputs(self, text: str) -> list[dict[str, Integers]]:
        """What the model is given for a text, by window."""
        units = cut_units(text, self._wordpieces)
        rows = Rows(units)
        return [feeds(rows, self._wordpieces, window.first, window.last) for window in cut_windows(units)]

    def _reading(self, units: Units, rows: Rows, windows: Sequence[Window]) -> Reading:
        tags: dict[str, list[Integers]] = {name: [np.zeros(0, np.int64)] for name in (*_TAGS, "head", "relation")}
        scores: dict[str, list[Floats]] = {name: [np.zeros(shape, np.float32)] for name, shape in self._shapes.items()}
        links = []
        base = windows[0].core if windows else 0
        for window in windows:
            found = self._run(rows, window.first, window.last)
            core, first = window.core - window.first, window.first - base
            heads = window_heads(found["segment"], found["head"], found["arcs"])
            # A head that stands in another part is out of reach; a head in the window's own context is not.
            found["head"] = np.where(heads + first >= 0, heads + first, -1)
            found["head"][heads < 0] = -1
            for name, row in tags.items():
                row.append(found[name][core:])
            for name, table in scores.items():
                table.append(found[name][core:])
            links.append(_WindowLinks(first, core, found["anchors"], found["arguments"], found["argument_bias"]))
        return Reading(
            units.between(base, windows[-1].last if windows else 0),
            {name: np.concatenate(kept) for name, kept in tags.items()},
            {name: np.concatenate(kept) for name, kept in scores.items()},
            LinkScores(links),
        )

    def _run(self, rows: Rows, first: int, last: int) -> dict[str, NDArray[Any]]:
        given = feeds(rows, self._wordpieces, first, last)
        return dict(zip(self._outputs, self._session.run(self._outputs, given), strict=True))


class _WindowLinks(NamedTuple):
    """What links of one window are scored by; `first` is its first unit, of which `core` are context."""

    first: int
    core: int
    anchors: Floats
    arguments: Floats
    bias: Floats


class LinkScores(Mapping[tuple[int, int], tuple[int, Floats]]):
    """`Reading.links`, each scored when it is asked for: most units are never an anchor."""

    def __init__(self, windows: Sequence[_WindowLinks]) -> None:
        self._windows = windows
        self._cores = [window.first + window.core for window in windows]

    def __getitem__(self, key: tuple[int, int]) -> tuple[int, Floats]:
        channel, unit = key
        at = bisect_right(self._cores, unit) - 1
        if at < 0 or not 0 <= channel < self._windows[at].bias.shape[1]:
            raise KeyError(key)
        first, _, anchors, arguments, bias = self._windows[at]
        if unit - first >= len(anchors):
            raise KeyError(key)
        factors = slice(channel * _FACTORS, (channel + 1) * _FACTORS)
        return first, arguments[:, factors] @ anchors[unit - first, factors] + bias[:, channel]

    def __len__(self) -> int:
        return sum((len(window.anchors) - window.core) * window.bias.shape[1] for window in self._windows)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for window in self._windows:
            units = range(window.first + window.core, window.first + len(window.anchors))
            yield from product(range(window.bias.shape[1]), units)


class Rows:
    """The pieces of a text as arrays, to be sliced into windows; unit `u` has pieces `starts[u]` to `starts[u + 1]`."""

    def __init__(self, units: Units) -> None:
        lengths = np.fromiter(map(len, units.pieces), np.int64, len(units))
        self.starts: Integers = np.concatenate([[0], lengths.cumsum()])
        self.ids = np.fromiter(chain.from_iterable(units.pieces), np.int64, int(self.starts[-1]))
        self.shapes = np.repeat(np.asarray(units.shapes, np.int64), lengths)
        self.gaps = np.full(len(self.ids), _INSIDE, np.int64)
        self.gaps[self.starts[:-1]] = units.gaps


def feeds(rows: Rows, wordpieces: WordPieces, first: int, last: int) -> dict[str, Integers]:
    """The model's inputs for the units `[first, last)`: pieces between marks, and the ends of each unit in them."""
    start, end = rows.starts[first], rows.starts[last]
    begins = rows.starts[first : last + 1] - (start - 1)
    given = {
        "ids": np.concatenate([[wordpieces.start], rows.ids[start:end], [wordpieces.end]]),
        "shapes": np.concatenate([[_NO_SHAPE], rows.shapes[start:end], [_NO_SHAPE]]),
        "gaps": np.concatenate([[0], rows.gaps[start:end], [0]]),
        "first": begins[:-1],
        "last": begins[1:] - 1,
    }
    return {name: values[None] for name, values in given.items()}


def window_heads(segment: Integers, best: Integers, arcs: Floats) -> Integers:
    """The head of each unit that opens a word (a root is its own), -1 for the others; a tree a sentence.

    `best` is the best head of each unit on its own; where that is a tree it is taken, else the best tree.
    """
    opens = segment > 0
    heads = np.where(opens, best, -1)
    sentences = np.cumsum(segment == 2)
    units = np.arange(len(heads))
    roots = np.bincount(sentences[opens & (heads == units)], minlength=int(sentences[-1]) + 1 if len(units) else 1)
    reached = np.where(opens, best, units)
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    looped = opens & (best[reached] != reached)
    broken = {*np.flatnonzero(roots != 1).tolist(), *sentences[looped].tolist()}
    for sentence in broken:
        words = np.flatnonzero(opens & (sentences == sentence))
        if len(words):
            heads[words] = words[tree_heads(arcs[np.ix_(words, words)])]
    return heads


@lru_cache(maxsize=2)
def shared_session(path: str, threads: int) -> Session:
    """The session of a process, loaded at first use."""
    return Session(Path(path), threads)
