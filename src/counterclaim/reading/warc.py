"""Web archives (WARC), by FastWARC: the HTML responses, each with the address of its record.

The page's own date counts. Where it states none, or one after its capture, the day of capture stands in: the page was
public then at the latest.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec

from counterclaim.errors import BrokenFile, InputError, LimitExceeded, UnreadableFile
from counterclaim.reading.base import Reject, Source, shown_name
from counterclaim.reading.html import MAX_HTML_BYTES, HtmlReader
from counterclaim.reading.limits import Allowance, extra, unpacked
from counterclaim.records import Report

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML: Final = ("text/html", "application/xhtml+xml")
MAX_URL: Final = 2000
MAX_BLOCK: Final = 2 * MAX_HTML_BYTES
"""Bytes of a response that are looked at, with its head: enough to refuse a page that is too long."""
UNCOUNTED: Final = 1 << 60


class WarcReader:
    """Web archives (.warc); compressed ones (.warc.gz) come unpacked by the reader of those."""

    name = "warc"
    suffixes = (".warc",)

    def sniff(self, head: bytes) -> bool:
        """A record begins with its version."""
        return head.startswith(b"WARC/1.")

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A report or a reject for each HTML response; other records are no reports."""
        warc = extra("fastwarc.warc", "fastwarc")
        number = pages = 0
        if not stream.seekable():
            stream = unpacked(stream, Allowance(UNCOUNTED))  # FastWARC asks where it stands, and a pipe does not know
        try:
            for record in warc.ArchiveIterator(stream, parse_http=False, stream_detect=False):
                number += 1
                try:
                    report = _page(warc, record, source, number)
                except LimitExceeded:
                    raise
                except InputError as error:
                    pages += 1
                    yield Reject(f"{source.name}:{number}", error)
                else:
                    if report is not None:
                        pages += 1
                        yield report
        except (OSError, ValueError, EOFError) as error:
            raise BrokenFile(f"damaged or cut off after record {number}: {error}") from error
        if not pages:
            raise UnreadableFile("no HTML responses in this web archive")


def _page(warc: Any, record: WarcRecord, source: Source, number: int) -> Report | None:
    """The report of a response, None where it is no web page."""
    if "Content-Length" not in record.headers:
        raise BrokenFile("a record without its length: damaged or cut off")
    if record.record_type != warc.WarcRecordType.response:
        return None
    block = record.reader.read(MAX_BLOCK)
    if len(block) < min(record.content_length, MAX_BLOCK):
        raise BrokenFile("a response that is cut off")
    source.allowance.spend(len(block))
    data = _body(warc, block)
    if data is None:
        return None
    captured = record.record_date.date().isoformat() if record.record_date else None
    url = shown_name((record.headers.get("WARC-Target-URI") or "").strip("<>"), MAX_URL) or None
    inside = Source(f"{source.name}:{number}", "", source.published, source.max_chars)
    page = next(report for report in HtmlReader().read(io.BytesIO(data), inside) if isinstance(report, Report))
    published = page.published
    if source.published is None and captured and (published is None or published > captured):
        published = captured
    return msgspec.structs.replace(page, url=url or page.url, published=published)


def _body(warc: Any, block: bytes) -> bytes | None:
    """The page in an HTTP response, its transfer and content encodings undone; None where it is no page.

    FastWARC reads it as an archive of its own, for an error in one response would end the reading of the whole.
    """
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d"
    own = io.BytesIO(b"%b\r\n\r\n%b\r\n\r\n" % (head % len(block), block))
    try:
        for response in warc.ArchiveIterator(own, parse_http=False, stream_detect=False):
            response.parse_http(auto_decode="all")
            if response.http_headers is None or (response.http_content_type or "").lower() not in _HTML:
                return None
            if not 200 <= int(response.http_headers.status_code or 200) < 300:
                return None
            return bytes(response.reader.read(MAX_HTML_BYTES + 1))
    except (OSError, ValueError, EOFError) as error:
        raise BrokenFile(f"a damaged response: {error}") from error
    return None
