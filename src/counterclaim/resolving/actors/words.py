"""Closed word classes that the reading of actors needs. Small on purpose."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MODIFIERS: Final = _words(
    """
    prime foreign defence defense interior health justice finance deputy former acting senior top state local provincial
    regional national federal military security police government army naval navy air force border special ground armed
    intelligence rescue medical hospital aid human rights news press party rebel militant opposition ethnic unidentified
    unknown unnamed masked suspected alleged allied coalition refugee peace peacekeeping vice attorney young elderly
    unarmed innocent central federal supreme high constitutional criminal appeals public presidential parliamentary
    ruling main official prosecution civilian humanitarian relief emergency civil protection affairs trade labour labor
    education law enforcement counter-terrorism anti-terrorism riot traffic secret internal external western eastern
    northern southern separatist islamist jihadist communist leftist maoist marxist nationalist loyalist royalist tribal
    village city town district county municipal community religious muslim christian sunni shia shiite alawite druze
    kurdish arab arabs african european asian paramilitary irregular breakaway transitional interim caretaker
    outgoing incumbent lead permanent general chief assistant executive managing joint multinational foreign-backed
    state-run state-owned government-run independent guerrilla insurgent terrorist extremist war field corps artillery
    tank infantry airborne elite regular commando student union church university school factory
    veteran prominent well-known respected outspoken leading influential self-declared self-proclaimed exiled jailed
    imprisoned longtime radical moderate mafia crime drug
    women's children's journalists' spokes displaced injured wounded dead missing trapped
    """
)
"""Words that may stand between the first word of a party's name and its head."""

SECTOR_OF: Final = {
    word: sector
    for sector, words in {
        "MIL": "military army navy naval air troops force forces defence defense coalition peacekeeping commando",
        "COP": "police riot traffic gendarmerie enforcement",
        "SPY": "intelligence",
        "MED": "hospital medical health rescue ambulance emergency",
        "JUD": "court prosecution judicial tribunal",
        "LEG": "parliamentary parliament congressional legislative",
        "REB": "rebel militant separatist insurgent guerrilla jihadist taliban",
        "OPP": "opposition",
        "PTY": "party republican gop democrat democratic",
        "REL": "church religious",
        "BUS": "company industry business bank oil airline",
        "JRN": "media news press television radio",
        "EDU": "university school education",
        "CRM": "mafia crime drug gang cartel",
        "CVL": "aid humanitarian relief community village tribal union student",
    }.items()
    for word in words.split()
}
"""The sector that a word gives to the "official", "spokesman" or "source" after it."""

ADJECTIVAL: Final = _words(
    """
    military army government police rebel militant separatist insurgent guerrilla jihadist opposition coalition
    media press militia gang party navy hospital parliament court cartel company television radio official
    civilian terrorist extremist islamist student refugee worker
    """
)
"""Heads that are adjectives before another noun: "military aid", "rebel towns"."""

LOCATIVES: Final = _words("in across throughout inside near within around into outside over via through at")
"""Prepositions after which a country's name is a place and not a party."""

MASCULINE: Final = _words("he him his himself")
FEMININE: Final = _words("she her hers herself")

FIGHTING: Final = _words(
    "rebel islamist jihadist separatist militant opposition terrorist extremist guerrilla insurgent armed"
)
"""Words that make an armed group of the "forces", "group" or "organisation" after them."""

ARMS: Final = _words(
    "assault artillery engineer aviation infantry cavalry armored armoured airborne tank signal helicopter marine "
    "ranger"
)
"""Arms of service, whose numbered companies and groups are of an army."""

HELPING: Final = _words("right human aid humanitarian relief monitoring advocacy charity church medical peace women's")
"""Words that make a non-governmental body of the "group" after them."""

MACHINES: Final = _words(
    "plane warship missile squadron artillery drone tank aircraft helicopter jet warplane gunship bomber reinforcement"
)
"""Machines that stand for those who use them where the text says whose they are."""

GENERIC_AFTER_NAME: Final = _words(
    """
    agency group movement militia network newspaper daily party organization faction television channel radio
    """
)
"""Heads that say only what a body known by name is: "Xinhua news agency", "the Taliban movement"."""

KIND_OF_SECTOR: Final = {
    "MIL": "military",
    "REB": "armed_group",
    "UAF": "armed_group",
    "CVL": "civilians",
    "MED": "civilians",
    "OPP": "civilians",
    "REF": "civilians",
    "JRN": "media",
    "COP": "government",
    "EDU": "civilians",
    "BUS": "civilians",
    "CRM": "armed_group",
}
"""The kind of an unnamed single member ("a soldier", "a resident"), which goes with the others of its sort."""

PLURALS: Final = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "spokesmen": "spokesman",
    "people": "people",
    "militiamen": "militia",
    "servicemen": "serviceman",
    "congressmen": "congressman",
    "families": "family",
    "authorities": "authorities",
    "militias": "militia",
    "attorneys": "attorney",
    "forces": "forces",
    "troops": "forces",
    "soldiers": "forces",
    "soldier": "forces",
    "army": "military",
    "servicemen ": "forces",
    "protestors": "protester",
    "protesters": "protester",
    "demonstrators": "protester",
    "eyewitnesses": "witness",
    "witnesses": "witness",
    "spokesperson": "spokesman",
    "spokeswoman": "spokesman",
    "locals": "resident",
    "villagers": "resident",
    "inhabitants": "resident",
    "jihadis": "jihadist",
    "premier": "prime minister",
    "organisation": "organization",
    "defence": "defense",
}
"""Words that name the same sort of party: the key under which mentions are put together."""


def base(word: str) -> str:
    """The key of a head noun: singular, British and American spelling as one."""
    word = word.lower().rstrip(".")
    if word in PLURALS:
        return PLURALS[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        singular = word[:-1]
        return PLURALS.get(singular, singular)
    return word


SPEECH: Final = _words(
    """
    said says say told tells added adds warned noted claimed claims denied confirmed announced stated insisted argued
    declared reported acknowledged admitted accused condemned called urged rejected vowed pledged wrote tweeted asked
    explained stressed suggested described recalled replied alleged refused declined believes believed expects wants
    """
)
"""Verbs whose subject is a person or a body: they prove that the name beside them is one."""

BLAMED: Final = _words("accused accuses accusing blamed blames blaming urged urges warned against between")
"""Words whose object is a party: "accused Tehran of", "between Moscow and Kyiv"."""

GENERIC: Final[dict[str, tuple[str, ...]]] = {
    "group": ("armed_group", "ngo"),
    "movement": ("armed_group",),
    "militia": ("armed_group",),
    "faction": ("armed_group",),
    "organization": ("ngo", "igo", "armed_group"),
    "agency": ("igo", "media", "government"),
    "committee": ("ngo", "igo"),
    "coalition": ("military",),
    "authority": ("government",),
    "party": ("other", "armed_group"),
    "company": ("company",),
    "newspaper": ("media",),
    "broadcaster": ("media",),
    "network": ("media", "ngo"),
    "watchdog": ("ngo",),
    "observatory": ("ngo",),
}
"""Descriptions that may stand for a body of another head: kinds that each may mean."""

ABROAD: Final = _words(
    """
    foreign international multinational joint un european african western allied coalition american-led us-led
    foreign-backed nato peacekeeping
    """
)
"""Words that say that a party is not, or not only, of the country where it is told of."""

OFFICES_OF: Final = {
    ("secretary", "state"): "US",
    ("secretary", "defense"): "US",
    ("secretary", "treasury"): "US",
    ("secretary", "foreign"): "GB",
    ("secretary", "home"): "GB",
    ("secretary", "defence"): "GB",
}
"""Offices that only one state calls so, by head and the word that goes with it."""

TOLD_BY_NATION: Final = _words("man woman boy girl teenager teen youth child suspect")
"""Single persons who are a party only where the text says of what nation: "a Palestinian teenager"."""

REIGNS: Final = _words("regime government administration supporter loyalist")
"""Parties told by who leads them: "the Berg regime"."""

ABROAD_HEADS: Final = _words(
    "coalition embassy consulate ambassador diplomat envoy peacekeeper foreigner national correspondent"
)
"""Heads of parties that are of another country than the one where they are."""

KIN: Final = _words(
    """
    boy girl father mother wife husband son daughter brother sister widow widower uncle aunt cousin nephew niece
    grandfather grandmother grandson granddaughter friend neighbour neighbor toddler teenager schoolboy schoolgirl
    parents relatives family
    """
)
"""Words that tell of a private person beside the name: "his brother, X", "X's mother"."""

ENGLISH_SPEAKING: Final = _words("US GB CA AU NZ IE")
NOT_ENGLISH: Final = _words(
    """
    AE AF AL AM AZ BA BG BH BY CN CU DZ EG ER ET GE HR IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MD ME MK ML MM
    MN MR NE NP OM PK PS QA RO RS RU SA SD SI SN SO SY TD TH TJ TM TN TR TW UA UZ VN XK YE
    """
)
"""Countries where the names below are rare, so that who bears one in a report from there is seldom of it."""
