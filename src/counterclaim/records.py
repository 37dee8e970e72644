"""The records of the coded report, version 1: frozen, typed, and nothing but data.

Offsets are `[start, end)` in Unicode code points of the coded text. Unknown is `None` (or `""` in the plain-text fields
of a claim), never 0 and never a guess. `to_dict()` gives the JSON shape; `from_dict()` reads it back and checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, Self

import msgspec

from counterclaim.errors import MalformedRecord, UsageError

if TYPE_CHECKING:
    import pandas as pd

RECORD: Final = "record of "
"""How the `analyser` of reports of record begins: `record of UCDP GED`."""

Span = tuple[int, int]
"""`[start, end)` in code points."""

SCHEMA: Final = "counterclaim/coded-report/1"

ActorKind = Literal[
    "person", "state", "government", "military", "armed_group", "igo", "ngo", "media", "company", "civilians", "other"
]
PlaceKind = Literal["settlement", "admin1", "admin2", "country", "region", "facility", "water", "unresolved"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Harm = Literal["killed", "injured", "missing", "captured", "displaced", "casualties"]
VictimKind = Literal["civilian", "combatant", "mixed", "unknown"]
SourceKind = Literal["named", "unnamed", "author"]
AttributionKind = Literal["named", "unnamed"]
AttributionStance = Literal["asserts", "denies", "doubts"]
Stance = Literal["asserts", "denies", "doubts", "hypothetical"]
Reality = Literal["actual", "ongoing", "planned", "hypothetical", "negated", "failed"]


class Record(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Base of all records: frozen, compared by value, serialised by field name."""

    def to_dict(self) -> dict[str, Any]:
        """The record in JSON shape: dicts, lists, strings, numbers, None."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def to_json(self) -> str:
        """The record as one line of JSON."""
        return msgspec.json.encode(self).decode("utf-8")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the JSON shape back. Raises MalformedRecord where it is not what the contract says."""
        try:
            return msgspec.convert(data, cls)
        except msgspec.ValidationError as error:
            raise MalformedRecord(f"not a {cls.__name__}: {error}") from error

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Read one JSON line. Raises MalformedRecord where it is not JSON or not this record."""
        try:
            return msgspec.json.decode(line, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise MalformedRecord(f"not a {cls.__name__}: {error}") from error


class Report(Record, frozen=True, kw_only=True):
    """One published text, as handed to the coder. `published` is `YYYY-MM-DD` or None.

    `source` is where it was read (a path, `feed.jsonl:12`); it goes into the casebook, not into the coded report.
    """

    text: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None

    def __repr__(self) -> str:
        return f"<Report {self.id or '?'} {self.published or 'undated'} {len(self.text)} characters>"


class Actor(Record, frozen=True, kw_only=True):
    """A party the report names: `country` is ISO 3166-1 alpha-2, `sector` a PLOVER sector."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    country: str | None = None
    country_name: str | None = None
    sector: str | None = None
    mentions: tuple[Span, ...] = ()
    wikidata: str | None = None

    def __repr__(self) -> str:
        return f"<Actor {self.id} {self.name!r} {self.kind} {self.country or '-'} {self.sector or '-'}>"


class Place(Record, frozen=True, kw_only=True):
    """A place name and what it stands for: WGS84 degrees, `precision` UCDP where_prec 1-7.

    `confidence` is the chance that the name is a place and lies within 161 km of the point, as fitted on local news;
    without a point, one figure for all.
    """

    id: str
    start: int
    end: int
    text: str
    name: str
    kind: PlaceKind
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    precision: int | None = None
    confidence: float = 0.0

    def __repr__(self) -> str:
        where = "unresolved" if self.lat is None else f"{self.lat:.2f},{self.lon:.2f}"
        return f"<Place {self.id} {self.text!r} {self.kind} {where} {self.country or '-'}>"


class Time(Record, frozen=True, kw_only=True):
    """A TIMEX3 expression: `from`/`to` ISO dates, `precision` UCDP date_prec 1-5."""

    id: str
    start: int
    end: int
    text: str
    type: TimeType
    value: str | None = None
    from_: str | None = None
    to: str | None = None
    precision: int | None = None

    def __repr__(self) -> str:
        return f"<Time {self.id} {self.text!r} = {self.value or '?'}>"


class Attribution(Record, frozen=True, kw_only=True):
    """A piece of text handed to a source: who (source), by what word (cue), and what (content)."""

    id: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: AttributionKind
    stance: AttributionStance = "asserts"
    actor: str | None = None

    def __repr__(self) -> str:
        return f"<Attribution {self.id} source={self.source} cue={self.cue} content={list(self.content)} {self.stance}>"


class ClaimLinks(Record, frozen=True, kw_only=True):
    """The ids, within the same report, of what a claim is tied to."""

    attribution: str | None = None
    source_actor: str | None = None
    perpetrator_actor: str | None = None
    victim_actor: str | None = None
    place_id: str | None = None
    time_id: str | None = None
    event: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One stated figure of human harm. `evidence` is `text[start:end]`; `min`/`max` are persons, None where open."""

    id: str
    start: int
    end: int
    evidence: str
    sentence: int
    harm: Harm
    quantity: str = ""
    min: int | None = None
    max: int | None = None
    approx: bool = False
    vague: str | None = None
    cumulative: bool = False
    victims: str = ""
    victim_kind: VictimKind = "unknown"
    victim_side: str = ""
    perpetrator: str = ""
    source: str = ""
    source_kind: SourceKind = "author"
    stance: Stance = "asserts"
    place: str = ""
    date: str = ""
    background: bool = False
    source_chain: tuple[str, ...] = ()
    links: ClaimLinks = ClaimLinks()
    confidence: float = 0.0

    @property
    def figure(self) -> str:
        """The number in words a reader takes in at once: `49`, `≥49`, `≤20`, `10–15`, `~30`, `dozens`, `some`."""
        low, high = self.min, self.max
        if low is None and high is None:
            return self.vague or "some"
        if low is None:
            shown = f"≤{high:,}"
        elif high is None:
            shown = f"≥{low:,}"
        else:
            shown = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        return f"~{shown}" if self.approx else shown

    def __repr__(self) -> str:
        who = self.source or "author"
        return f"<Claim {self.id} {self.figure} {self.harm} {self.victims!r} according to {who!r} ({self.stance})>"


class Plover(Record, frozen=True, kw_only=True):
    """A PLOVER code: type, mode (or None) and contexts."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()


class Acled(Record, frozen=True, kw_only=True):
    """An ACLED code."""

    event_type: str
    sub_event_type: str


class Event(Record, frozen=True, kw_only=True):
    """One act: who did what to whom, in the codes of the field."""

    id: str
    start: int
    end: int
    trigger: Span
    sentence: int
    plover: Plover
    mentions: tuple[Span, ...] = ()
    cameo: str | None = None
    acled: Acled | None = None
    ucdp_violence: Literal[1, 2, 3] | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    weapon: str | None = None
    place: str | None = None
    time: str | None = None
    reality: Reality = "actual"
    background: bool = False
    attribution: str | None = None
    claims: tuple[str, ...] = ()
    confidence: float = 0.0

    def __repr__(self) -> str:
        mode = f"/{self.plover.mode}" if self.plover.mode else ""
        return f"<Event {self.id} {self.plover.type}{mode} {list(self.actor)} -> {list(self.recipient)} {self.reality}>"


class Warning_(Record, frozen=True, kw_only=True):
    """What could not be worked out, and why. `code` is stable, for scripts."""

    code: str
    message: str


class CodedBy(Record, frozen=True, kw_only=True):
    """The versions that made a coding."""

    program: str
    analyser: str
    gazetteer: str


class Decided(Record, frozen=True, kw_only=True):
    """What a reviewer decided of a record, as far as it stands: decision `decision` of the casebook, and why.

    `machine` is the value the program read (of what was rejected the record whole), `value` the one that stands now,
    `span` the words it walks back to, where they were marked.
    """

    decision: int
    kind: Literal["accept", "correct", "reject", "grade", "merge", "split", "apart"]
    by: str
    at: str
    layer: Literal["claims", "events", "incidents"]
    record: str
    why: str = ""
    field: str = ""
    machine: Any = None
    value: Any = None
    span: Span | None = None


TABLES = ("actors", "places", "times", "attributions", "claims", "events", "warnings")


class CodedReport(Record, frozen=True, kw_only=True):
    """A report with every layer of the contract. All lists are in text order."""

    id: str
    text: str
    schema: Literal["counterclaim/coded-report/1"] = SCHEMA
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    decided: tuple[Decided, ...] = ()
    """What reviewers decided of its claims and events; the lists above already show what stands."""
    coded_by: CodedBy | None = None

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, table))} {table}" for table in TABLES[:-1])
        return f"<CodedReport {self.id} {self.published or 'undated'}: {counts}>"

    @property
    def is_record(self) -> bool:
        """Whether it is a row of another data set, imported as a report of record: nobody's news, and read by nobody
        here.
        """
        return self.coded_by is not None and self.coded_by.analyser.startswith(RECORD)

    def to_frame(self, table: str = "claims") -> pd.DataFrame:
        """One table of the report as a pandas DataFrame, a row a record, report id first.

        Raises UsageError for an unknown table or where pandas is not installed.
        """
        if table not in TABLES:
            raise UsageError(f"no table {table!r} in a coded report; it has {', '.join(TABLES)}")
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError("pandas is not installed: pip install 'counterclaim[pandas]'") from error
        rows = [{"report": self.id, **record.to_dict()} for record in getattr(self, table)]
        return pd.DataFrame(rows)


class Recorded(Report, frozen=True, kw_only=True):
    """A row of another data set: it comes coded, so no coder reads it."""

    coded: CodedReport
