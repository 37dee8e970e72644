"""Who and what was hit, as noun phrases: people out of a claim's victims, things out of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bench import muc4_words as words
from counterclaim.records import Claim
from counterclaim.resolving.gazetteer import Gazetteer

NUMBERS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}  # noqa: SIM905
MODIFIER = re.compile(r"(?:(?:[A-Za-z][\w.'-]*|\d[\d,]*|\"[\w .-]+\") ){0,5}$")
STOP = frozenset(
    """
    the a an this that these those of in on at near against by to from and or with for their his her its into inside
    outside several some many another other were was is are had has been which who when where while as front were
    attacked damaged destroyed burned exploded blew set placed planted up bombed hit also two-way all both between
    least caused causing damaging destroying including attack attacks explosion bomb dynamite fire under over
    """.split()  # noqa: SIM905
)
COUNTS = frozenset({*NUMBERS, "several", "some", "many", "various", "numerous", "about", "least"})
LEADING = re.compile(
    rf"^(?:the|an?|his|her|their|about|at least|another|\d[\d,]*|{'|'.join(sorted(COUNTS))})\s+", re.IGNORECASE
)
TITLED = frozenset(
    """
    president colonel col general gen minister captain capt lieutenant lt major maj mayor monsignor father
    archbishop bishop judge ambassador deputy senator governor doctor dr mr mrs sergeant sgt commander priest
    engineer police army priests leader candidate director secretary jesuit jesuits peasants peasant
    """.split()  # noqa: SIM905
)


@dataclass
class Target:
    """Somebody or something hit: the string, what it is, how many, what became of it."""

    string: str
    kind: str
    number: str = "1"
    effect: str | None = None
    nation: str | None = None
    role: str | None = None
    named: bool = False


def people(victims: str) -> list[Target]:
    """The targets that a claim's victims or an actor's name stand for."""
    plain = LEADING.sub("", victims.strip())
    if not plain or words.NOBODY.match(plain) or re.search(rf"\b(?:{words.SITE_HEADS.pattern})$", plain, re.I):
        return []
    tokens = plain.split()
    cut = len(tokens)
    while cut and re.match(r"[A-Z]", tokens[cut - 1]) and tokens[cut - 1].lower().strip(".") not in TITLED:
        cut -= 1
    name, role = " ".join(tokens[cut:]), " ".join(tokens[:cut])
    named = (
        bool(name) and (len(tokens) - cut >= 2 or bool(role)) and not re.search(r"s$", name.split()[-1].lower() + " ")
    )
    if named and tokens[-1].lower() not in TITLED:
        return [Target(name.upper(), words.person_type(plain), named=True, role=role.upper() or None)]
    return [Target(plain.upper(), words.person_type(plain))]


def number(claim: Claim) -> str:
    if claim.min is None and claim.max is None:
        return "PLURAL" if plural(claim.victims) or claim.vague else "1"
    about = "~" if claim.approx else ""
    if claim.min is None or claim.min == claim.max:
        return f"{about}{claim.max}"
    return f"{about}{claim.min}-{claim.max or ''}"


def plural(string: str) -> bool:
    last = string.split()[-1].lower() if string.split() else ""
    return last.endswith("s") or last.endswith("men") or last in ("people", "children", "police")


def sites(text: str) -> list[Target]:
    found = []
    for match in re.finditer(rf"\b(?:{words.SITE_HEADS.pattern})\b", text, re.I):
        if re.match(
            r"[- ]bomb|'s\b| (?:of|in) (?:the )?(?:department|country)", text[match.end() : match.end() + 20], re.I
        ):
            continue
        kind = next(words.SITES[int(n[1:])][1] for n, v in match.groupdict().items() if v)
        before = MODIFIER.search(text[: match.start()])
        modifiers: list[str] = []
        number = None
        for token in reversed((before[0] if before else "").split()):
            low = token.lower().strip(",")
            if low in NUMBERS or low.isdigit():
                number = str(NUMBERS.get(low, low))
                break
            if low in STOP or low in COUNTS or low.endswith(("ly", "ing")):
                break
            modifiers.insert(0, token)
        string = " ".join([*modifiers, match[0]]).upper()
        found.append(Target(string, kind, number or ("PLURAL" if plural(match[0]) else "1")))
    return found


def add(found: dict[str, Target], target: Target) -> None:
    """Add a target unless it stands there already, by its last word (a name) or whole; then fill what it lacks."""
    for key, known in found.items():
        a, b = set(key.split()), set(target.string.split())
        if a <= b or b <= a:
            known.effect = "DEATH" if "DEATH" in (known.effect, target.effect) else known.effect or target.effect
            known.role = known.role or target.role
            if len(target.string) > len(known.string) and target.named >= known.named:
                known.string, known.kind = target.string, target.kind
                known.named = target.named
            return
    found[target.string] = target


@cache
def _nation_of(word: str) -> str | None:
    return words.FOREIGN.get(Gazetteer.open().country_of_name(word) or "")


def nation(string: str, here: str | None) -> str | None:
    for word in string.split():
        nation = _nation_of("U.S." if word in ("U.S.", "AMERICAN") else word.title())
        if nation and nation != words.FOREIGN.get(here or ""):
            return nation
    return None
