"""How far reviewers who read the same records agree, field by field.

Krippendorff's alpha for nominal data, any number of reviewers, missing readings allowed: alpha = 1 - Do/De over the
coincidences of values within records (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, section C).
1 is perfect agreement, 0 what chance would give. Numbers count as equal or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from counterclaim.records import Record
from counterclaim.reviewing.decisions import Decision, standing

Unit = tuple[str, int, str, int, int, str]
"""(report, revision, layer, start, end, label): a record by its words, whatever coding it was read in."""

_COMPARED: Final = {
    "claims": (
        *("harm", "min", "max", "approx", "victims", "victim_kind", "victim_side", "perpetrator", "source"),
        *("source_kind", "stance", "place", "date", "cumulative", "background"),
    ),
    "events": ("type", "sub_event_type", "reality", "background"),
}
KEPT: Final = "is one"
"""The field that says whether a reviewer kept or rejected the record."""


class Agreement(Record, frozen=True, kw_only=True):
    """One field: `records` read by two or more, `readings` of them, the share of pairs that agree (`observed`, 0-1),
    and alpha, None where all readings are one value, which leaves nothing to agree on by chance.
    """

    layer: str
    field: str
    records: int
    readings: int
    observed: float
    alpha: float | None


def agreement(decisions: Iterable[Decision]) -> list[Agreement]:
    """Every field of every layer that two reviewers read of one record, by decisions that stand."""
    read = readings(decisions)
    made = []
    for layer, fields in _COMPARED.items():
        for field in (KEPT, *fields):
            values = [
                [reading[field] for reading in by.values() if field in reading]
                for unit, by in read.items()
                if unit[2] == layer
            ]
            values = [one for one in values if len(one) > 1]
            if values:
                observed, found = alpha(values)
                made.append(
                    Agreement(
                        layer=layer,
                        field=field,
                        records=len(values),
                        readings=sum(map(len, values)),
                        observed=observed,
                        alpha=found,
                    )
                )
    return made


def readings(decisions: Iterable[Decision]) -> Mapping[Unit, Mapping[str, Mapping[str, str]]]:
    """Record -> reviewer -> field -> value, as each who accepted, corrected or rejected it left it."""
    found: dict[Unit, dict[str, dict[str, str]]] = defaultdict(dict)
    last: dict[tuple[Unit, str], str] = {}
    for one in standing(decisions):
        if one.kind not in ("accept", "correct", "reject") or not one.layer:
            continue
        unit = (one.report, one.revision, one.layer, one.start, one.end, one.label)
        if one.kind == "reject":
            found[unit][one.by] = {KEPT: "no"}
            continue
        # Corrections made together saw the same record; a later decision saw what stood by then.
        if last.get((unit, one.by)) != one.at or one.by not in found[unit]:
            found[unit][one.by] = {KEPT: "yes", **_values(one.layer, one.seen or {})}
            last[unit, one.by] = one.at
        if one.kind == "correct" and one.field in _COMPARED[one.layer]:
            found[unit][one.by][one.field] = _folded(one.value)
    return found


def _values(layer: str, seen: Mapping[str, Any]) -> dict[str, str]:
    flat = dict(seen)
    if layer == "events":
        flat["type"] = (seen.get("plover") or {}).get("type")
        flat["sub_event_type"] = (seen.get("acled") or {}).get("sub_event_type")
    return {field: _folded(flat.get(field)) for field in _COMPARED[layer]}


def _folded(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split()).casefold()


def alpha(units: Sequence[Sequence[str]]) -> tuple[float, float | None]:
    """Observed agreement and Krippendorff's alpha of nominal values, a list of two or more values a unit."""
    together: dict[tuple[str, str], float] = defaultdict(float)
    for values in units:
        counts = Counter(values)
        share = 1 / (len(values) - 1)
        for one, times in counts.items():
            for other, others in counts.items():
                together[one, other] += times * (others - 1 if one == other else others) * share
    total = sum(together.values())
    of_value: dict[str, float] = defaultdict(float)
    for (one, _), pairs in together.items():
        of_value[one] += pairs
    apart = sum(pairs for (one, other), pairs in together.items() if one != other)
    by_chance = total * total - sum(times * times for times in of_value.values())
    observed = 1 - apart / total
    return observed, (1 - (total - 1) * apart / by_chance if by_chance else None)
