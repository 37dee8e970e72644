"""The page of hard sentences says what the shipped coder says today."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bench import hard_sentences
from counterclaim.language.model import WEIGHTS


@pytest.mark.skipif(not files("counterclaim").joinpath("data", WEIGHTS).is_file(), reason="no trained weights here")
def test_the_page_of_hard_sentences_is_current() -> None:
    written = hard_sentences.PAGE.read_text("utf-8")
    assert written == hard_sentences.page(), "run python -m bench.hard_sentences"
