"""Rows of UCDP GED and ACLED as reports of record: what they claim, what is refused, and what they leave alone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook
from counterclaim.checking import violations
from counterclaim.cli import EXIT_ALL_REJECTED, EXIT_OK, EXIT_SOME_REJECTED, main
from counterclaim.errors import EmptyReport, MalformedRecord, NotText
from counterclaim.estimating import estimate
from counterclaim.linking import link
from counterclaim.linking.beside import ALONE, beside, distance
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import CodedReport, Recorded
from tests.serving_incidents import placed_reports

GED = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,country_id,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high,source_article\n"
)
ROW = (
    "7,3,Government of Azerbaijan,Civilians,1,Gavar town,Gegharkunik,,40.36,45.13,Armenia,371,1,2024-03-04,2024-03-04,"
    '0,0,9,2,8,11,15,"""Wire,2024-03-05,Shells"""\n'
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,"
    "civilian_targeting,iso,country,admin1,admin2,location,latitude,longitude,geo_precision,source,notes,fatalities\n"
)
EVENT = (
    "ARM12,04 March 2024,2024,1,Explosions/Remote violence,Shelling/artillery/missile attack,Military Forces,"
    "State forces,Civilians (Armenia),Civilians,Civilian targeting,51,Armenia,Gegharkunik,,"
    "Gavar,40.36,45.13,1,Wire,Shells fell.,11\n"
)


def read(folder: Path, text: str, kind: str = "auto", name: str = "table.csv") -> list[CodedReport | Reject]:
    path = folder / name
    path.write_text(text, "utf-8")
    found = list(read_inputs([path], kind))
    return [one.coded if isinstance(one, Recorded) else one for one in found]  # type: ignore[misc]


def test_a_ged_row_becomes_three_claims_of_ucdps_coders_marked_as_a_record(tmp_path: Path) -> None:
    [coded] = read(tmp_path, GED + ROW)
    assert isinstance(coded, CodedReport)
    assert violations(coded) == []
    assert [(claim.min, claim.max) for claim in coded.claims] == [(11, 11), (8, None), (None, 15)]
    assert {claim.source for claim in coded.claims} == {"UCDP coders"}
    assert {claim.perpetrator for claim in coded.claims} == {"Government of Azerbaijan"}
    assert coded.is_record
    assert (coded.id, coded.outlet, coded.warnings[0].code) == ("ucdp-ged-7", "UCDP GED", "record")
    assert (coded.places[0].country, coded.actors[0].country) == ("AM", "AZ")
    assert (coded.events[0].ucdp_violence, coded.times[0].from_) == (3, "2024-03-04")


def test_an_acled_row_claims_its_figure_and_nothing_where_that_is_0(tmp_path: Path) -> None:
    found = read(tmp_path, ACLED + EVENT + EVENT.replace("ARM12", "ARM13").replace(",11\n", ",0\n"))
    coded, unknown = found
    assert isinstance(coded, CodedReport)
    assert isinstance(unknown, CodedReport)
    assert violations(coded) == violations(unknown) == []
    assert [(claim.min, claim.max, claim.victim_kind) for claim in coded.claims] == [(11, 11, "civilian")]
    assert coded.times[0].from_ == "2024-03-04"
    assert unknown.claims == ()
    assert unknown.events[0].acled == coded.events[0].acled


@pytest.mark.parametrize(
    ("text", "kind", "error", "says"),
    [
        ("id,name\n1,a\n", "ucdp-ged", MalformedRecord, "lacks type_of_violence"),
        (GED, "ucdp-ged", EmptyReport, "without a row"),
        (ACLED, "ucdp-ged", MalformedRecord, "not UCDP GED's table"),
        (GED + ROW, "acled", MalformedRecord, "not ACLED's table"),
        (GED.replace("adm_1", "best") + ROW, "ucdp-ged", MalformedRecord, "two columns"),
        ("", "acled", MalformedRecord, "lacks event_id_cnty"),
    ],
)
def test_another_table_is_refused_with_what_it_lacks(
    tmp_path: Path, text: str, kind: str, error: type[Exception], says: str
) -> None:
    [reject] = read(tmp_path, text, kind)
    assert isinstance(reject, Reject)
    assert isinstance(reject.error, error)
    assert re.search(says, str(reject.error))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("8,11,15", "eight,11,15"), "low"),
        (("8,11,15", "8,,15"), "are needed"),
        (("8,11,15", "8,-1,15"), "best"),
        (("8,11,15", "8,11.5,15"), "best"),
        (("2024-03-04,2024-03-04", "2024-03-04,2024-02-31"), "date_end"),
        (("2024-03-04,2024-03-04", "2024-03-04,2024-03-01"), "before"),
        (("40.36", "140.36"), "no point on earth"),
        (("7,3,", "7,9,"), "type_of_violence"),
        (("7,3,", ",3,"), "id is empty"),
        (("Armenia,371", "Armenia"), "cells"),
    ],
)
def test_a_broken_row_is_a_reject_with_its_line_and_the_others_go_on(
    tmp_path: Path, changed: tuple[str, str], says: str
) -> None:
    bad = ROW.replace(*changed)
    assert bad != ROW
    found = read(tmp_path, GED + bad + ROW.replace("7,3,", "8,3,"))
    reject, good = found
    assert isinstance(reject, Reject)
    assert reject.source.endswith("table.csv:2")
    assert says in str(reject.error)
    assert isinstance(good, CodedReport)


def test_bytes_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_bytes(GED.encode() + ROW.replace("Gavar", "Gávar").encode("latin-1"))
    [*_, last] = read_inputs([path], "ucdp-ged")
    assert isinstance(last, Reject)
    assert isinstance(last.error, NotText)


def test_a_packed_table_with_semicolons_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv.gz"
    text = (GED + ROW.replace('"""Wire,2024-03-05,Shells"""', "Wire")).replace(",", ";")
    path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    [one] = read_inputs([path], "ucdp-ged")
    assert isinstance(one, Recorded)


def test_our_own_export_is_not_taken_for_ucdps_work(tmp_path: Path) -> None:
    [coded] = read(tmp_path, GED.replace("id,", "id,code_status,", 1) + ROW.replace("7,", "7,machine-coded,", 1))
    assert isinstance(coded, CodedReport)
    assert coded.outlet == "UCDP GED columns"
    assert {claim.source for claim in coded.claims} == {"Machine coders"}


def test_records_make_no_incident_and_change_no_estimate_but_lie_beside(tmp_path: Path) -> None:
    ours = placed_reports()
    found = read(tmp_path, GED + ROW + ROW.replace("7,3,", "8,3,").replace("40.36,45.13", "39.0,46.5"))
    records = [one for one in found if isinstance(one, CodedReport)]
    reports = {one.id: one for one in (*ours, *records)}
    alone, together = link(ours), link(reports.values())
    assert alone == together
    settled = [estimate(one, reports) for one in together]
    laid = beside(settled, reports, "ucdp")
    [other] = laid.pop(ALONE)
    assert other.report == "ucdp-ged-8"
    [(incident, [record])] = laid.items()
    assert next(one for one in settled if one.id == incident).place.name == "Gavar"  # type: ignore[union-attr]
    assert (record.report, record.low, record.best, record.high) == ("ucdp-ged-7", 8, 11, 15)
    assert "the same day" in record.reason


def test_a_record_of_another_day_or_country_lies_beside_nothing(tmp_path: Path) -> None:
    ours = placed_reports()
    far = (
        ROW.replace("2024-03-04,2024-03-04", "2024-03-09,2024-03-09"),
        ROW.replace("40.36,45.13,Armenia,371", "35.7,51.4,Iran,630"),
    )
    for row in far:
        [record] = read(tmp_path, GED + row)
        assert isinstance(record, CodedReport)
        reports = {one.id: one for one in (*ours, record)}
        assert set(beside([estimate(one, reports) for one in link(ours)], reports, "ucdp")) == {ALONE}


def test_distance_of_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance(40, 45, 41, 45) == pytest.approx(111.2, abs=0.1)


def test_add_imports_a_table_and_export_lays_ours_beside(tmp_path: Path) -> None:
    book, table, out = tmp_path / "b.db", tmp_path / "ged.csv", tmp_path / "beside.csv"
    table.write_text(GED + ROW + ROW.replace("11,15", "x,15"))
    with Casebook(book) as held:
        held.add(placed_reports())
    added = CliRunner().invoke(main, ["add", str(table), "--from", "ucdp-ged", "--casebook", str(book)])
    assert added.exit_code == EXIT_SOME_REJECTED, added.output
    with Casebook.open(book) as held:
        assert held.report("ucdp-ged-7").is_record
        assert held.records() == ["ucdp-ged-7"]
        assert [reject.code for reject in held.rejects()] == ["malformed"]
    again = CliRunner().invoke(main, ["add", str(table), "--from", "ucdp-ged", "--casebook", str(book)])
    assert "1 report known already" in again.output
    done = CliRunner().invoke(main, ["export", "beside", "--casebook", str(book), "-o", str(out)])
    assert done.exit_code == EXIT_OK, done.output
    assert "ucdp-ged-7" in out.read_text()
    table.write_text("a,b\n1,2\n")
    refused = CliRunner().invoke(main, ["add", str(table), "--from", "ucdp-ged", "--casebook", str(book)])
    assert refused.exit_code == EXIT_ALL_REJECTED
    assert "it lacks id, type_of_violence" in refused.output
