"""Coding at scale: inputs cut into shards, each coded by a worker into one Parquet file, resumable by manifest."""

from counterclaim.running.driver import Done, Summary, run
from counterclaim.running.executors import EXECUTORS, Executor, executor_named
from counterclaim.running.manifest import Manifest, Part
from counterclaim.running.parts import read_run
from counterclaim.running.shards import Config, Cut, Shard, code_shard, cut

__all__ = [
    "EXECUTORS",
    "Config",
    "Cut",
    "Done",
    "Executor",
    "Manifest",
    "Part",
    "Shard",
    "Summary",
    "code_shard",
    "cut",
    "executor_named",
    "read_run",
    "run",
]
