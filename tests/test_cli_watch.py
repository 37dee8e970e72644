"""`counterclaim watch`, and URLs given to `code` and `add`, as a user types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import counterclaim
from counterclaim.cli import main
from tests.watch_site import LATER, STORY, Page, Site, site

SOURCE = str(Path(counterclaim.__file__).parents[1])


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as served:
        yield served


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_round_keeps_what_is_new_and_what_changed(web: Site, tmp_path: Path) -> None:
    web.feed("/feed.xml", "/tarsk")
    web.article("/tarsk", STORY)
    (tmp_path / "list.txt").write_text(f"{web.url}/feed.xml\n")
    book = tmp_path / "my.db"
    arguments = ("watch", tmp_path / "list.txt", "--casebook", book, "--once", "--allow-host", web.host)
    first = run(*arguments, "--host-interval", "1s")
    assert first.exit_code == 0, first.output
    assert f"added     {web.url}/tarsk  1 claim" in first.output
    assert "1 report added" in first.output
    assert (tmp_path / "my.db.captures" / "objects").is_dir()
    claims = run("claims", "--casebook", book, "--format", "jsonl")
    assert [json.loads(line)["claim"]["min"] for line in claims.output.splitlines()] == [12]


def test_what_goes_wrong_is_said_and_told_by_the_exit_code(web: Site, tmp_path: Path) -> None:
    book = tmp_path / "my.db"
    refused = run("watch", f"{web.url}/a", "--casebook", book, "--once", "--contact", "desk@example.org")
    assert refused.exit_code == 4
    assert f"allow {web.host} by name" in refused.output
    assert run("watch", tmp_path / "none.opml", "--casebook", book).exit_code == 2
    assert run("watch", f"{web.url}/a", "--casebook", book, "--every", "1s").exit_code == 2
    assert run("watch", f"{web.url}/a", "--casebook", book, "--contact", "a\r\nHost: b").exit_code == 2
    assert web.asked == []


def test_urls_are_inputs_of_code_and_add(web: Site, tmp_path: Path) -> None:
    web.article("/tarsk", STORY)
    (tmp_path / "velm.txt").write_text(STORY.replace("Tarsk", "Velm"))
    coded = run("code", f"{web.url}/tarsk", tmp_path / "velm.txt", "--allow-host", web.host, "--format", "jsonl")
    assert coded.exit_code == 0, coded.output
    reports = [json.loads(line) for line in coded.output.splitlines()]
    assert [(one["id"], one["url"]) for one in reports] == [("tarsk", f"{web.url}/tarsk"), ("velm", None)]
    book = tmp_path / "my.db"
    assert run("add", f"{web.url}/tarsk", "--casebook", book, "--allow-host", web.host).exit_code == 0
    web.article("/tarsk", LATER)
    again = run("add", f"{web.url}/tarsk", "--casebook", book, "--allow-host", web.host)
    assert "kept as a new revision" in again.output
    refused = run("code", f"{web.url}/tarsk")
    assert refused.exit_code == 4
    assert "by name" in refused.output
    assert run("code", f"{web.url}/tarsk", "--published", "yesterday").exit_code == 2
    assert run("code", f"{web.url}/tarsk", "--from", "warc").exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_that_is_stopped_says_what_it_did_and_ends(web: Site, tmp_path: Path, number: signal.Signals) -> None:
    web.pages["/list"] = Page(STORY.encode(), headers={"Content-Type": "text/plain"})
    arguments = ["watch", f"{web.url}/list", "--casebook", str(tmp_path / "my.db"), "--allow-host", web.host]
    child = subprocess.Popen(
        [sys.executable, "-m", "counterclaim", *arguments],
        env={**os.environ, "PYTHONPATH": SOURCE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    assert "added" in first
    time.sleep(0.3)
    child.send_signal(number)
    output, errors = child.communicate(timeout=20)
    assert child.returncode == 130
    assert "1 report added" in output
    assert "goes on from here" in errors
    assert "Traceback" not in errors
