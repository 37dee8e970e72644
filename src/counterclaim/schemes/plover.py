"""PLOVER: event types, modes, contexts and sectors, and the code of each act.

Source: PLOVER codebook, draft 0.8 (2021), with the CAMEO-to-PLOVER conversion table of September 2021. Where the two
differ (the table still has modes such as `assassinate` and `ease` that the codebook dropped) the codebook is followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from counterclaim.records import Plover

MODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "AGREE": (),
        "SUPPORT": (),
        "CONCEDE": (),
        "COOPERATE": (),
        "AID": (),
        "CONSULT": ("visit", "third-party", "multilateral", "phone"),
        "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
        "REQUEST": ("assist", "change", "yield", "meet"),
        "REJECT": ("assist", "change", "yield", "meet"),
        "ACCUSE": ("disapprove", "investigate", "allege"),
        "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
        "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
        "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
        "MOBILIZE": ("troops", "weapons", "police", "militia"),
        "COERCE": (
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ),
        "ASSAULT": (
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ),
    }
)
"""Event type to its modes; a type without modes has none."""

QUAD: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
        **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
        **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
    }
)
"""Event type to quad code: verbal and material cooperation, verbal and material conflict (PLOVER manual)."""

TYPES: Final = tuple(MODES)
"""The sixteen event types."""

CONTEXTS: Final = frozenset(
    {
        "military",
        "intelligence",
        "executive",
        "legislative",
        "election",
        "political_institutions",
        "pro_democracy",
        "pro_autocracy",
        "economic",
        "legal",
        "reparations",
        "human_rights",
        "rights_freedoms",
        "repression",
        "human_security",
        "gender",
        "lgbt",
        "religion_ethnicity",
        "inequality",
        "diplomatic",
        "territory",
        "peacekeeping",
        "health",
        "asylum",
        "migration",
        "disasters",
        "natural_resource",
        "environment",
        "technology",
        "terrorism",
        "cbrn",
        "cyber",
        "misinformation",
        "crime",
        "corruption",
        "illegal_drugs",
        "trafficking",
    }
)
"""The 37 contexts."""

SECTORS: Final = frozenset(
    {
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    }
)
"""The 25 sectors of an actor."""


def _code(kind: str, mode: str | None = None, *contexts: str) -> Plover:
    return Plover(type=kind, mode=mode, contexts=contexts)


# Contexts are given only where the act itself entails one; what the story is about is not read from the act.
CODES: Final[Mapping[str, Plover]] = MappingProxyType(
    {
        "shell": _code("ASSAULT", "heavy-weapons", "military"),
        "air-strike": _code("ASSAULT", "aerial", "military"),
        "drone-strike": _code("ASSAULT", "drone", "military"),
        "bomb": _code("ASSAULT", "explosives"),
        "car-bomb": _code("ASSAULT", "explosives"),
        "roadside-bomb": _code("ASSAULT", "explosives"),
        "suicide-bomb": _code("ASSAULT", "suicide-attack"),
        "grenade": _code("ASSAULT", "explosives"),
        "chemical-attack": _code("ASSAULT", "unconventional", "military", "cbrn"),
        "shoot": _code("ASSAULT", "firearms"),
        # PLOVER counts blades, stones and fire alike as primitive weapons.
        "stab": _code("ASSAULT", "primitive"),
        "clash": _code("ASSAULT", None, "military"),
        # PLOVER has no act for a war as a whole; two-sided violence without a mode is the nearest.
        "war": _code("ASSAULT", None, "military"),
        "uprising": _code("ASSAULT"),
        "offensive": _code("ASSAULT", None, "military"),
        "invade": _code("ASSAULT", None, "military"),
        "raid": _code("ASSAULT"),
        "attack": _code("ASSAULT"),
        "violate-ceasefire": _code("ASSAULT", None, "military"),
        "regain-territory": _code("ASSAULT", None, "military", "territory"),
        "capture-territory": _code("ASSAULT", None, "military", "territory"),
        "kill": _code("ASSAULT"),
        "wound": _code("ASSAULT"),
        # The codebook: targeted covers deliberate mass killings of defenceless people.
        "massacre": _code("ASSAULT", "targeted", "human_rights"),
        "execute": _code("ASSAULT", "targeted"),
        "assassinate": _code("ASSAULT", "targeted"),
        "beat": _code("ASSAULT", "beat"),
        "torture": _code("ASSAULT", "torture", "human_rights"),
        "rape": _code("ASSAULT", "sexual", "human_rights"),
        "abduct": _code("ASSAULT", "abduct"),
        # The conversion table has a mode `seize` that ASSAULT does not have.
        "destroy": _code("ASSAULT", "destroy"),
        # As for destroy.
        "loot": _code("ASSAULT", "destroy", "crime"),
        "shoot-down": _code("ASSAULT", None, "military"),
        "mob-attack": _code("ASSAULT"),
        "disperse": _code("ASSAULT", "crowd-control", "repression"),
        "terrorize": _code("ASSAULT"),
        "arrest": _code("COERCE", "arrest", "legal"),
        # A verdict is SANCTION convict; being held is COERCE arrest.
        "imprison": _code("COERCE", "arrest", "legal"),
        # The codebook has no siege; the conversion table puts CAMEO 191 (blockade, restrict movement) here.
        "besiege": _code("COERCE", "restrict", "military"),
        "blockade": _code("COERCE", "restrict", "military"),
        "occupy": _code("COERCE", "seize", "military", "territory"),
        "seize": _code("COERCE", "seize"),
        # Taking over institutions, short of a battle: the mode for taking what is another's.
        "coup": _code("COERCE", "seize", "political_institutions"),
        "restrict": _code("COERCE", "restrict", "rights_freedoms"),
        "curfew": _code("COERCE", "curfew"),
        "martial-law": _code("COERCE", "martial-law"),
        "censor": _code("COERCE", "censor", "rights_freedoms", "misinformation"),
        "deport": _code("COERCE", "deport", "migration"),
        "withhold": _code("COERCE", "withhold", "human_security"),
        "harass": _code("COERCE", None, "repression"),
        "cyber-attack": _code("COERCE", "cyber", "cyber"),
        # The conversion table has CAMEO 163 as COERCE; the codebook (SANCTION discontinue) is later and is followed.
        "sanction": _code("SANCTION", "discontinue", "economic"),
        "stop-aid": _code("SANCTION", "discontinue"),
        "break-relations": _code("SANCTION", "withdraw", "diplomatic"),
        "expel": _code("SANCTION", "expel", "diplomatic"),
        # The conversion table has CAMEO 116 as ACCUSE; the codebook added a mode for verdicts.
        "convict": _code("SANCTION", "convict", "legal"),
        "deploy": _code("MOBILIZE", "troops", "military"),
        "patrol": _code("MOBILIZE", "troops", "military"),
        "police-deploy": _code("MOBILIZE", "police"),
        "ready-weapons": _code("MOBILIZE", "weapons", "military"),
        "recruit": _code("MOBILIZE", "militia"),
        "withdraw": _code("RETREAT", "withdraw", "military"),
        "surrender": _code("RETREAT", "disarm", "military"),
        "disarm": _code("RETREAT", "disarm", "military"),
        "ceasefire": _code("RETREAT", "ceasefire", "military"),
        "release": _code("RETREAT", "release", "legal"),
        "allow-access": _code("RETREAT", "access"),
        "resign": _code("RETREAT", "resign", "political_institutions"),
        "agree": _code("AGREE"),
        # The conversion table has CAMEO 057 as SUPPORT; the codebook files accords under AGREE.
        "sign-accord": _code("AGREE", None, "diplomatic"),
        "talk": _code("CONSULT", None, "diplomatic"),
        "meet": _code("CONSULT", None, "diplomatic"),
        "summit": _code("CONSULT", "multilateral", "diplomatic"),
        "visit": _code("CONSULT", "visit", "diplomatic"),
        "phone-call": _code("CONSULT", "phone", "diplomatic"),
        "mediate": _code("CONSULT", "third-party", "diplomatic"),
        "praise": _code("SUPPORT", None, "diplomatic"),
        "support": _code("SUPPORT", None, "diplomatic"),
        "recognise": _code("SUPPORT", None, "diplomatic"),
        # The codebook puts agreeing to give aid in AGREE; an offer nobody has accepted yet is support.
        "promise": _code("SUPPORT"),
        # The conversion table has CAMEO 055 as SUPPORT; the codebook counts an apology as giving in.
        "apologise": _code("CONCEDE"),
        "admit": _code("CONCEDE"),
        "concede": _code("CONCEDE"),
        "cooperate": _code("COOPERATE"),
        "joint-exercise": _code("COOPERATE", None, "military"),
        "share-intelligence": _code("COOPERATE", None, "intelligence"),
        "hand-over": _code("COOPERATE", None, "legal"),
        "aid": _code("AID"),
        "military-aid": _code("AID", None, "military"),
        "humanitarian-aid": _code("AID", None, "human_security"),
        "peacekeep": _code("AID", None, "peacekeeping"),
        "evacuate": _code("AID", None, "human_security"),
        "demand": _code("REQUEST", "change"),
        "demand-yield": _code("REQUEST", "yield"),
        "ask-help": _code("REQUEST", "assist"),
        "ask-talks": _code("REQUEST", "meet", "diplomatic"),
        "accuse": _code("ACCUSE", "allege"),
        "condemn": _code("ACCUSE", "disapprove"),
        "criticise": _code("ACCUSE", "disapprove"),
        "charge": _code("ACCUSE", "allege", "legal"),
        "investigate": _code("ACCUSE", "investigate"),
        "deny": _code("REJECT"),
        "reject": _code("REJECT"),
        "refuse-yield": _code("REJECT", "yield"),
        "refuse-help": _code("REJECT", "assist"),
        "refuse-talks": _code("REJECT", "meet", "diplomatic"),
        "threaten": _code("THREATEN", "violence", "military"),
        "threaten-sanctions": _code("THREATEN", "restrict"),
        # What is threatened varies, so no mode.
        "ultimatum": _code("THREATEN"),
        "demonstrate": _code("PROTEST", "demo"),
        "riot": _code("PROTEST", "riot"),
        "strike": _code("PROTEST", "strike"),
        "hunger-strike": _code("PROTEST", "hunger"),
        "boycott": _code("PROTEST", "boycott"),
        "obstruct": _code("PROTEST", "obstruct"),
    }
)
"""Act to PLOVER code."""


_PLAIN: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("ASSAULT", ""): "attack",
        ("ASSAULT", "targeted"): "execute",
        ("COERCE", ""): "restrict",
        ("COERCE", "restrict"): "restrict",
        ("COERCE", "seize"): "seize",
        ("SUPPORT", ""): "support",
        ("CONCEDE", ""): "concede",
        ("ACCUSE", ""): "criticise",
        ("ACCUSE", "disapprove"): "criticise",
        ("REQUEST", ""): "demand",
        ("REJECT", ""): "reject",
        ("PROTEST", ""): "demonstrate",
        ("SANCTION", ""): "sanction",
        ("MOBILIZE", ""): "deploy",
        ("RETREAT", ""): "withdraw",
        ("THREATEN", ""): "ultimatum",
    }
)
"""The act to take for a type and mode where nothing more is known, where the first of CODES would say too much."""


def plain_act(kind: str, mode: str = "") -> str:
    """The plainest act of a type and mode; of the type alone where no act has the mode. Raises KeyError for no type."""
    if (kind, mode) in _PLAIN:
        return _PLAIN[kind, mode]
    for act, code in CODES.items():
        if code.type == kind and (code.mode or "") == mode:
            return act
    if (kind, "") in _PLAIN:
        return _PLAIN[kind, ""]
    for act, code in CODES.items():
        if code.type == kind:
            return act
    raise KeyError(kind)
