"""The trained model read from its file: texts in, scores a unit out. Loaded once, at the first text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from counterclaim.language.model_decode import Floats, Integers, tree_heads
from counterclaim.language.model_units import Units, WordPieces, cut_units, cut_windows

_SCORES = ("ner", "attr", "layers", "classes")
# A unit is kept as a possible anchor of links where the tags that open one have at least this log-odds against O.
_MAYBE = -3.0
_ANCHORS = ("killed", "injured", "missing", "captured", "displaced", "casualties", "trigger")
_TAGS = ("segment", "upos", "features", "lemma")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one text, one row a unit.

    `tags`: label indices (segment 0 inside a word, 1 opens a word, 2 opens a sentence; upos, features, lemma), and
    `head` (unit index, its own for a root, -1 inside a word) and `relation`. `scores`: logits, `ner` and `attr`
    `[units, tags]`, `layers` `[units, layers, 3]`, `classes` `[units, values]`. `links`: for each unit that may open a
    cue, a claim's evidence or an event's trigger, the first unit of its window and the log-odds
    `[channels, units of the window]` that an argument starts there.
    """

    units: Units
    tags: Mapping[str, Integers]
    scores: Mapping[str, Floats]
    links: Mapping[int, tuple[int, Floats]]


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


class Session:
    """One loaded model. Threads may share it; each window is run alone, so a text never feels its neighbours."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        about = self._session.get_modelmeta().custom_metadata_map
        words = about["vocabulary"].split("\n")
        self.version: str = about["version"]
        self.labels: dict[str, Any] = json.loads(about["labels"])
        # What is taken off the score of "outside", by head or layer: chosen on dev parts, written by the export.
        self._bias: dict[str, float] = json.loads(about.get("bias", "{}"))
        self._wordpieces = WordPieces({word: number for number, word in enumerate(words) if word})
        self._outputs = [output.name for output in self._session.get_outputs()]

    def read(self, text: str) -> Reading:
        """Run the model over one text; time and memory linear in its length."""
        units = cut_units(text, self._wordpieces)
        tags: dict[str, list[NDArray[Any]]] = {name: [] for name in (*_TAGS, "head", "relation")}
        scores: dict[str, list[Floats]] = {name: [] for name in _SCORES}
        links: dict[int, tuple[int, Floats]] = {}
        for window in cut_windows(units):
            found = self._run(units, window.first, window.last)
            core = window.core - window.first
            heads = self._heads(found["segment"], found["arcs"])
            self._lean(found)
            found["head"] = np.where(heads >= 0, heads + window.first, -1)
            for name, parts in tags.items():
                parts.append(found[name][core:])
            for name, parts in scores.items():
                parts.append(found[name][core:])
            for unit in self._anchors(found)[core:].nonzero()[0] + core:
                links[window.first + int(unit)] = (window.first, found["links"][:, unit].copy())
        empty = {"ner": (0, 9), "attr": (0, 7), "layers": (0, len(self.labels["layers"]), 3), "classes": (0, 0)}
        return Reading(
            units,
            {name: np.concatenate([np.zeros(0, np.int64), *parts]) for name, parts in tags.items()},
            {
                name: np.concatenate(parts) if parts else np.zeros(empty[name], np.float32)
                for name, parts in scores.items()
            },
            links,
        )

    def _run(self, units: Units, first: int, last: int) -> dict[str, NDArray[Any]]:
        ids = [self._wordpieces.start]
        shapes, gaps = [6], [0]
        starts, ends = [], []
        for unit in range(first, last):
            pieces = units.pieces[unit]
            starts.append(len(ids))
            ids += pieces
            shapes += [units.shapes[unit]] * len(pieces)
            gaps.append(units.gaps[unit])
            gaps += [4] * (len(pieces) - 1)
            ends.append(len(ids) - 1)
        ids.append(self._wordpieces.end)
        shapes.append(6)
        gaps.append(0)
        given = {
            name: np.asarray([values], np.int64)
            for name, values in (("ids", ids), ("shapes", shapes), ("gaps", gaps), ("first", starts), ("last", ends))
        }
        return dict(zip(self._outputs, self._session.run(None, given), strict=True))

    def _lean(self, found: dict[str, NDArray[Any]]) -> None:
        for name, bias in self._bias.items():
            if name in found:
                found[name][..., 0] -= bias
            else:
                found["layers"][:, self.labels["layers"].index(name), 0] -= bias

    def _anchors(self, found: dict[str, NDArray[Any]]) -> NDArray[np.bool_]:
        layers = [self.labels["layers"].index(name) for name in _ANCHORS]
        cue = 1 + 2 * self.labels["attr"].index("cue")
        opens = found["layers"][:, layers, 1] - found["layers"][:, layers, 0] > _MAYBE
        return np.asarray(opens.any(1) | (found["attr"][:, cue] - found["attr"][:, 0] > _MAYBE))

    @staticmethod
    def _heads(segment: Integers, arcs: Floats) -> Integers:
        heads = np.full(len(segment), -1, np.int64)
        openers = np.flatnonzero(segment > 0)
        cuts = np.flatnonzero(segment[openers] == 2)
        for words in np.split(openers, cuts[cuts > 0]):
            if len(words):
                found = tree_heads(arcs[np.ix_(words, words)])
                heads[words] = words[found]
        return heads


@lru_cache(maxsize=2)
def shared_session(path: str, threads: int) -> Session:
    """The session of a process, loaded at first use."""
    return Session(Path(path), threads)
