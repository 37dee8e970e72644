"""Mails and digests (.eml): the text or HTML part with Date, Subject and From, and what is attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO, Final

from counterclaim.errors import BrokenFile, EmptyReport, InputError, LimitExceeded
from counterclaim.reading.base import Reject, Source, finished, iso_date
from counterclaim.reading.decoding import decode, refuse_binary
from counterclaim.reading.limits import read_whole
from counterclaim.reading.markup import text_of
from counterclaim.records import Report

MAX_MAIL_BYTES: Final = 50_000_000
"""Bytes of one mail with what is attached; servers refuse more than about 50 million."""
MAX_HEADER: Final = 2000
"""Characters of a header that are read."""
SHORT: Final = 0.25
"""A text part under this share of the HTML part's text only says that the mail is in HTML."""

_FIELD = re.compile(rb"([!-9;-~]{1,80}):[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_SURE: Final = frozenset(
    {b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to", b"dkim-signature"}
)


class MailReader:
    """Mails saved as files."""

    name = "eml"
    suffixes = (".eml",)

    def sniff(self, head: bytes) -> bool:
        """It begins with header fields, one of which only mail programs write."""
        position = 0
        names = set()
        while field := _FIELD.match(head, position):
            names.add(field[1].lower())
            position = field.end()
        return len(names) > 1 and bool(names & _SURE)

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """The report in the mail's own text, then those in what is attached."""
        data = read_whole(stream, MAX_MAIL_BYTES, "a mail")
        refuse_binary(data[:16])
        # The older policy, which leaves headers unread: parsing hostile ones is slow and can fail.
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts, attached = _parts(message)
        written = _text(parts)
        if written or not attached:
            yield self._report(message, written, source)
        for number, part in enumerate(attached, 1):
            yield from _attachment(part, number, source)

    def _report(self, message: Message, written: str, source: Source) -> Report | Reject:
        try:
            if not written:
                raise EmptyReport("no text in this mail")
            name, address = parseaddr(_header(message, "From") or "")
            report = Report(
                text=written,
                id=(_header(message, "Message-ID") or "").strip("<> ")[:200],
                title=_header(message, "Subject"),
                outlet=name or address or None,
                published=_day(_header(message, "Date")),
            )
            return finished(report, source)
        except InputError as error:
            return Reject(source.name, error)


def _parts(message: Message) -> tuple[list[Message], list[Message]]:
    """The text parts of the mail itself, and what is attached to it: mails and files. Without recursion."""
    parts: list[Message] = []
    attached: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        if part is not message and (part.get_content_disposition() == "attachment" or kind == "message/rfc822"):
            attached.append(part)
        elif part.is_multipart():
            inside = part.get_payload()
            waiting.extend(reversed([one for one in inside if isinstance(one, Message)]))
        elif kind in ("text/plain", "text/html"):
            parts.append(part)
        elif part.get_filename():
            attached.append(part)
    return parts, attached


def _text(parts: list[Message]) -> str:
    plain = "\n\n".join(filter(None, (_decoded(part) for part in parts if part.get_content_type() == "text/plain")))
    try:
        pages = (text_of(_decoded(part)) for part in parts if part.get_content_type() == "text/html")
        html = "\n\n".join(filter(None, pages))
    except ValueError as error:
        if plain.strip():
            return plain
        raise LimitExceeded(f"a mail with {error}; save the article as plain text") from error
    return html if len(plain.strip()) < SHORT * len(html) else plain


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset("")
    try:
        return data.decode(charset).replace("\r\n", "\n") if charset else decode(data)
    except (LookupError, ValueError):
        return decode(data)


def _attachment(part: Message, number: int, source: Source) -> Iterator[Report | Reject]:
    """What is attached, as a member of an archive is read: files of kinds that hold no reports are left out."""
    if source.members is None:
        return
    name = _plain(part.get_filename()) or ""
    try:
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            mail = inside[0] if isinstance(inside, list) and inside else None
            data = mail.as_bytes() if isinstance(mail, Message) else b""
            name = f"{number}.eml"
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            if not source.members.wanted(name):
                return
        source.allowance.spend(len(data))
        member = source.member(name)
    except InputError as error:
        yield Reject(f"{source.name}:{number}", error)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield Reject(f"{source.name}:{number}", BrokenFile(f"a damaged attachment ({type(error).__name__})"))
    else:
        yield from source.members.read(io.BytesIO(data), member)


def _header(message: Message, name: str) -> str | None:
    try:
        return _plain(message.get(name))
    except (ValueError, TypeError):
        return None


def _plain(value: object) -> str | None:
    """A header with its encoded words read, on one line."""
    if value is None:
        return None
    written = str(value)[:MAX_HEADER]
    with suppress(ValueError, LookupError, email.errors.MessageError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.split()) or None


def _day(written: str | None) -> str | None:
    """The day as written, whatever the time zone; a senseless date is as good as none."""
    try:
        return iso_date(parsedate_to_datetime(written or "").date().isoformat())
    except (ValueError, TypeError, OverflowError, IndexError, InputError):
        return None
