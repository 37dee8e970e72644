"""`verify` finds whatever in a casebook is not as it was written, names it, and changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from counterclaim.casebook import Casebook, Entry
from counterclaim.casebook.migrations import NEWEST
from counterclaim.casebook.verifying import CHECKS, Finding, verify
from counterclaim.cli import main
from counterclaim.errors import CasebookTooNew, NotACasebook, NotText, UsageError
from counterclaim.records import CodedReport
from counterclaim.watching.captures import Captures
from tests.casebook_reports import TEXT, claim, coded_report
from tests.incident_reports import report, told
from tests.review_reports import correct, decide, misread

STORY = f"{TEXT} Reporters counted the graves."


def sound(coded: CodedReport) -> CodedReport:
    """The report with its actors mentioned somewhere, as every coder's are."""
    return replace(coded, actors=tuple(replace(actor, mentions=((0, 6),)) for actor in coded.actors))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Casebook(tmp_path / "my.db") as book:
        book.add(Entry(coded=sound(coded_report(url="https://post.example/1", outlet="Post")), source="a.txt"))
        book.add(sound(coded_report("r2", STORY, published="2024-03-05")))
        book.add(
            [
                sound(report("x", "2024-05-01", told("12 people were killed in Kesra", 12, 12, "Relief Union"))),
                sound(report("y", "2024-05-02", told("15 people were killed in Kesra", 15, 15, "World Council"))),
            ]
        )
        book.reject("b.pdf", NotText("no known encoding"))
    return tmp_path / "my.db"


def changed(path: Path, *statements: str) -> Path:
    """The casebook after another program had its way with it, triggers, keys and all."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
    return path


def faults(path: Path) -> set[tuple[str, str | None]]:
    return {(found.check, found.report) for found in verify(path) if found.weight == "fault"}


def test_a_casebook_as_it_was_written_has_nothing_to_tell(path: Path) -> None:
    before = path.read_bytes()
    assert list(verify(path)) == []
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE revisions SET text = replace(text, '12', '13') WHERE report = 1", ("texts", "r1")),
        ("UPDATE revisions SET text = CAST(x'ff41' AS TEXT) WHERE report = 1", ("texts", "r1")),
        ("UPDATE revisions SET published = '2020-01-01' WHERE report = 2", ("texts", "r2")),
        ("UPDATE revisions SET outlet = 'Times' WHERE report = 1", ("contract", "r1")),
        ("DELETE FROM codings WHERE revision = 2", ("texts", "r2")),
        ("DELETE FROM revisions WHERE report = 2", ("texts", "r2")),
        ('UPDATE codings SET json = replace(json, \'"harm":"killed"\', \'"harm":"eaten"\')', ("contract", "r1")),
        ("UPDATE codings SET json = substr(json, 1, 400) WHERE revision = 1", ("contract", "r1")),
        ("UPDATE codings SET json = CAST(x'7b22ff' AS TEXT) WHERE revision = 1", ("contract", "r1")),
        ("UPDATE codings SET analyser = 'another' WHERE revision = 2", ("contract", "r2")),
        ("UPDATE codings SET json = replace(json, '\"start\":28', '\"start\":29') WHERE revision = 1", ("spans", "r1")),
        ("UPDATE claims SET claimed_min = 13 WHERE coding = 1", ("rows", "r1")),
        ("UPDATE places SET lat = lat + 1e-9 WHERE coding = 2", ("rows", "r2")),
        ("DELETE FROM warnings WHERE coding = 2", ("rows", "r2")),
        ("DELETE FROM actors WHERE coding = 1 AND id = 'a1'", ("foreign-keys", None)),
        ("INSERT INTO report_search (report_search) VALUES ('delete-all')", ("search", "r1")),
        ("DROP INDEX revisions_by_digest", ("schema", None)),
    ],
)
def test_what_was_changed_is_found_and_named(path: Path, statement: str, expected: tuple[str, str | None]) -> None:
    assert expected in faults(changed(path, statement))


def test_a_search_index_without_one_texts_words_is_told(path: Path) -> None:
    words = "INSERT INTO report_search (report_search, rowid, title, text) SELECT 'delete', pk, title, text"
    empty = "INSERT INTO report_search (rowid, title, text) VALUES (2, NULL, 'something else')"
    assert faults(changed(path, f"{words} FROM revisions WHERE pk = 2", empty)) == {("search", "r2")}


def test_a_lost_trigger_is_told_for_it_holds_the_casebook_append_only(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER claims_no_update")
    [found] = verify(path)
    assert (found.check, found.where, found.weight) == ("schema", "trigger claims_no_update", "fault")


def test_a_table_of_somebody_else_and_a_clock_set_back_are_notes(path: Path) -> None:
    changed(
        path, "CREATE TABLE mine (x)", "UPDATE codings SET recorded_at = '2001-01-01T00:00:00.000000Z' WHERE pk = 2"
    )
    assert {(found.check, found.weight) for found in verify(path)} == {("schema", "note"), ("times", "note")}


def test_pages_that_cannot_be_read_are_findings_and_the_other_checks_go_on(path: Path) -> None:
    with path.open("r+b") as file:
        pages = file.seek(0, 2) // 4096
        for page in range(pages // 2, pages // 2 + 8):
            file.seek(page * 4096)
            file.write(b"\x99" * 4096)
    begun: list[str] = []
    found = list(verify(path, on_check=begun.append))
    assert begun == list(CHECKS)
    assert any(each.weight == "fault" for each in found)
    assert all(each.message and each.mend for each in found)


def test_an_estimate_that_its_trace_does_not_bear_out_is_found(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterclaim.casebook.verifying import estimates
    from counterclaim.estimating import estimate
    from counterclaim.linking import Incident

    def forgetful(*given: object) -> object:
        told = estimate(*given).to_dict()  # type: ignore[arg-type]
        for harms in told["estimates"].values():
            for one in harms.values():
                one["trace"] = one["trace"][1:]
                one["low"] = 99
        return Incident.from_dict(told)

    assert faults(path) == set()
    monkeypatch.setattr(estimates, "estimate", forgetful)
    messages = [found.message for found in verify(path, ("estimates",))]
    assert any("not in the trace" in message for message in messages)
    assert any("not in order" in message for message in messages)


def test_windows_of_reports_are_verified_one_after_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterclaim.casebook.verifying import estimates

    monkeypatch.setattr(estimates, "WINDOW", 1)
    assert list(verify(path)) == []


def test_one_state_is_verified_whatever_others_write_meanwhile(path: Path) -> None:
    with Casebook(path) as writing:

        def write(check: str) -> None:
            writing.add(sound(coded_report(check, f"{TEXT} {check}")))

        findings = verify(path, on_check=write)
        assert list(findings) == []
        assert writing.stats().reports == 4 + len(CHECKS)


def test_what_is_no_casebook_of_this_program_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotACasebook):
        list(verify(tmp_path / "none.db"))
    with pytest.raises(UsageError, match="no check everything"):
        list(verify(path, ("everything",)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    with pytest.raises(CasebookTooNew):
        list(verify(path))


def test_the_command_says_what_is_wrong_and_its_exit_code_does(path: Path, tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["verify", "--casebook", str(path), "--format", "text"])
    assert (good.exit_code, "is as it was written" in good.output) == (0, True)
    broken = changed(Path(shutil.copy(path, tmp_path / "broken.db")), "UPDATE claims SET claimed_min = 13")
    told = CliRunner().invoke(main, ["verify", "--casebook", str(broken), "--format", "text"])
    assert told.exit_code == 1
    assert "claims of coding 1 of revision 1 of report r1" in told.output
    assert "mend:" in told.output
    lines = CliRunner().invoke(main, ["verify", "--casebook", str(broken), "--format", "jsonl", "--check", "codings"])
    found = [Finding.from_dict(json.loads(line)) for line in lines.output.splitlines()]
    assert {each.check for each in found} == {"rows"}
    assert lines.exit_code == 1


def test_codings_of_every_kind_are_verified_by_the_contract(path: Path) -> None:
    with Casebook(path) as book:
        book.add(sound(coded_report("odd", f"{STORY} Twice.", claims=(claim(f"{STORY} Twice.", start=30),))))
    assert faults(path) == {("spans", "odd")}


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM decisions WHERE number = 1", "is missing"),
        ("UPDATE decisions SET reviewer = 'Eve' WHERE number = 2", "says otherwise than its row"),
        ("UPDATE decisions SET json = '{}' WHERE number = 1", "not a Decision"),
        ("UPDATE reviewed_codings SET decision = 0", "not made on its text by then"),
    ],
)
def test_decisions_that_were_changed_are_found(tmp_path: Path, statement: str, message: str) -> None:
    with Casebook(tmp_path / "reviewed.db") as book:
        book.add(misread())
        decide(book, "reject", "c2")
        correct(book, "harm", value="injured")
    path = tmp_path / "reviewed.db"
    assert list(verify(path)) == []
    changed(path, statement)
    assert any(message in found.message for found in verify(path, ("decisions",)))


def test_captures_that_are_lost_or_changed_and_reports_that_they_gave_are_found(path: Path) -> None:
    store = path.with_name("my.db.captures")
    kept = Captures(store)
    digests = [kept.keep(f"<p>{number}</p>".encode()) for number in range(3)]
    with closing(sqlite3.connect(store / "watch.sqlite")) as state, state:
        state.execute("CREATE TABLE captures (pk INTEGER PRIMARY KEY, url TEXT, digest TEXT)")
        state.execute("CREATE TABLE readings (report TEXT, revision INTEGER, source TEXT)")
        state.executemany("INSERT INTO captures (url, digest) VALUES ('https://e.org/1', ?)", [(d,) for d in digests])
        state.execute("INSERT INTO readings VALUES ('r1', 1, 'https://e.org/1')")
    assert list(verify(path)) == []
    kept.path(digests[0]).write_bytes(b"something else")
    kept.path(digests[1]).unlink()
    with closing(sqlite3.connect(store / "watch.sqlite")) as state, state:
        state.execute("INSERT INTO readings VALUES ('r1', 9, 'https://e.org/1')")
    told = [found.message for found in verify(path, ("captures",))]
    assert len(told) == 3
    assert [any(words in each for each in told) for words in ("not those of its name", "No such file", "not hold")] == [
        True,
        True,
        True,
    ]
