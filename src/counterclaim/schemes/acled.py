"""ACLED: disorder types, event types and sub-event types, and the code of each act.

Source: ACLED codebook (2023): six event types with 25 sub-event types. ACLED codes armed violence, demonstrations and
the few strategic developments it lists; an act that is none of these has no code. Some codes depend on who does it to
whom (an attack on soldiers is an armed clash, the same on civilians is an attack), so `code_of` takes the parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from counterclaim.records import Acled, Actor
from counterclaim.schemes.ucdp import party_of

HIERARCHY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
        "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
        "Riots": ("Violent demonstration", "Mob violence"),
        "Explosions/Remote violence": (
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ),
        "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        "Strategic developments": (
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ),
    }
)
"""Event type to its sub-event types."""

DISORDER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Battles": "Political violence",
        "Protests": "Demonstrations",
        "Riots": "Demonstrations",
        "Explosions/Remote violence": "Political violence",
        "Violence against civilians": "Political violence",
        "Strategic developments": "Strategic developments",
    }
)
"""Event type to disorder type. ACLED files a few riots and protests under political violence; not told here."""

EVENT_TYPE: Final[Mapping[str, str]] = MappingProxyType({sub: kind for kind, subs in HIERARCHY.items() for sub in subs})
"""Sub-event type to event type."""

SUB_EVENT_TYPES: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "shell": "Shelling/artillery/missile attack",
        "air-strike": "Air/drone strike",
        "drone-strike": "Air/drone strike",
        "bomb": "Remote explosive/landmine/IED",
        "car-bomb": "Remote explosive/landmine/IED",
        "roadside-bomb": "Remote explosive/landmine/IED",
        "suicide-bomb": "Suicide bomb",
        "grenade": "Grenade",
        "chemical-attack": "Chemical weapon",
        "shoot": "Attack",
        "stab": "Attack",
        "clash": "Armed clash",
        # A war as a whole is not an ACLED event, but its fighting is; the nearest is kept.
        "war": "Armed clash",
        "uprising": "Armed clash",
        "offensive": "Armed clash",
        "invade": "Armed clash",
        "raid": "Armed clash",
        "attack": "Attack",
        "violate-ceasefire": "Armed clash",
        "regain-territory": "Government regains territory",
        "capture-territory": "Non-state actor overtakes territory",
        "kill": "Attack",
        "wound": "Attack",
        "massacre": "Attack",
        "execute": "Attack",
        "assassinate": "Attack",
        "beat": "Attack",
        "torture": "Attack",
        "rape": "Sexual violence",
        "abduct": "Abduction/forced disappearance",
        "destroy": "Looting/property destruction",
        "loot": "Looting/property destruction",
        # The downing of a drone is disrupted weapons use, of a manned aircraft a clash; the act does not tell which.
        "shoot-down": "Disrupted weapons use",
        "mob-attack": "Mob violence",
        "disperse": "Excessive force against protesters",
        "terrorize": "Attack",
        "arrest": "Arrests",
        "imprison": None,
        # Strategic developments are single events that change the ground; a siege is a state of things.
        "besiege": None,
        "blockade": "Other",
        # ACLED has transfers without a fight only where control changes.
        "occupy": "Non-violent transfer of territory",
        "seize": "Looting/property destruction",
        "coup": None,
        "restrict": None,
        "curfew": None,
        "martial-law": None,
        "censor": None,
        "deport": None,
        "withhold": None,
        "harass": None,
        "cyber-attack": None,
        "sanction": None,
        "stop-aid": None,
        "break-relations": None,
        "expel": None,
        "convict": None,
        "deploy": None,
        "patrol": None,
        "police-deploy": None,
        "ready-weapons": None,
        "recruit": None,
        "withdraw": None,
        "surrender": None,
        # Weapons given up or seized.
        "disarm": "Disrupted weapons use",
        "ceasefire": "Agreement",
        "release": None,
        "allow-access": None,
        "resign": None,
        "agree": None,
        "sign-accord": "Agreement",
        "talk": None,
        "meet": None,
        "summit": None,
        "visit": None,
        "phone-call": None,
        "mediate": None,
        "praise": None,
        "support": None,
        "recognise": None,
        "promise": None,
        "apologise": None,
        "admit": None,
        "concede": None,
        "cooperate": None,
        "joint-exercise": None,
        "share-intelligence": None,
        "hand-over": None,
        "aid": None,
        "military-aid": None,
        "humanitarian-aid": None,
        "peacekeep": None,
        "evacuate": None,
        "demand": None,
        "demand-yield": None,
        "ask-help": None,
        "ask-talks": None,
        "accuse": None,
        "condemn": None,
        "criticise": None,
        "charge": None,
        "investigate": None,
        "deny": None,
        "reject": None,
        "refuse-yield": None,
        "refuse-help": None,
        "refuse-talks": None,
        "threaten": None,
        "threaten-sanctions": None,
        "ultimatum": None,
        "demonstrate": "Peaceful protest",
        "riot": "Violent demonstration",
        "strike": None,
        "hunger-strike": None,
        "boycott": None,
        "obstruct": None,
    }
)
"""Act to sub-event type where the parties do not matter, or are not known."""

# Force that ACLED files by its target: civilians make it violence against civilians, an armed party a battle.
_BY_TARGET: Final = frozenset(
    {"attack", "kill", "wound", "shoot", "stab", "raid", "offensive", "invade", "clash", "assassinate", "terrorize"}
)


# ACLED: a fight of demonstrators, or of residents who take to the streets, with state forces.
_CROWDS: Final[tuple[tuple[set[str], set[str]], ...]] = (
    ({"civilians"}, {"state"}),
    ({"state"}, {"civilians"}),
    (set(), {"civilians"}),
)


def code_of(act: str, actors: Iterable[Actor] = (), recipients: Iterable[Actor] = ()) -> Acled | None:
    """The ACLED code of an act between these parties, None where ACLED does not code it. Raises KeyError for no act."""
    sub = SUB_EVENT_TYPES[act]
    doers = {party_of(actor) for actor in actors}
    targets = {party_of(actor) for actor in recipients}
    if act in _BY_TARGET and targets:
        if targets & {"state", "group"}:
            sub = "Armed clash"
        elif targets == {"civilians"} and act != "clash":
            sub = "Attack"
        if act == "clash" and (doers, targets) in _CROWDS:
            sub = "Violent demonstration"
    elif act in ("attack", "raid") and doers == {"state"} and not targets:
        sub = "Armed clash"
    elif act == "capture-territory" and "state" in doers and "group" not in doers:
        sub = "Government regains territory"
    elif act in ("arrest", "imprison") and doers:
        sub = "Abduction/forced disappearance" if "group" in doers else "Arrests"
    return None if sub is None else Acled(event_type=EVENT_TYPE[sub], sub_event_type=sub)
