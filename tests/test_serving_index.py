"""The index finds incidents by every filter, in a stable order, and draws nothing more exactly than it is known."""

from pathlib import Path

import pytest

from counterclaim.errors import UsageError
from counterclaim.serving.filters import IncidentFilter
from counterclaim.serving.index import IncidentIndex
from counterclaim.serving.indexing import Indexed
from tests.serving_incidents import contested, indexed

INCIDENTS = [
    indexed(1, day="2024-01-10", acts=("ASSAULT",), actors=("Orvan army",), sources=("Relief Union",)),
    indexed(2, day="2024-02-10", acts=("ASSAULT", "Air/drone strike"), actors=("Kesran army",), relations=contested()),
    indexed(3, day="2024-02-11", place={"where_prec": 6, "name": "Armenia"}, grade="Weak"),
    indexed(4, day=None, place={"country": "KE", "lat": None, "lon": None, "where_prec": None, "name": "100% Hill"}),
    indexed(5, day="2024-02-11", place={"where_prec": 3, "lat": -1.0, "lon": 36.0, "country": "KE"}, estimates={}),
]


@pytest.fixture
def index(tmp_path: Path) -> IncidentIndex:
    return build(tmp_path, INCIDENTS)


def build(folder: Path, found: list[Indexed]) -> IncidentIndex:
    return IncidentIndex.build(str(folder / "index.sqlite"), found, rule="ucdp", stamp="s")


def ids(index: IncidentIndex, **wanted: object) -> list[str]:
    return [row.id for row in index.rows(IncidentFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_rows_come_newest_first_and_the_undated_last(index: IncidentIndex) -> None:
    assert ids(index) == ["i5", "i3", "i2", "i1", "i4"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "kesra 2"}, ["i2"]),
        ({"q": "shell"}, ["i5", "i3", "i2", "i1", "i4"]),
        ({"actor": "ORVAN"}, ["i1"]),
        ({"source": "relief"}, ["i1"]),
        ({"place": "100%"}, ["i4"]),
        ({"place": "%"}, ["i4"]),
        ({"country": "ke"}, ["i5", "i4"]),
        ({"act": "Air/drone strike"}, ["i2"]),
        ({"harm": "killed"}, ["i3", "i2", "i1", "i4"]),
        ({"grade": "Weak"}, ["i3"]),
        ({"since": "2024-02-10", "until": "2024-02-10"}, ["i2"]),
        ({"until": "2024-01-31"}, ["i1"]),
        ({"least": 3}, ["i3", "i4"]),
        ({"certain": True}, ["i5", "i1", "i4"]),
        ({"bbox": (44.0, 39.0, 46.0, 41.0)}, ["i2", "i1"]),
        ({"q": '"; DROP TABLE incident --'}, []),
        ({"actor": "\ud800"}, []),
    ],
)
def test_each_filter_finds_what_it_says(index: IncidentIndex, wanted: dict[str, object], found: list[str]) -> None:
    assert ids(index, **wanted) == found


def test_pages_follow_each_other_without_gap_or_repetition(index: IncidentIndex) -> None:
    seen, cursor = list[str](), ""
    while True:
        page = index.rows(IncidentFilter(), limit=2, cursor=cursor)
        seen += [row.id for row in page.rows]
        assert page.total == 5
        if page.next is None:
            break
        cursor = page.next
    assert seen == ["i5", "i3", "i2", "i1", "i4"]


@pytest.mark.parametrize("cursor", ["x", "0", "-1", "6", "9" * 40, "\ud800"])
def test_a_cursor_that_no_page_gave_is_refused(index: IncidentIndex, cursor: str) -> None:
    with pytest.raises(UsageError, match="cursor"):
        index.rows(IncidentFilter(), cursor=cursor)


def test_only_what_is_known_closely_is_a_spot_and_the_rest_is_its_country_alone(index: IncidentIndex) -> None:
    spots = {spot.id: spot.where_prec for spot in index.spots(IncidentFilter(), 0.01) if spot.incidents == 1}
    assert spots == {"i5": 3}
    assert sorted(spot.incidents for spot in index.spots(IncidentFilter(), 0.01)) == [1, 2]
    assert [spot.id for spot in index.spots(IncidentFilter(), 0.01, (30.0, -5.0, 40.0, 5.0))] == ["i5"]
    vague = {area.country: (area.incidents, area.vague) for area in index.areas(IncidentFilter())}
    assert vague == {"AM": (3, 1), "KE": (2, 1)}


def test_the_timeline_counts_every_dated_incident_once(index: IncidentIndex) -> None:
    spans = index.timeline(IncidentFilter())
    assert [(span.period, span.incidents, span.killed) for span in spans] == [("2024-01", 1, 1), ("2024-02", 3, 5)]
    assert [span.period for span in index.timeline(IncidentFilter(since="2024-02-01"))] == ["2024-02-10", "2024-02-11"]


def test_an_incident_comes_back_whole(index: IncidentIndex) -> None:
    assert index.get("i2") == INCIDENTS[1].incident
    assert index.get("nothing") is None
    assert [row.id for row in index.of_report("r3")] == ["i3"]


def test_every_gives_all_that_match_for_an_export(index: IncidentIndex) -> None:
    assert [one.id for one in index.every(IncidentFilter(country="AM"))] == ["i3", "i2", "i1"]


def test_an_empty_casebook_has_an_index_too(tmp_path: Path) -> None:
    index = build(tmp_path, [])
    assert index.rows(IncidentFilter()).total == 0
    assert index.timeline(IncidentFilter()) == []


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "2024-02-31"},
        {"as_of": "now"},
        {"least": "-3"},
        {"least": "٣"},
        {"bbox": "1,2,3"},
        {"bbox": "nan,0,0,0"},
        {"q": "x" * 201},
        {"q": "\0"},
    ],
)
def test_a_filter_that_cannot_be_names_what_is_wrong(query: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=next(iter(query))):
        IncidentFilter.from_query(query)


def test_a_filter_comes_back_from_its_address() -> None:
    wanted = IncidentFilter(q="a&b", actor="Ö", least=0, certain=True, bbox=(1.5, -2.0, 3.0, 4.25), as_of="2024-01-01")
    from urllib.parse import parse_qsl

    assert IncidentFilter.from_query(dict(parse_qsl(wanted.to_query()))) == wanted


def test_an_incident_whose_act_is_denied_is_contested(tmp_path: Path) -> None:
    index = build(tmp_path, [indexed(1)._replace(denied=True), indexed(2)])
    assert {row.id: row.contested for row in index.rows(IncidentFilter()).rows} == {"i1": True, "i2": False}
    assert ids(index, certain=True) == ["i2"]


def test_the_reports_of_incidents_that_match_are_found(index: IncidentIndex) -> None:
    assert index.reports(IncidentFilter(country="KE")) == {"r4", "r5"}
    assert index.reports(IncidentFilter(q="nothing")) == set()
