"""The pages and the API over a casebook: what they show, what they refuse, and that nothing in a text can run."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from counterclaim.casebook import Casebook
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from tests.casebook_reports import coded_report
from tests.serving_incidents import SCRIPT, denying_report, hostile_report, opposed_reports, placed_reports, served

Client = TestClient[Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("served")) as client:
        yield client


def pages(client: Client) -> list[str]:
    """Every page that a link leads to, from the first."""
    seen: dict[str, str] = {}
    waiting = ["/", "/nowhere", f"/?q={quote(SCRIPT)}", f"/?place={quote(SCRIPT)}"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code == (404 if address == "/nowhere" else 200), address
        seen[address] = answer.text
        links = re.findall(r'href="(/[^"#]*)', answer.text)
        waiting += [
            link.replace("&amp;", "&") for link in links if not link.startswith(("/static", "/api", "/dossier.css"))
        ]
    return list(seen.values())


def test_every_page_is_reached_by_links_and_no_markup_of_a_report_is_markup(client: Client) -> None:
    found = pages(client)
    assert len(found) > 15
    for page in found:
        assert SCRIPT not in page
        assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', page))
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", page)
        assert len(re.findall(r"<script", page)) == len(re.findall(r'<script defer src="/static/', page))
    assert any("&lt;script&gt;" in page for page in found)


def test_every_answer_says_that_only_our_own_files_may_run(client: Client) -> None:
    for address in ("/", "/nowhere", "/api/v1/incidents", "/static/site.css", "/?bbox=1"):
        policy = client.get(address).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_an_incident_shows_side_against_side_with_the_estimates_and_why_it_is_contested(client: Client) -> None:
    rows = client.get("/api/v1/incidents", params={"source": "Orvan Defence"}).json()["rows"]
    assert len(rows) == 1
    page = client.get(f"/incidents/{rows[0]['id']}").text
    for words in ("49 soldiers were killed", "Orvan Defence Ministry", "ucdp/", "lowest/", "Who says how many"):
        assert words in page
    assert '<svg class="ledger"' in page


def test_the_names_of_a_source_and_an_actor_lead_to_what_they_say(client: Client) -> None:
    source = client.get("/sources/Orvan Defence Ministry").text
    assert "Quoted for 1 claim in 1 report" in source
    actor = client.get("/actors/orvan defence ministry").text
    assert "What it says" in actor
    assert client.get("/sources/nobody").status_code == 404


def test_a_report_id_may_hold_anything_an_address_can(client: Client) -> None:
    id = hostile_report().id
    assert client.get(f"/api/v1/reports/{quote(id, safe='')}").json()["id"] == id
    assert client.get(f"/reports/{quote(id, safe='')}").status_code == 200


def test_a_filter_that_cannot_be_is_told_as_such_to_people_and_programs(client: Client) -> None:
    page = client.get("/?since=soon")
    assert (page.status_code, "since: give a day" in page.text) == (400, True)
    answer = client.get("/api/v1/incidents?since=soon")
    assert answer.status_code == 400
    assert answer.json() == {"error": "usage", "message": "since: give a day as YYYY-MM-DD", "status": 400}
    assert client.get("/api/v1/incidents?limit=0").json()["status"] == 400
    assert client.get("/api/v1/incidents/none").json()["error"] == "not-found"


def test_pages_of_the_api_follow_by_cursor_and_end(client: Client) -> None:
    seen: list[str] = []
    cursor = ""
    for _ in range(20):
        page = client.get("/api/v1/incidents", params={"limit": 1, "cursor": cursor}).json()
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]
    reports = client.get("/api/v1/reports", params={"limit": 2}).json()
    rest = client.get("/api/v1/reports", params={"limit": 500, "cursor": reports["next"]}).json()
    assert len(reports["rows"]) + len(rest["rows"]) == reports["total"] == 4


def test_who_holds_an_answer_already_is_told_so(client: Client) -> None:
    for address in ("/api/v1/incidents", "/api/v1/map", "/api/v1/reports", "/api/v1/reports/orvan-1"):
        tag = client.get(address).headers["etag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_the_casebook_as_it_stood_before_anything_was_recorded_is_empty(client: Client) -> None:
    assert client.get("/api/v1/incidents?as_of=2001-01-01").json()["total"] == 0
    assert client.get("/?as_of=2001-01-01T12:00").status_code == 200


def test_a_moment_asked_for_is_kept_from_page_to_page(client: Client) -> None:
    page = client.get("/?as_of=2999-01-01").text
    links = re.findall(r'href="(/incidents/[^"]*)"', page)
    assert links
    assert all(link.endswith("?as_of=2999-01-01") for link in links)
    assert "As the casebook stood on 2999-01-01 (UTC)" in client.get(links[0]).text


def test_head_is_answered_like_get_without_the_body(client: Client) -> None:
    for address in ("/", "/api/v1/incidents", "/static/site.css"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-type"] == client.get(address).headers["content-type"]


def test_the_description_of_the_api_names_every_filter_and_record(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    parameters = {one["name"] for one in described["paths"]["/api/v1/incidents"]["get"]["parameters"]}
    assert {"q", "actor", "place", "act", "harm", "source", "since", "until", "as_of", "cursor", "bbox"} <= parameters
    assert {"Incident", "CodedReport", "IncidentPage", "Problem"} <= set(described["components"]["schemas"])
    assert "from" in described["components"]["schemas"]["Incident"]["properties"]


REPORT = {"text": "Seven people were killed when shells hit Kesra on Monday, the Orvan army said."}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"host": "evil.example"}, 421),
        ({"content-type": "text/plain", "origin": "http://evil.example"}, 403),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "text/plain; charset=latin-1"}, 415),
    ],
)
def test_no_page_of_another_origin_can_write(client: Client, headers: dict[str, str], status: int) -> None:
    import json

    given = {"content-type": "application/json"} | headers
    answer = client.post("/api/v1/reports", content=json.dumps(REPORT), headers=given)
    assert answer.status_code == status
    assert client.get("/api/v1/reports").json()["total"] == 4


def test_no_other_origin_may_read_either(client: Client) -> None:
    answer = client.get("/api/v1/incidents", headers={"origin": "http://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert client.get("/", headers={"host": "evil.example:80"}).status_code == 421


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": " "}, "empty"),
        ({"text": "x", "published": "soon"}, "malformed"),
        ({}, "usage"),
        ({"texte": ""}, "usage"),
    ],
)
def test_a_report_that_cannot_be_coded_is_refused_with_the_reason(
    client: Client, body: dict[str, str], error: str
) -> None:
    answer = client.post("/api/v1/reports", json=body)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.json()["message"]


def test_a_posted_report_is_coded_kept_and_shown_and_twice_is_once(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        before = client.get("/api/v1/incidents").headers["etag"]
        first = client.post("/api/v1/reports", json={**REPORT, "id": "new", "published": "2024-03-05"}).json()
        again = client.post("/api/v1/reports", json={**REPORT, "id": "new", "published": "2024-03-05"}).json()
        assert (first["id"], first["status"], again["status"]) == ("new", "added", "unchanged")
        assert first["claims"] >= 1
        assert client.get("/api/v1/reports/new").json()["text"] == REPORT["text"]
        assert client.get("/api/v1/incidents", headers={"if-none-match": before}).status_code == 200
        assert "Seven people" in re.sub(r"<[^>]*>", "", client.get("/reports/new").text)


def test_a_plain_text_is_a_report_with_its_fields_in_the_address(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        address = "/api/v1/reports?id=plain&published=2024-03-05&title=Kesra"
        plain = {"content-type": "text/plain"}
        text = "\ufeff" + REPORT["text"]
        answers = [client.post(address, content=text, headers=plain).json() for _ in range(2)]
        assert [answer["status"] for answer in answers] == ["added", "unchanged"]
        held = client.get("/api/v1/reports/plain").json()
        assert (held["text"], held["title"], held["published"]) == (REPORT["text"], "Kesra", "2024-03-05")
        broken = client.post(address, content=b"\xff\xfe\x00", headers=plain)
        assert (broken.status_code, broken.json()["error"]) == (400, "not-text")


def test_a_report_without_an_id_twice_is_once(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        answers = [client.post("/api/v1/reports", json=REPORT).json() for _ in range(2)]
        assert [answer["status"] for answer in answers] == ["added", "unchanged"]
        assert answers[0]["id"] == answers[1]["id"]


def test_a_body_that_is_too_large_or_no_json_is_refused(client: Client) -> None:
    large = client.post("/api/v1/reports", content=b"x" * 5_000_001, headers={"content-type": "text/plain"})
    assert (large.status_code, large.json()["error"]) == (413, "too-large")
    for body in (b"{", b'{"text": 3}', b"[]", b'{"text": "\xff"}', b""):
        answer = client.post("/api/v1/reports", content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (400, "usage"), body


def test_reports_are_found_by_the_filters_of_incidents_page_by_page(tmp_path: Path) -> None:
    with served(tmp_path, *placed_reports(), *opposed_reports()) as client:

        def ids(**query: Any) -> list[str]:
            return [row["id"] for row in client.get("/api/v1/reports", params=query).json()["rows"]]

        assert ids(place="gavar") == ["gavar-1", "gavar-2"]
        assert ids(source="kesran") == ["kesran-1"]
        assert ids(country="GE") == ["tbilisi-1"]
        assert ids(q="nothing") == []
        assert ids(place="gavar", limit=1, cursor="gavar-1") == ["gavar-2"]
        assert client.get("/api/v1/reports", params={"since": "soon"}).status_code == 400


def test_every_list_and_record_is_told_as_it_stood(tmp_path: Path) -> None:
    with served(tmp_path, *placed_reports()) as client:
        for path in ("/api/v1/reports", "/api/v1/incidents"):
            assert client.get(path, params={"as_of": "2000-01-01"}).json()["total"] == 0
            assert client.get(path, params={"as_of": "2999-01-01"}).json()["total"] > 1
        then = client.get("/api/v1/reports", params={"as_of": "2999-01-01", "place": "gavar"}).json()
        now = client.get("/api/v1/reports", params={"place": "gavar"}).json()
        assert then["rows"] == now["rows"]
        assert client.get("/api/v1/reports/gavar-1", params={"as_of": "2000-01-01"}).status_code == 404
        assert client.get("/api/v1/reports/gavar-1", params={"as_of": "2999-01-01"}).json()["id"] == "gavar-1"


def test_the_pages_cannot_write_to_the_casebook(tmp_path: Path) -> None:
    from counterclaim.errors import CasebookError

    with Casebook(tmp_path / "book.db") as book:
        book.add(coded_report())
    desk = Desk(tmp_path / "book.db", assemble, cache=tmp_path / "cache")
    with desk.book() as book, pytest.raises(CasebookError):
        book.add(opposed_reports())
    desk.close()


def test_an_index_is_kept_for_the_next_start_and_built_anew_once_something_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    built: list[str] = []

    def counted(book: Casebook, as_of: str) -> Any:
        built.append(as_of)
        return assemble(book, as_of)

    with Casebook(path) as book:
        book.add(coded_report())
    for _ in range(2):
        desk = Desk(path, counted, cache=tmp_path / "cache")
        assert desk.index().get("nothing") is None
        desk.close()
    assert built == [""]
    with Casebook(path) as book:
        book.add(opposed_reports())
    desk = Desk(path, counted, cache=tmp_path / "cache")
    assert desk.is_current(desk.index())
    assert built == ["", ""]
    desk.close()


def test_readers_get_the_older_index_while_a_new_one_takes_long(tmp_path: Path) -> None:
    import threading

    path = tmp_path / "book.db"
    free = threading.Event()
    free.set()

    def slow(book: Casebook, as_of: str) -> Any:
        found = list(assemble(book, as_of))
        assert free.wait(20)
        return found

    with Casebook(path) as book:
        book.add(coded_report())
    desk = Desk(path, slow, cache=tmp_path / "cache", patience=0.01)
    old = desk.index()
    free.clear()
    with Casebook(path) as book:
        book.add(opposed_reports())
    assert desk.index() is old
    assert not desk.is_current(old)
    free.set()
    while desk.index() is old:
        pass
    assert len(desk.index().of_report("orvan-1")) == 1
    desk.close()


def test_many_readers_at_once_each_get_their_own_answer(client: Client) -> None:
    from concurrent.futures import ThreadPoolExecutor

    reports = ["orvan-1", "kesran-1", "r1"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda id: client.get(f"/api/v1/reports/{id}").json()["id"], reports))
        totals = set(pool.map(lambda _: client.get("/api/v1/incidents?q=o").json()["total"], range(24)))
    assert answers == reports
    assert len(totals) == 1


def test_an_index_that_is_damaged_or_cannot_be_kept_is_only_built_again(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    with Casebook(path) as book:
        book.add(coded_report())
    desk = Desk(path, assemble, cache=tmp_path / "cache")
    desk.index()
    desk.close()
    [kept] = (tmp_path / "cache").iterdir()
    # As an older program may have kept it.
    with closing(sqlite3.connect(kept)) as older:
        older.execute("DELETE FROM about WHERE key <> 'stamp'")
        older.commit()
    desk = Desk(path, assemble, cache=tmp_path / "cache")
    assert len(desk.index().of_report("r1")) == 1
    desk.close()
    kept.write_bytes(b"no index")
    for cache in (tmp_path / "cache", kept):
        desk = Desk(path, assemble, cache=cache)
        assert len(desk.index().of_report("r1")) == 1
        desk.close()


def test_who_denies_the_act_stands_in_the_chart_and_the_incident_is_contested(tmp_path: Path) -> None:
    with served(tmp_path, *placed_reports(), denying_report()) as client:
        [row] = client.get("/api/v1/incidents", params={"place": "gavar"}).json()["rows"]
        assert row["contested"]
        page = client.get(f"/incidents/{row['id']}").text
        assert "Azerbaijani Defence Ministry denies: shells hit Gavar on Monday. 2024-03-05" in page
        assert page.count("denies it") == 1


def test_the_lists_of_sources_and_actors_say_how_often_and_lead_on(client: Client) -> None:
    sources = client.get("/sources").text
    assert re.search(r"Orvan Defence Ministry</a></td><td class=\"n\">1</td>", sources)
    assert "Contradicted" in sources
    assert "Claims of its losses" in client.get("/actors").text


def test_a_timeline_shows_its_gaps(tmp_path: Path) -> None:
    from counterclaim.serving.pages import _unbroken

    assert _unbroken(["2015", "2018"]) == ["2015", "2016", "2017", "2018"]
    assert _unbroken(["2023-11", "2024-02"]) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert _unbroken(["2024-02-28", "2024-03-01"]) == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert _unbroken(["0990", "2020"]) == ["0990", "2020"]
    assert _unbroken([]) == []
