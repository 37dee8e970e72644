"""An index over incidents for the pages: a SQLite file that can be thrown away and built again.

The casebook keeps what was recorded; which incidents that makes is worked out by linking and estimating. This index
holds their outcome so that a filter over a hundred thousand incidents answers in a fraction of a second.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from counterclaim.errors import UsageError
from counterclaim.linking.incident import Incident
from counterclaim.records import Record
from counterclaim.serving.facts import Facts, Positions
from counterclaim.serving.filters import IncidentFilter
from counterclaim.serving.indexing import COLUMNS, LAYOUT, Indexed, Said, folded, plain, write_index

PIN: Final = 3
"""UCDP where_prec up to which an incident is drawn as a point (a district at most); above it only its area is known."""


REMEMBERED: Final = 32
"""Outcomes of filters kept, of 0.4 MB each at most for 100,000 incidents."""


class Row(Record, frozen=True, kw_only=True):
    """One line of the table of incidents. `low`, `best`, `high`: killed, by the rule of the index."""

    n: int
    id: str
    title: str
    day: str
    last_day: str
    place: str
    country: str
    lat: float | None
    lon: float | None
    where_prec: int | None
    grade: str
    reports: int
    claims: int
    contested: bool
    low: int | None
    best: int | None
    high: int | None


class IncidentPage(Record, frozen=True, kw_only=True):
    """Some rows, the number of all that match, and the cursor of the next page or null."""

    rows: tuple[Row, ...]
    total: int
    next: str | None


class Spot(Record, frozen=True, kw_only=True):
    """Incidents drawn as one mark: mean WGS84 degrees, how many, killed by the best estimates, the least exact
    where_prec among them, id and title of one.
    """

    lat: float
    lon: float
    incidents: int
    killed: int
    where_prec: int
    id: str
    title: str


class Area(Record, frozen=True, kw_only=True):
    """A country's incidents, `vague` those of which no more exact place is known; killed by the best estimates."""

    country: str
    incidents: int
    vague: int
    killed: int


class Span(Record, frozen=True, kw_only=True):
    """A period of the timeline: `2022`, `2022-09` or `2022-09-13`."""

    period: str
    incidents: int
    killed: int


class Tied(Record, frozen=True, kw_only=True):
    """A claim in the list of an actor or a source, with the incident it tells of."""

    incident: str
    title: str
    said: Said


class Quoted(Record, frozen=True, kw_only=True):
    """A source or actor in the list of all: how many incidents, how many claims in each role (see `Indexed`), and how
    many contradictions or denials it is part of.
    """

    name: str
    incidents: int
    claims: dict[str, int]
    opposed: int


class Opposed(Record, frozen=True, kw_only=True):
    """Another source that contradicts this one: how often, and one case of it."""

    name: str
    times: int
    incident: str
    why: str


class Item(Record, frozen=True, kw_only=True):
    """A line of the review queue. `id` is its place in this index, `doubt` 0-1, `priority` doubt times weight.

    `figure`, `victims`, `teller`: of a claim; `other` and `other_title`: of an offered link.
    """

    id: int
    kind: str
    incident: str
    title: str
    day: str
    priority: float
    doubt: float
    why: str
    report: str = ""
    record: str = ""
    figure: str = ""
    harm: str = ""
    victims: str = ""
    teller: str = ""
    other: str = ""
    other_title: str = ""


class IncidentIndex:
    """Filters, pages, map and timeline over incidents. Any number of threads: each reads by a connection of its own."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self.stamp = str(self._one("SELECT value FROM about WHERE key = 'stamp'")[0])
        self.decided = int(self._one("SELECT value FROM about WHERE key = 'decided'")[0])
        self.took = float(self._one("SELECT value FROM about WHERE key = 'took'")[0])
        self._facts = Facts.unpacked(dict(self._all("SELECT name, data FROM facts")))
        # A page asks the same thing for its table, its map and its timeline.
        self._matching = lru_cache(REMEMBERED)(self._match)

    @classmethod
    def build(cls, path: str, found: Iterable[Indexed], *, rule: str, stamp: str = "", decided: int = 0) -> Self:
        """Write an index to a file and open it. `rule` names the estimate shown; `stamp` says of what it is one;
        `decided` is the last decision that is in it.
        """
        write_index(path, found, rule=rule, stamp=f"{LAYOUT} {stamp}", decided=decided)
        return cls(path)

    def of(self, stamp: str) -> bool:
        """Whether it is an index of what has this stamp."""
        return self.stamp == f"{LAYOUT} {stamp}"

    def close(self) -> None:
        """Close the file for every thread."""
        while self._opened:
            self._opened.pop().close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()

    def _all(self, query: str, values: Iterable[object] = ()) -> list[Any]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{Path(self.path).absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._local.connection = connection
            self._opened.append(connection)
        return connection.execute(query, tuple(values)).fetchall()

    def _one(self, query: str, values: Iterable[object] = ()) -> Any:
        return self._all(query, values)[0]

    # --- incidents ----------------------------------------------------------------------------------------------------

    def get(self, id: str) -> Incident | None:
        """An incident by id."""
        found = self._all("SELECT w.json FROM incident i JOIN whole w USING(n) WHERE i.id = ?", (plain(id),))
        return Incident.from_json(found[0][0]) if found else None

    def of_report(self, report: str) -> list[Row]:
        """The incidents of which a report tells, newest first."""
        return [
            _row(record)
            for record in self._all(
                f"SELECT {COLUMNS} FROM incident WHERE n IN (SELECT n FROM member WHERE report = ?) "
                "ORDER BY day DESC, n DESC",
                (plain(report),),
            )
        ]

    def rows(self, wanted: IncidentFilter, *, limit: int = 50, cursor: str = "") -> IncidentPage:
        """Newest first. Raises UsageError for a cursor that no page gave."""
        found = self._matching(wanted)
        begin = 0
        if cursor:
            try:
                begin = int(np.searchsorted(found, self._facts.position(int(cursor)), side="right"))
            except (ValueError, IndexError):
                raise UsageError("cursor: take it from the `next` of the page before") from None
        numbers = [int(n) for n in self._facts.n[found[begin : begin + limit]]]
        by_number = {row[0]: row for row in self._numbered(COLUMNS, numbers)}
        more = len(found) > begin + limit
        return IncidentPage(
            rows=tuple(_row(by_number[n]) for n in numbers), total=len(found), next=str(numbers[-1]) if more else None
        )

    def every(self, wanted: IncidentFilter) -> Iterator[Incident]:
        """All incidents that match, newest first: for exports."""
        for n in self._facts.n[self._matching(wanted)]:
            yield Incident.from_json(self._one("SELECT json FROM whole WHERE n = ?", (int(n),))[0])

    def _numbered(self, columns: str, numbers: Sequence[int]) -> Iterator[Any]:
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            yield from self._all(f"SELECT {columns} FROM incident WHERE n IN ({', '.join('?' * len(part))})", part)

    def _match(self, wanted: IncidentFilter) -> Positions:
        """The positions of the incidents that a filter lets through."""
        members = []
        for kind, exact in (("harm", wanted.harm), ("act", wanted.act)):
            if exact:
                members.append(self._members("name = ?", kind, exact))
        for kind, part in (("actor", wanted.actor), ("source", wanted.source), ("place", wanted.place)):
            if part:
                members.append(self._members("name LIKE ? ESCAPE '\\'", kind, f"%{_literal(part)}%"))
        if wanted.q:
            words = " ".join('"' + word.replace('"', '""') + '"*' for word in plain(wanted.q).split())
            found = self._all("SELECT rowid FROM words WHERE words MATCH ?", (words,))
            members.append(np.fromiter((n for (n,) in found), np.int32, len(found)))
        return self._facts.matching(
            members=members,
            country=wanted.country,
            grade=wanted.grade,
            since=wanted.since,
            until=wanted.until,
            least=wanted.least,
            certain=wanted.certain,
            box=wanted.bbox,
            pin=PIN,
        )

    def _members(self, condition: str, kind: str, name: str) -> npt.NDArray[np.int32]:
        found = self._all(f"SELECT members FROM name WHERE kind = ? AND {condition}", (kind, plain(name)))
        return np.frombuffer(b"".join(members for (members,) in found), np.int32)

    # --- pictures -----------------------------------------------------------------------------------------------------

    def spots(
        self, wanted: IncidentFilter, cell: float, view: tuple[float, float, float, float] | None = None
    ) -> list[Spot]:
        """The incidents whose place is known closely enough, gathered over a grid of `cell` degrees; of a map that
        shows only `view` (west, south, east, north in degrees) those that may be seen.
        """
        found = list(self._facts.cells(self._matching(wanted), cell, PIN, view))
        alone = [n for *_, times, _, _, n in found if times == 1]
        titles = {n: (id, title) for n, id, title in self._numbered("n, id, title", alone)}
        return [
            Spot(
                lat=round(lat, 4),
                lon=round(lon, 4),
                incidents=times,
                killed=killed,
                where_prec=precision,
                id=titles[n][0] if n in titles else "",
                title=titles[n][1] if n in titles else "",
            )
            for lat, lon, times, killed, precision, n in found
        ]

    def areas(self, wanted: IncidentFilter) -> list[Area]:
        """Countries with their incidents, those with the most first."""
        found = self._facts.countries(self._matching(wanted), PIN)
        return [Area(country=code, incidents=times, vague=vague, killed=killed) for code, times, vague, killed in found]

    def timeline(self, wanted: IncidentFilter, digits: int | None = None) -> list[Span]:
        """Incidents by year (4 digits), month (7) or day (10), in order; by what suits their span where not given."""
        found = list(self._facts.days(self._matching(wanted)))
        if not found:
            return []
        size = digits or _digits(found[0][0], found[-1][0])
        gathered: dict[str, tuple[int, int]] = {}
        for day, times, killed in found:
            before = gathered.get(day[:size], (0, 0))
            gathered[day[:size]] = (before[0] + times, before[1] + killed)
        return [Span(period=period, incidents=times, killed=killed) for period, (times, killed) in gathered.items()]

    # --- names --------------------------------------------------------------------------------------------------------

    def terms(self, kind: str, *, limit: int = 200) -> list[tuple[str, int]]:
        """The commonest names of a kind (actor, act, harm, source, place) with the number of their incidents."""
        return self._all(
            "SELECT name, incidents FROM name WHERE kind = ? ORDER BY incidents DESC, name LIMIT ?", (kind, limit)
        )

    def quoted(self, kind: str, roles: Sequence[str], *, limit: int = 200) -> list[Quoted]:
        """The commonest names of a kind with what is said by or of them, those with the most claims first."""
        found = []
        for name, incidents in self.terms(kind, limit=limit):
            counts = {
                role: self._one("SELECT count(*) FROM party WHERE role = ? AND name = ?", (role, folded(name)))[0]
                for role in roles
            }
            opposed = self._one("SELECT count(*) FROM against WHERE teller = ?1 OR other = ?1", (name,))[0]
            found.append(Quoted(name=name, incidents=incidents, claims=counts, opposed=opposed))
        return sorted(found, key=lambda one: (-sum(one.claims.values()), -one.incidents, one.name))

    def reports(self, wanted: IncidentFilter) -> set[str]:
        """The reports that tell of incidents that match."""
        chosen = set(self._facts.n[self._matching(wanted)].tolist())
        return {report for report, n in self._all("SELECT report, n FROM member") if n in chosen}

    def countries(self) -> list[tuple[str, int]]:
        """Countries with the number of their incidents."""
        return [(area.country, area.incidents) for area in self.areas(IncidentFilter())]

    def said(self, role: str, name: str, *, limit: int = 200) -> tuple[list[Tied], int]:
        """Claims listed under a name in a role (see `Indexed`), the latest incidents first, and how many there are."""
        values = (role, folded(name))
        total = self._one("SELECT count(*) FROM party WHERE role = ? AND name = ?", values)[0]
        found = self._all(
            "SELECT i.id, i.title, s.json FROM party p JOIN said s USING(c) JOIN incident i USING(n) "
            "WHERE p.role = ? AND p.name = ? ORDER BY i.day DESC, s.c LIMIT ?",
            (*values, limit),
        )
        return [Tied(incident=id, title=title, said=Said.from_json(line)) for id, title, line in found], total

    def of_incident(self, id: str) -> list[Said]:
        """The claims of an incident as the lists show them."""
        found = self._all(
            "SELECT s.json FROM incident i JOIN said s USING(n) WHERE i.id = ? ORDER BY s.c", (plain(id),)
        )
        return [Said.from_json(line) for (line,) in found]

    def queue(self, kind: str = "", *, limit: int = 50, after: tuple[float, int] | None = None) -> list[Item]:
        """What to review first, of a kind ("" all); `after` is (priority, id) of the last item of the page before."""
        conditions = ["q.kind = ?"] if kind else []
        values: list[object] = [kind] if kind else []
        if after:
            conditions.append("(q.priority < ? OR (q.priority = ? AND q.d > ?))")
            values += [after[0], after[0], after[1]]
        found = self._all(
            "SELECT q.d, q.kind, i.id, i.title, i.day, q.priority, q.doubt, q.why, q.report, q.record, q.other, "
            "coalesce(o.title, ''), s.json FROM doubt q JOIN incident i USING(n) LEFT JOIN said s ON s.c = q.c "
            "LEFT JOIN incident o ON q.other <> '' AND o.id = q.other "
            f"{'WHERE ' if conditions else ''}{' AND '.join(conditions)} ORDER BY q.priority DESC, q.d LIMIT ?",
            (*values, limit),
        )
        return [_item(row) for row in found]

    def in_doubt(self) -> dict[str, int]:
        """How many items of each kind the queue holds."""
        return dict(self._all("SELECT kind, count(*) FROM doubt GROUP BY kind"))

    def opposed(self, teller: str) -> list[Opposed]:
        """The sources that contradict or deny a source, or that it contradicts, the most frequent first."""
        found = self._all(
            "SELECT name, count(*) AS times, max(i.id), max(why) FROM ("
            "SELECT other AS name, n, why FROM against WHERE teller = ?1 UNION ALL "
            "SELECT teller, n, why FROM against WHERE other = ?1) JOIN incident i USING(n) "
            "GROUP BY name ORDER BY times DESC, name LIMIT 100",
            (plain(teller),),
        )
        return [Opposed(name=name, times=times, incident=id, why=why) for name, times, id, why in found]


def _digits(first: str, last: str) -> int:
    years = int(last[:4]) - int(first[:4])
    return 4 if years > 6 else 7 if first[:7] != last[:7] else 10


def _row(record: tuple[object, ...]) -> Row:
    values = dict(zip(Row.__struct_fields__, record, strict=True))
    values["contested"] = bool(values["contested"])
    return Row(**values)  # type: ignore[arg-type]


def _item(row: tuple[Any, ...]) -> Item:
    *values, said = row
    names = ("id", "kind", "incident", "title", "day", "priority", "doubt", "why", "report", "record", "other")
    given = dict(zip((*names, "other_title"), values, strict=True))
    told = Said.from_json(said) if said else None
    if told:
        given |= {name: getattr(told, name) for name in ("figure", "harm", "victims", "teller")}
    return Item(**given)


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
