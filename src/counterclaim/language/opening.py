"""What stands around the body of a report: headline, byline, dateline, credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from counterclaim.language.analysis import Dateline, SentenceKind

HEADLINE_LENGTH: Final = 160
"""Characters; agency headlines rarely pass 120, with a deck 160."""
OPENING: Final = 6
"""Paragraphs at the top among which headline, byline and dateline are looked for."""

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = (
    rf"(?:(?:{_DAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s*\d{{2,4}})?)|{_DAY}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CAPITALS = r"[A-Z][A-Z'’.-]+(?:[ /][A-Z][A-Z'’.-]*){0,3}"
_PROPER = r"[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,3}"
_REGION = rf"(?:,\s+(?!{_MONTH}\b)[A-Z][\w.'’-]*(?:[ -](?:of |the |and )?[\w.'’-]+){{0,3}}){{0,2}}"
_AGENCY = r"\((?:[^()\n]{2,40})\)"
_DASH = r"(?:--+|[-–—_])"
_FORMS = (
    # SRINAGAR, Indian-controlled Kashmir, May 29 (Xinhua) --
    rf"(?P<p1>{_CAPITALS}){_REGION}(?:,\s+(?P<d1>(?i:{_DATE})))?\s*(?:{_AGENCY}\s*)?{_DASH}(?=\s|$)",
    rf"(?P<p2>{_CAPITALS}){_REGION},\s+(?P<d2>(?i:{_DATE}))\s*(?:{_AGENCY})?(?:\s*[:.])?(?=\s|$)",
    # LUDHIANA: Jewellery worth ...
    r"(?P<p3>[A-Z]{3}[A-Z'’.-]*(?: [A-Z][A-Z'’.-]+){0,2}):(?=\s+[A-Z“\"])",
    # Moscow, 13 September -
    rf"(?P<p4>{_PROPER}){_REGION}(?:,\s+|\s+)(?P<d4>{_DATE})\s*(?:{_AGENCY}\s*)?{_DASH}(?=\s|$)",
    # Kyiv, Ukraine (AP) —   Baghdad (Reuters) -
    rf"(?P<p5>{_PROPER}){_REGION}\s+{_AGENCY}\s*{_DASH}(?=\s|$)",
    # Kyiv, Ukraine —
    rf"(?P<p6>{_PROPER}),\s+[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?\s+{_DASH}(?=\s|$)",
    # (CNN) --
    rf"\([A-Z][\w .&'’-]{{1,30}}\)\s*{_DASH}(?=\s|$)",
)
_DATELINES = tuple(re.compile(form) for form in _FORMS)
_DATE_ALONE = re.compile(
    rf"(?:(?:Published|Posted|Updated|Date|First published)[: ]\s*(?:on )?)?(?P<d>(?i:{_DATE}))"
    r"(?:[,\s|–-]+(?:at )?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?)?(?:\s+(?:[A-Z]{2,4}))?\.?$"
)
_BYLINE = re.compile(
    r"(?:(?:By|BY|by|Story by|Written by|Reporting by|Text by|Analysis by)\s+(?:the\s+)?[A-Z][^.!?]{2,120}"
    r"|(?:The )?(?:Associated Press|Reuters|Agence France-Presse|AFP|Xinhua)(?: (?:Staff )?Writer)?"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3},? (?:Associated Press|AP|Staff|Staff Writer|Correspondent)(?: Writer)?)$"
)
_CREDIT = re.compile(
    r"\(?(?:(?:Additional |Further )?(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Tt]ranslat(?:ion|ing)|[Cc]ompiled|"
    r"[Ee]dited|[Ww]ritten)(?: and (?:editing|writing|reporting))? by\b[^\n]{2,400}"
    r"|[^\n.!?]{2,250}\bcontributed (?:reporting|to this (?:report|story|article|dispatch))\b[^\n]{0,120}"
    r"|(?:©|\(c\)|Copyright)[^\n]{0,200})\)?$"
)
_FINAL = re.compile(r"[.!?…][\"'”’)\]]*$")


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that opens the paragraph `[start, end)`, or None."""
    head = text[start : min(end, start + 160)]
    for form in _DATELINES:
        match = form.match(head)
        if match is None:
            continue
        groups = {name[0]: match.span(name) for name, value in match.groupdict().items() if value}
        place, day = (_shift(groups.get(key), start) for key in ("p", "d"))
        return Dateline(start, start + match.end(), place, day)
    return None


def _shift(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def line_kinds(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[list[SentenceKind], list[Dateline]]:
    """The kind of each paragraph as a line of the page, and the datelines found at the top."""
    kinds: list[SentenceKind] = ["body"] * len(paragraphs)
    datelines: list[Dateline] = []
    body = next((i for i, (s, e) in enumerate(paragraphs) if _is_body(text, s, e)), len(paragraphs))
    headlined = False
    for index, (start, end) in enumerate(paragraphs[:OPENING]):
        dateline = dateline_at(text, start, end)
        alone = _DATE_ALONE.match(text[start:end]) if end - start <= 80 else None
        if alone is not None:
            kinds[index] = "dateline"
            datelines.append(Dateline(start, end, None, (start + alone.start("d"), start + alone.end("d"))))
        elif dateline is not None:
            if end - dateline.end <= 2:
                kinds[index] = "dateline"
            datelines.append(dateline)
        elif end - start <= 140 and _BYLINE.match(text[start:end]) and len(paragraphs) > 1:
            kinds[index] = "byline"
        elif index < body < len(paragraphs) and end - start <= HEADLINE_LENGTH and not _ends(text, start, end):
            kinds[index] = "headline"
            headlined = True
        elif (
            index == 0
            and not headlined
            and _titled(text, start, end)
            and body < len(paragraphs)
            and len(paragraphs) > 1
        ):
            kinds[index] = "headline"
    for index in range(max(1, len(paragraphs) - 5), len(paragraphs)):
        start, end = paragraphs[index]
        if end - start <= 400 and kinds[index] == "body" and _CREDIT.match(text[start:end]):
            kinds[index] = "byline"
    return kinds, datelines


def _ends(text: str, start: int, end: int) -> bool:
    return _FINAL.search(text[max(start, end - 6) : end]) is not None and text[end - 1] not in "?!"


def _is_body(text: str, start: int, end: int) -> bool:
    """Prose: a long line, or one that ends as a sentence does and is not in title case."""
    if end - start > HEADLINE_LENGTH:
        return True
    return _FINAL.search(text[max(start, end - 6) : end]) is not None and not _titled(text, start, end)


def _titled(text: str, start: int, end: int) -> bool:
    """A short line in title case or capitals."""
    words = [
        word
        for word in text[start : min(end, start + HEADLINE_LENGTH + 1)].split()
        if len(word) > 3 and word[0].isalpha()
    ]
    return end - start <= HEADLINE_LENGTH and len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)
