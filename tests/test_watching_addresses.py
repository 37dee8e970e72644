"""No address that only this machine can reach is fetched, however it is written, led to or resolved."""

from __future__ import annotations

import pytest

from counterclaim.errors import FetchFailed, FetchRefused, UsageError
from counterclaim.watching import Allowed, WebAddress, is_public
from counterclaim.watching.addresses import checked

PRIVATE = [
    "127.0.0.1", "127.8.9.10", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "198.18.0.1", "192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1", "168.63.129.16", "192.88.99.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "3fff::1", "2001::1",
    "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "4000::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.215.14", "172.32.0.1", "192.167.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://127.0.0.01/", "http://1.2.3.4.5/", "http://0/", "http://256.1.1.1/", "http://x.0x7f/",
        "http://user@example.org/", "http://example.org@127.0.0.1/", "http://a:b@example.org/",
        "http://example.org\\@127.0.0.1/", "http://[::1%25lo]/", "http://[fe80::1%eth0]/", "http://[::1", "http://",
        "http:///path", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)",
        "data:text/html,x", "//example.org/", "example.org", "http://exa mple.org/", "http://example.org/a\nHost: b",
        "http://example.org:99999/", "http://example.org:port/", "http://-a.org/",
        "http://a..b/", "http://straße.example/", "http://a\u200db.example/", "http://" + "a" * 300 + ".org/",
        "http://example.org/" + "a" * 3000,
    ],
)  # fmt: skip
def test_urls_that_are_refused_as_written(url: str) -> None:
    with pytest.raises(FetchRefused):
        WebAddress.of(url)


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org.:8080/", "http://example.org:8080/"),
        ("http://bücher.example/straße?q=ä", "http://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1::1]/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("http://[::ffff:7f00:1]/", None),
    ],
)
def test_urls_are_spelled_in_one_way(url: str, spelled: str | None) -> None:
    address = WebAddress.of(url)
    if spelled is not None:
        assert str(address) == spelled
    assert str(WebAddress.of(str(address))) == str(address)


def test_a_name_that_stands_for_one_private_address_is_refused() -> None:
    def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
        return {"rebound.example": ("93.184.215.14", "10.0.0.1"), "news.example": ("93.184.215.14",)}[host]

    news, rebound = WebAddress.of("http://news.example/"), WebAddress.of("http://rebound.example/")
    assert checked(news, False, resolve, 1) == ("93.184.215.14",)
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1 is not public"):
        checked(rebound, False, resolve, 1)
    assert checked(rebound, True, resolve, 1) == ("93.184.215.14", "10.0.0.1")


def test_ports_other_than_those_of_the_web_are_refused() -> None:
    def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
        return ("93.184.215.14",)

    for port in (22, 25, 6379, 8080):
        with pytest.raises(FetchRefused, match="port"):
            checked(WebAddress.of(f"http://news.example:{port}/"), False, resolve, 1)


def test_a_host_is_allowed_by_its_name_and_port() -> None:
    allowed = Allowed.of(["wiki.local", "127.0.0.1:8080", "[::1]:9000"])
    assert WebAddress.of("http://wiki.local/a") in allowed
    assert WebAddress.of("https://WIKI.local/") in allowed
    assert WebAddress.of("http://wiki.local:8080/") not in allowed
    assert WebAddress.of("http://127.0.0.1:8080/") in allowed
    assert WebAddress.of("http://127.0.0.1/") not in allowed
    assert WebAddress.of("http://[::1]:9000/") in allowed
    for wrong in ("a/b", "", "http://x", "a b", "a?b"):
        with pytest.raises(UsageError):
            Allowed.of([wrong])


def test_a_name_without_an_address_fails_in_the_time_allowed() -> None:
    def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
        raise FetchFailed("no address")

    with pytest.raises(FetchFailed):
        checked(WebAddress.of("http://nowhere.example/"), False, resolve, 1)
