"""Countries and peoples by the word a text uses for them."""

from __future__ import annotations

from functools import lru_cache

from counterclaim.coding.words import words
from counterclaim.resolving.gazetteer import CountryTable

_PEOPLES = words(
    "kurd arab jew tamil chechen yazidi yezidi sunni shiite shi'ite muslim moslem christian hindu sikh druze "
    "alawite tutsi hutu pashtun hazara uyghur uighur tibetan kashmiri rohingya roma gypsy westerner briton african "
    "european asian"
)


@lru_cache(maxsize=1)
def _countries() -> CountryTable:
    return CountryTable.shipped()


@lru_cache(maxsize=4096)
def country_of(word: str) -> str:
    """The name of the country a demonym or country name stands for ("Israeli" Israel), "" where it is neither."""
    table = _countries()
    code = table.by_demonym(word) or table.by_name(word)
    return table.countries[code].name if code else ""


@lru_cache(maxsize=4096)
def is_compatriot(word: str) -> bool:
    """True for a capitalised word that names a member of a nation or people: "Palestinian", "Kurds"."""
    if not word[:1].isupper():
        return False
    lowered = word.lower()
    return _countries().by_demonym(word) is not None or lowered in _PEOPLES or lowered.removesuffix("s") in _PEOPLES
