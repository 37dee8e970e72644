"""Paths to reports: files, folders and the standard input, each by the reader that fits it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec

from counterclaim.errors import InputError, MalformedRecord, UnreadableFile, UsageError
from counterclaim.reading.base import MAX_CHARS, Reader, Reject, Source, digest, iso_date
from counterclaim.reading.html import HtmlReader
from counterclaim.reading.jsonl import JsonlReader
from counterclaim.reading.text import TextReader
from counterclaim.records import Report

READERS: Final[Sequence[Reader]] = (JsonlReader(), HtmlReader(), TextReader())
"""Every format, in the order in which `auto` asks them; another format is one more entry before the last."""
DOCUMENTS: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".zip", ".gz"})
"""Endings of reports in formats that cannot be read yet: in a folder they become rejects, since whoever keeps reports
there must learn that these were not read. Other files of a folder (pictures, tables) are left out without a word."""
HEAD: Final = 4096
"""Bytes of a file that a reader may look at to know its format."""
STDIN: Final = "-"


def read_inputs(
    paths: Iterable[str | Path],
    kind: str = "auto",
    published: str | None = None,
    *,
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Reject]:
    """Reports and rejects, in the order of the input.

    `paths` are files, folders (walked in sorted order; hidden files and files of unknown ending are left out, PDF and
    office documents become rejects) or "-" for the standard input (`stdin`, else the process's). `kind` is the name of
    a reader or "auto" (ending, then content).
    `published` (`YYYY-MM-DD`) overrides the dates the inputs give. Ids come from the records, else from the file's stem
    (with a digest of the text added where another file of the batch had the same stem), else from the text.

    What is wrong with one input is its Reject and never stops the batch. Raises UsageError, at once, for a `kind` or a
    `published` that cannot be.
    """
    reader = None if kind == "auto" else reader_named(kind)
    try:
        published = iso_date(published)
    except MalformedRecord as error:
        raise UsageError(str(error)) from error
    return _read_all(paths, reader, published, max_chars, stdin)


def reader_named(kind: str) -> Reader:
    """The reader of that name. Raises UsageError."""
    for reader in READERS:
        if reader.name == kind:
            return reader
    raise UsageError(f"no input format {kind!r}; there are auto, {', '.join(reader.name for reader in READERS)}")


def _read_all(
    paths: Iterable[str | Path], reader: Reader | None, published: str | None, max_chars: int, stdin: BinaryIO | None
) -> Iterator[Report | Reject]:
    taken: dict[str, str] = {}
    for path in paths:
        if str(path) == STDIN:
            stream = stdin if stdin is not None else cast(BinaryIO, sys.stdin.buffer)
            yield from _read(stream, reader, Source(STDIN, "", published, max_chars))
            continue
        for file in _files(Path(path), reader):
            if isinstance(file, Reject):
                yield file
                continue
            for item in _read_file(file, reader, Source(str(file), file.stem, published, max_chars)):
                yield _distinct(item, file.stem, taken) if isinstance(item, Report) else item


def _distinct(report: Report, stem: str, taken: dict[str, str]) -> Report:
    """The report with its digest added to its id where an earlier file had the same stem and another text."""
    if report.id != stem:
        return report
    mark = digest(report.text)
    if taken.setdefault(stem, mark) == mark:
        return report
    return msgspec.structs.replace(report, id=f"{stem}-{mark[:8]}")


def _files(path: Path, reader: Reader | None) -> Iterator[Path | Reject]:
    """The file itself, or the files of a folder that a reader knows by their ending, sorted by path."""
    try:
        if not path.is_dir():
            yield path
            return
        suffixes = {suffix for known in READERS for suffix in known.suffixes if reader is None or known is reader}
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


def _read_file(file: Path, reader: Reader | None, source: Source) -> Iterator[Report | Reject]:
    try:
        stream = file.open("rb")
    except (OSError, ValueError) as error:
        yield Reject(source.name, _unreadable(error))
        return
    with stream:
        yield from _read(stream, reader or _by_ending(file), source)


def _by_ending(file: Path) -> Reader | None:
    ending = file.suffix.lower()
    return next((reader for reader in READERS if ending in reader.suffixes and reader.name != "text"), None)


def _read(stream: BinaryIO, reader: Reader | None, source: Source) -> Iterator[Report | Reject]:
    own = not isinstance(stream, BufferedReader)
    buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(cast(RawIOBase, stream))
    try:
        if reader is None:
            head = buffered.peek(HEAD)[:HEAD]
            reader = next(known for known in READERS if known.sniff(head))
        yield from reader.read(buffered, source)
    except InputError as error:
        yield Reject(source.name, error)
    except OSError as error:
        yield Reject(source.name, _unreadable(error))
    finally:
        if own:
            buffered.detach()  # the caller's stream stays open


def _unreadable(error: OSError | ValueError) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile("there is no such file; check the path")
    if isinstance(error, PermissionError):
        return UnreadableFile("it may not be read; check its permissions")
    return UnreadableFile(f"it cannot be read: {getattr(error, 'strerror', None) or error}")
