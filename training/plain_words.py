"""Make src/counterclaim/data/plain_words.txt: words that English news writes in lower case.

`python -m training.plain_words` with COUNTERCLAIM_DATA set. The list lets the pattern analyser tell "Witnesses said"
from "Norland said", and names from other words in a headline in title case. Counted in the training parts of the claims
gold and of PolNeAR, in Re3d and in the Gun Violence Archive articles; only word counts are kept, no text.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.data import root
from counterclaim.language.lexicon import STARTERS

DOCUMENTS = 12
"""A word must stand in lower case in as many documents, so that one author's habit does not count."""
RATIO = 8.0
"""Lower case to capitals in mid-sentence; 2.5 for words of 200 documents and more ("police")."""
ARTICLES = 2500
"""Gun Violence Archive articles read: more adds names of American towns, not words."""

_WORD = re.compile(r"(?<![\w.'’-])[A-Za-z][a-z]+(?:-[a-z]+)?(?![\w'’-])")
_MIDDLE = re.compile(r"[a-z,] $")
_OUT = Path(__file__).parents[1] / "src" / "counterclaim" / "data" / "plain_words.txt"


def texts() -> Iterator[str]:
    """Every text counted."""
    folder = root()
    for path in [*(folder / "gold/claims-train").glob("*.txt"), *(folder / "corpora/polnear/train/text").glob("*.txt")]:
        yield path.read_text("utf-8")
    with gzip.open(folder / "corpora/gun-violence-archive/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(ARTICLES), lines, strict=False):
            yield json.loads(line)["text"] or ""
    for path in (folder / "corpora/re3d").glob("*/documents.json"):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


def main() -> None:
    """Count and write."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in set(texts()):
        seen = set()
        for match in _WORD.finditer(text):
            word = match.group()
            if word[0].islower():
                lower[word] += 1
                seen.add(word)
            elif _MIDDLE.search(text[max(0, match.start() - 3) : match.start()]):
                upper[word.lower()] += 1
        documents.update(seen)
    kept = sorted(
        word
        for word, count in documents.items()
        if count >= DOCUMENTS
        and len(word) > 2
        and word not in STARTERS
        and lower[word] >= (2.5 if count >= 200 else RATIO) * upper[word]
    )
    _OUT.write_text("\n".join(kept) + "\n", "utf-8")


if __name__ == "__main__":
    main()
