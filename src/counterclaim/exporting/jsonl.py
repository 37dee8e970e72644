"""JSON lines: the coded reports of the contract, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from counterclaim.records import CodedReport


class JsonLines:
    """The contract itself; `CodedReport.from_json` reads a line back."""

    name = "jsonl"
    extension = ".jsonl"
    description = "the coded reports whole, one JSON object a line (the contract)"

    def write(self, codings: Iterable[CodedReport], out: BinaryIO) -> None:
        """Write one line a report, UTF-8."""
        for coded in codings:
            try:
                line = coded.to_json().encode("utf-8")
            except UnicodeEncodeError:
                # Half a surrogate pair is no UTF-8, but JSON can say it: the error handler writes JSON's own escape.
                line = json.dumps(coded.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace")
            out.write(line + b"\n")
