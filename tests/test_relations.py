"""Relations among claims: each kind, its direction, its reason in words, and the pairs that have none."""

from __future__ import annotations

import pytest

from counterclaim.estimating import told as told_of
from counterclaim.linking.incident import Relation
from counterclaim.linking.relations import relations
from counterclaim.records import CodedReport
from tests.incident_reports import incident, report, told


def found(*reports: CodedReport) -> list[Relation]:
    return list(relations(told_of(incident(reports), {one.id: one for one in reports})))


def pair(first: dict[str, object], second: dict[str, object], day: str = "2024-03-04") -> list[Relation]:
    return found(
        report("r1", "2024-03-04", told("One figure of people killed", **{"source": "Relief Union", **first})),  # type: ignore[arg-type]
        report("r2", day, told("Two figure of people killed", **{"source": "World Council", **second})),  # type: ignore[arg-type]
    )


def test_disjoint_figures_of_two_sources_contradict() -> None:
    [relation] = pair({"low": 5, "high": 5}, {"low": 12, "high": 12})
    assert relation.kind == "contradicts"
    assert "World Council says 12" in relation.why
    assert "Relief Union says 5" in relation.why


def test_at_least_five_and_twelve_do_not_contradict() -> None:
    assert pair({"low": 5}, {"low": 12, "high": 12}) == []


@pytest.mark.parametrize("second", [{"low": 12, "high": 12}, {"low": 12}, {"low": 11, "high": 13}])
def test_independent_sources_with_the_same_figure_corroborate(second: dict[str, object]) -> None:
    [relation] = pair({"low": 12, "high": 12}, second)
    assert relation.kind == "corroborates"


def test_two_who_speak_for_one_side_only_repeat() -> None:
    [relation] = pair(
        {"low": 12, "high": 12, "source": "Orvan Defence Ministry"},
        {"low": 12, "high": 12, "source": "Governor Ivo Tarn"},
    )
    assert relation.kind == "repeats"
    assert "both speak for Armenia" in relation.why


def test_the_same_source_updates_and_repeats_itself() -> None:
    relations_of = found(
        report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Relief Union")),
        report("r2", "2024-03-05", told("12 people were killed", 12, 12, "Relief Union")),
        report("r3", "2024-03-06", told("15 people were killed", 15, 15, "Relief Union")),
    )
    assert [(one.kind, one.claims[0][0], one.claims[1][0]) for one in relations_of] == [
        ("updates", "r3", "r1"),
        ("repeats", "r2", "r1"),
    ]


def test_a_denial_denies_and_goes_from_the_denier() -> None:
    [relation] = pair({"low": 12, "high": 12}, {"low": 12, "high": 12, "stance": "denies"})
    assert relation.kind == "denies"
    assert relation.claims == (("r2", "c1"), ("r1", "c1"))


def test_the_whole_subsumes_its_part() -> None:
    [relation] = found(
        report(
            "r1",
            "2024-03-04",
            told("12 people were killed", 12, 12, "Relief Union"),
            told("two children were among them", 2, 2, "Relief Union", victims="children"),
        )
    )
    assert (relation.kind, relation.claims) == ("subsumes", (("r1", "c1"), ("r1", "c2")))


def test_killed_people_subsume_the_killed_soldiers_that_another_counts() -> None:
    [relation] = pair({"low": 20, "high": 20}, {"low": 7, "high": 7, "victims": "soldiers"})
    assert relation.kind == "subsumes"
    assert relation.claims[0] == ("r1", "c1")


def test_a_part_larger_than_the_whole_contradicts_it() -> None:
    [relation] = pair({"low": 20, "high": 20}, {"low": 40, "high": 40, "victims": "soldiers"})
    assert relation.kind == "contradicts"


def test_the_dead_of_two_sides_do_not_contradict() -> None:
    assert (
        pair({"low": 20, "high": 20, "victim_side": "Armenia"}, {"low": 40, "high": 40, "victim_side": "Azerbaijan"})
        == []
    )


def test_the_same_dead_laid_at_two_doors_contradict() -> None:
    [relation] = pair(
        {"low": 20, "high": 20, "perpetrator": "Armenia"}, {"low": 20, "high": 20, "perpetrator": "Azerbaijan"}
    )
    assert relation.kind == "contradicts"
    assert "blames Azerbaijan" in relation.why


def test_what_was_taken_back_is_not_held_against_anybody_later() -> None:
    kinds = [
        one.kind
        for one in found(
            report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Relief Union")),
            report("r2", "2024-03-05", told("30 people were killed", 30, 30, "Relief Union")),
            report("r3", "2024-03-06", told("30 people were killed", 30, 30, "World Council")),
        )
    ]
    assert sorted(kinds) == ["corroborates", "updates"]
