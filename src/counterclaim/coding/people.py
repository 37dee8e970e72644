"""Words for people, by what they tell: fighters, civilians, or neither; and words for things that are counted too.

Lists read off annotated reports and general knowledge of the field; police and militants count as combatants,
officials, journalists, aid workers and children as civilians, as the annotation guide of the gold standard has it.
"""

from __future__ import annotations

from functools import lru_cache

from counterclaim.coding.words import words
from counterclaim.records import VictimKind

_COMBATANTS = words(
    "soldier fighter militant policeman policewoman officer rebel insurgent terrorist gunman commander combatant "
    "bomber bodyguard guard marine militiaman militia jihadi jihadist guerrilla guerilla mercenary peacekeeper "
    "serviceman servicewoman serviceperson trooper commando cadet recruit conscript captain colonel general "
    "lieutenant sergeant corporal major brigadier admiral pilot airman sailor sniper infantryman paratrooper "
    "legionnaire reservist operative extremist islamist warlord attacker assailant hijacker kidnapper kingpin emir "
    "gunner militiawoman separatist loyalist robber rustler crewman bandit pirate warrior enforcer lawman constable "
    "deputy sheriff invader aggressor partisan ranger raider spy shooter veteran peshmerga taliban cop agent "
    "adjutant marshal private chieftain spotter rifleman detective bombmaker bomb-maker smuggler trafficker "
    "stone-thrower"
)
_COMBATANT_MASS = words(
    "troops police forces personnel servicemen cops gunmen policemen militiamen taliban talibans navy army guards"
)
_CIVILIANS = words(
    "civilian child kid woman girl boy baby infant toddler teenager schoolgirl schoolboy schoolchild student pupil "
    "youth villager resident refugee pilgrim worshipper worshiper shopper passenger tourist holidaymaker journalist "
    "reporter photographer cameraman correspondent editor teacher professor doctor nurse medic paramedic physician "
    "surgeon worker labourer laborer miner farmer fisherman driver trader merchant shopkeeper businessman "
    "businesswoman contractor engineer lawyer judge prosecutor politician councillor councilor lawmaker legislator "
    "parliamentarian minister mayor governor diplomat ambassador official activist protester protestor demonstrator "
    "rioter bystander passer-by passerby onlooker pedestrian motorcyclist cyclist priest nun monk pastor imam "
    "cleric bishop missionary mother father son daughter wife husband brother sister uncle aunt cousin nephew niece "
    "grandmother grandfather grandson granddaughter grandchild parent relative widow bride fiancee boyfriend "
    "maid housekeeper gardener chauffeur envoy "
    "girlfriend spouse sibling twin hostage employee staffer servant barmaid waiter waitress prostitute cook "
    "cleaner guest volunteer firefighter fireman rescuer inhabitant immigrant migrant evacuee displaced herder "
    "herdsman pastoralist shepherd hunter elder sheikh sheik patient neighbor neighbour pensioner deportee escapee "
    "mourner churchgoer commuter visitor customer spectator fan player athlete footballer film-maker filmmaker "
    "writer poet singer musician actor actress artist blogger academic scientist scholar researcher expert "
    "economist candidate voter campaigner senator deputy-mayor aid-worker translator interpreter executive director "
    "manager owner banker accountant entrepreneur trucker motorist crewmember steward stewardess non-combatant "
    "noncombatant man-of-letters preschooler newborn minor bricklayer carpenter electrician tailor baker butcher "
    "barber vendor hawker porter woodcutter fisher sharecropper settler homeowner dissident intellectual headmaster "
    "principal nanny lecturer rabbi muezzin sympathiser sympathizer princess prince king queen president premier "
    "chancellor parishioner believer congregant congregation babies sportsman midwife pharmacist dentist "
    "ambulanceman hostess inmate-visitor treasurer secretary clerk receptionist colleague"
)
_UNKNOWN = words(
    "people person man victim other individual member friend suspect prisoner detainee inmate captive casualty "
    "adult figure leader citizen national foreigner male female native chief follower supporter opponent human soul "
    "body corpse martyr deceased dead wounded injured missing guy westerner american briton fugitive survivor crew "
    "family aide adviser advisor ally comrade companion occupant perpetrator associate boss partner team convict "
    "criminal gangster dealer lord key-figure patriot tribesman tribesmen clansman observer monitor inspector "
    "informer informant collaborator defector deserter exile returnee hero somebody someone anyone persons life "
    "lives fatality prey dweller head half victims-to-be witness ones one householder household minority group "
    "delegation crowd couple trio pair brethren population community half-brother mayor-elect youngster kid youths "
    "kids"
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "people",
    "peoples": "people",
    "persons": "person",
    "lives": "life",
    "wives": "wife",
    "passers-by": "passer-by",
    "passersby": "passerby",
    "schoolchildren": "schoolchild",
    "grandchildren": "grandchild",
    "chiefs": "chief",
    "policemen": "policeman",
    "crew": "crew",
    "staff": "worker",
    "youths": "youth",
    "personnel": "soldier",
    "troops": "soldier",
    "police": "policeman",
    "forces": "soldier",
    "military": "soldier",
    "clergy": "priest",
    "youth": "youth",
    "folk": "people",
    "bodies": "body",
    "thieves": "robber",
    "spies": "spy",
    "fellow": "man",
    "humans": "people",
}
_PLURAL_ONLY = words(
    "people men women children troops police personnel forces civilians youths lives staff schoolchildren others "
    "wounded injured dead missing bodies crew folk"
)

# What is counted beside people; a figure before one of these is no count of victims.
_THINGS = words(
    "tank vehicle truck car bus jeep helicopter plane jet aircraft airplane boat ship vessel missile rocket shell "
    "bomb mortar grenade rifle weapon gun gunship drone warhead round bullet house home building shop store school "
    "mosque church hospital village town city district province state country nation area region position post "
    "checkpoint base camp bridge road street attack strike airstrike raid operation clash incident explosion blast "
    "bombing shooting battle war offensive battalion brigade division regiment platoon squad unit party "
    "organization organisation group company agency newspaper station channel kilometre kilometer mile meter hour "
    "minute day week month year decade point time percent dollar euro pound ton tonne round case charge count "
    "convoy patrol train tractor bicycle motorbike motorcycle horse camel cow goat sheep lion elephant tiger bear "
    "wolf shark whale rhino chicken pig rabbit monkey snake crocodile dog animal cattle livestock bird seat vote "
    "game match goal wicket run over set medal title film movie book song album prize award place spot part piece "
    "share member-state site target item document photo photograph image picture video message letter call meeting "
    "talk round-table hectare acre field farm building-site flight sortie front side line tunnel depot dump cache "
    "device charge pipeline well mine facility factory plant office embassy consulate block apartment flat room "
    "floor storey story report article page rule law right resolution measure step option issue question problem "
    "reason factor lap race flag hill hilltop stronghold territory neighborhood neighbourhood suburb land island "
    "airport port airfield market heart attention imagination footage moment bale crown headline cache border "
    "crossing junction silo dam oilfield refinery quarter trophy city-centre capital settlement farmland summit "
    "peak cup pole lead election seat majority control spirit mood public zone strip outpost garrison barracks fort "
    "compound bunker trench artillery ammunition munition equipment gear"
)
_STRONG_ENDINGS = (
    "man",
    "men",
    "woman",
    "women",
    "ist",
    "ists",
    "ee",
    "ees",
    "person",
    "people",
    "boy",
    "girl",
    "worker",
    "workers",
)


_KEPT = 8192
"""Words whose answers are kept: each is asked for many times a report, and reports share most of theirs."""


@lru_cache(maxsize=_KEPT)
def singular(word: str) -> str:
    """The singular of a noun as far as its ending tells: "soldiers" soldier, "babies" baby, "men" man."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "'s", "is")) and len(word) > 3:
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """True where the noun's form is a plural."""
    return word in _PLURAL_ONLY or singular(word) != word


def is_thing(word: str) -> bool:
    """True for a noun that names no people ("tanks", "villages")."""
    return singular(word) in _THINGS and not is_person(word)


@lru_cache(maxsize=_KEPT)
def is_person(word: str) -> bool:
    """True for a noun known to name people."""
    base = singular(word)
    if base in _COMBATANTS or base in _CIVILIANS or base in _UNKNOWN or word in _COMBATANT_MASS:
        return True
    last = base.rpartition("-")[2]
    if last == "old" and base.endswith("year-old"):
        return True
    if last != base and (last in _COMBATANTS or last in _CIVILIANS or last in _UNKNOWN):
        return True
    return len(base) > 5 and word.endswith(_STRONG_ENDINGS) and base not in _THINGS


def kind_of(word: str) -> VictimKind:
    """Fighter, civilian or unknown, from the noun alone."""
    base = singular(word)
    last = base.rpartition("-")[2]
    if word in _COMBATANT_MASS or base in _COMBATANTS or last in _COMBATANTS:
        return "combatant"
    if base in _CIVILIANS or last in _CIVILIANS:
        return "civilian"
    return "unknown"
