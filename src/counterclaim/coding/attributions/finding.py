"""Attributions: every piece of text that is handed to a source."""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.coding.attributions.joining import Told, drafted, joined
from counterclaim.coding.attributions.search import Finder
from counterclaim.coding.attributions.sources import source_kind
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Span
from counterclaim.resolving.actors import ActorIndex


class Attributions(NamedTuple):
    """`found` are a report's attributions; `read` those that claims and events are read by, under the same ids.

    They differ only with a trained analyser. Its spans are truer to what annotators mark, but cut contents shorter and
    take in judgements ("condemned"); on claims-dev, sources read from them are right less often (0.68 against 0.77).
    """

    found: list[Attribution]
    read: list[Attribution]


def find_attributions(analysis: Analysis, actors: ActorIndex) -> list[Attribution]:
    """Statements and who makes them, in the order of their first character."""
    return read_attributions(analysis, actors).found


def read_attributions(analysis: Analysis, actors: ActorIndex) -> Attributions:
    """Statements and who makes them, as the report has them and as claims are read by."""
    rules = [drafted(draft, analysis) for draft in Finder(analysis).find()]
    found: list[Attribution] = []
    read: list[tuple[Told, Attribution]] = []
    for told, rule in sorted(joined(rules, analysis), key=lambda pair: _order(pair[0])):
        key = f"s{len(found) + 1}"
        found.append(_attribution(key, told, analysis, actors))
        if rule is not None:
            read.append((rule, found[-1] if rule is told else _attribution(key, rule, analysis, actors)))
    return Attributions(found, [one for _, one in sorted(read, key=lambda pair: _order(pair[0]))])


def _attribution(key: str, told: Told, analysis: Analysis, actors: ActorIndex) -> Attribution:
    actor = actors.at(*told.source) if told.source else None
    return Attribution(
        id=key,
        source=told.source,
        cue=told.cue,
        content=told.content,
        kind=source_kind(analysis.text[slice(*told.source)], actor) if told.source else "unnamed",
        stance=told.stance,
        actor=actor.id if actor else None,
    )


def _order(told: Told) -> tuple[int, Span]:
    spans = [told.cue, *told.content]
    if told.source:
        spans.append(told.source)
    return min(start for start, _ in spans), told.cue
