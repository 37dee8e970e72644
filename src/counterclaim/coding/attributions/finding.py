"""Attributions: every piece of text that is handed to a source."""

from __future__ import annotations

from counterclaim.coding.attributions.content import Draft
from counterclaim.coding.attributions.search import Finder
from counterclaim.coding.attributions.sources import source_kind
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Span
from counterclaim.resolving.actors import ActorIndex


def find_attributions(analysis: Analysis, actors: ActorIndex) -> list[Attribution]:
    """Statements and who makes them, in the order of their first character."""
    drafts = sorted(Finder(analysis).find(), key=lambda draft: (_first(draft, analysis), draft.cue))
    found: list[Attribution] = []
    for draft in drafts:
        source = _characters(draft.source, analysis) if draft.source else None
        actor = actors.at(*source) if source else None
        found.append(
            Attribution(
                id=f"s{len(found) + 1}",
                source=source,
                cue=_characters(draft.cue, analysis),
                content=tuple(sorted(span for span in draft.content if span[0] < span[1])),
                kind=source_kind(analysis.text[source[0] : source[1]], actor) if source else "unnamed",
                stance=draft.stance,
                actor=actor.id if actor else None,
            )
        )
    return found


def _characters(phrase: tuple[int, int], analysis: Analysis) -> Span:
    return analysis.tokens[phrase[0]].start, analysis.tokens[phrase[1] - 1].end


def _first(draft: Draft, analysis: Analysis) -> int:
    spans = [_characters(draft.cue, analysis), *draft.content]
    if draft.source:
        spans.append(_characters(draft.source, analysis))
    return min(start for start, _ in spans)
