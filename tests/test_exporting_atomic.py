"""An export is at its path whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import select
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.errors import UsageError
from counterclaim.exporting import export_to
from counterclaim.records import CodedReport
from tests.casebook_reports import TEXT, coded_report


def reports(count: int, mark: str = "") -> Iterator[CodedReport]:
    return (coded_report(f"r{n}", f"{TEXT} {mark}") for n in range(count))


def failing() -> Iterator[CodedReport]:
    yield from reports(500)
    raise RuntimeError("the reader broke")


def test_a_failure_leaves_what_was_there_and_no_litter(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for before in (None, b"earlier"):
        if before is not None:
            out.write_bytes(before)
        with pytest.raises(RuntimeError, match="the reader broke"):
            export_to(out, "jsonl", failing())
        assert [path.name for path in tmp_path.iterdir()] == ([] if before is None else ["out.jsonl"])
        assert before is None or out.read_bytes() == before


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        export_to(tmp_path / "nowhere" / "out.jsonl", "jsonl", [])
    with pytest.raises(UsageError, match="cannot write"):
        export_to(tmp_path, "jsonl", [])


@pytest.mark.skipif(os.name != "posix", reason="POSIX rights and links")
def test_rights_and_links_stay_as_they_are(tmp_path: Path) -> None:
    out, link = tmp_path / "out.jsonl", tmp_path / "link.jsonl"
    out.write_bytes(b"earlier")
    out.chmod(0o640)
    link.symlink_to(out)
    export_to(link, "jsonl", reports(1))
    assert link.is_symlink()
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert out.read_bytes().count(b"\n") == 1
    export_to("/dev/null", "jsonl", reports(1))
    fresh = tmp_path / "fresh.jsonl"
    export_to(fresh, "jsonl", reports(1))
    (tmp_path / "plain").touch()
    assert stat.S_IMODE(fresh.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")
def test_a_kill_at_any_moment_leaves_one_whole_export_or_the_other(tmp_path: Path) -> None:
    chance = random.Random(3)
    out = tmp_path / "out.jsonl"
    whole = {}
    for mark in "AB":
        export_to(tmp_path / "whole", "jsonl", reports(60, mark))
        whole[mark] = (tmp_path / "whole").read_bytes()
    for _ in range(30):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                while True:
                    for mark in "AB":
                        export_to(out, "jsonl", reports(60, mark))
                        os.write(writing, b".")
            finally:
                os._exit(1)
        select.select([reading], [], [], 30)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
        assert os.WIFSIGNALED(status), "the writer ended by itself"
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert out.read_bytes() in whole.values()
