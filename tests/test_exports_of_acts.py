"""PLOVER, CAMEO, Parquet, GeoPackage and the dossier: what each holds, in the shape its readers know."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from counterclaim.errors import MissingExtra
from counterclaim.exporting import EXPORTERS, export_to, extra
from counterclaim.exporting.dictionaries import dictionary_of, left_out_of
from counterclaim.exporting.incidents import INCIDENT_EXPORTERS, Loss, Settled, incident_exporter
from counterclaim.linking.incident import Estimate, Incident, IncidentPlace, Relation, Weighed
from counterclaim.records import CodedReport
from counterclaim.serving.settling import ready
from tests.test_incident_exports import incident, report, written


def rows(data: bytes, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode()), delimiter=delimiter, quoting=csv.QUOTE_NONE))


def coded_in_cameo() -> CodedReport:
    told = report()
    return replace(told, events=tuple(replace(event, cameo="194") for event in told.events))


def test_plover_lines_have_the_manuals_fields_and_leave_out_what_did_not_happen() -> None:
    told = report()
    planned = replace(told.events[0], id="e9", reality="planned")
    both = replace(told, events=(*told.events, planned))
    one = incident(events=(("vel-1", "e1"), ("vel-1", "e9")))
    data, losses = written("plover", one, both)
    [line] = data.splitlines()
    found = json.loads(line)
    assert (found["event"], found["link"], found["date"], found["quad_code"]) == (["ASSAULT"], "i1", "2024-03-01", 4)
    assert found["actor"][0]["identifier_text"] == "Red Front"
    assert found["recipient"][0]["code"] == "ARM"
    start, end = found["text_info"]["start"], found["text_info"]["end"]
    assert found["event_text"] == [both.text[start:end]]
    assert ("i1", "1 act", "planned: PLOVER has no such mark") in losses


def test_cameo_has_gdelts_61_columns_and_counts_the_tellings_of_one_act() -> None:
    first = coded_in_cameo()
    second = replace(first, id="vel-2", outlet="Bulletin")
    one = incident(reports=("vel-1", "vel-2"), events=(("vel-1", "e1"), ("vel-2", "e1")))
    [row] = rows(written("cameo", one, first, second)[0])
    assert len(row) == 61
    assert list(row)[:5] == ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    assert list(row)[25:35] == [
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
        *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    ]
    assert list(row)[-2:] == ["DATEADDED", "SOURCEURL"]
    assert (row["SQLDATE"], row["MonthYear"], row["FractionDate"]) == ("20240301", "202403", "2024.2493")
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("2", "2", "2")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("194", "19", "4")
    assert (row["Actor2CountryCode"], row["Actor2Type1Code"]) == ("ARM", "MIL")


def test_no_cell_of_a_tab_separated_table_breaks_its_row() -> None:
    told = coded_in_cameo()
    actors = tuple(replace(actor, name=f"=1+1\t{actor.name}\r\nX") for actor in told.actors)
    data, _ = written("cameo", incident(), replace(told, actors=actors))
    [row] = rows(data)
    assert row["Actor1Name"].startswith("'=1+1 ")
    assert None not in row


def test_parquet_keeps_types_and_claims(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data, _ = written("parquet", incident())
    table = parquet.read_table(io.BytesIO(data))
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["from"], types["killed_estimate_low"], types["latitude"]) == ("date32[day]", "int64", "double")
    assert (types["pin"], types["reports"]) == ("bool", "list<element: string>")
    [row] = table.to_pylist()
    assert (row["killed_estimate_best"], row["missing_estimate_best"]) == (12, None)
    [claim] = row["claims"]
    assert claim["evidence"] == report().claims[0].evidence
    meanings = list(csv.DictReader(io.StringIO(incident_exporter("parquet").dictionary())))
    named = {line["column"] for line in meanings}
    assert {*types} - {"claims"} <= named
    assert {f"claims[].{field}" for field in claim} <= named


def test_a_geopackage_keeps_places_apart_from_wide_areas(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    wide = incident(id="i2", place=IncidentPlace(name="Armenia", lat=40.0, lon=45.0, country="AM", where_prec=6))
    nowhere = incident(id="i3", place=None, from_=None, to=None)
    losses: list[Loss] = []
    given = (Settled(one, {"vel-1": report()}, "ucdp") for one in (incident(), wide, nowhere))
    path = tmp_path / "made.gpkg"
    path.write_bytes(b"".join(incident_exporter("geopackage").chunks(given, losses)))
    assert {name for name, _ in pyogrio.list_layers(path)} == {"incidents", "incidents_wide"}
    about, _, points, fields = pyogrio.raw.read(path, layer="incidents")
    assert (about["crs"], len(points)) == ("EPSG:4326", 1)
    values = dict(zip(about["fields"], fields, strict=True))
    assert (values["incident"][0], values["killed_estimate_best"][0], bool(values["pin"][0])) == ("i1", 12, True)
    _, _, points, _ = pyogrio.raw.read(path, layer="incidents_wide")
    assert [point is None for point in points] == [False, True]
    assert ("i3", "geometry", "no place is known") in losses


def dossier(one: Incident, *reports: CodedReport, named: bool = True) -> str:
    held = {each.id: each for each in reports or (report(),)}
    given = ready([one], held, "ucdp", named=named)
    return b"".join(incident_exporter("dossier").chunks(given, [])).decode()


def test_a_dossier_quotes_the_words_of_each_claim_and_shows_what_they_counted_for() -> None:
    weighed = Weighed(claim=("vel-1", "c1"), weight=0.5, reason="an unnamed source")
    killed = Estimate(low=9, best=12, high=14, trace=(weighed,), rule="ucdp/1", why="best by the lower of two")
    denial = Relation(claims=(("vel-1", "c1"), ("vel-1", "c1")), kind="denies", why="says that nobody died")
    page = dossier(incident(estimates={"ucdp": {"killed": killed}}, relations=(denial,)))
    claim = report().claims[0]
    assert f"<mark>{claim.evidence}</mark>" in page
    assert "12 (9–14)" in page
    assert re.search(r">C1</td><td><b>0\.5</b> an unnamed source", page)
    assert "says that nobody died" in page
    assert "@page" in page
    assert "http" not in re.sub(r"<span class=\"url\">.*?</span>", "", page)


def test_markup_in_a_report_is_text_in_a_dossier() -> None:
    page = dossier(incident(title="<script>run()</script>"), report(title="<img src=x onerror=run()>"))
    assert "<script" not in page
    assert "<img" not in page


def test_every_format_of_reports_has_a_dictionary_that_knows_each_field() -> None:
    whole = report()
    named = {re.split(r"[.\[]", line["column"])[0] for line in csv.DictReader(io.StringIO(dictionary_of("jsonl")))}
    assert named == set(whole.to_dict())
    fields = {line["column"] for line in csv.DictReader(io.StringIO(dictionary_of("jsonl")))}
    for layer in ("actors", "places", "times", "attributions", "claims", "events"):
        for name in getattr(whole, layer)[0].to_dict() if getattr(whole, layer) else ():
            assert {f"{layer}[].{name}", f"{layer}[].{name}[]"} & fields, (layer, name)
    out = io.BytesIO()
    export_to(out, "geojson", [whole])
    told = {line["column"] for line in csv.DictReader(io.StringIO(dictionary_of("geojson")))}
    for feature in json.loads(out.getvalue())["features"]:
        assert set(feature["properties"]) <= told
    for one in EXPORTERS:
        assert dictionary_of(one.name).startswith("column,type,unit,meaning")
        assert one.name == "jsonl" or left_out_of(one.name)


def test_every_format_has_a_dictionary_and_says_what_it_lost() -> None:
    for one in INCIDENT_EXPORTERS:
        lines = list(csv.reader(io.StringIO(one.dictionary())))
        assert lines[0] == ["column", "type", "unit", "meaning"], one.name
        assert all(line[0] and line[1] and line[3] for line in lines[1:]), one.name
        losses: list[Loss] = []
        if one.name not in ("geopackage", "parquet", "dossier-pdf"):
            list(one.chunks([], losses))
            assert losses, one.name


@pytest.mark.parametrize(("name", "said"), [("parquet", "formats"), ("geopackage", "geo"), ("dossier-pdf", "pdf")])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(module: str) -> Any:
        raise ImportError(module)

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(MissingExtra, match=rf"counterclaim\[{said}\]"):
        list(incident_exporter(name).chunks([], []))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("name", ["ucdp-ged", "acled", "hxl", "cameo", "beside"])
def test_no_text_is_a_formula_and_numbers_stay_numbers(name: str, first: str) -> None:
    hostile = f"{first}cmd|'/c calc'!A1"
    told = replace(coded_in_cameo(), title=hostile, outlet=hostile)
    told = replace(
        told,
        actors=tuple(
            replace(actor, name=f"{hostile} {actor.id}", country=None, kind="armed_group") for actor in told.actors
        ),
        claims=tuple(replace(claim, source=hostile) for claim in told.claims),
    )
    place = IncidentPlace(name=hostile, lat=-39.5, lon=-46.3, country="AM", admin1=hostile, where_prec=1)
    data, losses = written(name, incident(title=hostile, place=place), told)
    table = rows(data) if name == "cameo" else list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    cells = [cell for row in table for cell in row.values() if cell]
    assert not [cell for cell in cells if cell[0] in "=+@\t\r\n＝＋－＠"]
    assert all(float(cell) < 0 for cell in cells if cell[0] == "-")
    if name in ("ucdp-ged", "acled", "hxl"):
        assert {"-39.5", "-46.3"} <= set(cells)
    assert all(loss[0] not in "=+-@" for one in losses for loss in one if loss)
