"""Statements are handed to the right source, with spans that can be walked back to the text."""

import pytest

from counterclaim.coding.attributions import find_attributions
from counterclaim.language import PatternAnalyser
from counterclaim.records import Attribution
from counterclaim.resolving.actors import ActorIndex


def read(text: str) -> list[Attribution]:
    return find_attributions(PatternAnalyser().analyse([text])[0], ActorIndex([]))


def parts(text: str) -> list[tuple[str, str, list[str]]]:
    def words(span: tuple[int, int] | None) -> str:
        return text[span[0] : span[1]] if span else ""

    return [(words(a.source), words(a.cue), [words(span) for span in a.content]) for a in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The army said that two men were shot.", "The army", "said", ["that two men were shot"]),
        ("Two men were shot, the army said.", "the army", "said", ["Two men were shot"]),
        ("Two men were shot, said Ana Sol, a doctor.", "Ana Sol, a doctor", "said", ["Two men were shot"]),
        ("According to the army, two men were shot.", "the army", "According to", ["two men were shot"]),
        ("Two men were shot, according to the army.", "the army", "according to", ["Two men were shot"]),
        ("Two men, Sol said, were shot near the river.", "Sol", "said", ["Two men", "were shot near the river"]),
        ("Sol told reporters that two men were shot.", "Sol", "told", ["that two men were shot"]),
        ("“Two men were shot,” she said. “It was late.”", "she", "said", ["“Two men were shot,”", "“It was late.”"]),
        ('Sol called the raid "a crime".', "Sol", "called", ['the raid "a crime"']),
        ("Toll rises to nine after raid: ministry", "ministry", ":", ["Toll rises to nine after raid"]),
        ("Sol said after the talks that two men were shot.", "Sol", "said", ["that two men were shot"]),
        (
            "Ana Sol, the mayor of Lund, said two men were shot.",
            "Ana Sol, the mayor of Lund",
            "said",
            ["two men were shot"],
        ),
        ("In Lund the police said two men were shot.", "the police", "said", ["two men were shot"]),
        ("The ministry put the death toll at nine.", "The ministry", "put", ["the death toll at nine"]),
        ("Norland raised its own count of dead to nine.", "Norland", "raised", ["its own count of dead to nine"]),
        ("The raid was claimed by the Red Front on Monday.", "the Red Front", "was claimed by", ["The raid"]),
    ],
)
def test_source_cue_and_content_of_one_statement(text: str, source: str, cue: str, content: list[str]) -> None:
    assert parts(text) == [(source, cue, content)]


def test_a_second_clause_ends_the_first_statement() -> None:
    text = "The army said two men were shot, but villagers said nobody was hurt."
    assert parts(text) == [
        ("The army", "said", ["two men were shot"]),
        ("villagers", "said", ["nobody was hurt"]),
    ]


def test_a_joined_participle_keeps_the_source() -> None:
    text = "The army said two men were shot, adding that the search went on."
    assert [(source, content) for source, _, content in parts(text)] == [
        ("The army", ["two men were shot"]),
        ("The army", ["that the search went on"]),
    ]


def test_a_nested_statement_stays_inside_the_outer_one() -> None:
    text = "The ministry said witnesses told it that two men were shot."
    outer, inner = read(text)
    assert outer.content[0][0] < inner.content[0][0] < inner.content[0][1] == outer.content[0][1]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said two men were shot.", "asserts"),
        ("The army denied that two men were shot.", "denies"),
        ("The army rejected the accusation.", "denies"),
        ("The agency could not confirm that two men were shot.", "doubts"),
        ("The toll could not be independently verified.", "doubts"),
    ],
)
def test_stance_of_the_source(text: str, stance: str) -> None:
    assert read(text)[0].stance == stance


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Officials", "unnamed"),
        ("A police spokesman", "unnamed"),
        ("Police spokesman Olu Bram", "named"),
        ("The defence ministry", "named"),
        ("Sweden's prime minister", "named"),
        ("Witnesses in Lund", "unnamed"),
    ],
)
def test_kind_of_the_source(source: str, kind: str) -> None:
    assert read(f"{source} said two men were shot.")[0].kind == kind


def test_a_noun_that_looks_like_a_cue_is_none() -> None:
    assert parts("The reports lay on the table.") == []
    assert parts("She called the mayor.") == [] or parts("She called Mayor Sol.") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "said",
        '"',
        "“" * 500,
        "said " * 3000,
        ", he said, " * 2000,
        "\u200f😀 said that",
        "according to " * 2000,
        "a," * 9000,
    ],
)
def test_any_text_is_read_in_time_and_with_spans_inside_it(text: str) -> None:
    for attribution in read(text):
        for start, end in (attribution.source or (0, 1), attribution.cue or (0, 1), *attribution.content):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ana Sol, speaking in Lund, on the border, said two men were shot.", "Ana Sol"),
        ("The Red Front, armed wing of the union, claimed the raid.", "The Red Front, armed wing of the union"),
        ("Two days after Sweden confirmed the raid, troops left.", "Sweden"),
        ('The "foreign minister" Ana Sol told reporters that two men were shot.', "Ana Sol"),
        ("“Two men were shot,” Nils Ek, head of the clinic, told reporters.", "Nils Ek, head of the clinic"),
        ("Theresa May said two men were shot.", "Theresa May"),
        ("Farmers who live near the river said two men were shot.", "Farmers who live near the river"),
        ("“It was late.” ― Ana Sol", "Ana Sol"),
    ],
)
def test_the_source_is_the_whole_name_and_no_more(text: str, source: str) -> None:
    assert source in [found for found, _, _ in parts(text)]


def test_what_is_joined_inside_a_statement_is_no_new_statement() -> None:
    assert len(parts("He said that he was beaten and threatened with death.")) == 1


def test_nobody_claims_nothing() -> None:
    assert parts("No group claimed the raid.") == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Sol condemned the raid in which six men died.", "the raid"),
        ("The front claimed the blast, which killed six men.", "the blast"),
        ("Sol warned any raid would kill civilians.", "any raid would kill civilians"),
        ("Sol wrote on Monday, after the raid, that six men died.", "that six men died"),
    ],
)
def test_what_the_author_adds_is_no_part_of_the_statement(text: str, content: str) -> None:
    assert parts(text)[0][2] == [content]


def test_a_blast_that_claims_lives_claims_nothing() -> None:
    assert parts("The blast claimed 20 lives.") == []


def test_what_is_documented_is_told_with_all_that_is_said_of_it() -> None:
    assert parts("Sol documented the names of six men who died.")[0][2] == ["the names of six men who died"]


def test_as_per_opens_a_statement_after_a_joining_word() -> None:
    assert parts("One man died and as per local reports six men were hurt.")[0][2] == ["six men were hurt"]


def test_who_puts_a_toll_at_a_figure_also_says_what_is_joined() -> None:
    found = parts("Officials put the toll at nine and said that two men were shot.")
    assert found == [
        ("Officials", "put", ["the toll at nine"]),
        ("Officials", "said", ["that two men were shot"]),
    ]


def test_putting_a_thing_somewhere_tells_nothing() -> None:
    assert parts("The army put a gun at the gate.") == []


@pytest.mark.parametrize(
    "text", ["Two suspected rebels were killed.", "Several alleged spies died.", "Five claimed wins fell."]
)
def test_a_number_before_an_adjective_is_no_source(text: str) -> None:
    assert [one for one in read(text) if one.source is not None] == []


def test_a_number_of_people_may_still_suspect() -> None:
    [one] = read("Three suspected that the army had shelled the town.")
    assert one.source == (0, 5)


def test_a_blast_that_raises_a_toll_tells_nothing() -> None:
    assert parts("A second blast raised the death toll to nine.") == []
