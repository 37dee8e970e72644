"""`code`, `add` and `show`: the commands that read reports."""

from __future__ import annotations

import shlex
import webbrowser
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from counterclaim.cli import EXIT_ALL_REJECTED, EXIT_OK, EXIT_SOME_REJECTED, EXIT_STOPPED, options
from counterclaim.cli.text import console, counted, stdout, summary
from counterclaim.errors import SetAside, UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.page import render_page
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import CodedReport, Recorded, Report
from counterclaim.watching.lists import is_url


@click.command()
@options.inputs
@options.actors
@options.fetching
@options.triage
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "jsonl"]),
    default="auto",
    show_default=True,
    help="A summary to read, or coded reports as JSON lines; auto: a summary on a terminal, JSON lines otherwise.",
)
@options.output
@click.pass_context
def code(
    ctx: click.Context,
    inputs: tuple[str, ...],
    kind: str,
    published: str | None,
    own_actors: Path | None,
    allowed_hosts: tuple[str, ...],
    contact: str | None,
    least: float | None,
    form: str,
    out: Path | None,
) -> None:
    """Code reports without keeping them; the output is in the order of the input.

    Reads text, HTML, JSON lines, PDF, Word, e-mail, RSS and Atom, web archives (WARC, WACZ) and Parquet; folders, ZIP
    archives and compressed files (.gz, .bz2, .xz, .zst) of them. A URL is fetched: a page, PDF or text, or a feed with
    what its entries say (`counterclaim watch` follows them).

    \b
    Examples:
      counterclaim code story.txt --published 2022-09-13
      counterclaim code https://example.org/news/story
      counterclaim code reports/ --format jsonl -o coded.jsonl
      cat story.txt | counterclaim code - --published 2022-09-13
      counterclaim code archive.jsonl --from jsonl | jq '.claims[] | [.min, .harm, .source]'
    """
    from counterclaim.pipeline import default_coder

    shown = console()
    readable = form == "text" or (form == "auto" and out is None and shown.is_terminal)
    tally = Tally()
    with replacing(out) if out else nullcontext(stdout()) as stream:
        for outcome in _progress(
            default_coder(own_actors).code_all(_looked(_read(inputs, kind, published, allowed_hosts, contact), least)),
            quiet=out is None,
        ):
            if isinstance(outcome, Reject):
                tally.reject(outcome)
            elif readable and out is None:
                tally.coded += 1
                shown.print(summary(outcome, shown.width))
            elif readable:
                tally.coded += 1
                plain = console()
                with plain.capture() as captured:
                    plain.print(summary(outcome, plain.width))
                stream.write(captured.get().encode())
            else:
                tally.coded += 1
                stream.write(outcome.to_json().encode() + b"\n")
    if tally.aside:
        click.echo(f"{counted(tally.aside, 'report')} set aside by triage", err=True)
    ctx.exit(tally.exit_code())


@click.command()
@options.inputs_or_run
@options.actors
@options.fetching
@options.triage
@options.casebook
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    kind: str,
    published: str | None,
    own_actors: Path | None,
    allowed_hosts: tuple[str, ...],
    contact: str | None,
    least: float | None,
    casebook_path: Path,
) -> None:
    """Code reports and keep them in a casebook, which is made where there is none.

    The same report twice is one report; a changed text at the same address is a new revision; a newer version of the
    program codes again and keeps the old coding. Stop it at any moment and run it again: what was kept stays kept,
    and the rest is coded. Reads every format that `counterclaim code` reads.

    \b
    Examples:
      counterclaim add reports/*.txt --casebook my.db
      counterclaim add cuttings/ digest.eml crawl.warc.gz --casebook my.db
      counterclaim add archive.jsonl --from jsonl --casebook my.db
      counterclaim add https://example.org/news/story --casebook my.db
      counterclaim add ged.csv --from ucdp-ged --casebook my.db   records of UCDP, to lay beside ours (export beside)
      counterclaim rejects --casebook my.db          what could not be coded, and why
      counterclaim add coded/ --from run --casebook my.db   what `counterclaim run --out coded/` coded; nothing is coded
    """
    from counterclaim.casebook import Casebook, Entry, Outcome

    tally = Tally()
    known = claims = events = 0
    sources: deque[str | None] = deque()
    if kind == "run":
        from counterclaim.cli.run import of_runs

        if least is not None:
            raise UsageError("what a run coded is coded: give triage to counterclaim run")
        if published:
            raise UsageError("a run's reports have their dates: give --published to counterclaim run")
        of_run = of_runs(inputs)
    else:
        from counterclaim.pipeline import default_coder

        coder = default_coder(own_actors)
    with Casebook(casebook_path) as book:

        def unknown() -> Iterator[Report | Reject]:
            nonlocal known
            for item in _read(inputs, kind, published, allowed_hosts, contact):
                if isinstance(item, Report):
                    by = item.coded.coded_by if isinstance(item, Recorded) else None
                    if not book.needs_coding(item, by or coder.coded_by, source=item.source):
                        known += 1
                        continue
                    sources.append(item.source)
                else:
                    sources.append(item.source)
                yield item

        def outcomes() -> Iterator[CodedReport | Reject]:
            if kind != "run":
                yield from coder.code_all(_looked(unknown(), least))
                return
            for source, outcome in of_run:
                sources.append(source)
                yield outcome

        def entries() -> Iterator[Entry]:
            for outcome in _progress(outcomes()):
                source = sources.popleft()
                if isinstance(outcome, Reject):
                    book.reject(source or outcome.source, outcome.error)
                    tally.reject(outcome)
                else:
                    yield Entry(coded=outcome, source=source)

        def count(outcome: Outcome) -> None:
            nonlocal known, claims, events
            if kind == "run" and outcome.status == "unchanged":
                known += 1
                return
            tally.coded += outcome.status != "rejected"
            tally.rejected += outcome.status == "rejected"
            tally.revised += outcome.status == "revised"
            claims += outcome.claims
            events += outcome.events

        try:
            book.add(entries(), on_commit=count)
        except KeyboardInterrupt:
            click.echo(
                f"stopped: {counted(tally.coded, 'report')} coded and kept in {casebook_path}; "
                "run the same command again to code the rest",
                err=True,
            )
            ctx.exit(EXIT_STOPPED)
        kept = book.stats()
    done = "kept" if kind == "run" else "coded"
    lines = [f"{counted(tally.coded, 'report')} {done}: {counted(claims, 'claim')} of harm, {counted(events, 'event')}"]
    if tally.revised:
        lines.append(f"{counted(tally.revised, 'report')} with a changed text, kept as a new revision")
    if tally.aside:
        lines.append(f"{counted(tally.aside, 'report')} set aside by triage, among the rejects")
    if known:
        lines.append(f"{counted(known, 'report')} known already")
        tally.coded += known
    if tally.rejected:
        path = shlex.quote(str(casebook_path))
        lines.append(f"{counted(tally.rejected, 'input')} rejected: counterclaim rejects --casebook {path}")
    lines.append(f"{casebook_path} holds {counted(kept.reports, 'report')} and {counted(kept.claims, 'claim')}")
    click.echo("\n".join(lines))
    ctx.exit(tally.exit_code())


@click.command()
@options.inputs
@options.actors
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The page to write: one self-contained file.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in a browser.")
@click.pass_context
def show(
    ctx: click.Context,
    inputs: tuple[str, ...],
    kind: str,
    published: str | None,
    own_actors: Path | None,
    page: Path,
    open_it: bool,
) -> None:
    """Write one page with the text marked up: claims, sources, events, places, times, each with its values.

    \b
    Examples:
      counterclaim show story.txt --published 2022-09-13 --html story.html
      counterclaim show reports/*.txt --html all.html --open
    """
    from counterclaim.pipeline import default_coder

    tally = Tally()
    coded: list[CodedReport] = []
    for outcome in _progress(default_coder(own_actors).code_all(read_inputs(inputs, kind, published))):
        if isinstance(outcome, Reject):
            tally.reject(outcome)
        else:
            coded.append(outcome)
    tally.coded = len(coded)
    if coded:
        with replacing(page) as stream:
            stream.write(render_page(coded).encode())
        click.echo(f"{page}: {counted(len(coded), 'report')}")
        if open_it:
            webbrowser.open(page.resolve().as_uri())
    ctx.exit(tally.exit_code())


def _read(
    inputs: Sequence[str], kind: str, published: str | None, allowed_hosts: Sequence[str], contact: str | None
) -> Iterator[Report | Reject]:
    """The reports of files and of web addresses, in their order. Raises UsageError, at once, as `read_inputs` does."""
    if not any(map(is_url, inputs)):
        return read_inputs(inputs, kind, published)
    from counterclaim.watching import KINDS, Allowed, Fetcher, agent, reports_at

    if kind not in ("auto", *KINDS):
        raise UsageError(f"what is fetched is auto, {', '.join(KINDS)}; save it as a file to read it as {kind}")
    read_inputs((), kind, published)  # says what is wrong with either
    fetcher = Fetcher(agent(contact), Allowed.of(allowed_hosts))

    def each() -> Iterator[Report | Reject]:
        for at_urls, some in groupby(inputs, is_url):
            if at_urls:
                for url in some:
                    yield from reports_at(fetcher, url, kind, published)
            else:
                yield from read_inputs(some, kind, published)

    return each()


class Tally:
    """Counts of one run, and the exit code they come to."""

    def __init__(self) -> None:
        self.coded = self.rejected = self.revised = self.aside = 0

    def reject(self, reject: Reject) -> None:
        """Count a reject and say it at once, on standard error; of what was set aside as asked, count only."""
        if isinstance(reject.error, SetAside):
            self.aside += 1
            return
        self.rejected += 1
        click.echo(f"rejected {reject.source}: [{reject.error.code}] {reject.error}", err=True)

    def exit_code(self) -> int:
        """0 all coded, 3 some rejected, 4 all rejected."""
        if not self.rejected:
            return EXIT_OK
        return EXIT_SOME_REJECTED if self.coded else EXIT_ALL_REJECTED


def _looked(items: Iterable[Report | Reject], least: float | None) -> Iterable[Report | Reject]:
    """The items, after triage where a least score is given."""
    if least is None:
        return items
    from counterclaim.triage import triaged

    return triaged(items, least)


def _progress(outcomes: Iterable[CodedReport | Reject], quiet: bool = False) -> Iterator[CodedReport | Reject]:
    """A count of reports on standard error, where somebody is there to see it."""
    shown = console(stderr=True)
    if quiet or not shown.is_terminal:
        yield from outcomes
        return
    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as progress:
        task = progress.add_task("coding", total=None)
        for outcome in outcomes:
            progress.advance(task)
            yield outcome
