"""Reading the casebook: filters and searches as parameterised SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from msgspec.structs import replace

from counterclaim.casebook.entries import ClaimEntry, EventEntry, Filter, Hit
from counterclaim.casebook.ties import claim_entries, event_entries
from counterclaim.errors import CasebookDamaged, MalformedRecord, UsageError
from counterclaim.records import CodedReport, Record
from counterclaim.resolving.gazetteer import name_key

Parameters = dict[str, object]


class Found(NamedTuple):
    """A coded report and which of its claims or events matched, by their place in its list."""

    coded: CodedReport
    positions: tuple[int, ...]


# One condition a field. `t` is the claim or event, `c` its coding; :name is the value of the field.
_COMMON: Final = {
    "report": "c.report_id = :report",
    "background": "t.background = :background",
    "published_from": "c.published >= :published_from",
    "published_to": "c.published <= :published_to",
    "country": """EXISTS (SELECT 1 FROM places p WHERE p.coding = t.coding AND p.id = t.place_id
                          AND p.country = :country)""",
    "date_from": """EXISTS (SELECT 1 FROM times w WHERE w.coding = t.coding AND w.id = t.time_id
                            AND coalesce(w.date_to, w.date_from) >= :date_from)""",
    "date_to": """EXISTS (SELECT 1 FROM times w WHERE w.coding = t.coding AND w.id = t.time_id
                          AND w.date_from <= :date_to)""",
}
_CLAIMS: Final = {
    **_COMMON,
    "harm": "t.harm = :harm",
    "stance": "t.stance = :stance",
    "source": """(names(t.source, :source) OR EXISTS (SELECT 1 FROM actors a WHERE a.coding = t.coding
                  AND a.id = t.source_actor_id AND names(a.name, :source)))""",
    "place": """(names(t.place, :place) OR EXISTS (SELECT 1 FROM places p WHERE p.coding = t.coding
                 AND p.id = t.place_id AND (names(p.name, :place) OR names(p.text, :place))))""",
    "actor": """(names(t.source, :actor) OR names(t.perpetrator, :actor) OR names(t.victims, :actor)
                 OR names(t.victim_side, :actor)
                 OR EXISTS (SELECT 1 FROM actors a WHERE a.coding = t.coding AND names(a.name, :actor)
                            AND a.id IN (t.source_actor_id, t.perpetrator_actor_id, t.victim_actor_id)))""",
}
_EVENTS: Final = {
    **_COMMON,
    "harm": """EXISTS (SELECT 1 FROM event_claims e JOIN claims k ON k.coding = e.coding AND k.id = e.claim_id
                       WHERE e.coding = t.coding AND e.event_id = t.id AND k.harm = :harm)""",
    "stance": """coalesce((SELECT s.stance FROM attributions s WHERE s.coding = t.coding AND s.id = t.attribution_id),
                          'asserts') = :stance""",
    "source": """EXISTS (SELECT 1 FROM attributions s LEFT JOIN actors a ON a.coding = s.coding AND a.id = s.actor_id
                         WHERE s.coding = t.coding AND s.id = t.attribution_id
                         AND (names(s.source_text, :source) OR names(a.name, :source)))""",
    "place": """EXISTS (SELECT 1 FROM places p WHERE p.coding = t.coding AND p.id = t.place_id
                        AND (names(p.name, :place) OR names(p.text, :place)))""",
    "actor": """EXISTS (SELECT 1 FROM event_actors e JOIN actors a ON a.coding = e.coding AND a.id = e.actor_id
                        WHERE e.coding = t.coding AND e.event_id = t.id AND names(a.name, :actor))""",
}


def claims(connection: sqlite3.Connection, chosen: Filter) -> list[ClaimEntry]:
    """The claims that the filter lets through, by publication, report and place in the text."""
    found = _matching(connection, "claims", _CLAIMS, chosen)
    return [entry for coded, positions in found for entry in claim_entries(coded, positions)]


def events(connection: sqlite3.Connection, chosen: Filter) -> list[EventEntry]:
    """The events that the filter lets through, by publication, report and place in the text."""
    found = _matching(connection, "events", _EVENTS, chosen)
    return [entry for coded, positions in found for entry in event_entries(coded, positions)]


def decode(text: str, report_id: str, coding_json: str) -> CodedReport:
    """A stored coding as the record of the contract: the text put back, under the casebook's id.

    Raises CasebookDamaged where it is none: nothing else is ever stored.
    """
    try:
        return replace(CodedReport.from_json(coding_json), id=report_id, text=text)
    except (MalformedRecord, UnicodeError) as error:
        raise CasebookDamaged(
            f"a stored coding of report {report_id!r} is damaged ({error}): `counterclaim verify` lists all that is, "
            "`counterclaim restore` puts a backup in the casebook's place"
        ) from error


def _matching(
    connection: sqlite3.Connection, table: str, conditions: dict[str, str], chosen: Filter
) -> Iterator[Found]:
    parameters: Parameters = {}
    clauses = []
    for field, condition in conditions.items():
        value = getattr(chosen, field)
        if value is not None:
            parameters[field] = _as_parameter(field, value)
            clauses.append(condition)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    limit = ""
    if chosen.limit is not None:
        parameters["limit"] = chosen.limit
        limit = "LIMIT :limit"
    rows = connection.execute(
        f"""SELECT c.pk, t.position FROM current_codings c JOIN {table} t ON t.coding = c.pk {where}
            ORDER BY c.published IS NULL, c.published, c.report, t.position {limit}""",
        parameters,
    ).fetchall()
    for coding, matches in groupby(rows, key=itemgetter(0)):
        stored = connection.execute(
            """SELECT v.text, r.id, c.json FROM codings c JOIN revisions v ON v.pk = c.revision
               JOIN reports r ON r.pk = v.report WHERE c.pk = ?""",
            (coding,),
        ).fetchone()
        yield Found(decode(*stored), tuple(position for _, position in matches))


def _as_parameter(field: str, value: object) -> object:
    if field in ("source", "place", "actor"):
        key = name_key(str(value))
        if not key:
            raise UsageError(f"{field} {value!r} has no letters or digits to look for")
        return key
    return str(value).upper() if field == "country" else value


_TERM: Final = re.compile(r'(?P<sign>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def fts_query(query: str) -> str:
    """A search as people type it, in FTS5's own syntax, every term quoted, so that no input is a syntax error.

    All terms must stand in title or text; `"a phrase"` in this order, `word*` as a beginning, `-word` not at all, and
    `OR` between two terms either. Raises UsageError where there is nothing to look for.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for match in _TERM.finditer(query):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["word"] == "OR" and not match["sign"]:
            either = bool(wanted)
            continue
        if not any(char.isalnum() for char in text):
            continue
        prefix = "*" if match["word"] is not None and text.endswith("*") else ""
        term = '"' + text.rstrip("*").replace('"', '""') + '"' + prefix
        if match["sign"]:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    if not wanted:
        raise UsageError(f"nothing to search for in {query!r}: give at least one word that must be there")
    parts = " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)
    return f"({parts})" + "".join(f" NOT {term}" for term in unwanted)


def search(
    connection: sqlite3.Connection, query: str, *, limit: int, marks: tuple[str, str], words: int = 16
) -> list[Hit]:
    """The reports whose latest text or title matches, best first (BM25), each with a snippet of about `words` words."""
    rows = connection.execute(
        """SELECT v.report_id, v.title, v.url, v.outlet, v.published, snippet(report_search, -1, ?, ?, ' … ', ?)
           FROM report_search JOIN current_revisions v ON v.pk = report_search.rowid
           WHERE report_search MATCH ? ORDER BY rank, v.pk LIMIT ?""",
        (*marks, words, fts_query(query), limit),
    )
    return [
        Hit(report=report, title=title, url=url, outlet=outlet, published=published, snippet=snippet)
        for report, title, url, outlet, published, snippet in rows
    ]


def rows_of(entries: Iterable[ClaimEntry | EventEntry]) -> list[dict[str, object]]:
    """Entries as flat rows for a data frame: report first, then the record's own fields, nested ones joined by `_`."""
    rows = []
    for entry in entries:
        record: Record = entry.claim if isinstance(entry, ClaimEntry) else entry.event
        row: dict[str, object] = {
            "report": entry.report,
            "published": entry.published,
            "outlet": entry.outlet,
            "url": entry.url,
        }
        for name, value in record.to_dict().items():
            row.update(
                {f"{name}_{key}": part for key, part in value.items()} if isinstance(value, dict) else {name: value}
            )
        rows.append(row)
    return rows
