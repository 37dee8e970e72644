"""Every act has a valid code in every scheme, and the schemes' own lists are whole."""

from __future__ import annotations

import re

import pytest

from counterclaim.records import Actor, ActorKind
from counterclaim.schemes import acled, cameo, plover, ucdp
from counterclaim.schemes.acts import ACTS, TWO_SIDED


def actor(kind: ActorKind, sector: str | None = None) -> Actor:
    return Actor(id=kind, name=kind, kind=kind, sector=sector)


STATE, ARMY, GROUP, PEOPLE, SOMEBODY = (
    actor("state"),
    actor("military", "MIL"),
    actor("armed_group", "REB"),
    actor("civilians", "CVL"),
    actor("other"),
)


def test_every_table_has_every_act_and_no_other() -> None:
    for table in (plover.CODES, cameo.CODES, acled.SUB_EVENT_TYPES):
        assert set(table) == set(ACTS)
    assert set(ACTS) >= TWO_SIDED
    assert set(ACTS) >= ucdp.ARMED_FORCE


def test_plover_has_sixteen_types_with_their_modes_thirty_seven_contexts_and_twenty_five_sectors() -> None:
    assert len(plover.TYPES) == 16
    assert {kind: len(modes) for kind, modes in plover.MODES.items() if modes} == {
        "CONSULT": 4,
        "RETREAT": 6,
        "REQUEST": 4,
        "REJECT": 4,
        "ACCUSE": 3,
        "THREATEN": 6,
        "PROTEST": 7,
        "SANCTION": 4,
        "MOBILIZE": 4,
        "COERCE": 10,
        "ASSAULT": 15,
    }
    assert len(plover.CONTEXTS) == 37
    assert len(plover.SECTORS) == 25


@pytest.mark.parametrize("act", sorted(ACTS))
def test_plover_code_of_an_act_uses_modes_of_its_type(act: str) -> None:
    code = plover.CODES[act]
    assert code.mode is None or code.mode in plover.MODES[code.type]
    assert plover.CONTEXTS.issuperset(code.contexts)


def test_every_plover_type_is_reached_by_some_act() -> None:
    assert {code.type for code in plover.CODES.values()} == set(plover.TYPES)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_cameo_code_of_an_act_stands_under_a_root(act: str) -> None:
    assert re.fullmatch(r"\d{3,4}", cameo.CODES[act])
    assert cameo.CODES[act][:2] in cameo.ROOTS


def test_cameo_has_twenty_roots() -> None:
    assert sorted(cameo.ROOTS) == [f"{number:02d}" for number in range(1, 21)]


def test_acled_has_six_event_types_and_twenty_five_sub_event_types() -> None:
    assert {kind: len(subs) for kind, subs in acled.HIERARCHY.items()} == {
        "Battles": 3,
        "Protests": 3,
        "Riots": 2,
        "Explosions/Remote violence": 6,
        "Violence against civilians": 3,
        "Strategic developments": 8,
    }
    assert set(acled.DISORDER) == set(acled.HIERARCHY)
    assert len(acled.EVENT_TYPE) == 25


def test_acled_codes_an_attack_by_its_target() -> None:
    for targets, expected in (([PEOPLE], "Attack"), ([ARMY], "Armed clash"), ([PEOPLE, GROUP], "Armed clash")):
        code = acled.code_of("attack", [GROUP], targets)
        assert code is not None
        assert code.sub_event_type == expected
    shelling = acled.code_of("shell", [ARMY], [PEOPLE])
    assert shelling is not None
    assert (shelling.event_type, shelling.sub_event_type) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )


def test_acled_does_not_code_talk() -> None:
    assert acled.code_of("condemn", [STATE], [STATE]) is None


def test_territory_taken_by_an_army_from_a_group_is_regained() -> None:
    taken = acled.code_of("capture-territory", [ARMY], [GROUP])
    lost = acled.code_of("capture-territory", [GROUP], [ARMY])
    assert taken is not None
    assert lost is not None
    assert taken.sub_event_type == "Government regains territory"
    assert lost.sub_event_type == "Non-state actor overtakes territory"


@pytest.mark.parametrize(
    ("doers", "targets", "expected"),
    [
        ([STATE], [ARMY], 1),
        ([ARMY], [GROUP], 1),
        ([GROUP], [ARMY], 1),
        ([GROUP], [GROUP], 2),
        ([ARMY], [PEOPLE], 3),
        ([GROUP], [PEOPLE], 3),
        ([ARMY], [GROUP, PEOPLE], 1),
        ([PEOPLE], [PEOPLE], None),
        ([SOMEBODY], [ARMY], None),
        ([], [PEOPLE], None),
        ([ARMY], [], None),
    ],
)
def test_ucdp_type_of_violence_follows_the_parties(
    doers: list[Actor], targets: list[Actor], expected: int | None
) -> None:
    assert ucdp.violence("attack", doers, targets) == expected


def test_what_is_not_armed_force_has_no_type_of_violence() -> None:
    assert ucdp.violence("accuse", [STATE], [STATE]) is None
    assert ucdp.violence("destroy", [ARMY], [PEOPLE]) is None
