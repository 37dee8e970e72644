"""Who may do what on a casebook that is served to several: every route is tried, whoever wrote it."""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from counterclaim.casebook import Casebook
from counterclaim.errors import UsageError, UsersError
from counterclaim.serving.accounts import passwords
from counterclaim.serving.accounts.access import READS, SignedIn, needed_role, writing_routes
from counterclaim.serving.accounts.limits import KEYS, Limit, network_of
from counterclaim.serving.accounts.store import ABSOLUTE, IDLE, ROLES, Role, Users
from counterclaim.serving.app import create_app
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from tests.serving_incidents import opposed_reports

Client = TestClient[Any]
WORDS = "four tall lamps burn"
REPORT = {"text": "Seven people were killed in Kesra on Monday, police said.", "published": "2024-03-05"}


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time."""
    monkeypatch.setattr(passwords, "_N", 2**4)
    monkeypatch.setattr(passwords, "NOBODY", passwords.NOBODY.replace(f"${2**16}$", "$16$"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(tmp_path: Path, clock: Clock) -> Users:
    file = Users(tmp_path / "users.db", create=True, clock=clock)
    for role in ROLES:
        file.add(f"A {role}", role, WORDS, by="test")
    return file


@pytest.fixture
def app(tmp_path: Path, users: Users) -> Iterator[Litestar]:
    with Casebook(tmp_path / "book.db") as book:
        book.add(opposed_reports())
    desk = Desk(tmp_path / "book.db", assemble, cache=tmp_path / "cache")
    yield create_app(desk, access=SignedIn(users))
    desk.close()


@contextmanager
def browser(app: Litestar, role: Role | None = None, base: str = "http://127.0.0.1") -> Iterator[Client]:
    """A browser, signed in as the user of a role."""
    client = TestClient(app, base_url=base)
    if role:
        answer = sign_in(client, f"A {role}")
        assert answer.headers["location"] == "/"
    yield client


def form_token(client: Client, page: str = "/account") -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', client.get(page).text)
    assert found, page
    return found[1]


def sign_in(client: Client, name: str, password: str = WORDS, **more: str) -> Any:
    given = {"name": name, "password": password, "csrf": form_token(client, "/sign-in"), **more}
    return client.post("/sign-in", data=given, follow_redirects=False)


def filled(path: str) -> str:
    """An address of a route, with something for each parameter."""
    return re.sub(r"\{[^}]*\}", "x", path)


def reading_routes(app: Litestar) -> list[tuple[str, Any]]:
    return [
        (route.path_format, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if "GET" in handler.http_methods
    ]


# --- every route ------------------------------------------------------------------------------------------------------


def test_every_route_that_writes_names_its_role_and_only_signing_in_is_for_anybody(app: Litestar) -> None:
    writes = writing_routes(app)
    assert ("POST", "/api/v1/reports") in [(method, path) for method, path, _ in writes]
    for method, path, handler in writes:
        assert "role" in handler.opt, f"{method} {path} names no role: @post(..., role=...)"
        assert handler.opt["role"] in ROLES or path == "/sign-in"


def test_nothing_is_written_by_nobody_by_a_reader_or_by_a_role_too_low(app: Litestar) -> None:
    for role in (None, "reader", "coder"):
        with browser(app, role) as client:
            for method, path, handler in writing_routes(app):
                needed = needed_role(handler, writes=True)
                if needed == "public" or (role and ROLES.index(role) >= ROLES.index(needed)):
                    continue
                answer = client.request(method, filled(path), json={}, follow_redirects=False)
                assert answer.status_code == (403 if role else 401), (role, method, path)


def test_nothing_is_written_from_a_session_without_the_token_of_its_forms(app: Litestar) -> None:
    with browser(app, "editor") as client, browser(app, "editor") as other:
        for given in ("", form_token(other), "x.y", "é.é"):
            for method, path, _ in writing_routes(app):
                for body in ({"json": REPORT}, {"data": {"csrf": given, "action": "disable", "name": "A reader"}}):
                    headers = {"x-csrf-token": given.encode()} if "json" in body else {}
                    answer = client.request(method, filled(path), headers=headers, follow_redirects=False, **body)  # type: ignore[arg-type]
                    assert answer.status_code == 403, (method, path)
                    assert "form" in answer.text


def test_nothing_is_read_by_nobody_but_the_form_to_sign_in_and_what_it_is_drawn_with(app: Litestar) -> None:
    with browser(app) as client:
        shut = set()
        for path, _ in reading_routes(app):
            answer = client.get(filled(path), follow_redirects=False)
            if path.startswith("/api"):
                assert answer.status_code == 401, path
            elif answer.status_code != 200:
                shut.add(path)
                assert path.startswith("/static") or answer.headers["location"].startswith("/sign-in?next="), path
        opened = {path for path, _ in reading_routes(app)} - shut
        assert {path for path in opened if not path.startswith(("/api", "/static"))} == {"/sign-in"}
        assert client.get("/static/site.css").status_code == 200
        assert client.head("/api/v1/incidents").status_code == 401


def test_a_route_that_names_no_role_is_for_editors_if_it_writes(users: Users) -> None:
    from litestar import post

    @post("/forgotten")
    async def forgotten() -> None: ...

    assert needed_role(forgotten, writes=True) == "editor"
    assert needed_role(forgotten, writes=False) == "reader"


# --- signing in -------------------------------------------------------------------------------------------------------


def test_who_signs_in_goes_on_to_the_page_they_asked_for_and_signs_out_again(app: Litestar, users: Users) -> None:
    with browser(app) as client:
        asked = client.get("/reports?cursor=1", follow_redirects=False).headers["location"]
        assert asked == "/sign-in?next=%2Freports%3Fcursor%3D1"
        assert client.get("/reports").url.path == "/sign-in"
        answer = sign_in(client, "a  CODER", next="/reports?cursor=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/reports?cursor=1")
        page = client.get("/reports").text
        assert "A coder" in page
        assert "Sign out" in page
        held = dict(client.cookies)
        out = client.post("/sign-out", data={"csrf": form_token(client)}, follow_redirects=False)
        assert out.headers["location"] == "/sign-in"
        client.cookies.update(held)
        assert client.get("/reports", follow_redirects=False).status_code == 302
    assert [one.event for one in users.journal()][:2] == ["signed out", "signed in"]


@pytest.mark.parametrize("next", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "x"])
def test_signing_in_never_leads_to_another_site(app: Litestar, next: str) -> None:
    with browser(app) as client:
        assert sign_in(client, "A reader", next=next).headers["location"] == "/"
        assert client.get(f"/sign-in?next={quote(next)}", follow_redirects=False).headers["location"] == "/"


def test_a_session_has_a_new_id_and_a_cookie_that_no_script_and_no_other_site_gets(app: Litestar) -> None:
    with browser(app) as client:
        client.get("/sign-in")
        before = client.cookies["counterclaim"]
        cookie = sign_in(client, "A reader").headers["set-cookie"]
        assert before.partition(".")[0] not in cookie
        assert {"httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
        # The id that was there before stays nobody's.
        client.cookies.clear()
        client.cookies["counterclaim"] = before
        assert client.get("/", follow_redirects=False).status_code == 302


def test_over_https_the_cookie_is_bound_to_it(app: Litestar) -> None:
    with browser(app, base="https://127.0.0.1") as client:
        cookie = sign_in(client, "A reader").headers["set-cookie"]
        assert cookie.startswith("__Host-counterclaim=")
        assert "secure" in cookie.lower()
        assert client.get("/account").status_code == 200


def test_a_cookie_that_was_changed_or_made_up_is_nobodys(app: Litestar) -> None:
    with browser(app, "reader") as client:
        id, _, seal = client.cookies["counterclaim"].rpartition(".")
        for changed in (f"{id}x.{seal}", f"{id}.{seal[:-1]}0", id, f"{id}.", ".", f"{id}.é"):
            client.cookies.clear()
            answer = client.get("/", headers={b"cookie": f"counterclaim={changed}".encode()}, follow_redirects=False)
            assert answer.status_code == 302


def test_a_session_ends_when_it_is_idle_and_after_half_a_day_in_any_case(app: Litestar, clock: Clock) -> None:
    with browser(app, "reader") as client:
        clock.now += IDLE - 1
        assert client.get("/", follow_redirects=False).status_code == 200
        clock.now += IDLE + 1
        assert client.get("/", follow_redirects=False).status_code == 302
        sign_in(client, "A reader")
        for _ in range(ABSOLUTE // IDLE):
            assert client.get("/", follow_redirects=False).status_code == 200
            clock.now += IDLE
        clock.now += 1
        assert client.get("/", follow_redirects=False).status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_told_alike_and_noted(app: Litestar, users: Users) -> None:
    with browser(app) as client:
        told = [sign_in(client, name, "nothing of that") for name in ("A reader", "Nobody Known")]
        assert {answer.status_code for answer in told} == {401}
        assert len({re.sub(r'value="[^"]*"', "", answer.text) for answer in told}) == 1
    newest = users.journal()[:2]
    assert [(one.event, one.name) for one in newest] == [
        ("refused: unknown", ""),
        ("refused: wrong password", "A reader"),
    ]
    assert newest[0].address


def test_too_many_tries_must_wait_and_are_told_how_long(app: Litestar) -> None:
    with browser(app) as client:
        answers = [sign_in(client, "A reader", "nothing of that").status_code for _ in range(11)]
        assert answers == [401] * 10 + [429]
        answer = sign_in(client, "A reader")
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 60
        # Another name from the same address may still try.
        assert sign_in(client, "A coder").status_code == 303


def test_too_many_writes_must_wait(app: Litestar, users: Users) -> None:
    tokens = [users.add_token(name, "test", 1, by="test") for name in ("A coder", "A editor")]
    app.state.access.writes_by_name = Limit(3, 60)
    app.state.access.writes_by_address = Limit(5, 60)
    with browser(app) as client:
        found = []
        for token in [tokens[0]] * 4 + [tokens[1]] * 3:
            answer = client.post("/api/v1/reports", json={}, headers={"authorization": f"Bearer {token}"})
            found.append(answer.status_code)
        assert found == [400, 400, 400, 429, 400, 400, 429]
        assert answer.json()["error"] == "too-many"
        assert int(answer.headers["retry-after"]) >= 1


def test_answers_are_for_their_asker_alone(app: Litestar) -> None:
    with browser(app, "reader") as client:
        for path in ("/", "/api/v1/incidents"):
            headers = client.get(path).headers
            assert "Cookie" in headers["vary"]
            assert headers["cache-control"] == ("private, no-cache" if "etag" in headers else "no-store")


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_a_disabled_user_is_out_at_once_and_so_is_their_token(app: Litestar, users: Users) -> None:
    token = users.add_token("A reader", "test", 1, by="test")
    with browser(app, "reader") as client, browser(app) as program:
        bearing = {"authorization": f"bearer {token}"}
        assert program.get("/api/v1/incidents", headers=bearing).status_code == 200
        users.set_disabled("A reader", True, by="test")
        assert client.get("/", follow_redirects=False).status_code == 302
        assert program.get("/api/v1/incidents", headers=bearing).status_code == 401
        assert sign_in(client, "A reader").status_code == 401
        users.set_disabled("A reader", False, by="test")
        assert sign_in(client, "A reader").status_code == 303


def test_a_token_speaks_for_its_user_until_it_ends(app: Litestar, users: Users, clock: Clock) -> None:
    token = users.add_token("A coder", "test", 2, by="test")
    bearing = {"authorization": f"Bearer {token}"}
    with browser(app) as program:
        assert program.post("/api/v1/reports", json=REPORT, headers=bearing).json()["status"] == "added"
        assert program.post("/users", data={"action": "disable"}, headers=bearing).status_code == 403
        for wrong in ("Bearer cc_x", "Basic eDp5", "Bearer", "bearer é"):
            headers = {b"authorization": wrong.encode()}
            answer = program.get("/api/v1/incidents", headers=headers)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        clock.now += 2 * 86400 + 1
        assert program.get("/api/v1/incidents", headers=bearing).status_code == 401


def test_an_editor_adds_changes_and_shuts_accounts_on_a_page(app: Litestar, users: Users) -> None:
    with browser(app, "editor") as client:
        token = form_token(client)

        def send(**given: str) -> Any:
            return client.post("/users", data={"csrf": token, **given}, follow_redirects=False)

        assert send(action="add", name="Zoë", role="coder", password="seven wet boots").status_code == 303
        assert send(action="add", name="zoë", role="coder", password="seven wet boots").status_code == 400
        assert send(action="add", name="Nils", role="king", password="seven wet boots").status_code == 400
        assert send(action="role", name="Zoë", role="editor").status_code == 303
        assert send(action="disable", name="A editor").status_code == 303
    assert {one.name: one.role for one in users.all()}["Zoë"] == "editor"
    assert ("disabled", "A editor", "A editor") in [(one.event, one.name, one.by) for one in users.journal()]


def test_the_last_editor_stays_one(users: Users) -> None:
    with pytest.raises(UsageError, match="last editor"):
        users.set_disabled("A editor", True, by="test")
    with pytest.raises(UsageError, match="last editor"):
        users.set_role("A editor", "reader", by="test")
    assert [one.role for one in users.all() if not one.disabled].count("editor") == 1


def test_whoever_changes_their_password_needs_the_old_one_and_other_sessions_end(app: Litestar) -> None:
    with browser(app, "reader") as client, browser(app, "reader") as elsewhere:

        def change(old: str, new: str, again: str) -> Any:
            given = {"csrf": form_token(client), "old": old, "new": new, "again": again}
            return client.post("/account", data=given, follow_redirects=False)

        assert change("wrong one here", "seven wet boots", "seven wet boots").status_code == 400
        assert change(WORDS, "seven wet boots", "seven wet boats").status_code == 400
        assert change(WORDS, "short", "short").status_code == 400
        assert change(WORDS, "seven wet boots", "seven wet boots").status_code == 303
        assert client.get("/account", follow_redirects=False).status_code == 200
        assert elsewhere.get("/account", follow_redirects=False).status_code == 302
        assert sign_in(elsewhere, "A reader", "seven wet boots").status_code == 303


@pytest.mark.parametrize("password", ["", "elevenchars", "aaaaaaaaaaaaaaaa", "A reader12345", "x" * 300])
def test_a_password_that_is_guessed_easily_is_refused(users: Users, password: str) -> None:
    with pytest.raises(UsageError, match="password"):
        users.set_password("A reader", password, by="test")


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_seen_is_refused(users: Users, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        users.add(name, "reader", WORDS, by="test")


def test_the_file_is_its_owners_and_holds_no_password_no_session_and_no_token(users: Users) -> None:
    token = users.add_token("A coder", "test", 1, by="test")
    session = users.start(users.all()[0])
    held = users.path.read_bytes()
    for secret in (WORDS, token, token[3:], session):
        assert secret.encode() not in held
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    for name, content in (("text", b"nothing of that"), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsersError, match="no file of users"):
            Users(tmp_path / name)
    with Casebook(tmp_path / "book.db"), pytest.raises(UsersError, match="no file of users"):
        Users(tmp_path / "book.db")
    with pytest.raises(UsersError, match="users add"):
        Users(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_one_password_is_the_same_however_its_letters_are_composed() -> None:
    kept = passwords.hashed("caf\u00e9 on the corner")
    assert passwords.matches("cafe\u0301 on the corner", kept)
    assert not passwords.matches("cafe on the corner", kept)
    assert kept != passwords.hashed("caf\u00e9 on the corner")


def test_a_limit_fills_again_and_forgets_no_key_too_early() -> None:
    clock = Clock()
    limit = Limit(2, 10, clock)
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 10]
    assert limit.wait("b") == 0
    clock.now += 9.5
    assert limit.wait("a") == 1
    clock.now += 0.5
    assert [limit.wait("a"), limit.wait("a")] == [0, 10]
    for number in range(KEYS - 1):
        limit.wait(str(number))
    assert limit.wait("a") == 10
    assert len(limit._full_at) == KEYS


def test_one_customers_many_addresses_count_as_one() -> None:
    assert network_of("2001:db8:1:2:3::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of("testclient") == "testclient"
    assert "GET" in READS


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_a_coder_decides_on_claims_and_an_editor_also_on_incidents_and_on_what_others_decided(
    app: Litestar, users: Users
) -> None:
    bearing = {
        role: {"authorization": f"Bearer {users.add_token(f'A {role}', 'test', 1, by='test')}"} for role in ROLES
    }
    with browser(app) as client:
        incident = client.get("/api/v1/incidents", headers=bearing["reader"]).json()["rows"][0]["id"]

        def decide(role: Role, **given: Any) -> Any:
            return client.post("/api/v1/review/decisions", json=given, headers=bearing[role])

        made = {"kind": "accept", "report": "orvan-1", "record": "c1"}
        assert decide("reader", **made).status_code == 403
        own = decide("coder", **made).json()[0]
        assert own["by"] == "A coder"
        for kind, more in (
            ("grade", {"grade": "Weak"}),
            ("merge", {"other": "x"}),
            ("apart", {"other": "x"}),
            ("split", {}),
        ):
            assert decide("coder", kind=kind, incident=incident, **more).status_code == 403, kind
        graded = decide("editor", kind="grade", incident=incident, grade="Weak")
        assert graded.status_code == 201
        assert decide("coder", kind="undo", undoes=graded.json()[0]["number"]).status_code == 403
        assert decide("coder", kind="undo", undoes=own["number"]).status_code == 201
    with browser(app, "coder") as client:
        assert "Grade it" not in client.get(f"/incidents/{incident}").text
    with browser(app, "editor") as client:
        assert "Grade it" in client.get(f"/incidents/{incident}").text
