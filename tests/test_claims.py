from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.coding.claims import find_claims
from counterclaim.coding.words import words
from counterclaim.language import PatternAnalyser
from counterclaim.records import Attribution, Claim
from counterclaim.resolving.actors import ActorIndex


def claims(text: str, *attributions: Attribution) -> list[Claim]:
    (analysis,) = PatternAnalyser().analyse([text])
    return find_claims(
        analysis,
        attributions=attributions,
        actors=ActorIndex([]),
        places=[],
        times=[],
        published=date(2021, 6, 10),
    )


def figures(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [(claim.harm, claim.min, claim.max, claim.victims) for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed at least 41 Ruritanian sailors.", [("killed", 41, None, "Ruritanian sailors")]),
        ("41 sailors were killed in the raid.", [("killed", 41, 41, "sailors")]),
        ("Mayor says 41 sailors killed in raid", [("killed", 41, 41, "sailors")]),
        ("Shells hit the quay, killing two sailors.", [("killed", 2, 2, "sailors")]),
        ("The death toll rose to 105.", [("killed", 105, 105, "")]),
        ("The fire brought the death toll to 105.", [("killed", 105, 105, "")]),
        ("The flood claimed the lives of 12 farmers.", [("killed", 12, 12, "farmers")]),
        ("The blast left three farmers dead.", [("killed", 3, 3, "farmers")]),
        ("The murder of two farmers shocked the town.", [("killed", 2, 2, "farmers")]),
        ("The farmer was shot dead.", [("killed", 1, 1, "farmer")]),
        ("Three men shot and killed a farmer.", [("killed", 1, 1, "farmer")]),
        ("About 300 families fled the valley.", [("displaced", 300, 300, "families")]),
        ("Gunmen kidnapped five teachers.", [("captured", 5, 5, "teachers")]),
        ("Two sailors are missing.", [("missing", 2, 2, "sailors")]),
        ("There were no casualties.", [("casualties", 0, 0, "casualties")]),
        ("Nobody was hurt.", [("injured", 0, 0, "")]),
        ("Dozens of sailors were wounded.", [("injured", None, None, "sailors")]),
        ("Soldiers were wounded in the raid.", [("injured", None, None, "Soldiers")]),
        ("Omar Hadi was killed.", [("killed", 1, 1, "Omar Hadi")]),
        ("Omar Hadi and Lena Okoro were killed.", [("killed", 2, 2, "Omar Hadi and Lena Okoro")]),
        ("A family of six was killed.", [("killed", 6, 6, "")]),
    ],
)
def test_each_way_of_stating_harm_is_read(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 4 and wounded 43.", [("killed", 4), ("injured", 43)]),
        ("Four sailors were killed and another 43 wounded.", [("killed", 4), ("injured", 43)]),
        ("Police counted 13 dead, 27 injured.", [("killed", 13), ("injured", 27)]),
        ("The raid killed six sailors, two cooks and a child.", [("killed", 6), ("killed", 2), ("killed", 1)]),
        ("A cook and two sailors were killed.", [("killed", 1), ("killed", 2)]),
        ("The raid killed six people, including two children.", [("killed", 6), ("killed", 2)]),
        ("Six people, including two children, were killed.", [("killed", 6), ("killed", 2)]),
        ("A guard was killed along with three drivers.", [("killed", 1), ("killed", 3)]),
        ("Ten sailors died: six cooks and four guards.", [("killed", 10), ("killed", 6), ("killed", 4)]),
        ("Ten sailors died: two cooks and four guards.", [("killed", 10)]),
        ("Another dozen sailors were killed.", [("killed", 12)]),
        ("The storm killed 2, 875 people.", [("killed", 2875)]),
    ],
)
def test_joined_figures_are_claims_of_their_own(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(claim.harm, claim.min) for claim in claims(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army destroyed 12 tanks.",
        "Rebels captured three villages.",
        "The batsman captured three wickets.",
        "The 25-year-old spoke for 10 minutes.",
        "War kills.",
        "The port received 300 body bags.",
        "It ended in the year 9999, and 12 ships were wounded.",
        "He spent $30 on 5 percent of the shares.",
    ],
)
def test_what_is_no_human_harm_gives_no_claim(text: str) -> None:
    assert claims(text) == []


def test_the_evidence_is_the_stretch_from_the_amount_to_the_harm() -> None:
    (claim,) = claims("On Friday, at least 41 sailors from the fleet were killed in a raid.")
    assert claim.evidence == "at least 41 sailors from the fleet were killed"
    assert claim.quantity == "at least 41"


def test_a_claim_inside_a_statement_takes_its_source() -> None:
    text = "Ruritania's admiralty said 41 sailors were killed."
    start = text.index("41")
    attribution = Attribution(
        id="a1", source=(0, 21), cue=(22, 26), content=((start, len(text) - 1),), kind="named", stance="asserts"
    )
    (claim,) = claims(text, attribution)
    assert (claim.source, claim.source_kind, claim.links.attribution) == ("Ruritania's admiralty", "named", "a1")


def test_a_claim_outside_every_statement_is_the_authors_own() -> None:
    (claim,) = claims("41 sailors were killed.")
    assert (claim.source, claim.source_kind) == ("", "author")


@given(
    st.lists(
        st.sampled_from(
            sorted(
                words(
                    "killed wounded were was at least 49 soldiers , . and a an including the dead toll to of who died "
                    "( ) no one left Omar Hadi fled -- 10 million U.S. ' 's has been by in \" lives families"
                )
            )
        ),
        max_size=60,
    ).map(" ".join)
)
def test_any_text_gives_exact_evidence(text: str) -> None:
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.evidence
        assert claim.quantity in claim.evidence
        assert claim.victims in text


@pytest.mark.parametrize(
    "unit", ["killed ", "49 people, ", "a man and ", "was killed and ", "who ( ", "including two "]
)
@pytest.mark.timeout(60)  # a guard against hanging, not a measurement: growth with the square would take minutes
def test_no_long_text_hangs(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(text[claim.start : claim.end] == claim.evidence for claim in claims(text))


@given(st.text(max_size=300))
def test_any_string_whatever_gives_exact_evidence(text: str) -> None:
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.evidence
