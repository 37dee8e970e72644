"""Exports over HTTP: every format by the filters of the list, named, typed, and sent in pieces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from counterclaim.exporting.incidents import INCIDENT_EXPORTERS
from tests.serving_incidents import hostile_report, placed_reports, served

Client = TestClient[Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("served"), *placed_reports(), hostile_report()) as client:
        yield client


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "one", [one for one in INCIDENT_EXPORTERS if one.name != "dossier-pdf"], ids=lambda one: one.name
)
def test_every_format_is_sent_with_its_type_and_a_filename(client: Client, one: Any) -> None:
    if one.name == "geopackage":
        pytest.importorskip("pyogrio")
    answer = client.get(f"/api/v1/exports/{one.name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == one.media_type.split(";")[0]
    disposition = f'attachment; filename="counterclaim-{one.name}{one.extension}"'
    assert answer.headers["content-disposition"] == disposition
    assert answer.content
    dictionary = client.get(f"/api/v1/exports/{one.name}/dictionary")
    assert dictionary.text.startswith("column,type,unit,meaning")
    losses = client.get(f"/api/v1/exports/{one.name}/losses")
    assert losses.text.startswith("incident,what,why")


def test_an_export_has_the_incidents_that_the_list_has(client: Client) -> None:
    for query in ("", "country=GE", "place=gavar", "as_of=2024-03-04", "least=20", "q=nothing+such"):
        listed = {row["id"] for row in client.get(f"/api/v1/incidents?{query}").json()["rows"]}
        found = table(client.get(f"/api/v1/exports/hxl?{query}").text)[1:]
        assert {row["incident"] for row in found} == listed, query


def test_the_rule_and_the_incident_may_be_chosen(client: Client) -> None:
    whole = table(client.get("/api/v1/exports/hxl?rule=range").text)[1:]
    assert {row["rule"] for row in whole} == {"range"}
    id = whole[0]["incident"]
    [row] = table(client.get(f"/api/v1/exports/hxl?incident={id}").text)[1:]
    assert row["incident"] == id
    assert client.get("/api/v1/exports/hxl?rule=none").status_code == 400
    assert client.get("/api/v1/exports/hxl?incident=none").status_code == 404


def test_what_is_wrong_is_told_before_anything_is_sent(client: Client) -> None:
    assert client.get("/api/v1/exports/xls").status_code == 404
    assert "ucdp-ged" in client.get("/api/v1/exports/xls").json()["message"]
    assert client.get("/api/v1/exports/hxl?since=yesterday").status_code == 400


def test_an_unchanged_export_is_not_sent_again(client: Client) -> None:
    tag = client.get("/api/v1/exports/hxl").headers["etag"]
    again = client.get("/api/v1/exports/hxl", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_menu_carries_the_filters_and_an_incident_has_its_dossier(client: Client) -> None:
    page = client.get("/?place=gavar&certain=").text
    assert "/api/v1/exports/ucdp-ged?place=gavar" in page
    assert "/api/v1/exports/ucdp-ged/dictionary" in page
    [row] = client.get("/api/v1/incidents?place=gavar").json()["rows"]
    assert f"/incidents/{row['id']}/dossier" in client.get(f"/incidents/{row['id']}").text
    dossier = client.get(f"/incidents/{row['id']}/dossier")
    assert dossier.status_code == 200
    assert 'href="/dossier.css"' in dossier.text
    assert "<style" not in dossier.text
    assert "<mark>At least 12 villagers were killed</mark>" in dossier.text
    assert client.get("/dossier.css").headers["content-type"].startswith("text/css")
    assert client.get("/incidents/none/dossier").status_code == 404


def test_markup_of_a_report_stays_text_in_a_dossier(client: Client) -> None:
    page = client.get("/api/v1/exports/dossier?names=1").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_formats_are_listed(client: Client) -> None:
    listed = client.get("/api/v1/exports").json()
    assert [one["name"] for one in listed] == [one.name for one in INCIDENT_EXPORTERS]


def test_imported_records_lie_beside_an_incident(tmp_path: Path) -> None:
    from counterclaim.reading import read_inputs
    from counterclaim.records import Recorded
    from tests.test_records_imported import GED, ROW

    path = tmp_path / "ged.csv"
    path.write_text(GED + ROW)
    [record] = read_inputs([path], "ucdp-ged")
    assert isinstance(record, Recorded)
    with served(tmp_path, *placed_reports(), record.coded) as client:
        [found] = client.get("/api/v1/incidents?place=gavar").json()["rows"]
        assert "ucdp-ged-7" in client.get(f"/incidents/{found['id']}").text
        assert "ucdp-ged-7" in client.get(f"/incidents/{found['id']}/dossier").text
        assert client.get("/reports/ucdp-ged-7").status_code == 200
        assert client.get("/api/v1/incidents").json()["total"] == 2
        beside = table(client.get("/api/v1/exports/beside").text)
        assert [row["record"] for row in beside if row["incident"] == found["id"]] == ["ucdp-ged-7"]
