"""Small files of every format, made by hand or by the format's library."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib import import_module

STORY = "Four soldiers were killed near Tarsk on Tuesday, the army of Norland said."
MORE = "Two of the wounded were taken to the hospital, and the road was closed for the night."
BODY = f"<body><article><p>{STORY}</p><p>{MORE}</p></article></body>"
PAGE = f"<!doctype html><html><head><title>Raid</title></head>{BODY}</html>"
LINE = f'{{"text": "{STORY}", "published": "2022-09-13"}}\n'.encode()


def a_pdf(pages: Sequence[Sequence[str]], *, title: str = "", encrypted: bool = False) -> bytes:
    """A PDF of lines of text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /Title ({title}) /CreationDate (D:20220913080000Z) >>".encode())
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content = f"BT /F1 12 Tf 14 TL 50 780 Td {shown} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    lock = b""
    if encrypted:
        junk = b"00" * 32
        lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (junk, junk)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        lock,
        len(out) - len(table) - len(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)),
    )


def a_zip(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), data, method)  # dated 1980: the same bytes every time
    return held.getvalue()


def a_docx(paragraphs: Sequence[str], *, doctype: str = "", body: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    written = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = (
        f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{space}"><w:body>{written}{body}</w:body></w:document>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Raid near Tarsk</dc:title></cp:coreProperties>'
    )
    return a_zip(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), "docProps/core.xml": core.encode()}
    )


def a_warc(responses: Sequence[tuple[str, bytes]], *, day: str = "2022-09-14") -> bytes:
    """Responses of address and HTTP message, after a record that is none."""
    records = [("warcinfo", "", b"software: by hand\r\n"), *(("response", *response) for response in responses)]
    out = b""
    for number, (kind, url, block) in enumerate(records):
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {day}T08:00:00Z\r\n"
        head += f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        head += f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n" if url else ""
        out += head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    return out


def http(
    body: bytes | str = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + data


def an_rss(items: Sequence[str], *, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<rss version="2.0"><channel><title>Norland Herald</title>'
        f"<link>https://example.org/</link>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def a_mail(body: str = STORY, *, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return (
        "Return-Path: <desk@example.org>\r\nMessage-ID: <7@example.org>\r\nDate: Tue, 13 Sep 2022 23:30:00 +0400\r\n"
        f"From: Norland Herald <desk@example.org>\r\nSubject: =?utf-8?q?Raid_near_T=C3=A4rsk?=\r\n{more}"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"
    ).encode()


def a_parquet(columns: Mapping[str, Sequence[object]]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    held = io.BytesIO()
    parquet.write_table(pyarrow.table(dict(columns)), held)
    return held.getvalue()


def packed(data: bytes, ending: str) -> bytes:
    if ending == "zst":
        zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
        return bytes(zstd.compress(data))
    if ending == "xz":
        return lzma.compress(data)
    return gzip.compress(data, mtime=0) if ending == "gz" else bz2.compress(data)


def samples() -> dict[str, bytes]:
    """A good file of each format, by a name with its ending."""
    warc = a_warc([("https://example.org/1", http()), ("https://example.org/2", http())])
    return {
        "a.pdf": a_pdf([[STORY], [MORE]]),
        "a.docx": a_docx([STORY, MORE]),
        "a.zip": a_zip({"a.txt": STORY.encode(), "b.jsonl": LINE * 3}),
        "a.warc": warc,
        "a.warc.gz": gzip.compress(warc, mtime=0),
        "a.wacz": a_zip({"datapackage.json": b"{}", "archive/a.warc.gz": gzip.compress(warc, mtime=0)}),
        "a.xml": an_rss([f"<title>Raid</title><description>{STORY}</description>"] * 2),
        "a.eml": a_mail(),
        "a.parquet": a_parquet({"text": [STORY, MORE]}),
        **{f"a.jsonl.{ending}": packed(LINE * 20, ending) for ending in ("gz", "bz2", "xz", "zst")},
    }
