"""MUC-4 texts as reports: messages of a part, their dateline read, lines joined, case restored."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bench.muc4_case import restorer
from counterclaim.records import Report

MONTHS = {name: i for i, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}  # noqa: SIM905
MESSAGE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})[^\n]*\n", re.M)
HEADER = re.compile(r"\s*(?P<place>[^\[]{2,70}?),\s+(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]*\s+(?P<year>\d{2})?")
BODY = re.compile(r"\[(?:TEXT|SUMMARY|EXCERPTS?)\]\s*")


def reports(folder: Path) -> list[Report]:
    """The messages of a part (a folder of text files beside `key*` files), in the order of their ids."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(("key", "text-")):
            parts = MESSAGE.split(path.read_text("latin-1"))
            found += [report(name, text) for name, text in zip(parts[1::2], parts[2::2], strict=True)]
    return found


def report(name: str, printed: str) -> Report:
    """One message: its dateline becomes a publication date and the opening `CITY (Country) --`."""
    head, body = HEADER.match(printed), BODY.search(printed)
    published = None
    if head and head["month"] in MONTHS:
        published = date(1900 + int(head["year"] or 89), MONTHS[head["month"]], int(head["day"])).isoformat()
    paragraphs = re.split(r"\n\s*\n", printed[body.end() if body else 0 :])
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())
    text = restorer().restore(text.replace("[", "(").replace("]", ")"))
    place = head["place"].strip() if head else ""
    opening = f"{place.upper()} -- " if place and "NO CITY" not in place and "CLANDESTINE" not in place else ""
    return Report(id=name, text=opening + text, published=published)
