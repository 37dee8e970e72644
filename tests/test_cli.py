"""The command line: help that teaches, exit codes for scripts, output in the order of the input."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import counterclaim
from counterclaim.casebook import Casebook
from counterclaim.cli import COMMANDS, main
from counterclaim.errors import CasebookError
from counterclaim.records import CodedReport

SOURCE = str(Path(counterclaim.__file__).parents[1])
STORY = (
    "KALBAN, Sept. 13 (Sample Wire) -- At least 12 people were killed and 30 wounded when shells hit a market in "
    "Goris on Tuesday, the Armenian Defense Ministry said.\n\nAzerbaijan denied that its forces had fired.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(STORY, "utf-8")
    (tmp_path / "two.txt").write_text("Two soldiers were wounded near Jermuk on Monday, a spokesman said.\n", "utf-8")
    return tmp_path


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def commands() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(main)
    assert isinstance(main, click.Group)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", sub) for inner, sub in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_teaches_by_example(name: str, command: click.Command) -> None:
    shown = run(*name.split(), "--help")
    assert shown.exit_code == 0
    assert "Examples:" in shown.output
    assert f"counterclaim {name}" in shown.output
    undocumented = [
        option.opts[0]
        for option in command.params
        if isinstance(option, click.Option) and not option.help and not isinstance(option.type, click.Choice)
    ]
    assert undocumented == []


def test_help_lists_every_command() -> None:
    shown = run("--help").output
    assert all(f"\n  {name} " in shown for name in COMMANDS)


def test_code_writes_json_lines_in_the_order_of_the_input(folder: Path) -> None:
    result = run("code", folder / "two.txt", folder / "one.txt", "--published", "2022-09-13")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [line["id"] for line in lines] == ["two", "one"]
    assert all(line["schema"] == "counterclaim/coded-report/1" for line in lines)


def test_code_reads_standard_input() -> None:
    result = run("code", "-", "--published", "2022-09-13", stdin=STORY)
    assert result.exit_code == 0
    assert json.loads(result.output)["claims"]


def test_code_prints_a_summary_a_person_can_read(folder: Path) -> None:
    result = run("code", folder / "one.txt", "--published", "2022-09-13", "--format", "text")
    assert "≥12" in result.output
    assert "killed" in result.output
    assert "2022-09-13" in result.output


def test_a_bad_input_is_named_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "empty.txt").write_text("", "utf-8")
    result = run("code", folder / "empty.txt", folder / "one.txt", folder / "missing.txt")
    assert result.exit_code == 3
    assert "empty.txt: [empty]" in result.stderr
    assert "missing.txt: [unreadable]" in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["one"]


def test_all_inputs_rejected_has_an_exit_code_of_its_own(folder: Path) -> None:
    assert run("code", folder / "missing.txt").exit_code == 4


def test_wrong_usage_is_exit_code_2(folder: Path) -> None:
    assert run("code").exit_code == 2
    assert run("claims", "--casebook", folder / "none.db", "--country", "Armenia").exit_code == 2


def test_a_wrong_date_says_the_mend(folder: Path) -> None:
    result = run("code", folder / "one.txt", "--published", "13/09/2022")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


def test_a_missing_casebook_is_an_error_and_is_not_made(folder: Path) -> None:
    result = run("claims", "--casebook", folder / "none.db")
    assert result.exit_code == 1
    assert not (folder / "none.db").exists()


def test_add_twice_is_once_and_a_changed_text_is_a_revision(folder: Path) -> None:
    book = folder / "my.db"
    first = run("add", folder / "one.txt", folder / "two.txt", "--casebook", book, "--published", "2022-09-13")
    assert first.exit_code == 0, first.output
    assert "2 reports coded" in first.output
    second = run("add", folder / "one.txt", folder / "two.txt", "--casebook", book, "--published", "2022-09-13")
    assert "0 reports coded" in second.output
    assert "2 reports known already" in second.output
    (folder / "one.txt").write_text(STORY.replace("12 people", "19 people"), "utf-8")
    third = run("add", folder / "one.txt", "--casebook", book, "--published", "2022-09-13")
    assert "1 report with a changed text" in third.output
    figures = [
        json.loads(line)["claim"]["min"]
        for line in run("claims", "--casebook", book, "--report", "one", "--harm", "killed").output.splitlines()
    ]
    assert figures == [19]
    assert "revision 2" in run("report", "one", "--casebook", book, "--format", "text").output


def test_rejects_are_kept_and_listed_once(folder: Path) -> None:
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    book = folder / "my.db"
    for _ in range(2):
        assert run("add", folder / "noise.txt", folder / "one.txt", "--casebook", book).exit_code == 3
    listed = [json.loads(line) for line in run("rejects", "--casebook", book).output.splitlines()]
    assert [reject["code"] for reject in listed] == ["not-text"]
    assert listed[0]["source"].endswith("noise.txt")


def test_what_was_added_comes_back(folder: Path) -> None:
    book = folder / "my.db"
    run("add", folder / "one.txt", folder / "two.txt", "--casebook", book, "--published", "2022-09-13")
    assert "2 claims" in run("claims", "--casebook", book, "--report", "one", "--format", "text").output
    assert run("events", "--casebook", book).exit_code == 0
    hits = run("search", "market", "--casebook", book).output
    assert json.loads(hits)["report"] == "one"
    page = folder / "one.html"
    assert run("report", "one", "--casebook", book, "--format", "html", "-o", page).exit_code == 0
    assert "At least 12 people" in page.read_text("utf-8") or "12" in page.read_text("utf-8")
    for form in ("jsonl", "claims-csv", "geojson"):
        out = folder / f"out.{form}"
        assert run("export", form, "--casebook", book, "-o", out).exit_code == 0
        assert out.stat().st_size > 0


def test_show_writes_one_page(folder: Path) -> None:
    page = folder / "story.html"
    result = run("show", folder / "one.txt", "--published", "2022-09-13", "--html", page)
    assert result.exit_code == 0
    assert "<!doctype html>" in page.read_text("utf-8")


def test_an_output_file_is_not_left_behind_half_written(folder: Path) -> None:
    out = folder / "coded.jsonl"
    out.write_text("earlier\n", "utf-8")
    run("code", folder / "one.txt", "-o", out)
    assert json.loads(out.read_text("utf-8"))["id"] == "one"
    assert [path.name for path in folder.iterdir() if path.name.startswith((".coded", "coded"))] == ["coded.jsonl"]


def test_the_demo_shows_who_says_how_many(tmp_path: Path) -> None:
    result = run("demo", "--casebook", tmp_path / "demo.db", "--no-open")
    assert result.exit_code == 0, result.output
    assert "according to" in result.output
    assert "Kunduz" in result.output
    assert (tmp_path / "demo.html").exists()
    assert run("report", "--casebook", tmp_path / "demo.db").output.count("\n") >= 12


def test_a_csv_comes_with_the_meaning_of_its_columns(folder: Path) -> None:
    run("add", folder, "--casebook", folder / "my.db")
    shown = run("export", "claims-csv", "--casebook", folder / "my.db", "-o", folder / "claims.csv")
    assert shown.exit_code == 0
    columns = (folder / "claims.csv").read_text("utf-8").splitlines()[0].split(",")
    explained = (folder / "claims.dictionary.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in explained] == columns


def test_a_wrong_filter_is_named_by_its_option(folder: Path) -> None:
    run("add", folder, "--casebook", folder / "my.db")
    wrong = run("claims", "--casebook", folder / "my.db", "--since", "2022")
    assert wrong.exit_code == 2
    assert "--since '2022' is not a day" in wrong.output
    turned = run("claims", "--casebook", folder / "my.db", "--since", "2022-02-01", "--until", "2022-01-01")
    assert "--since 2022-02-01 is later than --until 2022-01-01" in turned.output


def process(*arguments: str | Path, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, for what only the system can do to it."""
    command = [sys.executable, "-m", "counterclaim", *(str(argument) for argument in arguments)]
    environment = {**os.environ, "PYTHONPATH": SOURCE, **settings.pop("env", {})}
    return subprocess.run(
        command, capture_output=settings.get("stdout") is None, env=environment, check=False, **settings
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("form", ["jsonl", "text"])
def test_a_full_disk_is_one_line_and_an_exit_code(folder: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = process("code", folder / "one.txt", "--format", form, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"counterclaim: cannot write the output: ")
    assert ended.stderr.count(b"\n") == 1


def test_a_terminal_without_the_characters_shows_question_marks(folder: Path) -> None:
    old = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    shown = process("code", folder / "one.txt", "--format", "text", env=old)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"?12" in shown.stdout
    lines = process("code", folder / "one.txt", "--format", "jsonl", env=old)
    assert CodedReport.from_json(lines.stdout).claims[0].figure == "≥12"


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
def test_ctrl_c_keeps_what_was_coded_and_says_so(folder: Path) -> None:
    many = "".join(
        json.dumps({"id": f"r{number}", "text": f"{STORY} Report {number}."}) + "\n" for number in range(5000)
    )
    (folder / "many.jsonl").write_text(many, "utf-8")
    command = [sys.executable, "-m", "counterclaim", "add", str(folder / "many.jsonl"), "--casebook"]
    book = folder / "my.db"
    running = subprocess.Popen(
        [*command, str(book)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    while running.poll() is None and not kept(book):
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"run the same command again" in errors
    assert 0 < kept(book) < 5000


def kept(book: Path) -> int:
    try:
        with Casebook.open(book) as held:
            return held.stats().reports
    except CasebookError:
        return 0


@pytest.mark.parametrize("width", [30, 60, 80, 140])
def test_nothing_is_cut_off_however_narrow_the_terminal(
    folder: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", folder, "--casebook", folder / "my.db")
    monkeypatch.setattr("counterclaim.cli.readback.console", lambda: Console(width=width, markup=False))
    for command in ("claims", "events"):
        shown = run(command, "--casebook", folder / "my.db", "--format", "text").output
        assert "…" not in shown
        assert all(len(line) <= width for line in shown.splitlines())
        assert {"Ministry", "spokesman"} <= set(shown.replace(",", " ").split())
