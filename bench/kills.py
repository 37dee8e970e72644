"""Writers killed at random moments: nothing that was acknowledged is lost, nothing is there twice, all verifies.

`python -m bench.kills [--kills N] [--seed S]`. In turn for each operation of OPERATIONS, a forked child does its work
without end and says each thing that is done and safe; SIGKILL ends it at a moment drawn by the seed; then what it left
is checked. Every ROUNDS kills an operation begins in a new folder, so that the making of files is killed too.
Another operation is a class and one line.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Final, Protocol

from bench.kills_watch import Watch
from counterclaim.casebook import Casebook, Outcome
from counterclaim.casebook.copying import backup, restore
from counterclaim.casebook.ledger import write
from counterclaim.casebook.migrations import MIGRATIONS, apply
from counterclaim.casebook.verifying import CHECKS, verify
from counterclaim.errors import EmptyReport
from counterclaim.records import CodedReport, Report
from counterclaim.reviewing import Proposal, on_record, undoing
from counterclaim.running import Config, Cut, Done, Manifest, Shard, code_shard, run
from counterclaim.running.executors import Died
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from tests.review_reports import TEXT, misread

KILLS = 1_000
SEED = 9
ROUNDS: Final = 20
QUICK: Final = tuple(name for name in CHECKS if name != "estimates")

Say = Callable[[str], None]


class Operation(Protocol):
    """What is killed. It lives in the parent, so it remembers what was acknowledged; the child works on its copy."""

    spread: float
    """Seconds after the first acknowledgement within which the kill falls: about two steps of the work."""

    def work(self, say: Say) -> None:
        """In the child: do it without end, and say what is safe."""

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        """After a kill: what is lost, doubled or damaged, in words that begin so."""


def _report(number: int) -> CodedReport:
    return misread(f"r{number}", text=f"{TEXT} This is report {number}.")


def _held(path: Path, said: set[str], thorough: bool = False) -> Iterator[str]:
    """What is wrong with a casebook: of these reports, one that is not there, one that is twice, or any fault."""
    if not path.exists() or path.stat().st_size == 0:
        yield from (f"lost: {id_}" for id_ in said)
        return
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    if not made and not said:
        return  # Killed before the first transaction: an empty file, which the next run fills.
    try:
        for found in verify(path, tuple(CHECKS) if thorough else QUICK):
            if found.weight == "fault":
                yield f"damaged: {found.check} {found.where}: {found.message}"
        with closing(sqlite3.connect(path)) as connection:
            ids = [id_ for (id_,) in connection.execute("SELECT given_id FROM reports")]
            texts = [digest for (digest,) in connection.execute("SELECT digest FROM revisions")]
            by = connection.execute("SELECT revision, program, analyser FROM codings").fetchall()
    except Exception as error:
        yield f"does not open: {error}"
        return
    yield from (f"lost: {id_}" for id_ in said - set(ids))
    for rows in (ids, texts, by):
        if len(rows) != len(set(rows)):
            yield f"doubled: {len(rows)} rows, {len(set(rows))} of them different"


class Add:
    """`add`: reports in batches of three, the last five held already, and a reject after every fourth."""

    spread = 0.04

    def __init__(self, folder: Path) -> None:
        self.path = folder / "my.db"
        self.said: set[str] = set()
        self.rejects: set[str] = set()

    def work(self, say: Say) -> None:
        with Casebook(self.path) as book:

            def reports() -> Iterator[CodedReport]:
                for number in count(max(0, len(self.said) - 5)):
                    yield _report(number)
                    if number % 4 == 0:
                        book.reject(f"bad{number}", EmptyReport("no words"))
                        say(f"reject bad{number}")

            def kept(outcome: Outcome) -> None:
                say(outcome.report)

            book.add(reports(), batch=3, on_commit=kept)

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        self.said |= {one for one in said if not one.startswith("reject ")}
        self.rejects |= {one.removeprefix("reject ") for one in said if one.startswith("reject ")}
        yield from _held(self.path, self.said, thorough)
        if self.rejects:
            with Casebook.open(self.path) as book:
                held = [reject.source for reject in book.rejects()]
            yield from (f"lost: reject {one}" for one in self.rejects - set(held))
            if len(held) != len(set(held)):
                yield "doubled: a reject"


class _Here:
    """Codes shards in this process."""

    room = 2

    def __init__(self, config: Config) -> None:
        self._config = config
        self._taken: list[tuple[int, Shard]] = []

    def submit(self, key: int, shard: Shard) -> None:
        self._taken.append((key, shard))

    def wait(self) -> tuple[int, bytes | Died]:
        key, shard = self._taken.pop()
        return key, code_shard(shard, self._config)

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        self._taken.clear()


class Run:
    """`run`: forty shards into a folder of Parquet, gone on with after each kill until it is whole, then anew."""

    spread = 0.05
    inputs = 120

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "coded"
        self.config = Config.of("tests.run_coders:quick")
        self.said: dict[str, str] = {}
        self.whole = ""

    def work(self, say: Say) -> None:
        def kept(done: Done) -> None:
            say(f"{done.part.part} {done.part.sha256}")

        while True:
            summary = self._run(self.folder, kept)
            say(f"complete {_digest(summary)}")
            shutil.rmtree(self.folder)
            say("anew")

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        if not self.whole:
            with tempfile.TemporaryDirectory() as other:
                self.whole = _digest(self._run(Path(other) / "coded", lambda done: None))
        removing = False
        for line in said:
            name, _, digest = line.partition(" ")
            if name == "anew":
                removing = False
                self.said.clear()
            elif name == "complete":
                removing = True
                if digest != self.whole:
                    yield "damaged: a run that was killed and gone on with is not the same as one that was not"
            else:
                if self.said.get(name, digest) != digest:
                    yield f"damaged: {name} became another"
                self.said[name] = digest
        if removing:  # Killed while the finished folder was being removed: nothing is promised of it.
            shutil.rmtree(self.folder, ignore_errors=True)
            self.said.clear()
            return
        for name, digest in self.said.items():
            part = self.folder / name
            if not part.is_file():
                yield f"lost: {name}"
            elif hashlib.sha256(part.read_bytes()).hexdigest() != digest:
                yield f"damaged: {name}"
        try:
            manifest = Manifest.load(self.folder)
        except Exception as error:
            yield f"does not open: {error}"
            return
        parts = manifest.parts if manifest else ()
        yield from (
            f"damaged: {part.part} is not what the manifest says" for part in parts if not part.stands(self.folder)
        )
        if len({part.part for part in parts}) != len(parts):
            yield "doubled: a part"

    def _run(self, folder: Path, kept: Callable[[Done], None]) -> Manifest:
        items = (
            Report(id=f"r{n}", text=f"Shells killed {n} people in Kesra.", source=f"a:{n}") for n in range(self.inputs)
        )
        return run(items, folder, _Here(self.config), self.config, at=Cut(inputs=3), on_part=kept).manifest


def _digest(manifest: Manifest) -> str:
    return hashlib.sha256(manifest.to_json().encode()).hexdigest()


class Link:
    """`incidents` and the index of `serve`: linked, estimated and kept on the disk; the casebook is only read."""

    spread = 0.12

    def __init__(self, folder: Path) -> None:
        self.path, self.cache = folder / "my.db", folder / "cache"
        self.cache.mkdir()
        with Casebook(self.path) as book:
            book.add(_report(number) for number in range(6))
        self.before = self.path.read_bytes()

    def work(self, say: Say) -> None:
        for number in count():
            desk = Desk(self.path, assemble, cache=self.cache)
            desk.index()
            desk.close()
            say(f"index {number}")
            for kept in self.cache.iterdir():
                kept.unlink()

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        yield from _held(self.path, {f"r{number}" for number in range(6)}, thorough)
        if self.path.read_bytes() != self.before:
            yield "damaged: a casebook that was only read has changed"
        if thorough:
            desk = Desk(self.path, assemble, cache=self.cache)
            try:
                if not desk.is_current(desk.index()):
                    yield "damaged: the index that was kept is taken for one of now"
            except Exception as error:
                yield f"does not open: the index that was kept: {error}"
            finally:
                desk.close()


class Migrate:
    """An older casebook brought up to date, copy after copy."""

    spread = 0.03

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.old = folder / "old.db"
        with closing(sqlite3.connect(self.old, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            apply(connection, MIGRATIONS[0], "2024-01-01T00:00:00.000000Z")
            for number in range(3):
                write(connection, _report(number), None, "2024-01-01T00:00:00.000000Z")
            connection.execute("COMMIT")

    def work(self, say: Say) -> None:
        for number in count():
            path = self.folder / f"{number}.db"
            if not path.exists():
                shutil.copy(self.old, path.with_suffix(".part"))
                path.with_suffix(".part").rename(path)
            Casebook.open(path).close()
            say(path.name)

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        for path in sorted(self.folder.glob("[0-9]*.db")):
            yield from _held(path, {f"r{number}" for number in range(3)}, thorough)
            with closing(sqlite3.connect(path)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                rows = connection.execute("SELECT count(*), max(number) FROM migrations").fetchone()
            if rows != (version, version) or version not in (1, len(MIGRATIONS)):
                yield f"damaged: schema {version}, migrations {rows}"
            if path.name in said and version != len(MIGRATIONS):
                yield f"lost: the migration of {path.name}"
        for path in self.folder.glob("[0-9]*"):
            path.unlink()


class Review:
    """`review`: a claim corrected and the correction undone, again and again, each a transaction with a coding."""

    spread = 0.03

    def __init__(self, folder: Path) -> None:
        self.path = folder / "my.db"
        self.said = 0
        with Casebook(self.path) as book:
            book.add(_report(0))

    def work(self, say: Say) -> None:
        with Casebook.open(self.path) as book:
            while True:
                under = book.under_review("r0")
                proposal = Proposal(field="harm", value="injured")
                [made] = book.decide(on_record("correct", "Ana", under, "claims", "c1", [proposal]))
                say(str(made.number))
                [undone] = book.decide([undoing("Bo", made, book.decisions())])
                say(str(undone.number))
                if undone.number % 10 == 0:
                    return

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        self.said = max([self.said, *map(int, said)])
        yield from _held(self.path, {"r0"}, thorough)
        with Casebook.open(self.path) as book:
            decisions = book.decisions()
            standing = [one for one in decisions if one.kind == "correct"][
                len([o for o in decisions if o.kind == "undo"]) :
            ]
            shown = next(claim.harm for claim in book.report("r0").claims if claim.id == "c1")
        if len(decisions) < self.said:
            yield f"lost: a decision ({len(decisions)} of {self.said})"
        if shown != ("injured" if standing else "killed"):
            yield f"damaged: {len(decisions)} decisions, and the claim is {shown}"


class Copies:
    """`backup` and `restore --force`, in turn."""

    spread = 0.25

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "my.db"
        self.made = 0
        with Casebook(self.path) as book:
            book.add(_report(number) for number in range(4))

    def work(self, say: Say) -> None:
        for number in count(self.made):
            saved = self.folder / f"copy{number}.db"
            backup(self.path, saved, force=True)
            say(saved.name)
            restore(saved, self.path, force=True)
            say("restored")

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        self.made += len(said)
        reports = {f"r{number}" for number in range(4)}
        yield from _held(self.path, reports, thorough)
        for name in said:
            if name != "restored" and not (self.folder / name).exists():
                yield f"lost: {name}"
        for path in (*self.folder.glob("copy*.db"), *self.folder.glob("my.db.before*")):
            if path.suffix not in (".db-wal", ".db-shm"):
                yield from _held(path, reports)
            path.unlink()


OPERATIONS: Final[dict[str, Callable[[Path], Operation]]] = {
    "add": Add,
    "watch": lambda folder: Watch(folder, _held),
    "run": Run,
    "link": Link,
    "migrate": Migrate,
    "review": Review,
    "copies": Copies,
}


def killed(operation: Operation, chance: random.Random) -> tuple[list[str], bool]:
    """Start the operation in a child and kill it; what it had acknowledged, and whether the kill met it alive."""
    reading, writing = os.pipe()

    def say(told: str) -> None:
        os.write(writing, f"{told}\n".encode())

    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            operation.work(say)
        except BaseException as error:
            os.write(writing, f"failed {type(error).__name__}: {error}\n".replace("\n", " ").encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        if chance.random() < 0.75:
            # Into the middle of the work; the other quarter dies while it opens, or makes, its files.
            select.select([pipe], [], [], 30)
        time.sleep(chance.uniform(0, operation.spread))
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        # A pipe outlives its writer: what was written before the kill is read after it.
        said = pipe.read().decode().splitlines()
    return said, os.WIFSIGNALED(status)


def measure(kills: int = KILLS, seed: int = SEED, operations: tuple[str, ...] = tuple(OPERATIONS)) -> dict[str, float]:
    """Figures over so many kills, in turn over the operations; findings are said on standard error."""
    chance = random.Random(seed)
    figures: dict[str, float] = {"kills": 0, "seed": seed, "acknowledged": 0, "lost": 0, "doubled": 0, "damaged": 0}
    figures.update({f"kills_{name}": 0 for name in operations})
    with tempfile.TemporaryDirectory(prefix="counterclaim-kills-") as place:
        held: dict[str, tuple[int, Operation]] = {}
        for turn in count():
            if figures["kills"] >= kills:
                break
            name = operations[turn % len(operations)]
            done, operation = held.get(name, (0, None))
            if operation is None or done % ROUNDS == 0:
                folder = Path(place) / name
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                operation = OPERATIONS[name](folder)
            held[name] = (done + 1, operation)
            said, met = killed(operation, chance)
            figures["kills"] += met
            figures[f"kills_{name}"] += met
            failed = [line for line in said if line.startswith("failed ")]
            said = [line for line in said if not line.startswith("failed ")]
            figures["acknowledged"] += len(said)
            found = [f"damaged: the work cannot go on: {line}" for line in failed]
            found += operation.check(said, thorough=done % 10 == 0)
            for message in found:
                kind = message.partition(":")[0]
                figures[kind if kind in ("lost", "doubled") else "damaged"] += 1
                print(f"FOUND kill {int(figures['kills'])}, {name}: {message}", file=sys.stderr, flush=True)
            if turn % 100 == 0:
                print(f"{int(figures['kills'])} kills", file=sys.stderr, flush=True)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", choices=list(OPERATIONS), action="append", help="only this operation")
    options = parser.parse_args()
    for name, value in measure(options.kills, options.seed, tuple(options.only or OPERATIONS)).items():
        print(f"{name}\t{value:g}")


if __name__ == "__main__":
    main()
