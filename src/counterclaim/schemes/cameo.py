"""CAMEO: the roots, and the most specific code that is sensible for each act.

Source: the CAMEO codebook 1.1b3 and its conversion table to PLOVER (2021). A code stands for what the act certainly is;
where CAMEO asks for something a clause does not say (which freedoms, which policy) the parent code is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ROOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "01": "make public statement",
        "02": "appeal",
        "03": "express intent to cooperate",
        "04": "consult",
        "05": "engage in diplomatic cooperation",
        "06": "engage in material cooperation",
        "07": "provide aid",
        "08": "yield",
        "09": "investigate",
        "10": "demand",
        "11": "disapprove",
        "12": "reject",
        "13": "threaten",
        "14": "protest",
        "15": "exhibit force posture",
        "16": "reduce relations",
        "17": "coerce",
        "18": "assault",
        "19": "fight",
        "20": "use unconventional mass violence",
    }
)
"""The twenty root categories."""

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "shell": "194",  # fight with artillery and tanks
        "air-strike": "195",  # employ aerial weapons
        "drone-strike": "195",  # employ aerial weapons
        "bomb": "183",  # conduct suicide, car, or other non-military bombing
        "car-bomb": "1832",  # carry out car bombing
        "roadside-bomb": "1833",  # carry out roadside bombing
        "suicide-bomb": "1831",  # carry out suicide bombing
        "grenade": "183",  # conduct suicide, car, or other non-military bombing
        "chemical-attack": "2041",  # use chemical, biological, or radiological weapons
        "shoot": "193",  # fight with small arms and light weapons
        "stab": "180",  # use unconventional violence
        "clash": "190",  # use conventional military force
        "war": "190",  # use conventional military force
        "uprising": "190",  # use conventional military force
        "offensive": "190",  # use conventional military force
        "invade": "190",  # use conventional military force
        "raid": "190",  # use conventional military force
        "attack": "190",  # use conventional military force
        "violate-ceasefire": "196",  # violate ceasefire
        "regain-territory": "190",  # use conventional military force
        "capture-territory": "190",  # use conventional military force
        "kill": "180",  # use unconventional violence
        "wound": "180",  # use unconventional violence
        "massacre": "202",  # engage in mass killings
        "execute": "1823",  # kill by physical assault
        "assassinate": "186",  # assassinate
        "beat": "182",  # physically assault
        "torture": "1822",  # torture
        "rape": "1821",  # sexually assault
        "abduct": "181",  # abduct, hijack
        "destroy": "1712",  # destroy property
        "loot": "1711",  # confiscate property
        "shoot-down": "190",  # use conventional military force
        "mob-attack": "180",  # use unconventional violence
        "disperse": "175",  # use violent repression
        "terrorize": "180",  # use unconventional violence
        "arrest": "173",  # arrest, detain, or charge with legal action
        "imprison": "173",  # arrest, detain, or charge with legal action
        "besiege": "191",  # impose blockade, restrict movement
        "blockade": "191",  # impose blockade, restrict movement
        "occupy": "192",  # occupy territory
        "seize": "1711",  # confiscate property
        "coup": "170",  # coerce
        "restrict": "172",  # impose administrative sanctions
        "curfew": "1723",  # impose curfew
        "martial-law": "1724",  # impose state of emergency or martial law
        "censor": "1721",  # impose restrictions on freedoms of speech and expression
        "deport": "174",  # expel or deport individuals
        "withhold": "170",  # coerce
        "harass": "170",  # coerce
        "cyber-attack": "170",  # coerce
        "sanction": "163",  # impose embargo, boycott, or sanctions
        "stop-aid": "162",  # reduce or stop aid
        "break-relations": "161",  # reduce or break diplomatic relations
        "expel": "166",  # expel or withdraw
        "convict": "116",  # find guilty or liable (legally)
        "deploy": "154",  # mobilize or increase armed forces
        "patrol": "150",  # demonstrate military or police power
        "police-deploy": "153",  # mobilize or increase police power
        "ready-weapons": "152",  # increase military alert status
        "recruit": "150",  # demonstrate military or police power
        "withdraw": "0874",  # retreat or surrender militarily
        "surrender": "0874",  # retreat or surrender militarily
        "disarm": "0873",  # demobilize armed forces
        "ceasefire": "0871",  # declare truce, ceasefire
        "release": "0841",  # return, release person(s)
        "allow-access": "086",  # allow international involvement
        "resign": "0831",  # accede to demands for change in leadership
        "agree": "030",  # express intent to cooperate
        "sign-accord": "057",  # sign formal agreement
        "talk": "046",  # engage in negotiation
        "meet": "040",  # consult
        "summit": "040",  # consult
        "visit": "042",  # make a visit
        "phone-call": "041",  # discuss by telephone
        "mediate": "045",  # engage in mediation
        "praise": "051",  # praise or endorse
        "support": "052",  # defend verbally
        "recognise": "054",  # grant diplomatic recognition
        "promise": "033",  # express intent to provide material aid
        "apologise": "055",  # apolgize
        "admit": "080",  # yield
        "concede": "080",  # yield
        "cooperate": "060",  # engage in material cooperation
        "joint-exercise": "062",  # cooperate militarily
        "share-intelligence": "064",  # share intelligence or information
        "hand-over": "063",  # engage in judicial cooperation
        "aid": "070",  # provide aid
        "military-aid": "072",  # provide military aid
        "humanitarian-aid": "073",  # provide humanitarian aid
        "peacekeep": "074",  # provide military protection or peacekeeping
        "evacuate": "073",  # provide humanitarian aid
        "demand": "105",  # demand that target yields
        "demand-yield": "105",  # demand that target yields
        "ask-help": "103",  # demand aid
        "ask-talks": "106",  # demand meeting, negotiation
        "accuse": "112",  # accuse
        "condemn": "111",  # criticize or denounce
        "criticise": "111",  # criticize or denounce
        "charge": "115",  # bring lawsuit against
        "investigate": "090",  # investigate
        "deny": "120",  # reject
        "reject": "120",  # reject
        "refuse-yield": "124",  # decline to yield
        "refuse-help": "122",  # reject request or demand for material aid
        "refuse-talks": "125",  # reject proposal to meet, discuss, negotiate
        "threaten": "138",  # threaten with military force
        "threaten-sanctions": "131",  # threaten non-force
        "ultimatum": "139",  # give ultimatum
        "demonstrate": "141",  # demonstrate or rally
        "riot": "145",  # protest violently, riot
        "strike": "143",  # conduct strike or boycott
        "hunger-strike": "142",  # conduct hunger strike
        "boycott": "143",  # conduct strike or boycott
        "obstruct": "144",  # obstruct passage, block
    }
)
"""Act to CAMEO code, with what the codebook calls it."""
