"""A watch killed at any moment: what it told is there once, what it had not yet told comes with the next start."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import counterclaim
from counterclaim.casebook import Casebook
from counterclaim.casebook.verifying import verify
from tests.watch_site import DATE, Page, Site, site

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills")

KILLS = 4
ARTICLES = 25
ROOT = Path(__file__).parents[1]


def _publish(web: Site, edition: int) -> None:
    """A feed of articles; each text names its edition, and every second one changes with it."""
    items = ""
    for number in range(ARTICLES):
        told = edition if number % 2 else 0
        text = f"In edition {told} the mayor of town {number} said that {number} people were killed in the market.\n"
        web.pages[f"/{number}"] = Page(text.encode(), headers={"Content-Type": "text/plain", "ETag": f'"{told}"'})
        items += (
            f"<item><title>Town {number}, {told}</title><link>{web.url}/{number}</link><pubDate>{DATE}</pubDate></item>"
        )
    feed = f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    web.pages["/feed.xml"] = Page(feed.encode(), headers={"Content-Type": "application/rss+xml"})


def _started(folder: Path, web: Site) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.watch_child", str(folder), f"{web.url}/feed.xml"],
        env={**os.environ, "PYTHONPATH": f"{Path(counterclaim.__file__).parents[1]}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def _check(folder: Path, told: set[str]) -> None:
    with Casebook.open(folder / "my.db") as book:
        held = {
            f"{path} {one.number}"
            for entry in book.reports()
            for one in book.revisions(entry.id)
            for path in ["/" + str(entry.url).rpartition("/")[2]]
        }
        texts = [one.digest for entry in book.reports() for one in book.revisions(entry.id)]
    assert told <= held
    assert len(texts) == len(set(texts))
    state = sqlite3.connect(folder / "captures" / "watch.sqlite")
    digests = [digest for (digest,) in state.execute("SELECT digest FROM captures")]
    state.close()
    for digest in digests:
        data = (folder / "captures" / "objects" / digest[:2] / digest).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest


def test_nothing_that_was_told_is_lost_and_nothing_is_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)
    told: set[str] = set()
    with site() as web:
        for kill in range(KILLS):
            _publish(web, 1 + kill // (KILLS // 2))
            child = _started(tmp_path, web)
            time.sleep(chance.uniform(0.0, 0.6))
            child.kill()
            output, _ = child.communicate()
            told |= {" ".join(line.split()[1:]) for line in output.splitlines() if line.count(" ") == 2}
            if (tmp_path / "captures" / "watch.sqlite").exists():
                _check(tmp_path, told)
        child = _started(tmp_path, web)
        output, _ = child.communicate(timeout=60)
        assert output.endswith("done\n")
    _check(tmp_path, told)
    with Casebook.open(tmp_path / "my.db") as book:
        assert len(book.reports()) == ARTICLES
        for entry in book.reports():
            last = book.revisions(entry.id)[-1].text
            number = int(str(entry.url).rpartition("/")[2])
            assert f"edition {2 if number % 2 else 0} " in last
    assert list(verify(tmp_path / "my.db")) == []
