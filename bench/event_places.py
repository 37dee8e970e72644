"""Which place belongs to which verb, on event-location: `python -m bench.event_places`.

A sentence, one verb, the places that belong to it (none, for nearly half). One sentence in five, by a checksum of its
text, is held out; the others fit the weights (`training.rankers`). The anchor takes the name nearest to the verb.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from bench import data
from counterclaim.coding.context import clause
from counterclaim.coding.scene_choice import Act, SceneChooser
from counterclaim.coding.scenes import SceneReader
from counterclaim.language import Analysis
from counterclaim.pipeline import default_analyser
from counterclaim.records import Span
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

BATCH = 64
LEAST = 0.3
"""As for the events of a report (`counterclaim.coding.events.setting`)."""


class Sentence(NamedTuple):
    """A line of event-location: its number, text, verb, and the places that belong to the verb."""

    line: int
    text: str
    verb: Span
    places: tuple[Span, ...]

    @property
    def is_held_out(self) -> bool:
        """True for the fifth of the texts that nothing is fitted on."""
        return zlib.crc32(self.text.strip().encode()) % 5 == 0


def sentences() -> Iterator[Sentence]:
    """The sentences with a verb, without those whose offsets miss the name they mark."""
    path = data.root() / "corpora" / "event-location" / "train.jsonl"
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        read = json.loads(line)
        text = read["text"]
        marked = [(span["label"], (span["start"], span["end"])) for span in read["spans"]]
        verbs = [span for label, span in marked if label == "VERB" and text[slice(*span)].strip()]
        places = tuple(span for label, span in marked if label == "LOCATION")
        if verbs and all(text[slice(*span)].strip()[:1].isalnum() for span in places):
            yield Sentence(number, text, verbs[0], places)


def read(kept: list[Sentence]) -> Iterator[tuple[Sentence, Analysis, SceneReader]]:
    """Each sentence analysed, with its place names."""
    analyser, gazetteer = default_analyser(), Gazetteer.open()
    for first in range(0, len(kept), BATCH):
        batch = kept[first : first + BATCH]
        for sentence, analysis in zip(batch, analyser.analyse([one.text for one in batch]), strict=True):
            places = find_places(analysis, gazetteer)
            actors = find_actors(analysis, places, gazetteer, None)
            yield sentence, analysis, SceneReader(analysis, places, actors, ())


def verb_of(sentence: Sentence, analysis: Analysis) -> Act:
    """The verb as an act to be placed."""
    return Act(*sentence.verb, clause(analysis, *sentence.verb))


def measure() -> dict[str, float]:
    """Share of the verbs with a place that get the right one, and of the places given that are right; the anchor's."""
    kept = [one for one in sentences() if one.is_held_out]
    counts = {"chosen": [0, 0, 0], "nearest": [0, 0, 0]}
    placed = known = 0
    for sentence, analysis, scenes in read(kept):
        act = verb_of(sentence, analysis)
        chosen = SceneChooser(analysis, scenes, [act]).scene(act, "event_place", LEAST)
        nearest = min(scenes.candidates, key=lambda scene: abs(scene.start - act.start), default=None)
        placed += len(sentence.places) > 0
        known += any(_marks(sentence, (scene.start, scene.end)) for scene in scenes.candidates)
        for name, scene in (("chosen", chosen), ("nearest", nearest)):
            right = scene is not None and _marks(sentence, (scene.start, scene.end))
            counts[name][0] += right
            counts[name][1] += scene is not None
            counts[name][2] += right or (scene is None and not sentence.places)
    figures: dict[str, float] = {"sentences": len(kept), "with_a_place": placed, "names_found": known / max(1, placed)}
    for name, (hits, given, exact) in counts.items():
        figures |= {
            f"{name}.p": hits / max(1, given),
            f"{name}.r": hits / max(1, placed),
            f"{name}.f1": 2 * hits / max(1, given + placed),
            f"{name}.accuracy": exact / max(1, len(kept)),
        }
    return figures


def _marks(sentence: Sentence, span: Span) -> bool:
    return any(span[0] < end and start < span[1] for start, end in sentence.places)


def main() -> None:
    for name, value in measure().items():
        print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    main()
