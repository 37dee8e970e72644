"""Reading the casebook back: filters keep what they say, searches take any words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counterclaim.casebook import Casebook, Filter
from counterclaim.errors import UsageError
from counterclaim.records import Attribution, ClaimLinks
from tests.casebook_reports import bare, claim, coded_report, event

QUIET = "No shells fell on Tirana. Nobody was hurt, residents told the Kesra Post that day."


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook(tmp_path / "my.db") as opened:
        opened.add(coded_report("loud", title="Shelling in Kesra", outlet="Post", published="2024-03-05"))
        unlinked = claim(
            QUIET,
            harm="injured",
            min=0,
            max=0,
            source="residents of Tirana",
            stance="denies",
            place="Tirana",
            victims="",
            background=True,
            links=ClaimLinks(),
        )
        denial = Attribution(id="s1", source=(43, 52), cue=None, content=(), kind="unnamed", stance="denies")
        opened.add(
            coded_report(
                "quiet",
                QUIET,
                published="2024-04-01",
                attributions=(denial,),
                claims=(unlinked,),
                events=(event(place=None, time=None, actor=(), recipient=(), background=True, reality="negated"),),
            )
        )
        yield opened


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["loud", "quiet"]),
        ({"report": "quiet"}, ["quiet"]),
        ({"harm": "killed"}, ["loud"]),
        ({"stance": "denies"}, ["quiet"]),
        ({"source": "ORVAN"}, ["loud"]),
        ({"source": "Residents"}, ["quiet"]),
        ({"source": "rvan"}, []),
        ({"place": "kes"}, ["loud"]),
        ({"country": "ke"}, ["loud"]),
        ({"country": "AL"}, []),
        ({"actor": "villagers"}, ["loud"]),
        ({"date_from": "2024-03-04"}, ["loud"]),
        ({"date_from": "2024-03-05"}, []),
        ({"date_to": "2024-03-04"}, ["loud"]),
        ({"date_to": "2024-03-03"}, []),
        ({"published_from": "2024-03-06"}, ["quiet"]),
        ({"published_to": "2024-03-06"}, ["loud"]),
        ({"background": True}, ["quiet"]),
        ({"background": False}, ["loud"]),
        ({"limit": 1}, ["loud"]),
        ({"harm": "killed", "stance": "denies"}, []),
        ({"source": "' OR 1=1 --"}, []),
    ],
)
def test_a_filter_keeps_what_it_says(casebook: Casebook, fields: dict[str, Any], expected: list[str]) -> None:
    assert [entry.report for entry in casebook.claims(Filter(**fields))] == expected
    if fields.get("harm") != "killed" or "stance" in fields:
        assert [entry.report for entry in casebook.events(Filter(**fields))] == expected


def test_an_event_is_found_by_the_harm_of_its_claims(casebook: Casebook) -> None:
    assert [entry.report for entry in casebook.events(Filter(harm="killed"))] == ["loud"]


def test_a_name_is_not_found_inside_another_word(casebook: Casebook) -> None:
    assert casebook.claims(Filter(place="iran")) == []
    assert [entry.report for entry in casebook.claims(Filter(place="tiran"))] == ["quiet"]


def test_entries_carry_what_their_links_stand_for(casebook: Casebook) -> None:
    (told,) = casebook.claims(Filter(report="loud"))
    assert told.place is not None
    assert told.time is not None
    assert told.source_actor is not None
    assert (told.place.name, told.time.value, told.source_actor.country) == ("Kesra", "2024-03-04", "OR")
    (act,) = casebook.events(Filter(report="loud"))
    assert [actor.name for actor in (*act.actors, *act.recipients)] == ["Orvan army", "villagers"]
    assert act.evidence == "Shells hit Kesra on Monday"


def test_filters_read_the_latest_coding_alone(casebook: Casebook) -> None:
    casebook.add(coded_report("loud", version="2", title="Shelling in Kesra", outlet="Post", published="2024-03-05"))
    assert len(casebook.claims(Filter(report="loud"))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"harm": "annoyed"},
        {"stance": "maybe"},
        {"date_from": "yesterday"},
        {"date_to": "2024-3-4"},
        {"published_from": "20240304"},
        {"date_from": "2024-03-05", "date_to": "2024-03-04"},
        {"country": "Albania"},
        {"limit": 0},
    ],
)
def test_a_filter_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Filter(**fields)


def test_a_filter_by_an_unknown_report_or_an_empty_name_is_refused(casebook: Casebook) -> None:
    with pytest.raises(UsageError, match="no report"):
        casebook.claims(Filter(report="nowhere"))
    with pytest.raises(UsageError, match="source"):
        casebook.events(Filter(source="--"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kesra", {"loud", "quiet"}),
        ("KÉSRA shells monday", {"loud"}),
        ('"Kesra Post"', {"quiet"}),
        ('"Post Kesra"', set()),
        ("vill*", {"loud"}),
        ("vill", set()),
        ("shells -nobody", {"loud"}),
        ("shells -tirana -monday", set()),
        ("monday OR tirana", {"loud", "quiet"}),
        ("OR monday OR", {"loud"}),
        ("shelling", {"loud"}),
        ('he said "unbalanced', set()),
        ("text: AND NOT NEAR(^kesra) {}", set()),
        ("*kesra* (kesra", {"loud", "quiet"}),
    ],
)
def test_a_search_takes_any_words(casebook: Casebook, query: str, expected: set[str]) -> None:
    assert {hit.report for hit in casebook.search(query)} == expected


@pytest.mark.parametrize("query", ["", "  ", '"', "-kesra", "*", "OR"])
def test_a_search_for_nothing_is_refused(casebook: Casebook, query: str) -> None:
    with pytest.raises(UsageError, match="at least one word"):
        casebook.search(query)


def test_a_hit_shows_the_words_found_and_only_the_latest_text_is_searched(casebook: Casebook) -> None:
    (hit,) = casebook.search("villagers", marks=("<", ">"))
    assert "<villagers>" in hit.snippet
    casebook.add(bare("loud", "Shells hit Kesra on Monday. Nobody died.", outlet="Post", published="2024-03-05"))
    assert casebook.search("villagers") == []


def test_a_frame_has_a_row_a_record(casebook: Casebook) -> None:
    frame = casebook.to_frame("claims")
    assert list(frame["report"]) == ["loud", "quiet"]
    assert list(frame["links_place_id"].isna()) == [False, True]
    assert list(casebook.to_frame("events", Filter(report="loud"))["plover_type"]) == ["ASSAULT"]
    with pytest.raises(UsageError, match="claims or events"):
        casebook.to_frame("actors")


def test_the_list_of_reports_counts_what_each_holds(casebook: Casebook) -> None:
    loud, quiet = casebook.reports()
    assert (loud.id, loud.claims, loud.events, loud.revisions, loud.codings) == ("loud", 1, 1, 1, 1)
    assert quiet.published == "2024-04-01"
