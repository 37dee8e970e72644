"""Whatever bytes a file holds, reading it ends, raises nothing and gives a report or a reject."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.cli.options import FORMATS
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import Report
from tests.format_samples import samples

SAMPLES = samples()
DEEDS = st.tuples(st.floats(0, 1), st.sampled_from(["flip", "cut", "put", "twice"]), st.binary(max_size=9))
HARM = st.lists(DEEDS, max_size=8)


def harmed(data: bytes, harm: list[tuple[float, str, bytes]]) -> bytes:
    """The bytes with each harm done at its share of their length."""
    for share, what, bytes_ in harm:
        place = int(share * len(data))
        if what == "flip":
            data = data[:place] + bytes_ + data[place + len(bytes_) :]
        elif what == "cut":
            data = data[:place] + data[place + 10 * len(bytes_) :]
        elif what == "put":
            data = data[:place] + bytes_ * 3 + data[place:]
        else:
            data = data[:place] + data[place // 2 :]
    return data


def outcomes(data: bytes, kind: str = "auto") -> list[Report | Reject]:
    found = list(read_inputs(["-"], kind, stdin=io.BytesIO(data)))
    assert found
    assert all(isinstance(item, Report | Reject) and item.source for item in found)
    return found


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(harm=HARM)
def test_a_damaged_file_gives_reports_or_rejects(name: str, harm: list[tuple[float, str, bytes]]) -> None:
    outcomes(harmed(SAMPLES[name], harm))


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.binary(max_size=300))
def test_any_bytes_as_any_format_give_reports_or_rejects(kind: str, data: bytes) -> None:
    outcomes(data, kind)
