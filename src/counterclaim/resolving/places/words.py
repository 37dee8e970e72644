"""Closed word lists that stand around the names of places in English reports."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from counterclaim.errors import DataError


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ADMIN1_WORDS: Final = _words(
    "province provinces region oblast oblasts governorate governorates state krai prefecture emirate wilaya "
    "voivodeship muhafazah"
)
"""What first-order divisions are called; "state" only after a name."""

ADMIN2_WORDS: Final = _words("district districts county counties parish raion rayon municipality arrondissement cercle")
"""What second-order divisions are called."""

SETTLEMENT_WORDS: Final = _words(
    "city cities town towns village villages hamlet settlement township suburb neighborhood neighbourhood"
)
"""What settlements are called; quarters of towns among them, for want of their places."""

FACILITY_WORDS: Final = _words(
    "airport airbase airfield camp base hospital prison jail port crossing dam barracks checkpoint junction"
)
"""What stands in or beside the settlement it is named after."""

DIRECTIONS: Final = _words(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower greater inner outer mid downtown old rural"
)
"""Before a name: a part of the place."""

BEFORE: Final = _words(
    "city town village province region district governorate state county port battle siege fall republic governor "
    "mayor capital outskirts suburb kingdom people liberation bombing shelling occupation government"
)
"""Capitalised heads before "of" and a place that leave it a place ("City of Goris", "Siege of Homs")."""

GENERIC: Final = _words(
    "the province region oblast governorate state district county city town village republic river lake sea mount "
    "mountain mountains island islands gulf bay strait port camp airport base hospital university street road "
    "square bridge church mosque school police army ministry government president minister council court party "
    "union committee front plaza palace tower garden gardens hotel theatre museum stadium hall center centre "
    "valley hill hills desert forest park beach"
)
"""Words that are no place by themselves, whatever hamlet is called so."""

NO_PLACES: Final = _words(
    "hamas fatah hezbollah hizbullah taliban isis isil daesh qaeda houthi houthis arab arabs jewish jew jews "
    "muslim muslims islam islamic christian christians sunni shia shiite kurds duma knesset bundestag interpol "
    "nato congress senate paradise heaven hell god allah internet twitter facebook google covid bible quran koran"
)
"""Names of peoples, faiths, groups, parliaments that some settlement also bears."""

AROUND: Final = re.compile(
    r"\b(?:near|nearby|outside|surrounding|around|beyond|close to|next to|adjacent to|bordering|"
    r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? (?:side |outskirts |suburbs? |edge )?of|"
    r"(?:outskirts|suburbs?|countryside|vicinity|environs|edge) of|"
    r"(?:km|kms|miles?|kilomet(?:er|re)s?)(?: \w+)? (?:from|of|outside))\s+"
    r"(?:the\s+)?(?:(?:\w+\s+)?(?:city|town|village|capital|settlement) of\s+)?$",
    re.IGNORECASE,
)
"""Words before a name that put the event beside the place: UCDP where_prec 2."""

_PARTS = r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central|upper|lower|mid|downtown|rural|greater"

LOCATIVE: Final = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|towards?|into|inside|between|across|throughout|through|within|along|off|"
    r"leaving|entering|reached|reaching|captured?|seized?|retook|besieged|bombed|shelled|attacked|over|nearby|via|until)\s+"
    rf"(?:the\s+|a\s+)?(?:(?:{_PARTS})\s+)?(?:(?:\w+\s+)?(?:city|town|village|capital|port)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
"""Words before a name that mostly come before a place."""

OF_KIND: Final = re.compile(
    r"\b(cities|towns?|villages?|city|hamlets?|provinces?|regions?|districts?|governorates?|countys?|counties|suburbs?|"
    r"settlements?|states?|oblasts?|neighbou?rhoods?)\s+of\s+$",
    re.IGNORECASE,
)
"""A kind of place and "of" before a name; the kind is group 1."""

PART_OF: Final = re.compile(rf"\b(?:{_PARTS})\s+$", re.IGNORECASE)
"""A direction before a name: a part of the place."""

_KINDS = sorted((ADMIN1_WORDS | ADMIN2_WORDS | SETTLEMENT_WORDS | FACILITY_WORDS) - {"port", "base", "state"})
KIND_AFTER: Final = re.compile(
    rf"\s+({'|'.join(_KINDS)}"
    r"|state(?! (?:department|media|television|tv|news|radio|agency|run|of)))\b"
)
"""A kind of place after a name, in small letters; the kind is group 1."""

SPEAKS: Final = re.compile(
    r"\s*,?\s+(?:said|says|told|added|wrote|tweeted|testified|recalled|was born|who)\b|\s*,\s+\d{1,2}\s*,"
)
"""What follows a person's name rather than a place's."""

LIST_GAP: Final = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|/|,?\s*as well as)\s*(?:in\s+|the\s+)?", re.IGNORECASE)
"""Between the members of a list."""

WITHIN_GAP: Final = re.compile(
    rf"\s*(?:,|\(|,?\s+in|\s+of)\s*(?:the\s+)?(?:(?:{_PARTS})\s+)?|\s+(?:city|town|village|district|county|province)\s*"
    rf"(?:,|in|of)\s+(?:(?:{_PARTS})\s+)?",
    re.IGNORECASE,
)
"""Between a place and what it lies in: "Goris, Syunik", "Goris in southern Armenia"."""


def kind_of(word: str) -> str:
    """What a word for a kind of place calls it: "admin1", "admin2", "settlement", "facility" or ""."""
    if word in ADMIN1_WORDS:
        return "admin1"
    if word in ADMIN2_WORDS:
        return "admin2"
    if word in SETTLEMENT_WORDS:
        return "settlement"
    return "facility" if word in FACILITY_WORDS else ""


@cache
def homonyms() -> dict[str, str]:
    """Names of settlements that are also common words ("word") or people's names ("person")."""
    try:
        lines = (resources.files("counterclaim.data") / "place_homonyms.tsv").read_text("utf-8").splitlines()
    except OSError as error:
        raise DataError(f"the list of homonyms is missing ({error}): reinstall the package") from error
    return dict(line.split("\t", 1) for line in lines)
