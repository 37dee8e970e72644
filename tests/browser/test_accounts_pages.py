"""Signing in and managing users in a real browser: by keyboard, without serious faults, and nothing typed ever runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from counterclaim.casebook import Casebook
from counterclaim.serving.accounts.access import SignedIn
from counterclaim.serving.accounts.store import Users
from tests.browser import test_pages
from tests.browser.test_pages import browser, faults, running  # noqa: F401
from tests.serving_incidents import SCRIPT, hostile_report, placed_reports

pytestmark = test_pages.pytestmark
WORDS = "four tall lamps burn"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("accounts")
    with Casebook(folder / "book.db") as book:
        book.add([*placed_reports(), hostile_report()])
    users = Users(folder / "users.db", create=True)
    users.add("Ada", "editor", WORDS, by="test")
    users.add(SCRIPT, "reader", WORDS, by="test")
    with running(folder / "book.db", folder / "cache", SignedIn(users)) as found:
        yield found


def sign_in(page: Any, name: str = "Ada", password: str = WORDS) -> None:
    """As a person does who uses no mouse: the first field has the focus."""
    page.wait_for_selector("input[name=name]:focus")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def test_a_visitor_signs_in_by_keyboard_reads_what_they_asked_for_and_signs_out(browser: Any, address: str) -> None:  # noqa: F811
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/reports?cursor=0")
    sign_in(page, password="nothing of that")
    assert "wrong" in page.locator("[role=alert]").inner_text()
    sign_in(page)
    assert page.url == f"{address}/reports?cursor=0"
    [cookie] = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    assert page.evaluate("document.cookie") == ""
    page.click("text=Sign out")
    page.goto("/")
    assert "/sign-in" in page.url
    context.close()


def test_an_editor_adds_a_user_who_changes_their_password(browser: Any, address: str) -> None:  # noqa: F811
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/users")
    sign_in(page)
    page.fill("form.account input[name=name]", "Ben")
    page.fill("form.account input[name=password]", "seven wet boots")
    page.click("form.account button")
    page.wait_for_selector("th:has-text('Ben')")
    page.click("text=Sign out")
    sign_in(page, "Ben", "seven wet boots")
    assert page.goto("/users").status == 403
    page.goto("/account")
    for field, words in (("old", "seven wet boots"), ("new", "nine dry shoes"), ("again", "nine dry shoes")):
        page.fill(f"input[name={field}]", words)
    page.click("form.account button")
    page.wait_for_selector("[role=status]")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_serious_fault_where_people_sign_in_or_are_managed(
    browser: Any,  # noqa: F811
    address: str,
    scheme: str,
    width: int,
) -> None:
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    assert faults(page, "/sign-in") == []
    sign_in(page)
    for path in ("/users", "/account", "/"):
        assert faults(page, path) == []
    context.close()


def test_script_in_a_users_name_or_in_the_page_to_go_on_to_never_runs(browser: Any, address: str) -> None:  # noqa: F811
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"/sign-in?next={quote('javascript:window.ran=1')}&x={quote(SCRIPT)}")
    sign_in(page, SCRIPT)
    assert page.url.partition("#")[0] == f"{address}/"
    for path in ("/account", "/", f"/?q={quote(SCRIPT)}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
        assert page.locator("script:not([src])").count() == 0
    context.close()
