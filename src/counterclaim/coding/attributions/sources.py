"""Whether a source is named: a person, office or body that a reader could look up, or only "officials"."""

from __future__ import annotations

import re

from counterclaim.coding.attributions.words import UNNAMED
from counterclaim.records import Actor, AttributionKind

_HEAD_END = re.compile(
    r"\s+(?:of|for|in|at|from|with|on|who|which|that|to|near|inside|close|quoted|based|speaking|familiar)\b|[,;(]"
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PERSON_AFTER = re.compile(
    r"(?:official|spokesman|spokeswoman|spokesperson|officer|resident|witness|commander|doctor|soldier|lawyer|activist|analyst|"
    r"expert|journalist|reporter|captain|prosecutor|leader|diplomat|villager|agent|worker|aide|father|mother|brother|sister)"
    r",?\s+[A-Z][\w'’.-]+"
)


def source_kind(source: str, actor: Actor | None = None) -> AttributionKind:
    """`named` for a person, an office or a body; `unnamed` for "officials", "witnesses", "reports", "a spokesman"."""
    head_end = _HEAD_END.search(source)
    head = source[: head_end.start()] if head_end else source
    words = _WORD.findall(head)
    last = re.sub(r"['’]s$", "", words[-1]).lower() if words else ""
    if _PERSON_AFTER.search(source):
        return "named"
    if last in ("he", "she", "it", "they", "who", "his", "her", "their"):
        return source_kind(actor.name) if actor and actor.name != source else "unnamed"
    if last in UNNAMED:
        tail = source[head_end.end() :] if head_end else ""
        apposed = head_end is not None and head_end.group().strip() == "," and re.match(r"\s*[A-Z][\w.-]+ [A-Z]", tail)
        return "named" if apposed else "unnamed"
    if actor is not None and actor.kind != "civilians":
        return "named"
    if any(word[:1].isupper() and index > 0 for index, word in enumerate(words)) or (words and words[0][:1].isupper()):
        return "named"
    return "named" if re.match(r"(?:the|its|his|their|our)\s", head, re.IGNORECASE) else "unnamed"
