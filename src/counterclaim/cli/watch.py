"""`watch`: feeds and articles over the network, kept as they change."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

import click
from rich.progress import Progress, SpinnerColumn, TextColumn

from counterclaim.cli import EXIT_ALL_REJECTED, EXIT_OK, EXIT_SOME_REJECTED, EXIT_STOPPED, options
from counterclaim.cli.text import console, counted
from counterclaim.reading import clean
from counterclaim.watching import Allowed, Fetcher, Limits, Settings, Tally, Told, Watcher, agent, read_lists

_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def duration(least: float) -> Callable[[click.Context, click.Parameter, str], float]:
    """A callback that reads `90s`, `30m`, `2h`, `1d` as seconds, no fewer than `least`."""

    def read(ctx: click.Context, parameter: click.Parameter, value: str) -> float:
        match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", value.strip().lower(), re.ASCII)
        if match is None:
            raise click.BadParameter(f"{value!r} is no duration: write 90s, 30m, 2h or 1d", ctx, parameter)
        seconds = float(match[1]) * _UNITS[match[2]]
        if seconds < least:
            raise click.BadParameter(f"{value!r} is too short: {least:g}s at least", ctx, parameter)
        return seconds

    return read


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="LIST_OR_URL...")
@options.casebook
@options.actors
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the raw captures and the state of the watch; by default CASEBOOK.captures.",
)
@click.option("--once", is_flag=True, help="Look at every URL and the new articles once, then end (for cron).")
@click.option(
    "--every",
    metavar="TIME",
    callback=duration(60.0),
    default="30m",
    show_default=True,
    help="From one look at a listed URL to the next.",
)
@click.option(
    "--articles/--entries",
    default=True,
    show_default=True,
    help="Fetch the articles that a feed links to, or code the entries as the feed has them.",
)
@options.fetching
@click.option(
    "--host-interval",
    metavar="TIME",
    callback=duration(1.0),
    default="5s",
    show_default=True,
    help="Between two fetches from one host; a robots.txt that asks for more gets it.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(10_000, 1_000_000_000),
    default=20_000_000,
    show_default=True,
    help="Bytes of one document, as sent and as unpacked.",
)
@click.option(
    "--max-time",
    metavar="TIME",
    callback=duration(1.0),
    default="60s",
    show_default=True,
    help="For one document, redirects included.",
)
@click.option("-v", "--verbose", is_flag=True, help="Tell of unchanged documents too.")
@click.pass_context
def watch(
    ctx: click.Context,
    inputs: tuple[str, ...],
    casebook_path: Path,
    own_actors: Path | None,
    store: Path | None,
    once: bool,
    every: float,
    articles: bool,
    allowed_hosts: tuple[str, ...],
    contact: str | None,
    host_interval: float,
    max_bytes: int,
    max_time: float,
    verbose: bool,
) -> None:
    """Watch feeds and articles: fetch politely, keep the raw bytes, code what is new or changed into a casebook.

    LIST_OR_URL is an OPML file, a text file with a URL a line, or the URL of a feed or an article. Of a feed, each
    article is fetched, and looked at again five times over five days. A changed text is a new revision of its report;
    an unchanged one adds nothing.

    Politely: by robots.txt and its Crawl-delay, one fetch at a time from a host and seconds between two, with
    ETag and Last-Modified, Retry-After, and longer and longer pauses while a site fails. Only public addresses are
    fetched, also where a feed or a redirect leads elsewhere; --allow-host NAME lets one host of your own in.

    Stop it at any moment (Ctrl-C) and run it again: it goes on where it was. Needs pip install 'counterclaim[watch]'.

    \b
    Examples:
      counterclaim watch feeds.opml --casebook my.db --contact desk@example.org
      counterclaim watch https://example.org/news.xml --casebook my.db --every 15m
      counterclaim watch urls.txt --casebook my.db --once           one round, for cron
      counterclaim watch feeds.opml --casebook my.db --entries      only what the feeds themselves say
      counterclaim watch http://wiki.local/feed --casebook my.db --allow-host wiki.local
      counterclaim report ID --casebook my.db                       a report and its revisions
    """
    urls = read_lists(inputs)
    fetcher = Fetcher(agent(contact), Allowed.of(allowed_hosts), Limits(bytes=max_bytes, seconds=max_time))
    from counterclaim.casebook import Casebook
    from counterclaim.pipeline import default_coder

    settings = Settings(every=every, host_interval=host_interval, articles=articles)
    folder = store or casebook_path.with_name(f"{casebook_path.name}.captures")
    coder = default_coder(own_actors)
    if not contact:
        click.echo("no --contact: site owners who see this program in their logs cannot reach you", err=True)
    click.echo(f"watching {counted(len(urls), 'URL')}; captures in {folder}", err=True)
    stopped = False

    def tell(told: Told) -> None:
        if told.what != "unchanged" or verbose:
            click.echo(clean(_told(told)))

    with (
        _ended_by_signals(),
        Casebook(casebook_path) as book,
        _line() as say,
        Watcher(folder, book, coder, fetcher, settings=settings, clock=_Clock(say), tell=tell) as watcher,
    ):
        try:
            watcher.run(urls, once=once)
        except KeyboardInterrupt:
            stopped = True
        tally = watcher.tally
    click.echo(_summary(tally))
    if stopped:
        click.echo("stopped; the same command goes on from here", err=True)
        ctx.exit(EXIT_STOPPED)
    bad = tally.failed + tally.rejected
    ctx.exit(EXIT_OK if not bad else EXIT_SOME_REJECTED if tally.captures or tally.unchanged else EXIT_ALL_REJECTED)


def _told(told: Told) -> str:
    at = time.strftime("%H:%M:%S")
    facts = []
    if told.revision is not None and told.what == "revised":
        facts.append(f"revision {told.revision}")
    if told.what in ("added", "revised", "recoded"):
        facts.append(counted(told.claims, "claim"))
    if told.message:
        facts.append(told.message)
    if told.next_at is not None:
        facts.append(f"again {time.strftime('%d %b %H:%M', time.localtime(told.next_at))}")
    return f"{at} {told.what:9} {told.url}{'  ' if facts else ''}{'; '.join(facts)}"


def _summary(tally: Tally) -> str:
    lines = [
        f"{counted(tally.looks, 'look')}: {tally.captures:,} new captures, {tally.unchanged:,} unchanged, "
        f"{tally.failed:,} failed",
        f"{counted(tally.added, 'report')} added, {tally.revised:,} revised, {tally.rejected:,} rejected",
    ]
    return "\n".join(lines)


class _Clock:
    """The machine's clock; a line says while it sleeps."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        self._say("waiting (Ctrl-C ends)")
        time.sleep(seconds)
        self._say("looking")


@contextmanager
def _line() -> Iterator[Callable[[str], None]]:
    """A line that says what is going on, on standard error, where somebody is there to see it."""
    shown = console(stderr=True)
    if not shown.is_terminal:
        yield lambda said: None
        return
    # What is told goes past the line on a terminal, and into a file untouched.
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=shown, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task("looking", total=None)
        yield lambda said: progress.update(task, description=said)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a service manager's SIGTERM end the watch as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous = None
    with suppress(ValueError):  # not in the main thread
        previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        if previous is not None:
            signal.signal(signal.SIGTERM, previous)
