"""Runs: the same bytes whatever the workers, resumed where they stopped, and no death costs more than time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Self

import msgspec
import pytest

from counterclaim.errors import EmptyReport, RunError, UsageError
from counterclaim.reading import Reject
from counterclaim.records import CodedReport, Report
from counterclaim.running import Config, Cut, Done, Manifest, Summary, code_shard, cut, executor_named, read_run, run
from counterclaim.running.executors import Died, Executor
from counterclaim.running.parts import decode
from counterclaim.running.shards import Shard
from tests import run_coders

pytest.importorskip("pyarrow")

CUT = Cut(inputs=4)


def reports(**texts: str) -> list[Report | Reject]:
    """Reports `r0` to `r17` with texts of their own, or those given; the sixth is a reject of the reader."""
    made: list[Report | Reject] = [
        Report(
            id=f"r{n}",
            text=texts.get(f"r{n}", f"Shells killed {n} people in Kesra – the army said."),
            published="2024-03-04",
            source=f"feed.jsonl:{n}",
        )
        for n in range(18)
    ]
    made[5] = Reject("feed.jsonl:5", EmptyReport("no words in it"))
    return made


class Here:
    """An executor without processes: codes when waited for, the last shard first; dies as often as it is told to."""

    def __init__(self, config: Config, room: int = 3, deaths: int = 0) -> None:
        self.config, self.room, self.deaths = config, room, deaths
        self.taken: list[tuple[int, Shard]] = []
        self.most = self.coded = 0

    def submit(self, key: int, shard: Shard) -> None:
        self.taken.append((key, shard))
        self.most = max(self.most, len(self.taken))

    def wait(self) -> tuple[int, bytes | Died]:
        key, shard = self.taken.pop()
        poisoned = any(isinstance(item, Report) and "killer" in item.text for item in shard.items)
        if poisoned or self.deaths > 0:
            self.deaths -= 1
            return key, Died()
        self.coded += 1
        return key, code_shard(shard, self.config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.taken.clear()


def config(coder: str = "quick") -> Config:
    return Config.of(f"tests.run_coders:{coder}")


def run_here(items: Iterable[Report | Reject], folder: Path, executor: Executor | None = None) -> Summary:
    return run(items, folder, executor or Here(config()), config(), at=CUT)


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


@pytest.fixture
def plain(tmp_path: Path) -> dict[str, str]:
    """The digests of a run of `reports()` that nothing happened to."""
    run_here(reports(), tmp_path / "plain")
    return digests(tmp_path / "plain")


def test_every_input_is_in_the_run_once_and_in_order(tmp_path: Path) -> None:
    items = reports()
    run_here(items, tmp_path / "run")
    outcomes = list(read_run(tmp_path / "run"))
    assert [source for source, _ in outcomes] == [item.source for item in items]
    for item, (_, outcome) in zip(items, outcomes, strict=True):
        if isinstance(item, Report):
            assert outcome == next(iter(run_coders.quick().code_all([item])))
        else:
            assert isinstance(outcome, Reject)
            assert isinstance(outcome.error, EmptyReport)
            assert str(outcome.error) == str(item.error)


def test_shards_are_cut_by_order_and_size_alone() -> None:
    items = reports()
    assert [len(shard.items) for shard in cut(items, Cut(inputs=4))] == [4, 4, 4, 4, 2]
    assert next(len(shard.items) for shard in cut(items, Cut(inputs=100, chars=100))) == 3
    more = list(cut([*items, *reports()[:7]], Cut(inputs=4)))
    assert [shard.digest() for shard in more[:4]] == [shard.digest() for shard in cut(items, Cut(inputs=4))][:4]


def test_one_and_two_processes_give_the_same_bytes(tmp_path: Path, plain: dict[str, str]) -> None:
    for workers in (1, 2):
        folder = tmp_path / f"workers-{workers}"
        run(reports(), folder, executor_named("local", config(), workers), config(), at=CUT)
        assert digests(folder) == plain


def test_a_worker_that_is_killed_changes_nothing_but_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = reports(r2="A stumble killed 2 people.", r9="A second stumble killed 3 people.")
    deaths = []
    for marks in ("met", "unmet"):
        (tmp_path / marks).mkdir()
        monkeypatch.setenv(run_coders.MARKS, str(tmp_path / marks))
        if marks == "met":
            (tmp_path / marks / "r2.mark").touch()
            (tmp_path / marks / "r9.mark").touch()
        executor = executor_named("local", config(), 2)
        deaths.append(run(items, tmp_path / f"run-{marks}", executor, config(), at=CUT).deaths)
    assert deaths == [0, 2]
    assert digests(tmp_path / "run-met") == digests(tmp_path / "run-unmet")
    assert len(list(read_run(tmp_path / "run-unmet"))) == len(items)


def test_a_report_that_kills_its_workers_is_set_apart_and_its_shard_goes_on(tmp_path: Path) -> None:
    items = reports(r6="The killer report.")
    summary = run(items, tmp_path / "run", executor_named("local", config(), 1), config(), at=CUT)
    outcomes = dict(read_run(tmp_path / "run"))
    poisoned = outcomes["feed.jsonl:6"]
    assert isinstance(poisoned, Reject)
    assert poisoned.error.code == "coding-failed"
    assert "2 workers died" in str(poisoned.error)
    assert sum(isinstance(outcome, CodedReport) for outcome in outcomes.values()) == 16
    assert summary.manifest.parts[1].rejects == 2
    assert summary.deaths <= 6


def test_deaths_that_are_nobodys_fault_reject_nobody(tmp_path: Path, plain: dict[str, str]) -> None:
    """A machine short of memory kills whoever is there: here the first five tasks, whatever they hold."""
    summary = run_here(reports(), tmp_path / "run", Here(config(), deaths=5))
    assert summary.deaths == 5
    assert digests(tmp_path / "run") == plain


def test_a_shard_in_pieces_gives_the_bytes_of_a_whole_one(tmp_path: Path, plain: dict[str, str]) -> None:
    here = Here(config(), room=1, deaths=3)
    assert run_here(reports(), tmp_path / "run", here).deaths == 3
    assert here.coded > 5
    assert digests(tmp_path / "run") == plain


def test_a_finished_run_is_not_coded_again(tmp_path: Path, plain: dict[str, str]) -> None:
    told: list[Done] = []
    here = Here(config())
    summary = run(reports(), tmp_path / "plain", here, config(), at=CUT, on_part=told.append)
    assert (here.coded, summary.fresh) == (0, 0)
    assert [done.fresh for done in told] == [False] * 5
    assert digests(tmp_path / "plain") == plain


def test_a_stopped_run_keeps_its_parts_and_goes_on(tmp_path: Path, plain: dict[str, str]) -> None:
    def stop(done: Done) -> None:
        if done.part.part == "part-00003.parquet":
            raise KeyboardInterrupt

    folder = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        run(reports(), folder, Here(config(), room=1), config(), at=CUT, on_part=stop)
    stopped = Manifest.load(folder)
    assert stopped is not None
    assert not stopped.complete
    assert len(stopped.parts) == 4
    assert len(list(read_run(folder))) == 16
    assert run_here(reports(), folder).fresh == 1
    assert digests(folder) == plain


def test_a_part_that_was_damaged_or_lost_is_made_anew(tmp_path: Path, plain: dict[str, str]) -> None:
    folder = tmp_path / "plain"
    (folder / "part-00001.parquet").unlink()
    whole = (folder / "part-00002.parquet").read_bytes()
    (folder / "part-00002.parquet").write_bytes(whole[:-20])
    with pytest.raises(RunError, match="run the same command again"):
        list(read_run(folder))
    assert run_here(reports(), folder).fresh == 2
    assert digests(folder) == plain


def test_changed_inputs_change_their_own_part_and_fewer_leave_none_behind(
    tmp_path: Path, plain: dict[str, str]
) -> None:
    folder = tmp_path / "plain"
    assert run_here(reports(r9="Nobody was hurt."), folder).fresh == 1
    assert run_here(reports(r9="Nobody was hurt.")[:6], folder).fresh == 1
    assert sorted(digests(folder)) == ["manifest.json", "part-00000.parquet", "part-00001.parquet"]


def test_a_newer_version_codes_again(tmp_path: Path, plain: dict[str, str]) -> None:
    newer = config("newer")
    assert run(reports(), tmp_path / "plain", Here(newer), newer, at=CUT).fresh == 5


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="install one version"):
        code_shard(Shard(0, tuple(reports())), replace(config(), coded_by=run_coders.newer().coded_by))


def test_workers_that_cannot_start_end_the_run_and_reject_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERCLAIM_TEST_DRIVER", str(os.getpid()))
    stillborn = config("stillborn")
    with pytest.raises(RunError, match="before they can code"):
        run(reports(), tmp_path / "run", executor_named("local", stillborn, 1), stillborn, at=CUT)
    assert list(read_run(tmp_path / "run")) == []


def test_no_more_shards_are_read_than_there_is_room_for(tmp_path: Path) -> None:
    read = 0

    def counting() -> Iterable[Report | Reject]:
        nonlocal read
        for item in reports():
            read += 1
            yield item

    class Watching(Here):
        def wait(self) -> tuple[int, bytes | Died]:
            assert read <= 4 * (self.coded + self.room)
            return super().wait()

    here = Watching(config(), room=2)
    run_here(counting(), tmp_path / "run", here)
    assert here.most == 2


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("my own", "utf-8")
    with pytest.raises(UsageError, match="holds no run"):
        run_here(reports(), tmp_path)
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(RunError, match="no manifest of a run"):
        run_here(reports(), tmp_path)
    assert sorted(digests(tmp_path)) == ["manifest.json", "thesis.txt"]


def test_the_manifest_says_what_went_in_and_what_came_out(tmp_path: Path, plain: dict[str, str]) -> None:
    told = json.loads((tmp_path / "plain" / "manifest.json").read_text("utf-8"))
    assert told["complete"]
    assert told["coded_by"] == {"program": "1", "analyser": "quick", "gazetteer": "none"}
    assert [part["sha256"] for part in told["parts"]] == [plain[part["part"]] for part in told["parts"]]
    assert sum(part["reports"] for part in told["parts"]) == 17
    assert sum(part["claims"] for part in told["parts"]) == 17


def test_a_file_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    odd = Report(id="r\udcff", text="Shells killed 3 people.", source="r\udcff.txt")
    [(source, outcome)] = decode(code_shard(next(cut([odd])), config()))
    assert source == "r\\udcff.txt"
    assert isinstance(outcome, CodedReport)
    half = msgspec.structs.replace(odd, id="r", source="r", title="half \ud800")
    [(_, outcome)] = decode(code_shard(next(cut([half])), config()))
    assert isinstance(outcome, Reject)


def test_a_driver_killed_at_its_first_manifest_can_be_run_again(tmp_path: Path) -> None:
    (tmp_path / ".manifest.json.x7q2.part").write_bytes(b"{")
    assert run_here(reports(), tmp_path).manifest.complete
