"""What the model predicts: every head, its labels, and which corpus teaches it."""

from __future__ import annotations

UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X")  # fmt: skip
# A unit continues the word before it, opens a word, or opens a sentence.
SEGMENT = ("inside", "word", "sentence")
NER_TYPES = ("PER", "ORG", "LOC", "MISC")
NER = ("O", *(f"{mark}-{kind}" for kind in NER_TYPES for mark in "BI"))
ATTRIBUTION_TYPES = ("source", "cue", "content")
ATTRIBUTION = ("O", *(f"{mark}-{kind}" for kind in ATTRIBUTION_TYPES for mark in "BI"))

# Layers of begin-inside-outside tags, each free of the others, so that spans of two layers may nest or overlap.
RE3D_LAYERS = {
    "Person": "person",
    "Organisation": "organisation",
    "Location": "location",
    "Nationality": "nationality",
    "Weapon": "weapon",
    "MilitaryPlatform": "vehicle",
    "Vehicle": "vehicle",
    "Quantity": "amount",
    "Temporal": "temporal",
}
HARMS = ("killed", "injured", "missing", "captured", "displaced", "casualties")
CLAIM_LAYERS = (*HARMS, "number", "victims", "perpetrator", "claim_source")
EVENT_LAYERS = ("trigger", "party", "event_place")
LAYERS = (*dict.fromkeys(RE3D_LAYERS.values()), "timex", *CLAIM_LAYERS, *EVENT_LAYERS)

# Classes read on every unit of a claim's evidence or an event's trigger and averaged over it.
CLASSES: dict[str, tuple[str, ...]] = {
    "victim_kind": ("civilian", "combatant", "mixed", "unknown"),
    "stance": ("asserts", "denies", "doubts", "hypothetical"),
    "claim_background": ("false", "true"),
    "source_kind": ("named", "unnamed", "author"),
    "event_type": ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "CONSULT", "RETREAT", "REQUEST", "REJECT",
                   "ACCUSE", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    "reality": ("actual", "ongoing", "planned", "hypothetical", "negated", "failed"),
    "event_background": ("false", "true"),
    # How a claim gives its amount: in words that a `number` span marks, by naming or pointing at so many people
    # ("the driver", "his wife and son"), or not at all ("civilians").
    "amount": ("stated", "1", "2", "3", "4", "open"),
    "mode": ("", "visit", "third-party", "multilateral", "phone", "withdraw", "release", "disarm", "ceasefire",
             "access", "resign", "assist", "change", "yield", "meet", "disapprove", "investigate", "allege",
             "restrict", "arrest", "relations", "expel", "territory", "violence", "demo", "riot", "strike",
             "hunger", "boycott", "obstruct", "vandalize", "convict", "discontinue", "troops", "weapons",
             "police", "militia", "seize", "censor", "curfew", "martial-law", "deport", "withhold",
             "misinformation", "cyber", "abduct", "beat", "torture", "sexual", "targeted", "destroy",
             "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons",
             "crowd-control", "unconventional"),
}  # fmt: skip

# A link runs from an anchor's first unit to an argument's first unit; a channel is one kind of link.
CHANNELS = (
    "cue:source",
    "cue:content",
    "claim:source",
    "claim:perpetrator",
    "claim:place",
    "claim:victims",
    "event:actor",
    "event:recipient",
    "event:place",
)
IGNORE = -100
