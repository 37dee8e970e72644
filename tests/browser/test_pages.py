"""The pages in a real browser: from the map to the words of a claim, nothing of a text ever runs, and axe finds no
serious fault. Skipped where there is no Chromium or the extra `browser` is not installed.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from counterclaim.casebook import Casebook
from counterclaim.records import CodedReport
from counterclaim.serving.accounts.access import ANYBODY, Access
from counterclaim.serving.app import create_app
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from tests.serving_incidents import SCRIPT, hostile_report, opposed_reports, placed_reports

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = [name for name in ("playwright", "axe_playwright_python", "uvicorn") if find_spec(name) is None]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (the extra `browser`)"),
    # The browser's and the server's own threads and sockets are theirs to close.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]


@contextmanager
def running(path: Path, cache: Path, access: Access = ANYBODY) -> Iterator[str]:
    """The address of the application over a casebook, on a free port of this machine."""
    import uvicorn

    app = create_app(Desk(path, assemble, cache=cache), access=access)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser")
    reports: list[CodedReport] = [*placed_reports(), *opposed_reports(), hostile_report()]
    with Casebook(folder / "book.db") as book:
        book.add(reports)
    with running(folder / "book.db", folder / "cache") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that remembers every error it met and every request that left this machine."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else wrong.append(request.url)
    )
    yield page
    assert [one for one in wrong if "status of 404" not in one] == []
    context.close()


def test_from_the_map_by_a_filter_to_an_incident_and_on_to_the_words_of_a_claim(page: Any, address: str) -> None:
    page.goto("/")
    page.wait_for_selector("path.spot")
    assert page.locator("path.land").count() > 200
    page.fill("input[name=place]", "Gavar")
    page.click("text=Show")
    assert "place=Gavar" in page.url
    assert page.locator("table.rows tbody tr").count() == 1
    page.click("table.rows a")
    assert page.locator("svg.ledger a").count() >= 2
    page.click("table.ledger-table td.w a >> nth=0")
    assert "#words-c1" in page.url
    marked = page.locator(".m.on")
    assert "12 villagers" in "".join(marked.all_inner_texts())
    card = page.locator("aside .card").first
    assert "according to" in card.inner_text()
    assert page.locator(".m.tied").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator(".m.on").count() == 0


def test_a_country_known_alone_is_shaded_and_never_a_pin(page: Any) -> None:
    page.goto("/?place=Georgia")
    page.wait_for_selector("path.land.shaded")
    assert page.locator("path.land.shaded").count() == 1
    assert page.locator("path.spot").count() == 0


def test_the_map_keeps_its_place_in_the_address(page: Any) -> None:
    page.goto("/")
    page.wait_for_selector("path.spot")
    page.click("a.leaflet-control-zoom-in")
    page.wait_for_function("location.hash.startsWith('#map=')")
    kept = page.url
    page.goto("/reports")
    page.goto(kept)
    page.wait_for_selector("path.spot")
    assert page.url == kept


def test_a_mark_on_the_map_and_a_bar_of_the_timeline_are_reached_by_keyboard(page: Any) -> None:
    page.goto("/?place=Gavar")
    page.wait_for_selector("path.spot")
    page.locator("path.spot").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup a")
    page.locator("svg.timeline a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**since=*")


def test_marked_words_are_walked_by_keyboard(page: Any) -> None:
    page.goto("/reports/gavar-1")
    page.locator(".m[tabindex]").first.focus()
    assert page.locator("aside .card").count() >= 1
    page.keyboard.press("Tab")
    assert page.locator(".m.on").count() >= 1


def test_pages_tell_all_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?place=Gavar")
    page.click("table.rows a")
    page.click("table.ledger-table td.w a >> nth=0")
    assert page.locator("#words-c1").count() == 1
    assert page.locator("article.card").count() >= 1
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/?q={SCRIPT}&actor={SCRIPT}&place={SCRIPT}&source={SCRIPT}&as_of=2030-01-01",
        f"/?since={SCRIPT}",
        f"/{SCRIPT}",
        "/reports",
        f"/reports/hostile {SCRIPT}/1",
        "/actors",
        f"/actors/Orvan {SCRIPT} army",
        "/sources",
        f"/sources/Orvan {SCRIPT} army",
        "/incidents/<img src=x onerror=window.ran=1>",
    ],
)
def test_script_in_a_text_a_name_or_a_filter_never_runs(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert page.locator("script:not([src])").count() == 0
    context.close()


def test_script_in_the_pages_of_a_hostile_incident_never_runs(page: Any) -> None:
    page.goto(f"/?source={SCRIPT}")
    page.wait_for_load_state("networkidle")
    for link in ("table.rows a", "table.ledger-table td.w a >> nth=0"):
        page.click(link)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
    page.locator(".m").first.hover()
    assert page.locator("aside .card").count() >= 1
    assert page.evaluate("window.ran") is None


def faults(page: Any, path: str) -> list[Any]:
    """What axe finds serious on a page, and whether it is wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = [
        (path, one["id"], [node["html"][:160] for node in one["nodes"]][:3])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]
    return [*found, (path, "too wide")] if wide else found


def test_only_what_the_map_shows_is_listed(page: Any) -> None:
    page.goto("/#map=9/40.359/45.127")
    page.wait_for_selector("path.spot")
    page.click("text=Only what the map shows")
    page.wait_for_url("**bbox=**")
    assert page.locator("table.rows tbody tr").count() == 1
    assert "map=9" in page.url


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_serious_fault_and_no_page_is_wider_than_the_screen(
    browser: Any, address: str, scheme: str, width: int
) -> None:
    # The policy of the pages would keep the checker itself from running.
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto("/?place=Gavar")
    found = page.locator("table.rows a").first.get_attribute("href")
    for path in (
        "/",
        found,
        f"{found}/dossier",
        "/reports/gavar-1#words-c1",
        "/reports",
        "/actors",
        "/actors/Armenia",
        "/sources",
        "/review",
        "/review/log",
        "/nowhere",
    ):
        assert faults(page, path) == []
    context.close()
