"""The words by which MUC-4 set fills are chosen, after the examples of the task documents and the dev part's keys."""

from __future__ import annotations

import re

NATIONS = {
    "SV": "EL SALVADOR", "GT": "GUATEMALA", "HN": "HONDURAS", "AR": "ARGENTINA", "BO": "BOLIVIA", "CL": "CHILE",
    "CO": "COLOMBIA", "EC": "ECUADOR", "PE": "PERU",
}  # fmt: skip
"""The nine countries whose incidents belong in the database, ISO 3166 to name."""

FOREIGN = NATIONS | {
    "US": "UNITED STATES", "NI": "NICARAGUA", "PA": "PANAMA", "ES": "SPAIN", "MX": "MEXICO", "CR": "COSTA RICA",
    "VE": "VENEZUELA", "CU": "CUBA", "DE": "WEST GERMANY", "FR": "FRANCE", "IT": "ITALY", "GB": "UNITED KINGDOM",
    "JP": "JAPAN", "CN": "PEOPLES REP OF CHINA", "SU": "USSR", "RU": "USSR", "CH": "SWITZERLAND", "IL": "ISRAEL",
    "BR": "BRAZIL", "UY": "URUGUAY", "PY": "PARAGUAY", "CA": "CANADA", "BE": "BELGIUM", "IE": "IRELAND",
}  # fmt: skip

BOMB = re.compile(r"explo|bomb|dynamit|blew|blow|blast|went off|grenade|detonat|\bmines?\b", re.I)
AERIAL = re.compile(r"air|aerial|plane|helicopter|strafe|mortar|rocket", re.I)
FIRE = re.compile(r"\bburn|\bset\b.*\bfire|arson|torch|ablaze|set afire|incendiar", re.I)
ROB = re.compile(r"\brob|\bloot|\bstole|\bsteal|\bplunder", re.I)
HIJACK = re.compile(r"hijack", re.I)
KIDNAP = re.compile(r"kidnap|abduct|hostage|captured|seized|disappear", re.I)

INSTRUMENTS: tuple[tuple[str, str], ...] = (
    (r"(?:car|truck|bus)[- ]bombs?", "VEHICLE BOMB"),
    (r"dynamite(?: (?:sticks?|charges?|cartridges?|attack))?|(?:sticks?|charges?) of dynamite", "DYNAMITE"),
    (r"molotov cocktails?", "MOLOTOV COCKTAIL"),
    (r"(?:hand |fragmentation )?grenades?", "GRENADE"),
    (r"(?:sub)?-?machine-?\s?guns?", "MACHINE GUN"),
    (r"mortars?", "MORTAR"),
    (r"(?:land)?mines", "MINE"),
    (r"rockets?|rpg(?:-\d+)?", "ROCKET"),
    (r"missiles?", "MISSILE"),
    (r"(?:assault |automatic )?rifles?|ak-47s?|m-16s?|galil", "RIFLE"),
    (r"pistols?|revolvers?|handguns?", "HANDGUN"),
    (r"explosive (?:device|charge)s?|explosives|booby[- ]traps?", "EXPLOSIVE"),
    (r"bombs?", "BOMB"),
    (r"(?:assault|automatic|heavy|small) weapons|firearms|guns?|shotguns?|bullets?", "GUN"),
    (r"knives|knife|machetes?|axe?s?|daggers?", "CUTTING DEVICE"),
    (r"stones|rocks", "STONE"),
)
SHOT = re.compile(r"\bshot|\bshoot|gunfire|gunned|riddled|opened fire|bullet|machine-?gunn", re.I)

SITES: tuple[tuple[str, str], ...] = (
    (r"embass(?:y|ies)|consulates?", "DIPLOMAT OFFICE OR RESIDENCE"),
    (r"banks?", "FINANCIAL"),
    (r"pylons?|substations?|power (?:plants?|stations?|lines?|poles?|posts?|towers?)|(?:oil )?pipelines?|towers?|"
     r"posts|transformers?|refiner(?:y|ies)|electric(?:ity|al)? (?:facilities|system|installations)|oil wells?|"
     r"dams?", "ENERGY"),
    (r"telephone (?:booths?|boxes|exchange|office|company)|radio stations?|television stations?|antennas?|newspapers?|"
     r"repeaters?|printing (?:press|plant)s?", "COMMUNICATIONS"),
    (r"police (?:stations?|posts?|headquarters)|jails?|prisons?|barracks|checkpoints?", "LAW ENFORCEMENT FACILITY"),
    (r"ministr(?:y|ies)|government house|presidential (?:house|palace)|city hall|town hall|mayor's offices?|courts?|"
     r"congress|legislative assembly|post office|national palace|tribunals?", "GOVERNMENT OFFICE OR RESIDENCE"),
    (r"party headquarters|union headquarters|headquarters|offices?|campaign offices?", "ORGANIZATION OFFICE"),
    (r"bridges?|highways?|roads?|railways?|tracks", "TRANSPORTATION ROUTE"),
    (r"airports?|bus stations?|terminals?|train stations?|subway", "TRANSPORTATION FACILITY"),
    (r"(?:mini|micro)?bus(?:es)?|cars?|trucks?|vehicles?|trains?|planes?|airplanes?|aircraft|helicopters?|taxis?|"
     r"jeeps?|vans?|motorcycles?|boats?|ships?|locomotives?|ambulances?|pickups?", "TRANSPORT VEHICLE"),
    (r"houses?|homes?|residences?|apartments?|dwellings?|huts?", "CIVILIAN RESIDENCE"),
    (r"stores?|shops?|supermarkets?|restaurants?|hotels?|factor(?:y|ies)|plants?|warehouses?|compan(?:y|ies)|"
     r"shopping centers?|service stations?|gas stations?|theaters?|businesses|discotheques?|markets?|dealerships?|"
     r"establishments?|enterprises?|nightclubs?|malls?|bars?|ranch(?:es)?|farms?", "COMMERCIAL"),
    (r"aqueducts?|water (?:pipes|mains|system)|reservoirs?", "WATER"),
    (r"churches|church|schools?|universit(?:y|ies)|temples?|buildings?|facilities|installations?|structures?|"
     r"hospitals?|institutes?|clinics?|cathedrals?|monuments?|property|headquarters|premises|plantations?", "OTHER"),
)  # fmt: skip
SITE_HEADS = re.compile("|".join(f"(?P<t{i}>{words})" for i, (words, _) in enumerate(SITES)), re.I)

PEOPLE: tuple[tuple[str, str], ...] = (
    (r"\bbodyguards?|\bescorts?\b|\bguards?\b|watchm[ae]n|security (?:agents?|officers?|men)", "SECURITY GUARD"),
    (r"\bpolice|\bpatrolm[ae]n|national guard|\bguardsm[ae]n|\bagents?\b", "LAW ENFORCEMENT"),
    (r"\bjudges?\b|magistrates?|lawyers?|attorneys?|prosecutors?|judicial|jurists?|justices?", "LEGAL OR JUDICIAL"),
    (r"ambassadors?|diplomats?|consuls?|attaches?|embassy", "DIPLOMAT"),
    (r"candidates?|politicians?|party|\bleaders?\b|activists?|militants?|patriotic union|\bup\b", "POLITICAL FIGURE"),
    (r"mayors?|ministers?|governors?|presidents?|officials?|councilm[ae]n|senators?|congressm[ae]n|deputy|deputies|"
     r"authorities|secretary|director of", "GOVERNMENT OFFICIAL"),
    (r"soldiers?|troops?|colonels?|\bcol\b|generals?|\bgen\b|lieutenants?|\blt\b|captains?|\bcapt\b|sergeants?|majors?|"
     r"officers?|marines?|army|military|paratroopers|cadets?|corporals?", "ACTIVE MILITARY"),
)  # fmt: skip
FORMER = re.compile(r"\bformer\b|\bretired\b|\bex-", re.I)
FORMERLY = {"GOVERNMENT OFFICIAL": "FORMER GOVERNMENT OFFICIAL", "ACTIVE MILITARY": "FORMER ACTIVE MILITARY"}
NOBODY = re.compile(
    r"^(?:he|she|him|her|they|them|we|us|i|it|others?|who|whom|these|those|some|all|many|none|no one|nobody|anyone|"
    r"casualt(?:y|ies)|victims?|one|two|three|both|bod(?:y|ies))$", re.I)  # fmt: skip
REBEL = re.compile(
    r"guerrilla|rebel|terroris|subversive|extremist|insurgent|kidnapper|assassin|trafficker|combatant|fmln|eln\b", re.I
)

ARMED = re.compile(
    r"soldier|troop|guerrilla|rebel|terroris|subversive|extremist|men\b|m[ae]n\b|individuals?|persons?|commandos?|"
    r"members?|assassins?|gunm[ae]n|group|column|people|traffickers?|squads?|killers?|officers?|bandits?|hooded|gang",
    re.I,
)
STATE = re.compile(
    r"army|armed forces|air force|police|military|government|soldier|troop|battalion|brigade|regime", re.I
)
CLAIMED = re.compile(r"(?:claim|admit|acknowledg|assum|took|tak)\w* (?:\w+ ){0,2}responsib", re.I)
ACCUSED = re.compile(r"accus|blam|suspect|alleg|presum|believ|attribut|apparent|charge", re.I)


def instrument_type(words: str) -> str | None:
    """The set fill of an instrument's words, None where none fits."""
    return next((fill for pattern, fill in INSTRUMENTS if re.search(rf"\b(?:{pattern})\b", words, re.I)), None)


def person_type(words: str) -> str:
    """The set fill of a human target."""
    fill = next((fill for pattern, fill in PEOPLE if re.search(pattern, words, re.I)), "CIVILIAN")
    return FORMERLY.get(fill, fill) if FORMER.search(words) else fill
