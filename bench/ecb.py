"""ECB+ dev: mentions of events in news, joined across documents of a topic (Cybulska and Vossen 2014).

What links reports here is the product's own: the similarity of the stories, as the match score sees it. Mentions join
where their heads share a lemma and their documents tell one story; the anchor joins all mentions of a lemma in a topic.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations

from bench.cluster_scores import bcubed, ceaf_e, muc
from bench.data import root
from counterclaim.linking.words import cosine, vector, words

SAME_STORY = 0.25
"""Cosine of two documents from which they tell one story; chosen on ECB+ train."""


def chains(part: str, least: float | None) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Mentions to their gold chain and to the one found; `least` None for the anchor."""
    path = root() / f"corpora/ecbplus/ecb/{part}/Event_gold_mentions.json"
    mentions = json.loads(path.read_text("utf-8"))
    texts = {m["doc_id"]: " ".join(m["mention_context"]) for m in mentions}
    topic = {doc: doc.partition("_")[0] for doc in texts}
    terms = {doc: vector(words(text)) for doc, text in texts.items()}
    head = {doc: doc for doc in texts}

    def first(doc: str) -> str:
        while head[doc] != doc:
            doc = head[doc]
        return doc

    by_topic: dict[str, list[str]] = defaultdict(list)
    for doc in sorted(texts):
        by_topic[topic[doc]].append(doc)
    for docs in by_topic.values():
        for one, other in combinations(docs, 2):
            if least is None or cosine(terms[one], terms[other]) >= least:
                head[first(other)] = first(one)
    gold = {m["mention_id"]: {str(m["coref_chain"])} for m in mentions}
    found = {m["mention_id"]: {f"{first(m['doc_id'])} {m['mention_head_lemma'].lower()}"} for m in mentions}
    return gold, found


def measure() -> dict[str, float]:
    figures = {}
    for name, least in (("ecbplus_dev", SAME_STORY), ("same_lemma.ecbplus_dev", None)):
        gold, found = chains("dev", least)
        cubed = bcubed(gold, found)
        figures[f"{name}.bcubed.f1"] = cubed["f1"]
        figures[f"{name}.conll_f1"] = (muc(gold, found) + cubed["f1"] + ceaf_e(gold, found)) / 3
    return figures
