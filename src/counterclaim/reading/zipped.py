"""ZIP archives: each member is read as a file of a folder is, and never written anywhere."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from counterclaim.errors import BrokenFile, InputError, LimitExceeded, UnreadableFile, UsageError
from counterclaim.reading.base import Reject, Source, shown_name
from counterclaim.reading.limits import MAX_MEMBERS, Allowance, seekable, unpacked
from counterclaim.records import Report

MAX_DIRECTORY: Final = 16_000_000
"""Bytes of an archive's directory: room for MAX_MEMBERS with names of 100 characters. zipfile holds it in memory."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""LZMA is left out: it lets a few bytes ask for 4 GB of memory."""


class ZipReader:
    """ZIP archives of reports. A Word document or a WACZ under another name is known by what is in it."""

    name = "zip"
    suffixes = (".zip",)

    def sniff(self, head: bytes) -> bool:
        """A ZIP begins with its first member, or with its end where it is empty."""
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """The reports in it, in the archive's order."""
        from counterclaim.reading.docx import BODY, read_docx
        from counterclaim.reading.wacz import INDEX, read_wacz

        with opened(stream, source.allowance) as archive:
            names = set(archive.namelist())
            if BODY in names:
                yield read_docx(archive, source)
            elif INDEX in names and any(name.startswith("archive/") for name in names):
                yield from read_wacz(archive, source)
            elif "mimetype" in names and "content.xml" in names:
                raise UnreadableFile("an OpenDocument text; save it as DOCX or plain text first")
            elif "[Content_Types].xml" in names:
                raise UnreadableFile("an Office file that is no Word document; save it as text or JSON lines first")
            else:
                yield from read_members(archive, source, archive.infolist())


@contextmanager
def opened(stream: BinaryIO, allowance: Allowance) -> Iterator[zipfile.ZipFile]:
    """The archive in a stream. Raises BrokenFile, or LimitExceeded for too large a directory."""
    with seekable(stream, allowance) as held:
        guarded = _Guarded(held)
        try:
            archive = zipfile.ZipFile(cast(BinaryIO, guarded))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise BrokenFile(f"a damaged or cut off archive: {error}") from error
        with archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise LimitExceeded(f"an archive of more than {MAX_MEMBERS:,} members; split it")
            yield archive


def read_members(archive: zipfile.ZipFile, source: Source, infos: list[zipfile.ZipInfo]) -> Iterator[Report | Reject]:
    """The reports in the members that a folder's walk would take; a reject where there are none."""
    if source.members is None:
        raise UsageError("archives are read by read_inputs()")
    wanted = [
        info for info in infos if not info.is_dir() and _seen(info.filename) and source.members.wanted(info.filename)
    ]
    if not wanted:
        raise UnreadableFile("no reports in this archive")
    for number, info in enumerate(wanted):
        if source.allowance.exhausted:
            left = len(wanted) - number
            yield Reject(source.name, LimitExceeded(f"{left} more of its members were not read: over the limit"))
            return
        try:
            member = source.member(info.filename)
            with open_member(archive, info, source.allowance) as inside:
                yield from source.members.read(inside, member)
        except InputError as error:
            yield Reject(f"{source.name}:{shown_name(info.filename)}", error)


@contextmanager
def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> Iterator[BinaryIO]:
    """A member's bytes as they unpack. Raises BrokenFile (damaged, encrypted, a name that leads out of the archive)."""
    if info.filename.startswith("/") or ".." in info.filename.split("/") or info.filename[1:2] == ":":
        raise BrokenFile("its name leads out of the archive, as in archives made to do harm")
    if info.flag_bits & 1:
        raise BrokenFile("encrypted; unpack it with its password first")
    if info.compress_type not in _METHODS:
        raise BrokenFile(f"packed by method {info.compress_type}, which is not read; unpack it first")
    try:
        member = archive.open(info)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BrokenFile(f"damaged: {error}") from error
    with member:
        yield unpacked(cast(BinaryIO, member), allowance)


def _seen(filename: str) -> bool:
    """False for hidden files and the shadow copies that macOS adds."""
    parts = filename.split("/")
    return parts[0] != "__MACOSX" and not any(part.startswith(".") and part.strip(".") for part in parts)


class _Guarded:
    """A file of which no one piece is read that is larger than a directory may be: zipfile reads that in one go."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int = -1) -> bytes:
        if size > MAX_DIRECTORY:
            raise LimitExceeded(f"an archive whose directory is longer than {MAX_DIRECTORY:,} bytes; split it")
        return self._stream.read(size)

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """The stream is its owner's to close."""
