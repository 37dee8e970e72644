"""What reviewers decided, as annotation to train on: a document's id, offsets and labels, and no text.

The form is that of `training/annotations`: a line is a sentence, `doc` is `REPORT:START-END`, offsets count from START.
A sentence is given only where every claim (or act) that the program read in it was accepted, corrected or rejected, so
that its list is an answer; a sentence whose claims were all rejected has an empty one.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal

from counterclaim.records import Claim, CodedReport, Event, Span
from counterclaim.reviewing.proposing import UnderReview
from counterclaim.reviewing.walk import words_of


def lines_of(under: UnderReview, layer: Literal["claims", "events"]) -> Iterator[str]:
    """The lines of JSON of one report, in text order."""
    report, machine = under.report, under.machine
    notes = [one for one in report.decided if one.layer == layer]
    decided = {one.record for one in notes}
    by: dict[str, set[str]] = defaultdict(set)
    for one in notes:
        by[one.record].add(one.by)
    records: tuple[Claim | Event, ...] = machine.claims if layer == "claims" else machine.events
    in_sentence: dict[int, list[str]] = defaultdict(list)
    for record in records:
        in_sentence[record.sentence].append(record.id)
    kept: dict[int, list[Claim | Event]] = defaultdict(list)
    for record in report.claims if layer == "claims" else report.events:
        kept[record.sentence].append(record)
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    for number, ids in sorted(in_sentence.items()):
        own = kept.get(number, [])
        if not decided.issuperset(ids) or not decided.issuperset(one.id for one in own):
            continue
        start, end = report.sentences[number]
        yield json.dumps(
            {
                "doc": f"{report.id}:{start}-{end}",
                layer: [_labels(report, record, (start, end)) for record in own],
                "text_sha256": digest,
                "reviewers": sorted(set[str]().union(*(by[id] for id in ids))),
            },
            ensure_ascii=False,
        )


def _labels(report: CodedReport, record: Claim | Event, sentence: Span) -> dict[str, Any]:
    def span(field: str) -> list[int] | None:
        found = words_of(report, record, field)
        if found is None or not (sentence[0] <= found[0] and found[1] <= sentence[1]):
            return None
        return [found[0] - sentence[0], found[1] - sentence[0]]

    place = {"start": record.start - sentence[0], "end": record.end - sentence[0]}
    if isinstance(record, Claim):
        return {
            **place,
            "quantity": span("quantity"),
            "min": record.min,
            "max": record.max,
            "approx": record.approx,
            "vague": record.vague is not None,
            "cumulative": record.cumulative,
            "harm": record.harm,
            "victims": span("victims"),
            "victim_kind": record.victim_kind,
            "victim_side": record.victim_side,
            "perpetrator": span("perpetrator"),
            "source": span("source"),
            "source_kind": record.source_kind,
            "stance": record.stance,
            "place": span("place"),
            "background": record.background,
        }
    source = next((one.source for one in report.attributions if one.id == record.attribution), None)
    inside = source is not None and sentence[0] <= source[0] and source[1] <= sentence[1]
    return {
        **place,
        "trigger": [at - sentence[0] for at in record.trigger],
        "type": record.plover.type,
        "mode": record.plover.mode or "",
        "acled": record.acled.sub_event_type if record.acled else "",
        "actor": [found] if (found := span("actor")) else [],
        "recipient": [found] if (found := span("recipient")) else [],
        "place": span("place"),
        "source": [at - sentence[0] for at in source] if inside and source else None,
        "reality": record.reality,
        "background": record.background,
    }
