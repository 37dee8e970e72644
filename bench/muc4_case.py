"""Case given back to a text printed in capitals: the most frequent casing of each word in other corpora.

Counts come from PolNeAR's training part, re3d, event-location, TimeBank, AQUAINT and UD EWT, and from the names in the
shipped actor tables and gazetteer; nothing is learned from the texts restored. No character is added or taken away.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from bench import data
from counterclaim.resolving.gazetteer import Gazetteer

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:'[A-Za-z]+)?")
SHORT = re.compile(r"[\[(]([A-Z]{2,5}(?:-[A-Z]+)?)[\])]")
ENDS = re.compile(r"(?:[.!?:]['\")\]]*\s+[\"(]?|\n\s*\n\s*[\"(]?)$")
SMALL = frozenset(
    """
    of the and de del la las los el y for in on to a
    """.split()  # noqa: SIM905
)
TITLES = frozenset(
    """
    president colonel col general gen minister captain capt lieutenant lt major maj mayor monsignor father
    archbishop bishop judge ambassador deputy senator governor doctor dr mr mrs sergeant sgt commander priest
    engineer
    """.split()  # noqa: SIM905
)
HEADS = frozenset(
    """
    front movement party bank university department street avenue hotel church airport
    """.split()  # noqa: SIM905
)
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ies", "y"),
)
ENOUGH = 3
"""Occurrences of a pair of words from which its own casing is believed over the single word's."""


def _texts() -> Iterator[str]:
    corpora = data.root() / "corpora"
    for path in sorted((corpora / "polnear" / "train" / "text").glob("*.txt")):
        yield path.read_text("utf-8")
    for path in sorted((corpora / "re3d").glob("*/documents.json")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield str(json.loads(line).get("text", ""))
    for path in sorted((corpora / "timeml").rglob("*.tml")):
        yield re.sub(r"<[^>]+>", "", path.read_text("utf-8"))
    for line in (corpora / "ud-ewt" / "en_ewt-ud-train.conllu").read_text("utf-8").splitlines():
        if line.startswith("# text = "):
            yield line[9:]
    for line in (corpora / "event-location" / "train.jsonl").read_text("utf-8").splitlines():
        yield str(json.loads(line)["text"])


class Restorer:
    """Casing by count: of a word beside its neighbours where seen often enough, else of the word alone."""

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        self.alone: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.pairs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for text in texts:
            self._count(text)
        self.names = {tuple(name.lower().split()): name.split() for name in names if " " in name}
        written = {name.lower() for name in names if name.isupper() and 2 < len(name) < 6}
        self.shorts = {low for low in written if low not in self.alone and not self.names.get((low,))}
        self.places = Gazetteer.open()
        self.plain = frozenset(
            resources.files("counterclaim.data").joinpath("plain_words.txt").read_text("utf-8").split()
        )

    def _count(self, text: str) -> None:
        before, end = "", 0
        for match in WORD.finditer(text):
            word, between = match[0], text[end : match.start()]
            low = word.lower()
            if end and not ENDS.search(between[-6:]):
                self.alone[low][word] += 1
                if between == " ":
                    self.pairs[before, low][word] += 1
                    self.pairs[low, "<" + before][text[end - len(before) : end]] += 1
            before, end = low, match.end()

    def restore(self, text: str) -> str:
        """The text in mixed case, character for character as long as before."""
        words = list(WORD.finditer(text))
        lows = [match[0].lower() for match in words]
        gaps = [text[a.end() : b.start()] for a, b in pairwise(words)] + ["."]
        forms = [self._form(lows, gaps, i) for i in range(len(words))]
        shorts = {match[1] for match in SHORT.finditer(text)} - {"TEXT", "SIC", "PASSAGE"}
        for i, match in enumerate(words):
            if match[0] in shorts or lows[i] in self.shorts:
                forms[i] = match[0]
                if text[match.start() - 1 : match.start()] in ("[", "("):
                    self._spell_out(forms, lows, i)
        self._named(forms, lows, gaps)
        for i, low in enumerate(lows[:-1]):
            follows = gaps[i] in (" ", ". ") and forms[i + 1][0].isupper() and lows[i + 1] not in SMALL
            if low in TITLES and follows:
                forms[i] = low.capitalize()
            if lows[i + 1] in HEADS and gaps[i] == " " and forms[i][0].isupper() and lows[i] not in SMALL:
                forms[i + 1] = lows[i + 1].capitalize()
        restored = list(text)
        for i, match in enumerate(words):
            form = forms[i]
            if (i == 0 or ENDS.search(text[max(0, match.start() - 8) : match.start()])) and form.islower():
                form = form[0].upper() + form[1:]
            restored[match.start() : match.end()] = form if len(form) == len(match[0]) else lows[i]
        return "".join(restored)

    def _form(self, lows: list[str], gaps: list[str], i: int) -> str:
        low = lows[i]
        seen: Counter[str] = Counter()
        if i and gaps[i - 1] == " ":
            seen += self.pairs.get((lows[i - 1], low), Counter())
        if i + 1 < len(lows) and gaps[i] == " ":
            seen += self.pairs.get((lows[i + 1], "<" + low), Counter())
        if sum(seen.values()) >= ENOUGH:
            return seen.most_common(1)[0][0]
        if len(low) == 1 and low != "a":
            return low.upper()
        seen = self.alone.get(low, Counter())
        plain = low in self.plain or (seen[low] and sum(seen.values()) < ENOUGH)
        if seen and not plain:
            return seen.most_common(1)[0][0]
        if plain:
            return low
        for ending, stem in ENDINGS:
            base = low.removesuffix(ending) + stem if low.endswith(ending) else ""
            if base in self.alone and self.alone[base].most_common(1)[0][0].islower():
                return low
        return low if low in SMALL else low.capitalize()

    @staticmethod
    def _spell_out(forms: list[str], lows: list[str], i: int) -> None:
        """Capitals for the words before a bracketed short form whose initials it is made of."""
        letters, j = list(lows[i]), i - 1
        while letters and j >= 0 and i - j < 10:
            if lows[j][0] == letters[-1]:
                letters.pop()
            elif lows[j] not in SMALL:
                return
            j -= 1
        if not letters:
            for k in range(j + 1, i):
                forms[k] = lows[k] if lows[k] in SMALL else lows[k].capitalize()

    def _named(self, forms: list[str], lows: list[str], gaps: list[str]) -> None:
        """Names of several words, from the actor tables and, where a word of it is unknown in lower case, places."""
        for i in range(len(lows)):
            for size in (6, 5, 4, 3, 2):
                run = tuple(lows[i : i + size])
                if len(run) < size or any(gap != " " for gap in gaps[i : i + size - 1]):
                    continue
                if run in self.names:
                    forms[i : i + size] = self.names[run]
                    break
                cased = any(form[0].isupper() for form in forms[i : i + size])
                if size < 4 and cased and run[0] not in {"in", "the", "of"} and self._place(" ".join(run).title()):
                    forms[i : i + size] = [low if k and low in SMALL else low.capitalize() for k, low in enumerate(run)]
                    break

    @cache  # noqa: B019  (one restorer a run)
    def _place(self, name: str) -> bool:
        return bool(self.places.lookup(name))


def _names() -> list[str]:
    names = []
    for file, columns in (("armed_groups.tsv", (1, 2)), ("bodies.tsv", (3, 4))):
        for line in resources.files("counterclaim.data").joinpath(file).read_text("utf-8").splitlines():
            fields = line.split("\t")
            if not line.startswith("#") and len(fields) > max(columns):
                written = [name.strip() for column in columns for name in fields[column].split(";")]
                names += [name for name in written if not name.startswith(("The ", "This "))]
    return names


@cache
def restorer() -> Restorer:
    """The restorer, counted once a run."""
    return Restorer(_texts(), _names())
