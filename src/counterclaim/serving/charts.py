"""Pictures as SVG, made here and not in the browser: they print, need no script, and stand above their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise
from textwrap import wrap
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

WIDTH: Final = 960
SIDES: Final = 5
"""Shapes and colours there are; the last is for sources that speak for no side."""
NOBODY: Final = SIDES - 1
NAMED: Final = 74
"""Width from which a claim in the chart has room for its source's name."""


class Bar(NamedTuple):
    """A period of the timeline: its label, incidents, killed, and the address that filters by it."""

    period: str
    incidents: int
    killed: int
    href: str


class Mark(NamedTuple):
    """A claim in the chart of who said how many when. `low` or `high` None: open on that side.

    `side` gives shape and colour, `chain` is the same for all figures of one source, `faint` marks a figure that its
    source replaced.
    """

    day: str
    low: int | None
    high: int | None
    figure: str
    teller: str
    side: int
    chain: str
    denied: bool
    faint: bool
    href: str
    label: str


class Whisker(NamedTuple):
    """An estimate beside the claims: the rule's name, and persons."""

    name: str
    low: int | None
    best: int | None
    high: int | None
    href: str


class Pair(NamedTuple):
    """A row of the chart of two accounts: what the one says and what the others say, persons as (low, high)."""

    label: str
    href: str
    one: Sequence[tuple[int, int]]
    other: Sequence[tuple[int, int]]


def _text(words: object) -> str:
    return escape(str(words), {'"': "&quot;", "'": "&#39;"})


def _svg(kind: str, width: int, height: float, label: str, parts: Iterable[str]) -> str:
    # A group, not an image: what is linked inside must be reachable by keyboard and screen reader.
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height:g}" role="group" aria-label="{_text(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _ticks(most: int) -> list[int]:
    """Round numbers from 0 to about `most`."""
    step = 10 ** max(0, len(str(most)) - 1)
    while most / step < 3 and step > 1:
        step = step // 2 if str(step)[0] == "1" else step * 2 // 5
    while most / step > 6:
        step *= 2
    return list(range(0, most + 1, max(1, step)))


def _margin(most: int) -> int:
    """Width of the numbers beside an axis."""
    return 18 + 8 * len(f"{most:,}")


def timeline(bars: Sequence[Bar], width: int = 480, height: int = 150) -> str:
    """Incidents over time, a bar a period, each bar a link. "" where there is nothing to draw."""
    if not bars:
        return ""
    most = max(bar.incidents for bar in bars)
    left, bottom = _margin(most), height - 22
    step = (width - left) / len(bars)
    parts = []
    for number in _ticks(most):
        y = bottom - (bottom - 12) * number / most
        parts.append(f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{width}" y2="{y:.1f}"/>')
        parts.append(f'<text class="n" x="{left - 5}" y="{y + 4:.1f}">{number:,}</text>')
    for number, bar in enumerate(bars):
        if not bar.incidents:
            continue
        tall = max(3.0, (bottom - 12) * bar.incidents / most)
        x = left + number * step
        wide = min(step * 0.8, 60)
        label = f"{bar.period}: {bar.incidents} incidents, {bar.killed} killed by the best estimates"
        parts.append(
            f'<a href="{_text(bar.href)}" aria-label="{_text(label)}"><title>{_text(label)}</title>'
            f'<rect class="hit" x="{x:.1f}" y="0" width="{step:.1f}" height="{bottom}"/>'
            f'<rect class="bar" x="{x + (step - wide) / 2:.1f}" y="{bottom - tall:.1f}" '
            f'width="{max(1.0, wide):.1f}" height="{tall:.1f}"/></a>'
        )
    every = -(-len(bars) // max(1, (width - left) // 70))
    for number in range(0, len(bars), every):
        parts.append(
            f'<text x="{left + (number + 0.5) * step:.1f}" y="{height - 6}">{_text(bars[number].period)}</text>'
        )
    return _svg("timeline", width, height, "Incidents over time; the table below holds the same", parts)


def ledger(marks: Sequence[Mark], whiskers: Sequence[Whisker] = (), height: int = 300) -> str:
    """Claims of one harm in the order in which they were made, each source's figures joined by a line, and beside them
    what each rule makes of them, on the same scale. A filled shape is a figure, a line a range, an arrow an open bound,
    a cross a denial, at the foot where it denies no figure but the act. "" where no claim has a figure.
    """
    marks = [mark for mark in marks if _has_figure(mark) or mark.denied]
    if not any(_has_figure(mark) for mark in marks):
        return ""
    # The claims and the best estimates set the scale; an interval that reaches far beyond is cut, with an arrow.
    ends = [end for mark in marks for end in (mark.low, mark.high)] + [whisker.best for whisker in whiskers]
    most = max(1, *(end for end in ends if end is not None))
    reach = max([whisker.high for whisker in whiskers if whisker.high is not None], default=0)
    most = max(most, min(reach, round(most * 1.3)))
    left, top, bottom = _margin(most), 30, height - 44
    right = WIDTH - (26 + 86 * len(whiskers) if whiskers else 12)
    slot = min(190.0, (right - left) / len(marks))

    def down(number: int) -> float:
        return bottom - (bottom - top) * number / most

    parts = []
    for number in _ticks(most):
        parts.append(
            f'<line class="grid" x1="{left}" y1="{down(number):.1f}" x2="{WIDTH - 8}" y2="{down(number):.1f}"/>'
        )
        parts.append(f'<text class="n" x="{left - 7}" y="{down(number) + 4:.1f}">{number:,}</text>')
    at = 0
    for day, group in groupby(marks, key=lambda mark: mark.day):
        size = len(list(group))
        if at:
            x = left + at * slot
            parts.append(f'<line class="day" x1="{x:.1f}" y1="{top - 12}" x2="{x:.1f}" y2="{bottom + 6}"/>')
        if size * slot > 66:
            x = left + (at + size / 2) * slot
            parts.append(f'<text x="{x:.1f}" y="{bottom + 20}">{_text(day or "undated")}</text>')
        at += size
    xs = [left + (number + 0.5) * slot for number in range(len(marks))]
    for chain in dict.fromkeys(mark.chain for mark in marks):
        own = [(x, mark) for x, mark in zip(xs, marks, strict=True) if mark.chain == chain and not mark.denied]
        for (x1, one), (x2, other) in pairwise(own):
            y1, y2 = down(_stated(one)), down(_stated(other))
            parts.append(f'<path class="chain side{one.side}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')
    parts += [_claim(mark, x, down, top, slot) for mark, x in zip(marks, xs, strict=True)]
    for number, whisker in enumerate(whiskers):
        parts.append(_whisker(whisker, right + 26 + (number + 0.35) * 86, down, top, bottom))
    if whiskers:
        parts.append(f'<line class="axis" x1="{right + 16}" y1="{top - 12}" x2="{right + 16}" y2="{bottom + 6}"/>')
        parts.append(f'<text x="{(right + 26 + WIDTH) / 2:.1f}" y="{height - 6}">estimates, by rule</text>')
    parts.append(f'<text x="{(left + right) / 2:.1f}" y="{height - 6}">claims, by day of publication</text>')
    return _svg("ledger", WIDTH, height, "Who said how many, over time; the table below holds the same", parts)


def _has_figure(mark: Mark) -> bool:
    return mark.low is not None or mark.high is not None


def _stated(mark: Mark) -> int:
    return mark.low if mark.low is not None else mark.high or 0


def _claim(mark: Mark, x: float, down: Callable[[int], float], top: int, slot: float) -> str:
    y = down(_stated(mark)) if _has_figure(mark) else down(0) - 14
    shapes = []
    if mark.low is not None and mark.high is not None and mark.low != mark.high:
        shapes.append(f'<path class="range" d="M{x:.1f} {y:.1f}V{down(mark.high):.1f}"/>')
    elif not _has_figure(mark):
        pass
    elif mark.high is None:
        end = max(top - 8.0, y - 26)
        shapes.append(f'<path class="range" d="M{x:.1f} {y:.1f}V{end:.1f}m-4 5l4 -5l4 5"/>')
    elif mark.low is None:
        shapes.append(f'<path class="range" d="M{x:.1f} {y:.1f}V{min(down(0), y + 26):.1f}m-4 -5l4 5l4 -5"/>')
    if mark.denied:
        shapes.append(f'<path class="cross" d="M{x - 6:.1f} {y - 6:.1f}l12 12m0 -12l-12 12"/>')
    else:
        shapes.append(shape(mark.side, x, y))
    if slot >= 26:
        # Beneath the mark; above it and its arrow where the axis, or an arrow downwards, is in the way.
        who = _broken(mark.teller, int(slot / 6.6)) if slot >= NAMED else []
        tall = 13 * len(who)
        if mark.low is not None and y + 22 + tall < down(0):
            first = y + 20
        elif mark.high is None and mark.low is not None:
            first = y - 36 - tall
        else:
            first = (min(y, down(mark.high)) if mark.high is not None else y) - 12 - tall
        told = mark.figure if slot >= NAMED else _short(mark.figure, int(slot / 6))
        shapes.append(f'<text x="{x:.1f}" y="{first:.1f}">{_text(told)}</text>')
        for number, words in enumerate(who, 1):
            shapes.append(f'<text class="who" x="{x:.1f}" y="{first + 13 * number:.1f}">{_text(words)}</text>')
    return (
        f'<a class="side{mark.side}{" faint" if mark.faint else ""}" href="{_text(mark.href)}" '
        f'aria-label="{_text(mark.label)}"><title>{_text(mark.label)}</title>{"".join(shapes)}</a>'
    )


def shape(side: int, x: float, y: float) -> str:
    """The mark of a side: told apart by form as well as by colour."""
    forms = (
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="6"/>',
        f'<rect class="dot" x="{x - 5.5:.1f}" y="{y - 5.5:.1f}" width="11" height="11"/>',
        f'<path class="dot" d="M{x:.1f} {y - 7:.1f}l7 12h-14z"/>',
        f'<path class="dot" d="M{x:.1f} {y - 7.5:.1f}l7.5 7.5l-7.5 7.5l-7.5 -7.5z"/>',
        f'<circle class="dot hollow" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
    )
    return forms[side]


def key(side: int) -> str:
    """A side's mark alone, for legends and tables."""
    return f'<svg class="key side{side}" viewBox="0 0 18 18" aria-hidden="true">{shape(side, 9, 9)}</svg>'


def _whisker(one: Whisker, x: float, down: Callable[[int], float], top: int, bottom: int) -> str:
    low, high = one.low, one.high
    y_low = down(low) if low is not None else float(bottom)
    y_high = max(top - 8.0, down(high)) if high is not None else top - 8.0
    label = f"{one.name}: best {_end(one.best)}, from {_end(low)} to {_end(high)}"
    shapes = [f'<path class="range" d="M{x:.1f} {y_low:.1f}V{y_high:.1f}"/>']
    if low is not None:
        shapes.append(f'<path class="range" d="M{x - 6:.1f} {y_low:.1f}h12"/>')
    end = "m-4 5l4 -5l4 5" if y_high <= top - 8 else "m-6 0h12"
    shapes.append(f'<path class="range" d="M{x:.1f} {y_high:.1f}{end}"/>')
    if one.best is not None:
        shapes.append(f'<path class="best" d="M{x - 11:.1f} {down(one.best):.1f}h22"/>')
        shapes.append(f'<text class="s" x="{x + 15:.1f}" y="{down(one.best) + 4:.1f}">{one.best:,}</text>')
    elif low is not None and high is not None:
        middle = (y_low + y_high) / 2 + 4
        shapes.append(f'<text class="s" x="{x + 11:.1f}" y="{middle:.1f}">{low:,}–{high:,}</text>')
    shapes.append(f'<text x="{x:.1f}" y="{bottom + 20}">{_text(one.name)}</text>')
    return (
        f'<a class="rule" href="{_text(one.href)}" aria-label="{_text(label)}"><title>{_text(label)}</title>'
        f"{''.join(shapes)}</a>"
    )


def _end(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"


def balance(pairs: Sequence[Pair], one: str, other: str) -> str:
    """Two accounts of the same losses, a row an incident: circles what `one` says, squares what the others say."""
    if not pairs:
        return ""
    left, right, row, top = 300, WIDTH - 24, 30, 26
    most = max([end for pair in pairs for span in (*pair.one, *pair.other) for end in span] + [1])
    bottom = top + row * len(pairs)
    parts = []
    for number in _ticks(most):
        x = left + (right - left) * number / most
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{top - 6}" x2="{x:.1f}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}">{number:,}</text>')
    for at, pair in enumerate(pairs):
        y = top + (at + 0.5) * row
        spans = [(0, span) for span in pair.one] + [(1, span) for span in pair.other]
        shapes = [f'<text class="n" x="{left - 12}" y="{y + 4:.1f}">{_text(_short(pair.label))}</text>']
        for side, (low, high) in spans:
            x = left + (right - left) * low / most
            if high != low:
                shapes.append(
                    f'<path class="range side{side}" d="M{x:.1f} {y:.1f}H{left + (right - left) * high / most:.1f}"/>'
                )
            shapes.append(f'<g class="side{side}">{shape(side, x, y)}</g>')
        said = ", ".join(f"{(one, other)[side]}: {low:,}" for side, (low, _) in spans)
        label = f"{pair.label}: {said}"
        parts.append(
            f'<a href="{_text(pair.href)}" aria-label="{_text(label)}"><title>{_text(label)}</title>'
            f"{''.join(shapes)}</a>"
        )
    return _svg("balance", WIDTH, bottom + 24, f"Losses: {one} and {other}; the tables below hold the same", parts)


def _broken(words: str, most: int) -> list[str]:
    """Words on two lines of `most` letters at the most."""
    lines = wrap(words, most)
    return lines if len(lines) <= 2 else [lines[0], _short(" ".join(lines[1:]), most)]


def _short(label: str, most: int = 42) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
