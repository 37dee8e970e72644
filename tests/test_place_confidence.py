"""The confidence of a place is a chance that only rises with its share of the belief and with the evidence."""

from itertools import pairwise

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.records import Place
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places
from counterclaim.resolving.places.confidence import confidence


def places(text: str) -> dict[str, Place]:
    return {place.text: place for place in find_places(PatternAnalyser().analyse([text])[0], Gazetteer.open())}


def test_it_rises_with_the_share_of_the_belief_and_with_the_evidence() -> None:
    shares = (0.05, 0.2, 0.5, 0.8, 0.95)
    for evidence in (-1.0, 0.0, 3.5):
        assert all(low < high for low, high in pairwise(confidence(share, evidence) for share in shares))
    for share in shares:
        assert all(low < high for low, high in pairwise(confidence(share, evidence) for evidence in (-1.5, 0.0, 2.0)))


@pytest.mark.parametrize("belief", [0.0, 1.0])
@pytest.mark.parametrize("evidence", [-1e9, 1e9])
def test_the_ends_are_chances_short_of_certainty(belief: float, evidence: float) -> None:
    assert 0 < confidence(belief, evidence) < 0.96


def test_a_famous_capital_is_surer_than_one_of_many_namesakes() -> None:
    found = places("Mortars hit Damascus on Friday. A man of San Antonio was killed.")
    assert found["Damascus"].confidence > 0.8
    assert found["San Antonio"].confidence < found["Damascus"].confidence
