"""Writing the index of incidents: its tables, and an incident into them."""

from __future__ import annotations

import os
import sqlite3
import time
from array import array
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from math import nan
from pathlib import Path
from typing import Final, NamedTuple

from counterclaim.linking.incident import Incident
from counterclaim.records import Record
from counterclaim.reviewing.doubts import Doubt
from counterclaim.serving.facts import Fact, Facts

LAYOUT: Final = 6
"""The number of this layout. A kept index of another is built anew; it goes up with every change of the tables."""

SCHEMA: Final = """
CREATE TABLE incident(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, day TEXT NOT NULL, last_day TEXT NOT NULL,
  place TEXT NOT NULL, country TEXT NOT NULL, lat REAL, lon REAL, where_prec INTEGER, grade TEXT NOT NULL,
  reports INTEGER NOT NULL, claims INTEGER NOT NULL, contested INTEGER NOT NULL,
  low INTEGER, best INTEGER, high INTEGER);
CREATE TABLE whole(n INTEGER PRIMARY KEY, json BLOB NOT NULL);
CREATE TABLE name(k INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, incidents INTEGER NOT NULL,
  members BLOB NOT NULL, UNIQUE(kind, name));
CREATE TABLE facts(name TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE member(report TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(report, n)) WITHOUT ROWID;
CREATE TABLE said(c INTEGER PRIMARY KEY, n INTEGER NOT NULL, json BLOB NOT NULL);
CREATE TABLE party(role TEXT NOT NULL, name TEXT NOT NULL, c INTEGER NOT NULL,
  PRIMARY KEY(role, name, c)) WITHOUT ROWID;
CREATE TABLE against(teller TEXT NOT NULL, other TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
  why TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, place, names, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE doubt(d INTEGER PRIMARY KEY, n INTEGER NOT NULL, kind TEXT NOT NULL, report TEXT NOT NULL,
  record TEXT NOT NULL, other TEXT NOT NULL, c INTEGER, priority REAL NOT NULL, doubt REAL NOT NULL, why TEXT NOT NULL);
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_AFTER: Final = """
CREATE INDEX against_teller ON against(teller);
CREATE INDEX against_other ON against(other);
CREATE INDEX doubt_first ON doubt(priority DESC, d);
CREATE INDEX doubt_kind ON doubt(kind, priority DESC, d);
"""

COLUMNS: Final = (
    "n, id, title, day, last_day, place, country, lat, lon, where_prec, grade, reports, claims, contested, "
    "low, best, high"
)


class Said(Record, frozen=True, kw_only=True):
    """A claim of an incident as lists of an actor or a source show it.

    `side` is the side its source speaks for, `of` the side whose losses it counts, "" where there is none; `state` is
    what became of it (`stands`, `superseded`, ...).
    """

    report: str
    claim: str
    day: str
    harm: str
    figure: str
    low: int | None
    high: int | None
    victims: str
    stance: str
    state: str
    teller: str
    side: str
    of: str
    blamed: str
    outlet: str


class Against(NamedTuple):
    """One source against another: `contradicts` or `denies`, and why."""

    teller: str
    other: str
    kind: str
    why: str


class Indexed(NamedTuple):
    """An incident with what it is found by.

    `acts` are PLOVER types and ACLED sub-types; `said` its claims, each with the names under which it is listed, as
    (role, name): `source` who is quoted, `says` for whom it speaks, `blamed` whom it blames, `suffers` whose loss it
    is. `denied`: somebody denies the act, though no figure.
    """

    incident: Incident
    acts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    said: tuple[tuple[Said, tuple[tuple[str, str], ...]], ...] = ()
    against: tuple[Against, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    denied: bool = False


def write_index(path: str, found: Iterable[Indexed], *, rule: str, stamp: str, decided: int = 0) -> None:
    """Write an index to a new file; it appears whole or not at all.

    `rule` names the estimate shown; `stamp` says of what it is an index, `decided` the last decision that is in it.
    """
    begun = time.monotonic()
    draft = f"{path}.{os.getpid()}.draft"
    Path(draft).unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
            writer = _Writer(connection, rule)
            for one in found:
                writer.add(one)
            writer.finish()
            about = {"rule": rule, "stamp": stamp, "decided": decided, "took": time.monotonic() - begun}
            connection.executemany(
                "INSERT INTO about VALUES(?, ?)", [(key, str(value)) for key, value in about.items()]
            )
            connection.executescript(_AFTER)
            connection.commit()
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


class _Writer:
    """Incidents into the tables, numbered in the order in which they come."""

    def __init__(self, connection: sqlite3.Connection, rule: str) -> None:
        self._connection = connection
        self._rule = rule
        self._names: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))
        self._facts: list[Fact] = []
        self._n = 0
        self._c = 0

    def add(self, one: Indexed) -> None:
        """One incident."""
        self._n += 1
        n, incident, place = self._n, one.incident, one.incident.place
        killed = incident.estimates.get(self._rule, {}).get("killed")
        values = (
            n,
            incident.id,
            incident.title,
            incident.from_ or "",
            incident.to or incident.from_ or "",
            place.name if place else "",
            (place.country or "") if place else "",
            place.lat if place else None,
            place.lon if place else None,
            place.where_prec if place else None,
            incident.grade or "",
            len(incident.reports),
            len(incident.claims),
            one.denied or any(relation.kind in {"contradicts", "denies"} for relation in incident.relations),
            killed.low if killed else None,
            killed.best if killed else None,
            killed.high if killed else None,
        )
        self._facts.append(
            Fact(
                n=n,
                day=_ascii(incident.from_),
                last_day=_ascii(incident.to or incident.from_),
                country=_ascii(place.country if place else None),
                grade=_ascii(incident.grade),
                where_prec=(place.where_prec if place else None) or 0,
                contested=bool(values[13]),
                best=_float(killed.best if killed else None),
                lat=_float(place.lat if place else None),
                lon=_float(place.lon if place else None),
            )
        )
        marks = ", ".join("?" * len(values))
        self._put(f"INSERT INTO incident({COLUMNS}) VALUES({marks})", values)
        self._put("INSERT INTO whole VALUES(?, ?)", (n, incident.to_json().encode("utf-8", "replace")))
        for report in incident.reports:
            self._put("INSERT OR IGNORE INTO member VALUES(?, ?)", (report, n))
        harms = {harm for by_rule in incident.estimates.values() for harm in by_rule}
        names = {
            "act": one.acts,
            "source": one.sources,
            "actor": one.actors,
            "harm": harms | {said.harm for said, _ in one.said},
            "place": (place.name,) if place else (),
        }
        for kind, found in names.items():
            for name in sorted({plain(each) for each in found if each}):
                self._names[kind, name].append(n)
        searched = " ".join((*one.actors, *one.sources))
        self._put(
            "INSERT INTO words(rowid, title, place, names) VALUES(?, ?, ?, ?)",
            (n, incident.title, place.name if place else "", searched),
        )
        listed: dict[tuple[str, str], int] = {}
        for said, parties in one.said:
            self._c += 1
            listed[said.report, said.claim] = self._c
            self._put("INSERT INTO said VALUES(?, ?, ?)", (self._c, n, said.to_json().encode("utf-8", "replace")))
            for role, name in parties:
                if name:
                    self._put("INSERT OR IGNORE INTO party VALUES(?, ?, ?)", (role, folded(name), self._c))
        for teller, other, kind, why in one.against:
            self._put("INSERT INTO against VALUES(?, ?, ?, ?, ?)", (teller, other, kind, n, why))
        for asked in one.doubts:
            self._put(
                "INSERT INTO doubt(n, kind, report, record, other, c, priority, doubt, why) "
                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(n, asked.kind, asked.report, asked.record, asked.other, listed.get((asked.report, asked.record))),
                    *(asked.priority, asked.doubt, asked.why),
                ),
            )

    def finish(self) -> None:
        """What is known only at the end: the names, each with its incidents' numbers, and the facts in their order."""
        self._connection.executemany(
            "INSERT INTO name(kind, name, incidents, members) VALUES(?, ?, ?, ?)",
            ((kind, name, len(found), found.tobytes()) for (kind, name), found in self._names.items()),
        )
        self._connection.executemany("INSERT INTO facts VALUES(?, ?)", Facts.packed(self._facts))

    def _put(self, statement: str, values: tuple[object, ...]) -> None:
        self._connection.execute(statement, tuple(plain(v) if isinstance(v, str) else v for v in values))


def _ascii(text: str | None) -> bytes:
    return (text or "").encode("ascii", "replace")


def _float(number: float | None) -> float:
    return nan if number is None else number


def plain(text: str) -> str:
    """Text that SQLite can hold: half a surrogate pair becomes "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def folded(name: str) -> str:
    """A name under which all its spellings in upper or lower case meet."""
    return plain(" ".join(name.split()).casefold())
