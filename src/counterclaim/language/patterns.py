"""The pattern analyser: tokens, sentences, paragraphs, quotes and names by rule, until a trained model replaces it."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.language.analysis import Analysis, Sentence, SentenceKind, Token
from counterclaim.language.layout import paragraphs_of
from counterclaim.language.names import names_of
from counterclaim.language.opening import line_kinds
from counterclaim.language.quotes import QuoteScan
from counterclaim.language.sentences import split
from counterclaim.language.tokens import tokenise


class PatternAnalyser:
    """Analyser by rules; needs no model and no data file."""

    version = "patterns/0.2.0"

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own."""
        return [_analyse(text) for text in texts]


def _analyse(text: str) -> Analysis:
    paragraphs = paragraphs_of(text)
    tokens = tokenise(text)
    scan = QuoteScan(text, paragraphs)
    kinds, datelines = line_kinds(text, paragraphs)
    sentences: list[Sentence] = []
    index = 0
    for number, (start, end) in enumerate(paragraphs):
        first = index
        while index < len(tokens) and tokens[index].start < end:
            index += 1
        filed = next((d.end for d in datelines if d.start == start), start)
        begin = first
        while begin < index and tokens[begin].start < filed:
            begin += 1
        previous = first
        for bound in split(
            tokens, min(begin, index - 1) if index > first else first, index, scan.opening, scan.closing
        ):
            sentences.append(_sentence(tokens, previous, bound, number, kinds[number]))
            previous = bound
    return Analysis(text, tokens, sentences, paragraphs, scan.quotes, names_of(tokens, sentences), datelines)


def _sentence(tokens: Sequence[Token], first: int, last: int, paragraph: int, kind: SentenceKind) -> Sentence:
    return Sentence(tokens[first].start, tokens[last - 1].end, first, last, paragraph, kind)
