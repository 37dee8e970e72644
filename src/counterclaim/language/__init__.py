"""Texts to analyses: tokens, sentences, quotes, names."""

from counterclaim.language.analysis import (
    ActSpan,
    Analyser,
    Analysis,
    Dateline,
    HarmSpan,
    LabelledSpan,
    Name,
    PartySpan,
    Quote,
    Sentence,
    Statement,
    Token,
)
from counterclaim.language.patterns import PatternAnalyser

__all__ = [
    "ActSpan",
    "Analyser",
    "Analysis",
    "Dateline",
    "HarmSpan",
    "LabelledSpan",
    "Name",
    "PartySpan",
    "PatternAnalyser",
    "Quote",
    "Sentence",
    "Statement",
    "Token",
]
