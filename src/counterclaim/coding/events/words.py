"""Closed word classes of English that the event coder reads by, until there are tags."""

from __future__ import annotations

from functools import cache
from typing import Literal

from counterclaim.coding.events.inflection import verb_forms
from counterclaim.coding.words import words

BE = words("be is are was were been being 's 're get gets got getting gotten")
HAVE = words("have has had having 've")
DO = words("do does did")
MODAL = words("will would shall should can could may might must 'll 'd ca wo cannot")
NOT = words("not n't never no-longer")
AUXILIARY = BE | HAVE | DO | MODAL
ADVERB = words(
    "also then later now still already again just only even ever soon once twice earlier recently immediately "
    "repeatedly allegedly reportedly apparently officially publicly privately strongly firmly quickly immediately "
    "previously subsequently finally eventually together jointly directly largely partly fully either both all long "
    "likely well ago yesterday today tonight overnight tomorrow reported suspected not n't never"
)
DETERMINER = words(
    "a an the this that these those his her its their our my your no any some each every another such several many "
    "few more most all both other 's"
)
BACK_REFERENCE = words("the this that these those such his her its their both")
PREPOSITION = words(
    "of in on at by with from to for against into onto over under near between among amid during after before since "
    "through across around outside inside towards toward upon about without within along off behind beyond despite "
    "following including like as per via until till than except besides versus"
)
SUBORDINATOR = words(
    "that when while if because although though whereas unless whether since until as where after before"
)
RELATIVE = words("who which that whom whose where")
CONJUNCTION = words("and or but nor &")
PRONOUN = words("he she it they we i you who him her them us me")
SPEECH = words(
    "say says said saying tell tells told add adds added state states stated note notes noted report reports reported "
    "claim claims claimed announce announces announced believe believes believed think thinks thought confirm confirms "
    "confirmed explain explains explained insist insists insisted argue argues argued suggest suggests suggested "
    "describe describes described declare declares declared know knows knew known show shows showed shown"
)
ACCIDENT = words(
    "accident accidents crash crashed crashes collision collided collide derailed derailment earthquake earthquakes "
    "quake quakes tremor tremors aftershock aftershocks flood floods flooding floodwaters rains landslide landslides "
    "mudslide mudslides avalanche avalanches hurricane hurricanes typhoon typhoons cyclone cyclones tornado tornadoes "
    "tsunami eruption blizzard wildfire wildfires storm storms drowned drowning capsized sank sinking disease diseases "
    "virus epidemic epidemics outbreak outbreaks cancer malaria cholera measles ebola polio covid coronavirus illness "
    "lion lions lightning heatwave drought famine starvation stampede overdose"
)
"""Words of disasters, accidents and illness: what they do to people or houses is nobody's act."""
BLAMELESS = ACCIDENT - words("crashed collided collide derailed drowned drowning capsized sank sinking storm storms")
"""Those of them that stand as the subject of a verb of force; a "storm" may be one of bullets."""
LIGHT = words(
    "launch carry conduct stage mount unleash hold make give provide impose declare open begin start continue wage "
    "perpetrate commit order announce plan reach sign strike broker receive set lead join suspend resume lift end send "
    "perform execute undertake attempt intensify escalate step claim establish erect"
)
UNDERGO = words("suffer face receive undergo experience endure survive remain")


@cache
def inflected(kind: Literal["light", "undergo", "chain"]) -> dict[str, str]:
    """Every form of a class of helping verbs, to its base."""
    bases = {"light": LIGHT, "undergo": UNDERGO, "chain": frozenset(CHAIN)}[kind]
    return {form: base for base in sorted(bases) for form in verb_forms(base)}


CHAIN = {
    "try": "failed?",
    "attempt": "failed?",
    "seek": "planned",
    "plan": "planned",
    "intend": "planned",
    "prepare": "planned",
    "aim": "planned",
    "want": "planned",
    "decide": "planned",
    "agree": "planned",
    "vow": "planned",
    "pledge": "planned",
    "promise": "planned",
    "threaten": "planned",
    "propose": "planned",
    "hope": "planned",
    "offer": "planned",
    "order": "planned",
    "expect": "planned",
    "schedule": "planned",
    "continue": "ongoing",
    "keep": "ongoing",
    "begin": "actual",
    "start": "actual",
    "manage": "actual",
    "fail": "failed",
    "refuse": "negated",
    "decline": "negated",
    "deny": "negated",
    "appear": "actual",
    "seem": "actual",
    "help": "actual",
    "use": "actual",
    "have": "planned",
    "go": "planned",
    "prevent": "negated",
    "avert": "hypothetical",
    "avoid": "hypothetical",
    "thwart": "failed",
    "foil": "failed",
}
"""Verbs that may stand before "to" and a trigger, or take one as object, to the reality they give it; `failed?` is an
attempt, which fails where its words are past and nothing else is said of it."""
