"""The model analyser: another analyser's tokens and sentences, with tags, trees, names and spans from one encoder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import numpy as np

from counterclaim.language.analysis import (
    ActSpan,
    Analyser,
    Analysis,
    HarmSpan,
    LabelledSpan,
    PartySpan,
    Statement,
    Token,
)
from counterclaim.language.model_decode import (
    Floats,
    apply_script,
    layered_spans,
    legal_moves,
    log_softmax,
    tagged_spans,
)
from counterclaim.language.model_session import Reading, TextReader, shared_session
from counterclaim.language.patterns import PatternAnalyser

WEIGHTS: Final = "model.onnx"
"""The model's file in the package's data."""

HARMS: Final = ("killed", "injured", "missing", "captured", "displaced", "casualties")
_SOURCE_LINK = -3.0
_CONTENT_LINK = -12.0
"""Least log-odds by which a source or a content is a cue's; chosen on PolNeAR dev."""
_ACT_LEAN = 2.0
"""Log-odds by which possible triggers are favoured: who codes events asks for more than the model is sure of."""
_PARTY_LINK = -3.0
_LINKED = 4
"""Least log-odds of a party of an act, and how many are kept."""


class Word(NamedTuple):
    """A syntactic word in Universal Dependencies' sense; `head` is an index into the words, its own for a root."""

    start: int
    end: int
    upos: str
    features: str
    lemma: str
    head: int
    relation: str
    opens: bool


class Link(NamedTuple):
    """A possible argument of an anchor: the offset where it starts, and the log-odds that it is one."""

    offset: int
    score: float


class ModelAnalyser:
    """Analyser by the trained model, over another one.

    Tokens, sentences, quotes and names stay those of `base` (the later stages are tuned to its names; the model's are
    in `spans["entity"]`); tags, heads, spans, statements and harms are the model's.

    `path` names an ONNX file made by `training.export`; None takes the one in the package. `threads` bounds what one
    analysis uses. The model is loaded at the first text. `session` takes the place of the file (a twin in tests).
    """

    def __init__(
        self,
        path: str | None = None,
        *,
        threads: int = 1,
        base: Analyser | None = None,
        session: TextReader | None = None,
    ) -> None:
        self._path = path or str(files("counterclaim") / "data" / WEIGHTS)
        self._threads = threads
        self._base = base or PatternAnalyser()
        self._session = session

    @property
    def session(self) -> TextReader:
        """The loaded model."""
        return self._session or shared_session(self._path, self._threads)

    @property
    def version(self) -> str:
        """Name of the model file's training step and precision."""
        return self.session.version

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text; a text's analysis does not depend on the others."""
        return [self._analyse(analysis) for analysis in self._base.analyse(texts)]

    def _analyse(self, analysis: Analysis) -> Analysis:
        labels = self.session.labels
        words: list[Word] = []
        spans: dict[str, list[LabelledSpan]] = {}
        said: list[Statement] = []
        harms: list[HarmSpan] = []
        acts: list[ActSpan] = []
        for reading in self.session.parts(analysis.text):
            words += words_of(analysis.text, reading, labels, len(words))
            found = {
                "entity": [LabelledSpan(*span) for span in entities(reading, labels["ner"])],
                "attribution": [LabelledSpan(*span) for span in attributions(reading, labels)],
                **layer_spans(reading, labels["layers"]),
            }
            said += statements(reading, labels, found["attribution"])
            harms += harm_spans(reading, labels, found)
            acts += act_spans(reading, labels, found.get("party", ()))
            for name, some in found.items():
                spans.setdefault(name, []).extend(some)
        tokens = tagged_tokens(analysis.tokens, words)
        return replace(analysis, tokens=tokens, spans=spans, statements=said, harms=harms, acts=acts)


def statements(reading: Reading, labels: dict[str, Any], spans: Sequence[LabelledSpan]) -> list[Statement]:
    """Cues with their sources and contents, by the best links between them; what links to no cue is left out."""
    cues = [span for span in spans if span.label == "cue"]
    sources = {span.start: span.end for span in spans if span.label == "source"}
    contents = [span for span in spans if span.label == "content"]
    speakers, said = candidates(reading, sources), candidates(reading, [span.start for span in contents])
    to_source, to_content = (labels["channels"].index(name) for name in ("cue:source", "cue:content"))
    best: dict[int, tuple[float, int]] = {}
    for number, cue in enumerate(cues):
        for link in linked(reading, to_content, cue.start, said):
            best[link.offset] = max(best.get(link.offset, (_CONTENT_LINK, -1)), (link.score, number))
    own: dict[int, list[tuple[int, int]]] = {}
    for one in contents:
        own.setdefault(best.get(one.start, (0.0, -1))[1], []).append((one.start, one.end))
    made = []
    for number, cue in enumerate(cues):
        if number not in own:
            continue
        who = next(iter(linked(reading, to_source, cue.start, speakers)), None)
        source = (who.offset, sources[who.offset]) if who and who.score > _SOURCE_LINK else None
        made.append(Statement((cue.start, cue.end), source, tuple(own[number]), cue.score))
    return made


def harm_spans(reading: Reading, labels: dict[str, Any], spans: Mapping[str, Sequence[LabelledSpan]]) -> list[HarmSpan]:
    """The spans of harm, with the number marked inside and their classes."""
    marked = [(harm, span) for harm in HARMS for span in spans.get(harm, ())]
    classes = labels["classes"]
    abouts = likeliest(class_chances(reading, [span[:2] for _, span in marked], classes), classes)
    numbers = spans.get("number", ())
    found = []
    for (harm, span), about in zip(marked, abouts, strict=True):
        at = bisect_right(numbers, span.start, key=lambda number: number.end)
        number = numbers[at] if at < len(numbers) and numbers[at].start < span.end else None
        figure = (number.start, number.end) if number else None
        found.append(HarmSpan(span.start, span.end, harm, span.score, figure, about))
    return sorted(found, key=lambda span: (span.start, span.end, span.harm))


def act_spans(reading: Reading, labels: dict[str, Any], parties: Sequence[LabelledSpan]) -> list[ActSpan]:
    """Possible triggers, more of them than `layer_spans` takes, each with its classes and the parties linked to it."""
    if "event_type" not in labels["classes"] or "event:actor" not in labels["channels"]:
        return []  # a model that was not taught events
    raw = reading.scores["layers"][:, labels["layers"].index("trigger")]
    scores = raw.copy()
    scores[:, 0] -= _ACT_LEAN
    channels = [labels["channels"].index(name) for name in ("event:actor", "event:recipient")]
    ends = {party.start: party.end for party in parties}
    near = candidates(reading, ends)
    runs = [(first, last) for first, last, _, _ in tagged_spans(scores, _moves(1))]
    triggers = [(reading.units.starts[first], reading.units.ends[last - 1]) for first, last in runs]
    outside = np.exp(log_softmax(raw))[:, 0]
    found = []
    classes = labels["classes"]
    chances = class_chances(reading, triggers, classes)
    types = classes["event_type"]
    before = list(classes).index("event_type")
    at = sum(len(values) for values in list(classes.values())[:before])
    rows = zip(runs, triggers, likeliest(chances, classes), chances[:, at : at + len(types)].tolist(), strict=True)
    for (first, last), (start, end), about, kinds in rows:
        linked_parties = [
            tuple(
                PartySpan(link.offset, ends[link.offset], link.score)
                for link in linked(reading, channel, start, near)[:_LINKED]
                if link.score > _PARTY_LINK
            )
            for channel in channels
        ]
        score = 1 - float(outside[first:last].min())
        of_type = dict(zip(types, kinds, strict=True))
        found.append(ActSpan(start, end, score, of_type, about, linked_parties[0], linked_parties[1]))
    return found


def words_of(text: str, reading: Reading, labels: dict[str, list[str]], before: int = 0) -> list[Word]:
    """The words the model joins units into, with tags and heads; `before` words stand in earlier parts of the text."""
    segment = reading.tags["segment"]
    openers = np.flatnonzero(segment > 0)
    if len(segment) and (not len(openers) or openers[0] != 0):
        openers = np.concatenate([[0], openers])
    place = {unit: number for number, unit in enumerate(openers.tolist(), before)}
    stops = [*openers[1:].tolist(), len(segment)] if len(segment) else []
    firsts = np.asarray(openers, np.int64)
    heads = reading.tags["head"][firsts].tolist()
    names = [
        [labels[name][index] for index in reading.tags[name][firsts].tolist()]
        for name in ("upos", "features", "lemma", "relation")
    ]
    opening = (segment[firsts] == 2).tolist()
    starts, ends = reading.units.starts, reading.units.ends
    words = []
    for number, (first, stop, head, upos, features, lemma, relation) in enumerate(
        zip(firsts.tolist(), stops, heads, *names, strict=True)
    ):
        start, end = starts[first], ends[stop - 1]
        lemma = apply_script(text[start:end], lemma)
        opens = opening[number] or number == 0
        words.append(Word(start, end, upos, features, lemma, place.get(head, before + number), relation, opens))
    return words


def tagged_tokens(tokens: Sequence[Token], words: Sequence[Word]) -> list[Token]:
    """Tokens with the tags of the words they share letters with.

    Of several words in a token ("Russia's") the one whose head lies outside speaks for it; of several tokens in a word
    ("U.S.") the first does, and the others hang on it as `goeswith`.
    """
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    covered: list[tuple[int, int]] = []
    owner: dict[int, int] = {}
    for number, token in enumerate(tokens):
        first, last = bisect_right(ends, token.start), bisect_left(starts, token.end)
        covered.append((first, last))
        for index in range(first, last):
            owner.setdefault(index, number)
    made = []
    for number, (token, (first, last)) in enumerate(zip(tokens, covered, strict=True)):
        if first >= last:
            made.append(token)
            continue
        chief = first if last == first + 1 else _chief(words, first, last)
        word, opener = words[chief], owner[chief]
        start, end, text, norm = token[:4]
        if opener != number:
            made.append(Token(start, end, text, norm, word.upos, norm, opener, "goeswith"))
            continue
        head = -1 if word.head == chief else owner.get(word.head, -1)
        lemma = word.lemma if word.start >= start and word.end <= end else norm
        relation = word.relation if head != number else "dep"
        made.append(Token(start, end, text, norm, word.upos, lemma, head, relation))
    return made


def _chief(words: Sequence[Word], first: int, last: int) -> int:
    """The first of several words whose head lies outside them, else the root among them, its own head."""
    outside = (w for w in range(first, last) if not first <= words[w].head < last)
    roots = (w for w in range(first, last) if words[w].head == w)
    return next(outside, next(roots, first))


@lru_cache(maxsize=8)
def _moves(kinds: int, restart: float = 0.0, leave: tuple[float, ...] = ()) -> Floats:
    return legal_moves(kinds, restart, leave)


def entities(reading: Reading, kinds: Sequence[str]) -> list[tuple[int, int, str, float]]:
    """Names of persons, organisations, places and the rest: offsets, kind, score."""
    return _offsets(reading, tagged_spans(reading.scores["ner"], _moves(len(kinds))), kinds)


def attributions(reading: Reading, labels: dict[str, Any]) -> list[tuple[int, int, str, float]]:
    """Source, cue and content spans: offsets, kind, score."""
    kinds = labels["attr"]
    costs = labels.get("moves", {}).get("attr", {})
    moves = _moves(len(kinds), costs.get("restart", 0.0), tuple(costs.get(f"leave_{kind}", 0.0) for kind in kinds))
    return _offsets(reading, tagged_spans(reading.scores["attr"], moves), kinds)


def layer_spans(reading: Reading, names: Sequence[str]) -> dict[str, list[LabelledSpan]]:
    """The spans of every free layer, by the layer's name."""
    found: dict[str, list[LabelledSpan]] = {}
    for name, spans in zip(names, layered_spans(reading.scores["layers"], _moves(1)), strict=True):
        found[name] = [LabelledSpan(*span) for span in _offsets(reading, spans, (name,))]
    return found


def _offsets(
    reading: Reading, spans: Sequence[tuple[int, int, int, float]], kinds: Sequence[str]
) -> list[tuple[int, int, str, float]]:
    starts, ends = reading.units.starts, reading.units.ends
    return [(starts[first], ends[last - 1], kinds[kind], score) for first, last, kind, score in spans]


def class_chances(reading: Reading, spans: Sequence[tuple[int, int]], classes: dict[str, list[str]]) -> Floats:
    """`[spans, values]`: for each claim's evidence or event's trigger the probability of every value of every class.

    Log-probabilities are averaged over the units of a span.
    """
    if not spans:
        return np.zeros((0, sum(map(len, classes.values()))), np.float32)
    firsts = [bisect_right(reading.units.ends, start) for start, _ in spans]
    lasts = [
        max(first + 1, bisect_left(reading.units.starts, end)) for first, (_, end) in zip(firsts, spans, strict=True)
    ]
    lengths = np.subtract(lasts, firsts)
    begins = lengths.cumsum() - lengths
    units = np.repeat(firsts - begins, lengths) + np.arange(lengths.sum())
    sizes = [len(values) for values in classes.values()]
    cuts = np.cumsum([0, *sizes[:-1]])
    scores = reading.scores["classes"][units]
    logs = scores - np.repeat(np.maximum.reduceat(scores, cuts, axis=1), sizes, axis=1)
    logs -= np.repeat(np.log(np.add.reduceat(np.exp(logs), cuts, axis=1)), sizes, axis=1)
    chances = np.exp(np.add.reduceat(logs, begins) / lengths[:, None])
    return np.asarray(chances / np.repeat(np.add.reduceat(chances, cuts, axis=1), sizes, axis=1), np.float32)


def likeliest(chances: Floats, classes: dict[str, list[str]]) -> list[dict[str, tuple[str, float]]]:
    """For each row of `class_chances` the likeliest value of each class, with its probability."""
    best: list[list[tuple[str, float]]] = []
    start = 0
    for values in classes.values():
        part = chances[:, start : start + len(values)]
        best.append([(values[at], chance) for at, chance in zip(part.argmax(1), part.max(1).tolist(), strict=True)])
        start += len(values)
    return [dict(zip(classes, row, strict=True)) for row in zip(*best, strict=True)]


class Candidates(NamedTuple):
    """Where possible arguments start, in text order: offsets, and their units."""

    offsets: list[int]
    units: list[int]


def candidates(reading: Reading, offsets: Iterable[int]) -> Candidates:
    """Possible arguments that start at the offsets."""
    ordered = sorted(offsets)
    return Candidates(ordered, [bisect_right(reading.units.ends, offset) for offset in ordered])


def linked(reading: Reading, channel: int, offset: int, among: Candidates) -> list[Link]:
    """For the anchor that starts at `offset`, the log-odds of the candidates in its window, best first."""
    anchor = bisect_right(reading.units.ends, offset)
    if not among.units or (own := reading.links.get((channel, anchor))) is None:
        return []
    first, scores = own
    low, high = bisect_left(among.units, first), bisect_left(among.units, first + len(scores))
    values = scores[np.subtract(among.units[low:high], first)].tolist() if low < high else []
    return sorted(map(Link, among.offsets[low:high], values), key=lambda link: -link.score)
