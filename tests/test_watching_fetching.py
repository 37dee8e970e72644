"""A fetch costs no more than it may: bytes, unpacked bytes, seconds, redirects; and it goes where it was checked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from counterclaim.errors import FetchFailed, FetchRefused, LimitExceeded
from counterclaim.watching import Allowed, Fetcher, Limits, agent
from counterclaim.watching.fetching import Validators, retry_after
from tests.watch_site import Page, Site, packed, site

SMALL = Limits(bytes=100_000, seconds=0.6, connect=0.5, idle=0.5, redirects=3)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as served:
        yield served


@pytest.fixture
def fetcher(web: Site) -> Fetcher:
    return Fetcher(agent(), Allowed.of([web.host]), SMALL)


def test_a_document_comes_with_what_the_server_says_of_it(web: Site, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(b"hello", headers={"Content-Type": "text/plain", "ETag": '"x"', "Set-Cookie": "a=b"})
    got = fetcher.fetch(f"{web.url}/a#part")
    assert (got.status, got.body, got.content_type, got.validators.etag) == (200, b"hello", "text/plain", '"x"')
    assert {"cookie", "authorization", "referer"}.isdisjoint(web.asked[0].headers)
    fetcher.fetch(f"{web.url}/a", validators=got.validators)
    assert web.asked[1].headers["if-none-match"] == '"x"'
    assert "cookie" not in web.asked[1].headers


def test_packed_documents_are_unpacked_within_the_limit(web: Site, fetcher: Fetcher) -> None:
    web.pages["/a"] = packed(b"hello " * 1000)
    assert fetcher.fetch(f"{web.url}/a").body == b"hello " * 1000
    web.pages["/two"] = packed(b"")
    web.pages["/two"] = Page(gzip.compress(b"one ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(f"{web.url}/two").body == b"one two"
    web.pages["/just"] = packed(b"x" * 100_000)
    assert len(fetcher.fetch(f"{web.url}/just").body) == 100_000
    for size in (100_001, 50_000_000):
        web.pages["/bomb"] = packed(b"\x00" * size)
        with pytest.raises(LimitExceeded):
            fetcher.fetch(f"{web.url}/bomb")


def test_a_document_beyond_the_limit_is_not_read_to_its_end(web: Site, fetcher: Fetcher) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        try:
            while sent < 100_000_000:
                handler.wfile.write(bytes(10_000))
                sent += 10_000
        except OSError:
            pass

    web.pages["/a"] = endless
    with pytest.raises(LimitExceeded):
        fetcher.fetch(f"{web.url}/a")
    assert sent < 20_000_000
    sent = 0
    assert fetcher.fetch(f"{web.url}/a", limit=5000, cut=True).cut


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_encodings_that_were_not_asked_for_are_refused(web: Site, fetcher: Fetcher, encoding: str) -> None:
    web.pages["/a"] = Page(b"abc", headers={"Content-Encoding": encoding})
    with pytest.raises(FetchFailed):
        fetcher.fetch(f"{web.url}/a")


def test_what_is_cut_off_or_damaged_is_no_document(web: Site, fetcher: Fetcher) -> None:
    whole = gzip.compress(b"hello " * 1000)
    for body in (whole[:-12], b"no gzip", whole[:20] + b"\xff\xff\xff\xff" + whole[24:]):
        web.pages["/a"] = Page(body, headers={"Content-Encoding": "gzip"})
        with pytest.raises(FetchFailed):
            fetcher.fetch(f"{web.url}/a")

    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")

    web.pages["/a"] = short
    with pytest.raises(FetchFailed):
        fetcher.fetch(f"{web.url}/a")


@pytest.mark.parametrize("where", ["head", "body", "status"])
def test_a_server_that_sends_a_byte_at_a_time_is_left_in_time(web: Site, fetcher: Fetcher, where: str) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        if where != "status":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if where == "body":
            handler.wfile.write(b"\r\n")
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    web.pages["/a"] = slow
    started = time.monotonic()
    with pytest.raises(FetchFailed, match="too long"):
        fetcher.fetch(f"{web.url}/a")
    assert time.monotonic() - started < 2.0


def test_redirects_are_followed_so_far(web: Site, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(status=301, headers={"Location": "b?x=1"})
    web.pages["/b?x=1"] = Page(b"hello")
    got = fetcher.fetch(f"{web.url}/a")
    assert (str(got.url), got.hops) == (f"{web.url}/b?x=1", (f"{web.url}/a",))
    web.pages["/loop"] = Page(status=302, headers={"Location": "/loop"})
    with pytest.raises(FetchFailed, match="redirects"):
        fetcher.fetch(f"{web.url}/loop")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "//10.0.0.1/", "file:///etc",
        "http://2130706433/", "http://user@{host}/", "gopher://{host}/", "http://localhost:1/", "http://[::ffff:10.0.0.1]",
    ],
)  # fmt: skip
def test_no_redirect_leads_to_a_private_address(web: Site, fetcher: Fetcher, location: str) -> None:
    web.pages["/a"] = Page(status=302, headers={"Location": location.format(host=web.host)})
    with pytest.raises(FetchRefused):
        fetcher.fetch(f"{web.url}/a")
    assert len(web.asked) == 1


def test_an_allowed_host_is_not_fetched_where_another_site_sends_there(web: Site, fetcher: Fetcher) -> None:
    web.pages["/admin"] = Page(b"secret")
    with pytest.raises(FetchRefused, match="another site"):
        fetcher.fetch(f"{web.url}/admin", trusted=False)
    assert web.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(web: Site) -> None:
    answers = iter([("127.0.0.1",), ("10.255.255.1",)])
    asked: list[str] = []

    def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
        asked.append(host)
        return next(answers)

    port = web.host.rpartition(":")[2]
    web.pages["/a"] = Page(b"hello")
    fetcher = Fetcher(agent(), Allowed.of([f"news.example:{port}"]), SMALL, resolve)
    assert fetcher.fetch(f"http://news.example:{port}/a").body == b"hello"
    assert asked == ["news.example"]
    assert web.asked[0].headers["host"] == f"news.example:{port}"


def test_no_proxy_of_the_environment_is_used(web: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.pages["/a"] = Page(b"hello")
    assert fetcher.fetch(f"{web.url}/a").body == b"hello"


def test_validators_go_only_to_the_address_that_gave_them(web: Site, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(b"hello")
    fetcher.fetch(f"{web.url}/a", validators=Validators(f"{web.url}/b", '"x"', "yesterday"))
    assert {"if-none-match", "if-modified-since"}.isdisjoint(web.asked[0].headers)


def test_answers_that_are_no_document_say_what_the_server_said(web: Site, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(status=429, headers={"Retry-After": "120"})
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(f"{web.url}/a")
    assert (caught.value.status, caught.value.retry_after) == (429, 120.0)
    web.pages["/a"] = Page(status=304)
    with pytest.raises(FetchFailed):
        fetcher.fetch(f"{web.url}/a")


def test_what_is_no_http_at_all_fails(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            for noise in (b"SSH-2.0-x\r\n", b"\x00" * 300_000, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200_000):
                client, _ = server.accept()
                with client:
                    try:
                        client.recv(10_000)
                        client.sendall(noise)
                    except OSError:
                        pass

        threading.Thread(target=answer, daemon=True).start()
        own = Fetcher(agent(), Allowed.of([f"127.0.0.1:{port}"]), SMALL)
        for _ in range(3):
            with pytest.raises(FetchFailed):
                own.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("120", 120.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 60.0), ("soon", None), (None, None), ("-5", None), ("²", None)],
)
def test_retry_after_is_read_as_a_number_or_a_moment(written: str | None, seconds: float | None) -> None:
    assert retry_after(written, "Wed, 21 Oct 2015 07:27:00 GMT") == seconds
