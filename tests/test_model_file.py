"""The shipped weights are the file that the model card describes."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

CARD = Path(__file__).parents[1] / "training" / "MODEL_CARD.md"


def test_the_weights_are_those_of_the_model_card() -> None:
    data = (files("counterclaim") / "data" / "model.onnx").read_bytes()
    named = re.search(r"SHA-256 `([0-9a-f]{64})`", CARD.read_text("utf-8"))
    assert named is not None
    assert hashlib.sha256(data).hexdigest() == named[1]
    assert len(data) <= 30_000_000
