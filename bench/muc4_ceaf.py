"""CEAF-REE over the five string roles of MUC-4 templates, written from its definition.

Du, Rush and Cardie, "GRIT", EACL 2021: key and found entities of a role are paired one to one, a pair counts where the
mentions found are all mentions of the key entity; recall over key entities, precision over those found. Templates are
aligned first, within a type, as in Chen et al., "Iterative Document-level Information Extraction via Imitation
Learning", EACL 2023; or pooled by message, as in the first paper. Articles and punctuation do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bench.muc4_score import Template, assign, rates

ROLES = {
    "PerpInd": ("perp_individual",), "PerpOrg": ("perp_organization",), "Target": ("phys_id",),
    "Victim": ("hum_name", "hum_description"), "Weapon": ("instrument_id",),
}  # fmt: skip
ARTICLES = frozenset({"the", "a", "an"})
Groups = list[tuple[list[Template], list[Template]]]
Entity = tuple[frozenset[str], bool]
"""The mentions that name one entity, and whether it may be left out."""


def entities(template: Template, role: str) -> list[Entity]:
    """The entities of a template in one string role. A description of somebody named is no entity of its own."""
    fills = [
        fill
        for slot in ROLES[role]
        for fill in template.fills.get(slot, ())
        if slot != "hum_description" or not fill.alternatives[0].references
    ]
    return [(frozenset(_normal(a.value) for a in fill.alternatives), fill.optional) for fill in fills]


def _normal(string: str) -> str:
    return " ".join(word for word in re.findall(r"[a-z0-9]+", string.lower()) if word not in ARTICLES)


def _role_counts(gold: Sequence[Entity], found: Sequence[Entity]) -> tuple[int, int, int]:
    pairs = assign([[float(b <= a) for b, _ in found] for a, _ in gold])
    met = {i for i, _ in pairs}
    return len(pairs), sum(i in met or not optional for i, (_, optional) in enumerate(gold)), len(found)


def ceaf_ree(
    keys: Mapping[str, Sequence[Template]], responses: Mapping[str, Sequence[Template]], *, by_template: bool
) -> dict[str, tuple[float, float, float]]:
    """CEAF-REE by role and over all: recall, precision, F. An entity is right in one key entity.

    By message: entities of all its templates pooled. By template: templates of one type paired for the most right.
    """
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for message, key in keys.items():
        response = responses.get(message, ())
        groups: Iterable[tuple[Sequence[Template], Sequence[Template]]] = [(key, response)]
        if by_template:
            groups = _aligned(key, response)
        for ours, theirs in groups:
            for role in ROLES:
                gold, found = (
                    list(dict.fromkeys(e for t in side for e in entities(t, role))) for side in (ours, theirs)
                )
                if not (theirs or any(not t.optional for t in ours)):
                    continue
                for i, count in enumerate(_role_counts(gold, found)):
                    sums[role][i] += count
                    sums["all"][i] += count
    return {role: rates(*counts) for role, counts in sums.items()}


def _aligned(key: Sequence[Template], response: Sequence[Template]) -> Groups:
    def alike(a: Template, b: Template) -> float:
        typed = {x.value for f in a.fills["type"] for x in f.alternatives} & {
            x.value for f in b.fills["type"] for x in f.alternatives
        }
        return sum(_role_counts(entities(a, r), entities(b, r))[0] for r in ROLES) + 0.01 if typed else 0.0

    pairs = assign([[alike(a, b) for b in response] for a in key])
    paired = [([key[i]], [response[j]]) for i, j in pairs]
    alone: Groups = [([a], []) for i, a in enumerate(key) if i not in {x for x, _ in pairs}]
    over: Groups = [([], [b]) for j, b in enumerate(response) if j not in {y for _, y in pairs}]
    return [*paired, *alone, *over]
