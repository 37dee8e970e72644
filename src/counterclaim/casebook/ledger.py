"""Writing one coded report: report, revision, sighting, coding, and a row for each record of each layer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from counterclaim.casebook.entries import Outcome, Status
from counterclaim.casebook.identity import FIELDS, Identity, Match, find
from counterclaim.errors import MalformedRecord
from counterclaim.records import CodedBy, CodedReport, Span

Row = Sequence[object]


def write(connection: sqlite3.Connection, coded: CodedReport, source: str | None, now: str) -> Outcome:
    """Record a coded report, as far as it is not held. The caller holds the transaction.

    Raises MalformedRecord where the coding cannot be recorded whole; nothing of it is left then.
    """
    connection.execute("SAVEPOINT report")
    try:
        outcome = _write(connection, coded, source, now)
    except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError, sqlite3.DataError) as error:
        connection.execute("ROLLBACK TO report")
        connection.execute("RELEASE report")
        raise MalformedRecord(f"the coding of {coded.id!r} cannot be recorded: {_reason(error)}") from error
    connection.execute("RELEASE report")
    return outcome


def versions(coded_by: CodedBy | None) -> tuple[str, str, str]:
    """The three versions of a coding, "" where a coding made by hand names none."""
    return (coded_by.program, coded_by.analyser, coded_by.gazetteer) if coded_by else ("", "", "")


def is_coded(connection: sqlite3.Connection, revision: int, coded_by: CodedBy | None) -> bool:
    """Whether these versions have coded this revision."""
    return (
        connection.execute(
            "SELECT 1 FROM codings WHERE revision = ? AND program = ? AND analyser = ? AND gazetteer = ?",
            (revision, *versions(coded_by)),
        ).fetchone()
        is not None
    )


def _write(connection: sqlite3.Connection, coded: CodedReport, source: str | None, now: str) -> Outcome:
    identity = Identity.of(coded)
    match = find(connection, identity, source)
    status: Status = "unchanged"
    report, revision = match.report, match.revision
    if report is None:
        status = "added"
        report = _add_report(connection, identity, now)
    elif revision is None:
        status = "revised"
    if revision is None:
        revision = _add_revision(connection, report, identity, now)
        match = Match(report, revision, exact=True)
    if source is not None:
        connection.execute(
            """INSERT INTO sightings (revision, source, recorded_at) SELECT ?1, ?2, ?3
               WHERE NOT EXISTS (SELECT 1 FROM sightings WHERE revision = ?1 AND source = ?2)""",
            (revision, source, now),
        )
    # A coding made without, say, the date must not take the place of one made with it.
    if match.exact and not is_coded(connection, revision, coded.coded_by):
        status = "recoded" if status == "unchanged" else status
        add_coding(connection, revision, coded, now)
    held_id, number = connection.execute(
        "SELECT r.id, v.number FROM reports r JOIN revisions v ON v.report = r.pk WHERE v.pk = ?", (revision,)
    ).fetchone()
    return Outcome(
        report=held_id,
        given=coded.id,
        status=status,
        revision=number,
        claims=len(coded.claims),
        events=len(coded.events),
        source=source,
    )


def _add_report(connection: sqlite3.Connection, identity: Identity, now: str) -> int:
    name = identity.given_id
    # Two reports may bring one id; the second is told apart by digits of its text's digest.
    for length in (0, 6, 12, 64):
        name = f"{identity.given_id}-{identity.digest[:length]}" if length else identity.given_id
        if connection.execute("SELECT 1 FROM reports WHERE id = ?", (name,)).fetchone() is None:
            break
    else:
        (count,) = connection.execute("SELECT count(*) FROM reports").fetchone()
        name = f"{identity.given_id}-{count + 1}"
    cursor = connection.execute(
        "INSERT INTO reports (id, given_id, recorded_at) VALUES (?, ?, ?)", (name, identity.given_id, now)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _add_revision(connection: sqlite3.Connection, report: int, identity: Identity, now: str) -> int:
    if identity.address is not None:
        connection.execute(
            """INSERT INTO addresses (address, report, recorded_at) SELECT ?1, ?2, ?3
               WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE address = ?1)""",
            (identity.address, report, now),
        )
    cursor = connection.execute(
        f"""INSERT INTO revisions (report, number, {", ".join(FIELDS)}, text, digest, fingerprint, recorded_at)
            VALUES (?1, 1 + (SELECT count(*) FROM revisions WHERE report = ?1), ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (report, *identity.fields, identity.text, identity.digest, identity.fingerprint, now),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def add_coding(connection: sqlite3.Connection, revision: int, coded: CodedReport, now: str) -> int:
    """Record a coding of a text and give its number. The caller holds the transaction."""
    cursor = connection.execute(
        "INSERT INTO codings (revision, program, analyser, gazetteer, recorded_at, json) VALUES (?, ?, ?, ?, ?, ?)",
        (revision, *versions(coded.coded_by), now, replace(coded, text="").to_json()),
    )
    for table, rows in layers(coded):
        numbered = [(cursor.lastrowid, *row) for row in rows]
        if numbered:
            marks = ", ".join("?" * len(numbered[0]))
            columns = ", ".join(("coding", *COLUMNS[table]))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", numbered)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _reason(error: Exception) -> str:
    if isinstance(error, sqlite3.IntegrityError):
        return f"an id stands twice, or a link leads to a record that is not in it ({error})"
    if isinstance(error, UnicodeEncodeError):
        return "it holds half of a surrogate pair, which is no text"
    return f"a number is beyond 64 bits ({error})"


# --- rows: the columns of each table after `coding`, and the values in the same order --------------------------------

COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "actors": "id position name kind role country country_name sector wikidata mentions",
        "places": "id position span_start span_end text name kind geonames_id lat lon country admin1 admin2 precision "
        "confidence",
        "times": "id position span_start span_end text type value date_from date_to precision",
        "attributions": "id position source_start source_end source_text cue_start cue_end cue_text content kind "
        "stance actor_id",
        "events": "id position span_start span_end trigger_start trigger_end sentence mentions plover_type "
        "plover_mode plover_contexts cameo acled_event_type acled_sub_event_type ucdp_violence weapon place_id "
        "time_id attribution_id reality background confidence",
        "claims": "id position span_start span_end evidence sentence harm quantity claimed_min claimed_max approx "
        "vague cumulative victims victim_kind victim_side perpetrator source source_kind stance place date background "
        "source_chain attribution_id source_actor_id perpetrator_actor_id victim_actor_id place_id time_id event_id "
        "confidence",
        "event_actors": "event_id role position actor_id",
        "event_claims": "event_id position claim_id",
        "warnings": "position code message",
    }.items()
}


def layers(coded: CodedReport) -> Iterator[tuple[str, Iterable[Row]]]:
    """The rows of every table, in an order in which no row names one that is not there yet."""
    yield "actors", _actors(coded)
    yield "places", _places(coded)
    yield "times", _times(coded)
    yield "attributions", _attributions(coded)
    yield "events", _events(coded)
    yield "claims", _claims(coded)
    yield "event_actors", _event_actors(coded)
    yield "event_claims", _event_claims(coded)
    yield "warnings", ((number, warning.code, warning.message) for number, warning in enumerate(coded.warnings))


def _actors(coded: CodedReport) -> Iterator[Row]:
    for number, actor in enumerate(coded.actors):
        yield (
            *(actor.id, number, actor.name, actor.kind, actor.role, actor.country, actor.country_name, actor.sector),
            *(actor.wikidata, _json(actor.mentions)),
        )


def _places(coded: CodedReport) -> Iterator[Row]:
    for number, place in enumerate(coded.places):
        yield (
            *(place.id, number, place.start, place.end, place.text, place.name, place.kind, place.geonames_id),
            *(place.lat, place.lon, place.country, place.admin1, place.admin2, place.precision, place.confidence),
        )


def _times(coded: CodedReport) -> Iterator[Row]:
    for number, time in enumerate(coded.times):
        yield (
            *(time.id, number, time.start, time.end, time.text, time.type, time.value, time.from_, time.to),
            time.precision,
        )


def _attributions(coded: CodedReport) -> Iterator[Row]:
    for number, one in enumerate(coded.attributions):
        yield (
            *(one.id, number, *_cut(coded.text, one.source), *_cut(coded.text, one.cue), _json(one.content)),
            *(one.kind, one.stance, one.actor),
        )


def _events(coded: CodedReport) -> Iterator[Row]:
    for number, event in enumerate(coded.events):
        acled = (event.acled.event_type, event.acled.sub_event_type) if event.acled else (None, None)
        yield (
            *(event.id, number, event.start, event.end, *event.trigger, event.sentence, _json(event.mentions)),
            *(event.plover.type, event.plover.mode, _json(event.plover.contexts), event.cameo, *acled),
            *(event.ucdp_violence, event.weapon, event.place, event.time, event.attribution, event.reality),
            *(event.background, event.confidence),
        )


def _claims(coded: CodedReport) -> Iterator[Row]:
    for number, claim in enumerate(coded.claims):
        links = claim.links
        yield (
            *(claim.id, number, claim.start, claim.end, claim.evidence, claim.sentence, claim.harm, claim.quantity),
            *(claim.min, claim.max, claim.approx, claim.vague, claim.cumulative, claim.victims, claim.victim_kind),
            *(claim.victim_side, claim.perpetrator, claim.source, claim.source_kind, claim.stance, claim.place),
            *(claim.date, claim.background, _json(claim.source_chain), links.attribution, links.source_actor),
            *(links.perpetrator_actor, links.victim_actor, links.place_id, links.time_id, links.event),
            claim.confidence,
        )


def _event_actors(coded: CodedReport) -> Iterator[Row]:
    for event in coded.events:
        for role, actors in (("actor", event.actor), ("recipient", event.recipient)):
            for number, actor in enumerate(actors):
                yield (event.id, role, number, actor)


def _event_claims(coded: CodedReport) -> Iterator[Row]:
    for event in coded.events:
        for number, claim in enumerate(event.claims):
            yield (event.id, number, claim)


def _cut(text: str, span: Span | None) -> tuple[int | None, int | None, str | None]:
    return (span[0], span[1], text[span[0] : span[1]]) if span else (None, None, None)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
