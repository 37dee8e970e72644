"""Web pages, by trafilatura: what is coded is the main text it takes out, with title, date, outlet and address."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import BinaryIO, Final

from counterclaim.errors import EmptyReport, NotText, ReportTooLong
from counterclaim.reading.base import Reject, Source, finished, iso_date
from counterclaim.reading.decoding import refuse_binary
from counterclaim.records import Report

MAX_HTML_BYTES: Final = 10_000_000
"""Bytes of one page; the longest news pages, with pictures inlined, are about 5 million."""
MAX_TAGS: Final = 60_000
"""Tags in one page. News pages have under 10,000; extraction takes 2 s for 60,000 and grows faster than the page."""
DEPTH_HINT: Final = "; save the article as plain text"

_OPENINGS: Final = (b"<!doctype html", b"<html", b"<head", b"<body")


class HtmlReader:
    """Web pages saved as files."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def sniff(self, head: bytes) -> bool:
        """A page begins with its document type or one of its first elements."""
        begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return begins.startswith(_OPENINGS) or (begins.startswith((b"<?xml", b"<!--")) and b"<html" in begins)

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """One report."""
        data = stream.read(MAX_HTML_BYTES + 1)
        refuse_binary(data[:16])
        if len(data) > MAX_HTML_BYTES:
            raise ReportTooLong(f"a page of more than {MAX_HTML_BYTES:,} bytes{DEPTH_HINT}")
        if data.count(b"<") > MAX_TAGS:
            raise ReportTooLong(f"a page of more than {MAX_TAGS:,} tags{DEPTH_HINT}")
        if not data.strip():
            raise EmptyReport("no words in it")
        yield finished(_extracted(data), source)


def _extracted(data: bytes) -> Report:
    """The main text and metadata of a page. Raises EmptyReport where there is none, NotText where parsing fails."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            # Without a handler Python prints warnings of these libraries on the standard error.
            logger.addHandler(logging.NullHandler())
    from trafilatura import bare_extraction

    try:
        page = bare_extraction(
            data,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # hostile markup can break the parser in ways it does not name
        raise NotText(f"the page cannot be parsed ({type(error).__name__}){DEPTH_HINT}") from error
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise EmptyReport(f"no article text found in the page{DEPTH_HINT}")
    return Report(
        text=page.text or "",
        title=page.title,
        url=page.url,
        outlet=page.sitename or page.hostname,
        published=_believable(page.date),
    )


def _believable(written: str | None) -> str | None:
    """A date from the page's metadata; a senseless one is as good as none."""
    try:
        return iso_date(written)
    except Exception:
        return None
