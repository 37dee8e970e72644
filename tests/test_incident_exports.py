"""Incidents in the formats of other tools: columns in order, numbers that add up, losses told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.casebook import Casebook
from counterclaim.cli import main
from counterclaim.errors import UsageError
from counterclaim.exporting.incidents import Loss, Settled, export_incidents, incident_exporter, losses_csv
from counterclaim.exporting.incidents.ucdp_ged import ged_id, priogrid
from counterclaim.linking.incident import Estimate, Incident, IncidentPlace, Range
from counterclaim.records import Acled, Actor, Claim, ClaimLinks, CodedReport, Event, Plover

TEXT = "Rebels of the Red Front shelled the town of Vel, killing 12 people, nine of them soldiers."


def report(**changed: object) -> CodedReport:
    given: dict[str, object] = {
        "id": "vel-1",
        "text": TEXT,
        "title": "=Shells on Vel",
        "outlet": "Vel Post",
        "published": "2024-03-02",
        "sentences": ((0, len(TEXT)),),
        "actors": (
            Actor(id="a1", name="Red Front", kind="armed_group", sector="REB"),
            Actor(id="a2", name="army", kind="military", country="AM", country_name="Armenia", sector="MIL"),
        ),
        "claims": (
            Claim(
                id="c1",
                start=49,
                end=66,
                evidence=TEXT[49:66],
                sentence=0,
                harm="killed",
                quantity="12",
                min=12,
                max=12,
                source="the mayor",
                source_kind="named",
                links=ClaimLinks(perpetrator_actor="a1", victim_actor="a2", event="e1"),
            ),
        ),
        "events": (
            Event(
                id="e1",
                start=0,
                end=47,
                trigger=(24, 31),
                sentence=0,
                plover=Plover(type="ASSAULT", mode="heavy-weapons"),
                acled=Acled(
                    event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"
                ),
                ucdp_violence=1,
                actor=("a1",),
                recipient=("a2",),
                claims=("c1",),
            ),
        ),
    }
    return CodedReport(**(given | changed))  # type: ignore[arg-type]


def incident(**changed: object) -> Incident:
    killed = Estimate(low=9, best=12, high=14, by={"Armenia": Range(best=9), "civilian": Range(best=2)})
    given: dict[str, object] = {
        "id": "i1",
        "title": "Shelling, Vel, 2024-03-01",
        "from_": "2024-03-01",
        "to": "2024-03-01",
        "date_prec": 1,
        "place": IncidentPlace(name="Vel", lat=39.5, lon=46.3, country="AM", admin1="Syunik", where_prec=1),
        "reports": ("vel-1",),
        "claims": (("vel-1", "c1"),),
        "events": (("vel-1", "e1"),),
        "estimates": {"ucdp": {"killed": killed, "injured": Estimate(low=3, best=3, high=3)}},
    }
    return Incident(**(given | changed))  # type: ignore[arg-type]


def written(format: str, one: Incident, *reports: CodedReport) -> tuple[bytes, list[tuple[str, str, str]]]:
    out = io.BytesIO()
    losses = export_incidents(out, format, [Settled(one, {r.id: r for r in reports or (report(),)}, "ucdp")])
    return out.getvalue(), [tuple(loss) for loss in losses]  # type: ignore[misc]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_a_ucdp_row_has_49_columns_and_deaths_that_add_up_to_the_best_estimate() -> None:
    data, losses = written("ucdp-ged", incident())
    (row,) = rows(data)
    assert len(row) == 49
    assert list(row)[:6] == ["id", "relid", "year", "active_year", "code_status", "type_of_violence"]
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == ("Red Front", "Government of Armenia", "1")
    parts = [int(row[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown")]
    assert parts == [0, 9, 2, 1]
    assert (row["low"], row["best"], row["high"]) == ("9", "12", "14")
    assert (row["country"], row["country_id"], row["gwnob"], row["gwnoa"]) == ("Armenia", "371", "371", "")
    assert row["geom_wkt"] == "POINT (46.3 39.5)"
    assert ("i1", "injured", "UCDP has no column for it") in losses


def test_priogrid_cells_count_from_the_south_west_in_rows_of_720() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(-89.9, 179.9) == 720
    # A row of UCDP GED: 34.802462 N, 36.707602 E lies in cell 179714.
    assert priogrid(34.802462, 36.707602) == 179714
    assert priogrid(90, 180) == 360 * 720


def test_an_incident_without_deaths_or_doer_is_no_ucdp_event_and_the_losses_say_so() -> None:
    data, losses = written("ucdp-ged", incident(estimates={}))
    assert rows(data) == []
    assert any(one[0] == "i1" and "death" in one[2] for one in losses)
    nobody = report(events=(), claims=())
    data, losses = written("ucdp-ged", incident(events=(), claims=()), nobody)
    assert rows(data) == []
    assert any("nobody says who did it" in one[2] for one in losses)


def test_an_acled_row_has_31_columns_and_says_where_fatalities_are_unknown() -> None:
    (row,) = rows(written("acled", incident())[0])
    assert len(row) == 31
    assert (row["event_type"], row["disorder_type"]) == ("Explosions/Remote violence", "Political violence")
    assert (row["fatalities"], row["tags"], row["iso"]) == ("9", "", "51")
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("2", "1", "12")
    assert row["event_id_cnty"] == f"ARM{ged_id('i1')}"
    (row,) = rows(written("acled", incident(estimates={}))[0])
    assert (row["fatalities"], row["tags"]) == ("0", "fatalities=unknown")


def test_hxl_has_a_row_of_tags_with_low_and_high() -> None:
    tags, row = rows(written("hxl", incident())[0])
    assert all(tag.startswith("#") for tag in tags.values())
    assert tags["killed_low"] == "#affected+killed+min"
    assert (row["killed_low"], row["killed_best"], row["killed_high"], row["injured_best"]) == ("9", "12", "14", "3")


def test_a_country_level_incident_is_no_pin_in_geojson() -> None:
    place = IncidentPlace(name="Armenia", lat=40.0, lon=45.0, country="AM", where_prec=6)
    feature = json.loads(written("incidents-geojson", incident(place=place))[0])["features"][0]
    assert feature["properties"]["pin"] is False
    assert feature["properties"]["killed_estimate_best"] == 12
    feature = json.loads(written("incidents-geojson", incident(place=None))[0])["features"][0]
    assert feature["geometry"] is None


def test_incident_lines_give_the_record_back() -> None:
    assert Incident.from_json(written("incidents-jsonl", incident())[0]) == incident()


def test_text_that_a_spreadsheet_would_run_is_guarded() -> None:
    (row,) = rows(written("ucdp-ged", incident())[0])
    assert row["source_headline"].startswith("'=")


@pytest.mark.parametrize("name", ["ucdp-ged", "acled", "hxl"])
def test_every_column_has_a_meaning_and_standing_losses_are_told(name: str) -> None:
    exporter = incident_exporter(name)
    meanings = list(csv.reader(io.StringIO(exporter.dictionary())))[1:]
    (header, *_) = list(csv.reader(io.StringIO(written(name, incident())[0].decode())))
    assert [column for column, *_ in meanings] == header
    assert all(meaning for *_, meaning in meanings)
    losses: list[Loss] = []
    list(exporter.chunks([], losses))
    assert losses
    assert losses_csv(losses).startswith(b"incident,what,why")


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="ucdp-ged"):
        incident_exporter("ged")


def test_the_command_writes_the_table_its_dictionary_and_its_losses(tmp_path: Path) -> None:
    book, out = tmp_path / "b.db", tmp_path / "ged.csv"
    with Casebook(book) as held:
        held.add(report())
    done = CliRunner().invoke(main, ["export", "ucdp-ged", "--casebook", str(book), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "by the rule ucdp" in done.output
    assert out.read_text().startswith("id,relid,year,")
    assert (tmp_path / "ged.dictionary.csv").read_text().startswith("column,type,unit,meaning")
    assert (tmp_path / "ged.losses.csv").read_text().startswith("incident,what,why")
    done = CliRunner().invoke(main, ["export", "jsonl", "--casebook", str(book), "--as-of", "2024-03-05"])
    assert done.exit_code == 2
    assert "are for formats of incidents" in done.output


def test_the_doer_of_the_claims_is_side_a_and_denied_acts_count_nothing() -> None:
    told = report()
    denied = Event(
        id="e2",
        start=0,
        end=47,
        trigger=(24, 31),
        sentence=0,
        plover=Plover(type="ASSAULT"),
        actor=("a2",),
        recipient=("a1",),
        reality="negated",
    )
    twice = report(events=(denied, denied, *told.events))
    one = incident(events=(("vel-1", "e2"), ("vel-1", "e1")))
    (pair,) = Settled(one, {"vel-1": twice}, "ucdp").dyads()
    assert (pair[0].name, pair[1].name if pair[1] else "") == ("Red Front", "army")
