"""UCDP: the type of violence, from the act and the kinds of the parties.

Source: UCDP GED codebook. Type 1, state-based: at least one side is the government of a state, against another state or
an organised group. Type 2, non-state: organised groups against each other. Type 3, one-sided: a government or an
organised group against civilians. UCDP counts only events with at least one direct death; this is the type that the
violence would have, and whether anybody died is for the claims to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from counterclaim.records import Actor

Party = Literal["state", "group", "civilians", "unknown"]

ARMED_FORCE: Final = frozenset(
    {
        "shell",
        "air-strike",
        "drone-strike",
        "bomb",
        "car-bomb",
        "roadside-bomb",
        "suicide-bomb",
        "grenade",
        "chemical-attack",
        "shoot",
        "stab",
        "clash",
        "war",
        "uprising",
        "offensive",
        "invade",
        "raid",
        "attack",
        "violate-ceasefire",
        "regain-territory",
        "capture-territory",
        "kill",
        "wound",
        "massacre",
        "execute",
        "assassinate",
        "beat",
        "torture",
        "rape",
        "abduct",
        "terrorize",
    }
)
"""Acts that are armed force against people. Damage to things, crowd control and unorganised mobs are not."""

_STATE_KINDS: Final = frozenset({"state", "government", "military"})
_STATE_SECTORS: Final = frozenset({"GOV", "MIL", "COP", "SPY"})
# PRM: groups on the side of a government are not the government; UCDP codes them as organised groups.
_GROUP_SECTORS: Final = frozenset({"REB", "PRM", "UAF", "CRM"})
_CIVILIAN_KINDS: Final = frozenset({"civilians", "media", "ngo"})
_CIVILIAN_SECTORS: Final = frozenset({"CVL", "JRN", "MED", "REF", "EDU", "AGR", "LAB", "REL", "SOC"})


def party_of(actor: Actor) -> Party:
    """What an actor is to UCDP and ACLED: a state, an organised group, civilians, or not known."""
    if actor.kind == "armed_group" or actor.sector in _GROUP_SECTORS:
        return "group"
    if actor.kind in _STATE_KINDS or actor.sector in _STATE_SECTORS:
        return "state"
    if actor.kind in _CIVILIAN_KINDS or actor.sector in _CIVILIAN_SECTORS:
        return "civilians"
    return "unknown"


def violence(act: str, actors: Iterable[Actor], recipients: Iterable[Actor]) -> Literal[1, 2, 3] | None:
    """Type of violence, or None where the act is not armed force or a side is not known.

    Where both civilians and an armed party are hit, the armed party decides: UCDP counts those civilians in that event.
    """
    if act not in ARMED_FORCE:
        return None
    doers = {party_of(actor) for actor in actors}
    targets = {party_of(actor) for actor in recipients}
    if not doers & {"state", "group"}:
        return None
    if targets & {"state", "group"}:
        return 1 if "state" in doers | targets else 2
    return 3 if "civilians" in targets else None
