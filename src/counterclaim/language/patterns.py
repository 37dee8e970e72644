"""The pattern analyser: tokens, sentences, paragraphs, quotes and names by rule, until a trained model replaces it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.language.analysis import Analysis, Name, Quote, Sentence, Token

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-'’]\w+)*|[^\w\s]")
_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_APOSTROPHES = str.maketrans("’‘“”", "''\"\"")


class PatternAnalyser:
    """Analyser by rules; needs no model and no data file."""

    version = "patterns/0.1.0"

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own."""
        return [_analyse(text) for text in texts]


def _analyse(text: str) -> Analysis:
    tokens = [
        Token(m.start(), m.end(), m.group(), m.group().translate(_APOSTROPHES).lower()) for m in _TOKEN.finditer(text)
    ]
    sentences: list[Sentence] = []
    start = 0
    bounds = [*(m.end() for m in _END.finditer(text)), len(text)]
    paragraph = 0
    index = 0
    for bound in bounds:
        raw = text[start:bound]
        left = start + len(raw) - len(raw.lstrip())
        right = start + len(raw.rstrip())
        first = index
        while index < len(tokens) and tokens[index].start < bound:
            index += 1
        if right > left:
            sentences.append(Sentence(left, right, first, index, paragraph))
        if "\n" in text[right:bound]:
            paragraph += 1
        start = bound
    paragraphs = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    quotes = [Quote(m.start(1), m.end(1)) for m in re.finditer(r"[“\"]([^”\"\n]+)[”\"]", text)]
    names = [
        Name(m.start(), m.end()) for m in re.finditer(r"[A-Z][\w’'.-]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'.-]*)*", text)
    ]
    return Analysis(text, tokens, sentences, paragraphs, quotes, names)
