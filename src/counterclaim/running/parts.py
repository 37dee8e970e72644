"""Outcomes as Parquet and back. The same outcomes give the same bytes: settings are fixed, nothing tells the time."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from counterclaim import errors
from counterclaim.errors import InputError, RunError, UsageError
from counterclaim.reading import Reject
from counterclaim.records import CodedReport
from counterclaim.running.manifest import Manifest

Outcome = tuple[str, CodedReport | Reject]
"""Where an input was read, and what became of it."""

COLUMNS: Final = {
    "source": "string",
    "id": "string",
    "outlet": "string",
    "published": "string",
    "url": "string",
    "title": "string",
    "text": "string",
    "claims": "int32",
    "events": "int32",
    "coded": "string",
    "reject_code": "string",
    "reject_message": "string",
}
"""`coded` is the coded report as JSON with its text left out, which stands in `text`; null for a reject, which has
`reject_code` and `reject_message` instead."""

_BATCH: Final = 50


def encode(outcomes: Iterable[Outcome]) -> bytes:
    """One Parquet file, a row an outcome in their order. Raises RunError without pyarrow."""
    _needed()
    import pyarrow as pa
    from pyarrow import parquet

    rows = [_row(source, outcome) for source, outcome in outcomes]
    table = pa.table({name: pa.array([row.get(name) for row in rows], type) for name, type in COLUMNS.items()})
    out = io.BytesIO()
    parquet.write_table(
        table,
        out,
        row_group_size=max(1, len(rows)),
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        use_dictionary=False,
        write_statistics=True,
        store_schema=False,
        write_page_checksum=True,
    )
    return out.getvalue()


def decode(part: bytes | Path) -> Iterator[Outcome]:
    """The outcomes of a Parquet file, few in memory at a time. Raises RunError where it is none of ours."""
    _needed()
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(
            pa.BufferReader(part) if isinstance(part, bytes) else part, page_checksum_verification=True
        )
        for batch in file.iter_batches(_BATCH, columns=list(COLUMNS)):
            for row in batch.to_pylist():
                yield row["source"], _outcome(row)
    except (pa.ArrowException, OSError, KeyError) as error:
        name = "a part" if isinstance(part, bytes) else part
        raise RunError(f"{name} cannot be read: {error}; run the same command again to make it anew") from error


def read_run(folder: str | os.PathLike[str]) -> Iterator[Outcome]:
    """Each input of a run with what became of it, in the order of the inputs; of a stopped run, what it has so far.

    Raises UsageError where the folder holds no run, and RunError where a part is missing or damaged.
    """
    manifest = Manifest.load(Path(folder))
    if manifest is None:
        raise UsageError(f"{os.fspath(folder)} holds no run; counterclaim run INPUT... --out DIR makes one")
    return (outcome for part in manifest.parts for outcome in decode(Path(folder) / part.part))


def _row(source: str, outcome: CodedReport | Reject) -> dict[str, Any]:
    if isinstance(outcome, Reject):
        message = str(outcome.error).encode("utf-8", "backslashreplace").decode("utf-8")
        return {"source": source, "reject_code": outcome.error.code, "reject_message": message}
    fields = {name: getattr(outcome, name) for name in ("id", "outlet", "published", "url", "title", "text")}
    counts = {"claims": len(outcome.claims), "events": len(outcome.events)}
    return {"source": source, **fields, **counts, "coded": replace(outcome, text="").to_json()}


def _outcome(row: dict[str, Any]) -> CodedReport | Reject:
    if row["reject_code"] is not None:
        return Reject(row["source"], _ERRORS.get(row["reject_code"], InputError)(row["reject_message"]))
    return replace(CodedReport.from_json(row["coded"]), text=row["text"])


_ERRORS: Final = {
    error.code: error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, InputError)
}


def _needed() -> None:
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError as error:
        raise RunError("runs are kept as Parquet: pip install 'counterclaim[scale]'") from error
