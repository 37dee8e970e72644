"""`counterclaim run`, stopped, gone on with, and read into a casebook."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from counterclaim.cli import main
from counterclaim.running import Manifest, read_run

pytest.importorskip("pyarrow")

ROOT = Path(__file__).parents[1]
STORY = (
    "At least {} people were killed when shells hit a market in Goris on Tuesday, the Armenian Defense Ministry said."
)


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": f"r{n}", "text": STORY.format(n + 2), "published": "2022-09-13"}) for n in range(3)]
    (tmp_path / "feed.jsonl").write_text("\n".join([*lines, '{"text": ""}']) + "\n", "utf-8")
    return tmp_path / "feed.jsonl"


@pytest.mark.slow
def test_a_casebook_of_a_run_is_the_casebook_of_its_inputs(feed: Path, tmp_path: Path) -> None:
    ran = invoke("run", feed, "--out", tmp_path / "coded", "--workers", "1")
    assert ran.exit_code == 3, ran.output
    assert "3 reports coded" in ran.output
    assert "feed.jsonl:4: [empty]" in ran.stderr
    again = invoke("run", feed, "--out", tmp_path / "coded")
    assert "0 reports coded, 3 known already" in again.output
    assert again.exit_code == 3
    kept = invoke("add", tmp_path / "coded", "--from", "run", "--casebook", tmp_path / "run.db")
    assert kept.exit_code == 3, kept.output
    assert "3 reports kept: 3 claims" in kept.output
    twice = invoke("add", tmp_path / "coded", "--from", "run", "--casebook", tmp_path / "run.db")
    assert "0 reports kept" in twice.output
    assert "3 reports known already" in twice.output
    invoke("add", feed, "--casebook", tmp_path / "direct.db")
    for shown in ("claims", "events", "report"):
        ours, theirs = (
            [strip(json.loads(line)) for line in invoke(shown, "--casebook", tmp_path / book).stdout.splitlines()]
            for book in ("run.db", "direct.db")
        )
        assert ours == theirs != []
    ours, theirs = (
        [strip(json.loads(line)) for line in invoke("rejects", "--casebook", tmp_path / book).stdout.splitlines()]
        for book in ("run.db", "direct.db")
    )
    assert ours == theirs != []


def strip(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if not name.endswith("_at")}


def test_what_is_no_run_is_not_read_as_one(feed: Path, tmp_path: Path) -> None:
    assert invoke("add", tmp_path, "--from", "run", "--casebook", tmp_path / "my.db").exit_code == 2
    dated = invoke("add", tmp_path, "--from", "run", "--published", "2022-09-13", "--casebook", tmp_path / "my.db")
    assert dated.exit_code == 2
    assert "counterclaim run" in dated.stderr
    assert invoke("run", feed, "--out", tmp_path).exit_code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["feed.jsonl"]


SCRIPT = """
import sys
from pathlib import Path
import counterclaim.running.shards as shards
shards.Config.of.__func__.__defaults__ = ("tests.run_coders:slow", None, None)
shards.Cut.__init__.__defaults__ = (2, 400_000)
from counterclaim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="sends Ctrl-C to a process group")
def test_ctrl_c_stops_the_run_and_its_workers_and_the_next_goes_on(tmp_path: Path) -> None:
    feed, folder = tmp_path / "feed.jsonl", tmp_path / "coded"
    feed.write_text("".join(json.dumps({"text": STORY.format(n), "id": f"r{n}"}) + "\n" for n in range(30)), "utf-8")
    command = [sys.executable, "-c", SCRIPT, "run", str(feed), "--out", str(folder), "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    running = subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(list(folder.glob("part-*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=30)  # Workers hold the pipe too: that it ends says that they are gone.
    assert running.returncode == 130, told
    assert "run the same command again" in told
    assert "Traceback" not in told
    stopped = Manifest.load(folder)
    assert stopped is not None
    assert 0 < len(stopped.parts) < 15
    again = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert f"{30 - 2 * len(stopped.parts)} reports coded, {2 * len(stopped.parts)} known already" in again.stdout
    assert len(list(read_run(folder))) == 30


@pytest.mark.slow
def test_incidents_of_a_run_are_those_of_its_casebook_and_what_a_casebook_holds_is_left_out(tmp_path: Path) -> None:
    reports = ROOT / "src/counterclaim/data/reports"
    dated = ("--published", "2015-10-05")
    invoke("run", reports, *dated, "--out", tmp_path / "coded")
    invoke("add", tmp_path / "coded", "--from", "run", "--casebook", tmp_path / "run.db")
    invoke("add", reports, *dated, "--casebook", tmp_path / "direct.db")
    of_run = invoke("incidents", "--run", tmp_path / "coded", "--format", "jsonl").stdout
    assert len(of_run.splitlines()) > 2
    for book in ("run.db", "direct.db"):
        assert invoke("incidents", "--casebook", tmp_path / book, "--format", "jsonl").stdout == of_run
    none = invoke("run", reports, *dated, "--out", tmp_path / "new", "--since", tmp_path / "direct.db")
    assert "0 reports coded" in none.output, none.output
    refused = invoke("incidents", "--run", tmp_path / "coded", "--as-of", "2015-10-06")
    assert refused.exit_code == 2
