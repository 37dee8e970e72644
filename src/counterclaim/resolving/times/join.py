"""Neighbouring expressions that are one: "noon" and "Thursday", "July" and "last year", "10" and "12 May"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counterclaim.resolving.times.grammar import compiled
from counterclaim.resolving.times.meanings import Calendar, DayPart, Fixed, Meaning, Mention, Shift
from counterclaim.resolving.times.numbers import amount, compound, with_number
from counterclaim.resolving.times.words import LETTERS, Word

_BEFORE_DAY = frozenset(("", "on", "of", ",", "on the", "of the", ", on", "local time on", "during"))
_AFTER_DAY = frozenset(("", ",", "at", "around", "at around", "at about", ", at", "by", "in", "before", "after"))
_BEFORE_YEAR = frozenset(("", "of", ",", "of the", "in"))
_LINKS = frozenset(("hyphen", "to", "and", "or", "comma"))
_PREFIX = compiled("(the? edge of the?|the? early (hyphen|in the?|on)?)")
_LONGEST_PREFIX = 5
_NUMBER_LINK = compiled("any_number(hyphen|to|or|and)")
_LIST_LEFT = compiled("(a_day)(hyphen|to|and|or|comma and?)")
_LIST_RIGHT = compiled("(hyphen|to|and|or|comma and?)(a_day)")
_LONGEST_LIST = 5
"""So many days before or after a month at most are taken for days of it ("on 3, 5, 7 and 9 June")."""


def joined(mentions: Sequence[Mention], tokens: Sequence[Word], classes: str) -> list[Mention]:
    """The mentions with their neighbours joined, days of a list completed, and "early", "the end of" taken in."""
    merged: list[Mention] = []
    for mention in mentions:
        if merged:
            last = merged[-1]
            gap = (
                " ".join(token.low for token in tokens[last.last : mention.first])
                if mention.first - last.last <= 3
                else "-"
            )
            meaning = None if "\n" in gap else _join(last, mention, gap)
            if meaning is not None:
                closes = gap == "(" and mention.last < len(tokens) and tokens[mention.last].low == ")"
                merged[-1] = Mention(last.first, mention.last + closes, meaning, last.rule)
                continue
        merged.append(mention)
    kept = [mention for mention in merged if _stands_alone(mention.meaning)]
    listed = [each for mention in kept for each in _with_list(mention, tokens, classes)]
    return _years_shared(_widened(_apart(listed), classes), tokens)


def _join(left: Mention, right: Mention, gap: str) -> Meaning | None:
    a, b = left.meaning, right.meaning
    if isinstance(a, Fixed) and isinstance(b, Fixed):
        value = compound(a.value, b.value) if gap in ("", "and", ",") and "DURATION" == a.type == b.type else None
        return Fixed("DURATION", value) if value else None
    if isinstance(a, DayPart):
        if isinstance(b, DayPart):
            return a if gap in ("", ",", "(", "/", "in", "at") else None
        if isinstance(b, Shift) and b.day_part and ":" in a.day_part and gap in ("", "in"):
            return replace(b, day_part=_in_part(a.day_part, b.day_part))
        return _with_part(b, a) if gap in _BEFORE_DAY else None
    if isinstance(b, DayPart):
        if isinstance(a, Calendar | Shift) and a.day_part and gap in ("", "in", "at") and b.day_part.isalpha():
            return a
        told = gap in _AFTER_DAY and (gap != "," or ":" in b.day_part)
        return _with_part(a, b) if told else None
    if isinstance(a, Shift) and a.overnight and isinstance(b, Calendar) and gap in ("", "on", "into"):
        return _with_part(b, DayPart("NI"))
    if isinstance(a, Shift) and a.count and a.base == "narrative" and left.rule == "from" and not a.event:
        return replace(a, origin=b) if isinstance(b, Calendar) and gap in ("", "the") else None
    if _is_partial(a) and _holds(b, a) and gap in _BEFORE_YEAR:
        return _put_within(a, b)
    if _is_partial(b) and _holds(a, b) and (gap in ("' s", "’ s") or (gap in ("", "fiscal") and _is_period(b))):
        return _put_within(b, a)
    if isinstance(a, Calendar) and isinstance(b, Calendar) and _only_weekday(a) and b.day and gap in ("", ","):
        return replace(b, day_part=b.day_part or a.day_part)
    return None


def _in_part(clock: str, part: str) -> str:
    """The clock time that 8:30 is "tonight": of the afternoon where that is the part of the day."""
    hour = int(clock[:2])
    return f"{hour + 12:02d}{clock[2:]}" if part in ("AF", "EV", "NI") and 1 <= hour < 12 else clock


def _with_part(day: Meaning, part: DayPart) -> Meaning | None:
    if isinstance(day, Shift) and day.overnight:
        return None
    if isinstance(day, Calendar) and (day.day or day.weekday or day.holiday) and not day.day_part:
        return replace(day, day_part=part.day_part)
    if isinstance(day, Shift) and day.unit == "day" and not day.day_part and not day.event:
        return replace(day, day_part=part.day_part)
    return None


def _only_weekday(meaning: Calendar) -> bool:
    return bool(meaning.weekday) and not meaning.month and not meaning.which


def _is_period(meaning: Meaning) -> bool:
    return isinstance(meaning, Calendar) and bool(meaning.quarter or meaning.half)


def _is_partial(meaning: Meaning) -> bool:
    """A calendar date that still wants its year or week."""
    return (
        isinstance(meaning, Calendar)
        and meaning.within is None
        and not (meaning.year or meaning.decade or meaning.century or meaning.which)
    )


def _holds(holder: Meaning, part: Meaning) -> bool:
    if not isinstance(part, Calendar):
        return False
    if isinstance(holder, Shift):
        return holder.unit == ("week" if _only_weekday(part) else "year") and not holder.event and not holder.origin
    return isinstance(holder, Calendar) and not _only_weekday(part) and holder == Calendar(year=holder.year)


def _put_within(part: Meaning, holder: Meaning) -> Meaning | None:
    if not isinstance(part, Calendar):
        return None
    return (
        replace(part, within=holder)
        if isinstance(holder, Shift)
        else (replace(part, year=holder.year) if isinstance(holder, Calendar) else None)
    )


def _stands_alone(meaning: Meaning) -> bool:
    """False of "night" without a day and "first half" without a year."""
    if isinstance(meaning, DayPart):
        return meaning.definite
    return not (isinstance(meaning, Calendar) and meaning.half and not meaning.year and not meaning.within)


def _with_list(mention: Mention, tokens: Sequence[Word], classes: str) -> list[Mention]:
    """A dated mention and the bare days that share its month: "10 and 12 May", "April 24-25"."""
    meaning = mention.meaning
    if isinstance(meaning, Fixed) and meaning.type == "DURATION":
        return [*_lower_bound(mention, meaning, tokens, classes), mention]
    if not isinstance(meaning, Calendar) or not meaning.day or not meaning.month or meaning.day_part:
        return [mention]
    found = [mention]
    numbers = (LETTERS["day_number"], LETTERS["day_ordinal"])
    month_last = tokens[mention.last - 1].low.isdigit() is False and classes[mention.first] in numbers
    start = mention.first
    if classes[start] in numbers:
        for _ in range(_LONGEST_LIST):
            match = next(
                (m for back in (2, 3) if start >= back and (m := _LIST_LEFT.fullmatch(classes, start - back, start))),
                None,
            )
            if not match:
                break
            start = match.start()
            found.insert(
                0, Mention(start, start + 1, replace(meaning, day=_leading(tokens[start].low), weekday=None), "list")
            )
        return found
    end = mention.last
    if month_last or meaning.weekday:
        return found
    for _ in range(_LONGEST_LIST):
        match = _LIST_RIGHT.match(classes, end)
        after = classes[match.end() : match.end() + 1] if match else ""
        linked = match is not None and match.group().startswith(LETTERS["hyphen"])
        if not match or after in (_part_next() if linked else _counted_next()):
            break
        end = match.end()
        found.append(Mention(end - 1, end, replace(meaning, day=_leading(tokens[end - 1].low)), "list"))
    if len(found) > 1 and (year := _year_after(tokens, classes, end)) and not meaning.year:
        found = [replace_meaning(each, year) for each in found]
        found[-1] = Mention(found[-1].first, end + 2, found[-1].meaning, "list")
    return found


def _lower_bound(mention: Mention, meaning: Fixed, tokens: Sequence[Word], classes: str) -> list[Mention]:
    """The number that shares a duration's unit: "two to six days", "between 60 and 90 days"."""
    start = mention.first - 2
    if start < 0 or not _NUMBER_LINK.fullmatch(classes, start, mention.first):
        return []
    linked = tokens[start + 1].low
    if linked == "and" and tokens[max(start - 1, 0)].low != "between":
        return []
    number = amount([tokens[start].low])
    value = with_number(number, meaning.value) if number else None
    return [Mention(start, start + 1, Fixed("DURATION", value), "list")] if value else []


def replace_meaning(mention: Mention, year: int) -> Mention:
    """The mention with the year that closes its list."""
    meaning = mention.meaning
    return Mention(
        mention.first,
        mention.last,
        replace(meaning, year=year) if isinstance(meaning, Calendar) else meaning,
        mention.rule,
    )


def _year_after(tokens: Sequence[Word], classes: str, end: int) -> int | None:
    """The year of "May 10-12, 2020"."""
    if classes[end : end + 2] == LETTERS["comma"] + LETTERS["year_number"]:
        return int(tokens[end + 1].low)
    return None


def _counted_next() -> tuple[str, ...]:
    """Classes after which a bare number counts something else: "May 10 and 12 people"."""
    return tuple(LETTERS[name] for name in ("word", "name", "unit", "units", "month", "hyphen", "did", "number"))


def _part_next() -> tuple[str, ...]:
    """Classes after which a number behind a hyphen belongs to what follows: "May 10-12-kilometre march"."""
    return tuple(LETTERS[name] for name in ("unit", "units", "month", "hyphen"))


def _leading(word: str) -> int:
    return int("".join(letter for letter in word if letter in "0123456789") or 0)


def _apart(mentions: Sequence[Mention]) -> list[Mention]:
    """Without those that overlap one before them (a year taken in by a list)."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (each.first, -each.last)):
        if not kept or mention.first >= kept[-1].last:
            kept.append(mention)
    return kept


def _widened(mentions: Sequence[Mention], classes: str) -> list[Mention]:
    """With "early", "mid-", "the end of" taken into the span of what they qualify."""
    wide: list[Mention] = []
    for mention in mentions:
        first = mention.first
        if isinstance(mention.meaning, (Calendar, Shift)) and mention.rule != "list":
            floor = max(wide[-1].last if wide else 0, first - _LONGEST_PREFIX)
            first = next((s for s in range(floor, first) if _PREFIX.fullmatch(classes, s, first)), first)
        wide.append(Mention(first, mention.last, mention.meaning, mention.rule))
    return wide


def _years_shared(mentions: Sequence[Mention], tokens: Sequence[Word]) -> list[Mention]:
    """With the year of "March to June 2020" given to March too, the day of "3 p.m. to 5 p.m. on Monday" to both."""
    shared = list(mentions)
    linking = {LETTERS[name] for name in _LINKS}
    for index in range(len(shared) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        a, b = left.meaning, right.meaning
        between = tokens[left.last : right.first]
        if len(between) != 1 or between[0].kind not in linking:
            continue
        if isinstance(a, DayPart) and isinstance(b, Calendar | Shift) and b.day_part and ":" in a.day_part + b.day_part:
            shared[index] = Mention(left.first, left.last, replace(b, day_part=a.day_part), left.rule)
            continue
        if not isinstance(a, Calendar) or not isinstance(b, Calendar) or not (a.month and b.month):
            continue
        if _is_partial(a) and (b.year or b.within) and bool(a.day) == bool(b.day) and a.month <= b.month:
            shared[index] = Mention(left.first, left.last, replace(a, year=b.year, within=b.within), left.rule)
    return shared
