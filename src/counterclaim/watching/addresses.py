"""Which addresses may be fetched: http and https on their own ports, public Internet addresses, nothing else.

A URL comes from a feed or a redirect, so whoever wrote it may aim at what only this machine can reach (server-side
request forgery). A name is resolved once, every address it stands for is checked, and the connection goes to one of
those checked (`network.py`): a name that changes its address in between changes nothing.
"""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from counterclaim.errors import FetchFailed, FetchRefused, UsageError

PORTS: Final = {"http": 80, "https": 443}
MAX_URL: Final = 2_000
"""Characters of a URL; browsers and servers take little more."""

Resolve = Callable[[str, int, float], tuple[str, ...]]
"""Host, port, seconds allowed -> numeric addresses. Raises FetchFailed."""

_NOT_IN_URLS: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MAPPED_DIFFERENTLY: Final = re.compile("[ßς\u200c\u200d]")
"""Letters that the two standards of international names (IDNA 2003 and 2008) turn into different names."""

# https://www.iana.org/assignments/iana-ipv6-special-registry: only 2000::/3 is given out; these parts of it are not
# public, or newer than what Python's ipaddress knows.
_GLOBAL_V6: Final = IPv6Network("2000::/3")
_SPECIAL_V6: Final = tuple(map(IPv6Network, ("2001::/32", "2001:db8::/32", "3fff::/20")))
_NAT64: Final = IPv6Network("64:ff9b::/96")
_SPECIAL_V4: Final = tuple(
    # Shared (carrier) addresses, protocol assignments, 6to4 relays, and the host address of Azure machines.
    map(IPv4Network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "168.63.129.16/32"))
)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A URL in one spelling: lower-case ASCII host, path and query percent-encoded, no fragment."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """Host, and port where it is not the scheme's own; an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.netloc}"

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @classmethod
    def of(cls, url: str) -> WebAddress:
        """Read a URL. Raises FetchRefused for what is no plain web address."""
        url = url.strip(" \t\r\n")
        shown = url[:100].encode("ascii", "backslashreplace").decode()
        if len(url) > MAX_URL or _NOT_IN_URLS.search(url):
            raise FetchRefused(f"{shown!r} is no web address: too long, or characters that none holds")
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
        except ValueError as error:
            raise FetchRefused(f"{shown!r} is no web address") from error
        if scheme not in PORTS:
            raise FetchRefused(f"{shown!r} is not fetched: only http:// and https:// are")
        if "@" in parts.netloc:
            raise FetchRefused(f"{shown!r} is not fetched: it holds a user name, which hides the host")
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
        return cls(scheme, host_of(host, shown), PORTS[scheme] if port is None else port, target)


def host_of(host: str, shown: str) -> str:
    """A host in one spelling. Raises FetchRefused for one that is neither a name nor an address as usually written."""
    if ":" in host:
        try:
            return IPv6Address(host).compressed if "%" not in host else _refuse_host(shown)
        except ValueError:
            return _refuse_host(shown)
    try:
        if _MAPPED_DIFFERENTLY.search(host):
            return _refuse_host(shown)
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return _refuse_host(shown)
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to many resolvers: only the usual spelling is taken.
        try:
            return str(IPv4Address(name))
        except ValueError:
            return _refuse_host(shown)
    if len(name) > 253 or not _NAME.fullmatch(name):
        return _refuse_host(shown)
    return name


def _refuse_host(shown: str) -> str:
    raise FetchRefused(f"{shown!r} is not fetched: its host is no plain name or address")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that the user allows by name, whatever their addresses: `(host, port)`, port None for 80 and 443."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def of(cls, written: Iterable[str]) -> Allowed:
        """Read `host` or `host:port`. Raises UsageError."""
        hosts = set()
        for one in written:
            try:
                address = WebAddress.of(f"http://{one}")
                ported = urlsplit(f"http://{one}").port is not None
            except FetchRefused as error:
                raise UsageError(f"{one!r} is no host: write a name or an address, such as localhost:8080") from error
            if address.target != "/":
                raise UsageError(f"{one!r} is no host: write a name or an address, such as localhost:8080")
            hosts.add((address.host, address.port if ported else None))
        return cls(frozenset(hosts))

    def __contains__(self, address: WebAddress) -> bool:
        """Whether this host, at this port, was allowed by name."""
        if (address.host, address.port) in self.hosts:
            return True
        return address.port in PORTS.values() and (address.host, None) in self.hosts


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public Internet, to which anybody may connect.

    Private, loopback, link-local, shared (carrier) and reserved addresses, multicast and 0.0.0.0 are not; nor are IPv6
    addresses that wrap such an IPv4 address (mapped, 6to4, NAT64), or hide one (Teredo).
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        return ip in _GLOBAL_V6 and ip.is_global and not any(ip in net for net in _SPECIAL_V6)
    unfit = ip.is_multicast or ip.is_reserved or any(ip in net for net in _SPECIAL_V4)
    return ip.is_global and not unfit


def checked(address: WebAddress, allowed: bool, resolve: Resolve, seconds: float) -> tuple[str, ...]:
    """The numeric addresses to connect to. `allowed`: the user named this host, so any address will do.

    Raises FetchRefused where the port is unusual or one of the addresses is not public, FetchFailed where there is
    none.
    """
    if not allowed and address.port not in PORTS.values():
        raise FetchRefused(f"{address.netloc} is not fetched: port {address.port}; allow {address.netloc} by name")
    try:
        numeric: tuple[str, ...] = (str(ip_address(address.host)),)
    except ValueError:
        numeric = resolve(address.host, address.port, seconds)
    if not allowed:
        # One private address among public ones is an attack or a fault; neither is fetched.
        for one in numeric:
            if not is_public(one):
                raise FetchRefused(
                    f"{address.netloc} is not fetched: its address {one} is not public; allow {address.netloc} by name"
                )
    return numeric


def resolved(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """The addresses of a name, by the system's resolver, which knows no time limit: hence the thread."""
    answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(tuple(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=max(0.01, seconds))
    except queue.Empty:
        answer = OSError("no answer")
    if isinstance(answer, Exception) or not answer:
        raise FetchFailed(f"{host}: no address found for this name")
    return answer
