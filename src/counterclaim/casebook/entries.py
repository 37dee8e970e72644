"""What the casebook takes, and what it answers with: frozen records, nothing but data."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal, get_args

from counterclaim.errors import UsageError
from counterclaim.records import (
    Actor,
    Attribution,
    Claim,
    CodedBy,
    CodedReport,
    Event,
    Harm,
    Place,
    Record,
    Stance,
    Time,
)

Status = Literal["added", "revised", "recoded", "unchanged", "rejected"]


class Entry(Record, frozen=True, kw_only=True):
    """A coded report and where its text was read: a path, a URL, `feed.jsonl:12`."""

    coded: CodedReport
    source: str | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """What became of one report: `report` is its id in the casebook, `given` the id it came with."""

    report: str
    given: str
    status: Status
    revision: int = 0
    claims: int = 0
    events: int = 0
    source: str | None = None
    message: str = ""

    def __repr__(self) -> str:
        return f"<Outcome {self.report} {self.status}{': ' + self.message if self.message else ''}>"


class AddResult(Record, frozen=True, kw_only=True):
    """What became of every report handed over, in their order."""

    outcomes: tuple[Outcome, ...] = ()

    def count(self, status: Status) -> int:
        """How many reports had this outcome."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def added(self) -> int:
        """Reports that were not there before."""
        return self.count("added")

    @property
    def revised(self) -> int:
        """Reports with a new text, or newly known title, date, outlet."""
        return self.count("revised")

    @property
    def recoded(self) -> int:
        """Reports coded anew by another version; the earlier coding is kept."""
        return self.count("recoded")

    @property
    def unchanged(self) -> int:
        """Reports held already."""
        return self.count("unchanged")

    @property
    def rejected(self) -> int:
        """Reports whose coding is not what the contract says; see `rejects()`."""
        return self.count("rejected")

    def __repr__(self) -> str:
        counts = Counter(outcome.status for outcome in self.outcomes)
        return f"<AddResult {', '.join(f'{number} {status}' for status, number in counts.items()) or 'nothing'}>"


class Filter(Record, frozen=True, kw_only=True):
    """Which claims or events to read. Every field given must hold; None asks nothing.

    `source`, `place` and `actor` match names of which some words begin as the words given, whatever the case and
    accents. `country` is the ISO 3166-1 alpha-2 code of the resolved place. `date_from`/`date_to` are days on which it
    happened: a record whose time is not resolved matches neither. `published_from`/`published_to` are days of
    publication. For an event, `source` and `stance` are those of its attribution, `harm` that of a claim tied to it.
    Raises UsageError for a value that cannot be.
    """

    report: str | None = None
    harm: Harm | None = None
    source: str | None = None
    stance: Stance | None = None
    actor: str | None = None
    place: str | None = None
    country: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    background: bool | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for name, kind in (("harm", Harm), ("stance", Stance)):
            value = getattr(self, name)
            if value is not None and value not in get_args(kind):
                raise UsageError(f"no {name} {value!r}: give one of {', '.join(get_args(kind))}")
        for name in ("date_from", "date_to", "published_from", "published_to"):
            value = getattr(self, name)
            if value is not None and not _is_day(value):
                raise UsageError(f"{name} {value!r} is not a day: write YYYY-MM-DD")
        for first, last in (("date_from", "date_to"), ("published_from", "published_to")):
            if (getattr(self, first) or "") > (getattr(self, last) or "9999-12-31"):
                raise UsageError(f"{first} {getattr(self, first)} is later than {last} {getattr(self, last)}")
        if self.country is not None and not (len(self.country) == 2 and self.country.isalpha()):
            raise UsageError(f"country {self.country!r} is not a two-letter code (ISO 3166-1), such as AM")
        if self.limit is not None and self.limit < 1:
            raise UsageError("limit is 1 or more")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class ReportEntry(Record, frozen=True, kw_only=True):
    """One report in the casebook, by its latest revision and coding."""

    id: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    language: str | None
    revisions: int
    codings: int
    claims: int
    events: int
    recorded_at: str
    changed_at: str

    def __repr__(self) -> str:
        return f"<ReportEntry {self.id} {self.published or 'undated'} {self.title or '-'!r}: {self.claims} claims>"


class RevisionEntry(Record, frozen=True, kw_only=True):
    """One text of a report. `digest` is the SHA-256 of the text in UTF-8; `sources` is where it was read."""

    report: str
    number: int
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    language: str | None
    text: str
    digest: str
    sources: tuple[str, ...]
    recorded_at: str

    def __repr__(self) -> str:
        return f"<RevisionEntry {self.report} #{self.number} {self.digest[:12]} {self.recorded_at}>"


class CodingEntry(Record, frozen=True, kw_only=True):
    """One coding of one revision; `coding` is its number in the casebook."""

    report: str
    coding: int
    revision: int
    coded_by: CodedBy
    claims: int
    events: int
    recorded_at: str
    current: bool


class ClaimEntry(Record, frozen=True, kw_only=True):
    """A claim of a report in the casebook, with what its links stand for."""

    report: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    claim: Claim
    place: Place | None = None
    time: Time | None = None
    attribution: Attribution | None = None
    source_actor: Actor | None = None
    perpetrator_actor: Actor | None = None
    victim_actor: Actor | None = None

    def __repr__(self) -> str:
        return f"<ClaimEntry {self.report} {self.claim!r}>"


class EventEntry(Record, frozen=True, kw_only=True):
    """An event of a report in the casebook, with what its links stand for. `evidence` is the clause,
    `source` the words for whom it is according to, "" where the author tells it.
    """

    report: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    event: Event
    evidence: str
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    place: Place | None = None
    time: Time | None = None
    attribution: Attribution | None = None
    source: str = ""

    def __repr__(self) -> str:
        return f"<EventEntry {self.report} {self.event!r}>"


class Hit(Record, frozen=True, kw_only=True):
    """A report that a search found; the matched words of `snippet` stand between the marks asked for."""

    report: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    snippet: str


class Reject(Record, frozen=True, kw_only=True):
    """An input that could not be read or coded: why, and when that was first recorded."""

    source: str
    code: str
    message: str
    digest: str | None
    recorded_at: str


class Stats(Record, frozen=True, kw_only=True):
    """What the casebook holds; claims, events, actors, places are those of the latest codings."""

    reports: int
    revisions: int
    codings: int
    claims: int
    events: int
    actors: int
    places: int
    rejects: int
    published_from: str | None
    published_to: str | None
