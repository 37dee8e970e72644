"""Rules: low, best and high, whose trace accounts for every claim; a rule of one's own is one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterclaim.errors import UsageError
from counterclaim.estimating import RULES, estimate, rules
from counterclaim.linking.incident import Estimate, Incident
from counterclaim.records import CodedReport
from tests.incident_reports import incident, report, told


def estimated(*reports: CodedReport, names: tuple[str, ...] = ()) -> Incident:
    return estimate(incident(reports), {one.id: one for one in reports}, rules(names))


def killed(rule: str, *reports: CodedReport) -> Estimate:
    return estimated(*reports, names=(rule,)).estimates[rule]["killed"]


def ends(found: Estimate) -> tuple[int | None, int | None, int | None]:
    return found.low, found.best, found.high


RIVALS = (
    report("r1", "2024-03-04", told("12 people were killed", 12, 12, "Relief Union")),
    report("r2", "2024-03-04", told("20 people were killed", 20, 20, "World Council")),
    report("r3", "2024-03-04", told("Dozens of people were killed", vague="dozens")),
)


def test_every_rule_accounts_for_every_claim() -> None:
    found = estimated(*RIVALS)
    assert set(found.estimates) == {rule.name for rule in RULES} == {"ucdp", "lowest", "range", "pooled"}
    for settled in found.estimates.values():
        assert [weighed.claim[0] for weighed in settled["killed"].trace] == ["r1", "r2", "r3"]
        assert all(weighed.reason for weighed in settled["killed"].trace)
        assert settled["killed"].rule.endswith("/1")


def test_ucdp_takes_the_lower_of_equally_reliable_sources() -> None:
    assert ends(killed("ucdp", *RIVALS)) == (12, 12, 20)


def test_ucdp_keeps_a_side_on_its_enemys_losses_to_the_high() -> None:
    reports = [
        report(
            "r1",
            "2024-03-04",
            told(f"{count} soldiers were killed", count, count, source, victims="soldiers", victim_side="Armenia"),
        )
        for count, source in ((10, "Orvan Defence Ministry"),)
    ] + [
        report(
            "r2",
            "2024-03-04",
            told(
                "80 soldiers were killed", 80, 80, "Kesran Defence Ministry", victims="soldiers", victim_side="Armenia"
            ),
        )
    ]
    found = killed("ucdp", *reports)
    assert ends(found) == (10, 10, 80)
    assert "dubious" in found.trace[1].reason


def test_ucdp_has_no_reliable_low_where_only_an_enemy_speaks() -> None:
    lone = report(
        "r1",
        "2024-03-04",
        told("80 soldiers were killed", 80, 80, "Kesran Defence Ministry", victims="soldiers", victim_side="Armenia"),
    )
    assert ends(killed("ucdp", lone)) == (0, 80, 80)


def test_lowest_takes_the_lowest_until_a_higher_figure_is_corroborated() -> None:
    assert ends(killed("lowest", *RIVALS)) == (12, 12, None)
    agreeing = report("r4", "2024-03-04", told("20 people were killed", 20, 20, "Orvan Defence Ministry"))
    assert ends(killed("lowest", *RIVALS, agreeing)) == (20, 20, None)


def test_lowest_reads_vague_words_as_acled_does() -> None:
    assert killed("lowest", RIVALS[2]).best == 12


def test_range_goes_from_the_lowest_to_the_highest_and_prefers_none() -> None:
    assert ends(killed("range", *RIVALS)) == (12, None, 20)


def test_range_closes_an_open_end_by_a_higher_account() -> None:
    found = killed(
        "range",
        report(
            "r1",
            "2024-03-04",
            told("At least 12 people were killed", 12),
            told("15 people were killed", 15, 15, "Relief Union"),
        ),
    )
    assert ends(found) == (12, None, 15)


def test_vague_words_alone_leave_the_upper_end_open() -> None:
    assert killed("ucdp", RIVALS[2]).high is None
    assert killed("lowest", RIVALS[2]).high is None


def test_range_reads_words_without_a_number_as_airwars_does() -> None:
    assert ends(killed("range", RIVALS[2])) == (12, None, 24)
    assert ends(killed("range", report("r1", "2024-03-04", told("Several people were killed", vague="several")))) == (
        2,
        2,
        2,
    )
    assert (
        killed("range", report("r1", "2024-03-04", told("More than 10 were killed", 10, quantity="More than 10"))).low
        == 11
    )


def test_an_early_at_least_gives_way_to_later_counts() -> None:
    reports = (
        report("r1", "2024-03-04", told("30 people were killed", 30, None, "Relief Union")),
        report("r2", "2024-03-06", told("57 people were killed", 57, 57, "World Council")),
    )
    assert ends(killed("ucdp", *reports)) == (57, 57, 57)
    assert ends(killed("range", *reports)) == (57, 57, 57)


def test_sides_are_added_only_where_nobody_gives_a_total() -> None:
    armenian = told(
        "50 soldiers were killed", 50, 50, "Orvan Defence Ministry", victims="soldiers", victim_side="Armenia"
    )
    azeri = told(
        "49 soldiers were killed", 49, 49, "Kesran Defence Ministry", victims="soldiers", victim_side="Azerbaijan"
    )
    both = report("r1", "2024-03-04", armenian, azeri)
    found = killed("ucdp", both)
    assert ends(found) == (99, 99, 99)
    assert (found.by["Armenia"].best, found.by["Azerbaijan"].best, found.by["combatant"].best) == (50, 49, 99)
    total = report("r2", "2024-03-04", told("110 people were killed", 110, 110, "World Council"))
    armenian = told(
        "50 soldiers were killed", 50, 50, "Orvan Defence Ministry", victims="soldiers", victim_side="Armenia"
    )
    azeri = told(
        "49 soldiers were killed", 49, 49, "Kesran Defence Ministry", victims="soldiers", victim_side="Azerbaijan"
    )
    assert killed("ucdp", report("r1", "2024-03-04", armenian, azeri), total).best == 110


def test_children_alone_say_how_many_civilians_at_least() -> None:
    found = killed(
        "ucdp",
        report(
            "r1",
            "2024-03-04",
            told("12 people were killed", 12, 12, "Relief Union"),
            told("two children were among them", 2, 2, "Relief Union", victims="children", victim_kind="civilian"),
        ),
    )
    assert (found.by["civilian"].low, found.by["civilian"].best) == (2, None)


@pytest.mark.parametrize(
    ("grade", "claims"),
    [
        ("Weak", [("Relief Union", {})]),
        ("Fair", [("Relief Union", {}), ("World Council", {})]),
        (
            "Confirmed",
            [("Relief Union", {"perpetrator": "Armenia"}), ("Orvan Defence Ministry", {"perpetrator": "Armenia"})],
        ),
        (
            "Contested",
            [("Relief Union", {"perpetrator": "Armenia"}), ("Orvan Defence Ministry", {"perpetrator": "Azerbaijan"})],
        ),
        (None, [("Relief Union", {"victims": "soldiers"})]),
    ],
)
def test_the_grade_follows_who_tells_and_who_concedes(
    grade: str | None, claims: list[tuple[str, dict[str, str]]]
) -> None:
    reports = [
        report(f"r{at}", "2024-03-04", told("12 people were killed", 12, 12, source, **fields))
        for at, (source, fields) in enumerate(claims)
    ]
    assert estimated(*reports).grade == grade


RULE = """
from counterclaim.estimating import Verdict

class Middle:
    name, version, about = "middle", "1", "the middle account"

    def weigh(self, accounts, question):
        figures = sorted(account.figure for account in accounts if account.figure is not None)
        return Verdict(low=figures[0], best=figures[len(figures) // 2], high=figures[-1], why="the middle one")

RULE = Middle()
"""


def test_a_rule_of_ones_own_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "middle.py"
    path.write_text(RULE, "utf-8")
    found = estimated(*RIVALS, names=(str(path), "range"))
    assert list(found.estimates) == ["middle", "range"]
    assert found.estimates["middle"]["killed"].best == 12
    assert found.estimates["middle"]["killed"].rule == "middle/1"


@pytest.mark.parametrize(
    ("content", "message"), [("x = 1", "defines no RULE"), ("RULE = 3", "is no rule"), ("1 / 0", "ZeroDivisionError")]
)
def test_a_file_that_is_no_rule_is_named_with_the_mend(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        rules([str(path)])


def test_an_unknown_rule_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="ucdp, lowest, range, pooled"):
        rules(["median"])
