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
from pathlib import PurePath
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from counterclaim.records import CodedReport, Report

FIELDS: Final = ("title", "url", "outlet", "published", "language")
_URL: Final = FIELDS.index("url")

RESEMBLANCE: Final = 0.2
"""Share of the shorter text's word triples that a revision has in common with the earlier text. Of 28,000 pairs of
different news reports 99% share under 0.05; a toll update of the same article shares well over half."""

COMPARED: Final = 20
"""Reports of one id whose texts are compared, the newest first: a thousand folders of a `story.txt` stay quick."""

_TRACKING: Final = re.compile(r"(?:utm_|at_|fbclid|gclid|ocid|xtor|ref_src|smid|cmpid)", re.IGNORECASE)
_MARK: Final = re.compile(r"-[0-9a-f]{8}$")
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
    report = _by_address(connection, identity)
    if report is None:
        report = _by_text(connection, identity)
    if report is None and identity.address is None:
        report = _by_id(connection, identity, source)
    if report is None:
        return Match()
    revisions = connection.execute(
        f"SELECT pk, fingerprint, {', '.join(FIELDS)} FROM revisions WHERE report = ? AND digest = ? ORDER BY pk DESC",
        (report, identity.digest),
    ).fetchall()
    for pk, fingerprint, *_ in revisions:
        if fingerprint == identity.fingerprint:
            return Match(report, pk, exact=True)
    ours = _compared(identity.fields)
    for pk, _, *fields in revisions:
        if all(given is None or given == held for given, held in zip(ours, _compared(tuple(fields)), strict=True)):
            return Match(report, pk)
    return Match(report)


def _by_address(connection: sqlite3.Connection, identity: Identity) -> int | None:
    row = connection.execute("SELECT report FROM addresses WHERE address = ?", (identity.address,)).fetchone()
    return row[0] if row else None


def _by_text(connection: sqlite3.Connection, identity: Identity) -> int | None:
    """The report that holds this text and does not contradict; of several, the one of the same id, then the first."""
    row = connection.execute(
        """SELECT v.report FROM revisions v JOIN reports r ON r.pk = v.report
           WHERE v.digest = :digest
             AND (v.outlet IS NULL OR :outlet IS NULL OR v.outlet = :outlet)
             AND (v.published IS NULL OR :published IS NULL OR v.published = :published)
             AND (:address IS NULL OR NOT EXISTS (SELECT 1 FROM addresses a WHERE a.report = v.report))
           ORDER BY r.given_id <> :given_id, v.pk LIMIT 1""",
        {**_fields(identity), "digest": identity.digest, "address": identity.address, "given_id": identity.given_id},
    ).fetchone()
    return row[0] if row else None


def _by_id(connection: sqlite3.Connection, identity: Identity, source: str | None) -> int | None:
    """The report of this id of which the text may be a revision: from the same source, else the one most like it."""
    outlet = _fields(identity)["outlet"]
    if source is not None:
        # Readers tell files of one stem apart by digits of a digest, which change with the text: `001`, `001-1f0c52ab`.
        stem = PurePath(source).stem
        for report, given_id in connection.execute(
            """SELECT DISTINCT r.pk, r.given_id FROM sightings s JOIN revisions v ON v.pk = s.revision
               JOIN reports r ON r.pk = v.report
               WHERE s.source = ?1 AND (v.outlet IS NULL OR ?2 IS NULL OR v.outlet = ?2) ORDER BY r.pk""",
            (source, outlet),
        ):
            ids = (identity.given_id, given_id)
            if given_id == identity.given_id or all(_MARK.sub("", id_) == stem for id_ in ids):
                return int(report)
    best: tuple[float, int] | None = None
    for report, text, seen in connection.execute(
        """SELECT r.pk, v.text, EXISTS (SELECT 1 FROM sightings s JOIN revisions w ON w.pk = s.revision
                                        WHERE w.report = r.pk)
           FROM reports r JOIN revisions v ON v.report = r.pk
           WHERE r.given_id = ?1 AND v.number = (SELECT max(number) FROM revisions WHERE report = r.pk)
             AND (v.outlet IS NULL OR ?2 IS NULL OR v.outlet = ?2)
           ORDER BY r.pk DESC LIMIT ?3""",
        (identity.given_id, outlet, COMPARED),
    ):
        alike = resemblance(identity.text, text)
        if source is not None and seen and alike < RESEMBLANCE:
            continue
        if best is None or alike > best[0]:
            best = (alike, report)
    return best[1] if best else None


def _fields(identity: Identity) -> dict[str, str | None]:
    return dict(zip(FIELDS, identity.fields, strict=True))


def resemblance(one: str, other: str) -> float:
    """The share of the shorter text's word triples that the other has too, 0-1 (containment over 3-word shingles)."""
    ours, theirs = _triples(one), _triples(other)
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller else 0.0


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))
