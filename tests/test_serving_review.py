"""Review over HTTP: a queue, forms that work without scripts, an API with the same; nothing written from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from counterclaim.casebook import Casebook
from counterclaim.serving.accounts.access import Sole, Visitor
from counterclaim.serving.app import create_app
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from tests.review_reports import at, misread
from tests.serving_incidents import hostile_report, placed_reports

Client = TestClient[Any]
CLAIM = {"report": "r1", "layer": "claims", "record": "c1"}


class Reading(Sole):
    """Everybody may read, and no more."""

    def who(self, connection: object) -> Visitor:
        """A reader."""
        return Visitor(name="Ro", role="reader")


@contextmanager
def reviewed(folder: Path, name: str = "Ana") -> Iterator[Client]:
    """A client of the application over a casebook with claims in doubt."""
    path = folder / "book.db"
    if not path.exists():
        with Casebook(path) as book:
            book.add([misread(), *placed_reports(), hostile_report()])
    app = create_app(Desk(path, assemble, cache=folder / "cache"), access=Sole(name))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with reviewed(tmp_path) as opened:
        yield opened


def plain(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", page).split()))


def decide(client: Client, **given: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/v1/review/decisions", json=given)
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def queue(client: Client, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/api/v1/review/queue", params=query).json()["items"]
    return items


def incident_of(client: Client, report: str = "r1") -> dict[str, Any]:
    rows = client.get("/api/v1/incidents").json()["rows"]
    for row in rows:
        whole: dict[str, Any] = client.get(f"/api/v1/incidents/{row['id']}").json()
        if report in whole["reports"]:
            return whole
    raise AssertionError(report)


def test_the_queue_comes_by_doubt_and_weight_and_page_by_page(client: Client) -> None:
    found = queue(client)
    assert [one["priority"] for one in found] == sorted((one["priority"] for one in found), reverse=True)
    assert {one["kind"] for one in found} >= {"claim", "incident"}
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/v1/review/queue", params={"limit": 2, "cursor": cursor}).json()
        seen += page["items"]
        cursor = page["next"]
    assert seen == found
    assert all(one["kind"] == "claim" for one in queue(client, kind="claim"))
    assert client.get("/api/v1/review/queue", params={"cursor": "x"}).status_code == 400


def test_what_is_decided_leaves_the_queue_and_comes_back_when_undone(client: Client) -> None:
    def claims() -> list[str]:
        return [one["record"] for one in queue(client, kind="claim") if one["report"] == "r1"]

    assert sorted(claims()) == ["c1", "c2"]
    [made] = decide(client, kind="accept", **CLAIM)
    assert claims() == ["c2"]
    assert (made["by"], made["kind"], made["number"]) == ("Ana", "accept", 1)
    decide(client, kind="undo", undoes=1)
    assert sorted(claims()) == ["c1", "c2"]


def test_a_form_corrects_by_marked_words_and_every_page_and_export_shows_it(client: Client) -> None:
    page = client.get("/review/record", params=CLAIM)
    assert page.status_code == 200
    assert "the Orvan army" in page.text
    form = {
        **CLAIM,
        "action": "correct",
        "back": "/review/record?report=r1&record=c1",
        "f-source": "Relief Union",
        "was-source": "the Orvan army",
        "s-source": ",".join(map(str, at("Relief Union"))),
        "why": "it is they who say so",
    }
    answer = client.post("/review/record", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review/record?report=r1&record=c1&done=1"
    shown = plain(client.get(answer.headers["location"]).text)
    assert "Decision 1: source: Relief Union" in shown
    assert "corrected by Ana" in shown
    assert "the program read the Orvan army" in shown
    report = client.get("/api/v1/reports/r1").json()
    assert report["claims"][0]["source"] == "Relief Union"
    assert report["decided"][0]["machine"] == "the Orvan army"
    incident = client.get(f"/incidents/{incident_of(client)['id']}").text
    assert "Relief Union" in incident
    assert "the program read the Orvan army ) by Ana" in plain(incident)
    assert "Decided in review" in client.get("/reports/r1").text


def test_marked_words_for_a_number_bring_the_number(client: Client) -> None:
    marked = at("15")
    form = {**CLAIM, "action": "correct", "s-quantity": f"{marked[0]},{marked[1]}", "f-quantity": "15"}
    form |= {"was-min": "12", "f-min": "12", "was-harm": "killed", "f-harm": "killed"}
    client.post("/review/record", data=form)
    claim = client.get("/api/v1/reports/r1").json()["claims"][0]
    assert (claim["quantity"], claim["min"], claim["max"]) == ("15", 15, 15)


def test_a_correction_changes_the_estimate_of_its_incident(client: Client) -> None:
    def injured() -> list[int]:
        found = incident_of(client)["estimates"]["range"]["injured"]
        return [found["low"], found["high"]]

    assert injured() == [30, 30]
    bounds = [{"field": "min", "value": 35}, {"field": "max", "value": 40}]
    decide(client, kind="correct", corrections=bounds, **{**CLAIM, "record": "c2"})
    assert injured() == [35, 40]


def test_merging_grading_and_splitting_show_on_the_incident_and_old_addresses_lead_on(client: Client) -> None:
    one, other = incident_of(client, "r1"), incident_of(client, "tbilisi-1")
    form = {"incident": one["id"], "other": f"http://127.0.0.1/incidents/{other['id']}", "action": "merge"}
    assert client.post("/review/incident", data=form, follow_redirects=False).status_code == 303
    merged = incident_of(client, "r1")
    assert set(merged["reports"]) >= {"r1", "tbilisi-1"}
    gone = other["id"] if merged["id"] == one["id"] else one["id"]
    assert client.get(f"/incidents/{gone}").url.path == f"/incidents/{merged['id']}"
    decide(client, kind="grade", incident=merged["id"], grade="Discounted", why="hoax")
    assert incident_of(client, "r1")["grade"] == "Discounted"
    page = plain(client.get(f"/incidents/{merged['id']}").text)
    assert "Graded Discounted by Ana" in page
    assert "hoax" in page
    taken = {"incident": merged["id"], "action": "split", "taken": " tbilisi-1"}
    client.post("/review/incident", data=taken)
    assert "tbilisi-1" not in incident_of(client, "r1")["reports"]


def test_an_undo_button_undoes(client: Client) -> None:
    decide(client, kind="reject", why="no", **CLAIM)
    assert len(client.get("/api/v1/reports/r1").json()["claims"]) == 1
    record = client.get("/review/record", params=CLAIM).text
    assert "It was rejected" in record
    client.post("/review/undo", data={"number": "1", "back": "/review/log"})
    assert len(client.get("/api/v1/reports/r1").json()["claims"]) == 2
    log = plain(client.get("/review/log").text)
    assert "undid decision 1" in log
    assert "(undone)" in log
    decisions = client.get("/api/v1/review/decisions").json()["decisions"]
    assert [(one["kind"], one["undoes"]) for one in decisions] == [("undo", 1), ("reject", None)]


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/x\r\ny: z"])
def test_no_form_leads_elsewhere(client: Client, back: str) -> None:
    answer = client.post("/review/record", data={**CLAIM, "action": "accept", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/review/log?done=1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"origin": "http://evil.example"}, 403), ({"origin": "null"}, 403), ({"sec-fetch-site": "cross-site"}, 403)],
)
@pytest.mark.parametrize("path", ["/review/record", "/review/incident", "/review/undo"])
def test_no_page_of_another_origin_can_decide(client: Client, path: str, headers: dict[str, str], status: int) -> None:
    given = {**CLAIM, "action": "accept", "number": "1", "incident": "i"}
    assert client.post(path, data=given, headers=headers).status_code == status
    assert client.get("/api/v1/review/decisions").json()["decisions"] == []


def test_the_api_takes_a_decision_only_as_json(client: Client) -> None:
    answer = client.post(
        "/api/v1/review/decisions", content='{"kind":"accept"}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "accept"},
        {"kind": "accept", "report": "nowhere", "record": "c1"},
        {"kind": "accept", "report": "r1", "record": "c99"},
        {"kind": "grade", "incident": "nothing", "grade": "Fair"},
        {"kind": "undo", "undoes": 7},
        {"kind": "correct", "report": "r1", "record": "c1"},
        {"kind": "rename", "report": "r1", "record": "c1"},
    ],
)
def test_a_decision_that_cannot_stand_is_refused_with_the_reason(client: Client, given: dict[str, Any]) -> None:
    answer = client.post("/api/v1/review/decisions", json=given)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_who_may_only_read_cannot_decide(tmp_path: Path) -> None:
    with Casebook(tmp_path / "book.db") as book:
        book.add(misread())
    app = create_app(Desk(tmp_path / "book.db", assemble, cache=tmp_path), access=Reading())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert "<button" not in client.get("/review").text.split("<main")[1]
        assert "<button name" not in client.get("/review/record", params=CLAIM).text
        assert client.post("/api/v1/review/decisions", json={"kind": "accept", **CLAIM}).status_code == 403
        assert client.post("/review/undo", data={"number": "1"}).status_code == 403


def test_a_second_reader_reads_without_the_first_ones_decisions_and_agreement_is_told(tmp_path: Path) -> None:
    with reviewed(tmp_path, "Ana") as client:
        decide(client, kind="correct", corrections=[{"field": "source", "value": "Relief Union"}], **CLAIM)
    with reviewed(tmp_path, "Bo") as client:
        again = client.get("/review/again").text
        assert "c1 of r1" in again
        blind = client.get("/review/record", params={**CLAIM, "blind": "1"})
        assert 'value="the Orvan army"' in blind.text
        decide(client, kind="accept", blind=True, **CLAIM)
        page = plain(client.get("/review/agreement").text)
        assert "claims source 1 2 0 %" in page
        assert "claims harm 1 2 100 %" in page


def test_markup_of_a_reviewer_is_no_markup(client: Client) -> None:
    script = "<script>window.ran=1</script>"
    decide(client, kind="comment", why=script, **CLAIM)
    incident = incident_of(client)["id"]
    decide(client, kind="grade", incident=incident, grade="Weak", why=script)
    for path in ("/review/log", "/review/record?report=r1&record=c1", f"/incidents/{incident}", "/reports/r1"):
        assert script not in client.get(path).text


def test_what_was_decided_before_a_moment_is_not_there_then(client: Client) -> None:
    decide(client, kind="reject", **CLAIM)
    assert client.get("/?as_of=2000-01-01").status_code == 200
    assert client.get("/api/v1/incidents", params={"as_of": "2000-01-01"}).json()["total"] == 0


def test_an_incident_shows_what_was_decided_before_the_index_of_a_large_casebook_is_built_anew(tmp_path: Path) -> None:
    builds = []

    def counted(book: Casebook, as_of: str) -> Any:
        builds.append(as_of)
        return assemble(book, as_of)

    with Casebook(tmp_path / "book.db") as book:
        book.add([misread(), *placed_reports()])
    # Nobody waits for a build that takes longer than this.
    desk = Desk(tmp_path / "book.db", counted, cache=tmp_path / "cache", patience=1e-9)
    with TestClient(create_app(desk), base_url="http://127.0.0.1") as client:
        one, other = incident_of(client, "r1"), incident_of(client, "tbilisi-1")
        decide(client, kind="correct", corrections=[{"field": "max", "value": 99}], **{**CLAIM, "record": "c2"})
        decide(client, kind="grade", incident=one["id"], grade="Weak")
        fresh = client.get(f"/api/v1/incidents/{one['id']}").json()
        assert (fresh["estimates"]["range"]["injured"]["high"], fresh["grade"]) == (99, "Weak")
        assert "Graded Weak" in plain(client.get(f"/incidents/{one['id']}").text)
        decide(client, kind="merge", incident=one["id"], other=other["id"])
        kept = client.get(f"/api/v1/incidents/{one['id']}").json()
        assert "tbilisi-1" in kept["reports"]
        decide(client, kind="reject", **CLAIM)
        again = client.get(f"/api/v1/incidents/{one['id']}").json()
        assert ["r1", "c1"] not in again["claims"]
        [merge] = [one for one in client.get("/api/v1/review/decisions").json()["decisions"] if one["kind"] == "merge"]
        decide(client, kind="undo", undoes=merge["number"])
        assert "tbilisi-1" not in client.get(f"/api/v1/incidents/{one['id']}").json()["reports"]
        assert client.get(f"/incidents/{one['id']}").status_code == 200
        assert builds == [""]
