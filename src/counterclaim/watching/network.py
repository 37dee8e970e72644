"""The connection itself: to an address that was checked, and with one time limit over all that is sent and read.

Needs httpcore; only `fetching.py` imports it, once a fetch is asked for.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

Options = Iterable[httpcore.SOCKET_OPTION] | None


class Pinned(httpcore.NetworkBackend):
    """Connects to the given numeric addresses, whatever the host is called. `deadline` is in `time.monotonic` seconds.

    httpcore limits each single read; a server that sends a byte a second would keep it for ever. Here every read, write
    and connect gets no more than what is left until the deadline.
    """

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.NetworkStream:
        """The first of the addresses that answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses[:4]:
            try:
                stream = self._backend.connect_tcp(
                    address, port, left(self._deadline, timeout, httpcore.ConnectTimeout), local_address, socket_options
                )
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Options = None
    ) -> httpcore.NetworkStream:
        """Never: what is fetched is on the network."""
        raise httpcore.ConnectError("no local sockets")

    def sleep(self, seconds: float) -> None:
        """Between tries, of which there are none here."""
        time.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self._deadline, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self._deadline, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = left(self._deadline, timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, limit), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def left(deadline: float, timeout: float | None, over: type[Exception]) -> float:
    """Seconds that one operation may take. Raises `over` past the deadline."""
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise over("the time allowed for one document is over")
    return remaining if timeout is None else min(remaining, timeout)
