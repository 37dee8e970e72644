"""Which language a text is in. Only English is coded now.

A text with many of the commonest English words is English, and no model need be loaded for it (0.7 s). For the rest
py3langid is asked; headlines and lists of names are too short for it, so that a refusal needs both a confident answer
and hardly any English word, or a script other than Latin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from counterclaim.errors import UnsupportedLanguage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURELY_ENGLISH: Final = 0.2
"""Share of common words in 99.9 % of English news texts of 300 characters and more; other languages have under 0.05."""
HARDLY_ENGLISH: Final = 0.12
"""Share of common words below which another language is believed."""
CONFIDENT: Final = 0.4
"""py3langid's confidence at which it is believed. With all this none of 3,819 English texts is refused, and 4 of them
cut to 120 characters (half of those in Arabic or Greek letters); a sentence in each of 17 other languages is."""
ENGLISH: Final = ("en", "pcm")
"""Nigerian Pidgin is what py3langid takes English headlines for."""
SHORTEST: Final = 20
"""Letters below which no language is told from Latin script."""
CHUNK: Final = 2000
"""Characters looked at, at the beginning, in the middle and at the end each."""

_LISTED: Final = """
the of and that were said with from by has have to in is was for on at after as an are be been but it its had
"""
COMMON: Final = frozenset(_LISTED.split())
_WORD = re.compile(r"[^\W\d_]+")
_NAMES: Final = {
    "ar": "Arabic", "az": "Azerbaijani", "bn": "Bengali", "de": "German", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hy": "Armenian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "ku": "Kurdish", "my": "Burmese", "nl": "Dutch", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ru": "Russian", "so": "Somali", "sw": "Swahili", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str, declared: str | None = None) -> str:
    """`"en"`, or the error UnsupportedLanguage naming the language. `declared` (`en`, `en-GB`, `fr`) is believed."""
    if declared:
        code = declared.strip().lower().replace("_", "-").split("-")[0]
        if code in ("en", "eng", "english"):
            return "en"
        raise _unsupported(code[:20], "is said to be")
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    common = sum(word in COMMON for word in words) / max(1, len(words))
    if common >= SURELY_ENGLISH:
        return "en"
    letters = sum(map(len, words))
    latin = sum(_is_latin(letter) for word in words for letter in word)
    if latin < 0.5 * letters:
        raise _unsupported(_identifier().classify(sample)[0], "looks like")
    if letters < SHORTEST or common >= HARDLY_ENGLISH:
        return "en"
    language, confidence = _identifier().classify(sample)
    if language in ENGLISH or confidence < CONFIDENT:
        return "en"
    raise _unsupported(language, "looks like")


def _unsupported(code: str, how: str) -> UnsupportedLanguage:
    name = _NAMES.get(code, code)
    return UnsupportedLanguage(f"it {how} {name} ({code}); only English can be coded now, so translate it first")


def _sample(text: str) -> str:
    if len(text) <= 3 * CHUNK:
        return text
    middle = len(text) // 2
    return f"{text[:CHUNK]} {text[middle : middle + CHUNK]} {text[-CHUNK:]}"


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "LATIN" in unicodedata.name(letter, "")


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
