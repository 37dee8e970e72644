"""What the language layer says of a text: tokens, sentences, quotes, names. Data only; every offset is exact.

Fields that only a trained analyser can fill are empty with the pattern analyser, so later stages must do without them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

_NOTHING: Mapping[str, tuple[str, float]] = MappingProxyType({})
SentenceKind = Literal["body", "headline", "dateline", "byline"]


class Token(NamedTuple):
    """One word, number or mark. `norm` is lower case with straight apostrophes and quotes; `tag` is a universal POS."""

    start: int
    end: int
    text: str
    norm: str
    tag: str = ""
    lemma: str = ""
    head: int = -1
    relation: str = ""


class Sentence(NamedTuple):
    """`[start, end)` in the text, tokens `[first, last)`, the paragraph it stands in, and what kind of line it is.

    A dateline ("SRINAGAR, May 29 (Xinhua) --") is part of the sentence it opens; `Analysis.datelines` has its span.
    """

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    kind: SentenceKind = "body"


class Quote(NamedTuple):
    """The inside of a quotation, marks left out. `closed` is False where the next paragraph carries it on."""

    start: int
    end: int
    closed: bool = True


class Name(NamedTuple):
    """A stretch of words written as a name ("Armenian Defense Ministry"), before anybody says what it stands for."""

    start: int
    end: int
    kind: str = ""


class Dateline(NamedTuple):
    """Where and when a report was filed: spans of the whole, of the place name, of the date (None where not given)."""

    start: int
    end: int
    place: tuple[int, int] | None = None
    date: tuple[int, int] | None = None


class LabelledSpan(NamedTuple):
    """A span with a label and a score, from a trained head."""

    start: int
    end: int
    label: str
    score: float


class Statement(NamedTuple):
    """Words handed to a source, from a trained analyser: spans of the cue, of the source if any, of what is stated."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    score: float


class HarmSpan(NamedTuple):
    """Words that state a harm to people, from a trained analyser.

    `number` is the span of the stated number where one is marked; `score` is a mean probability, 0 to 1. `about` gives
    value and probability of the analyser's classes by name, among them `amount`: `stated` (a number in the words), a
    small count by names or by a singular ("1" to "4"), or `open`.
    """

    start: int
    end: int
    harm: str
    score: float
    number: tuple[int, int] | None = None
    about: Mapping[str, tuple[str, float]] = _NOTHING


class PartySpan(NamedTuple):
    """Words that name a party of an act, with the log-odds that they do."""

    start: int
    end: int
    score: float


class ActSpan(NamedTuple):
    """Words that name an act, from a trained analyser.

    `score` is the probability (0 to 1) that the likeliest of its words names one. `about` gives value and probability
    of the analyser's classes by name (`mode`, `reality`, `event_background`), `types` the probability of each type.
    `actors` and `recipients` are the parties nearest to the act in the model's eyes, best first.
    """

    start: int
    end: int
    score: float
    types: Mapping[str, float] = MappingProxyType({})
    about: Mapping[str, tuple[str, float]] = _NOTHING
    actors: tuple[PartySpan, ...] = ()
    recipients: tuple[PartySpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysed text. Lists are in text order and tokens do not overlap.

    `statements`, `harms` and `acts` are empty without a trained analyser, as are `spans`.
    """

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    paragraphs: Sequence[tuple[int, int]]
    quotes: Sequence[Quote] = ()
    names: Sequence[Name] = ()
    datelines: Sequence[Dateline] = ()
    spans: Mapping[str, Sequence[LabelledSpan]] = field(default_factory=dict)
    statements: Sequence[Statement] = ()
    harms: Sequence[HarmSpan] = ()
    acts: Sequence[ActSpan] = ()
    # Every stage looks offsets up, thousands of times a report: plain numbers are found several times faster.
    _sentence_starts: Sequence[int] = field(init=False, repr=False, compare=False)
    _sentence_firsts: Sequence[int] = field(init=False, repr=False, compare=False)
    _token_ends: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sentence_starts", [sentence.start for sentence in self.sentences])
        object.__setattr__(self, "_sentence_firsts", [sentence.first for sentence in self.sentences])
        object.__setattr__(self, "_token_ends", [token.end for token in self.tokens])

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`, or the last one that starts before it (0 where none does)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_of(self, token: int) -> int:
        """Index of the sentence in which a token stands (0 where none does)."""
        return max(0, bisect_right(self._sentence_firsts, token) - 1)

    def tokens_of(self, sentence: int) -> Sequence[Token]:
        """The tokens of one sentence."""
        chosen = self.sentences[sentence]
        return self.tokens[chosen.first : chosen.last]

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; `len(tokens)` past the end."""
        return bisect_right(self._token_ends, offset)

    def quoted(self, offset: int) -> bool:
        """True where `offset` stands inside a quotation."""
        index = bisect_right(self.quotes, offset, key=lambda quote: quote.start) - 1
        return index >= 0 and offset < self.quotes[index].end


class Analyser(Protocol):
    """Anything that reads texts into analyses. `version` goes into the record of every coding."""

    @property
    def version(self) -> str:
        """Name and version, stable for the same output."""

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse a batch; one analysis a text, in order; the same for a text whatever its batch."""
