"""Exports say what the coded reports say: no number changed, no unknown made up, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.casebook import Casebook
from counterclaim.casebook.ties import claim_entries, event_entries
from counterclaim.errors import UsageError
from counterclaim.exporting import CLAIMS_CSV, EVENTS_CSV, EXPORTERS, Exporter, data_dictionary, export_to, exporter
from counterclaim.exporting.csv_table import guarded
from counterclaim.records import Actor, ClaimLinks, CodedReport, Place
from tests.casebook_reports import TEXT, bare, claim, coded_report, event


def written(format: str | Exporter, *codings: CodedReport) -> bytes:
    out = io.BytesIO()
    assert export_to(out, format, codings) == len(codings)
    return out.getvalue()


def rows(format: str | Exporter, *codings: CodedReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(format, *codings).decode("utf-8"), newline="")))


def features(*codings: CodedReport) -> list[dict[str, Any]]:
    collection = json.loads(written("geojson", *codings))
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    return found


def place(**fields: Any) -> Place:
    base: dict[str, Any] = {"id": "p1", "start": 11, "end": 16, "text": "Kesra", "name": "Kesra", "kind": "settlement"}
    return Place(**{**base, **fields})


def test_json_lines_are_the_contract() -> None:
    reports = (coded_report("a"), coded_report("b", "Ünï 🙂 \u2028 text"))
    lines = written("jsonl", *reports).split(b"\n")
    assert lines.pop() == b""
    assert tuple(CodedReport.from_json(line) for line in lines) == reports


def test_a_claim_is_a_row_with_what_its_links_stand_for() -> None:
    (row,) = rows("claims-csv", coded_report(outlet="Post", published="2024-03-05"))
    expected = {
        "report": "r1",
        "claim": "c1",
        "outlet": "Post",
        "harm": "killed",
        "claimed_figure": "≥12",
        "claimed_min": "12",
        "claimed_max": "",
        "approx": "no",
        "source": "the Orvan army",
        "source_country": "OR",
        "place_name": "Kesra",
        "place_lat": "-1.5",
        "place_lon": "40.25",
        "place_precision": "1",
        "date_from": "2024-03-04",
        "evidence": "At least 12 villagers were killed",
    }
    assert {name: row[name] for name in expected} == expected


def test_zero_stays_zero_and_unknown_stays_empty() -> None:
    none_hurt = claim(min=0, max=0)
    unknown = claim(id="c2", min=None, vague="dozens", links=ClaimLinks())
    first, second = rows("claims-csv", coded_report(claims=(none_hurt, unknown)))
    assert (first["claimed_min"], first["claimed_max"]) == ("0", "0")
    assert (second["claimed_min"], second["claimed_max"], second["place_lat"]) == ("", "", "")


def test_an_event_is_a_row_with_its_parties_in_order() -> None:
    actors = (
        Actor(id="a1", name="Orvan army", kind="military", country="OR"),
        Actor(id="a2", name="volunteers", kind="armed_group"),
        Actor(id="a3", name="villagers", kind="civilians", country="KE"),
    )
    coded = coded_report(actors=actors, events=(event(actor=("a1", "a2"), recipient=("a3",)),))
    (row,) = rows("events-csv", coded)
    assert (row["actors"], row["actor_countries"], row["recipients"]) == (
        "Orvan army | volunteers",
        "OR | ",
        "villagers",
    )
    assert (row["source"], row["stance"], row["evidence"]) == (TEXT[63:77], "asserts", TEXT[:26])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 (555)", "'+1 (555)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("- a dash of a list", "'- a dash of a list"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ("+1,200.50", "+1,200.50"),
        ("'quoted'", "'quoted'"),
        ("at x=1", "at x=1"),
        ("", ""),
    ],
)
def test_no_cell_is_run_by_a_spreadsheet_and_no_number_is_touched(text: str, cell: str) -> None:
    assert guarded(text) == cell
    (row,) = rows("claims-csv", coded_report(claims=(claim(victims=text),)))
    assert row["victims"] == cell


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r5a"), max_size=6))
def test_a_guard_can_be_taken_off_again(text: str) -> None:
    cell = guarded(text)
    assert cell == text or (cell[0] == "'" and cell[1:] == text)
    assert guarded(cell) != cell or cell == text


@given(st.text(max_size=40))
def test_any_text_survives_the_csv(text: str) -> None:
    (row,) = rows(replace(CLAIMS_CSV, guard=False), coded_report(claims=(claim(evidence=text),)))
    assert row["evidence"] == text


def test_the_byte_order_mark_is_there_when_asked_for() -> None:
    assert written(replace(CLAIMS_CSV, bom=True), bare()).startswith(b"\xef\xbb\xbfreport,")
    assert written("claims-csv", bare()).startswith(b"report,")


@pytest.mark.parametrize("table", [CLAIMS_CSV, EVENTS_CSV])
def test_the_dictionary_explains_every_column_and_claimed_numbers_say_so(table: Any) -> None:
    explained = {row["column"]: row for row in csv.DictReader(io.StringIO(data_dictionary(table), newline=""))}
    header = written(table, bare()).decode("utf-8").strip().split(",")
    assert list(explained) == header
    assert all(row["type"] and row["meaning"] for row in explained.values())
    assert not {"min", "max", "best", "low", "high", "killed"} & set(header)


def test_every_column_finds_its_value() -> None:
    coded = coded_report()
    for table, entry in ((CLAIMS_CSV, next(claim_entries(coded))), (EVENTS_CSV, next(event_entries(coded)))):
        for column in table.columns:
            value = column.of(entry)
            assert value is None or isinstance(value, {
                "text": str, "date": str, "integer": int, "number": float, "yes/no": bool, "list": tuple
            }[column.type]), column.name  # fmt: skip


def test_claims_and_events_are_put_where_their_place_is() -> None:
    told, act = features(coded_report())
    assert (told["id"], act["id"]) == ("r1/c1", "r1/e1")
    assert told["geometry"] == act["geometry"] == {"type": "Point", "coordinates": [40.25, -1.5]}
    assert (told["properties"]["record"], act["properties"]["record"]) == ("claim", "event")
    assert told["properties"]["pin"] is True
    assert told["properties"]["claimed_max"] is None


@pytest.mark.parametrize(
    "fields", [{}, {"lat": 1.0}, {"lat": 91.0, "lon": 0.0}, {"lat": float("nan"), "lon": 0.0}, {"kind": "unresolved"}]
)
def test_what_has_no_coordinates_is_not_put_anywhere(fields: dict[str, Any]) -> None:
    for feature in features(coded_report(places=(place(**fields),))):
        assert feature["geometry"] is None
        assert feature["properties"]["pin"] is False


@pytest.mark.parametrize(("precision", "pin"), [(1, True), (2, True), (3, False), (6, False), (None, False)])
def test_a_country_is_not_a_pin(precision: int | None, pin: bool) -> None:
    for feature in features(coded_report(places=(place(lat=1.0, lon=2.0, precision=precision),))):
        assert feature["geometry"] is not None
        assert feature["properties"]["pin"] is pin
        assert feature["properties"]["place_precision"] == precision


@pytest.mark.parametrize("format", [one.name for one in EXPORTERS])
def test_every_format_takes_nothing_an_empty_report_and_half_a_surrogate_pair(format: str) -> None:
    written(format)
    written(format, bare(text=""))
    out = written(format, coded_report(title="\ud800"))
    out.decode("utf-8")
    if format == "geojson":
        json.loads(out)


def test_a_text_stream_takes_an_export_too() -> None:
    out = io.StringIO()
    export_to(out, "claims-csv", [coded_report(title="Ünï")])
    assert "Ünï" in out.getvalue()


def test_a_casebook_is_exported_under_its_own_ids(tmp_path: Path) -> None:
    with Casebook(tmp_path / "my.db") as casebook:
        casebook.add([coded_report(url="https://a.example"), coded_report(url="https://b.example", outlet="B")])
        assert export_to(tmp_path / "out.csv", "claims-csv", casebook.coded_reports()) == 2
        ids = {entry.id for entry in casebook.reports()}
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["report"] for row in csv.DictReader(stream)} == ids


def test_formats_are_named_once_and_an_unknown_one_is_refused() -> None:
    names = [one.name for one in EXPORTERS]
    assert len(names) == len(set(names))
    assert all(exporter(name).extension.startswith(".") and exporter(name).description for name in names)
    with pytest.raises(UsageError, match="claims-csv"):
        exporter("xls")
