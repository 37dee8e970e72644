"""Parquet tables, by pyarrow: a report a row, its columns named as the fields of JSON lines; others are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from counterclaim.errors import BrokenFile, InputError, LimitExceeded, MalformedRecord
from counterclaim.reading.base import Reject, Source, finished
from counterclaim.reading.limits import extra, seekable
from counterclaim.records import Report

FIELDS: Final = ("text", "id", "title", "url", "outlet", "published", "language")
BATCH: Final = 16
"""Rows turned into Python's strings at a time: few, for each may be as long as a report."""
MAX_GROUP_BYTES: Final = 2_000_000_000
"""Unpacked bytes that a row group says it has. Writers make groups of about 100 million."""
MAX_STRING: Final = 10_000_000
"""Bytes of a name or a list in the table's description."""


class ParquetReader:
    """Parquet tables."""

    name = "parquet"
    suffixes = (".parquet", ".pq")

    def sniff(self, head: bytes) -> bool:
        """Its mark, at the beginning."""
        return head.startswith(b"PAR1")

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A report or a reject for each row."""
        parquet = extra("pyarrow.parquet", "pyarrow")
        number = 0
        with seekable(stream, source.allowance) as held:
            try:
                table = _opened(parquet, held)
                for batch in table.iter_batches(batch_size=BATCH, columns=_columns(table), use_threads=False):
                    for row in range(batch.num_rows):
                        number += 1
                        yield _row(batch, row, number, source)
            except InputError:
                raise
            except Exception as error:  # pyarrow has errors of many kinds for tables that are not what they say
                raise BrokenFile(f"a damaged table, after row {number}: {str(error)[:200]}") from error


def _opened(parquet: Any, held: BinaryIO) -> Any:
    limits = {"thrift_string_size_limit": MAX_STRING, "thrift_container_size_limit": MAX_STRING}
    names = parquet.ParquetFile(held, **limits).schema_arrow.names
    if "text" not in names:
        raise MalformedRecord(f"a table without a column 'text'; it has {', '.join(names)[:200] or 'none'}")
    # As dictionaries, so that a long text that stands in many rows is held once.
    table = parquet.ParquetFile(held, read_dictionary=["text"], **limits)
    for index in range(table.metadata.num_row_groups):
        if table.metadata.row_group(index).total_byte_size > MAX_GROUP_BYTES:
            raise LimitExceeded(f"a table with a row group of more than {MAX_GROUP_BYTES:,} bytes; write smaller ones")
    return table


def _columns(table: Any) -> list[str]:
    return [name for name in FIELDS if name in table.schema_arrow.names]


def _row(batch: Any, row: int, number: int, source: Source) -> Report | Reject:
    name = f"{source.name}:{number}"
    try:
        values = {field: batch.column(field)[row].as_py() for field in batch.schema.names}
        text = values.pop("text")
        if not isinstance(text, str):
            raise MalformedRecord("not a report record: its column 'text' holds no text")
        source.allowance.spend(len(text))
        others = {field: str(value) for field, value in values.items() if value is not None}
        return finished(Report(**{"text": text, **others}), Source(name, "", source.published, source.max_chars))
    except LimitExceeded:
        raise
    except InputError as error:
        return Reject(name, error)
