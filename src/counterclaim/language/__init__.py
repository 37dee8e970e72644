"""Texts to analyses: tokens, sentences, quotes, names."""

from counterclaim.language.analysis import (
    Analyser,
    Analysis,
    Dateline,
    HarmSpan,
    LabelledSpan,
    Name,
    Quote,
    Sentence,
    Statement,
    Token,
)
from counterclaim.language.patterns import PatternAnalyser

__all__ = [
    "Analyser",
    "Analysis",
    "Dateline",
    "HarmSpan",
    "LabelledSpan",
    "Name",
    "PatternAnalyser",
    "Quote",
    "Sentence",
    "Statement",
    "Token",
]
