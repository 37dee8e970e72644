"""Actors known by name: the shipped list and a user's own, with the days between which each entry holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, cast, get_args

from counterclaim.errors import DataError
from counterclaim.records import ActorKind
from counterclaim.resolving.actors.tables import Body, BodyTable, lines, listed_groups, own_bodies
from counterclaim.resolving.gazetteer import name_key
from counterclaim.schemes.plover import SECTORS

COLUMNS = ("name", "aliases", "country", "sector", "kind", "from", "to")
"""Columns of a user's list; `name` and `kind` are required, `aliases` are parted by semicolons."""

_ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "ZA"))
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Office(NamedTuple):
    """What a person holds or leads, from `since` to `until`; None where no end is known."""

    name: str
    country: str | None
    sector: str | None
    since: date | None
    until: date | None

    def held(self, day: date) -> bool:
        """True where the person held it on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class KnownActors:
    """Persons and bodies by name. `extended` gives another list with a user's entries before these."""

    def __init__(self, offices: Iterable[Office], bodies: Iterable[tuple[str, Body]], version: str = "") -> None:
        self.version = version
        """"" for the shipped list; else what tells a user's list from another, for the record of a coding."""
        self._offices = list(offices)
        self._bodies = list(bodies)
        self.bodies = BodyTable(self._bodies)
        self._by_name: dict[str, list[Office]] = {}
        self._by_surname: dict[str, list[Office]] = {}
        for office in self._offices:
            key = name_key(office.name)
            if key:
                self._by_name.setdefault(key, []).append(office)
                self._by_surname.setdefault(key.split()[-1], []).append(office)

    def person(self, name: str, day: date | None) -> Office | None:
        """The person of this full name, as of `day`, or None.

        The sector is that of the office held then; ELI after the last office, as PLOVER codes former officials; None
        before the first. Without a day it is that of the latest office.
        """
        key = name_key(name)
        offices = self._by_name.get(key) or self._by_name.get(
            " ".join(part for part in key.split() if len(part) > 1), []
        )
        if not offices:
            return None
        if day is None:
            return offices[-1]
        for office in offices:
            if office.held(day):
                return office
        after = all(office.until is not None and office.until < day for office in offices)
        return offices[-1]._replace(sector="ELI" if after and offices[-1].sector == "GOV" else None)

    def in_office(self, surname: str, day: date | None) -> Office | None:
        """The one person of this surname in office on `day`; None where no day is known, or none or two are."""
        if day is None:
            return None
        held = {
            (office.country, office.name.split()[0]): office
            for office in self._by_surname.get(name_key(surname), [])
            if office.held(day)
        }
        countries = {country for country, _ in held}
        return next(iter(held.values())) if len(countries) == 1 else None

    def of_name(self, name: str, day: date | None, *, titled: bool = False) -> Office | None:
        """The one known person of a full name, or of a surname alone: in office on `day`.

        Without a day, a surname counts where all who bear it led one country; those common in English only where a
        title of such an office stands before them.
        """
        found = self.person(name, day) or self.in_office(name, day)
        if found is not None or day is not None:
            return found
        bearers = self._by_surname.get(name_key(name).removeprefix("al ").removeprefix("el "), [])
        countries = {office.country for office in bearers}
        return bearers[-1] if len(countries) == 1 and (titled or not countries & _ENGLISH) else None

    def bodies_on(self, day: date | None) -> BodyTable:
        """The bodies that existed on `day`: all, unless a list gives days."""
        dated = [(name, body) for name, body in self._bodies if body.since or body.until]
        if day is None or not dated:
            return self.bodies
        return BodyTable(
            (name, body)
            for name, body in self._bodies
            if (body.since is None or body.since <= day) and (body.until is None or day <= body.until)
        )

    def extended(self, path: str | Path) -> KnownActors:
        """This list with the actors of a CSV file (UTF-8, columns as in COLUMNS) before its own.

        A name given there hides the same name here. Raises DataError naming the line where the file cannot be read.
        """
        offices: list[Office] = []
        bodies: list[tuple[str, Body]] = []
        for entry in _entries(Path(path)):
            if entry.kind == "person":
                offices.extend(
                    Office(name, entry.country, entry.sector, entry.since, entry.until) for name in entry.names
                )
            else:
                body = Body(entry.names[0], entry.kind, entry.country, entry.sector, False, entry.since, entry.until)
                bodies.extend((name, body) for name in entry.names)
        taken = {name_key(one.name) for one in offices} | {name_key(name) for name, _ in bodies}
        return KnownActors(
            [*offices, *(one for one in self._offices if name_key(one.name) not in taken)],
            [*bodies, *(one for one in self._bodies if name_key(one[0]) not in taken)],
            f"{self.version}+actors-{sha256(Path(path).read_bytes()).hexdigest()[:8]}",
        )


class _Entry(NamedTuple):
    names: list[str]
    country: str | None
    sector: str | None
    kind: ActorKind
    since: date | None
    until: date | None


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = {"name", "kind"} - set(reader.fieldnames or ())
            unknown = set(reader.fieldnames or ()) - set(COLUMNS)
            if missing or unknown:
                wrong = ", ".join(sorted(map(str, missing or unknown)))
                raise DataError(
                    f"{path}: {'lacks the column' if missing else 'has the unknown column'} {wrong}; "
                    f"a list of actors has {', '.join(COLUMNS)}"
                )
            for row in reader:
                yield _entry({key: (row.get(key) or "").strip() for key in COLUMNS}, f"{path}, line {reader.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read the list of actors {path}: {error}") from error


def _entry(row: dict[str, str], where: str) -> _Entry:
    names = [name for name in (row["name"], *map(str.strip, row["aliases"].split(";"))) if name_key(name)]
    country, sector = row["country"].upper(), row["sector"].upper()
    if not names:
        raise DataError(f"{where}: an actor without a name")
    if row["kind"] not in get_args(ActorKind):
        raise DataError(f"{where}: the kind {row['kind']!r} is none of {', '.join(get_args(ActorKind))}")
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise DataError(f"{where}: the country {row['country']!r} is no ISO 3166 code of two letters")
    if sector and sector not in SECTORS:
        raise DataError(f"{where}: the sector {row['sector']!r} is none of {', '.join(sorted(SECTORS))}")
    since, until = day_of(row["from"], where), day_of(row["to"], where, last=True)
    if since and until and until < since:
        raise DataError(f"{where}: ends before it begins")
    return _Entry(names, country or None, sector or None, cast(ActorKind, row["kind"]), since, until)


def day_of(written: str, where: str, *, last: bool = False) -> date | None:
    """`2019`, `2019-05` or `2019-05-20` as its first day, or its last; None for "" and "-". Raises DataError."""
    if written in ("", "-"):
        return None
    match = _DAY.fullmatch(written)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not last or day:
            return date(year, month or 1, day or 1)
        return date(year, month + 1, 1) - timedelta(days=1) if 0 < month < 12 else date(year, 12, 31)
    except ValueError:
        raise DataError(f"{where}: {written!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD") from None


@cache
def shipped() -> KnownActors:
    """The actors that come with the package. Raises DataError where a table is missing or damaged."""
    offices = [
        Office(
            name,
            None if country == "-" else country,
            None if sector == "-" else sector,
            day_of(since, "data/leaders.tsv"),
            day_of(until, "data/leaders.tsv", last=True),
        )
        for name, country, sector, since, until, _ in lines("leaders.tsv")
    ]
    own = own_bodies()
    return KnownActors(offices, [*own, *listed_groups({name_key(name) for name, _ in own})])
