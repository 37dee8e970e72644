"""Shards as Ray tasks: on this machine, or on the cluster whose address RAY_ADDRESS names."""

from __future__ import annotations

import os
from typing import Any, Self

from counterclaim.errors import RunError, UsageError
from counterclaim.running.executors import DIED, Died
from counterclaim.running.shards import Config, Shard, code_shard


class RayTasks:
    """An executor on Ray Core. Inputs travel to the tasks and Parquet back, so that no shared folder is needed; the
    program must be installed on every node, in the version of the driver.

    A Ray that is started already is used as it is; otherwise `ray.init()` starts one here or joins RAY_ADDRESS.
    """

    def __init__(self, config: Config, workers: int | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("PYTHONHASHSEED", "0")  # as in local workers; those of a Ray started here inherit it
        try:
            import ray
        except ModuleNotFoundError as error:
            raise UsageError("the executor ray needs Ray: pip install 'counterclaim[ray]'") from error
        self._ray: Any = ray
        self._config = config
        self._workers = workers
        self._keys: dict[Any, int] = {}
        self._own = False
        self.room = 2

    def submit(self, key: int, shard: Shard) -> None:
        """Start a task; Ray queues what has no core yet. A death is told to the driver, who knows what to do."""
        self._keys[self._task.remote(shard, self._config)] = key

    def wait(self) -> tuple[int, bytes | Died]:
        """Wait for any task."""
        [finished], _ = self._ray.wait(list(self._keys), num_returns=1)
        key = self._keys.pop(finished)
        told = self._ray.exceptions
        try:
            return key, self._ray.get(finished)
        except (told.WorkerCrashedError, told.OutOfMemoryError, told.NodeDiedError, told.ObjectLostError):
            return key, DIED
        except told.RayError as error:
            raise RunError(f"Ray could not code a shard: {getattr(error, 'cause', None) or error}") from error

    def __enter__(self) -> Self:
        if not self._ray.is_initialized():
            local = {"num_cpus": self._workers, "include_dashboard": False}
            self._ray.init(log_to_driver=False, **({} if os.environ.get("RAY_ADDRESS") else local))
            self._own = True
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        self.room = 2 * min(self._workers or cores, cores)
        self._task = self._ray.remote(num_cpus=1, max_retries=0)(code_shard)
        return self

    def __exit__(self, *_: object) -> None:
        for task in self._keys:
            self._ray.cancel(task, force=True)
        self._keys.clear()
        if self._own:
            self._ray.shutdown()
