"""Actors: mentions judged by hand, and coreference on GUM: `python -m bench.actors [--errors]`.

Mentions: sentences of agency and newspaper text in which every party was marked by hand (training/annotations), with
the countries, sectors and kinds that a careful reader would accept. Country, sector and kind are counted over the
mentions found, or `of_all`; `found` says how many are, and `besides` how many others the coder finds in these
sentences, to each marked one. A sentence is read inside its whole document. `mended` is the part whose
errors were read.

Coreference: MUC, B-cubed and CEAF-e and their mean, the CoNLL F1 (Pradhan et al. 2014), on the dev part of the CC BY
texts of GUM.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bench import data
from bench.coreference import measure as coreference
from bench.times import read as read_timeml
from counterclaim.pipeline import default_analyser
from counterclaim.records import Actor
from counterclaim.resolving.actors import ActorIndex, find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

JUDGED = Path(__file__).parent.parent / "training" / "annotations" / "actors.jsonl"


def document(name: str) -> tuple[str, date | None]:
    """The text and the publication day of a document as the annotations name it."""
    root = data.root() / "corpora"
    if name.endswith(".tml"):
        read = read_timeml(root / name)
        return read.text, read.created
    if name.startswith("re3d/"):
        file, _, key = name.partition("#")
        records = (json.loads(line) for line in (root / file).read_text("utf-8").splitlines())
        return next(record["text"] for record in records if record["_id"] == key), None
    if name.startswith("event-location/"):
        file, _, line = name.rpartition(":")
        return json.loads(_lines(root / file)[int(line) - 1])["text"], None
    day = Path(name).name.split("_")[1]
    return (root / name).read_text("utf-8"), date.fromisoformat(day)


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _index(name: str) -> ActorIndex:
    text, day = document(name)
    analysis = default_analyser().analyse([text])[0]
    gazetteer = Gazetteer.open()
    return find_actors(analysis, find_places(analysis, gazetteer), gazetteer, day)


def judged(part: str) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, Actor | None, str]]:
    """Each marked mention of a part with the actor found for it; and, without a mark, each actor found besides."""
    for line in JUDGED.read_text("utf-8").splitlines():
        sentence = json.loads(line)
        if sentence["part"] != part:
            continue
        text, _ = document(sentence["doc"])
        index = _index(sentence["doc"])
        marked = [(mention["start"], mention["end"]) for mention in sentence["mentions"]]
        for mention in sentence["mentions"]:
            yield sentence, mention, _at(index, mention["start"], mention["end"]), text
        for (start, end), actor in index.within(sentence["start"], sentence["end"]):
            free = all(e <= start or end <= s for s, e in (*marked, *sentence["open"]))
            if free and end - start > 4:  # pronouns are the business of coreference
                yield {**sentence, "at": (start, end)}, None, actor, text


def _at(index: ActorIndex, start: int, end: int) -> Actor | None:
    """The actor of the smallest mention that shares the last word of these words."""
    best = None
    for actor in index.actors:
        for s, e in actor.mentions:
            if s < end <= e and (best is None or _apart(s, e, start, end) < best[0]):
                best = (_apart(s, e, start, end), actor)
    return best[1] if best else index.at(start, end)


def _apart(s: int, e: int, start: int, end: int) -> int:
    return abs(s - start) + abs(e - end)


def measure() -> dict[str, float]:
    """Each part's figures, and those of coreference."""
    mended = {f"mended.{name}": value for name, value in _measured("mended").items()}
    return {**_measured("judged"), **mended, **coreference()}


def _measured(part: str) -> dict[str, float]:
    """Shares right over the mentions found; how many are found, and how many besides."""
    marks = found = spurious = 0
    right = {"country": 0, "sector": 0, "kind": 0}
    for _, mention, actor, _ in judged(part):
        if mention is None:
            spurious += 1
            continue
        marks += 1
        if actor is None:
            continue
        found += 1
        for field in right:
            right[field] += getattr(actor, field) in mention[field]
    figures: dict[str, float] = {"mentions": marks, "found": found / marks, "besides": spurious / marks}
    figures |= {f"{field}.accuracy": count / found for field, count in right.items()}
    return figures | {f"{field}.of_all": count / marks for field, count in right.items()}


def show_errors() -> None:
    """Print what is missed, wrong or found besides, of the part that is there to mend from."""
    for sentence, mention, actor, text in judged("mended"):
        whole = " ".join(text[sentence["start"] : sentence["end"]].split())
        if mention is None:
            start, end = sentence["at"]
            print(f"BESIDES {text[start:end]!r} {actor.kind if actor else ''} | {whole}")
            continue
        words = text[mention["start"] : mention["end"]]
        if actor is None:
            print(f"MISSED {words!r} {mention['kind']} | {whole}")
            continue
        for field in ("country", "sector", "kind"):
            if getattr(actor, field) not in mention[field]:
                print(f"{field} {words!r} {getattr(actor, field)} for {mention[field]}, {actor.name!r} | {whole}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print what is missed or wrong instead")
    if parser.parse_args().errors:
        show_errors()
        return
    print(json.dumps(measure(), indent=1))


if __name__ == "__main__":
    main()
