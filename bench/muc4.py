"""MUC-4: templates filled from events and claims, scored over all slots; `python -m bench.muc4 [FOLDER ...]`.

Each folder holds texts beside `key*` files; without one, tst1 and tst2 of corpora/muc4.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench import data, muc4_ceaf, muc4_score, muc4_templates, muc4_texts
from counterclaim.records import CodedReport

PARTS = ("tst1", "tst2")


def figures(keys: dict[str, list[muc4_score.Template]], coded: Sequence[CodedReport]) -> dict[str, float]:
    """All figures, in percent, of coded messages against their keys."""
    responses = muc4_templates.fill(coded)
    found: dict[str, float] = {}
    totals = muc4_score.score(keys, responses)
    for slot in ("all", "templates", *muc4_score.SLOTS.values()):
        if slot in totals:
            found |= dict(zip((f"{slot}.r", f"{slot}.p", f"{slot}.f1"), totals[slot].rates(), strict=True))
    for name, by_template in (("ceaf_ree", True), ("ceaf_ree_by_message", False)):
        for role, rates in muc4_ceaf.ceaf_ree(keys, responses, by_template=by_template).items():
            label = name if role == "all" else f"{name}_{role}"
            found |= dict(zip((f"{label}.r", f"{label}.p", f"{label}.f1"), rates, strict=True))
    return {name: round(value, 1) for name, value in found.items()}


def measure(folders: Sequence[Path] = ()) -> dict[str, float]:
    """Recall, precision and F of all slots, of each, and CEAF-REE, in percent, over the messages of some folders."""
    keys: dict[str, list[muc4_score.Template]] = {}
    reports = []
    for folder in folders or [data.root() / "corpora" / "muc4" / part for part in PARTS]:
        keys |= muc4_score.read_key(folder)[0]
        reports += muc4_texts.reports(folder)
    return figures(keys, data.coded(reports))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders of texts and keys; tst1 and tst2 where none is named"
    )
    for name, value in measure(parser.parse_args().folders).items():
        print(f"{name:32} {value:5.1f}")


if __name__ == "__main__":
    main()
