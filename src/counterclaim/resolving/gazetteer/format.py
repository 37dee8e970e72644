"""The gazetteer file: one header, then columns of numbers and two heaps of text, read in place from a memory map.

    magic (8 bytes) | header length (u32) | header (JSON) | SHA-256 of the header | padding to 8 | sections

Sections lie one after the other, each padded to 8 bytes, little-endian; the header gives name, offset and length of
each, the length of the file and the SHA-256 of all sections, of which the version is made. Names are stored as
sorted keys (`names.name_key`), newline-separated, in blocks of `BLOCK`: a look-up is a binary search over the first
keys of blocks and one split. A key has as many postings as its count says: entry number and how the entry bears it.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from counterclaim.errors import DataError

MAGIC: Final = b"CCGAZ\x00\x00\x01"
BLOCK: Final = 16
"""Keys in a block: a look-up compares about log2(keys / 16) keys and splits sixteen."""

REMEMBERED: Final = 8192
"""Keys whose postings are remembered: about 2 MB."""

NONE: Final = 0xFFFFFFFF
"""No entry: the admin columns of an entry that has none."""

SCALE: Final = 10_000
"""Coordinates are kept as whole ten-thousandths of a degree (11 m at the equator)."""

NOWHERE: Final = -(1 << 31)
"""The coordinates of an entry that has none."""

NO_COUNTRY: Final = 0xFFFF
"""The country column of a place that lies in none, or in several."""

OTHER_NAME: Final = 1 << 31
PREFERRED: Final = 1 << 30
ENTRY_MASK: Final = PREFERRED - 1

KINDS: Final = ("settlement", "admin1", "admin2", "country", "region", "water")
PRECISION: Final = {"settlement": 1, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "water": 7}
"""UCDP where_prec of a place that is named itself (UCDP GED codebook 23.1, where_prec)."""

COLUMNS: Final = {
    "kind": "B",
    "country": "H",
    "latitude": "i",
    "longitude": "i",
    "geonames_id": "I",
    "admin1": "I",
    "admin2": "I",
    "population": "I",
    "label_start": "I",
}
"""One number an entry each; `label_start` has one more, the end of the last label."""


def write(out: Path, sections: Mapping[str, bytes | bytearray | array[int]], facts: Mapping[str, Any]) -> str:
    """Write the file; returns its version. Same sections, same bytes. `facts` are counts and sources for the header."""
    if sys.byteorder != "little":
        raise DataError("a gazetteer can only be built on a little-endian machine")
    table: list[tuple[str, int, int]] = []
    digest = hashlib.sha256()
    offset = 0
    for name in sorted(sections):
        data = memoryview(sections[name]).cast("B")
        digest.update(name.encode() + b"\0" + len(data).to_bytes(8, "little"))
        digest.update(data)
        table.append((name, offset, len(data)))
        offset += _padded(len(data))
    version = f"geonames-{digest.hexdigest()[:12]}"
    header = json.dumps(
        {"version": version, "sha256": digest.hexdigest(), "body": offset, "sections": table, "facts": dict(facts)},
        sort_keys=True,
    ).encode()
    head = MAGIC + len(header).to_bytes(4, "little") + header + hashlib.sha256(header).digest()
    temporary = out.with_name(out.name + ".part")
    with temporary.open("wb") as file:
        file.write(head.ljust(_padded(len(head)), b"\0"))
        for name in sorted(sections):
            _write_padded(file, memoryview(sections[name]).cast("B"))
    temporary.replace(out)
    return version


def _padded(length: int) -> int:
    return -(-length // 8) * 8


def _write_padded(file: BinaryIO, data: memoryview) -> None:
    file.write(data)
    file.write(b"\0" * (_padded(len(data)) - len(data)))


class GazetteerFile:
    """A mapped gazetteer file: columns as memory views, and keys found by binary search. Nothing is parsed at start."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises DataError where it is missing, cut short, of another kind or damaged in its header."""
        mend = "reinstall the package, or build it again"
        if sys.byteorder != "little":
            raise DataError("the gazetteer file is little-endian and this machine is not: build on a machine that is")
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise DataError(f"cannot read the gazetteer {path} ({error}): {mend}") from error
        if self._map[:8] != MAGIC:
            raise DataError(f"{path} is not a gazetteer of this version of the program: {mend}")
        end = 12 + int.from_bytes(self._map[8:12], "little")
        header = self._map[12:end]
        if hashlib.sha256(header).digest() != self._map[end : end + 32]:
            raise DataError(f"the header of the gazetteer {path} is damaged: {mend}")
        self.header: dict[str, Any] = json.loads(header)
        body = _padded(end + 32)
        if len(self._map) != body + self.header["body"]:
            raise DataError(f"the gazetteer {path} has been cut short or added to: {mend}")
        whole = memoryview(self._map)
        self._sections = {
            name: whole[body + offset : body + offset + length] for name, offset, length in self.header["sections"]
        }
        self.columns: dict[str, memoryview] = {
            name: self._sections[name].cast(code)  # type: ignore[call-overload]  # mypy wants a literal code
            for name, code in COLUMNS.items()
        }
        self._keys = self._sections["keys"]
        self._blocks: memoryview = self._sections["block_start"].cast("I")
        self._block_postings: memoryview = self._sections["block_posting"].cast("I")
        self._counts: memoryview = self._sections["key_count"].cast("H")
        self._postings: memoryview = self._sections["postings"].cast("I")
        # Reports repeat their names, and one batch's reports those of the others.
        self._find = lru_cache(maxsize=REMEMBERED)(self._search)

    @property
    def version(self) -> str:
        """Made of the SHA-256 of the contents."""
        return str(self.header["version"])

    def __len__(self) -> int:
        """Number of entries."""
        return len(self.columns["kind"])

    def text(self, section: str) -> str:
        """A section of text."""
        return bytes(self._sections[section]).decode("utf-8")

    def label(self, entry: int) -> str:
        """The name of an entry as it is written."""
        starts = self.columns["label_start"]
        return bytes(self._sections["labels"][starts[entry] : starts[entry + 1]]).decode("utf-8")

    def find(self, key: str) -> tuple[tuple[int, ...], bool]:
        """The postings of a key, and whether any stored key begins with it (so that a longer name may follow)."""
        return self._find(key)

    def _search(self, key: str) -> tuple[tuple[int, ...], bool]:
        sought = key.encode("utf-8", "surrogatepass")
        if not sought or b"\n" in sought or len(self._blocks) < 2:
            return (), False
        low, high = 0, len(self._blocks) - 1
        while high - low > 1:  # the last block whose first key is not beyond the sought one
            middle = (low + high) // 2
            if self._first_key(middle) <= sought:
                low = middle
            else:
                high = middle
        names = self._block(low)
        posting = self._block_postings[low]
        for number, name in enumerate(names):
            if name >= sought:
                if name != sought:
                    return (), name.startswith(sought)
                count = self._counts[low * BLOCK + number]
                begin = posting + sum(self._counts[low * BLOCK : low * BLOCK + number])
                following = names[number + 1] if number + 1 < len(names) else self._first_key(low + 1)
                return tuple(self._postings[begin : begin + count]), following.startswith(sought)
        return (), self._first_key(low + 1).startswith(sought)

    def _first_key(self, block: int) -> bytes:
        start = self._blocks[block]
        window = bytes(self._keys[start : start + 64])
        end = window.find(b"\n")
        return window[:end] if end >= 0 else bytes(self._keys[start:]).split(b"\n", 1)[0]

    def _block(self, block: int) -> list[bytes]:
        return bytes(self._keys[self._blocks[block] : self._blocks[block + 1]]).split(b"\n")[:-1]

    def verify(self) -> None:
        """Read the whole file and compare its SHA-256. Raises DataError where it is damaged."""
        digest = hashlib.sha256()
        for name, _, length in self.header["sections"]:
            digest.update(name.encode() + b"\0" + length.to_bytes(8, "little"))
            digest.update(self._sections[name])
        if digest.hexdigest() != self.header["sha256"]:
            raise DataError("the gazetteer is damaged: reinstall the package, or build it again")
