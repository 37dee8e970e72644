"""HTML fragments to text: feeds' entries and mails, where there is no page around the article to take away."""

from __future__ import annotations

import re
from typing import Final

MAX_TAGS: Final = 60_000
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_LISTED: Final = """
address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
hr li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
_BLOCKS: Final = frozenset(_LISTED.split())
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}[\s/>]|<!--|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?(?: ?\n ?)*")


def text_of(html: str) -> str:
    """The visible text of a fragment, a blank line between blocks. Text without markup stays as it is.

    Raises ValueError where there are more than MAX_TAGS tags or libxml2 finds them nested too deep.
    """
    if not _MARKUP.search(html):
        return html.strip()
    if html.count("<") > MAX_TAGS:
        raise ValueError(f"more than {MAX_TAGS:,} tags")
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return ""
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ValueError("markup nested too deep")  # what lies below is lost
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event in ("start", "end") and isinstance(tag, str):
            if tag in _UNSEEN:
                hidden += 1 if event == "start" else -1
            elif tag in _BLOCKS:
                pieces.append("\n\n")
            elif tag == "br" and event == "start":
                pieces.append("\n")
        text = element.text if event == "start" else element.tail
        if text and not hidden:
            pieces.append(" ".join(re.split(r"\s+", text)))
    text = _SPACES.sub(" ", "".join(pieces))
    return _LINES.sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", text).strip()
