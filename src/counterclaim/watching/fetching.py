"""One document over HTTP, with limits on everything: bytes sent, bytes unpacked, seconds, redirects, addresses."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from counterclaim._version import __version__
from counterclaim.errors import FetchFailed, FetchRefused, LimitExceeded, MissingExtra, UsageError
from counterclaim.watching.addresses import Allowed, Resolve, WebAddress, checked, resolved

if TYPE_CHECKING:
    import ssl

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MAX_HEADER: Final = 500
"""Characters of a header that is kept and sent back (an ETag)."""

_SENDABLE: Final = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. `bytes` holds for what is sent and, apart from it, for what that unpacks to."""

    bytes: int = 20_000_000
    seconds: float = 60.0
    connect: float = 10.0
    idle: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a document for asking whether it has changed; sent to that same URL only."""

    url: str = ""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A server's answer: 200 with the document (`body`, its content encoding taken off), or 304."""

    url: WebAddress
    status: int
    body: bytes = b""
    content_type: str = ""
    validators: Validators = field(default_factory=Validators)
    hops: tuple[str, ...] = ()
    cut: bool = False


def agent(contact: str | None = None) -> str:
    """The user agent: the program's name, and how its user can be reached. Raises UsageError."""
    name = f"Counterclaim/{__version__}"
    if not contact:
        return name
    if len(contact) > 200 or not _SENDABLE.fullmatch(contact) or set(contact) & set("()"):
        raise UsageError("a contact is a mail address or a URL in plain characters, such as desk@example.org")
    return f"{name} (contact: {contact})"


class Fetcher:
    """Fetches documents. Holds no connection, cookie or password: each fetch stands alone.

    Hosts in `allowed` may have any address; no proxy of the environment is used, for behind one no address can be
    checked. Raises MissingExtra where httpcore is not installed.
    """

    def __init__(
        self,
        user_agent: str | None = None,
        allowed: Allowed | None = None,
        limits: Limits | None = None,
        resolve: Resolve = resolved,
    ) -> None:
        try:
            import httpcore  # noqa: F401
        except ImportError as error:
            raise MissingExtra("fetching needs httpcore: pip install 'counterclaim[watch]'") from error
        self.user_agent = user_agent or agent()
        self.allowed = allowed or Allowed()
        self.limits = limits or Limits()
        self._resolve = resolve

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpcore

        return httpcore.default_ssl_context()

    def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        trusted: bool = True,
        before: Callable[[WebAddress], None] | None = None,
        limit: int | None = None,
        cut: bool = False,
    ) -> Fetched:
        """Fetch a document, through redirects.

        `trusted`: the user gave this URL, so a host allowed by name may be private; a URL, or a redirect,
        from elsewhere may not lead there. `before` is called with each address before it is asked for; what it raises
        ends the fetch. `limit`: bytes, else those of `limits`; with `cut`, a longer document is cut off there.

        Raises FetchRefused, LimitExceeded, or FetchFailed (with `status` and `retry_after` where the server answered).
        """
        hops: list[str] = []
        spent = 0.0
        while True:
            address = WebAddress.of(url)
            allowed = address in self.allowed
            if allowed and not trusted:
                raise FetchRefused(f"{address.netloc} is allowed, but not where another site sends there")
            if before is not None:
                before(address)
            started = time.monotonic()
            answer = self._ask(address, allowed, validators, self.limits.seconds - spent, limit, cut)
            spent += time.monotonic() - started
            if isinstance(answer, Fetched):
                return Fetched(
                    answer.url, answer.status, answer.body, answer.content_type, answer.validators, tuple(hops),
                    answer.cut,
                )  # fmt: skip
            hops.append(str(address))
            if len(hops) > self.limits.redirects:
                raise FetchFailed(f"more than {self.limits.redirects} redirects")
            url = urljoin(str(address), answer)
            if address.scheme == "https" and not url.lower().startswith("https:"):
                raise FetchRefused(f"{address.netloc} sends from https to http, where anybody may change the text")
            trusted = allowed

    def _ask(
        self,
        address: WebAddress,
        allowed: bool,
        validators: Validators | None,
        seconds: float,
        limit: int | None,
        cut: bool,
    ) -> Fetched | str:
        """One request: the document, or the URL it redirects to."""
        import httpcore

        from counterclaim.watching.network import Pinned

        deadline = time.monotonic() + seconds
        numeric = checked(address, allowed, self._resolve, min(seconds, self.limits.connect))
        conditional = validators is not None and validators.url == str(address)
        pool = httpcore.ConnectionPool(
            ssl_context=self._tls if address.scheme == "https" else None,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=Pinned(numeric, deadline),
        )
        timeouts = {"connect": self.limits.connect, "read": self.limits.idle, "write": self.limits.idle}
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        headers = self._headers(address, validators if conditional else None)
        with (
            _translated(address),
            pool,
            pool.stream("GET", url, headers=headers, extensions={"timeout": {**timeouts, "pool": 1.0}}) as response,
        ):
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in REDIRECTS and told.get("location"):
                return told["location"]
            if response.status == 304 and conditional and validators is not None:
                return Fetched(address, 304, validators=validators)
            if response.status != 200:
                raise FetchFailed(
                    f"{address.netloc} answered {response.status}",
                    status=response.status,
                    retry_after=retry_after(told.get("retry-after"), told.get("date")),
                )
            most = self.limits.bytes if limit is None else limit
            body, whole = _body(response.iter_stream(), told.get("content-encoding", ""), most, cut)
            return Fetched(
                address,
                200,
                body,
                told.get("content-type", "")[:MAX_HEADER],
                Validators(str(address), _sendable(told.get("etag")), _sendable(told.get("last-modified"))),
                cut=not whole,
            )

    def _headers(self, address: WebAddress, validators: Validators | None) -> list[tuple[str, str]]:
        headers = [
            ("Host", address.netloc),
            ("User-Agent", self.user_agent),
            ("Accept", "text/html, application/rss+xml, application/atom+xml, application/pdf, text/plain, */*;q=0.1"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        if validators is not None and validators.etag:
            headers.append(("If-None-Match", validators.etag))
        if validators is not None and validators.last_modified:
            headers.append(("If-Modified-Since", validators.last_modified))
        return headers


@contextmanager
def _translated(address: WebAddress) -> Iterator[None]:
    """Raise httpcore's errors as ours."""
    import httpcore

    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchFailed(f"{address.netloc} took too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError, ValueError) as error:
        reason = str(error)[:120] or type(error).__name__
        raise FetchFailed(f"{address.netloc} cannot be read: {reason}") from error


def _body(chunks: Iterable[bytes], encoding: str, limit: int, cut: bool) -> tuple[bytes, bool]:
    """The document unpacked, and whether it is whole. Raises LimitExceeded, FetchFailed."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        unpack: Callable[[bytes, int], Sequence[bytes]] = lambda data, room: (data[: room + 1],)  # noqa: E731
        packed = None
    elif encoding in ("gzip", "x-gzip"):
        packed = _Gzip()
        unpack = packed.unpack
    else:
        raise FetchFailed(f"sent as {encoding[:40]!r}, which was not asked for")
    held = bytearray()
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        for part in unpack(chunk, limit - len(held)):
            held += part
        if sent > limit or len(held) > limit:
            if cut:
                return bytes(held[:limit]), False
            raise LimitExceeded(f"a document of more than {limit:,} bytes")
    if packed is not None and not packed.ended:
        raise FetchFailed("what was sent is cut off")
    return bytes(held), True


class _Gzip:
    """Unpacks gzip, never more at once than there is room for: a few bytes may stand for gigabytes."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self.ended = False

    def unpack(self, data: bytes, room: int) -> list[bytes]:
        """At most `room` + 1 bytes of what `data` unpacks to. Raises FetchFailed where it is no gzip."""
        parts: list[bytes] = []
        while data and room >= 0:
            if self.ended:
                if not data.strip(b"\x00"):
                    break
                self._stream = zlib.decompressobj(wbits=31)
            try:
                part = self._stream.decompress(data, room + 1)
            except zlib.error as error:
                raise FetchFailed("what was sent is damaged gzip") from error
            parts.append(part)
            room -= len(part)
            self.ended = self._stream.eof
            data = self._stream.unused_data if self.ended else self._stream.unconsumed_tail
        return parts


def _sendable(value: str | None) -> str | None:
    """A validator that may be sent back as it came: plain characters, and not endless."""
    return value if value and len(value) <= MAX_HEADER and _SENDABLE.fullmatch(value) else None


def retry_after(written: str | None, date: str | None = None) -> float | None:
    """Seconds to wait, of a Retry-After header (RFC 9110, 10.2.3): a number, or a moment, against the answer's Date."""
    if not written:
        return None
    written = written.strip()
    if written.isascii() and written.isdigit():
        return float(written[:12])
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(written).timestamp()
        since = parsedate_to_datetime(date).timestamp() if date else time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, until - since)
