"""Files made to do harm, broken files, and files that are not what they say: a reject with its reason, never more."""

from __future__ import annotations

import io
import lzma
import re
import time
import zipfile
from pathlib import Path

import pytest

from counterclaim.errors import BrokenFile, EmptyReport, InputError, LimitExceeded, MalformedRecord, UnreadableFile
from counterclaim.reading import Reject, html, limits, pdf, read_inputs, warc, zipped
from counterclaim.records import Report
from tests.format_samples import (
    LINE,
    MORE,
    PAGE,
    STORY,
    a_docx,
    a_mail,
    a_parquet,
    a_pdf,
    a_warc,
    a_zip,
    an_rss,
    http,
    packed,
    samples,
)

LARGE_XZ = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}])
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def read(path: Path, data: bytes, kind: str = "auto") -> list[Report | Reject]:
    """What comes of a file, and of the good one after it, which nothing may touch; in two seconds."""
    path.write_bytes(data)
    good = path.with_name("good.txt")
    good.write_text(STORY)
    begin = time.monotonic()
    *items, last = read_inputs([path, good], kind)
    assert time.monotonic() - begin < 5
    assert isinstance(last, Report)
    assert items, "something must come of every input"
    return items


def refusal(path: Path, data: bytes) -> InputError:
    [item] = read(path, data)
    assert isinstance(item, Reject), item
    return item.error


ENCRYPTED = bytearray(a_zip({"a.txt": STORY.encode()}))
for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    ENCRYPTED[ENCRYPTED.index(mark) + place] |= 1


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, BrokenFile, "damaged"),
        ("a.pdf", a_pdf([[STORY]])[:200], BrokenFile, "damaged"),
        ("a.pdf", a_pdf([[STORY]], encrypted=True), BrokenFile, "password"),
        ("a.pdf", a_pdf([[]]), EmptyReport, "OCR"),
        ("a.docx", a_docx([STORY])[:-30], BrokenFile, "archive"),
        ("a.docx", a_zip({"x.bin": b"x"}), UnreadableFile, "no reports"),
        ("a.docx", a_docx([STORY], doctype=BOMB, body="<w:p>&j;</w:p>"), InputError, "entit"),
        ("a.docx", a_docx([STORY], doctype="<!DOCTYPE x>"), MalformedRecord, "entities"),
        ("a.docx", a_docx([], body="<w:p>"), BrokenFile, "damaged document"),
        ("a.docx", a_docx([], body="<w:p>" * 100_000 + "</w:p>" * 100_000), BrokenFile, "damaged document"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), BrokenFile, "encrypted Office"),
        ("a.xlsx", a_zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), UnreadableFile, "no Word document"),
        ("a.odt", a_zip({"mimetype": b"x", "content.xml": b"x"}), UnreadableFile, "OpenDocument"),
        ("a.zip", bytes(ENCRYPTED), BrokenFile, "password"),
        ("a.zip", a_zip({}), UnreadableFile, "no reports"),
        ("a.zip", a_zip({"a.png": b"x"}), UnreadableFile, "no reports"),
        ("a.zip", a_zip({"../../etc/a.txt": STORY.encode()}), BrokenFile, "leads out"),
        ("a.zip", a_zip({"/etc/a.txt": STORY.encode()}), BrokenFile, "leads out"),
        ("a.zip", a_zip({"a.txt": STORY.encode()}, zipfile.ZIP_LZMA), BrokenFile, "method 14"),
        ("a.zip", b"PK\x03\x04" + b"x" * 500, BrokenFile, "archive"),
        ("a.xml", an_rss(["<description>&j;</description>"], doctype=BOMB), MalformedRecord, "entities"),
        ("a.xml", an_rss(["&j;"], doctype=BOMB).decode().encode("utf-16"), MalformedRecord, "ent"),
        ("a.xml", an_rss([]), EmptyReport, "no entries"),
        ("a.xml", b"<opml><body><outline xmlUrl='http://localhost/'/></body></opml>", MalformedRecord, "OPML"),
        ("a.xml", b"<invoice><a/></invoice>", BrokenFile, "no RSS"),
        ("a.eml", b"", EmptyReport, "no text"),
        ("a.eml", a_mail(kind="image/png"), EmptyReport, "no text"),
        ("a.eml", a_mail("<p>" * 70_000, kind="text/html"), LimitExceeded, "tags"),
        ("a.warc", b"WARC/1.0\r\n" + b"x" * 500, BrokenFile, "without its length"),
        ("a.warc", a_warc([("https://example.org/p", http(b"x", "image/png"))]), UnreadableFile, "no HTML"),
        ("a.warc", a_warc([("https://example.org/p", http("<html></html>"))]), EmptyReport, "plain text"),
        ("a.wacz", a_zip({"datapackage.json": b"{}"}), UnreadableFile, "no reports"),
        ("a.parquet", b"PAR1" + b"x" * 500, BrokenFile, "damaged table"),
        ("a.parquet", a_parquet({"text": [STORY]})[:-10], BrokenFile, "damaged table"),
        ("a.parquet", a_parquet({"body": [STORY]}), MalformedRecord, "without a column"),
        ("a.jsonl.gz", b"not gzip", BrokenFile, "whatever its name"),
        ("a.txt.gz", packed(STORY.encode() * 99, "gz")[:-9], BrokenFile, "cut off"),
        ("a.txt.bz2", packed(STORY.encode() * 99, "bz2")[:-9], BrokenFile, "cut off"),
        ("a.txt.xz", packed(STORY.encode() * 99, "xz")[:-9], BrokenFile, "cut off"),
        ("a.txt.zst", packed(STORY.encode() * 99, "zst")[:-9], BrokenFile, "cut off"),
        ("a.txt.xz", LARGE_XZ, BrokenFile, "emory"),
        ("a.tar.gz", packed(b"a.txt" + bytes(600) + STORY.encode(), "gz"), InputError, "binary"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_reject_with_its_reason(
    tmp_path: Path, name: str, data: bytes, error: type[InputError], says: str
) -> None:
    found = refusal(tmp_path / name, data)
    assert isinstance(found, error), repr(found)
    assert re.search(says, str(found)), str(found)


def test_what_stood_before_a_break_is_kept(tmp_path: Path) -> None:
    whole = "".join(f'{{"text": "{STORY} Report {n * n} of the day."}}\n' for n in range(20_000)).encode()
    items = read(tmp_path / "a.jsonl.gz", packed(whole, "gz")[:-2000])
    assert isinstance(items[-1], Reject)
    assert isinstance(items[-1].error, BrokenFile)
    assert len(items) > 10_000
    assert all(isinstance(item, Report) for item in items[:-1])


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(a_zip({"a.txt": STORY.encode(), "b.txt": MORE.encode()}, zipfile.ZIP_STORED))
    data[data.index(b"Two of")] ^= 1
    bad, good = reversed(read(tmp_path / "a.zip", bytes(data)))
    assert isinstance(good, Report)
    assert isinstance(bad, Reject)
    assert "CRC" in str(bad.error)


def test_an_archive_within_itself_ends(tmp_path: Path) -> None:
    data = a_zip({"a.txt": STORY.encode()})
    for _ in range(10):
        data = a_zip({"in.zip": data, "a.txt": STORY.encode()})
    *reports, reject = read(tmp_path / "a.zip", data)[::-1]
    deep = [item for item in [*reports, reject] if isinstance(item, Reject)]
    assert len(deep) == 2
    assert all("deep" in str(item.error) for item in deep)


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
def test_a_small_file_that_unpacks_to_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(limits, "FLOOR", 5_000_000)
    found = refusal(tmp_path / f"a.jsonl.{ending}", packed(b'{"text": "' + b" " * 30_000_000, ending))
    assert isinstance(found, LimitExceeded)
    assert "unpacks to more than" in str(found)


def test_many_large_members_together_are_refused_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FLOOR", 5_000_000)
    data = a_zip({f"{n}.jsonl": LINE + b"{" + b" " * 2_000_000 + b"\n" for n in range(8)})
    items = read(tmp_path / "a.zip", data)
    *_, last = items
    assert isinstance(last, Reject)
    assert "5 more of its members were not read" in str(last.error)
    assert sum(isinstance(item, Report) for item in items) == 3


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 5)
    inner = a_zip({f"{n}.txt": f"{STORY} {n}".encode() for n in range(4)})
    items = read(tmp_path / "a.zip", a_zip({"a.zip": inner, "b.zip": inner}))
    assert sum(isinstance(item, Report) for item in items) == 4
    assert any(isinstance(item, Reject) and "parts" in str(item.error) for item in items)
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 3)
    assert "members" in str(refusal(tmp_path / "a.zip", inner))
    monkeypatch.setattr(zipped, "MAX_DIRECTORY", 100)
    assert "directory" in str(refusal(tmp_path / "a.zip", inner))


def test_a_pdf_of_too_many_pages_or_letters_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf([[STORY]] * 3))
    [long] = read_inputs([tmp_path / "a.pdf"], max_chars=100)
    assert isinstance(long, Reject)
    assert "characters" in str(long.error)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert "pages" in str(refusal(tmp_path / "a.pdf", a_pdf([[STORY]] * 3)))


def test_markup_nested_without_end_takes_no_time_and_loses_nothing_unsaid(tmp_path: Path) -> None:
    [mail] = read(tmp_path / "a.eml", a_mail("<div>" * 1000 + STORY, kind="text/html"))
    assert isinstance(mail, Report)
    assert mail.text == STORY
    html = f"<p>{MORE}</p>" + "<p><font><b>" * 15_000 + STORY
    assert "nested too deep" in str(refusal(tmp_path / "a.eml", a_mail(html, kind="text/html")))
    deep = "<w:p>" * 200 + f"<w:r><w:t>{STORY} </w:t></w:r>" * 3000 + "</w:p>" * 200
    [document] = read(tmp_path / "a.docx", a_docx([], body=deep))
    assert isinstance(document, Report)


def test_a_member_s_name_is_shown_without_control_characters(tmp_path: Path) -> None:
    [item] = read(tmp_path / "a.zip", a_zip({"a\x1b[2J\nb.txt": STORY.encode()}))
    assert "\x1b" not in str(item.source)
    assert "\n" not in str(item.source)


def test_a_damaged_response_costs_only_itself(tmp_path: Path) -> None:
    broken = http(b"\x1f\x8b" + b"x" * 50, more="Content-Encoding: gzip\r\n")
    items = read(tmp_path / "a.warc", a_warc([("https://a.org/1", broken), ("https://a.org/2", http())]))
    assert [type(item) for item in items] == [Reject, Report]


def test_a_web_archive_cut_off_in_a_page_says_so(tmp_path: Path) -> None:
    whole = a_warc([("https://a.org/1", http()), ("https://a.org/2", http(PAGE * 50))])
    first, *others = read(tmp_path / "a.warc", whole[:-3000])
    assert isinstance(first, Report)
    assert isinstance(others[-1], Reject)


def test_a_page_too_long_in_a_web_archive_is_a_reject_and_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_BLOCK", 40_000)
    monkeypatch.setattr(warc, "MAX_HTML_BYTES", 20_000)
    monkeypatch.setattr(html, "MAX_HTML_BYTES", 20_000)
    items = read(tmp_path / "a.warc", a_warc([("https://a.org/1", http(PAGE * 400)), ("https://a.org/2", http())]))
    assert [type(item) for item in items] == [Reject, Report]


def test_a_damaged_feed_keeps_its_entries_and_says_so(tmp_path: Path) -> None:
    whole = an_rss([f"<description>{STORY}</description>", f"<description>{MORE}</description>"])
    items = read(tmp_path / "a.xml", whole[: whole.index(MORE.encode()) + 20])
    assert isinstance(items[0], Report)
    assert isinstance(items[-1], Reject)
    assert "damaged" in str(items[-1].error)


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-7", "utf-16", "idna", "zip", "undefined"])
def test_a_mail_in_a_wrong_encoding_is_read_or_refused(tmp_path: Path, charset: str) -> None:
    read(tmp_path / "a.eml", a_mail(f"{STORY} \x80\xff", kind=f"text/plain; charset={charset}"))


def test_a_feed_in_another_encoding_than_it_says_is_read(tmp_path: Path) -> None:
    story = f"“{STORY}” Café."
    item = f"<description>{story}</description>"
    data = an_rss([item]).decode().replace("utf-8", "us-ascii").encode("cp1252")
    [*_, report] = [item for item in read(tmp_path / "a.xml", data) if isinstance(item, Report)]
    assert "Four soldiers" in report.text


def test_mails_in_mails_without_end_are_refused(tmp_path: Path) -> None:
    data = a_mail()
    for _ in range(12):
        data = a_mail(data.decode(), kind="message/rfc822")
    items = read(tmp_path / "a.eml", data)
    assert isinstance(items[-1], Reject)
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    read(tmp_path / "b.eml", b"MIME-Version: 1.0\r\n" + nested.encode())


@pytest.mark.parametrize("name", samples())
def test_a_file_cut_anywhere_gives_reports_or_rejects(tmp_path: Path, name: str) -> None:
    data = samples()[name]
    for share in range(1, 12):
        read(tmp_path / name, data[: len(data) * share // 12])


def test_a_stream_that_fails_is_a_reject() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

        readinto = read  # type: ignore[assignment]

    [item] = read_inputs(["-"], stdin=Failing(b"x"))
    assert isinstance(item, Reject)
