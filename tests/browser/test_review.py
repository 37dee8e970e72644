"""Review in a real browser: from the map to a claim's words, corrected by marking text, undone, exported; by keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook
from counterclaim.cli import main
from tests.browser.test_pages import browser as browser
from tests.browser.test_pages import page as page
from tests.browser.test_pages import pytestmark as pytestmark
from tests.browser.test_pages import running
from tests.review_reports import TEXT, at, misread
from tests.serving_incidents import hostile_report, placed_reports


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Casebook(tmp_path / "book.db") as book:
        book.add([misread(), *placed_reports(), hostile_report()])
    return tmp_path / "book.db"


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with running(path, path.parent / "cache") as found:
        yield found


def select(page: Any, words: str) -> None:
    """Drag over words of the text, which may lie in several marks."""
    start, end = at(words)
    spots = page.evaluate(
        """([start, end]) => {
            const spot = (at, last) => {
                for (const piece of document.querySelectorAll("#text [data-s]")) {
                    const begin = Number(piece.dataset.s), stop = Number(piece.dataset.e);
                    if (last ? begin < at && at <= stop : begin <= at && at < stop) {
                        const range = document.createRange();
                        range.setStart(piece.firstChild, at - begin);
                        range.collapse(true);
                        const box = range.getBoundingClientRect();
                        return [box.x, box.y + box.height / 2];
                    }
                }
            };
            return [spot(start, false), spot(end, true)];
        }""",
        [start, end],
    )
    page.mouse.move(spots[0][0] + 0.5, spots[0][1])
    page.mouse.down()
    page.mouse.move(spots[1][0] - 0.5, spots[1][1], steps=4)
    page.mouse.up()


def claims(path: Path, id: str = "r1") -> list[Any]:
    with Casebook.open(path, read_only=True) as book:
        return list(book.report(id).claims)


def test_from_the_map_to_a_claim_corrected_by_marking_undone_and_exported(page: Any, path: Path) -> None:
    page.goto("/")
    page.wait_for_selector("path.spot")
    page.fill("input[name=place]", "Gavar")
    page.click("text=Show")
    page.click("table.rows a >> nth=0")
    page.click("table.ledger-table td.w a[href*='/reports/r1'] >> nth=0")
    assert "12 villagers" in "".join(page.locator(".m.on").all_inner_texts())
    page.go_back()
    page.click("table.ledger-table a[href*='report=r1&record=c1']")
    page.click("[data-mark=source]")
    select(page, "Relief Union")
    page.wait_for_function("document.getElementById('f-source').value === 'Relief Union'")
    page.fill("textarea[name=why]", "they say so")
    page.click("text=Save corrections")
    page.wait_for_selector(".field.corrected")
    assert "the program read the Orvan army" in " ".join(page.inner_text(".machine").split()).replace("“", "").replace(
        "”", ""
    )
    assert claims(path)[0].source == "Relief Union"
    with Casebook.open(path) as book:
        [decision] = book.decisions()
    assert decision.span == at("Relief Union")
    assert (decision.value, decision.why) == ("Relief Union", "they say so")
    exported = CliRunner().invoke(main, ["export", "claims-csv", "--casebook", str(path)])
    assert "Relief Union" in exported.output
    page.click(".done button")
    page.wait_for_selector("text=undid decision 1")
    assert claims(path)[0].source == "the Orvan army"
    exported = CliRunner().invoke(main, ["export", "jsonl", "--casebook", str(path), "--report", "r1"])
    assert json.loads(exported.output)["claims"][0]["source"] == "the Orvan army"


def test_all_of_it_by_keys_alone(page: Any, path: Path) -> None:
    page.goto("/review?kind=claim")
    page.keyboard.press("j")
    page.keyboard.press("k")
    row = page.evaluate("document.activeElement.closest('tr').innerText")
    assert "killed" in row or "hurt" in row or "injured" in row
    page.goto("/review/record?report=r1&record=c1")
    page.keyboard.press("l")
    assert page.locator(".field.open").get_attribute("data-field") == "place"
    # From the words that it has, "Gavar", on to the next words.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.locator(".field.open").count() == 0
    page.keyboard.press("v")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    marked = page.input_value("#f-victims")
    assert marked.startswith("villagers were")
    page.keyboard.press("h")
    assert page.evaluate("document.activeElement.id") == "f-harm"
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector(".field.corrected")
    assert claims(path)[0].victims == marked
    page.keyboard.press("u")
    page.wait_for_selector("text=undid decision 1")
    assert claims(path)[0].victims == "villagers"
    page.keyboard.press("r")
    page.wait_for_selector("text=rejected")
    assert [one.id for one in claims(path)] == ["c2"]


def test_keys_can_be_turned_off_and_do_nothing_while_typing(page: Any, path: Path) -> None:
    page.goto("/review/record?report=r1&record=c1")
    page.focus("textarea[name=why]")
    page.keyboard.type("a c r")
    assert page.input_value("textarea[name=why]") == "a c r"
    page.keyboard.press("Escape")
    page.uncheck("[data-keys]")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    with Casebook.open(path) as book:
        assert book.decisions() == []


def test_marks_count_code_points_and_spare_hidden_names(page: Any, path: Path) -> None:
    from msgspec.structs import replace

    # Two symbols beyond the first plane and a hidden name before the words that are marked.
    text = "\U0001f600\U0001f600 Said Amin Karo was killed, Relief Union said."
    from counterclaim.records import Claim, CodedReport

    start = text.index("Said")
    evidence = "Said Amin Karo was killed"
    claim = Claim(
        id="c1", start=start, end=start + len(evidence), evidence=evidence, sentence=0, harm="killed", min=1, max=1,
        victims="Said Amin Karo", confidence=0.5,
    )  # fmt: skip
    with Casebook.open(path) as book:
        book.add(replace(CodedReport(id="emoji", text=text), sentences=((0, len(text)),), claims=(claim,)))
    page.goto("/review/record?report=emoji&record=c1")
    assert "[name]" in page.inner_text("#text")
    page.click("[data-mark=source]")
    page.locator("#text [data-s]").last.evaluate(
        """(piece) => {
            const at = piece.firstChild.data.indexOf("Relief Union");
            const range = document.createRange();
            range.setStart(piece.firstChild, at); range.setEnd(piece.firstChild, at + 12);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.wait_for_selector(".field.corrected")
    with Casebook.open(path) as book:
        [decision] = book.decisions()
    assert decision.span == (text.index("Relief"), text.index(" said."))


def test_deciding_works_without_scripts(browser: Any, address: str, path: Path) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review?kind=claim")
    page.click("tr[data-item] a[data-open][href*='report=r1'] >> nth=0")
    page.fill("#f-perpetrator", "Relief Union")
    page.click("text=Save corrections")
    with Casebook.open(path) as book:
        [decision] = book.decisions()
    assert decision.span is not None
    assert TEXT[slice(*decision.span)] == "Relief Union"
    page.goto("/review/log")
    page.click("td button")
    assert "undid decision 1" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_serious_fault_in_review(browser: Any, address: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto("/review/record?report=r1&record=c1")
    page.fill("#f-min", "14")
    page.click("text=Save corrections")
    page.wait_for_selector(".field.corrected")
    page.goto("/?place=Gavar")
    found = page.locator("table.rows a").first.get_attribute("href")
    paths = ("/review", "/review/record?report=r1&record=c1&done=1", "/review/record?report=r1&layer=events&record=e1")
    for one in (*paths, "/review/log", "/review/agreement", "/review/again", found, "/reports/r1"):
        page.goto(one)
        page.wait_for_load_state("networkidle")
        violations = Axe().run(page).response["violations"]
        told = [
            (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
            for each in violations
            if each["impact"] in ("serious", "critical")
        ]
        assert told == [], one
        assert page.evaluate("document.documentElement.scrollWidth") <= width, one
    context.close()
