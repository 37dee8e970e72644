"""A shard: some reports in their order. Cut by order and size alone, and coded by one function that knows no engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, Protocol

import msgspec

from counterclaim.errors import MalformedRecord, RunError
from counterclaim.reading import Reject
from counterclaim.records import CodedBy, CodedReport, Report
from counterclaim.running.parts import Outcome, encode
from counterclaim.triage import triaged

SHIPPED: Final = "counterclaim.pipeline:default_coder"


class ShardCoder(Protocol):
    """What a shard is coded by; `counterclaim.Coder` is one. An outcome must not depend on the reports beside it."""

    @property
    def coded_by(self) -> CodedBy:
        """The versions that decide what comes out."""

    def code_all(self, items: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        """An outcome for each item, in their order."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a worker is told: the versions that must code, and `module:function`, which gives it a coder.

    `actors` is the path of a user's own list of actors, the same on every machine, which the function is given.
    `triage` is the least score of a report that is coded (`counterclaim.triage`); None codes every one.
    """

    coded_by: CodedBy
    coder: str = SHIPPED
    actors: str | None = None
    triage: float | None = None

    @classmethod
    def of(cls, coder: str = SHIPPED, actors: str | None = None, triage: float | None = None) -> Config:
        """The config for a coder as it is on this machine. Raises DataError where its data are missing."""
        return cls(coder_named(coder, actors).coded_by, coder, actors, triage)

    def made(self) -> ShardCoder:
        """The coder."""
        return coder_named(self.coder, self.actors)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a shard ends: at so many inputs or at so many characters, whichever comes first.

    A hundred news reports take a core some 15 seconds: little is lost with a worker, and starting is a small part.
    """

    inputs: int = 100
    chars: int = 400_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Inputs that are coded together; `number` counts from 0 in the order of the inputs."""

    number: int
    items: tuple[Report | Reject, ...]

    def digest(self) -> str:
        """SHA-256 over all that is known of the inputs, in hex."""
        made = hashlib.sha256()
        for item in self.items:
            if isinstance(item, Report):
                facts = msgspec.to_builtins(item)
            else:
                facts = [item.source, item.error.code, str(item.error)]
            made.update(json.dumps(facts).encode("ascii") + b"\n")
        return made.hexdigest()


def cut(items: Iterable[Report | Reject], at: Cut | None = None) -> Iterator[Shard]:
    """Cut inputs into shards, lazily; where a cut falls depends on what came before it and on nothing else."""
    at = at or Cut()
    number, chars, held = 0, 0, list[Report | Reject]()
    for item in items:
        held.append(_plain(item))
        chars += len(item.text) if isinstance(item, Report) else 0
        if len(held) >= at.inputs or chars >= at.chars:
            yield Shard(number, tuple(held))
            number, chars, held = number + 1, 0, []
    if held:
        yield Shard(number, tuple(held))


def code_shard(shard: Shard, config: Config) -> bytes:
    """One Parquet file: a row for each input of the shard, in their order, each a coded report or a reject.

    A pure function of its arguments and of the versions they name, so that any engine may call it anywhere, twice, too.
    Raises RunError where this machine has other versions than the config names, or is without pyarrow.
    """
    coder = config.made()
    if coder.coded_by != config.coded_by:
        raise RunError(f"a worker would code by {coder.coded_by}, the run by {config.coded_by}; install one version")
    items = shard.items if config.triage is None else triaged(shard.items, config.triage)
    outcomes = coder.code_all(items)
    return encode(_row(item, outcome) for item, outcome in zip(shard.items, outcomes, strict=True))


def source_of(item: Report | Reject) -> str:
    """Where an input was read."""
    return item.source if isinstance(item, Reject) else item.source or item.id


@cache
def coder_named(name: str, actors: str | None = None) -> ShardCoder:
    """The coder that `module:function` gives, made once a process."""
    module, _, function = name.partition(":")
    make = getattr(import_module(module), function)
    coder: ShardCoder = make(actors) if actors else make()
    return coder


def _row(item: Report | Reject, outcome: CodedReport | Reject) -> Outcome:
    if isinstance(outcome, CodedReport):
        try:
            outcome.to_json()
        except UnicodeEncodeError:
            outcome = Reject(source_of(item), MalformedRecord("it holds half of a surrogate pair, which is no text"))
    return source_of(item), outcome


def _plain(item: Report | Reject) -> Report | Reject:
    """The item with a file name's undecodable bytes written out, as the casebook does."""
    source = source_of(item)
    if isinstance(item, Reject):
        return item if _encodable(source) else Reject(_written_out(source), item.error)
    if _encodable(source) and _encodable(item.id):
        return item
    return msgspec.structs.replace(item, source=_written_out(source), id=_written_out(item.id))


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _written_out(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
