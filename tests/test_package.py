"""The package's face: every name is there, and a help page loads nothing of what codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import counterclaim


def test_every_name_of_the_face_is_there_and_no_other() -> None:
    for name in counterclaim.__all__:
        assert getattr(counterclaim, name) is not None
        assert name in dir(counterclaim)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(counterclaim, "nothing")  # noqa: B009


def test_help_loads_neither_coder_nor_casebook() -> None:
    program = (
        "import sys; from counterclaim.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print({'numpy', 'onnxruntime', 'counterclaim.pipeline', 'counterclaim.casebook'} & set(sys.modules))"
    )
    source = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=source)
    assert told.stdout.rstrip().endswith("set()")
