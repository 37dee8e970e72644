"""What one input may cost: bytes unpacked, parts, depth; and the libraries of formats that not everybody needs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from tempfile import SpooledTemporaryFile
from types import ModuleType
from typing import BinaryIO, Final, Protocol, cast

from counterclaim.errors import LimitExceeded, MissingExtra

MAX_DEPTH: Final = 5
"""Containers within containers. A WACZ in a ZIP is the deepest that archives have (ZIP, WACZ, gzip, WARC: 3 steps)."""
MAX_MEMBERS: Final = 100_000
"""Parts of one input, over all its depths."""
RATIO: Final = 100
"""Unpacked bytes for one byte of the input. News text packs to a fifth, repetitive JSON to a fiftieth; bombs to less
than a thousandth."""
FLOOR: Final = 50_000_000
"""Unpacked bytes that every input may have, whatever its size."""
MAX_HELD: Final = 1_000_000_000
"""Bytes of a member or of the standard input kept in a temporary file, for formats that are not read front to back."""
IN_MEMORY: Final = 16_000_000
CHUNK: Final = 1 << 16


class Allowance:
    """Bytes and parts that one input may still unpack to. `size`, in bytes, is the input's own (None: not known)."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size
        self.unpacked = 0
        self.members = 0

    @property
    def limit(self) -> int:
        """Bytes that the input may unpack to."""
        return max(FLOOR, RATIO * (self.size or 0))

    @property
    def exhausted(self) -> bool:
        """True where nothing more of this input will be read."""
        return self.unpacked > self.limit or self.members > MAX_MEMBERS

    def spend(self, count: int) -> None:
        """Count bytes unpacked. Raises LimitExceeded."""
        self.unpacked += count
        if self.unpacked > self.limit:
            raise LimitExceeded(f"it unpacks to more than {self.limit:,} bytes, as archives made to do harm do")

    def enter(self) -> None:
        """Count a part. Raises LimitExceeded."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise LimitExceeded(f"more than {MAX_MEMBERS:,} parts in one input; split it")


class Readable(Protocol):
    """What bytes come out of."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that counts them against an allowance."""

    def __init__(self, stream: Readable, allowance: Allowance) -> None:
        super().__init__()
        self._stream = stream
        self._allowance = allowance
        self._position = 0

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """Bytes handed on so far."""
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer. Raises LimitExceeded, or what the stream raises."""
        data = self._stream.read(len(buffer))
        self._allowance.spend(len(data))
        self._position += len(data)
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: Readable, allowance: Allowance) -> BinaryIO:
    """The stream, buffered, each byte counted."""
    return io.BufferedReader(Unpacked(stream, allowance), CHUNK)


@contextmanager
def seekable(stream: BinaryIO, allowance: Allowance) -> Iterator[BinaryIO]:
    """The stream where it is a file, else its bytes in a temporary one. Raises LimitExceeded.

    Members of archives can seek too, but unpack all anew with each step back.
    """
    if isinstance(getattr(stream, "raw", stream), io.FileIO | io.BytesIO) and stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(max_size=IN_MEMORY) as held:
        while chunk := stream.read(CHUNK):
            held.write(chunk)
            if held.tell() > MAX_HELD:
                raise LimitExceeded(f"longer than {MAX_HELD:,} bytes; save it as a file of its own")
        if allowance.size is None:
            allowance.size = held.tell()
        held.seek(0)
        yield cast(BinaryIO, held)


def read_whole(stream: BinaryIO, limit: int, what: str) -> bytes:
    """All bytes of a stream. Raises LimitExceeded above `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise LimitExceeded(f"{what} of more than {limit:,} bytes; split it")
    return data


def extra(module: str, package: str) -> ModuleType:
    """A library of the extra `formats`, imported when first needed. Raises MissingExtra, which names the mend."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(f"this format needs {package}: pip install 'counterclaim[formats]'") from error
