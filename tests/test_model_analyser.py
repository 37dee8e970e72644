"""The model analyser over a twin that needs no model file: tags and spans land on the right letters."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from counterclaim.language import Analyser, PatternAnalyser
from counterclaim.language.model import ModelAnalyser, candidates, class_chances, likeliest, linked
from counterclaim.language.model_session import Reading
from counterclaim.language.model_units import WordPieces, cut_units

LABELS: dict[str, Any] = {
    "upos": ["NOUN", "VERB", "PROPN", "PART", "PUNCT"],
    "features": ["_"],
    "lemma": ["k0+", "l1+"],
    "relation": ["root", "nsubj", "obj", "case", "punct"],
    "ner": ["PER", "ORG"],
    "attr": ["source", "cue", "content"],
    "layers": ["killed", "trigger"],
    "classes": {"stance": ["asserts", "denies"], "amount": ["stated", "1", "open"]},
    "channels": ["claim:source", "cue:source", "cue:content"],
}


class Twin:
    """Reads any text as `Kara's U.S. guards fell.`: a fixed answer for its units, blanks for other texts."""

    version = "twin"
    labels = LABELS

    def read(self, text: str) -> Reading:
        units = cut_units(text, WordPieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}))
        size = len(units)
        tags = {name: np.zeros(size, np.int64) for name in ("segment", "upos", "features", "lemma", "head", "relation")}
        tags["segment"][:] = 1
        tags["head"] = np.arange(size)
        scores = {
            "ner": np.full((size, 5), -5.0, np.float32),
            "attr": np.full((size, 7), -5.0, np.float32),
            "layers": np.full((size, 2, 3), -5.0, np.float32),
            "classes": np.zeros((size, 5), np.float32),
        }
        for table in scores.values():
            table[..., 0] = 5
        if text == "Kara's U.S. guards fell.":  # units: Kara 's U . S . guards fell .
            tags["segment"][:] = [2, 1, 1, 0, 0, 0, 1, 1, 1]
            tags["upos"][:] = [2, 3, 2, 0, 0, 0, 0, 1, 4]
            tags["head"][:] = [6, 0, 6, -1, -1, -1, 7, 7, 7]
            tags["relation"][:] = [2, 3, 2, 0, 0, 0, 1, 0, 4]
            tags["lemma"][6] = 1
            scores["ner"][0, 1] = 9
            scores["attr"][0, 1] = scores["attr"][6, 3] = scores["attr"][7, 5] = 9
            scores["layers"][6, 0, 1] = scores["layers"][7, 0, 2] = 9
            scores["classes"][6:8, 1] = 9
        links = {(channel, 6): (0, np.arange(size, dtype=np.float32) - 2) for channel in range(3)}
        return Reading(units, tags, scores, links)

    def parts(self, text: str) -> Iterator[Reading]:
        yield self.read(text)


def analyser() -> ModelAnalyser:
    return ModelAnalyser(session=Twin())


def test_it_is_an_analyser_and_names_its_model() -> None:
    plugged: Analyser = analyser()
    assert plugged.version == "twin"


def test_tokens_stay_those_of_the_base_and_gain_tags() -> None:
    text = "Kara's U.S. guards fell."
    analysis = analyser().analyse([text])[0]
    base = PatternAnalyser().analyse([text])[0]
    assert [token[:4] for token in analysis.tokens] == [token[:4] for token in base.tokens]
    by_text = {token.text: token for token in analysis.tokens}
    assert by_text["guards"].tag == "NOUN"
    assert by_text["guards"].lemma == "guard"
    assert analysis.tokens[by_text["guards"].head].text == "fell"
    assert by_text["fell"].head == -1
    assert by_text["fell"].relation == "root"
    assert by_text["U.S."].tag == "PROPN"


def test_spans_have_exact_offsets() -> None:
    text = "Kara's U.S. guards fell."
    analysis = analyser().analyse([text])[0]
    assert [(text[n.start : n.end], n.label) for n in analysis.spans["entity"]] == [("Kara", "PER")]
    assert [text[s.start : s.end] for s in analysis.spans["killed"]] == ["guards fell"]
    assert analysis.spans["trigger"] == []


def test_names_stay_those_of_the_base() -> None:
    text = "Kara's U.S. guards fell."
    assert analyser().analyse([text])[0].names == PatternAnalyser().analyse([text])[0].names


def test_a_cue_takes_the_source_and_the_content_linked_to_it() -> None:
    text = "Kara's U.S. guards fell."
    [statement] = analyser().analyse([text])[0].statements
    assert text[slice(*statement.cue)] == "guards"
    assert statement.source is not None
    assert text[slice(*statement.source)] == "Kara"
    assert [text[slice(*part)] for part in statement.content] == ["fell"]


def test_a_harm_has_its_classes() -> None:
    text = "Kara's U.S. guards fell."
    [harm] = analyser().analyse([text])[0].harms
    assert (text[harm.start : harm.end], harm.harm) == ("guards fell", "killed")
    assert harm.about["stance"][0] == "denies"
    assert harm.about["stance"][1] > 0.9


def test_a_text_is_read_the_same_in_any_company() -> None:
    text = "Kara's U.S. guards fell."
    assert analyser().analyse(["Other.", text, ""])[1] == analyser().analyse([text])[0]


def test_an_empty_text_has_no_spans() -> None:
    analysis = analyser().analyse([""])[0]
    assert not analysis.tokens
    assert not any(analysis.spans.values())


def test_classes_are_averaged_over_a_span() -> None:
    reading = Twin().read("Kara's U.S. guards fell.")
    chances = class_chances(reading, [(12, 23), (0, 4)], LABELS["classes"])
    value, chance = likeliest(chances, LABELS["classes"])[0]["stance"]
    assert value == "denies"
    assert chance > 0.9


def test_links_are_ranked_and_unknown_anchors_have_none() -> None:
    reading = Twin().read("Kara's U.S. guards fell.")
    assert [link.offset for link in linked(reading, 0, 12, candidates(reading, [0, 7, 19]))] == [19, 7, 0]
    assert linked(reading, 0, 0, candidates(reading, [7])) == []
