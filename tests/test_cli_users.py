"""Accounts from the command line, and whom `serve` lets in."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from counterclaim.casebook import Casebook
from counterclaim.cli import main
from counterclaim.serving.accounts import passwords
from counterclaim.serving.accounts.store import ROLES, Users


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_N", 2**4)


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["users", *arguments, "--users", str(folder / "users.db")], input=typed)


def test_users_are_added_changed_listed_and_shut(tmp_path: Path) -> None:
    added = run(tmp_path, "add", "Ada", "--role", "editor", "--password-stdin", typed="four tall lamps burn\n")
    assert (added.exit_code, added.output) == (0, "Ada is added as editor\n")
    assert Users(tmp_path / "users.db").check("ada", "four tall lamps burn", address="") is not None
    run(tmp_path, "add", "Ben", "--role", "reader", "--password-stdin", typed="five tall lamps burn\n")
    run(tmp_path, "role", "Ben", "--role", "coder")
    run(tmp_path, "password", "Ben", "--password-stdin", typed="nine tall lamps burn\n")
    token = run(tmp_path, "token", "Ben", "--label", "upload").output.strip()
    assert Users(tmp_path / "users.db").of_token(token) is not None
    assert "1 tokens of Ben" in run(tmp_path, "token", "Ben", "--drop").output
    run(tmp_path, "disable", "Ben")
    listed = [line.split("\t")[:3] for line in run(tmp_path, "list").output.splitlines()]
    assert listed == [["Ada", "editor", "open"], ["Ben", "coder", "disabled"]]
    run(tmp_path, "enable", "Ben")
    told = run(tmp_path, "journal", "--last", "3").output
    assert [line.split("\t")[1] for line in told.splitlines()] == ["enabled", "disabled", "tokens dropped: 1"]


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "Ada", "--role", "editor"), "", "--password-stdin"),
        (("add", "Ada", "--role", "editor", "--password-stdin"), "short\n", "12 to 256 characters"),
        (("disable", "Ada"), "", "users add"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_no_file(
    tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    result = run(tmp_path, *arguments, typed=typed)
    assert result.exit_code in (1, 2)
    assert told in result.output
    assert not (tmp_path / "users.db").exists()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server was told, instead of a server."""
    import uvicorn

    calls: list[dict[str, Any]] = []

    def noted(app: Any, **settings: Any) -> None:
        calls.append({"app": app, **settings})
        app.state.desk.close()

    monkeypatch.setattr(uvicorn, "run", noted)
    return calls


def serve(folder: Path, *arguments: str) -> Result:
    with Casebook(folder / "book.db"):
        pass
    return CliRunner().invoke(main, ["serve", "--casebook", str(folder / "book.db"), "--no-open", *arguments])


def test_without_users_only_this_machine_is_served_unless_it_is_said(
    tmp_path: Path, started: list[dict[str, Any]]
) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "casebook.example.org"):
        refused = serve(tmp_path, "--host", host)
        assert refused.exit_code == 2
        assert "--users" in refused.output
    assert started == []
    for more in ((), ("--host", "127.0.0.5"), ("--host", "localhost"), ("--host", "0.0.0.0", "--allow-anyone")):
        assert serve(tmp_path, *more).exit_code == 0, more
    assert len(started) == 4
    # Nobody's word on where a request comes from is taken unless a proxy is named.
    assert not any(call["proxy_headers"] for call in started)


def test_with_users_every_visitor_signs_in_and_plain_http_is_warned_of(
    tmp_path: Path, started: list[dict[str, Any]]
) -> None:
    file = str(tmp_path / "users.db")
    assert "users add" in serve(tmp_path, "--users", file).output
    run(tmp_path, "add", "Ada", "--role", "editor", "--password-stdin", typed="four tall lamps burn\n")
    assert "https" in serve(tmp_path, "--users", file, "--host", "0.0.0.0").stderr
    assert serve(tmp_path, "--users", file, "--host", "0.0.0.0", "--proxy", "10.0.0.2").stderr == ""
    assert [call["forwarded_allow_ips"] for call in started] == [None, "10.0.0.2"]
    assert all(call["app"].state.access.users for call in started)


def test_the_roles_of_the_command_line_are_those_of_the_server() -> None:
    from counterclaim.cli.users import ROLES as offered

    assert tuple(offered) == ROLES
