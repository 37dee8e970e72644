"""`run`: many inputs coded on many cores into a folder of Parquet."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from counterclaim.casebook import Casebook
from counterclaim.cli import EXIT_STOPPED, options
from counterclaim.cli.code import Tally
from counterclaim.cli.text import console, counted
from counterclaim.errors import SetAside, UsageError
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import Report
from counterclaim.running import EXECUTORS, Config, Done, Manifest, executor_named, read_run
from counterclaim.running import run as run_shards
from counterclaim.running.parts import Outcome


@click.command()
@options.inputs
@options.actors
@options.triage
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write: new, or that of a run to go on with.",
)
@click.option(
    "--executor",
    type=click.Choice(EXECUTORS),
    default="local",
    show_default=True,
    help="Processes on this machine, or Ray: here, or on the cluster that RAY_ADDRESS names.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Shards coded at once, each by a worker that takes a core and some 400 MB; by default one a core.",
)
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CASEBOOK",
    help="Leave out what this casebook holds as these versions would code it.",
)
@click.pass_context
def run(
    ctx: click.Context,
    inputs: tuple[str, ...],
    kind: str,
    published: str | None,
    own_actors: Path | None,
    folder: Path,
    executor: str,
    workers: int | None,
    since: Path | None,
    least: float | None,
) -> None:
    """Code many inputs on many cores into a folder of Parquet files, which a casebook can be made from.

    Inputs are cut into shards in their order, and each shard becomes one part: a row an input, coded or rejected with
    the reason. manifest.json says which part came from what and by which versions. The bytes are the same whatever the
    executor and the number of workers.

    Stop it at any moment and run it again: parts that stand are kept. New inputs at the end of the list add parts; with
    other inputs the folder becomes theirs. A worker that dies costs only time; a report that kills its workers is
    rejected and the others go on. With --triage, what is not worth coding is set aside: accepted is coded, rejected and
    set aside, always. Needs pip install 'counterclaim[scale]', or 'counterclaim[ray]'.

    \b
    Examples:
      counterclaim run archive.jsonl --out coded/
      counterclaim run reports/ --out coded/ --workers 4
      counterclaim run news.jsonl --out coded/ --triage 0.99
      RAY_ADDRESS=10.0.0.5:6379 counterclaim run archive.jsonl --out coded/ --executor ray
      counterclaim run archive.jsonl --out new/ --since my.db
      counterclaim incidents --run coded/
      counterclaim add coded/ --from run --casebook my.db
      duckdb -c "select outlet, sum(claims) from 'coded/*.parquet' group by outlet"
    """
    config = Config.of(actors=str(own_actors.resolve()) if own_actors else None, triage=least)
    tally = Tally()
    known = claims = events = aside = 0
    items: Iterator[Report | Reject] = read_inputs(inputs, kind, published)
    with ExitStack() as held:
        watch = held.enter_context(_watching())
        if since is not None:
            items = _unknown(items, held.enter_context(Casebook.open(since)), config)

        def count(done: Done) -> None:
            nonlocal known, claims, events, aside
            for reject in done.rejects:
                tally.reject(reject)
            tally.coded += done.part.reports
            tally.rejected += done.part.rejects - len(done.rejects)
            known += 0 if done.fresh else done.part.reports
            claims += done.part.claims
            events += done.part.events
            aside += done.part.set_aside
            watch(tally.coded, tally.rejected)

        try:
            summary = run_shards(items, folder, executor_named(executor, config, workers), config, on_part=count)
        except KeyboardInterrupt:
            kept = counted(tally.coded + tally.rejected + aside, "input")
            click.echo(f"stopped: {kept} done and kept in {folder}; run the same command again for the rest", err=True)
            ctx.exit(EXIT_STOPPED)
    coded = f"{counted(tally.coded - known, 'report')} coded" + (f", {known:,} known already" if known else "")
    lines = [f"{coded}: {counted(claims, 'claim')} of harm, {counted(events, 'event')}"]
    if tally.rejected:
        lines.append(f"{counted(tally.rejected, 'input')} rejected: rows with a reject_code and a reject_message")
    if aside:
        lines.append(f"{counted(aside, 'report')} set aside by triage: rows with the reject_code set-aside")
        lines.append("the same command without triage codes them too")
    if summary.deaths:
        lines.append(f"{counted(summary.deaths, 'worker')} died on the way; what they had in hand was coded by others")
    place = shlex.quote(str(folder))
    lines.append(f"{folder} holds {counted(len(summary.manifest.parts), 'part')}; to keep them in a casebook:")
    lines.append(f"counterclaim add {place} --from run --casebook my.db")
    click.echo("\n".join(lines))
    ctx.exit(tally.exit_code())


def _unknown(items: Iterable[Report | Reject], book: Casebook, config: Config) -> Iterator[Report | Reject]:
    """The items, without the reports that the casebook holds coded by these versions."""
    for item in items:
        if not isinstance(item, Report) or book.needs_coding(item, config.coded_by, source=item.source):
            yield item


def of_runs(folders: Sequence[str]) -> Iterator[Outcome]:
    """What became of the inputs of runs; says where a run was stopped before its end.

    Raises UsageError, at once, for a folder without a run; RunError where a part is missing or damaged.
    """
    for folder in folders:
        manifest = Manifest.load(Path(folder))
        if manifest is None:
            raise UsageError(f"{folder} holds no run; counterclaim run INPUT... --out DIR makes one")
        if not manifest.complete:
            click.echo(f"{folder}: this run has not ended; what it has so far is read", err=True)
        aside = sum(part.set_aside for part in manifest.parts)
        if aside:
            click.echo(f"{folder}: {counted(aside, 'report')} that triage set aside stay out", err=True)
    return (outcome for folder in folders for outcome in read_run(folder) if not _is_aside(outcome))


def _is_aside(outcome: Outcome) -> bool:
    return isinstance(outcome[1], Reject) and isinstance(outcome[1].error, SetAside)


@contextmanager
def _watching() -> Iterator[Callable[[int, int], None]]:
    """A line that says how far the run is, on standard error, where somebody is there to see it."""
    shown = console(stderr=True)
    if not shown.is_terminal:
        yield lambda coded, rejected: None
        return
    columns = (TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as progress:
        task = progress.add_task("coding")

        def tell(coded: int, rejected: int) -> None:
            progress.update(task, description=f"coding: {coded:,} reports done, {rejected:,} rejected")

        yield tell
