"""Who and what was hit, as noun phrases: people out of a claim's victims, things out of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bench import muc4_words as words
from counterclaim.coding.people import is_person
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
    """The targets that a claim's victims or an actor's name stand for: one a person or group of a list."""
    parts = [LEADING.sub("", part.strip()) for part in re.split(r",\s+(?:and\s+)?|\s+and\s+", victims)]
    found = [_person(part) for part in parts if part and not words.NOBODY.match(part)]
    return [t for t in found if not re.search(rf"\b(?:{words.SITE_HEADS.pattern})$", t.string, re.I)]


def _person(described: str) -> Target:
    tokens = described.split()
    cut = len(tokens)
    while cut and (re.match(r"[A-Z]", tokens[cut - 1]) or _joins(tokens, cut - 1)) and not _role_word(tokens[cut - 1]):
        cut -= 1
    while cut < len(tokens) - 1 and tokens[cut].isupper() and len(tokens[cut]) > 1:
        cut += 1
    role = " ".join(tokens[:cut])
    if cut < len(tokens) and (role or len(tokens) > 1):
        return Target(
            " ".join(tokens[cut:]).upper(), words.person_type(described), named=True, role=role.upper() or None
        )
    return Target(described.upper(), words.person_type(described))


def _joins(tokens: list[str], at: int) -> bool:
    """Whether a word joins two parts of a Spanish name."""
    return 0 < at < len(tokens) - 1 and tokens[at] in ("de", "del", "la", "y") and tokens[at - 1] not in ("of", "the")


def _role_word(word: str) -> bool:
    low = word.lower().strip(".")
    return low in TITLED or is_person(low)


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


def add(found: list[Target], target: Target) -> None:
    """Add a target unless it stands there already: by name, by role, or in the same words; then fill what it lacks.

    Numbers that differ for different harm are two: of people killed and of people hurt.
    """
    for known in found:
        a, b = set(known.string.split()), set(target.string.split())
        roles = [set((t.role or "").split()) for t in (known, target)]
        as_role = (known.named and b <= roles[0]) or (target.named and a <= roles[1])
        if not (a <= b or b <= a or as_role):
            continue
        if known.effect and target.effect and known.effect != target.effect and known.number != target.number:
            continue
        known.effect = "DEATH" if "DEATH" in (known.effect, target.effect) else known.effect or target.effect
        known.role = known.role or target.role
        if target.named > known.named or (target.named == known.named and len(target.string) > len(known.string)):
            known.string, known.kind, known.named = target.string, target.kind, target.named
        return
    found.append(target)


@cache
def _nation_of(word: str) -> str | None:
    return words.FOREIGN.get(Gazetteer.open().country_of_name(word) or "")


def nation(string: str, here: str | None) -> str | None:
    for word in string.split():
        nation = _nation_of("U.S." if word in ("U.S.", "AMERICAN") else word.title())
        if nation and nation != words.FOREIGN.get(here or ""):
            return nation
    return None
