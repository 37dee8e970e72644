"""PDF, by pypdfium2: the text of the pages in their order, without running heads; scans have none and say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from counterclaim.errors import BrokenFile, EmptyReport, LimitExceeded
from counterclaim.reading.base import Reject, Source, finished, too_long
from counterclaim.reading.limits import extra, read_whole
from counterclaim.records import Report

MAX_PDF_BYTES: Final = 100_000_000
"""Bytes of one PDF, held in memory; the reports of commissions of inquiry, with pictures, have about 30 million."""
MAX_PAGES: Final = 2000
EDGE: Final = 2
"""Lines at the top and at the foot of a page among which a running head is looked for."""
REPEATED: Final = 0.5
"""Share of the pages on which a line must stand at the edge (figures aside) to be a running head."""
FEWEST_PAGES: Final = 4

_DIGITS = re.compile(r"\d+")
# PDFium writes U+0002 or U+FFFE for a hyphen that only ends a line.
_HYPHENATED = re.compile("[\x02\ufffe]\\s*|(?<=[a-z])\u00ad\n")
_FILE_TITLE = re.compile(r"(?i)^microsoft word - |^untitled|\.(docx?|indd|pdf|rtf)$")


class PdfReader:
    """PDF documents, one report each."""

    name = "pdf"
    suffixes = (".pdf",)

    def sniff(self, head: bytes) -> bool:
        """Its mark, at the beginning."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """One report. The dates in a PDF are those of the file, so its text or the caller gives the date."""
        pdfium = extra("pypdfium2", "pypdfium2")
        data = read_whole(stream, MAX_PDF_BYTES, "a PDF")
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise BrokenFile("encrypted; save it without its password first") from error
            raise BrokenFile(f"a damaged or cut off PDF: {error}") from error
        try:
            pages = _pages(document, source.max_chars, pdfium.PdfiumError)
            title = document.get_metadata_dict(skip_empty=True).get("Title")
        finally:
            document.close()
        text = _joined(_without_running_heads(pages))
        if not text.strip():
            raise EmptyReport("no text in this PDF: if its pages are scans, run text recognition (OCR) first")
        if title and _FILE_TITLE.search(title):
            title = None
        yield finished(Report(text=_HYPHENATED.sub("", text), title=title), source)


def _pages(document: Any, max_chars: int, broken: type[Exception]) -> list[list[str]]:
    """The lines of each page."""
    if len(document) > MAX_PAGES:
        raise LimitExceeded(f"a PDF of more than {MAX_PAGES:,} pages; split it")
    pages: list[list[str]] = []
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            layer = page.get_textpage()
        except broken as error:
            raise BrokenFile(f"page {number + 1} of this PDF is damaged: {error}") from error
        try:
            length += layer.count_chars()
            if length > max_chars:
                raise too_long(max_chars)
            text = layer.get_text_bounded(errors="replace")
        finally:
            layer.close()
            page.close()
        pages.append(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return pages


def _joined(pages: list[list[str]]) -> str:
    """The pages as one text, a blank line between two of them but where a sentence runs on."""
    text = ""
    for page in map("\n".join, pages):
        page = page.strip()
        if text and page:
            text += "\n" if page[0].islower() and text[-1] not in ".!?:" else "\n\n"
        text += page
    return text


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without lines that stand at the top or foot of most of them, and without page numbers."""
    if len(pages) < FEWEST_PAGES:
        return pages
    seen = Counter(mark for page in pages for mark in {_mark(page[index]) for index in _edges(page)})
    running = {mark for mark, count in seen.items() if count > REPEATED * len(pages)}
    kept = [
        [line for index, line in enumerate(page) if not (index in edges and _mark(line) in running)]
        for page, edges in ((page, set(_edges(page))) for page in pages)
    ]
    return kept if any(map(any, kept)) else pages


def _edges(page: list[str]) -> list[int]:
    """The places of the first and last lines of a page that are not blank."""
    written = [index for index, line in enumerate(page) if line.strip()]
    return written[:EDGE] + written[-EDGE:]


def _mark(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))
