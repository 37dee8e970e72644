"""The MUC-4 scorer counts as the task documents say, and CEAF-REE as its definition; keys and texts are our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.muc4_case import Restorer
from bench.muc4_ceaf import ceaf_ree
from bench.muc4_score import Alternative, Fill, Tally, Template, read_key, score

KEY = """0.  MESSAGE: ID                     OWN-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 03 MAY 90
3.  INCIDENT: LOCATION              PERU: PUNO (CITY)
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
9.  PERP: INDIVIDUAL ID             ?"MASKED MEN"
12. PHYS TGT: ID                    "\\"SOL\\" MILL" / "MILL"
                                    "BARN"
18. HUM TGT: NAME                   -
19. HUM TGT: DESCRIPTION            "MILLERS"
21. HUM TGT: NUMBER                 4: "MILLERS"

0.  MESSAGE: ID                     OWN-MUC4-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
4.  INCIDENT: TYPE                  ARSON
6.  INCIDENT: INSTRUMENT ID         *
12. PHYS TGT: ID                    "BARN"

0.  MESSAGE: ID                     OWN-MUC4-0002
1.  MESSAGE: TEMPLATE               *
"""


@pytest.fixture
def key(tmp_path: Path) -> dict[str, list[Template]]:
    (tmp_path / "key-own").write_text(KEY, "utf-8")
    return read_key(tmp_path)[0]


def template(**slots: str | tuple[str, str]) -> Template:
    fills = {
        slot: (Fill((Alternative(v) if isinstance(v, str) else Alternative(v[0], (v[1],)),)),)
        for slot, v in slots.items()
    }
    return Template("OWN-MUC4-0001", fills)


def test_a_key_is_read_with_alternatives_options_and_irrelevant_messages(key: dict[str, list[Template]]) -> None:
    first, second = key["OWN-MUC4-0001"]
    assert key["OWN-MUC4-0002"] == []
    assert [a.value for a in first.fills["phys_id"][0].alternatives] == ['"SOL" MILL', "MILL"]
    assert first.fills["perp_individual"][0].optional
    assert first.fills["hum_number"][0].alternatives[0] == Alternative("4", ("MILLERS",))
    assert second.optional
    assert "instrument_id" in second.void


def test_a_missed_optional_template_and_an_optional_fill_cost_nothing(key: dict[str, list[Template]]) -> None:
    totals = score(key, {})
    assert totals["all"] == Tally(missing=8)


def test_half_credit_is_given_for_a_place_in_part_and_for_words_in_common(key: dict[str, list[Template]]) -> None:
    totals = score(key, {"OWN-MUC4-0001": [template(type="BOMBING", location="PERU", phys_id="FLOUR MILL")]})
    assert totals["location"] == Tally(half=1)
    assert totals["phys_id"] == Tally(half=1, missing=1)
    assert totals["type"] == Tally(right=1)


def test_templates_without_a_common_target_or_perpetrator_are_not_paired(key: dict[str, list[Template]]) -> None:
    totals = score(key, {"OWN-MUC4-0001": [template(type="BOMBING", location="PERU: PUNO (CITY)")]})
    assert totals["location"] == Tally(missing=1, spurious=1)


def test_a_number_tied_to_another_target_is_half_right(key: dict[str, list[Template]]) -> None:
    answer = template(type="BOMBING", phys_id="BARN", hum_number=("4", "BAKERS"))
    assert score(key, {"OWN-MUC4-0001": [answer]})["hum_number"] == Tally(half=1)


def test_an_entity_is_right_only_where_the_whole_mention_is_the_keys(key: dict[str, list[Template]]) -> None:
    exact = {"OWN-MUC4-0001": [template(type="BOMBING", phys_id="THE MILL")]}
    loose = {"OWN-MUC4-0001": [template(type="BOMBING", phys_id="FLOUR MILL")]}
    recall, precision, _ = ceaf_ree(key, exact, by_template=True)["all"]
    assert recall == pytest.approx(100 / 3)
    assert precision == 100
    assert ceaf_ree(key, loose, by_template=True)["all"] == (0, 0, 0)


def test_case_is_restored_from_other_texts_and_no_character_is_moved() -> None:
    restorer = Restorer(
        ["We saw the mill in Puno. They saw the red mill of the Red Sun Party in Puno."] * 4, ["Red Sun Front"]
    )
    text = 'THE RED SUN FRONT (RSF) BURNED A MILL IN PUNO.  "MILLS" BURNED.'
    restored = restorer.restore(text)
    assert restored.upper() == text
    assert restored.startswith("The Red Sun Front (RSF)")
    assert "mill in Puno" in restored
