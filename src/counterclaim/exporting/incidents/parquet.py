"""Incidents as a Parquet table with types, their claims in a column of records. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final, cast

from counterclaim.exporting.extra import library
from counterclaim.exporting.incidents.flat import FLAT, flat
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import Field, dictionary_csv

GROUP: Final = 2_000
"""Incidents in a row group: some megabytes in memory."""

_CLAIM: Final = (
    Field("report", "text", "the report's id"),
    Field("claim", "text", "the claim's id within the report"),
    Field("published", "text", "day the report was published", "YYYY-MM-DD"),
    Field("outlet", "text", "who published it"),
    Field("harm", "text", "killed, injured, missing, captured, displaced or casualties"),
    Field("claimed_min", "integer", "claimed number at least; empty: open", "persons"),
    Field("claimed_max", "integer", "claimed number at most; empty: open", "persons"),
    Field("approx", "yes/no", "told as about so many"),
    Field("vague", "text", "the word where no number is told"),
    Field("victims", "text", "whom it calls the victims"),
    Field("victim_kind", "text", "civilian, combatant, mixed or unknown"),
    Field("victim_side", "text", "whose they are"),
    Field("perpetrator", "text", "who is said to have done it"),
    Field("source", "text", "whom it is according to; empty: the report's author"),
    Field("stance", "text", "asserts, denies, doubts or hypothetical"),
    Field("background", "yes/no", "told as earlier context, not as the news"),
    Field("place", "text", "the words for the place"),
    Field("date", "text", "the day it is of"),
    Field("evidence", "text", "the words of the report that state it"),
    Field("start", "integer", "where they begin", "code points of the text"),
    Field("end", "integer", "where they end", "code points of the text"),
    Field("confidence", "number", "how sure the coder is", "0-1"),
)


class IncidentParquet:
    """A row an incident: the columns of the flat incident, and `claims`, a list of records."""

    name = "parquet"
    extension = ".parquet"
    description = "incidents as a typed table with their claims in a column (needs pyarrow)"
    media_type = "application/vnd.apache.parquet"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The file, a piece a row group."""
        arrow, parquet = library("pyarrow"), library("pyarrow.parquet")
        losses.append(Loss("", "relations, links, traces", "incidents-jsonl has them"))
        schema = _schema(arrow)
        sink = _Sink()
        with parquet.ParquetWriter(cast(BinaryIO, sink), schema, compression="zstd") as writer:
            coming = iter(settled)
            while group := list(islice(coming, GROUP)):
                writer.write_table(arrow.Table.from_pylist([_row(one) for one in group], schema=schema))
                yield sink.taken()
        yield sink.taken()

    def dictionary(self) -> str:
        """The columns, and the fields of a claim as `claims[].`."""
        claims = (Field(f"claims[].{one.name}", *one[1:]) for one in _CLAIM)
        return dictionary_csv((*FLAT, *claims))


class _Sink:
    """A file that gives away what was written to it."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _schema(arrow: Any) -> Any:
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "date": arrow.date32(),
        "yes/no": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }
    claim = arrow.struct([arrow.field(one.name, types[one.type]) for one in _CLAIM])
    columns = [
        arrow.field(one.name, types[one.type], metadata={"meaning": one.meaning, "unit": one.unit}) for one in FLAT
    ]
    return arrow.schema([*columns, arrow.field("claims", arrow.list_(claim))])


def _row(settled: Settled) -> dict[str, Any]:
    row = {name: _plain(value) for name, value in flat(settled).items()}
    for name in ("from", "to"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    row["claims"] = [
        {
            "report": _plain(report.id),
            "claim": claim.id,
            "published": report.published,
            "outlet": _plain(report.outlet),
            "claimed_min": claim.min,
            "claimed_max": claim.max,
            **{
                one.name: _plain(getattr(claim, one.name))
                for one in _CLAIM
                if one.name not in ("report", "claim", "published", "outlet", "claimed_min", "claimed_max")
            },
        }
        for report, claim in settled.claims
    ]
    return row


def _plain(value: Any) -> Any:
    """Text without halves of surrogate pairs, which no Parquet file can hold; "" is unknown."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.encode("utf-8", "replace").decode() or None if isinstance(value, str) else value
