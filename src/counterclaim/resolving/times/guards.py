"""What keeps numbers and common words from being read as times: a resolution's number, an age, a person called May."""

from __future__ import annotations

import re

from counterclaim.resolving.times.grammar import Captured
from counterclaim.resolving.times.words import LETTERS, Word, words

_YEAR_BEFORE = words("in since until till during early late mid year throughout")
"""Words after which a number of four digits is a year, whatever follows."""
_NOT_YEAR_BEFORE = words(
    """about some nearly almost over than least most around roughly approximately exactly another additional only
    estimated resolution resolutions no number flight room article section law decree unit brigade page route
    highway bus model channel agenda vision windows boeing airbus convoy case rule regulation hill point paragraph
    amendment all these those killed wounded injured hundred"""
)
"""Words after which it is a count or the number of something."""
_NOT_YEAR_AFTER = words(
    """people men women children troops soldiers percent killed dead wounded injured metres meters feet km kilometres
    kilometers miles tons tonnes dollars euros pounds civilians fighters refugees prisoners others homes houses
    hours more million billion sq square kg barrels rounds local"""
)
_BEFORE_MONTH = words(
    """in since until till to from between by through and or of last next this early late mid end start beginning
    before after around about during on for each every the"""
)
_WITH_WEEKDAY = words("bloody black super palm ash holy shrove maundy orange")
_AFTER_WEEKDAY = words("times telegraph mirror express herald mail post star tribune mosque")
_QUOTES = ('"', "”", "'", "’", "`", ",", ".")
_RATE_BEFORE = words("times once twice percent cents dollars more")
_ATTACKS = words("attack attacks terror terrorist hijackings massacre assault bombings suicide")
_PAPER = words("said says reported reports wrote quoted newspaper newspapers tabloid paper")
_AFTER_NOUN = words("if when which where who while because but with without for is as away we they he she it")
"""Plain words that may follow a noun; others after "the future" make an adjective of it."""
_LASTING = words(
    """truce ceasefire cease war conflict fighting siege battle campaign offensive insurgency rebellion uprising revolt
    unrest protest strike blockade embargo occupation dispute feud crisis standoff stalemate government regime state
    process peace talks deal slump drought operation intifada"""
)
"""What lasts: "the eight-month-old truce" tells a length, "the eight-month-old boy" an age."""
_SOME_DAY = words("will would could may might can should shall to ll")
_LENGTH_BEFORE = words("for during throughout in over")
_LENGTH_NOT_AFTER = words("of to that when until leading 2000")
_SEASON_BEFORE = words("the last this next early late mid since until that")


def _is(word: Word, *names: str) -> bool:
    return any(word.kind == LETTERS[name] for name in names)


def _plural(word: Word) -> bool:
    """A lower-case word that may well be a plural noun."""
    return _is(word, "word") and word.low.endswith("s") and not word.low.endswith(("ss", "us", "is", "as"))


def is_year(captured: Captured) -> bool:
    """Whether a bare number of four digits is a year and not a count."""
    year = int(captured.words("y")[0])
    before, after = captured.before(), captured.after()
    if len(captured.words()) > 1:
        return captured.words()[1] == "year"
    if before.low in _YEAR_BEFORE or (_is(before, "hyphen") and captured.before(2).low in ("mid", "post", "pre")):
        return year >= 1200 and after.low not in {"people", "troops", "metres", "meters", "feet", "homes"}
    if before.low in _NOT_YEAR_BEFORE or after.low in _NOT_YEAR_AFTER or _is(after, "zone", "unit", "units"):
        return False
    if before.low in {"$", "£", "€", "#"} or after.low in {"%", "°", "$", "/"} or before.low in {"/", "°", "+", "_"}:
        return False
    if not 1500 <= year <= 2100 or (_is(after, "hyphen") and _is(captured.after(1), "word", "unit")):
        return False
    determined = before.low in {"the", "its", "their", "his", "her", "a", "s", "'", "’", "our", "your", "my", "this"}
    if determined:
        return True
    if _is(before, "name", "word", "did", "number", "will") and (_plural(after) or _is(before, "name", "number")):
        return False
    counts = _plural(after) or (_is(after, "did") and _plural(captured.after(1)))
    return not counts or _is(after, "s")


def counts_something(captured: Captured) -> bool:
    """Whether the number after a month counts people ("in May 20 people fled") or units ("March 10 years ago")."""
    if not captured.words()[-1].isdigit():
        return False
    after = captured.after()
    if after.low in _NOT_YEAR_AFTER and captured.before().low in ("in", "since", "by", "last", "this"):
        return True
    return (_is(after, "hyphen") and _is(captured.after(1), "unit", "units")) or _is(after, "units")


def counts_round(captured: Captured) -> bool:
    """Whether an ordinal after a month counts a noun: "the April first round"."""
    return captured.before().low == "the" or _is(captured.after(), "word", "name", "unit", "half")


def year_out_of_range(captured: Captured) -> int | None:
    """The 9999 of "3 March 9999": a year that no report tells of, so that the day is not one of this year either."""
    comma = captured.after().low == ","
    number, after = captured.after(int(comma)), captured.after(int(comma) + 1)
    if not (len(number.low) == 4 and number.low.isdigit() and int(number.low) > 2100):
        return None
    return None if after.low in _NOT_YEAR_AFTER or _plural(after) else int(number.low)


def names_attack(captured: Captured) -> bool:
    """Whether the words after a day name an attack by it."""
    return captured.after().low in _ATTACKS or captured.after(1).low in _ATTACKS


def is_month(captured: Captured) -> bool:
    """Whether a lone month name is a month: not a person's name, not the verbs may and march."""
    before, after = captured.before(), captured.after()
    if _is(before, "name") or (_is(after, "apostrophe") and _is(captured.after(1), "name")):
        return False
    if _is(after, "name") and captured.words("m")[0] in ("jan", "mar", "dec", "jun", "sep"):
        return False
    if any(token in ("may", "march", "mar", "dec", "jan", "jun", "sep", "august") for token in captured.words("m")):
        return before.low in _BEFORE_MONTH or (_is(before, "hyphen", "open", "comma") and not _is(after, "name"))
    return not _is(after, "name") or before.low in _BEFORE_MONTH


def is_name_with_weekday(captured: Captured) -> bool:
    """Bloody Sunday, the Sunday Times: names, not days."""
    return captured.before().low in _WITH_WEEKDAY or captured.after().low in _AFTER_WEEKDAY


def is_season(captured: Captured) -> bool:
    """Whether spring and fall are seasons here, not springs and falls; "the Arab Spring" is neither."""
    word, before = captured.text("s"), captured.before()
    if captured.has("y") or captured.has("w"):
        return True
    determined = captured.words()[0] == "the"
    if word == "fall":
        placed = determined and before.low in ("in", "by", "until", "since", "during")
        return placed and not _is(captured.after(), "of", "word", "name")
    if word == "spring":
        return (determined or before.low in ("in", "early", "late", "mid", "since", "until", "by")) and not _is(
            captured.after(), "word", "name"
        )
    return determined or before.low in _SEASON_BEFORE or _is(before, "hyphen")


def is_age(captured: Captured) -> bool:
    """Years old, year-old, years of age: how old somebody is, which is no time of the report."""
    after, then = captured.after(), captured.after(1)
    if after.low in ("old", "olds"):
        return True
    if _is(after, "hyphen") and then.low in ("old", "olds"):
        return captured.after(2).low not in _LASTING
    return (after.low == "of" and then.low == "age") or captured.before().low == "aged"


def is_rate(captured: Captured) -> bool:
    """Whether "a day" is each day ("50 people a day") rather than one day ("after a day")."""
    before = captured.before()
    if before.low in _RATE_BEFORE or _is(before, "other_number", "day_number", "year_number"):
        return True
    counted = any(re.match(r"[0-9]", captured.before(back).low) for back in (2, 3))
    return counted and _is(before, "word", "name", "units")


def modifies_next(captured: Captured) -> bool:
    """Whether "future", "past" stand before a noun."""
    after = captured.after()
    if captured.words()[-1] == "future" and captured.before().low == "in":
        return False
    return _is(after, "hyphen", "unit", "units") or (_is(after, "word", "name") and after.low not in _AFTER_NOUN)


def is_adjective(captured: Captured) -> bool:
    """Whether a word that is no unit of time follows."""
    after = captured.after()
    return after.low[:1].isalpha() and not _is(after, "unit", "units", "night", "and", "or")


def is_newspaper(captured: Captured) -> bool:
    """Whether "daily" is a paper: "the daily said", "a daily newspaper"."""
    return captured.after().low in _PAPER and captured.before().low != "said"


def is_title(captured: Captured) -> bool:
    """The Daily News, Radio 4's Today programme and their like."""
    before = captured.before()
    owned = before.low == "s" or before.low.endswith(("'s", "’s"))
    return captured.original[:1].isupper() and (owned or _is(before, "name") or _is(captured.after(), "name"))


def is_named_unit(captured: Captured) -> bool:
    """The Days Inn, ABC's "This Week": a capital on the unit, beside a name or within quotation marks."""
    after = captured.after()
    counted = len(captured.words()) > 1 or captured.before().low.isdigit()
    return captured.final[:1].isupper() and (_is(after, "name") or (after.low in _QUOTES and counted))


def head_after(captured: Captured) -> str:
    """The noun that follows "after the", "" where no plain noun does."""
    if captured.after().low not in ("the", "a", "an", "his", "her", "their", "its", "this", "that"):
        return ""
    head = ""
    for ahead in range(1, 4):
        word = captured.after(ahead)
        if not _is(word, "word", "name"):
            break
        head = word.low
    return head


def is_some_day(captured: Captured) -> bool:
    """Whether "one day" is a day to come ("will one day return") and not a length."""
    return captured.before().low in _SOME_DAY or captured.before(2).low in ("hope", "hopes", "hoped")


def is_length(captured: Captured) -> bool:
    """Whether "the year", "the week" stand for a length of time ("for the year ended") and point to no other words."""
    return captured.before().low in _LENGTH_BEFORE and captured.after().low not in _LENGTH_NOT_AFTER


def is_person(captured: Captured) -> bool:
    """Whether a name stands beside the word, as in Sameh Ramadan."""
    return _is(captured.before(), "name") or _is(captured.after(), "name", "month", "ramadan", "eid")


def is_past_soon(captured: Captured) -> bool:
    """Whether "soon" is told of the past ("it soon became", "soon after") or is no time ("as soon as")."""
    before, after = captured.before().low, captured.after()
    return (
        before in ("as", "too", "how", "was", "were", "had")
        or after.low in ("as", "after", "afterwards", "afterward", "thereafter")
        or _is(after, "did")
    )
