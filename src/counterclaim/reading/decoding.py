"""Bytes to text: UTF-8, UTF-16, and what else old wire services and spreadsheets leave behind."""

from __future__ import annotations

import codecs
import re
from typing import Final

from counterclaim.errors import NotText

SAMPLE: Final = 65_536
"""Bytes looked at when guessing."""
NOISE: Final = 0.005
"""Share of control characters above which bytes are not text: random bytes have a tenth, damaged text far less."""
BROKEN: Final = 0.002
"""Share of broken sequences up to which bytes still count as UTF-8 with damage."""
FOREIGN: Final = 0.08
"""Share of bytes above 127 up to which non-UTF-8 bytes are taken as Windows-1252, the encoding of Western languages:
English has under 0.01, French 0.05, Cyrillic and Greek above 0.5."""

_MAGIC: Final = (
    (b"%PDF", "a PDF; convert it to text first (pdftotext)"),
    (b"PK\x03\x04", "a ZIP or Office document; save it as plain text first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as plain text first"),
    (b"{\\rtf", "a rich-text (RTF) document; save it as plain text first"),
    (b"\x1f\x8b", "gzip-compressed; decompress it first"),
    (b"BZh", "bzip2-compressed; decompress it first"),
    (b"\xfd7zXZ\x00", "xz-compressed; decompress it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"SQLite format 3\x00", "a SQLite database (a casebook is opened with --casebook)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table"),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def refuse_binary(head: bytes) -> None:
    """Raise NotText where the first bytes are those of a known format that is not text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise NotText(f"looks like {what}")


def decode(data: bytes) -> str:
    """The text of a file, line ends made `\\n` as Python's text files have them. Raises NotText for what is no text."""
    refuse_binary(data[:16])
    text = _decoded(data)
    if text.startswith("\ufeff"):
        text = text[1:]
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > NOISE * len(sample):
        raise NotText("looks like binary data: too many control characters for a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise NotText(
                    f"begins as {encoding.upper()} but is not: {error.reason} at byte {error.start}"
                ) from error
    sample = data[:SAMPLE]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if (
            len(sample) > 3
            and sample[first::2].count(0) > 0.6 * (len(sample) // 2)
            and sample[1 - first :: 2].count(0) == 0
        ):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _legacy(data: bytes) -> str:
    """Bytes that are not valid UTF-8."""
    high = sum(byte > 127 for byte in data[:SAMPLE])
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    if broken <= BROKEN * len(repaired) and broken < 0.2 * sum(character > "\x7f" for character in repaired):
        return repaired
    if high <= FOREIGN * min(len(data), SAMPLE):
        return data.decode("cp1252", "replace")
    if len(_CONTROL.findall(repaired[:SAMPLE])) > NOISE * min(len(repaired), SAMPLE):
        raise NotText("looks like binary data: too many control characters for a text")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise NotText("in no known encoding; save it as UTF-8")
    return data.decode(best.encoding, "replace")
