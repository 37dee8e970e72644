"""What a capture holds: a page, a document, a feed; and its reports."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal, cast, get_args
from urllib.parse import unquote, urljoin, urlsplit

from msgspec.structs import replace

from counterclaim.errors import BrokenFile, FetchRefused, InputError, NotText
from counterclaim.reading import Reject, Source, clean, finished, reader_named
from counterclaim.reading.feed import MAX_ENTRIES, day_of, feed_title, parsed, report_of
from counterclaim.reading.inputs import HEAD
from counterclaim.reading.markup import text_of
from counterclaim.records import Report
from counterclaim.watching.addresses import WebAddress
from counterclaim.watching.fetching import Fetcher

Kind = Literal["feed", "html", "pdf", "text"]
KINDS: Final = get_args(Kind)

_TYPES: Final[dict[str, Kind]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]+")


def kind_of(data: bytes, content_type: str) -> Kind:
    """What bytes are, by their beginning, else by what the server calls them.

    Archives are not opened: a page that a site hands to a reader is none. Raises NotText for anything else.
    """
    head = data[:HEAD]
    kinds: tuple[Kind, ...] = ("feed", "html", "pdf")
    for kind in kinds:
        if reader_named(kind).sniff(head):
            return kind
    called = content_type.partition(";")[0].strip().lower()
    if called in _TYPES:
        return _TYPES[called]
    if not called and reader_named("text").sniff(head):
        return "text"
    raise NotText(f"neither a page, a feed, a PDF nor plain text, but {called[:60]!r}")


def reports_of(data: bytes, kind: Kind, url: str, published: str | None = None) -> Iterator[Report | Reject]:
    """The reports of a page or document, under the address from which it came.

    What a page says of its own address is not believed: it could name another's article, and so become its revision.
    `published` (`YYYY-MM-DD`) overrides the date that it gives. Never raises: what is wrong is a Reject.
    """
    stem = stem_of(url)
    try:
        for item in reader_named(kind).read(io.BytesIO(data), Source(url, stem, published)):
            if isinstance(item, Report):
                yield replace(item, id=stem, url=url, source=url)
            else:
                yield item
    except InputError as error:
        yield Reject(url, error)
    except Exception as error:
        # Libraries fail on hostile documents in ways that they do not name.
        yield Reject(url, BrokenFile(f"it cannot be read as {kind} ({type(error).__name__}: {str(error)[:200]})"))


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: the article it leads to, if to one, and its own text, or why it has none."""

    url: str | None
    mark: str
    title: str | None
    published: str | None
    own: Report | Reject


def items_of(data: bytes, url: str) -> Iterator[Item]:
    """The entries of a feed, in its order. Raises InputError where the whole feed cannot be read."""
    feed = parsed(data)
    outlet = feed_title(feed)
    for entry in feed.entries[:MAX_ENTRIES]:
        link = entry.get("link")
        address = _address(link, url) if isinstance(link, str) and link.strip() else None
        title = " ".join(clean(text_of(str(entry.get("title") or "")[:1000])).split()) or None
        own: Report | Reject
        try:
            report = finished(report_of(entry, outlet), Source(url, ""))
            own = replace(report, id=stem_of(address) if address else report.id, url=address, source=address or url)
        except InputError as error:
            own = Reject(address or url, error)
        # By dict.get: feedparser's own warns where it gives one for the other.
        told = (title, *(dict.get(entry, key) for key in ("published", "updated", "summary")))
        mark = hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]
        yield Item(address, mark, title, day_of(entry), own)


def reports_at(
    fetcher: Fetcher, url: str, kind: str = "auto", published: str | None = None
) -> Iterator[Report | Reject]:
    """The reports at one address: of a page or document, or the entries of a feed as they stand in it.

    `kind` is one of KINDS, or "auto". robots.txt is not asked: it speaks to programs that go from page to page by
    themselves. Never raises an InputError: what is wrong is a Reject.
    """
    try:
        fetched = fetcher.fetch(url)
        found = kind_of(fetched.body, fetched.content_type) if kind == "auto" else cast(Kind, kind)
        if found != "feed":
            yield from reports_of(fetched.body, found, str(fetched.url), published)
            return
        for item in items_of(fetched.body, str(fetched.url)):
            own = item.own
            yield replace(own, published=published or own.published) if isinstance(own, Report) else own
    except InputError as error:
        yield Reject(url, error)


def stem_of(url: str) -> str:
    """A short readable id from an address: the last part of its path, else its host."""
    parts = urlsplit(url)
    name = PurePosixPath(unquote(parts.path)).name
    stem = name.rpartition(".")[0] if re.search(r"\.[A-Za-z]{2,5}$", name) else name
    return _UNFIT.sub("-", stem).strip("-.")[:80] or (parts.hostname or "report")


def _address(link: str, base: str) -> str | None:
    try:
        return str(WebAddress.of(urljoin(base, link.strip())))
    except (FetchRefused, ValueError):
        return None
