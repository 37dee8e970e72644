"""Shards on processes of this machine, one thread and one loaded coder each."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context
from typing import Any, Final, Self

from counterclaim.errors import CounterclaimError, RunError
from counterclaim.running.executors import DIED, Died
from counterclaim.running.shards import Config, Shard, code_shard

_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Set before a worker loads numpy: many threads in each of many workers only get in each other's way."""

_ONE_ORDER: Final = {"PYTHONHASHSEED": "0"}
"""Sets have one order in every worker, so that a coder which lets it show gives the same bytes nevertheless."""

_STILLBORN: Final = 3
"""Workers in a row that may die before they could code anything: after that it is the machine, not a report."""

_READY: Final = "ready"


class Processes:
    """An executor on spawned processes. A script that makes one needs `if __name__ == "__main__":`."""

    def __init__(self, config: Config, workers: int) -> None:
        self._config = config
        self._count = workers
        self._workers: list[_Worker] = []
        self._waiting: deque[tuple[int, Shard]] = deque()
        self._stillborn = 0

    @property
    def room(self) -> int:
        """One in hand and one at hand for each worker."""
        return 2 * self._count

    def submit(self, key: int, shard: Shard) -> None:
        """Give the shard to a worker that has none, or keep it until there is one."""
        self._waiting.append((key, shard))
        self._hand_out()

    def wait(self) -> tuple[int, bytes | Died]:
        """Wait until a worker is done or dead."""
        while True:
            for ready in connection.wait([worker.pipe for worker in self._workers]):
                worker = next(one for one in self._workers if one.pipe is ready)
                try:
                    said = worker.pipe.recv()
                except (EOFError, OSError):
                    lost = self._bury(worker)
                    if lost is not None:
                        return lost, DIED
                    continue
                if isinstance(said, Exception):
                    raise said if isinstance(said, CounterclaimError) else RunError(f"a worker failed: {said!r}")
                key, worker.key = worker.key, None
                self._hand_out()
                if said == _READY:
                    worker.ready, self._stillborn = True, 0
                    self._hand_out()
                elif key is not None:
                    return key, said

    def _hand_out(self) -> None:
        """A shard for each worker that waits for one; another worker where more are wanted."""
        for worker in list(self._workers):
            if self._waiting and worker.ready and worker.key is None:
                worker.key, shard = self._waiting.popleft()
                with suppress(OSError):  # A dead worker's pipe; waiting will say so.
                    worker.pipe.send(shard)
        coming = sum(not worker.ready for worker in self._workers)
        if coming < len(self._waiting) and len(self._workers) < self._count:
            self._workers.append(_Worker(self._config))
            self._hand_out()

    def _bury(self, worker: _Worker) -> int | None:
        """Take a dead worker out and start another in its place; the shard it had in hand."""
        self._workers.remove(worker)
        worker.end()
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise RunError(
                    f"workers die before they can code (exit code {worker.process.exitcode}); is memory short?"
                )
        self._hand_out()
        return worker.key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.end()
        self._workers.clear()


class _Worker:
    """One process and the pipe to it; `key` is the shard it has in hand."""

    def __init__(self, config: Config) -> None:
        spawning = get_context("spawn")
        self.pipe, theirs = spawning.Pipe()
        self.key: int | None = None
        self.ready = False
        self.process = spawning.Process(target=_work, args=(theirs, config), daemon=True)
        with _environment({**_ONE_THREAD, **_ONE_ORDER}), _without_interrupts():
            self.process.start()
        theirs.close()  # Else the pipe would outlive the worker, and its death would not be seen.

    def end(self) -> None:
        self.pipe.close()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(pipe: Any, config: Config) -> None:
    """A worker's life: load the coder, then code what comes until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of a terminal; the driver ends us.
    with suppress(EOFError, OSError):
        try:
            config.made()
            pipe.send(_READY)
            while True:
                pipe.send(code_shard(pipe.recv(), config))
        except (EOFError, OSError):
            raise
        except Exception as error:
            pipe.send(error if isinstance(error, CounterclaimError) else RunError(f"{type(error).__name__}: {error}"))


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """The environment with these settings, for the processes started meanwhile."""
    held = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in held.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C held back, here for the moment and in the processes started meanwhile for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
