"""What an executor is: it takes shards, codes them somewhere, and hands each back, or says that its worker died."""

from __future__ import annotations

import os
from typing import Final, Protocol, Self

from counterclaim.errors import UsageError
from counterclaim.running.shards import Config, Shard


class Died:
    """The outcome of a shard whose worker died while it had it."""


DIED: Final = Died()


class Executor(Protocol):
    """Codes shards with `code_shard`. Used in a `with`; leaving it ends the workers, whatever they have in hand."""

    @property
    def room(self) -> int:
        """Shards it takes before it must be waited for."""

    def submit(self, key: int, shard: Shard) -> None:
        """Take a shard, known by a key."""

    def wait(self) -> tuple[int, bytes | Died]:
        """The next that is finished, whichever it is. Raises RunError where workers cannot work at all."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


EXECUTORS: Final = ("local", "ray")


def executor_named(name: str, config: Config, workers: int | None = None) -> Executor:
    """`local` processes, one a core by default, or `ray` tasks. Raises UsageError for another name, or without Ray."""
    if name == "local":
        from counterclaim.running.processes import Processes

        return Processes(config, workers or cores())
    if name == "ray":
        from counterclaim.running.ray_tasks import RayTasks

        return RayTasks(config, workers)
    raise UsageError(f"no executor {name!r}; there are {', '.join(EXECUTORS)}")


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
