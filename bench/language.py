"""Token and sentence boundaries against Universal Dependencies: `python -m bench.language [--errors N]`.

EWT is web text (blogs, mail, reviews), which is harder than news; GUM here is news, interviews and biographies. Raw
text is put together from the word forms and SpaceAfter=No, a blank line between paragraphs. UD splits hyphenated words
and this project keeps them whole, so gold words joined by a hyphen without spaces are put together first.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench import data
from counterclaim.language import PatternAnalyser

Span = tuple[int, int]
Document = tuple[str, list[Span], list[Span]]
_SETS = {"ewt": "corpora/ud-ewt/en_ewt-ud-dev.conllu", "gum": "corpora/gum-ccby/gum-dev.conllu"}
_PIECE = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")


def documents(path: Path) -> Iterator[Document]:
    """Raw text, gold words and gold sentences of each document of a CoNLL-U file."""
    for block in re.split(r"(?m)^(?=# newdoc)", path.read_text("utf-8")):
        if block.strip():
            yield _document(block)


def _document(block: str) -> Document:
    text = ""
    words: list[Span] = []
    sentences: list[Span] = []
    pending = ""
    for sentence in block.strip().split("\n\n"):
        first = True
        paragraph = "# newpar" in sentence
        begin = 0
        until = -1
        for line in sentence.split("\n"):
            if line.startswith("#"):
                continue
            number, form, *_, misc = line.split("\t")
            if "." in number or (until >= 0 and "-" not in number and int(number) <= until):
                continue
            if first:
                text += "\n\n" if paragraph and text else pending
                begin, first = len(text), False
            else:
                text += pending
            until = int(number.split("-")[1]) if "-" in number else -1
            words.extend(_pieces(form, len(text), "-" in number))
            text += form
            pending = "" if "SpaceAfter=No" in misc else " "
        sentences.append((begin, len(text)))
    return text, _join_hyphens(text, words), sentences


def _pieces(form: str, start: int, multiword: bool) -> list[Span]:
    """A multiword token is cut as English clitics are; other words stay whole."""
    if multiword and (match := re.search(r"(?:n['’]t|['’](?:s|ll|re|ve|d|m|S|T))$", form)) and match.start():
        return [(start, start + match.start()), (start + match.start(), start + len(form))]
    return [(start, start + len(form))]


def _join_hyphens(text: str, words: list[Span]) -> list[Span]:
    joined: list[Span] = []
    index = 0
    while index < len(words):
        start, end = words[index]
        while (
            index + 2 < len(words)
            and text[words[index + 1][0] : words[index + 1][1]] == "-"
            and words[index + 1] == (end, end + 1)
            and words[index + 2][0] == end + 1
            and _PIECE.match(text, end - 1)
            and _LETTER.match(text, end + 1)
        ):
            index += 2
            end = words[index][1]
        joined.append((start, end))
        index += 1
    return joined


def f1(gold: set[tuple[int, int, int]], found: set[tuple[int, int, int]]) -> float:
    """Harmonic mean of precision and recall of exact spans."""
    return 2 * len(gold & found) / (len(gold) + len(found)) if gold or found else 1.0


def measure() -> dict[str, float]:
    """Token and sentence F1 on each set, and tokens a second."""
    analyser = PatternAnalyser()
    figures: dict[str, float] = {}
    count = 0
    began = process_time()
    for name, where in _SETS.items():
        gold: dict[str, set[tuple[int, int, int]]] = {"token": set(), "sentence": set()}
        found: dict[str, set[tuple[int, int, int]]] = {"token": set(), "sentence": set()}
        for index, (text, words, sentences) in enumerate(documents(data.root() / where)):
            analysis = analyser.analyse([text])[0]
            count += len(analysis.tokens)
            gold["token"] |= {(index, *span) for span in words}
            gold["sentence"] |= {(index, *span) for span in sentences}
            found["token"] |= {(index, token.start, token.end) for token in analysis.tokens}
            found["sentence"] |= {(index, s.start, s.end) for s in analysis.sentences}
        for kind in gold:
            figures[f"{name}_{kind}_f1"] = round(f1(gold[kind], found[kind]), 4)
    text = "\n\n".join(text for text, _, _ in documents(data.root() / _SETS["gum"]))
    began = process_time()
    tokens = len(analyser.analyse([text])[0].tokens)
    figures["tokens_per_second"] = round(tokens / (process_time() - began))
    return figures


def show_errors(limit: int) -> None:
    """Print the first sentences of each set that are cut otherwise than the gold."""
    for name, where in _SETS.items():
        left = limit
        for text, words, sentences in documents(data.root() / where):
            analysis = PatternAnalyser().analyse([text])[0]
            ends, mine = {e for _, e in sentences}, {s.end for s in analysis.sentences}
            for end in sorted(ends ^ mine)[: max(0, left)]:
                what = "missed" if end in ends else "extra"
                print(f"{name} {what} …{text[max(0, end - 50) : end]!r} | {text[end : end + 50]!r}")
                left -= 1
            tokens = {(t.start, t.end) for t in analysis.tokens}
            for start, end in sorted(tokens - set(words))[: max(0, left) // 4]:
                print(f"{name} token {text[start:end]!r} in {text[max(0, start - 15) : end + 15]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors of each set")
    options = parser.parse_args()
    if options.errors:
        show_errors(options.errors)
    for name, value in measure().items():
        print(f"{name}\t{value}")


if __name__ == "__main__":
    main()
