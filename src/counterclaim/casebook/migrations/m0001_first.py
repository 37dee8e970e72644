"""Migration 1: reports, their revisions and codings, a queryable table for each layer of the contract, and rejects.

Every table is append-only, held by triggers: what was recorded stays as it was recorded. `INSERT OR REPLACE` deletes
without firing delete triggers, so each table also refuses a second row under one key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counterclaim.casebook.migrations.guards import guards

# table -> the keys under which it holds one row
KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "migrations": (("number",),),
    "reports": (("pk",), ("id",)),
    "addresses": (("address",),),
    "revisions": (("pk",), ("report", "fingerprint")),
    "sightings": (("revision", "source"),),
    "codings": (("pk",), ("revision", "program", "analyser", "gazetteer")),
    "actors": (("coding", "id"),),
    "places": (("coding", "id"),),
    "times": (("coding", "id"),),
    "attributions": (("coding", "id"),),
    "events": (("coding", "id"),),
    "claims": (("coding", "id"),),
    "event_actors": (("coding", "event_id", "role", "position"),),
    "event_claims": (("coding", "event_id", "claim_id"),),
    "warnings": (("coding", "position"),),
    "rejects": (("pk",), ("source", "code", "message", "digest")),
}

SCHEMA: Final = (
    """CREATE TABLE migrations (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, program TEXT NOT NULL, applied_at TEXT NOT NULL
    )""",
    # `id` is unique in the casebook; `given_id` is the one the report came with (two reports may bring the same).
    """CREATE TABLE reports (
        pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, given_id TEXT NOT NULL, recorded_at TEXT NOT NULL
    )""",
    "CREATE INDEX reports_by_given_id ON reports (given_id)",
    """CREATE TABLE addresses (
        address TEXT NOT NULL PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports (pk), recorded_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX addresses_by_report ON addresses (report)",
    # `digest`: SHA-256 of the text in UTF-8. `fingerprint`: SHA-256 over it and the five fields beside the text.
    """CREATE TABLE revisions (
        pk INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports (pk), number INTEGER NOT NULL,
        title TEXT, url TEXT, outlet TEXT, published TEXT, language TEXT, text TEXT NOT NULL,
        digest TEXT NOT NULL, fingerprint TEXT NOT NULL, recorded_at TEXT NOT NULL,
        UNIQUE (report, fingerprint), UNIQUE (report, number)
    )""",
    "CREATE INDEX revisions_by_digest ON revisions (digest)",
    # Where a text was read from, and when that was first recorded.
    """CREATE TABLE sightings (
        revision INTEGER NOT NULL REFERENCES revisions (pk), source TEXT NOT NULL, recorded_at TEXT NOT NULL,
        PRIMARY KEY (revision, source)
    ) WITHOUT ROWID""",
    "CREATE INDEX sightings_by_source ON sightings (source)",
    # `json`: the coded report of the contract; its `text` is left empty, since the revision holds it.
    """CREATE TABLE codings (
        pk INTEGER PRIMARY KEY, revision INTEGER NOT NULL REFERENCES revisions (pk),
        program TEXT NOT NULL, analyser TEXT NOT NULL, gazetteer TEXT NOT NULL,
        recorded_at TEXT NOT NULL, json TEXT NOT NULL,
        UNIQUE (revision, program, analyser, gazetteer)
    )""",
    """CREATE TABLE actors (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT, country TEXT, country_name TEXT, sector TEXT, wikidata TEXT,
        mentions TEXT NOT NULL,
        PRIMARY KEY (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE places (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, name TEXT NOT NULL,
        kind TEXT NOT NULL, geonames_id INTEGER, lat REAL, lon REAL, country TEXT, admin1 TEXT, admin2 TEXT,
        precision INTEGER, confidence REAL NOT NULL,
        PRIMARY KEY (coding, id)
    ) WITHOUT ROWID""",
    "CREATE INDEX places_by_country ON places (country)",
    """CREATE TABLE times (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, type TEXT NOT NULL, value TEXT,
        date_from TEXT, date_to TEXT, precision INTEGER,
        PRIMARY KEY (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE attributions (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        source_start INTEGER, source_end INTEGER, source_text TEXT, cue_start INTEGER, cue_end INTEGER, cue_text TEXT,
        content TEXT NOT NULL, kind TEXT NOT NULL, stance TEXT NOT NULL, actor_id TEXT,
        PRIMARY KEY (coding, id),
        FOREIGN KEY (coding, actor_id) REFERENCES actors (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE events (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, trigger_start INTEGER NOT NULL,
        trigger_end INTEGER NOT NULL, sentence INTEGER NOT NULL, mentions TEXT NOT NULL,
        plover_type TEXT NOT NULL, plover_mode TEXT, plover_contexts TEXT NOT NULL, cameo TEXT,
        acled_event_type TEXT, acled_sub_event_type TEXT, ucdp_violence INTEGER, weapon TEXT,
        place_id TEXT, time_id TEXT, attribution_id TEXT, reality TEXT NOT NULL, background INTEGER NOT NULL,
        confidence REAL NOT NULL,
        PRIMARY KEY (coding, id),
        FOREIGN KEY (coding, place_id) REFERENCES places (coding, id),
        FOREIGN KEY (coding, time_id) REFERENCES times (coding, id),
        FOREIGN KEY (coding, attribution_id) REFERENCES attributions (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE claims (
        coding INTEGER NOT NULL REFERENCES codings (pk), id TEXT NOT NULL, position INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, evidence TEXT NOT NULL, sentence INTEGER NOT NULL,
        harm TEXT NOT NULL, quantity TEXT NOT NULL, claimed_min INTEGER, claimed_max INTEGER, approx INTEGER NOT NULL,
        vague TEXT, cumulative INTEGER NOT NULL, victims TEXT NOT NULL, victim_kind TEXT NOT NULL,
        victim_side TEXT NOT NULL, perpetrator TEXT NOT NULL, source TEXT NOT NULL, source_kind TEXT NOT NULL,
        stance TEXT NOT NULL, place TEXT NOT NULL, date TEXT NOT NULL, background INTEGER NOT NULL,
        source_chain TEXT NOT NULL, attribution_id TEXT, source_actor_id TEXT, perpetrator_actor_id TEXT,
        victim_actor_id TEXT, place_id TEXT, time_id TEXT, event_id TEXT, confidence REAL NOT NULL,
        PRIMARY KEY (coding, id),
        FOREIGN KEY (coding, attribution_id) REFERENCES attributions (coding, id),
        FOREIGN KEY (coding, source_actor_id) REFERENCES actors (coding, id),
        FOREIGN KEY (coding, perpetrator_actor_id) REFERENCES actors (coding, id),
        FOREIGN KEY (coding, victim_actor_id) REFERENCES actors (coding, id),
        FOREIGN KEY (coding, place_id) REFERENCES places (coding, id),
        FOREIGN KEY (coding, time_id) REFERENCES times (coding, id),
        FOREIGN KEY (coding, event_id) REFERENCES events (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE event_actors (
        coding INTEGER NOT NULL, event_id TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
        position INTEGER NOT NULL, actor_id TEXT NOT NULL,
        PRIMARY KEY (coding, event_id, role, position),
        FOREIGN KEY (coding, event_id) REFERENCES events (coding, id),
        FOREIGN KEY (coding, actor_id) REFERENCES actors (coding, id)
    ) WITHOUT ROWID""",
    # Keys first, in their order: the integrity check of SQLite 3.40 misreads tables WITHOUT ROWID where they are not.
    """CREATE TABLE event_claims (
        coding INTEGER NOT NULL, event_id TEXT NOT NULL, claim_id TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (coding, event_id, claim_id),
        FOREIGN KEY (coding, event_id) REFERENCES events (coding, id),
        FOREIGN KEY (coding, claim_id) REFERENCES claims (coding, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE warnings (
        coding INTEGER NOT NULL REFERENCES codings (pk), position INTEGER NOT NULL, code TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (coding, position)
    ) WITHOUT ROWID""",
    # `digest` is '' where the bytes were never had. One row per reason, so that a second run adds nothing.
    """CREATE TABLE rejects (
        pk INTEGER PRIMARY KEY, source TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, digest TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        UNIQUE (source, code, message, digest)
    )""",
    # The text is not copied: the index reads it from the revisions.
    """CREATE VIRTUAL TABLE report_search USING fts5 (
        title, text, content = 'revisions', content_rowid = 'pk', tokenize = 'unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER revisions_are_searchable AFTER INSERT ON revisions BEGIN
        INSERT INTO report_search (rowid, title, text) VALUES (NEW.pk, NEW.title, NEW.text);
    END""",
    """CREATE VIEW current_revisions AS
        SELECT v.*, r.id AS report_id FROM revisions v JOIN reports r ON r.pk = v.report
        WHERE NOT EXISTS (SELECT 1 FROM revisions later WHERE later.report = v.report AND later.number > v.number)""",
    """CREATE VIEW current_codings AS
        SELECT c.*, v.report, v.report_id, v.title, v.url, v.outlet, v.published, v.language
        FROM codings c JOIN current_revisions v ON v.pk = c.revision
        WHERE NOT EXISTS (SELECT 1 FROM codings later WHERE later.revision = c.revision AND later.pk > c.pk)""",
)

VIEWED: Final = ("actors", "places", "times", "attributions", "events", "claims", "warnings")


def statements() -> Iterator[str]:
    """The statements, in order."""
    yield from SCHEMA
    for table in VIEWED:
        yield f"""CREATE VIEW current_{table} AS
            SELECT c.report_id AS report, c.published, c.outlet, c.url, t.*
            FROM {table} t JOIN current_codings c ON c.pk = t.coding"""
    yield from guards(KEYS)
