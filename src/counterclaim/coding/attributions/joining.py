"""The statements of a trained analyser and those of the rules, made one list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.coding.attributions.content import Draft
from counterclaim.coding.attributions.verbs import cue_verbs
from counterclaim.coding.attributions.words import CHECKED
from counterclaim.language import Analysis
from counterclaim.language.wordclasses import NEGATIONS
from counterclaim.records import AttributionStance, Span


class Told(NamedTuple):
    """An attribution in code points, before its source is looked up."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    stance: AttributionStance


def drafted(draft: Draft, analysis: Analysis) -> Told:
    """A statement of the rules."""
    return Told(
        _characters(draft.source, analysis) if draft.source else None,
        _characters(draft.cue, analysis),
        tuple(sorted(span for span in draft.content if span[0] < span[1])),
        draft.stance,
    )


def joined(rules: Sequence[Told], analysis: Analysis) -> list[tuple[Told, Told | None]]:
    """Statements beside what the rules say of the same cue, None where the rules are silent.

    The trained analyser's statements, each with the stance the rules read there, and the rules' where it is silent.
    Without a trained analyser, the rules' alone.
    """
    if not analysis.statements:
        return [(one, one) for one in rules]
    ordered = sorted(rules, key=lambda one: one.cue)
    starts = [one.cue[0] for one in ordered]
    used: set[int] = set()
    made: list[tuple[Told, Told | None]] = []
    for statement in analysis.statements:
        first, last = statement.cue
        at = bisect_left(starts, last)
        match = next((n for n in range(at - 1, max(-1, at - 4), -1) if ordered[n].cue[1] > first), None)
        if match is not None and match not in used:
            used.add(match)
            rule: Told | None = ordered[match]
        else:
            rule = None
        stance = ordered[match].stance if match is not None else _stance(first, last, analysis)
        made.append((Told(statement.source, statement.cue, statement.content, stance), rule))
    made.extend((one, one) for number, one in enumerate(ordered) if number not in used)
    return made


def _stance(start: int, end: int, analysis: Analysis) -> AttributionStance:
    """The stance of the last cue verb in the words; a negated one only doubts."""
    first, last = analysis.token_at(start), analysis.token_at(end - 1) + 1
    norms = [token.norm for token in analysis.tokens[first : min(last + 2, len(analysis.tokens))]]
    inside = norms[: last - first]
    verbs = cue_verbs()
    found = [verbs[norm] for norm in inside if norm in verbs]
    if any(norm in NEGATIONS for norm in inside):
        return "doubts"
    if any(verb.lemma in ("decline", "refuse") for verb in found) and any(norm in CHECKED for norm in norms):
        return "doubts"
    return next((verb.stance for verb in reversed(found) if verb.stance != "asserts"), "asserts")


def _characters(phrase: tuple[int, int], analysis: Analysis) -> Span:
    return analysis.tokens[phrase[0]].start, analysis.tokens[phrase[1] - 1].end
