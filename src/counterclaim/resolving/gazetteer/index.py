"""Sorts the names of a gazetteer under way, by temporary files where they are many, into the sections of its file."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from counterclaim.resolving.gazetteer import format as layout

RUN = 2_000_000
"""Names sorted in memory at once; beyond it they wait in temporary files, so that a full dump needs no more memory."""

_RANK = (layout.PREFERRED, 0, layout.OTHER_NAME)


class NameIndex:
    """Gathers (key, posting) pairs in any order and hands them back sorted, by way of temporary files where many."""

    def __init__(self, spill: Path) -> None:
        self.spill = spill
        self.pairs: list[tuple[bytes, int]] = []
        self.runs: list[Path] = []

    def add(self, key: str, posting: int) -> None:
        """One key of one entry; `posting` is the entry number with `OTHER_NAME` or `PREFERRED` set."""
        if not key:
            return
        self.pairs.append((key.encode(), posting))
        if len(self.pairs) >= RUN:
            path = self.spill / f"run-{len(self.runs)}"
            with path.open("wb") as file:
                file.writelines(b"%b\t%d\n" % pair for pair in sorted(self.pairs))
            self.runs.append(path)
            self.pairs = []

    def sections(self, population: array[int]) -> dict[str, bytearray | array[int]]:
        """The sorted sections; of the postings of a key preferred names stand first, then main names, then others."""
        keys = bytearray()
        counts, starts, block_postings, postings = array("H"), array("I"), array("I"), array("I")
        for key, group in groupby(merge(*map(_read_run, self.runs), sorted(self.pairs)), key=itemgetter(0)):
            flags: dict[int, int] = {}
            for _, posting in group:
                entry, flag = posting & layout.ENTRY_MASK, posting & ~layout.ENTRY_MASK
                flags[entry] = min(flags.get(entry, flag), flag, key=_RANK.index)
            chosen = sorted(flags, key=lambda entry: (_RANK.index(flags[entry]), -population[entry], entry))[:0xFFFF]
            if len(counts) % layout.BLOCK == 0:
                starts.append(len(keys))
                block_postings.append(len(postings))
            keys += key + b"\n"
            counts.append(len(chosen))
            postings.extend(entry | flags[entry] for entry in chosen)
        starts.append(len(keys))
        block_postings.append(len(postings))
        keys += b"\xff\n"  # sorts behind every key, so that the last block has a follower
        return {
            "keys": keys,
            "key_count": counts,
            "block_start": starts,
            "block_posting": block_postings,
            "postings": postings,
        }


def _read_run(path: Path) -> Iterator[tuple[bytes, int]]:
    with path.open("rb") as file:
        for line in file:
            key, _, posting = line.rpartition(b"\t")
            yield key, int(posting)
