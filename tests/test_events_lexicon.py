"""The trigger lexicon: its table is sound, and its patterns match what they say."""

from __future__ import annotations

import pytest

from counterclaim.coding.events.inflection import plural, verb_forms
from counterclaim.coding.events.lexicon import build, lexicon, parse
from counterclaim.language import PatternAnalyser
from counterclaim.schemes.acts import ACTS


def entries(text: str, *lines: str) -> list[tuple[str, str]]:
    tokens = PatternAnalyser().analyse([text])[0].tokens
    hits = build(lines).hits(tokens, 0, len(tokens))
    return [(hit.entry.act, text[tokens[hit.first].start : tokens[hit.last - 1].end]) for hit in hits]


def test_every_line_of_the_table_names_an_act_or_a_question_and_a_precision() -> None:
    listed = {entry for group in lexicon().by_first.values() for _, _, entry in group}
    assert len(listed) > 500
    for entry in listed:
        assert entry.act in ACTS or entry.act.endswith("?"), entry
        assert 0 < entry.precision < 1, entry


def test_the_longest_pattern_wins() -> None:
    found = entries("They shot dead two men.", "v\tshoot\tshoot", "v\tshoot dead\texecute")
    assert found == [("execute", "shot dead")]


def test_a_gap_stays_in_its_clause_and_short() -> None:
    line = "v\ttake _ hostage\tabduct"
    assert entries("They took the two old envoys hostage.", line) == [("abduct", "took the two old envoys hostage")]
    assert entries("They took the road, hostage or not.", line) == []
    assert entries("They took one two three four five hostage.", line) == []


def test_a_near_word_must_follow_in_the_clause() -> None:
    line = "v\tsign\tsign-accord\tnear=treaty"
    assert entries("Both signed the long treaty.", line) == [("sign-accord", "signed")]
    assert entries("Both signed. The treaty came later.", line) == []


def test_a_noun_reading_is_kept_beside_the_verb_reading() -> None:
    tokens = PatternAnalyser().analyse(["strikes"])[0].tokens
    [hit] = build(["v\tstrike\tattack", "n\tstrike\tair-strike"]).hits(tokens, 0, 1)
    assert hit.entry.act == "attack"
    assert hit.noun is not None
    assert hit.noun.entry.act == "air-strike"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("shell", {"shells": "s", "shelled": "ed", "shelling": "ing"}),
        ("deny", {"denies": "s", "denied": "ed", "denying": "ing"}),
        ("kidnap", {"kidnaps": "s", "kidnapped": "ed", "kidnapping": "ing"}),
        ("take", {"takes": "s", "took": "past", "taken": "part", "taking": "ing"}),
        ("release", {"releases": "s", "released": "ed", "releasing": "ing"}),
        ("set", {"sets": "s", "set": "ed", "setting": "ing"}),
        ("free", {"freed": "ed", "freeing": "ing"}),
        ("die", {"died": "ed", "dying": "ing"}),
    ],
)
def test_verbs_are_inflected(base: str, expected: dict[str, str]) -> None:
    assert expected.items() <= verb_forms(base).items()


def test_nouns_take_a_plural() -> None:
    assert [plural(noun) for noun in ("clash", "sortie", "atrocity", "siege")] == [
        "clashes",
        "sorties",
        "atrocities",
        "sieges",
    ]


@pytest.mark.parametrize("options", ["wrong=1", "needs=actor needs=party"])
def test_an_option_that_is_unknown_or_said_twice_is_refused(options: str) -> None:
    with pytest.raises(ValueError, match=r"option"):
        parse(f"v\tshell\tshell\t{options}")
