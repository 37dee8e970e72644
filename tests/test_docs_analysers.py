"""The example of docs/analysers.md is code that runs."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from counterclaim.language import PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.records import Report

PAGE = Path(__file__).parent.parent / "docs" / "analysers.md"


def pipeline(text: str) -> list[SimpleNamespace]:
    """A stand-in for spaCy: every word a noun that hangs on the one before it."""
    words: list[SimpleNamespace] = []
    for match in re.finditer(r"\w+", text):
        word = SimpleNamespace(idx=match.start(), text=match.group(), pos_="NOUN", lemma_=match.group(), dep_="dep")
        word.head = words[-1] if words else word
        words.append(word)
    return words


def test_the_example_takes_tags_and_heads_from_the_pipeline_and_codes() -> None:
    example = next(
        code for code in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S) if "class With" in code
    )
    names: dict[str, Any] = {}
    exec(example, names)
    analyser = names["WithTrees"](pipeline, PatternAnalyser(), "twin-1")
    text = "Nine people were killed in Kharkiv, the governor said."
    (analysis,) = analyser.analyse([text])
    people = next(number for number, token in enumerate(analysis.tokens) if token.text == "people")
    assert analysis.tokens[people].tag == "NOUN"
    assert analysis.tokens[people].head == people - 1
    coded = Coder(analyser).code(Report(id="one", published="2023-03-07", text=text))
    assert coded.coded_by is not None
    assert coded.coded_by.analyser.endswith("+twin-1")
    assert coded.claims[0].min == 9
