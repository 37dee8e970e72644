"""Toll chains: which figure of a source stands, and why the others do not."""

from __future__ import annotations

from counterclaim.estimating import told as told_of
from counterclaim.linking.accounts import EVERYBODY, Share, accounts
from counterclaim.linking.tolls import Told, chains
from counterclaim.records import CodedReport
from tests.incident_reports import incident, report, told


def standing(*reports: CodedReport) -> dict[tuple[str, str], Told]:
    found = told_of(incident(reports), {one.id: one for one in reports})
    return {one.ref: one for one in found}


def test_the_latest_figure_of_a_source_rules_and_its_history_is_kept() -> None:
    monday = report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Relief Union"))
    tuesday = report("r2", "2024-03-05", told("15 people were killed", 15, 15, "Relief Union"))
    found = standing(monday, tuesday)
    assert found["r1", "c1"].state == "superseded"
    assert found["r1", "c1"].by == ("r2", "c1")
    assert "raised to 15" in found["r1", "c1"].why
    assert found["r2", "c1"].state == "stands"
    [account] = accounts(list(found.values()), "killed")
    assert (account.low, account.high) == (15, 15)
    assert [one.low for one in account.history] == [12]
    assert [[one.low for one in chain] for chain in chains(found.values())] == [[12, 15]]


def test_a_correction_downwards_rules_too() -> None:
    found = standing(
        report("r1", "2024-03-04", told("27 people were killed", 27, 27, "Relief Union")),
        report("r2", "2024-03-06", told("20 people were killed", 20, 20, "Relief Union")),
    )
    assert "revised down to 20" in found["r1", "c1"].why


def test_the_order_in_which_reports_are_given_does_not_matter() -> None:
    first = report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Relief Union"))
    second = report("r2", "2024-03-05", told("15 people were killed", 15, 15, "Relief Union"))
    assert standing(first, second) == standing(second, first)


def test_an_earlier_figure_told_in_the_same_report_does_not_stand() -> None:
    sentence = told(
        "The toll was raised to 50 from an earlier count of 39 killed",
        39,
        39,
        "Relief Union",
        quantity="39",
        victims="",
    )
    found = standing(report("r1", "2024-03-04", told("50 people were killed", 50, 50, "Relief Union"), sentence))
    assert found["r1", "c2"].state == "superseded"
    assert found["r1", "c1"].state == "stands"


def test_children_among_the_dead_are_a_part_and_never_added() -> None:
    found = standing(
        report(
            "r1",
            "2024-03-04",
            told("12 people were killed", 12, 12, "Relief Union"),
            told("two children were among them", 2, 2, "Relief Union", victims="children", victim_kind="civilian"),
        )
    )
    assert found["r1", "c2"].state == "part"
    assert found["r1", "c2"].by == ("r1", "c1")
    [account] = accounts(list(found.values()), "killed")
    assert account.low == 12


def test_figures_that_add_up_to_a_total_are_its_parts() -> None:
    found = standing(
        report(
            "r1",
            "2024-03-04",
            told("50 people were killed", 50, 50, "Relief Union"),
            told("38 victims died at the scene", 38, 38, "Relief Union", victims="victims"),
            told("12 people died later", 12, 12, "Relief Union"),
        )
    )
    assert [found["r1", id_].state for id_ in ("c1", "c2", "c3")] == ["stands", "part", "part"]


def test_a_running_total_is_not_added_to_the_toll_of_a_day() -> None:
    found = standing(
        report(
            "r1",
            "2024-03-04",
            told("3 people were killed", 3, 3, "Relief Union"),
            told("900 people were killed since January", 900, 900, "World Council", cumulative=True),
        )
    )
    assert found["r1", "c2"].state == "wider"
    assert [account.low for account in accounts(list(found.values()), "killed")] == [3]


def test_background_of_another_time_is_set_aside_and_of_this_one_is_not() -> None:
    found = standing(
        report(
            "r1", "2024-03-04", told("7 people were killed", 7, 7, "Relief Union", background=True, date="2019-05-02")
        ),
        report(
            "r2", "2025-01-01", told("9 people were killed", 9, 9, "World Council", background=True, date="2024-03")
        ),
    )
    assert found["r1", "c1"].state == "background"
    assert found["r2", "c1"].state == "stands"


def test_the_author_repeating_a_source_is_an_echo_and_no_second_voice() -> None:
    found = standing(
        report(
            "r1",
            "2024-03-04",
            told("12 people were killed", 12, 12),
            told("12 people were killed", 12, 12, "Relief Union"),
        )
    )
    assert found["r1", "c1"].state == "echo"
    assert [account.echo for account in accounts(list(found.values()), "killed")] == [True, False]


def test_one_source_under_two_names_is_one_account() -> None:
    found = standing(
        report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Governor Ivo Tarn")),
        report("r2", "2024-03-05", told("14 people were killed", 14, 14, "Tarn")),
    )
    assert len(accounts(list(found.values()), "killed")) == 1
    assert found["r1", "c1"].state == "superseded"


def test_copies_of_one_text_speak_with_one_voice() -> None:
    body = told("12 people were killed when shells fell on the market of the old town at noon on Monday", 12, 12)
    reports = [report(id_, "2024-03-04", body, outlet=outlet) for id_, outlet in (("r1", "North"), ("r2", "South"))]
    found = told_of(incident(reports), {one.id: one for one in reports}, {"r1": "r1", "r2": "r1"})
    assert len({one.teller.key for one in found}) == 1


def test_sides_are_counted_apart() -> None:
    found = list(
        standing(
            report(
                "r1",
                "2024-03-04",
                told(
                    "50 soldiers were killed",
                    50,
                    50,
                    "Orvan Defence Ministry",
                    victims="soldiers",
                    victim_side="Armenia",
                ),
                told(
                    "49 soldiers were killed",
                    49,
                    49,
                    "Kesran Defence Ministry",
                    victims="soldiers",
                    victim_side="Azerbaijan",
                ),
            )
        ).values()
    )
    assert accounts(found, "killed", EVERYBODY) == []
    assert [account.low for account in accounts(found, "killed", Share(side="AM"))] == [50]
    assert [account.low for account in accounts(found, "killed", Share(side="AZ"))] == [49]


def test_a_sides_toll_is_one_whether_its_dead_are_called_soldiers_or_not() -> None:
    first = told("49 soldiers were killed", 49, 49, "Orvan Defence Ministry", victims="soldiers", victim_side="Armenia")
    then = told(
        "135 Armenians were killed", 135, None, "Orvan Defence Ministry", victims="Armenians", victim_side="Armenia"
    )
    found = standing(report("r1", "2024-03-04", first), report("r2", "2024-03-07", then))
    assert found["r1", "c1"].state == "superseded"
