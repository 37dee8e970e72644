"""Which report a text is, and which revision of it.

1. **An address is an identity.** A report with a URL is the report held under that URL, whatever its id. Scheme, case
   of the host, tracking parameters and text fragments of the URL do not count.
2. **The same text twice is one report.** Without a URL of its own (or where the held one has none), a text held already
   is that report, under whatever file name it comes, unless outlet or date of publication contradict: those are two
   publications. One text at two URLs is two publications too.
3. **Else the id decides.** A changed text under a known id is a new revision, where it comes from the same source, or
   one of the two sources is not known, or the texts resemble each other; `a/001.txt` and `b/001.txt` with unrelated
   texts are two reports.

Within a report, a revision is a text with its title, URL, outlet, date and language. What is not given contradicts
nothing: the same text without its date adds nothing to the dated one; the same text with a date is a revision of the
undated. A text that goes back to an earlier wording is the earlier revision, and adds nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from counterclaim.records import CodedReport, Report

FIELDS: Final = ("title", "url", "outlet", "published", "language")
_URL: Final = FIELDS.index("url")

RESEMBLANCE: Final = 0.2
"""Share of the shorter text's word triples that a revision has in common with the earlier text. Of 28,000 pairs of
different news reports 99% share under 0.05; a toll update of the same article shares well over half."""

_TRACKING: Final = re.compile(r"(?:utm_|at_|fbclid|gclid|ocid|xtor|ref_src|smid|cmpid)", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one text of one report from another: its own id, its address, its digests."""

    given_id: str
    address: str | None
    digest: str
    fingerprint: str
    text: str
    fields: tuple[str | None, ...]

    @classmethod
    def of(cls, report: Report | CodedReport) -> Identity:
        """The identity of a report. A report without an id is called by its digest."""
        digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
        fields = tuple(getattr(report, field) or None for field in FIELDS)
        compared = _compared(fields)
        fingerprint = hashlib.sha256(json.dumps([digest, *compared]).encode()).hexdigest()
        return cls(report.id or digest[:16], compared[_URL], digest, fingerprint, report.text, fields)


@dataclass(frozen=True, slots=True)
class Match:
    """What the casebook holds of an identity: the report, and the revision; `exact` where every field is the same."""

    report: int | None = None
    revision: int | None = None
    exact: bool = False


def _compared(fields: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The fields as they are compared: the URL by its address."""
    url = fields[_URL]
    return (*fields[:_URL], address(url) if url else None, *fields[_URL + 1 :])


def address(url: str) -> str:
    """The part of a URL that names the document: no scheme, lower-case host, no tracking, no text fragment."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    kept = urlencode([(key, value) for key, value in query if not _TRACKING.match(key)])
    fragment = parts.fragment.partition(":~:")[0]
    path = parts.path.rstrip("/")
    return parts.netloc.lower() + path + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment else "")


def find(connection: sqlite3.Connection, identity: Identity, source: str | None = None) -> Match:
    """Find what is held of an identity, by the rules above."""
    same_text = connection.execute(
        """SELECT v.pk, v.report, v.fingerprint, v.title, v.url, v.outlet, v.published, v.language,
                  r.given_id, EXISTS (SELECT 1 FROM addresses a WHERE a.report = v.report)
           FROM revisions v JOIN reports r ON r.pk = v.report WHERE v.digest = ? ORDER BY v.pk""",
        (identity.digest,),
    ).fetchall()
    report = None
    if identity.address is not None:
        held = connection.execute("SELECT report FROM addresses WHERE address = ?", (identity.address,)).fetchone()
        report = held[0] if held else None
    if report is None:
        free = [row for row in same_text if not (row[-1] and identity.address) and _agree(identity, row[5], row[6])]
        # Stable sort: of several, the one of the same id, then the earliest.
        free.sort(key=lambda row: row[8] != identity.given_id)
        report = free[0][1] if free else None
    if report is None and identity.address is None:
        report = _by_id(connection, identity, source)
    if report is None:
        return Match()
    revisions = [row for row in same_text if row[1] == report]
    for row in revisions:
        if row[2] == identity.fingerprint:
            return Match(report, row[0], exact=True)
    ours = _compared(identity.fields)
    for row in reversed(revisions):
        if all(given is None or given == held for given, held in zip(ours, _compared(row[3:8]), strict=True)):
            return Match(report, row[0])
    return Match(report)


def _agree(identity: Identity, outlet: str | None, published: str | None) -> bool:
    """Whether outlet and date of publication do not contradict."""
    given = dict(zip(FIELDS, identity.fields, strict=True))
    return all(
        ours is None or theirs is None or ours == theirs
        for ours, theirs in ((given["outlet"], outlet), (given["published"], published))
    )


def _by_id(connection: sqlite3.Connection, identity: Identity, source: str | None) -> int | None:
    """The report of this id of which the text may be a revision; of several, the one it resembles most."""
    given = dict(zip(FIELDS, identity.fields, strict=True))
    best: tuple[float, int] | None = None
    for report, text, outlet in connection.execute(
        """SELECT r.pk, v.text, v.outlet FROM reports r JOIN revisions v ON v.report = r.pk
           WHERE r.given_id = ? AND v.number = (SELECT max(number) FROM revisions WHERE report = r.pk)
           ORDER BY r.pk""",
        (identity.given_id,),
    ).fetchall():
        if outlet is not None and given["outlet"] is not None and outlet != given["outlet"]:
            continue
        sources = {
            name
            for (name,) in connection.execute(
                "SELECT s.source FROM sightings s JOIN revisions v ON v.pk = s.revision WHERE v.report = ?", (report,)
            )
        }
        if source in sources:
            return int(report)
        alike = resemblance(identity.text, text)
        if source is not None and sources and alike < RESEMBLANCE:
            continue
        if best is None or alike > best[0]:
            best = (alike, report)
    return best[1] if best else None


def resemblance(one: str, other: str) -> float:
    """The share of the shorter text's word triples that the other has too, 0-1 (containment over 3-word shingles)."""
    ours, theirs = _triples(one), _triples(other)
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller else 0.0


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))
