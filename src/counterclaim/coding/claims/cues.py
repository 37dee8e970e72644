"""Words of human harm: verbs, adjectives and nouns, and the harm each states."""

from __future__ import annotations

from typing import Literal, NamedTuple

from counterclaim.coding.words import words
from counterclaim.records import Harm

Form = Literal["base", "past", "participle", "ing"]


class VerbForm(NamedTuple):
    """A form of a verb that harms its object. `past` may be a participle too (regular verbs)."""

    harm: Harm
    form: Form
    strict: bool


_REGULAR: tuple[tuple[Harm, bool, str], ...] = (
    # strict: the object must be known to be people ("captured three villages" harms nobody).
    ("killed", False, "kill murder assassinate massacre slaughter behead martyr lynch drown strangle electrocute gas"),
    ("killed", True, "execute hang eliminate exterminate incinerate crush poison"),
    ("injured", False, "injure wound maim rape torture stab molest"),
    ("injured", True, "beat hurt hospitalize hospitalise assault burn mutilate harm"),
    ("captured", False, "kidnap abduct imprison"),
    ("captured", True, "capture arrest detain seize ambush-capture snatch intern enslave"),
    ("displaced", False, "displace uproot evacuate"),
    ("displaced", True, "deport expel"),
    ("casualties", True, "shoot"),
)
_IRREGULAR: dict[str, tuple[str, str, str, str]] = {
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "beat": ("beats", "beat", "beaten", "beating"),
    "hurt": ("hurts", "hurt", "hurt", "hurting"),
    "behead": ("beheads", "beheaded", "beheaded", "beheading"),
    "hang": ("hangs", "hanged", "hanged", "hanging"),
    "kidnap": ("kidnaps", "kidnapped", "kidnapped", "kidnapping"),
    "stab": ("stabs", "stabbed", "stabbed", "stabbing"),
    "gas": ("gasses", "gassed", "gassed", "gassing"),
    "expel": ("expels", "expelled", "expelled", "expelling"),
}


def _forms(verb: str) -> tuple[str, str, str, str]:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    stem = verb[:-1] if verb.endswith("e") else verb
    third = verb + ("es" if verb.endswith(("sh", "ss", "ch")) else "s")
    return third, stem + "ed", stem + "ed", stem + "ing"


def _table() -> dict[str, VerbForm]:
    table: dict[str, VerbForm] = {}
    for harm, strict, line in _REGULAR:
        for verb in line.split():
            third, past, participle, ing = _forms(verb)
            table.setdefault(verb, VerbForm(harm, "base", strict))
            table.setdefault(third, VerbForm(harm, "base", strict))
            table[ing] = VerbForm(harm, "ing", strict)
            table[participle] = VerbForm(harm, "participle", strict)
            table[past] = VerbForm(harm, "past", strict)
    table["slain"] = VerbForm("killed", "participle", False)
    table["slew"] = VerbForm("killed", "past", False)
    table["slaying"] = VerbForm("killed", "ing", False)
    table["kidnaped"] = VerbForm("captured", "past", False)
    table["kidnaping"] = VerbForm("captured", "ing", False)
    return table


VERBS = _table()
"""Every form of every harming verb."""

PHRASES: tuple[tuple[str, Harm, Form], ...] = (
    ("shot and killed", "killed", "past"),
    ("shot dead", "killed", "past"),
    ("shot to death", "killed", "past"),
    ("gunned down", "killed", "past"),
    ("mown down", "killed", "past"),
    ("mowed down", "killed", "past"),
    ("cut down", "killed", "past"),
    ("hacked to death", "killed", "past"),
    ("beaten to death", "killed", "participle"),
    ("beat to death", "killed", "past"),
    ("stabbed to death", "killed", "past"),
    ("burned to death", "killed", "past"),
    ("burnt to death", "killed", "past"),
    ("trampled to death", "killed", "past"),
    ("crushed to death", "killed", "past"),
    ("tortured to death", "killed", "past"),
    ("stoned to death", "killed", "past"),
    ("put to death", "killed", "past"),
    ("blown up", "killed", "participle"),
    ("taken hostage", "captured", "participle"),
    ("held hostage", "captured", "participle"),
    ("taken prisoner", "captured", "participle"),
    ("held captive", "captured", "participle"),
    ("taken captive", "captured", "participle"),
    ("took hostage", "captured", "past"),
    ("taking hostage", "captured", "ing"),
    ("holding hostage", "captured", "ing"),
    ("shooting dead", "killed", "ing"),
    ("gunning down", "killed", "ing"),
    ("shooting and killing", "killed", "ing"),
    ("forced from their homes", "displaced", "participle"),
    ("forced to flee", "displaced", "participle"),
    ("forced to leave their homes", "displaced", "participle"),
    ("driven from their homes", "displaced", "participle"),
    ("made homeless", "displaced", "participle"),
    ("rendered homeless", "displaced", "participle"),
    ("killed or wounded", "casualties", "past"),
    ("killed or injured", "casualties", "past"),
    ("wounded or killed", "casualties", "past"),
    ("killed and wounded", "casualties", "past"),
    ("killed and injured", "casualties", "past"),
    ("killing and wounding", "casualties", "ing"),
    ("killing and injuring", "casualties", "ing"),
    ("killing or wounding", "casualties", "ing"),
    ("killing or injuring", "casualties", "ing"),
    ("dead and wounded", "casualties", "participle"),
    ("dead or wounded", "casualties", "participle"),
    ("dead and injured", "casualties", "participle"),
    ("killed or kidnapped", "casualties", "past"),
    ("killed or captured", "casualties", "past"),
    ("captured or killed", "casualties", "past"),
    ("killed or missing", "casualties", "past"),
    ("dead or missing", "casualties", "participle"),
    ("treated for", "injured", "participle"),
    ("being held", "captured", "participle"),
)
"""Several words that harm together."""

INTRANSITIVE: dict[str, Harm] = {
    "died": "killed",
    "die": "killed",
    "dies": "killed",
    "dying": "killed",
    "perished": "killed",
    "perish": "killed",
    "succumbed": "killed",
    "drowned": "killed",
    "suffocated": "killed",
    "disappeared": "missing",
    "vanished": "missing",
    "surrendered": "captured",
    "fled": "displaced",
    "flee": "displaced",
    "fleeing": "displaced",
}
"""Verbs whose subject is the victim."""

INTRANSITIVE_PHRASES: tuple[tuple[str, Harm], ...] = (
    ("lost their lives", "killed"),
    ("lost his life", "killed"),
    ("lost her life", "killed"),
    ("lost their life", "killed"),
    ("losing their lives", "killed"),
    ("committed suicide", "killed"),
    ("blew himself up", "killed"),
    ("blew themselves up", "killed"),
    ("went missing", "missing"),
    ("gone missing", "missing"),
    ("taken refuge", "displaced"),
    ("took refuge", "displaced"),
    ("sought refuge", "displaced"),
    ("sustained injuries", "injured"),
    ("suffered injuries", "injured"),
    ("suffered wounds", "injured"),
    ("sustained wounds", "injured"),
    ("was pronounced dead", "killed"),
    ("were pronounced dead", "killed"),
    ("pronounced dead", "killed"),
    ("found dead", "killed"),
    ("unaccounted for", "missing"),
    ("in detention", "captured"),
    ("in illegal detention", "captured"),
    ("in captivity", "captured"),
    ("taken to hospital", "injured"),
    ("taken to the hospital", "injured"),
    ("taken to a hospital", "injured"),
    ("rushed to hospital", "injured"),
    ("rushed to the hospital", "injured"),
    ("rushed to a hospital", "injured"),
    ("admitted to hospital", "injured"),
    ("admitted to the hospital", "injured"),
    ("in critical condition", "injured"),
    ("in serious condition", "injured"),
)

PREDICATES: dict[str, Harm] = {
    "dead": "killed",
    "deceased": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "missing": "missing",
    "homeless": "displaced",
    "displaced": "displaced",
    "trapped": "missing",
    "hospitalized": "injured",
    "hospitalised": "injured",
}
"""Adjectives after "were", "left ... " or a bare figure."""

COUNT_NOUNS: dict[str, Harm] = {
    "deaths": "killed",
    "death": "killed",
    "fatalities": "killed",
    "fatality": "killed",
    "dead": "killed",
    "killed": "killed",
    "bodies": "killed",
    "body": "killed",
    "corpses": "killed",
    "corpse": "killed",
    "martyrs": "killed",
    "martyr": "killed",
    "killings": "killed",
    "murders": "killed",
    "executions": "killed",
    "assassinations": "killed",
    "injuries": "injured",
    "injury": "injured",
    "injured": "injured",
    "wounded": "injured",
    "rapes": "injured",
    "casualties": "casualties",
    "casualty": "casualties",
    "hostages": "captured",
    "hostage": "captured",
    "captives": "captured",
    "abductions": "captured",
    "kidnappings": "captured",
    "prisoners-of-war": "captured",
    "pows": "captured",
    "refugees": "displaced",
    "displaced": "displaced",
    "evacuees": "displaced",
    "idps": "displaced",
    "missing": "missing",
    "victims": "killed",
    "disappearances": "missing",
}
"""Nouns that are counted as harm themselves: "49 deaths", "12 hostages"."""

OF_NOUNS: dict[str, Harm] = {
    "death": "killed",
    "deaths": "killed",
    "killing": "killed",
    "killings": "killed",
    "murder": "killed",
    "murders": "killed",
    "assassination": "killed",
    "assassinations": "killed",
    "execution": "killed",
    "executions": "killed",
    "massacre": "killed",
    "slaughter": "killed",
    "slaying": "killed",
    "slayings": "killed",
    "beheading": "killed",
    "beheadings": "killed",
    "lynching": "killed",
    "body": "killed",
    "bodies": "killed",
    "corpses": "killed",
    "lives": "killed",
    "martyrdom": "killed",
    "stabbing": "injured",
    "wounding": "injured",
    "injury": "injured",
    "injuries": "injured",
    "injuring": "injured",
    "rape": "injured",
    "rapes": "injured",
    "torture": "injured",
    "shooting": "casualties",
    "shootings": "casualties",
    "abduction": "captured",
    "abductions": "captured",
    "kidnapping": "captured",
    "kidnappings": "captured",
    "capture": "captured",
    "disappearance": "missing",
    "disappearances": "missing",
    "loss": "killed",
    "displacement": "displaced",
    "evacuation": "displaced",
    "exodus": "displaced",
}
"""Nouns of harm followed by "of" and the victims."""

BE = words("was were are is been being be get got gets 'm 're am remain remained remains")
HAVE = words("have has had having 've 'd")
MODALS = words("may might could would can should will must shall 'll")
REPORTED = words(
    "reported believed feared confirmed presumed thought said reportedly known found declared listed assumed "
    "apparently still then thus first all each both either just not never also later allegedly critically seriously "
    "severely lightly slightly badly fatally mortally gravely soon yesterday today already either subsequently "
    "immediately instantly simultaneously mistakenly accidentally deliberately brutally either now once again even "
    "more left shot being separately moderately currently to have"
)
"""Words that may stand between a form of "be" and the harm, or between victims and harm."""
