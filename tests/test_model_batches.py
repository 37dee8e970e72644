"""The shipped model reads a text the same whatever stands beside it, and a long one in parts."""

import random

import pytest

from counterclaim.language import Analysis
from counterclaim.language import model_session as session
from counterclaim.language.model import ModelAnalyser

TEXTS = [
    "Two soldiers were killed near Tarsk on Monday, the ministry said. It blamed rebels for the attack.",
    "",
    "“We lost eleven men,” Colonel Ode Barra told reporters.\n\nThe rebels denied it.",
    "Rain fell.",
    "At least 40 people, among them six children, were wounded when shells hit a market in Ora, a doctor said. " * 8,
    "№ ✈ 12,5 % — ¿qué? 🙂",
]


@pytest.fixture(scope="module")
def analyser() -> ModelAnalyser:
    return ModelAnalyser()


@pytest.fixture(scope="module")
def alone(analyser: ModelAnalyser) -> list[Analysis]:
    return [analyser.analyse([text])[0] for text in TEXTS]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_text_is_read_the_same_in_any_order_and_size_of_batch(
    analyser: ModelAnalyser, alone: list[Analysis], seed: int
) -> None:
    chance = random.Random(seed)
    order = chance.sample(range(len(TEXTS)), chance.randint(2, len(TEXTS)))
    assert analyser.analyse([TEXTS[index] for index in order]) == [alone[index] for index in order]


def test_a_statement_and_a_harm_are_seen(alone: list[Analysis]) -> None:
    text = TEXTS[0]
    assert any("ministry" in text[slice(*said.source)] for said in alone[0].statements if said.source)
    assert [(harm.harm, text[slice(*harm.number)]) for harm in alone[0].harms if harm.number] == [("killed", "Two")]


def test_a_long_text_is_read_in_parts_with_nothing_lost(
    analyser: ModelAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PART", 1)
    text = "\n".join([TEXTS[4], TEXTS[0]] * 4)
    parts = list(analyser.session.parts(text))
    assert len(parts) > 1
    assert [start for part in parts for start in part.units.starts] == list(analyser.session.read(text).units.starts)
    analysis = analyser.analyse([text])[0]
    assert all(token.tag and -1 <= token.head < len(analysis.tokens) for token in analysis.tokens)
    assert sum(text[said.cue[0] : said.cue[1]] == "said" for said in analysis.statements) >= len(parts)
