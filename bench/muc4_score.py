"""MUC-4 templates: reading answer keys, scoring responses by the rules of 1992, CEAF-REE over the string slots.

Slots, alternatives (`/`), optional fills (`?`) and templates, inapplicable slots (`*`) are as the task documents say.
Where those leave the scoring to the (interactive) program of 1992, this is what is done here:

- a string is right where its content words are those of an alternative, or where it adds only words that the documents
  let a response add (determiners, numbers, nationalities); half right where they share a content word;
- a cross-referenced fill is right with its reference at least half right, half right where only the fill is;
- a place is right where all its names are the key's, half right where one is; a date where it is the same, half where
  one of its days is; a set fill is half right where one is above the other in the set list's hierarchy (ATTACK is above
  all other incident types); a number is right or wrong;
- templates are paired one to one within a message, for the most credit, where the type is at least half right and at
  least one of perpetrator, thing, and human target matches at least half (the content-based mapping of MUC-4);
- all fills of an unpaired template are missing or spurious ("ALL TEMPLATES"); an unpaired optional one is not counted.

recall = (right + half / 2) / possible, precision = (right + half / 2) / actual (N. Chinchor, MUC-4, 1992).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

SLOTS = {
    2: "date", 3: "location", 4: "type", 5: "stage", 6: "instrument_id", 7: "instrument_type", 8: "category",
    9: "perp_individual", 10: "perp_organization", 11: "perp_confidence", 12: "phys_id", 13: "phys_type",
    14: "phys_number", 15: "phys_nation", 16: "phys_effect", 17: "phys_total", 18: "hum_name", 19: "hum_description",
    20: "hum_type", 21: "hum_number", 22: "hum_nation", 23: "hum_effect", 24: "hum_total",
}  # fmt: skip
STRINGS = frozenset({"instrument_id", "perp_individual", "perp_organization", "phys_id", "hum_name", "hum_description"})
MAPPING = ("phys_id", "phys_type", "hum_name", "hum_description", "hum_type", "perp_individual", "perp_organization")
ABOVE = {
    "MACHINE GUN": "GUN", "MORTAR": "GUN", "HANDGUN": "GUN", "RIFLE": "GUN", "BOMB": "EXPLOSIVE",
    "VEHICLE BOMB": "BOMB", "DYNAMITE": "BOMB", "MINE": "BOMB", "AERIAL BOMB": "BOMB", "GRENADE": "EXPLOSIVE",
    "MOLOTOV COCKTAIL": "EXPLOSIVE", "MISSILE": "PROJECTILE", "ROCKET": "PROJECTILE",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "SUSPECTED OR ACCUSED", "BOMBING": "ATTACK", "KIDNAPPING": "ATTACK",
    "ARSON": "ATTACK", "ROBBERY": "ATTACK", "HIJACKING": "ATTACK", "FORCED WORK STOPPAGE": "ATTACK",
}  # fmt: skip
FREE = frozenset(
    """
    the a an of in at and his her their its this that another other some several many two three four five six seven
    eight nine ten dozen salvadoran colombian peruvian guatemalan honduran chilean bolivian argentine ecuadoran
    ecuadorian american nicaraguan
    """.split()  # noqa: SIM905
)
LARGE = 8
"""From this many on a side, pairs are taken best first instead of by trying all (never reached by a good response)."""


class Alternative(NamedTuple):
    """One way to write a fill: the value, and the strings it may be cross-referenced to."""

    value: str
    references: tuple[str, ...] = ()


class Fill(NamedTuple):
    """A fill: its alternatives (one in a response), and whether null is as good."""

    alternatives: tuple[Alternative, ...]
    optional: bool = False


class Template(NamedTuple):
    """A template: slot name to fills; slots that do not apply are in `void`."""

    message: str
    fills: Mapping[str, tuple[Fill, ...]]
    optional: bool = False
    void: frozenset[str] = frozenset()


class Tally(NamedTuple):
    """Counts of one slot: right, half right, wrong, missing, spurious."""

    right: int = 0
    half: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def credit(self) -> float:
        """Right and half of the half right."""
        return self.right + self.half / 2

    def rates(self) -> tuple[float, float, float]:
        """Recall, precision and F, in percent."""
        return rates(
            self.credit, self.right + self.half + self.wrong + self.missing,
            self.right + self.half + self.wrong + self.spurious,
        )  # fmt: skip


def rates(credit: float, possible: float, actual: float) -> tuple[float, float, float]:
    """Recall, precision and their F, in percent."""
    recall = 100 * credit / possible if possible else 0.0
    precision = 100 * credit / actual if actual else 0.0
    return recall, precision, 2 * recall * precision / (recall + precision) if recall + precision else 0.0


QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
LINE = re.compile(r"(\d+)\.\s+([A-Z :]+?)(?:\s{2,}|\t|$)(.*)")


def read_key(folder: Path) -> tuple[dict[str, list[Template]], list[str]]:
    """Answer keys (`key*`) of a folder: message to templates (none where irrelevant), and the ids in order."""
    found: dict[str, list[Template]] = {}
    for path in sorted(folder.glob("key*")):
        blocks = re.split(r"\n(?=0\.\s)", "\n" + path.read_text("latin-1"))
        for block in blocks[1:]:
            message, template = _template(block)
            found.setdefault(message, [])
            if template:
                found[message].append(template)
    return found, list(found)


def _template(block: str) -> tuple[str, Template | None]:
    rows: defaultdict[int, list[str]] = defaultdict(list)
    number = -1
    for line in block.splitlines():
        if line.startswith(";"):
            continue
        if match := LINE.match(line):
            number = int(match[1])
            rows[number].append(match[3].strip())
        elif line.strip() and number >= 0:
            rows[number].append(line.strip())
    message = rows[0][0].split()[0]
    head = " ".join(rows[1])
    if head.strip() in ("*", ""):
        return message, None
    fills = {name: tuple(fill for row in rows[n] if (fill := _fill(row, name))) for n, name in SLOTS.items()}
    void = frozenset(name for n, name in SLOTS.items() if rows[n][:1] == ["*"])
    return message, Template(message, fills, "OPTIONAL" in head, void)


def _fill(row: str, slot: str) -> Fill | None:
    optional = row.startswith("?")
    row = row.lstrip("? ").strip()
    if row in ("-", "*", ""):
        return None
    references: tuple[str, ...] = ()
    if slot in STRINGS - {"hum_description"}:
        values = [_plain(value) for value in QUOTED.findall(row)]
    elif slot == "hum_description":
        before, _, after = re.sub(r'"\s*:\s*"', '"\0"', row).partition("\0")
        values, references = [_plain(v) for v in QUOTED.findall(before)], tuple(map(_plain, QUOTED.findall(after)))
    elif slot == "location":
        values = [re.sub(r"^\((.*)\)$", r"\1", value.strip()) for value in row.split(" / ")]
    else:
        cut = re.search(r':\s*(?="|-)', row)
        values = [value.strip(" ()") for value in (row[: cut.start()] if cut else row).split("/")]
        if slot.endswith(("number", "total")):
            values = [value.replace(" ", "").replace(",", "") for value in values]
        references = tuple(map(_plain, QUOTED.findall(row[cut.start() :]))) if cut else ()
    return Fill(tuple(Alternative(value, references) for value in values), optional) if values else None


def _plain(string: str) -> str:
    return string.replace('\\"', '"').strip()


@lru_cache(maxsize=100_000)
def content(string: str) -> frozenset[str]:
    """The words of a string that must match: those that a response may not add freely."""
    words = re.findall(r"[a-z0-9]+", string.lower().replace("'s", ""))
    return frozenset(word for word in words if word not in FREE and not word.isdigit()) or frozenset(words)


def same_string(key: str, response: str) -> float:
    """1 the same content words, 0.5 one in common, else 0."""
    first, second = content(key), content(response)
    return 1.0 if first == second else 0.5 if first & second else 0.0


def _same_set(key: str, response: str) -> float:
    if key == response:
        return 1.0
    chains = [{value, *_above(value)} for value in (key, response)]
    return 0.5 if key in chains[1] or response in chains[0] else 0.0


def _above(value: str) -> list[str]:
    chain = []
    while value in ABOVE:
        chain.append(value := ABOVE[value])
    return chain


def _same_place(key: str, response: str) -> float:
    first, second = ({re.sub(r"\(.*?\)", "", n).strip() for n in re.split(r":| - ", p)} for p in (key, response))
    return 1.0 if first == second else 0.5 if first & second else 0.0


def _same_date(key: str, response: str) -> float:
    first, second = (set(re.findall(r"\d{1,2} [A-Z]{3} \d\d", date)) for date in (key, response))
    return 1.0 if key.replace(" ", "") == response.replace(" ", "") else 0.5 if first & second else 0.0


def _comparer(slot: str) -> Callable[[str, str], float]:
    if slot in STRINGS:
        return same_string
    return {"location": _same_place, "date": _same_date}.get(slot, _same_set)


def compare(slot: str, key: Fill, response: Fill) -> float:
    """The credit of a response fill against a key fill: 1, 0.5 or 0."""
    alike, [answer] = _comparer(slot), response.alternatives
    best = 0.0
    for alternative in key.alternatives:
        credit = alike(alternative.value, answer.value)
        if credit and alternative.references and slot != "hum_description":
            tied = any(same_string(a, b) for a in alternative.references for b in answer.references)
            credit = credit if tied else 0.5
        best = max(best, credit)
    return best


def assign(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) with the greatest sum, each used once, pairs of 0 left out."""
    cells = sorted(((s, -i, -j) for i, row in enumerate(scores) for j, s in enumerate(row) if s > 0), reverse=True)
    rows = sorted({-i for _, i, _ in cells})
    columns = sorted({-j for _, _, j in cells})
    if len(columns) > LARGE or len(rows) > 2 * LARGE:
        taken: list[tuple[int, int]] = []
        for _, i, j in cells:
            if all(-i != a and -j != b for a, b in taken):
                taken.append((-i, -j))
        return taken
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for i in rows:
        step = dict(best)
        for used, (total, pairs) in best.items():
            for k, j in enumerate(columns):
                if scores[i][j] > 0 and not used >> k & 1:
                    candidate = (total + scores[i][j], [*pairs, (i, j)])
                    if candidate[0] > step.get(used | 1 << k, (-1.0, []))[0]:
                        step[used | 1 << k] = candidate
        best = step
    return max(best.values(), key=lambda value: value[0])[1]


def slot_tally(slot: str, keys: Sequence[Fill], responses: Sequence[Fill]) -> Tally:
    """The counts of one slot of a pair of templates."""
    scores = [[compare(slot, key, response) for response in responses] for key in keys]
    pairs = assign(scores)
    right = sum(scores[i][j] == 1 for i, j in pairs)
    met = {i for i, _ in pairs}
    left = sum(not key.optional for i, key in enumerate(keys) if i not in met)
    over = len(responses) - len(pairs)
    wrong = min(left, over)
    return Tally(right, len(pairs) - right, wrong, left - wrong, over - wrong)


def pair_tally(key: Template, response: Template) -> dict[str, Tally]:
    """The counts of a pair of templates by slot; slots that do not apply are not counted."""
    return {
        slot: slot_tally(slot, key.fills.get(slot, ()), response.fills.get(slot, ()))
        for slot in SLOTS.values()
        if slot not in key.void
    }


def may_pair(key: Template, response: Template, tallies: Mapping[str, Tally]) -> bool:
    """Whether the mapping rules let two templates be paired."""
    return tallies["type"].credit > 0 and any(tallies[s].credit for s in MAPPING if s in tallies)


def score(keys: Mapping[str, Sequence[Template]], responses: Mapping[str, Sequence[Template]]) -> dict[str, Tally]:
    """Counts by slot over all templates, `all` their sum."""
    totals: defaultdict[str, Tally] = defaultdict(Tally)
    for message, key in keys.items():
        response = responses.get(message, ())
        tallies = [[pair_tally(a, b) for b in response] for a in key]
        credits = [
            [
                sum(t.credit for t in tallies[i][j].values()) + 0.001 if may_pair(a, b, tallies[i][j]) else 0.0
                for j, b in enumerate(response)
            ]
            for i, a in enumerate(key)
        ]
        pairs = assign(credits)
        parts = [tallies[i][j] for i, j in pairs]
        parts += [
            _alone(a, missing=True) for i, a in enumerate(key) if not a.optional and i not in {x for x, _ in pairs}
        ]
        parts += [_alone(b, missing=False) for j, b in enumerate(response) if j not in {y for _, y in pairs}]
        for part in parts:
            for slot, tally in part.items():
                totals[slot] = totals[slot].plus(tally)
        totals["templates"] = totals["templates"].plus(
            Tally(right=len(pairs), missing=len(key) - len(pairs), spurious=len(response) - len(pairs))
        )
    everything = Tally()
    for slot in SLOTS.values():
        everything = everything.plus(totals[slot])
    totals["all"] = everything
    return dict(totals)


def _alone(template: Template, *, missing: bool) -> dict[str, Tally]:
    counts = {
        s: sum(not f.optional for f in template.fills.get(s, ())) for s in SLOTS.values() if s not in template.void
    }
    return {s: Tally(missing=n) if missing else Tally(spurious=n) for s, n in counts.items()}
