"""Driving a run: shards to an executor, parts to the folder, what is done already left alone."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from counterclaim.errors import CodingFailed, SetAside
from counterclaim.exporting.atomic import replacing
from counterclaim.reading import Reject
from counterclaim.records import CodedReport, Report
from counterclaim.running.executors import Died, Executor
from counterclaim.running.manifest import PARTS, Manifest, Part, prepared
from counterclaim.running.parts import Outcome, decode, encode
from counterclaim.running.shards import Config, Cut, Shard, cut, source_of

DEATHS: Final = 2
"""Workers a shard may cost before its reports are told apart, and a report alone before it is set apart."""

_SAVE_EVERY: Final = 1.0
"""Seconds between savings of the manifest: all that a run loses with its driver's sudden death."""


@dataclass(frozen=True, slots=True)
class Done:
    """A part that stands: `fresh` where it was coded now, with the rejects in it."""

    part: Part
    fresh: bool
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run: its manifest, parts coded now and workers lost on the way."""

    manifest: Manifest
    fresh: int
    deaths: int


def run(
    items: Iterable[Report | Reject],
    folder: Path,
    executor: Executor,
    config: Config,
    *,
    at: Cut | None = None,
    on_part: Callable[[Done], None] = lambda done: None,
) -> Summary:
    """Code inputs into a folder: `part-00000.parquet`, ... and `manifest.json`, the same bytes whatever the executor.

    Parts that stand already (same inputs, same versions, undamaged) are kept; parts of other inputs are replaced. Ended
    at any moment, the same call goes on where it stopped. A shard whose worker dies goes to another one; a report that
    costs two workers alone becomes a reject (`coding-failed`) and the rest of its shard goes on. `on_part` is told of
    each part in the order in which they are finished.

    Raises UsageError for a folder that holds something else or cannot be written; RunError where no worker can work.
    """
    held = prepared(folder)
    known = {part.part: part for part in held.parts} if held and held.coded_by == config.coded_by else {}
    made = _Parts(folder, config, known)
    fresh = 0
    try:
        # Saved before any work, so that the folder is known for a run's; parts of before stay in it until passed by.
        made.save()
        with executor:
            pieces = _Pieces(made.wanting(cut(items, at), on_part), executor)
            for shard, coded in pieces:
                fresh += 1
                on_part(made.add(shard, coded))
        made.finish()
    finally:
        made.save()
    return Summary(made.manifest(), fresh, pieces.deaths)


class _Parts:
    """The parts of a run in its folder, and its manifest."""

    def __init__(self, folder: Path, config: Config, known: dict[str, Part]) -> None:
        self._folder = folder
        self._config = config
        self._known = known
        self._done: dict[str, Part] = {}
        self._saved = time.monotonic()
        self._complete = False

    def wanting(self, shards: Iterable[Shard], on_part: Callable[[Done], None]) -> Iterator[Shard]:
        """The shards that have no part yet."""
        for shard in shards:
            part = self._known.get(_name(shard))
            if (
                part
                and part.serves(self._config.triage)
                and part.inputs == shard.digest()
                and part.stands(self._folder)
            ):
                self._done[part.part] = part
                on_part(Done(part, fresh=False))
            else:
                yield shard

    def add(self, shard: Shard, coded: bytes) -> Done:
        """Write a part; in the manifest within a second."""
        with replacing(self._folder / _name(shard)) as out:
            out.write(coded)
        outcomes = [outcome for _, outcome in decode(coded)]
        reports = [outcome for outcome in outcomes if isinstance(outcome, CodedReport)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Reject)]
        rejects = tuple(reject for reject in refused if not isinstance(reject.error, SetAside))
        part = Part(
            part=_name(shard),
            inputs=shard.digest(),
            sha256=hashlib.sha256(coded).hexdigest(),
            bytes=len(coded),
            reports=len(reports),
            rejects=len(rejects),
            claims=sum(len(report.claims) for report in reports),
            events=sum(len(report.events) for report in reports),
            set_aside=len(refused) - len(rejects),
            triage=self._config.triage,
        )
        self._done[part.part] = part
        if time.monotonic() - self._saved > _SAVE_EVERY:
            self.save()
        return Done(part, fresh=True, rejects=rejects)

    def finish(self) -> None:
        """Every input is in: parts beyond the last one, of other inputs, go."""
        self._complete, self._known = True, {}
        for file in self._folder.glob(PARTS):
            if file.name not in self._done:
                file.unlink()

    def manifest(self) -> Manifest:
        """What stands now."""
        parts = {**self._known, **self._done}
        ordered = tuple(parts[name] for name in sorted(parts, key=lambda name: (len(name), name)))
        return Manifest(coded_by=self._config.coded_by, parts=ordered, complete=self._complete)

    def save(self) -> None:
        """Write the manifest."""
        self.manifest().save(self._folder)
        self._saved = time.monotonic()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Inputs `[first, last)` of a shard, and how many workers they have cost."""

    shard: Shard
    first: int
    last: int
    deaths: int = 0

    def __len__(self) -> int:
        return self.last - self.first

    def taken(self) -> Shard:
        """The inputs as a shard of their own."""
        return Shard(self.shard.number, self.shard.items[self.first : self.last])

    def after_death(self) -> tuple[_Piece, ...]:
        """What to try next: the same on another worker, then its halves, where one more death is enough to halve again.

        A single report starts anew: it is set apart only for workers that died with it alone.
        """
        deaths = self.deaths + 1
        if deaths < DEATHS or len(self) == 1:
            return (_Piece(self.shard, self.first, self.last, deaths),)
        middle = (self.first + self.last) // 2
        halves = ((self.first, middle), (middle, self.last))
        return tuple(_Piece(self.shard, *half, DEATHS - 1 if half[1] - half[0] > 1 else 0) for half in halves)


class _Pieces:
    """Shards through an executor, with no more of them in flight than it has room for; those that died tried again."""

    def __init__(self, shards: Iterator[Shard], executor: Executor) -> None:
        self._shards = shards
        self._executor = executor
        self._again: deque[_Piece] = deque()
        self._flying: dict[int, _Piece] = {}
        self._broken: dict[int, dict[int, list[Outcome]]] = {}
        self.deaths = 0

    def __iter__(self) -> Iterator[tuple[Shard, bytes]]:
        """Each shard with its Parquet, as they are finished."""
        keys = count()
        while True:
            while len(self._flying) < self._executor.room and (piece := self._next()):
                key = next(keys)
                self._flying[key] = piece
                self._executor.submit(key, piece.taken())
            if not self._flying:
                return
            key, coded = self._executor.wait()
            piece = self._flying.pop(key)
            if not isinstance(coded, Died):
                if len(piece) == len(piece.shard.items):
                    yield piece.shard, coded
                else:
                    yield from self._join(piece, list(decode(coded)))
                continue
            self.deaths += 1
            if len(piece) == 1 and piece.deaths + 1 >= DEATHS:
                yield from self._join(piece, [_poison(piece.taken().items[0])])
            else:
                self._again.extend(piece.after_death())

    def _next(self) -> _Piece | None:
        if self._again:
            return self._again.popleft()
        shard = next(self._shards, None)
        return _Piece(shard, 0, len(shard.items)) if shard else None

    def _join(self, piece: _Piece, outcomes: list[Outcome]) -> Iterator[tuple[Shard, bytes]]:
        """Keep a piece's outcomes; the whole shard once all its pieces are there, as if it had never been in pieces."""
        kept = self._broken.setdefault(piece.shard.number, {})
        kept[piece.first] = outcomes
        if sum(map(len, kept.values())) == len(piece.shard.items):
            del self._broken[piece.shard.number]
            yield piece.shard, encode(outcome for first in sorted(kept) for outcome in kept[first])


def _poison(item: Report | Reject) -> Outcome:
    source = source_of(item)
    told = f"{DEATHS} workers died while they coded it alone; please report this text's case"
    return source, Reject(source, CodingFailed(told))


def _name(shard: Shard) -> str:
    return f"part-{shard.number:05}.parquet"
