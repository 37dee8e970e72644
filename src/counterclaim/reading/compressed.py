"""Compressed files (gzip, bzip2, xz, Zstandard): what is inside is read by the reader that fits it, as it unpacks."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePath
from typing import Any, BinaryIO, Final, cast

from counterclaim.errors import BrokenFile, LimitExceeded, UsageError
from counterclaim.reading.base import Reject, Source
from counterclaim.reading.limits import CHUNK, Readable, extra, seekable, unpacked
from counterclaim.records import Report

MAX_WINDOW: Final = 1 << 27
"""Bytes of history an unpacker may hold: 128 MB, what `zstd --long` and `xz -9` ask for at most."""
_MAGIC: Final = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zst"}


class CompressedReader:
    """A compressed JSON lines file, web archive, page, or whatever else."""

    name = "compressed"
    suffixes = (".gz", ".bz2", ".xz", ".zst")

    def sniff(self, head: bytes) -> bool:
        """Each format has its mark."""
        return _format(head) is not None

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """The reports inside. What was read before a break is kept, and the break is a reject."""
        if source.members is None:
            raise UsageError("compressed files are read by read_inputs()")
        with ExitStack() as stack:
            if source.allowance.size is None:
                stream = stack.enter_context(seekable(stream, source.allowance))
            name = PurePath(source.filename)
            inside = name.stem if name.suffix.lower() in self.suffixes else name.name
            # The name stays: "news.jsonl.gz:12" says where to look. So does the format that the user named.
            member = replace(source.member(inside), name=source.name, reader=source.reader)
            yield from source.members.read(unpacked(_Unpacker(stream), source.allowance), member)


class _Unpacker:
    """The unpacked bytes of a stream. Raises BrokenFile for what is damaged or cut off."""

    def __init__(self, stream: BinaryIO) -> None:
        head = stream.read(8)
        kind = _format(head)
        if kind is None:
            raise BrokenFile("not compressed as gzip, bzip2, xz or Zstandard, whatever its name says")
        packed = _Prefixed(head, stream)
        self._unpacked: Readable
        if kind == "gz":
            self._unpacked = gzip.GzipFile(fileobj=packed)
        elif kind == "bz2":
            self._unpacked = bz2.BZ2File(cast(BinaryIO, packed))
        elif kind == "xz":
            self._unpacked = _Frames(packed, _xz)
        else:
            self._unpacked = _Frames(packed, _zstandard())

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        try:
            return self._unpacked.read(size)
        except (BrokenFile, LimitExceeded):
            raise
        except (EOFError, zlib.error, lzma.LZMAError, OSError, MemoryError) as error:
            raise BrokenFile(f"damaged or cut off: {error}") from error
        except Exception as error:
            if type(error).__name__ != "ZstdError":
                raise
            raise BrokenFile(f"damaged or cut off: {error}") from error


class _Prefixed(io.RawIOBase):
    """A stream whose first bytes were read already, and which cannot go back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._stream.read(min(size, CHUNK) if size >= 0 else CHUNK)


class _Frames:
    """Compressed streams one after another, each by an unpacker of its own that has a limit on its memory."""

    def __init__(self, stream: Readable, unpacker: Callable[[], Any]) -> None:
        self._stream = stream
        self._new = unpacker
        self._unpacker = unpacker()

    def read(self, size: int) -> bytes:
        packed = b""
        while True:
            if self._unpacker.eof:
                packed = self._unpacker.unused_data.lstrip(b"\x00") or self._stream.read(CHUNK).lstrip(b"\x00")
                if not packed:
                    return b""
                self._unpacker = self._new()
            elif self._unpacker.needs_input:
                packed = self._stream.read(CHUNK)
                if not packed:
                    raise EOFError("it ends before its end mark")
            data: bytes = self._unpacker.decompress(packed, size)
            packed = b""
            if data:
                return data


def _xz() -> Any:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_WINDOW)


def _zstandard() -> Callable[[], Any]:
    zstd = extra("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", "backports.zstd")
    limit = {zstd.DecompressionParameter.window_log_max: MAX_WINDOW.bit_length() - 1}
    return lambda: zstd.ZstdDecompressor(options=limit)


def _format(head: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
