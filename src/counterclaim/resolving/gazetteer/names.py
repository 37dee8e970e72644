"""One key for the many ways of writing a name: case, accents, apostrophes, hyphens and dots do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole. The schwa is Azerbaijani, written "e" or "a" in English; "e" is the commoner.
_WHOLE = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ǝ": "e", "ħ": "h"}
    | {"ŋ": "n", "ŧ": "t", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "&": " and "}
)
_APOSTROPHES = re.compile(r"['’‘ʻʼʽʾʿˈ`´′\"“”]")
_LETTER_DOT = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_]\.|[^\W\d_]?(?:\W|$))")
_OTHER = re.compile(r"[^\w]+|_")
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The key under which a name is stored and looked up: `Ḩalab`, `HALAB` -> `halab`; `U.S.` -> `us`.

    Accents and apostrophes fall away, hyphens, dots and spaces become one space, `St` and `Mt` are written out.
    """
    if name.isascii():
        plain = name.lower()
    else:
        folded = unicodedata.normalize("NFKD", name.casefold()).translate(_WHOLE)
        plain = "".join(char for char in folded if not unicodedata.combining(char))
    plain = _APOSTROPHES.sub("", plain.replace("&", " and "))
    if "." in plain:
        plain = _LETTER_DOT.sub(r"\1", plain)
    words = _OTHER.sub(" ", plain).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


def is_latin(name: str) -> bool:
    """True where every letter is of the Latin script."""
    return all(not char.isalpha() or char < "ɐ" or "LATIN" in unicodedata.name(char, "") for char in name)
