"""What to watch: URLs, plain lists of them, OPML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from counterclaim.errors import FetchRefused, InputError, UsageError
from counterclaim.reading.decoding import decode
from counterclaim.watching.addresses import WebAddress

MAX_LIST_BYTES: Final = 20_000_000
COMMENT: Final = "#"


def is_url(written: str) -> bool:
    """Whether an argument is a web address, and not a file."""
    return written[:8].lower().startswith(("http://", "https://"))


def read_lists(inputs: Iterable[str]) -> list[str]:
    """The URLs of arguments: URLs themselves, OPML files, files with a URL a line (`#` begins a comment).

    Each once, in their order. Raises UsageError that names everything wrong at once.
    """
    found: dict[str, None] = {}
    wrong: list[str] = []
    for one in inputs:
        try:
            for where, url in [(one, one)] if is_url(one) else _of_file(Path(one)):
                try:
                    found[str(WebAddress.of(url))] = None
                except FetchRefused as error:
                    wrong.append(f"{where}: {error}" if where != url else str(error))
        except UsageError as error:
            wrong.append(str(error))
    if wrong:
        shown = wrong[:20] + ([f"and {len(wrong) - 20} more"] if len(wrong) > 20 else [])
        raise UsageError("; ".join(shown))
    if not found:
        raise UsageError("nothing to watch: the lists hold no URL")
    return list(found)


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    """(where it stands, URL) for each URL of a list. Raises UsageError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; a watch takes URLs, OPML files and lists of URLs") from error
    if len(data) > MAX_LIST_BYTES:
        raise UsageError(f"{path}: more than {MAX_LIST_BYTES:,} bytes, which is no list of URLs")
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<"):
        return iter(_of_opml(path, data))
    try:
        text = decode(data)
    except InputError as error:
        raise UsageError(f"{path}: {error}") from error
    lines = ((number, line.split(f" {COMMENT}")[0].strip()) for number, line in enumerate(text.splitlines(), 1))
    return ((f"{path}:{number}", line) for number, line in lines if line and not line.startswith(COMMENT))


def _of_opml(path: Path, data: bytes) -> list[tuple[str, str]]:
    # Entities can make a list of a few bytes unpack to gigabytes; no OPML needs one of its own.
    if b"<!ENTITY" in data.replace(b"\x00", b"").upper():
        raise UsageError(f"{path}: it declares XML entities, as files made to do harm do")
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UsageError(f"{path}: damaged OPML ({error})") from error
    if root.tag.lower() != "opml":
        raise UsageError(f"{path}: its first element is <{root.tag[:40]}>, not <opml>; to watch a feed give its URL")
    urls = []
    for outline in root.iter("outline"):
        named = {name.lower(): value for name, value in outline.attrib.items()}
        url = named.get("xmlurl") or (named.get("url") if named.get("type") in ("rss", "link") else None)
        if url and url.strip():
            urls.append((str(path), url.strip()))
    return urls
