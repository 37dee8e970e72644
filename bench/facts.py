"""Facts a careful reader finds in the reference report: how many the coder finds, by layer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import data
from counterclaim.pipeline import Coder


def measure() -> dict[str, float]:
    """Facts found, in all and by layer, by the checker that comes with the reference report."""
    with tempfile.TemporaryDirectory() as folder:
        coded = Path(folder) / "reference.jsonl"
        coded.write_text(Coder().code(data.reference_report()).to_json() + "\n", "utf-8")
        checker = data.root() / "reference" / "check_facts.py"
        printed = subprocess.run(
            [sys.executable, str(checker), str(coded)], capture_output=True, text=True, check=True
        ).stdout
    return {name: float(found) for name, found in re.findall(r"(\w+) (\d+)/\d+", printed)}


def main() -> None:
    print(json.dumps(measure(), indent=1))


if __name__ == "__main__":
    main()
