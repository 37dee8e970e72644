"""A watch in a process of its own, for the tests that kill it: `python -m tests.watch_child FOLDER URL...`.

It looks without pause, and writes a line for each report once it is told to be kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from counterclaim.casebook import Casebook
from counterclaim.watching import Allowed, Fetcher, Settings, Told, Watcher
from tests.run_coders import quick


def main(folder: Path, urls: list[str]) -> None:
    def say(told: Told) -> None:
        if told.what in ("added", "revised"):
            print(told.what, urlsplit(told.url).path, told.revision, flush=True)

    fetcher = Fetcher(None, Allowed.of({urlsplit(url).netloc for url in urls}))
    settings = Settings(host_interval=0.0, rechecks=())
    with (
        Casebook(folder / "my.db") as book,
        Watcher(folder / "captures", book, quick(), fetcher, settings=settings, tell=say) as watcher,
    ):
        print("ready", flush=True)
        watcher.run(urls, once=True)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
