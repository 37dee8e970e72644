"""Every format is read by its reader, known by its content before its name, alone or inside others."""

from __future__ import annotations

import gzip
import io
import sys
from datetime import date
from pathlib import Path

import pytest

from counterclaim.errors import InputError, MissingExtra, UsageError
from counterclaim.reading import Reject, read_inputs
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


def read(path: Path, data: bytes, kind: str = "auto") -> list[Report | Reject]:
    path.write_bytes(data)
    return list(read_inputs([path], kind))


def reports(path: Path, data: bytes, kind: str = "auto") -> list[Report]:
    items = read(path, data, kind)
    assert all(isinstance(item, Report) for item in items), items
    return [item for item in items if isinstance(item, Report)]


@pytest.mark.parametrize("name", samples())
def test_a_file_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    named = reports(tmp_path / name, samples()[name])
    assert STORY in named[0].text
    unnamed = reports(tmp_path / "report.txt", samples()[name])
    assert [report.text for report in unnamed] == [report.text for report in named]


@pytest.mark.parametrize("name", samples())
def test_the_standard_input_takes_every_format(name: str) -> None:
    found = list(read_inputs(["-"], stdin=io.BytesIO(samples()[name])))
    assert isinstance(found[0], Report), found
    assert STORY in found[0].text


@pytest.mark.parametrize("name", samples())
def test_a_zip_holds_files_of_every_format(tmp_path: Path, name: str) -> None:
    alone = reports(tmp_path / name, samples()[name])
    path = tmp_path / "all.zip"
    inside = reports(path, a_zip({f"sub/{name}": samples()[name]}))
    assert [report.text for report in inside] == [report.text for report in alone]
    assert all(report.source is not None and report.source.startswith(f"{path}:sub/{name}") for report in inside)


def test_a_folder_is_walked_into_its_archives(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, data in samples().items():
        (tmp_path / "sub" / name).write_bytes(data)
    found = list(read_inputs([tmp_path]))
    assert all(isinstance(item, Report) for item in found)
    assert {str(item.source).removeprefix(str(tmp_path / "sub") + "/").split(":")[0] for item in found} == set(
        samples()
    )


def test_the_format_that_the_user_names_is_that_of_what_is_compressed(tmp_path: Path) -> None:
    [report] = reports(tmp_path / "a.gz", packed(LINE, "gz"), "text")
    assert report.text.startswith("{")
    assert len(reports(tmp_path / "a.warc.gz", samples()["a.warc.gz"], "warc")) == 2


def test_a_pdf_gives_its_pages_without_running_heads_and_joins_cut_words(tmp_path: Path) -> None:
    names = ["", "Tarsk", "Old Tarsk", "the mill of Orvel", "a bridge", "a village", "the hills"]
    pages = [[f"Norland Herald, page {n}", f"On that day the army took {names[n]}.", f"- {n} -"] for n in range(1, 7)]
    [report] = reports(tmp_path / "a.pdf", a_pdf(pages, title="Raids"))
    assert report.text == "\n\n".join(f"On that day the army took {names[n]}." for n in range(1, 7))
    assert (report.title, report.id, report.published) == ("Raids", "a", None)
    [report] = reports(tmp_path / "a.pdf", a_pdf([["Four sol-", "diers were killed, the army said."]], title="x.docx"))
    assert report.text.replace("-\n", "") == "Four soldiers were killed, the army said."
    assert report.title is None


def test_a_sentence_that_runs_over_a_page_s_end_stays_whole(tmp_path: Path) -> None:
    pages = [["The army said that four"], ["soldiers were killed."], ["Nobody else was."]]
    [report] = reports(tmp_path / "a.pdf", a_pdf(pages))
    assert report.text == "The army said that four\nsoldiers were killed.\n\nNobody else was."


def test_a_word_document_gives_paragraphs_tables_and_title_but_no_deleted_text(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Four were </w:t><w:tab/><w:t>killed,</w:t><w:br/><w:t>they said.</w:t></w:r>"
        "<w:del><w:r><w:delText>Nine</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Tarsk: two hurt</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    [report] = reports(tmp_path / "a.docx", a_docx([STORY], body=body))
    assert report.text == f"{STORY}\n\nFour were \tkilled,\nthey said.\n\nTarsk: two hurt"
    assert (report.title, report.id, report.published) == ("Raid near Tarsk", "a", None)


def test_a_web_archive_gives_its_pages_with_address_and_day_and_nothing_else(tmp_path: Path) -> None:
    dated = PAGE.replace("<head>", '<head><meta property="article:published_time" content="2022-09-12T08:00:00Z">')
    late = dated.replace("2022-09-12", "2023-01-01")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())
    zipped = gzip.compress(PAGE.encode())
    found = reports(
        tmp_path / "a.warc",
        a_warc(
            [
                ("https://example.org/1", http(dated)),
                ("https://example.org/2", http(late)),
                ("https://example.org/pic", http(b"\x89PNG", "image/png")),
                ("https://example.org/gone", http(PAGE, status="404 Not Found")),
                ("https://example.org/3", http(chunked, more="Transfer-Encoding: chunked\r\n")),
                ("https://example.org/4", http(zipped, more="Content-Encoding: gzip\r\n")),
            ]
        ),
    )
    assert [(report.url, report.published) for report in found] == [
        ("https://example.org/1", "2022-09-12"),
        ("https://example.org/2", "2022-09-14"),
        ("https://example.org/3", "2022-09-14"),
        ("https://example.org/4", "2022-09-14"),
    ]
    assert all(STORY in report.text for report in found)


def test_a_feed_gives_its_entries_with_content_before_summary(tmp_path: Path) -> None:
    full = f"&lt;p&gt;{STORY}&lt;/p&gt;&lt;p&gt;{MORE} &amp;amp; more&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;"
    items = [
        "<title>Raid</title><link>https://example.org/1</link><pubDate>Tue, 13 Sep 2022 23:30:00 +0400</pubDate>"
        f'<description>Four killed</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"{full}</content:encoded>",
        f"<guid>urn:2</guid><description>{STORY}</description>",
        "<title>No text</title>",
    ]
    first, second, third = read(tmp_path / "a.rss", an_rss(items))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == f"{STORY}\n\n{MORE} & more"
    assert (first.url, first.title, first.outlet, first.published) == (
        "https://example.org/1",
        "Raid",
        "Norland Herald",
        "2022-09-13",
    )
    assert (second.id, second.text, second.published) == ("urn:2", STORY, None)
    assert isinstance(third, Reject)
    assert "without content" in str(third.error)


def test_an_atom_feed_is_read_too(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><id>urn:1</id><title>Raid</title>'
        '<updated>2022-09-13T23:30:00-05:00</updated><link href="https://example.org/1"/>'
        f'<content type="html">&lt;b&gt;{STORY}&lt;/b&gt;</content></entry></feed>'
    )
    [report] = reports(tmp_path / "a.atom", atom.encode("utf-16"))
    assert (report.text, report.published, report.url) == (STORY, "2022-09-13", "https://example.org/1")


def test_a_mail_gives_date_subject_sender_and_its_text(tmp_path: Path) -> None:
    [report] = reports(tmp_path / "raid.eml", a_mail())
    assert report.text.strip() == STORY
    assert (report.id, report.title, report.outlet, report.published) == (
        "7@example.org",
        "Raid near Tärsk",
        "Norland Herald",
        "2022-09-13",
    )
    [page] = reports(tmp_path / "b.eml", a_mail(f"<p>{STORY}</p><p>{MORE}</p>", kind="text/html; charset=utf-8"))
    assert page.text == f"{STORY}\n\n{MORE}"


def test_a_digest_gives_its_own_text_the_mails_in_it_and_the_files_attached(tmp_path: Path) -> None:
    inner = a_mail(MORE).decode().replace("<7@", "<8@")
    body = (
        f"--x\r\nContent-Type: text/plain\r\n\r\n{STORY}\r\n"
        f"--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}"
        '--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="note.txt"\r\n'
        f"\r\n{STORY} {MORE}\r\n"
        '--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="logo.png"\r\n\r\nx\r\n--x--'
    )
    found = reports(tmp_path / "a.eml", a_mail(body, kind='multipart/mixed; boundary="x"'))
    assert [report.text.strip() for report in found] == [STORY, MORE, f"{STORY} {MORE}"]
    assert [report.id for report in found] == ["7@example.org", "8@example.org", "note"]


def test_a_mail_whose_text_part_only_points_to_the_html_part_is_read_from_that(tmp_path: Path) -> None:
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nSee the HTML part.\r\n"
        f"--x\r\nContent-Type: text/html\r\n\r\n<p>{STORY}</p><p>{MORE}</p>\r\n--x--"
    )
    [report] = reports(tmp_path / "a.eml", a_mail(body, kind='multipart/alternative; boundary="x"'))
    assert report.text == f"{STORY}\n\n{MORE}"


def test_a_press_release_with_header_lines_is_no_mail(tmp_path: Path) -> None:
    text = f"From: the ministry\nSubject: a raid\nTo: the press\n\n{STORY}\n"
    [report] = reports(tmp_path / "a.txt", text.encode())
    assert report.text == text


def test_a_table_gives_a_report_a_row_and_leaves_other_columns_alone(tmp_path: Path) -> None:
    table = a_parquet(
        {"id": [1, 2, 3], "text": [STORY, None, MORE], "published": [date(2022, 9, 13), None, None], "x": [1, 2, 3]}
    )
    first, second, third = read(tmp_path / "a.parquet", table)
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert (first.text, first.id, first.published) == (STORY, "1", "2022-09-13")
    assert isinstance(second, Reject)
    assert second.source.endswith(":2")
    assert "column 'text'" in str(second.error)


def test_members_of_one_name_are_reports_of_their_own(tmp_path: Path) -> None:
    found = reports(tmp_path / "a.zip", a_zip({"x/a.txt": STORY.encode(), "y/a.txt": MORE.encode()}))
    assert found[0].id == "a"
    assert found[1].id.startswith("a-")


def test_hidden_members_and_pictures_are_left_out_as_in_a_folder(tmp_path: Path) -> None:
    members = {"__MACOSX/._a.txt": b"x", ".git/a.txt": b"x", "pic.png": b"\x89PNG", "a.txt": STORY.encode()}
    assert len(reports(tmp_path / "a.zip", a_zip(members))) == 1


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("a.pdf", "pypdfium2"),
        ("a.warc", "fastwarc.warc"),
        ("a.xml", "feedparser"),
        ("a.parquet", "pyarrow.parquet"),
        ("a.jsonl.zst", "backports.zstd"),
    ],
)
def test_a_missing_library_is_named_with_the_extra_and_stops_no_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    data = samples()[name]
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text(STORY)
    reject, report = read_inputs([tmp_path / name, tmp_path / "b.txt"])
    assert isinstance(reject, Reject)
    assert isinstance(reject.error, MissingExtra)
    assert isinstance(reject.error, InputError)
    assert "pip install 'counterclaim[formats]'" in str(reject.error)
    assert isinstance(report, Report)


def test_a_missing_library_of_a_format_asked_for_by_name_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(UsageError, match="formats"):
        read_inputs([], "pdf")
