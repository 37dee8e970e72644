"""Simulated hours of news with all that servers do wrong: every article is there once, a correction as a revision."""

from __future__ import annotations

from pathlib import Path

from bench.soak import soak
from tests.run_coders import quick


def test_a_stream_with_troubles_loses_and_doubles_nothing(tmp_path: Path) -> None:
    figures = soak(tmp_path, quick(), hours=2.5, sites=3, interval=600.0, seed=3)
    assert figures["reports"] >= 25
    assert figures["revisions"] >= 3
    assert figures["troubles_met"] >= 3
    for fault in ("articles_lost", "reports_doubled", "revisions_wrong", "faults_found_by_verify"):
        assert figures[fault] == 0, figures
