"""Count how rare each word is in news: `python -m training.build_word_rarity` writes `word_rarity.tsv`.

Documents: PolNeAR train, TimeBank and AQUAINT, MUC-4 dev, agency sentences of event-location (twenty a document), a
sample of the Gun Violence Archive, and the training part of the gold claims. Only counts of words leave them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.data import root
from counterclaim.linking.words import words

OUT = Path(__file__).parents[1] / "src/counterclaim/data/word_rarity.tsv"
LEAST = 3
"""A word of fewer documents is left out: it counts as unseen, and unseen is rare."""


def documents() -> Iterator[str]:
    corpora = root() / "corpora"
    for pattern in ("polnear/train/**/*.txt", "muc4/dev/**/*"):
        for path in sorted(corpora.glob(pattern)):
            if path.is_file():
                yield from re.split(r"\n(?=DEV-MUC)", path.read_text("utf-8", errors="replace"))
    for path in sorted((corpora / "timeml").rglob("*.tml")):
        yield re.sub(r"<[^>]+>", "", path.read_text("utf-8"))
    for path in sorted((corpora / "event-location").rglob("*.jsonl")):
        sentences = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        yield from (" ".join(sentences[i : i + 20]) for i in range(0, len(sentences), 20))
    with gzip.open(corpora / "gun-violence-archive/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for number, line in enumerate(lines) if number % 8 == 0)
    for path in sorted((root() / "gold/claims-train").glob("*.txt")):
        yield path.read_text("utf-8")


def main() -> None:
    counts: Counter[str] = Counter()
    total = 0
    for text in documents():
        counts.update(set(words(text)))
        total += 1
    kept = sorted(word for word, count in counts.items() if count >= LEAST)
    lines = [f"{word}\t{counts[word]}" for word in kept]
    OUT.write_text(f"# documents\t{total}\n" + "\n".join(lines) + "\n", "utf-8")
    print(total, len(kept), OUT.stat().st_size)


if __name__ == "__main__":
    main()
