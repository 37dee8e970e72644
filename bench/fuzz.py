"""Harmed files through every reader, odd texts through the coder: no crash, no hang, nothing dropped.

`python -m bench.fuzz [--inputs N] [--seed S] [--only INDEX]`. Input number I of seed S is the same on every machine, so
`--only I` does again what was found, in this process and with the exception shown. A worker reads and codes the
inputs; one that dies, or is silent for WATCH seconds, is a finding about the input it had in hand, and the next worker
goes on behind it.

A tenth of the inputs are texts for the coder; the others are files, of which a tenth is coded too. Each coding is done
by the rules; every hundredth text by the shipped coder with its encoder as well, whose time is that of the encoder and
is therefore given apart.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import resource
import select
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterclaim.checking import violations
from counterclaim.cli.options import FORMATS
from counterclaim.errors import InputError
from counterclaim.language import PatternAnalyser
from counterclaim.pipeline import Coder, default_coder
from counterclaim.reading import Reject, Source, finished, read_inputs
from counterclaim.records import CodedReport, Report
from tests import format_samples as made

INPUTS = 100_000
SEED = 9
LIMIT = 2.0
"""Seconds of processor that 100 kB may take, and a shorter input as long."""
SLOWER = 5.0
"""The same with the shipped encoder, which alone takes most of it."""
WATCH = 300.0
"""Seconds on the clock after which a worker that says nothing is held to hang; a busy machine keeps one waiting."""
ROOM = 6 << 30
"""Bytes of address space of a worker, so that a bomb costs itself and not the machine."""

LOUD = [
    "", " ", "\x00", "\ufeff", "\u2028", "\u200b" * 9, "\u202e", "e\u0301", "ﬁ", "İ", "👩‍🚒", "قتل 12 شخصا", "战争",
    "\r\r\n", "\t" * 5, "“", "”", '"', "«", "‘", "’", "…", "—", "--", "(", "))", "[6]", "<b>", "&amp;", "&#x41;",
    "%00", "http://a.b/c?d#e", "10^12", "1/1/1", "31 Feb. 2022", "0", "-1", "99999999999999999999", "1,2,3,4",
    "3.5 million", "½", "Ⅻ", "٣٤", "a dozen", "killed", "wounded", "at least", "more than", "no fewer than",
    "dozens of", "said", "according to", "denied", "claimed", "Gen.", "U.S.", "al-", "O'Neil's",
    "the army of Norland", "in Tarsk", "on Tuesday", "last Friday night", "by 5 p.m.", "A" * 300, "aB" * 200,
    ". " * 50, "the " * 80, "and " * 60, "1 " * 90, "' " * 70, "“a ” " * 40, ", who said that " * 30,
]  # fmt: skip
"""Pieces at which a text is broken: signs, scripts, figures, words of harm and long runs of one thing."""
TOKENS = [
    b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04", b"%PDF-", b"WARC/1.0\r\n", b"PAR1",
    b"BZh9", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"<rss>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>",
    b"<p>" * 40, b"<div>" * 200, b"</html>", b"{", b"}", b"[" * 90, b'"text":', b"null", b"1e999", b"\\ud800",
    b"=?utf-8?q?=FF?=", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"Content-Encoding: gzip\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n",
    b"charset=utf-7", b"charset=nothing", b"obj", b"endstream", b"\r\n\r\n", b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff\xff\xff\xff\xff", b"\x00" * 64,
]  # fmt: skip


@dataclass(frozen=True)
class Input:
    """One input: a file for the readers, read as `kind`, or a text for the coder; and what is done with it."""

    name: str
    data: bytes = b""
    kind: str = "auto"
    text: str | None = None
    published: str | None = None
    coded: bool = False
    encoder: bool = False

    @property
    def size(self) -> int:
        return len(self.data) if self.text is None else len(self.text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True)
class Seen:
    """What became of one: seconds of processor (`encoder` apart), reports and rejects, the findings in words."""

    seconds: float
    encoder: float
    reports: int
    rejects: int
    found: tuple[str, ...]


@cache
def samples() -> dict[str, bytes]:
    """A good file of every format, and some that hold others."""
    mixed = "".join(
        f"--b\r\nContent-Type: text/{kind}\r\n\r\n{body}\r\n"
        for kind, body in (("plain", made.STORY), ("html", made.PAGE))
    )
    entry = f"<entry><id>1</id><title>Raid</title><content>{made.STORY}</content></entry>"
    squeezed = made.http(gzip.compress(made.PAGE.encode(), mtime=0), more="Content-Encoding: gzip\r\n")
    return {
        **made.samples(),
        "a.html": made.PAGE.encode(),
        "a.txt": f"{made.STORY}\n\n{made.MORE}\n".encode(),
        "a.jsonl": made.LINE * 5,
        "atom.xml": f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode(),
        "mixed.eml": made.a_mail(f"{mixed}--b--", kind="multipart/alternative; boundary=b"),
        "nested.zip": made.a_zip({"b.zip": made.a_zip({"a.pdf": made.a_pdf([[made.STORY]])}), "m.eml": made.a_mail()}),
        "gzipped.warc": made.a_warc([("https://e.org/1", squeezed)]),
    }


@cache
def stories() -> tuple[str, ...]:
    """The bundled reports."""
    folder = files("counterclaim").joinpath("data", "reports")
    return tuple(sorted(each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".txt")))


def drawn(seed: int, index: int) -> Input:
    """Input number `index` of a seed."""
    chance = random.Random(f"{seed}:{index}")
    if index % 10 == 0:
        text = _text(chance)
        day = chance.choice([None, "2022-09-13", "1801-01-01", "2099-12-31"])
        return Input("text", text=text, published=day, coded=True, encoder=index % 1000 == 0)
    name = chance.choice(list(samples()))
    data = samples()[name]
    if chance.random() < 0.05:
        data = chance.randbytes(chance.randrange(2000))
    elif chance.random() < 0.1:
        data = _spliced(chance, data, chance.choice(list(samples().values())))
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3, 5, 9])):
        data = _harmed(chance, data)
    kind = "auto" if chance.random() < 0.7 else chance.choice(FORMATS)
    return Input(name, data=data, kind=kind, coded=chance.random() < 0.1)


def _text(chance: random.Random) -> str:
    story = chance.choice(stories())
    words = story.split(" ") if chance.random() < 0.7 else []
    first = chance.randrange(len(words) + 1)
    words = words[first : first + chance.choice([5, 20, 60, 60, 1000])]
    for _ in range(chance.choice([1, 3, 10, 40])):
        at = chance.randrange(len(words) + 1)
        what = chance.randrange(6)
        if what == 0:
            words[at:at] = [chance.choice(LOUD)] * chance.choice([1, 1, 1, 7, 60])
        elif what == 1:
            del words[at : at + chance.randrange(9)]
        elif what == 2:
            words[at:at] = words[chance.randrange(len(words) + 1) :][:20]
        elif what == 3:
            words[at : at + 9] = [
                word.upper() if chance.random() < 0.5 else word.lower() for word in words[at : at + 9]
            ]
        elif what == 4:
            words[at : at + 1] = [
                "".join(chr(chance.choice([chance.randrange(256), chance.randrange(0x110000)])) for _ in range(5))
            ]
        else:
            words[at : at + 20] = ["".join(words[at : at + 20])]
    text = chance.choice([" ", " ", " ", "", "\n"]).join(words)
    if chance.random() < 0.002:
        text = (text or "a ") * (100_000 // (len(text) or 2) + 1)
    return text[:150_000]


def _spliced(chance: random.Random, one: bytes, other: bytes) -> bytes:
    return one[: chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1) :]


def _harmed(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    what = chance.randrange(7)
    if what == 0:
        return data[:at] + chance.randbytes(chance.choice([1, 1, 2, 4, 9])) + data[at + 1 :]
    if what == 1:
        return data[:at] + data[at + chance.choice([1, 4, 30, len(data)]) :]
    if what == 2:
        return data[:at] + chance.choice(TOKENS) * chance.choice([1, 1, 1, 30]) + data[at:]
    if what == 3:
        flipped = bytes(byte ^ (1 << chance.randrange(8)) for byte in data[at : at + 1])
        return data[:at] + flipped + data[at + 1 :]
    if what == 4:
        return data[:at] + chance.choice([b"\x00", b"\xff", b"\x7f"]) * 4 + data[at + 4 :]
    if what == 5:
        piece = data[at : at + chance.choice([4, 40, 400])]
        return data[:at] + piece * chance.choice([2, 3, 50]) + data[at:]
    return data[:at] + chance.choice(TOKENS) + data[at + chance.choice([1, 8]) :]


@cache
def coder() -> Coder:
    """The coder by rules alone."""
    return Coder(PatternAnalyser())


def done(one: Input, *, raising: bool = False) -> Seen:
    """Read and code one input, and say what should not have been."""
    found: list[str] = []
    items: list[Report | Reject] = []
    coded: list[CodedReport | Reject] = []
    encoder = 0.0
    start = time.process_time()
    try:
        if one.text is None:
            items = list(read_inputs(["-"], one.kind, stdin=io.BytesIO(one.data)))
        else:
            items = [_handed_over(one.text, one.published)]
        if one.coded:
            coded = list(coder().code_all(items))
    except Exception as error:
        if raising:
            raise
        found.append(f"raises {type(error).__name__}: {error}")
    seconds = time.process_time() - start
    if one.encoder and not found:
        start = time.process_time()
        coded += list(default_coder().code_all(items))
        encoder = time.process_time() - start
    found += _wrong(one, items, coded)
    kilobytes = max(1.0, one.size / 100_000)
    if seconds > LIMIT * kilobytes or encoder > SLOWER * kilobytes:
        found.append(f"hangs: {seconds:.1f} s, with the encoder {encoder:.1f} s, for {one.size:,} bytes")
    reports = sum(isinstance(item, Report) for item in items)
    return Seen(seconds, encoder, reports, len(items) - reports, tuple(found))


def _handed_over(text: str, published: str | None) -> Report | Reject:
    """A text as `counterclaim.code` takes it."""
    try:
        return finished(Report(text=text, published=published), Source("text"))
    except InputError as error:
        return Reject("text", error)


def _wrong(one: Input, items: Sequence[Report | Reject], coded: Sequence[CodedReport | Reject]) -> Iterator[str]:
    if not items:
        yield "drops the input: neither a report nor a reject"
    for item in items:
        if not isinstance(item, Report | Reject) or not item.source:
            yield f"gives {item!r:.80}, which is no report and no reject with a source"
        elif isinstance(item, Report) and not item.text.strip():
            yield "accepts a report without words"
    if one.coded and len(coded) != len(items) * (1 + one.encoder):
        yield f"drops reports: {len(items)} accepted, {len(coded)} coded or rejected"
    for outcome in coded:
        if isinstance(outcome, CodedReport):
            yield from (f"breaks the contract: {told}" for told in violations(outcome)[:3])
            if CodedReport.from_json(outcome.to_json()) != outcome:
                yield "does not come back from its JSON as it was"
        elif outcome.error.code == "coding-failed":
            yield f"coding fails: {outcome.error}"


# --- workers ----------------------------------------------------------------------------------------------------------

_RECORD = struct.Struct("<ddII")


def warm() -> None:
    """Load what is loaded on first use, so that it counts against no input."""
    done(Input("text", text=made.STORY, coded=True, encoder=True))
    for name, data in samples().items():
        done(Input(name, data))


def _work(seed: int, numbers: range, writing: int, tell: Callable[[str], None]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    warm()
    for index in numbers:
        seen = done(drawn(seed, index))
        for message in seen.found:
            tell(f"{index} ({drawn(seed, index).name}): {message}")
        os.write(writing, _RECORD.pack(seen.seconds, seen.encoder, seen.reports, seen.rejects))


def _watched(seed: int, numbers: range, tell: Callable[[str], None]) -> Iterator[Seen]:
    """What became of the inputs in their order; a dead or silent worker is a finding, the next goes on behind it."""
    left = numbers
    while left:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                _work(seed, left, writing, tell)
                os._exit(0)
            finally:
                os._exit(1)
        os.close(writing)
        count, how = 0, ""
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            while count < len(left):
                if not select.select([pipe], [], [], WATCH)[0]:
                    how = f"hangs: nothing for {WATCH:.0f} s"
                    break
                record = pipe.read(_RECORD.size)
                if len(record) < _RECORD.size:
                    how = "kills its worker"
                    break
                count += 1
                seconds, encoder, reports, rejects = _RECORD.unpack(record)
                yield Seen(seconds, encoder, reports, rejects, ())
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if how:
            told = f"{how} (status {status})"
            tell(f"{left[count]} ({drawn(seed, left[count]).name}): {told}")
            yield Seen(0, 0, 0, 0, (told,))
            count += 1
        left = left[count:]


def measure(inputs: int = INPUTS, seed: int = SEED, first: int = 0) -> dict[str, float]:
    """Figures over inputs `first` to `first + inputs`; findings are said on standard error."""
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)
    figures: Counter[str] = Counter()
    slowest = encoder = 0.0

    def tell(message: str) -> None:
        os.write(write_end, (message.replace("\n", " ")[:900] + "\n").encode("utf-8", "replace"))

    findings: list[str] = []
    for number, seen in enumerate(_watched(seed, range(first, first + inputs), tell)):
        figures["reports"] += seen.reports
        figures["rejects"] += seen.rejects
        slowest, encoder = max(slowest, seen.seconds), max(encoder, seen.encoder)
        if number % 1000 == 0:
            findings += _heard(read_end)
            print(f"{number:,} inputs, {len(findings)} findings", file=sys.stderr, flush=True)
    findings += _heard(read_end)
    of = Counter(_class(message) for message in findings)
    return {
        "inputs": float(inputs),
        "seed": float(seed),
        "reports": float(figures["reports"]),
        "rejects": float(figures["rejects"]),
        "crashes": float(of["crash"]),
        "hangs": float(of["hang"]),
        "dropped": float(of["drop"]),
        "broken_contracts": float(of["contract"]),
        "slowest_seconds": slowest,
        "slowest_seconds_with_encoder": encoder,
    }


def _heard(reading: int) -> list[str]:
    heard = bytearray()
    try:
        while part := os.read(reading, 65536):
            heard += part
    except BlockingIOError:
        pass
    messages = heard.decode().splitlines()
    for message in messages:
        print(f"FOUND {message}", file=sys.stderr, flush=True)
    return messages


def _class(message: str) -> str:
    told = message.partition(": ")[2]
    starts = {"hangs": "hang", "drops": "drop", "breaks": "contract", "does not": "contract", "accepts": "contract"}
    return next((kind for start, kind in starts.items() if told.startswith(start)), "crash")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", type=int, metavar="INDEX", help="do one input again, here, and show what it is")
    options = parser.parse_args()
    if options.only is not None:
        one = drawn(options.seed, options.only)
        print(one)
        print(done(one, raising=True))
        return
    for name, value in measure(options.inputs, options.seed, options.first).items():
        print(f"{name}\t{value:g}")


if __name__ == "__main__":
    main()
