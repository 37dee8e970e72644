"""Coreference inside a report on GUM's CC BY texts (dev): `python -m bench.coreference [--errors]`.

MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAF-e (Luo 2005); their mean F1 is the CoNLL score
(Pradhan et al. 2014). Chains have two mentions at least, on both sides. `named`: the marked chains of persons,
organisations and places that hold a proper name; `all`: every marked chain, of which this project sees only parties and
places. What is found is the same for both.

GUM marks whole noun phrases and their head words, this project names. A mention found therefore takes the span of the
smallest marked phrase around it whose head it holds (or the largest inside it, where a title was taken in); one that
has none keeps its own span, and so counts as wrong. The anchor (`exact`) ties the names that are written alike.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench import data
from counterclaim.language import Analysis
from counterclaim.pipeline import default_analyser
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

Span = tuple[int, int]
Chain = frozenset[Span]
NAMED = ("person", "organization", "place")
_PIECE = re.compile(r"\([^()]+\)?|[^()]+\)")


class Mark(NamedTuple):
    """A marked phrase: its span, the span of its head words, its chain and type, and whether a proper name heads it."""

    span: Span
    head: Span
    chain: str
    type: str
    proper: bool


class Text(NamedTuple):
    """A document with its marked phrases."""

    text: str
    marks: list[Mark]


def texts(path: str = "corpora/gum-ccby/gum-dev.conllu") -> Iterator[Text]:
    """The documents of a CoNLL-U file with GUM's Entity annotation."""
    for block in re.split(r"(?m)^(?=# newdoc)", (data.root() / path).read_text("utf-8")):
        if block.strip():
            yield _read(block)


def _read(block: str) -> Text:
    text, pending = "", ""
    marks: list[Mark] = []
    for sentence in block.strip().split("\n\n"):
        words: list[tuple[int, int, str]] = []
        opened: list[tuple[str, int]] = []
        if text and "# newpar" in sentence:
            pending = "\n\n"
        last_part = 0
        for line in sentence.split("\n"):
            if line.startswith("#"):
                continue
            number, form, _, tag, *_, misc = line.split("\t")
            if "." in number:
                continue
            if "-" in number or int(number) > last_part:
                text += pending
                begin, at = len(text), len(text)
                text += form
                pending = "" if "SpaceAfter=No" in misc else " "
            if "-" in number:  # the parts of "Byron's" lie inside it
                last_part = int(number.split("-")[1])
                continue
            if int(number) <= last_part:
                begin, at = at, min(at + len(form), len(text))
                words.append((begin, at, tag))
            else:
                words.append((begin, len(text), tag))
            entity = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            for piece in _PIECE.findall(entity[1]) if entity else []:
                if piece.startswith("("):
                    opened.append((piece.strip("()"), len(words) - 1))
                if piece.endswith(")"):
                    key = piece.strip("()").split("-")[0]
                    where = max(k for k, (entry, _) in enumerate(opened) if entry.split("-")[0] == key)
                    marks.append(_mark(words, *opened.pop(where)))
    return Text(text, marks)


def _mark(words: Sequence[tuple[int, int, str]], entry: str, low: int) -> Mark:
    """The mark of a phrase from word `low` to the last; `entry` is chain-type-…-…-…-head words-…."""
    chain, kind, _, _, _, heads, *_ = entry.split("-")
    told = [words[low + int(one) - 1] for one in heads.split(",") if one.isdigit()] or [words[-1]]
    proper = any(tag == "PROPN" for _, _, tag in told)
    return Mark((words[low][0], words[-1][1]), (told[0][0], told[-1][1]), chain, kind, proper)


# -- the scores --------------------------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """Recall and precision of one measure as fractions, summed over documents."""

    recall: float
    gold: float
    precision: float
    found: float

    def f1(self) -> float:
        """Harmonic mean; 0 where nothing is right."""
        r, p = self.recall / max(self.gold, 1e-9), self.precision / max(self.found, 1e-9)
        return 2 * r * p / (r + p) if r + p else 0.0


def _owners(chains: Iterable[Chain]) -> dict[Span, Chain]:
    return {mention: chain for chain in chains for mention in chain}


def _links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    owner = _owners(others)
    right = 0
    for chain in chains:
        parts = len({owner[one] for one in chain if one in owner}) + sum(one not in owner for one in chain)
        right += len(chain) - parts
    return right, sum(len(chain) - 1 for chain in chains)


def muc(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Links (Vilain et al. 1995)."""
    return Counts(*_links(gold, found), *_links(found, gold))


def _shared(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    owner = _owners(others)
    right = sum(len(chain & owner[one]) / len(chain) for chain in chains for one in chain if one in owner)
    return right, sum(map(len, chains))


def b_cubed(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Mentions (Bagga and Baldwin 1998)."""
    return Counts(*_shared(gold, found), *_shared(found, gold))


def ceaf_e(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Chains, one to one, at the best assignment of their Dice similarity (Luo 2005)."""
    from scipy.optimize import linear_sum_assignment

    alike = [[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold]
    best = 0.0
    if gold and found:
        rows, columns = linear_sum_assignment(alike, maximize=True)
        best = sum(alike[row][column] for row, column in zip(rows, columns, strict=True))
    return Counts(best, len(gold), best, len(found))


MEASURES = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def scores(pairs: Sequence[tuple[Sequence[Chain], Sequence[Chain]]]) -> dict[str, float]:
    """F1 of each measure over documents given as (gold chains, chains found), and `conll`, their mean."""
    result = {}
    for name, one in MEASURES.items():
        counts = [one(gold, found) for gold, found in pairs]
        result[name] = Counts(*(sum(column) for column in zip(*counts, strict=True))).f1()
    return {**result, "conll": sum(result.values()) / len(MEASURES)}


# -- what is found -----------------------------------------------------------------------------------------------------


def gold_chains(text: Text, *, named: bool) -> list[Chain]:
    """The marked chains of two mentions or more."""
    chains: dict[str, list[Mark]] = defaultdict(list)
    for mark in text.marks:
        chains[mark.chain].append(mark)
    return [
        frozenset(mark.span for mark in marks)
        for marks in chains.values()
        if len({mark.span for mark in marks}) > 1
        and (not named or (marks[0].type in NAMED and any(mark.proper for mark in marks)))
    ]


def found_chains(analysis: Analysis) -> list[set[Span]]:
    """The chains this project finds: actors, and places named more than once (a state's with its state's)."""
    gazetteer = Gazetteer.open()
    places = find_places(analysis, gazetteer)
    chains: dict[object, set[Span]] = defaultdict(set)
    for actor in find_actors(analysis, places, gazetteer, None).actors:
        chains[("state", actor.country) if actor.kind == "state" else actor.id].update(actor.mentions)
    taken = {span for chain in chains.values() for span in chain}
    for place in places:
        if (place.start, place.end) not in taken:
            key: object = ("state", place.country) if place.kind == "country" else place.geonames_id or place.name
            chains[key].add((place.start, place.end))
    return list(chains.values())


def exact_chains(analysis: Analysis) -> list[set[Span]]:
    """The anchor: names written alike."""
    chains: dict[object, set[Span]] = defaultdict(set)
    for name in analysis.names:
        chains[analysis.text[name.start : name.end]].add((name.start, name.end))
    return list(chains.values())


def aligned(chains: Iterable[set[Span]], marks: Sequence[Mark]) -> list[Chain]:
    """Chains with each mention at the marked phrase it heads; a phrase goes to the first chain that has it."""
    taken: set[Span] = set()
    result = []
    for chain in chains:
        spans = {_phrase(span, marks) for span in sorted(chain)} - taken
        taken |= spans
        if len(spans) > 1:
            result.append(frozenset(spans))
    return result


def _phrase(span: Span, marks: Sequence[Mark]) -> Span:
    start, end = span
    headed = [mark.span for mark in marks if start <= mark.head[0] and mark.head[1] <= end]
    around = [(s, e) for s, e in headed if s <= start and end <= e]
    if around:
        return min(around, key=lambda one: one[1] - one[0])
    inside = [(s, e) for s, e in headed if start <= s and e <= end]
    return max(inside, key=lambda one: one[1] - one[0]) if inside else span


def measure() -> dict[str, float]:
    """F1 of each measure for named and for all chains, ours and the anchor's."""
    read = list(texts())
    analyses = default_analyser().analyse([text.text for text in read])
    figures = {}
    for who, find in (("ours", found_chains), ("exact", exact_chains)):
        found = [aligned(find(analysis), text.marks) for text, analysis in zip(read, analyses, strict=True)]
        for which in ("named", "all"):
            gold = [gold_chains(text, named=which == "named") for text in read]
            for name, value in scores(list(zip(gold, found, strict=True))).items():
                if who == "ours" or name == "conll":
                    figures[f"coreference_{which}_{name}{'' if who == 'ours' else '_exact'}"] = value
    return figures


def show_chains() -> None:
    """Print each named chain beside what was found of it."""
    for text in texts():
        chains = aligned(found_chains(default_analyser().analyse([text.text])[0]), text.marks)
        for gold in gold_chains(text, named=True):
            words = [text.text[s:e] for s, e in sorted(gold)]
            parts = [[text.text[s:e] for s, e in sorted(one & gold)] for one in chains if one & gold]
            print(f"GOLD {words}\n  FOUND {parts}")
        marked = {mark.span for mark in text.marks}
        for chain in chains:
            wrong = [text.text[s:e] for s, e in sorted(chain - marked)]
            if wrong:
                print(f"  NO PHRASE {wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print the chains instead")
    if parser.parse_args().errors:
        show_chains()
        return
    for name, value in measure().items():
        print(f"{name}\t{value:.3f}")


if __name__ == "__main__":
    main()
