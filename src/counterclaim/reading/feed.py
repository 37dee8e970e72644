"""RSS and Atom files, by feedparser: each entry with content or a summary is a report. Nothing is fetched."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from time import struct_time
from typing import Any, BinaryIO, Final

from counterclaim.errors import BrokenFile, EmptyReport, InputError, LimitExceeded, MalformedRecord
from counterclaim.reading.base import Reject, Source, finished, iso_date
from counterclaim.reading.decoding import decode, refuse_binary
from counterclaim.reading.limits import extra, read_whole
from counterclaim.reading.markup import text_of
from counterclaim.records import Report

MAX_FEED_BYTES: Final = 20_000_000
"""Bytes of one feed; those with the full text of a year's entries are about 5 million."""
MAX_ENTRIES: Final = 10_000

_ROOT = re.compile(rb"\s*+(?:<[?!](?:--.*?--|[^>]*)>\s*+)*+<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_WRITTEN = re.compile(r"\s*\d{4}-\d\d-\d\d")


class FeedReader:
    """RSS and Atom files."""

    name = "feed"
    suffixes = (".rss", ".atom", ".rdf", ".xml")

    def sniff(self, head: bytes) -> bool:
        """The first element is that of a feed."""
        return _ROOT.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")) is not None

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A report or a reject for each entry."""
        feed = parsed(read_whole(stream, MAX_FEED_BYTES, "a feed"))
        outlet = feed_title(feed)
        for number, entry in enumerate(feed.entries[:MAX_ENTRIES], 1):
            name = f"{source.name}:{number}"
            try:
                yield finished(report_of(entry, outlet), Source(name, "", source.published, source.max_chars))
            except InputError as error:
                yield Reject(name, error)
        if len(feed.entries) > MAX_ENTRIES:
            left = len(feed.entries) - MAX_ENTRIES
            yield Reject(source.name, LimitExceeded(f"{left:,} more entries were not read; split the feed"))
        elif (
            feed.bozo
            and isinstance(feed.bozo_exception, Exception)
            and "SAXParse" in type(feed.bozo_exception).__name__
        ):
            yield Reject(source.name, BrokenFile(f"the feed is damaged, entries may be missing: {feed.bozo_exception}"))


def parsed(data: bytes) -> Any:
    """A feed as feedparser gives it, with one entry at least. Raises MissingExtra or InputError."""
    feedparser = extra("feedparser", "feedparser")
    refuse_binary(data[:16])
    if b"<!ENTITY" in data.replace(b"\x00", b"").upper():
        raise MalformedRecord("a feed that declares XML entities, as those made to do harm do")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _DECLARED.sub("", decode(data), count=1).encode("utf-8", "replace")
    # A stream, for a string could be taken for an address or a path.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        if feed.get("version"):
            raise EmptyReport("no entries in this feed")
        if b"<opml" in data[:2000].lower():
            raise MalformedRecord("a list of feeds (OPML), not a feed; counterclaim watch reads it")
        raise BrokenFile("no RSS or Atom feed" + (", or a damaged one" if feed.bozo else ""))
    return feed


def feed_title(feed: Any) -> str | None:
    """The title of a parsed feed."""
    return _string(feed.feed.get("title"))


def day_of(entry: Any) -> str | None:
    """The day (`YYYY-MM-DD`) on which an entry was published, else changed."""
    return _day(entry, "published") or _day(entry, "updated")


def report_of(entry: Any, outlet: str | None) -> Report:
    """An entry's own text as a report, not yet `finished`. Raises EmptyReport, LimitExceeded."""
    contents = [content.get("value") for content in entry.get("content", [])]
    written = max((value for value in [*contents, entry.get("summary")] if isinstance(value, str)), key=len, default="")
    try:
        text = text_of(written)
    except ValueError as error:
        raise LimitExceeded(f"an entry with {error}; save the article as plain text") from error
    if not text:
        raise EmptyReport("an entry without content or summary")
    link = _string(entry.get("link"))
    if link and not link.lower().startswith(("http://", "https://")):
        link = None  # an id that feedparser takes for an address
    own = entry.get("source", {}).get("title")
    return Report(
        text=text,
        id="" if link else _string(entry.get("id")) or "",
        title=text_of(_string(entry.get("title")) or "") or None,
        url=link,
        outlet=_string(own) or outlet,
        published=day_of(entry),
    )


def _string(value: object) -> str | None:
    return value[:1000] if isinstance(value, str) and value.strip() else None


def _day(entry: Any, key: str) -> str | None:
    """The day as written, else in UTC as parsed. None where there is none: a senseless date is as good as none."""
    written = entry.get(key)
    try:
        if isinstance(written, str) and len(written) < 100:
            if _WRITTEN.match(written):
                return iso_date(written.strip()[:10])
            return iso_date(parsedate_to_datetime(written).date().isoformat())
    except (ValueError, TypeError, OverflowError, InputError):
        pass
    parsed = entry.get(f"{key}_parsed")
    try:
        return iso_date("{:04}-{:02}-{:02}".format(*parsed[:3])) if isinstance(parsed, struct_time) else None
    except InputError:
        return None
