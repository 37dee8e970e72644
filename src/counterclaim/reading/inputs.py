"""Paths to reports: files, folders and the standard input, each by the reader that fits it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader, RawIOBase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

import msgspec

from counterclaim.errors import BrokenFile, EmptyReport, InputError, MalformedRecord, UnreadableFile, UsageError
from counterclaim.reading.base import MAX_CHARS, Reader, Reject, Source, digest, iso_date
from counterclaim.reading.compressed import CompressedReader
from counterclaim.reading.docx import DocxReader
from counterclaim.reading.feed import FeedReader
from counterclaim.reading.html import HtmlReader
from counterclaim.reading.jsonl import JsonlReader
from counterclaim.reading.limits import Allowance, extra
from counterclaim.reading.mail import MailReader
from counterclaim.reading.parquet import ParquetReader
from counterclaim.reading.pdf import PdfReader
from counterclaim.reading.records import ACLED, UCDP_GED
from counterclaim.reading.text import TextReader
from counterclaim.reading.wacz import WaczReader
from counterclaim.reading.warc import WarcReader
from counterclaim.reading.zipped import ZipReader
from counterclaim.records import Report

READERS: Final[Sequence[Reader]] = (
    JsonlReader(),
    FeedReader(),
    HtmlReader(),
    PdfReader(),
    DocxReader(),
    MailReader(),
    WarcReader(),
    WaczReader(),
    ParquetReader(),
    ZipReader(),
    CompressedReader(),
    UCDP_GED,
    ACLED,
    TextReader(),
)
"""Every format, in the order in which `auto` asks them; another format is one more entry before the last."""
DOCUMENTS: Final = frozenset({".doc", ".odt", ".rtf", ".7z", ".rar", ".tar", ".tgz", ".opml", ".mbox"})
"""Endings of reports in formats that cannot be read yet: in a folder they become rejects, since whoever keeps reports
there must learn that these were not read. Other files of a folder (pictures, tables) are left out without a word."""
HEAD: Final = 4096
"""Bytes of a file that a reader may look at to know its format."""
STDIN: Final = "-"
_LIBRARIES: Final = {
    "pdf": ("pypdfium2", "pypdfium2"),
    "feed": ("feedparser", "feedparser"),
    "warc": ("fastwarc.warc", "fastwarc"),
    "wacz": ("fastwarc.warc", "fastwarc"),
    "parquet": ("pyarrow.parquet", "pyarrow"),
}
"""The libraries of formats, for those asked for by name."""


def read_inputs(
    paths: Iterable[str | Path],
    kind: str = "auto",
    published: str | None = None,
    *,
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Reject]:
    """Reports and rejects, in the order of the input.

    `paths` are files, folders (walked in sorted order; hidden files and files of unknown ending are left out, documents
    of kinds that cannot be read become rejects) or "-" for the standard input (`stdin`, else the process's). Archives
    are read as folders are. `kind` is the name of a reader or "auto" (content, then ending).
    `published` (`YYYY-MM-DD`) overrides the dates the inputs give. Ids come from the records, else from the file's stem
    (with a digest of the text added where another file of the batch had the same stem), else from the text.

    What is wrong with one input is its Reject and never stops the batch; so is a library that its format needs and that
    is not installed. Raises UsageError, at once, for a `kind` or a `published` that cannot be, and for a `kind` whose
    library is missing (MissingExtra).
    """
    reader = None if kind == "auto" else reader_named(kind)
    try:
        published = iso_date(published)
    except MalformedRecord as error:
        raise UsageError(str(error)) from error
    if reader is not None and reader.name in _LIBRARIES:
        extra(*_LIBRARIES[reader.name])
    return _Batch().read_all(paths, Source("", published=published, max_chars=max_chars, reader=reader), stdin)


def reader_named(kind: str) -> Reader:
    """The reader of that name. Raises UsageError."""
    for reader in READERS:
        if reader.name == kind:
            return reader
    raise UsageError(f"no input format {kind!r}; there are auto, {', '.join(reader.name for reader in READERS)}")


class _Batch:
    """One call of `read_inputs`; to readers of containers, the registry (`Members`)."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def read_all(self, paths: Iterable[str | Path], given: Source, stdin: BinaryIO | None) -> Iterator[Report | Reject]:
        """The reports of paths, each read as `given` says."""
        for path in paths:
            if str(path) == STDIN:
                stream = stdin if stdin is not None else cast(BinaryIO, sys.stdin.buffer)
                yield from self.read(stream, replace(given, name=STDIN, members=self, allowance=Allowance()))
                continue
            for file in _files(Path(path), given.reader):
                if isinstance(file, Reject):
                    yield file
                    continue
                yield from self._read_file(file, given)

    def _read_file(self, file: Path, given: Source) -> Iterator[Report | Reject]:
        try:
            stream = file.open("rb")
            allowance = Allowance(os.fstat(stream.fileno()).st_size)
        except (OSError, ValueError) as error:
            yield Reject(str(file), _unreadable(error))
            return
        with stream:
            source = replace(
                given, name=str(file), stem=file.stem, filename=file.name, members=self, allowance=allowance
            )
            yield from self.read(stream, source)

    def wanted(self, filename: str) -> bool:
        """Whether a file of this name in an archive is read, or named as unreadable: as in a folder."""
        return PurePosixPath(filename).suffix.lower() in _suffixes(None) | DOCUMENTS

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """One input by the reader that fits it. Never raises: what is wrong is a Reject."""
        own = not isinstance(stream, BufferedReader)
        buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(cast(RawIOBase, stream))
        format_ = "an input"
        try:
            reader = _fitting(buffered.peek(HEAD)[:HEAD], source)
            format_ = reader.name
            item = None
            for item in reader.read(buffered, source):
                yield self._distinct(item, source.stem) if isinstance(item, Report) else item
            if item is None:
                raise EmptyReport("nothing in it")
        except InputError as error:
            yield Reject(source.name, error)
        except OSError as error:
            yield Reject(source.name, _unreadable(error))
        except Exception as error:
            # Libraries fail on hostile files in ways that they do not name; that must not cost the rest of the batch.
            failure = BrokenFile(f"it cannot be read as {format_} ({type(error).__name__}: {str(error)[:200]})")
            failure.__cause__ = error
            yield Reject(source.name, failure)
        finally:
            if own:
                buffered.detach()  # the caller's stream stays open

    def _distinct(self, report: Report, stem: str) -> Report:
        """The report with its digest added to its id where an earlier file had the same stem and another text."""
        if report.id != stem:
            return report
        mark = digest(report.text)
        if self._taken.setdefault(stem, mark) == mark:
            return report
        return msgspec.structs.replace(report, id=f"{stem}-{mark[:8]}")


def _fitting(head: bytes, source: Source) -> Reader:
    """The reader that the user named; else the one that knows the first bytes, else the one that knows the ending."""
    packed = reader_named("compressed")
    if packed.sniff(head):
        return packed  # which hands what is inside to the reader that the user named
    if source.reader is not None:
        return source.reader
    *special, last = READERS
    ending = PurePosixPath(source.filename).suffix.lower()
    return next(
        (reader for reader in special if reader.sniff(head)),
        next((reader for reader in special if ending in reader.suffixes), last),
    )


def _suffixes(reader: Reader | None) -> set[str]:
    return {suffix for known in READERS for suffix in known.suffixes if reader is None or known is reader}


def _files(path: Path, reader: Reader | None) -> Iterator[Path | Reject]:
    """The file itself, or the files of a folder that a reader knows by their ending, sorted by path."""
    try:
        if not path.is_dir():
            yield path
            return
        suffixes = _suffixes(reader)
        found = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in (suffixes if reader else suffixes | DOCUMENTS)
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.is_file()
        )
    except OSError as error:
        yield Reject(str(path), _unreadable(error))
        return
    if not found:
        endings = ", ".join(sorted(suffixes))
        yield Reject(str(path), UnreadableFile(f"no reports in this folder; files ending in {endings} are read"))
    yield from found


def _unreadable(error: OSError | ValueError) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile("there is no such file; check the path")
    if isinstance(error, PermissionError):
        return UnreadableFile("it may not be read; check its permissions")
    return UnreadableFile(f"it cannot be read: {getattr(error, 'strerror', None) or error}")
