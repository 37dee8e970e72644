"""Word documents: the paragraphs of the body, tables included, by lxml; deleted text, notes and headers stay out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from counterclaim.errors import BrokenFile, MalformedRecord
from counterclaim.reading.base import Reject, Source, finished
from counterclaim.reading.limits import read_whole
from counterclaim.records import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

BODY: Final = "word/document.xml"
MAX_XML_BYTES: Final = 50_000_000
"""Bytes of the body's XML: about 25 for a character of text, so 2,000,000 characters."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HIDDEN: Final = (_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}pPr")
"""Second versions for older programs, deleted and moved text, and the tab stops of a paragraph's style."""
_AS_TEXT: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class DocxReader:
    """Word documents (.docx)."""

    name = "docx"
    suffixes = (".docx", ".docm")

    def sniff(self, head: bytes) -> bool:
        """Never: its beginning is that of any ZIP, so the reader of those looks inside and knows it."""
        return False

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """One report."""
        from counterclaim.reading.zipped import opened

        if stream.read(0) == b"" and _is_old(stream):
            raise BrokenFile("an old or encrypted Office document; save it as plain DOCX first")
        with opened(stream, source.allowance) as archive:
            yield read_docx(archive, source)


def _is_old(stream: BinaryIO) -> bool:
    peek = getattr(stream, "peek", None)
    return peek is not None and peek(4)[:4] == b"\xd0\xcf\x11\xe0"


def read_docx(archive: zipfile.ZipFile, source: Source) -> Report:
    """The report in a document. Raises InputError."""
    root = _parsed(archive, BODY, source)
    title = None
    if "docProps/core.xml" in archive.namelist():
        title = _parsed(archive, "docProps/core.xml", source).findtext(f"{_DC}title")
    # The dates that Word writes are those of the file, not of the report.
    return finished(Report(text="\n\n".join(_paragraphs(root)), title=title), source)


def _parsed(archive: zipfile.ZipFile, name: str, source: Source) -> _Element:
    from lxml import etree

    from counterclaim.reading.zipped import open_member

    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise BrokenFile(f"no Word document: it has no {name}") from error
    with open_member(archive, info, source.allowance) as member:
        data = read_whole(member, MAX_XML_BYTES, "a document")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile(f"a damaged document: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise MalformedRecord("a document that declares XML entities, which none of Word's does")
    return root


def _paragraphs(root: _Element) -> Iterator[str]:
    """The text of each paragraph; those of a text box come before the paragraph that holds it."""
    from lxml import etree

    open_: list[list[str]] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if tag in _HIDDEN:
            hidden += 1 if event == "start" else -1
        elif tag == f"{_W}p":
            if event == "start":
                open_.append([])
            elif text := "".join(open_.pop()).strip():
                yield text
        elif event == "start" and open_ and not hidden:
            if tag == f"{_W}t":
                open_[-1].append(element.text or "")
            elif tag in _AS_TEXT:
                open_[-1].append(_AS_TEXT[tag])
