"""The records keep the contract: shapes, round trips, typed errors."""

import pytest

from counterclaim.errors import MalformedRecord, UsageError
from counterclaim.records import Claim, CodedReport, Time


def claim(**fields: object) -> Claim:
    base = {"id": "c1", "start": 0, "end": 9, "evidence": "49 killed", "sentence": 0, "harm": "killed"}
    return Claim.from_dict({**base, **fields})


def test_from_and_to_serialise_under_the_names_of_the_contract() -> None:
    time = Time(id="t1", start=0, end=7, text="Tuesday", type="DATE", value="2022-09-13", from_="2022-09-13")
    assert time.to_dict()["from"] == "2022-09-13"
    assert Time.from_dict(time.to_dict()) == time


def test_a_coded_report_survives_a_round_trip() -> None:
    report = CodedReport(id="r", text="49 killed", sentences=((0, 9),), claims=(claim(min=49, max=49),))
    assert CodedReport.from_json(report.to_json()) == report


@pytest.mark.parametrize(
    ("fields", "figure"),
    [
        ({"min": 49, "max": 49}, "49"),
        ({"min": 6600}, "≥6,600"),
        ({"max": 20}, "≤20"),
        ({"min": 10, "max": 15}, "10–15"),
        ({"min": 30, "max": 30, "approx": True}, "~30"),
        ({"vague": "dozens"}, "dozens"),
        ({}, "some"),
        ({"min": 0, "max": 0}, "0"),
    ],
)
def test_figure_reads_at_a_glance(fields: dict[str, object], figure: str) -> None:
    assert claim(**fields).figure == figure


def test_a_wrong_harm_is_refused_with_the_field_named() -> None:
    with pytest.raises(MalformedRecord, match="harm"):
        claim(harm="annoyed")


def test_to_frame_puts_the_report_first_and_refuses_unknown_tables() -> None:
    report = CodedReport(id="r", text="49 killed", claims=(claim(),))
    frame = report.to_frame("claims")
    assert list(frame.columns)[:2] == ["report", "id"]
    with pytest.raises(UsageError, match="no table"):
        report.to_frame("deaths")
