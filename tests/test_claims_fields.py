from datetime import date

import pytest

from counterclaim.coding.claims import find_claims
from counterclaim.coding.claims.tuned import LEAST
from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor, Attribution, Claim, Place, PlaceKind, Time
from counterclaim.resolving.actors import ActorIndex


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def place(text: str, words: str, kind: PlaceKind = "settlement") -> Place:
    start, end = span(text, words)
    return Place(id=f"p-{words}", start=start, end=end, text=words, name=words, kind=kind)


def day(text: str, words: str, value: str) -> Time:
    start, end = span(text, words)
    return Time(id=f"t-{words}", start=start, end=end, text=words, type="DATE", value=value, from_=value, to=value)


def claims(
    text: str,
    attributions: list[Attribution] | None = None,
    places: list[Place] | None = None,
    times: list[Time] | None = None,
) -> list[Claim]:
    (analysis,) = PatternAnalyser().analyse([text])
    return find_claims(
        analysis,
        attributions=attributions or [],
        actors=ActorIndex([]),
        places=places or [],
        times=times or [],
        published=date(2021, 6, 10),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The raid killed two soldiers.", "combatant"),
        ("The raid killed two teachers.", "civilian"),
        ("The raid killed two security officials.", "combatant"),
        ("The raid killed two members of the police.", "combatant"),
        ("The raid killed two people.", "unknown"),
        ("A blast in a crowded market killed two people.", "civilian"),
        ("The fighting displaced 300 people.", "civilian"),
        ("Sgt. Omar Hadi was killed.", "combatant"),
        ("Omar Hadi, a teacher, was killed.", "civilian"),
    ],
)
def test_the_kind_of_victim_is_read_from_the_words_for_them(text: str, kind: str) -> None:
    (claim,) = claims(text)
    assert claim.victim_kind == kind


def test_others_hurt_in_the_same_sentence_are_of_the_same_kind() -> None:
    killed, injured = claims("The raid killed two soldiers and wounded nine others.")
    assert (killed.victim_kind, injured.victim_kind) == ("combatant", "combatant")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two farmers were killed by Ruritanian soldiers.", "Ruritanian soldiers"),
        ("Masked gunmen killed two farmers.", "Masked gunmen"),
        ("Two farmers were killed in an Israeli airstrike.", "Israel"),
        ("Two farmers were killed when gunmen stormed a farm.", "gunmen"),
        ("A flood killed two farmers.", ""),
        ("Two farmers were beaten by angry neighbours.", "angry neighbours"),
        ("A young neighbour shot two farmers.", "young neighbour"),
        ("Two farmers were killed when a house was hit by missiles from an Israeli aircraft.", "Israel"),
        ("Two farmers were killed after Israeli missiles struck a barn.", "Israel"),
        ("Two farmers were shot dead by Israeli soldiers.", "Israel"),
        ("Six gunmen burst into an office in Lom province and opened fire, killing two farmers.", "gunmen"),
        ("The mayor, a widower, said two farmers were killed.", ""),
        ("A roadside bomb struck a police patrol, killing two farmers.", ""),
        ("The man, who lost two brothers, spoke to Reuters.", ""),
    ],
)
def test_the_perpetrator_is_who_the_sentence_says_did_it(text: str, who: str) -> None:
    (claim,) = claims(text)
    assert claim.perpetrator == who


def test_who_attacked_is_carried_to_the_harm_told_next_but_not_to_another_event() -> None:
    first, second = claims(
        "Two farmers were killed in an Israeli airstrike. Three children were wounded in the strike."
    )
    assert (first.perpetrator, second.perpetrator) == ("Israel", "Israel")
    first, second = claims("Two farmers were killed in an Israeli airstrike. Meanwhile, a crash killed three children.")
    assert (first.perpetrator, second.perpetrator) == ("Israel", "")


def test_nobody_is_said_to_have_attacked_his_own() -> None:
    _, second = claims("An Israeli airstrike killed two farmers. Five Israeli soldiers were wounded.")
    assert second.perpetrator == ""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Two farmers were killed in the village of Gidan Lowa.", "Gidan Lowa"),
        ("Two farmers were killed by a mine in the Ostro district.", "Ostro"),
        ("Two farmers were killed, a minister said in Streltz.", ""),
        ("Two farmers were killed, medics at the Ostro hospital said.", ""),
        ("Two farmers were killed in Kurdish custody.", ""),
    ],
)
def test_a_place_that_no_gazetteer_knows_is_taken_from_the_words_that_put_the_harm_there(text: str, where: str) -> None:
    (claim,) = claims(text, places=[place(text, "Streltz")] if "Streltz" in text else [])
    assert claim.place == where


def test_a_figure_told_again_takes_the_place_of_its_first_telling() -> None:
    text = "A blast killed 14 farmers in Streltz. A king flew in. He met a priest. He wept. The bomb killed 14 farmers."
    assert [claim.place for claim in claims(text, places=[place(text, "Streltz")])] == ["Streltz", "Streltz"]


def test_the_most_specific_place_of_the_clause_is_taken() -> None:
    text = "Two farmers were killed in Streltz, a town in Ruritania."
    (claim,) = claims(text, places=[place(text, "Streltz"), place(text, "Ruritania", "country")])
    assert (claim.place, claim.links.place_id) == ("Streltz", "p-Streltz")


def test_a_town_named_for_its_bearing_only_is_not_the_place() -> None:
    text = "Two farmers were killed in Hentzau, 40 kilometers south of Streltz."
    (claim,) = claims(text, places=[place(text, "Hentzau"), place(text, "Streltz")])
    assert claim.place == "Hentzau"


def test_the_name_of_a_source_is_no_place() -> None:
    text = "Ruritania says two farmers were killed."
    statement = Attribution(
        id="s1", source=span(text, "Ruritania"), cue=span(text, "says"),
        content=(span(text, "two farmers were killed"),), kind="named",
    )  # fmt: skip
    (claim,) = claims(text, [statement], [place(text, "Ruritania", "country")])
    assert (claim.source, claim.place) == ("Ruritania", "")


def test_the_day_nearest_to_the_harm_dates_it() -> None:
    text = "On Tuesday two farmers were killed."
    (claim,) = claims(text, times=[day(text, "Tuesday", "2021-06-08")])
    assert (claim.date, claim.links.time_id) == ("2021-06-08", "t-Tuesday")


def test_the_day_somebody_spoke_is_not_the_day_of_the_harm() -> None:
    text = "Two farmers were killed in the spring of May, a mayor said on Tuesday."
    (claim,) = claims(text, times=[day(text, "May", "2021-05"), day(text, "Tuesday", "2021-06-08")])
    assert claim.date == "2021-05"


def test_since_opens_an_interval_that_ends_with_publication() -> None:
    text = "The rebels have killed 400 farmers since 2019."
    (claim,) = claims(text, times=[day(text, "2019", "2019")])
    assert (claim.date, claim.background) == ("2019/2021-06-10", True)


def test_without_a_day_in_the_text_there_is_no_date() -> None:
    (claim,) = claims("Two farmers were killed.")
    assert claim.date == ""


def test_a_denied_statement_makes_a_denied_claim() -> None:
    text = "The army denied that two farmers were killed."
    statement = Attribution(
        id="s1", source=span(text, "The army"), cue=span(text, "denied"),
        content=(span(text, "two farmers were killed"),), kind="unnamed", stance="denies",
    )  # fmt: skip
    (claim,) = claims(text, [statement])
    assert claim.stance == "denies"


def test_a_feared_toll_is_hypothetical() -> None:
    (claim,) = claims("Another 30 people could have been killed.")
    assert claim.stance == "hypothetical"


def test_a_pronoun_source_is_named_by_the_source_before_it() -> None:
    text = "Mayor Lena Okoro called for calm. She said two farmers were killed."
    statements = [
        Attribution(
            id="s1", source=span(text, "Mayor Lena Okoro"), cue=span(text, "called"), content=(span(text, "for calm"),),
            kind="named",
        ),
        Attribution(
            id="s2", source=span(text, "She"), cue=span(text, "said"), content=(span(text, "two farmers were killed"),),
            kind="named",
        ),
    ]  # fmt: skip
    (claim,) = claims(text, statements)
    assert (claim.source, claim.links.attribution) == ("Mayor Lena Okoro", "s2")


def test_a_closing_said_tells_what_stands_before_it() -> None:
    text = "Two farmers were killed, the mayor said, a loss that stunned the town."
    statement = Attribution(
        id="s1", source=span(text, "the mayor"), cue=span(text, "said"), content=(span(text, "stunned the town"),),
        kind="unnamed",
    )  # fmt: skip
    (claim,) = claims(text, [statement])
    assert claim.source == "the mayor"


def test_condemning_a_harm_is_not_telling_it() -> None:
    text = "The union condemned an attack that killed two farmers."
    statement = Attribution(
        id="s1", source=span(text, "The union"), cue=span(text, "condemned"),
        content=(span(text, "an attack that killed two farmers"),), kind="named",
    )  # fmt: skip
    (claim,) = claims(text, [statement])
    assert (claim.source, claim.source_kind) == ("", "author")


def test_nested_statements_give_the_innermost_source_and_the_chain() -> None:
    text = "The daily said the mayor reported two farmers were killed."
    outer = Attribution(
        id="s1", source=span(text, "The daily"), cue=span(text, "said"),
        content=(span(text, "the mayor reported two farmers were killed"),), kind="named",
    )  # fmt: skip
    inner = Attribution(
        id="s2", source=span(text, "the mayor"), cue=span(text, "reported"),
        content=(span(text, "two farmers were killed"),), kind="unnamed",
    )  # fmt: skip
    (claim,) = claims(text, [outer, inner])
    assert claim.source == "the mayor"
    assert claim.source_chain == ("the mayor", "The daily")


def test_every_claim_is_at_least_as_likely_as_the_threshold() -> None:
    text = "The raid killed two soldiers. Rebels captured the Omar Line. He fled. The death of the old man shocked all."
    assert all(LEAST <= claim.confidence <= 1 for claim in claims(text))


def test_what_a_source_denies_names_nobody_as_the_doer() -> None:
    text = (
        "The ministry denied that Norland forces had shelled the station in Tarsk.\n\n"
        "At least 17 people were killed in Morava in March by a missile of the same type, it said."
    )
    denial = Attribution(
        id="s1", source=(0, 12), cue=span(text, "denied"), content=((20, 72),), kind="named", stance="denies"
    )
    assert [claim.perpetrator for claim in claims(text, [denial])] == [""]


def test_people_in_a_bombed_place_are_not_who_bombed_it() -> None:
    text = (
        "Ministry says militants hid in bombed hospital\n\nNineteen people were killed in the air strike, doctors said."
    )
    assert [claim.perpetrator for claim in claims(text)] == [""]


def test_a_pronoun_is_never_the_name_of_a_source() -> None:
    text = "Nine people were killed, the aid group said.\n\nIt said that four others were missing."
    told = Actor(id="a1", name="aid group", kind="ngo", mentions=(span(text, "aid group"), span(text, "It")))
    content = span(text, "that four others were missing")
    said = Attribution(
        id="s1", source=span(text, "It"), cue=span(text, "said that"), content=(content,), kind="named", actor="a1"
    )
    (analysis,) = PatternAnalyser().analyse([text])
    found = find_claims(
        analysis, attributions=[said], actors=ActorIndex([told]), places=[], times=[], published=date(2021, 6, 10)
    )
    assert found[-1].source in ("aid group", "the aid group")
