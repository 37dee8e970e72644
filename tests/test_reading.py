"""Files and records to reports, and every kind of bad input to a reject that names the mend."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from counterclaim.cli.options import FORMATS
from counterclaim.errors import (
    BrokenFile,
    EmptyReport,
    InputError,
    MalformedRecord,
    NotText,
    ReportTooLong,
    UnreadableFile,
    UnsupportedLanguage,
    UsageError,
)
from counterclaim.reading import READERS, Reject, clean, read_inputs
from counterclaim.records import Report

STORY = "Four soldiers were killed near Tarsk on Tuesday, the army of Norland said.\n"


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def one(path: Path) -> Report:
    (item,) = read_inputs([path])
    assert isinstance(item, Report), item
    return item


def refusal(path: Path) -> InputError:
    (item,) = read_inputs([path])
    assert isinstance(item, Reject), item
    return item.error


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        b"\xef\xbb\xbf" + STORY.encode(),
        STORY.encode("utf-16"),
        STORY.encode("utf-16-le"),
        STORY.encode("utf-32"),
        STORY.replace("\n", "\r\n").encode(),
    ],
)
def test_the_same_text_in_any_unicode_encoding_is_the_same_report(tmp_path: Path, data: bytes) -> None:
    assert one(put(tmp_path, "a.txt", data)).text == STORY


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_bytes_that_are_not_utf8_are_read_as_western_text(tmp_path: Path, encoding: str) -> None:
    story = f"Soldiers from Orvélia and Ströland fled. {STORY}"
    assert one(put(tmp_path, "a.txt", story.encode(encoding))).text == story


def test_windows_quotes_are_read_as_quotes(tmp_path: Path) -> None:
    story = f"“We fled,” she said — Norland’s army came. {STORY}"
    assert one(put(tmp_path, "a.txt", story.encode("cp1252"))).text == story


def test_utf8_with_one_broken_byte_keeps_its_other_letters(tmp_path: Path) -> None:
    story = ("The “Tarsk” brigade’s men fled. " * 200).encode()
    text = one(put(tmp_path, "a.txt", story + b"\xe2\x80 " + STORY.encode())).text
    assert "“Tarsk” brigade’s" in text


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.txt", b"", EmptyReport, "no words"),
        ("a.txt", b" \n\t \xc2\xa0...", EmptyReport, "no words"),
        ("a.txt", b"%PDF-1.7 x", BrokenFile, "PDF"),
        ("a.txt", b"PK\x03\x04 x", BrokenFile, "archive"),
        ("a.txt", b"{\\rtf1 x", NotText, "rich-text"),
        ("a.html", b"\x89PNG\r\n", NotText, "PNG"),
        ("a.jsonl", b"SQLite format 3\x00", NotText, "SQLite"),
        ("a.txt", b"\x00" * 500, NotText, "binary"),
        ("a.txt", random.Random(7).randbytes(4000), NotText, "binary"),
        (
            "a.txt",
            "Quatre soldats ont été tués mardi dans le nord, selon l'armée du pays.",
            UnsupportedLanguage,
            "French",
        ),
        ("a.txt", "Четверо военнослужащих погибли во вторник, сообщили в армии.", UnsupportedLanguage, "Russian"),
        ("a.txt", "Четверо военнослужащих погибли во вторник.".encode("cp1251"), UnsupportedLanguage, "only English"),
        ("a.txt", "قتل أربعة جنود يوم الثلاثاء قرب المدينة", UnsupportedLanguage, "translate"),
        ("a.txt", f"Published: soon\nOutlet: Herald\n\n{STORY}", MalformedRecord, "YYYY-MM-DD"),
        ("a.txt", f"Published: 9999-01-01\n\n{STORY}", MalformedRecord, "between 1800 and 2100"),
        ("a.html", "<html><body></body></html>", EmptyReport, "plain text"),
        ("a.html", "<html>" + "<div>" * 20000 + STORY, EmptyReport, "plain text"),
        ("a.html", "<html>" + "<p>" * 100000 + STORY, ReportTooLong, "tags"),
    ],
)
def test_bad_input_is_a_reject_that_says_why(
    tmp_path: Path, name: str, data: bytes | str, error: type[InputError], says: str
) -> None:
    found = refusal(put(tmp_path, name, data))
    assert type(found) is error
    assert says in str(found)


def test_fifty_megabytes_of_text_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "big.txt", STORY.encode() * (50_000_000 // len(STORY)))
    assert isinstance(refusal(path), ReportTooLong)


def test_a_text_just_above_the_limit_is_refused_and_one_at_it_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", STORY)
    assert [type(item) for item in read_inputs([path], max_chars=len(STORY))] == [Report]
    (item,) = read_inputs([path], max_chars=len(STORY) - 1)
    assert isinstance(item, Reject)
    assert isinstance(item.error, ReportTooLong)


@pytest.mark.parametrize("text", ["49 dead", "KABUL, Afghanistan", "Al-Marib Hodeida", "Killed: 10^12"])
def test_texts_too_short_to_tell_a_language_are_taken_as_english(tmp_path: Path, text: str) -> None:
    assert one(put(tmp_path, "a.txt", text)).language == "en"


def test_a_header_gives_date_outlet_and_title_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    header = "Published: 13 September 2022\nOutlet: Norland Herald\nURL: https://example.org/1\nTitle: Raid\n\n"
    report = one(put(tmp_path, "a.txt", header + STORY))
    assert report == Report(
        text=STORY,
        id="a",
        title="Raid",
        url="https://example.org/1",
        outlet="Norland Herald",
        published="2022-09-13",
        language="en",
        source=str(tmp_path / "a.txt"),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Note: this is no header.\n\n{STORY}",
        f"Title: alone is no header\n\n{STORY}",
        f"Date: 2022-09-13\n{STORY}",
        f"Date: 2022-09-13\nKilled: 4\n\n{STORY}",
        f"Published: 2022-09-13\nDate: 2022-09-14\n\n{STORY}",
    ],
)
def test_what_only_looks_like_a_header_stays_in_the_text(tmp_path: Path, text: str) -> None:
    assert one(put(tmp_path, "a.txt", text)).text == text


def test_a_page_gives_its_article_without_scripts_and_its_metadata(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><title>Raid near Tarsk</title>
    <meta property="og:site_name" content="Norland Herald">
    <meta property="article:published_time" content="2022-09-13T22:00:00+04:00">
    <script>document.write("killed 99 people")</script><style>p {{ color: red }}</style></head>
    <body><article><h1>Raid near Tarsk</h1><p>{STORY}</p><p>Two more were hurt &amp; flown out.</p></article></body>
    </html>"""
    report = one(put(tmp_path, "page.html", page))
    assert STORY.strip() in report.text
    assert "hurt & flown" in report.text
    assert "99" not in report.text
    assert "color" not in report.text
    assert (report.published, report.outlet, report.title) == ("2022-09-13", "Norland Herald", "Raid near Tarsk")


def test_a_page_under_any_name_is_known_by_its_beginning(tmp_path: Path) -> None:
    page = f"<!doctype html><html><body><article><p>{STORY * 3}</p></article></body></html>"
    assert "<" not in one(put(tmp_path, "page.txt", page)).text


def test_records_are_read_line_by_line_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    lines = [
        '{"text": "Four soldiers were killed, the army said.", "id": 7, "published": "2022-09-13T08:00:00Z", "x": 1}',
        '{"text": broken',
        "",
        '{"text": 3}',
        '{"title": "no text"}',
        '{"text": "They were killed in the raid.", "published": "Tuesday"}',
        '{"text": "  "}',
        '{"text": "Les soldats sont morts.", "language": "fr"}',
        '["text"]',
        '{"text": "Two of the men were hurt.", "language": "en-GB", "outlet": "  Herald\\n"}',
    ]
    path = put(tmp_path, "in.jsonl", "\n".join(lines))
    items = list(read_inputs([path]))
    reports = [item for item in items if isinstance(item, Report)]
    rejects = [(item.source, type(item.error)) for item in items if isinstance(item, Reject)]
    assert (reports[0].id, reports[0].published) == ("7", "2022-09-13")
    assert (reports[1].language, reports[1].outlet) == ("en", "Herald")
    assert rejects == [
        (f"{path}:2", MalformedRecord),
        (f"{path}:4", MalformedRecord),
        (f"{path}:5", MalformedRecord),
        (f"{path}:6", MalformedRecord),
        (f"{path}:7", EmptyReport),
        (f"{path}:8", UnsupportedLanguage),
        (f"{path}:9", MalformedRecord),
    ]
    assert items[0] == reports[0]
    assert items[-1] == reports[1]


def test_a_line_above_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    long = '{"text": "' + "x" * 3_000_000 + '"}'
    path = put(tmp_path, "in.jsonl", long + '\n{"text": "Two of the men were hurt."}\n')
    first, second = read_inputs([path], max_chars=1000)
    assert isinstance(first, Reject)
    assert isinstance(first.error, ReportTooLong)
    assert isinstance(second, Report)


def test_characters_that_no_text_holds_are_replaced_one_for_one() -> None:
    dirty = "a\x00b\x07c\x85d\x9fe\ud800f\x0cg\uffffh\ti\n"
    assert clean(dirty) == "a b c\x85d e\ufffdf\ng\ufffdh\ti\n"
    assert len(clean(dirty)) == len(dirty)


def test_folders_are_walked_in_order_and_missing_files_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "sub").mkdir(parents=True)
    put(folder, "b.txt", STORY)
    put(folder, "a.txt", STORY + "B")
    put(folder, ".hidden.txt", STORY)
    put(folder, "picture.png", b"\x89PNG")
    put(folder / "sub", "c.txt", STORY + "C")
    items = list(read_inputs([tmp_path / "missing.txt", folder, tmp_path / "also-missing.txt"]))
    assert [item.id if isinstance(item, Report) else type(item.error) for item in items] == [
        UnreadableFile,
        "a",
        "b",
        "c",
        UnreadableFile,
    ]


def test_an_empty_folder_is_a_reject(tmp_path: Path) -> None:
    assert "no reports in this folder" in str(refusal(tmp_path))


def test_two_files_of_one_stem_get_ids_of_their_own_unless_they_are_the_same_report(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    texts = [STORY, STORY + "And more.", STORY]
    items = list(read_inputs([put(folder, "r.txt", text) for folder, text in zip(folders, texts, strict=True)]))
    first, second, third = (item.id for item in items if isinstance(item, Report))
    assert first == third == "r"
    assert second.startswith("r-")
    assert len(second) == len("r-") + 8


def test_the_standard_input_is_read_and_left_open() -> None:
    stream = io.BytesIO(STORY.encode())
    (item,) = read_inputs(["-"], stdin=stream)
    assert isinstance(item, Report)
    assert len(item.id) == 12
    assert not stream.closed


def test_a_date_given_by_the_caller_overrides_that_of_the_input(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", f"Published: 2020-01-01\n\n{STORY}")
    (item,) = read_inputs([path], published="2022-09-13")
    assert isinstance(item, Report)
    assert item.published == "2022-09-13"


@pytest.mark.parametrize(("kind", "published"), [("docs", None), ("auto", "someday")])
def test_what_the_caller_gets_wrong_is_an_error_at_once(kind: str, published: str | None) -> None:
    with pytest.raises(UsageError):
        read_inputs([], kind, published)


def test_the_command_line_names_every_format() -> None:
    assert [reader.name for reader in READERS] == FORMATS


def test_a_document_in_a_folder_that_cannot_be_read_is_named_and_not_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", STORY)
    put(tmp_path, "b.pdf", b"%PDF-1.7 ...")
    put(tmp_path, "picture.png", b"\x89PNG")
    report, reject = read_inputs([tmp_path])
    assert isinstance(report, Report)
    assert isinstance(reject, Reject)
    assert reject.source.endswith("b.pdf")
    assert "PDF" in str(reject.error)
