"""Texts to analyses: tokens, sentences, quotes, names."""

from counterclaim.language.analysis import (
    Analyser,
    Analysis,
    Dateline,
    LabelledSpan,
    Name,
    Quote,
    Sentence,
    Token,
)
from counterclaim.language.patterns import PatternAnalyser

__all__ = [
    "Analyser",
    "Analysis",
    "Dateline",
    "LabelledSpan",
    "Name",
    "PatternAnalyser",
    "Quote",
    "Sentence",
    "Token",
]
