"""Nothing tells anybody that the program was used, or on what: threats P1 and P2 of SECURITY.md."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
from counterclaim import code
print(len(code("Four soldiers were killed near Tarsk on Tuesday, the army said.", published="2022-09-13").claims))
"""


@pytest.mark.skipif(os.name != "posix", reason="HOME is where libraries keep what they send")
def test_coding_leaves_nothing_in_the_users_folders_for_a_library_to_send(tmp_path: Path) -> None:
    silencers = ("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "TF_BUILD", "GITHUB_ACTIONS")
    own = {name: value for name, value in os.environ.items() if name not in silencers and not name.startswith("XDG_")}
    import counterclaim

    source = str(Path(counterclaim.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**own, "HOME": str(tmp_path), "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr
    assert list(tmp_path.rglob("*")) == []


def test_ray_does_not_report_its_use() -> None:
    source = Path(__file__).parents[1] / "src" / "counterclaim" / "running" / "ray_tasks.py"
    assert 'setdefault("RAY_USAGE_STATS_ENABLED", "0")' in source.read_text("utf-8")
