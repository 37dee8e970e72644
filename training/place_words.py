"""Make src/counterclaim/data/place_homonyms.tsv: settlements' names that are also common words or people's names.

`python -m training.place_words` with COUNTERCLAIM_DATA set. The place finder asks more of such a name ("Nice",
"Jordan") before it takes it for a place. Common words are counted in lower case in the texts of `training.plain_words`
and in the event-location sentences; people's names where CoNLL++ (training part) and Wikigold mark people. Only words
are kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from bench.data import root
from counterclaim.language.lexicon import plain_words
from counterclaim.resolving.gazetteer import Gazetteer, name_key
from training.plain_words import texts

_WORD = re.compile(r"[^\W\d_]{2,}")
_OUT = Path(__file__).parents[1] / "src" / "counterclaim" / "data" / "place_homonyms.tsv"


def common() -> set[str]:
    """Words at least as often written in lower case as with a capital, twice or more."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    sentences = (root() / "corpora/event-location/train.jsonl").read_text("utf-8").splitlines()
    for text in {*texts(), *(json.loads(line)["text"] for line in sentences)}:
        for word in _WORD.findall(text):
            (lower if word.islower() else upper)[word.lower()] += 1
    return {word for word, count in lower.items() if count > 1 and count >= upper[word]} - plain_words()


def people() -> set[str]:
    """Words marked as a person's name more often than as a place."""
    person: Counter[str] = Counter()
    place: Counter[str] = Counter()
    folder = root() / "corpora" / "ner"
    for path in [folder / "conllpp" / "conllpp_train.txt", *(folder / "wikigold").rglob("*.txt")]:
        for line in path.read_text("utf-8", "replace").splitlines():
            word, label = line.partition(" ")[0], line.rpartition("-")[2]
            if _WORD.fullmatch(word):
                person[word.lower()] += label == "PER"
                place[word.lower()] += label == "LOC"
    return {word for word, count in person.items() if len(word) > 2 and count > place[word]} - plain_words()


def main() -> None:
    """Count, keep what the gazetteer knows, and write."""
    known = Gazetteer.open().knows
    words = {**dict.fromkeys(people(), "person"), **dict.fromkeys(common(), "word")}
    kept = sorted(f"{word}\t{kind}" for word, kind in words.items() if known(name_key(word)))
    _OUT.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
