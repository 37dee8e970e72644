"""Events: acts, parties, reality and merging, on sentences written for the purpose."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.coding.events import find_events, tie_claims
from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor, ActorKind, Claim, Event
from counterclaim.resolving.actors import ActorIndex

PARTIES: dict[str, ActorKind] = {
    "Freedonian forces": "military",
    "Freedonian": "state",
    "Freedonia": "state",
    "Sylvania": "state",
    "Grand Fenwick": "state",
    "the Red Brigade": "armed_group",
    "rebels": "armed_group",
    "Rebels": "armed_group",
    "Villagers": "civilians",
    "villagers": "civilians",
    "shoppers": "civilians",
    "President Firefly": "person",
    "Ambassador Trentino": "person",
    "Minister Pinky": "person",
    "police": "government",
    "gunmen": "armed_group",
}


def code(text: str, claims: list[Claim] | None = None) -> list[Event]:
    actors = []
    taken: list[tuple[int, int]] = []
    for name, kind in PARTIES.items():
        spans = [(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        spans = [span for span in spans if not any(s <= span[0] and span[1] <= e for s, e in taken)]
        taken += spans
        if spans:
            actors.append(Actor(id=name, name=name, kind=kind, mentions=tuple(spans)))
    events = find_events(
        PatternAnalyser().analyse([text])[0],
        attributions=[],
        actors=ActorIndex(actors),
        places=[],
        times=[],
        claims=claims or [],
        published=date(2024, 5, 14),
    )
    for event in events:
        assert 0 <= event.start <= event.trigger[0] < event.trigger[1] <= event.end <= len(text)
    return events


def only(text: str) -> Event:
    events = code(text)
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Freedonian forces shelled Sylvania on Monday.", "ASSAULT", ["Freedonian forces"], ["Sylvania"]),
        ("Sylvania was shelled by Freedonian forces on Monday.", "ASSAULT", ["Freedonian forces"], ["Sylvania"]),
        ("Freedonian shelling of Sylvania went on for hours.", "ASSAULT", ["Freedonian"], ["Sylvania"]),
        ("Freedonia launched an air strike on the Red Brigade.", "ASSAULT", ["Freedonia"], ["the Red Brigade"]),
        ("Freedonia, an ally of Grand Fenwick, accused Sylvania of bad faith.", "ACCUSE", ["Freedonia"], ["Sylvania"]),
        (
            "President Firefly called on Sylvania to pull its troops back.",
            "REQUEST",
            ["President Firefly"],
            ["Sylvania"],
        ),
        ("Minister Pinky condemned Sylvania in the strongest terms.", "ACCUSE", ["Minister Pinky"], ["Sylvania"]),
        (
            "President Firefly met Ambassador Trentino in the capital.",
            "CONSULT",
            ["President Firefly"],
            ["Ambassador Trentino"],
        ),
        ("Three rebels were arrested by police at dawn.", "COERCE", ["police"], ["rebels"]),
        ("Sylvania demanded an apology from Freedonia.", "REQUEST", ["Sylvania"], ["Freedonia"]),
        ("Clashes between rebels and police shut the market.", "ASSAULT", ["rebels"], ["police"]),
        ("Sylvania provided Freedonia with money and arms.", "AID", ["Sylvania"], ["Freedonia"]),
        ("Gunfire was heard as gunmen kidnapped shoppers.", "ASSAULT", ["gunmen"], ["shoppers"]),
    ],
)
def test_the_parties_of_an_act_are_read_from_word_order(
    text: str, kind: str, actor: list[str], recipient: list[str]
) -> None:
    events = [event for event in code(text) if event.plover.type == kind and event.actor]
    assert [(list(event.actor), list(event.recipient)) for event in events] == [(actor, recipient)]


def test_a_call_to_several_people_has_all_of_them_as_recipients() -> None:
    event = only("President Firefly had phone calls with Ambassador Trentino, Minister Pinky and Sylvania.")
    assert event.plover.mode == "phone"
    assert event.recipient == ("Ambassador Trentino", "Minister Pinky", "Sylvania")


def test_an_act_is_coded_in_every_scheme() -> None:
    event = only("Freedonian forces shelled the Red Brigade.")
    assert event.plover.mode == "heavy-weapons"
    assert event.cameo == "194"
    assert event.acled is not None
    assert event.acled.sub_event_type == "Shelling/artillery/missile attack"
    assert event.ucdp_violence == 1


def test_violence_of_a_group_against_civilians_is_one_sided() -> None:
    assert only("Rebels? No: gunmen attacked villagers.").ucdp_violence == 3


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("Freedonia attacked Sylvania.", "actual"),
        ("Freedonia is attacking Sylvania.", "ongoing"),
        ("Freedonia will attack Sylvania.", "planned"),
        ("Freedonia plans to attack Sylvania.", "planned"),
        ("Freedonia could attack Sylvania.", "hypothetical"),
        ("If Freedonia attacked Sylvania, nobody would be surprised.", "hypothetical"),
        ("Freedonia did not attack Sylvania.", "negated"),
        ("Freedonia failed to attack Sylvania.", "failed"),
        ("Freedonia tried to attack Sylvania.", "failed"),
        ("Freedonia continued to attack Sylvania.", "ongoing"),
    ],
)
def test_reality_is_read_from_the_verb_group(text: str, reality: str) -> None:
    assert only(text).reality == reality


def test_what_an_attack_did_to_people_is_part_of_the_attack() -> None:
    event = only("Freedonian forces shelled a market, killing six villagers.")
    assert event.plover.mode == "heavy-weapons"
    assert event.recipient == ("villagers",)


def test_the_same_act_told_again_is_one_event_with_two_mentions() -> None:
    text = "Freedonian forces shelled Sylvania. It was early. Freedonian forces shelled Sylvania with mortars."
    event = only(text)
    assert [text[start:end] for start, end in event.mentions] == ["Freedonian forces shelled Sylvania with mortars"]


def test_acts_of_different_parties_stay_apart() -> None:
    assert len(code("Freedonian forces shelled Sylvania. Later Sylvania shelled Freedonia.")) == 2


def test_a_noun_under_not_is_negated() -> None:
    assert {event.reality for event in code("These are not clashes between rebels and police.")} == {"negated"}


def test_a_judgement_in_a_statement_is_the_speakers_only_where_one_is_named() -> None:
    assert code("That was outrageous.") == []


def test_a_bare_reference_back_is_no_event() -> None:
    assert code("The attack came after a long winter.") == []


def test_an_accident_is_no_event() -> None:
    assert code("Two villagers were killed when their bus crashed into a lorry.") == []


def test_a_party_that_nobody_names_is_left_empty() -> None:
    event = only("Villagers? Six villagers were shot dead overnight.")
    assert event.actor == ()
    assert event.recipient == ("villagers",)


def test_an_attack_of_words_is_criticism() -> None:
    assert only("President Firefly attacked Minister Pinky for raising taxes.").plover.type == "ACCUSE"
    assert only("Rebels attacked Minister Pinky in the night.").plover.type == "ASSAULT"


def test_a_claim_of_responsibility_is_the_attack_it_names() -> None:
    event = only("Later the Red Brigade claimed responsibility for an attack on shoppers.")
    assert event.plover.type == "ASSAULT"
    assert (event.actor, event.recipient) == (("the Red Brigade",), ("shoppers",))


def test_a_death_that_no_force_caused_is_no_event() -> None:
    assert code("Ambassador Trentino died last week after a long illness.") == []


def test_fighters_flee_but_the_flight_of_others_is_no_event() -> None:
    assert only("Rebels fled after a week.").plover.type == "RETREAT"
    assert code("Villagers fled after a week.") == []


def test_a_warning_is_a_threat_only_with_force_or_measures() -> None:
    assert "THREATEN" in {event.plover.type for event in code("Freedonia warned that it would strike Sylvania.")}
    assert "THREATEN" in {event.plover.type for event in code("Freedonia warned Sylvania of sanctions.")}
    assert code("Freedonia warned Sylvania that the winter would be cold.") == []


def test_words_of_force_of_an_election_or_a_surname_are_no_force() -> None:
    assert code("President Firefly would beat Minister Pinky in the election, polls say.") == []
    assert code("President Firefly released the emails of Minister Pinky.") == []


def test_a_noun_is_not_taken_for_a_verb_in_its_base_form() -> None:
    assert code("Minister Pinky, a radio host in Sylvania, likes old songs.") == []


def test_those_at_whose_hands_people_died_are_the_doers() -> None:
    assert only("Six villagers were killed at the hands of the Red Brigade.").actor == ("the Red Brigade",)


def test_both_sides_of_clashes_are_parties() -> None:
    event = only("Rebels died in clashes with police.")
    assert set(event.actor) | set(event.recipient) == {"Rebels", "police"}


def claim(start: int, end: int, text: str) -> Claim:
    return Claim(id="c1", start=start, end=end, evidence=text[start:end], sentence=0, harm="killed", min=6, max=6)


def tied(text: str, stated: Claim) -> tuple[list[Claim], list[Event]]:
    return tie_claims([stated], code(text, [stated]))


def test_a_claim_is_tied_to_the_act_of_its_clause_and_the_act_to_it() -> None:
    text = "Freedonian forces shelled a market, killing six villagers."
    start = text.index("killing")
    claims, events = tied(text, claim(start, len(text) - 1, text))
    assert events[0].claims == ("c1",)
    assert claims[0].links.event == events[0].id


def test_a_claim_without_an_act_stays_untied() -> None:
    text = "Six villagers are believed dead. Freedonia condemned Sylvania."
    claims, events = tied(text, claim(0, 31, text))
    assert claims[0].links.event is None
    assert all(not event.claims for event in events)


@given(st.text(max_size=300))
def test_any_text_is_coded_without_a_crash(text: str) -> None:
    code(text)


def test_a_very_long_line_is_coded_in_time() -> None:
    assert len(code("Freedonia attacked Sylvania and " * 4000)) > 100
