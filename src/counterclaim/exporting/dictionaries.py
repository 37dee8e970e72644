"""What the fields of the formats of reports mean, and what each of them leaves out."""

from __future__ import annotations

from typing import Final

from counterclaim.exporting.columns import CLAIM_COLUMNS, EVENT_COLUMNS
from counterclaim.exporting.incidents.settled import Loss, Losses
from counterclaim.exporting.incidents.table import Field, dictionary_csv

_SPAN: Final = "[start, end) in code points of `text`"


def _spanned(layer: str, what: str) -> tuple[Field, ...]:
    return (
        Field(f"{layer}[].id", "text", "id within the report"),
        Field(f"{layer}[].start", "integer", f"where {what} begins", "code points"),
        Field(f"{layer}[].end", "integer", f"where {what} ends", "code points"),
    )


_REPORT: Final = (
    Field("schema", "text", "`counterclaim/coded-report/1`"),
    Field("id", "text", "the report's id in the casebook"),
    Field("title", "text", "its title"),
    Field("url", "text", "its address"),
    Field("outlet", "text", "who published it"),
    Field("published", "date", "day of publication", "YYYY-MM-DD"),
    Field("language", "text", "its language", "ISO 639-1"),
    Field("text", "text", "the text that was coded"),
    Field("sentences[]", "list", f"its sentences: {_SPAN}"),
    Field("actors[].id", "text", "id within the report"),
    Field("actors[].name", "text", "the party's name"),
    Field("actors[].kind", "text", "person, state, government, military, armed_group, igo, ngo, media, company, ..."),
    Field("actors[].role", "text", "office or role"),
    Field("actors[].country", "text", "the state it belongs to or acts for", "ISO 3166-1 alpha-2"),
    Field("actors[].country_name", "text", "the same by name"),
    Field("actors[].sector", "text", "sector", "PLOVER"),
    Field("actors[].mentions[]", "list", f"where it is named: {_SPAN}"),
    Field("actors[].wikidata", "text", "Wikidata id"),
    *_spanned("places", "the name"),
    Field("places[].text", "text", "the words"),
    Field("places[].name", "text", "the place they stand for"),
    Field("places[].kind", "text", "settlement, admin1, admin2, country, region, facility, water or unresolved"),
    Field("places[].geonames_id", "integer", "GeoNames id"),
    Field("places[].lat", "number", "latitude", "degrees, WGS84"),
    Field("places[].lon", "number", "longitude", "degrees, WGS84"),
    Field("places[].country", "text", "country", "ISO 3166-1 alpha-2"),
    Field("places[].admin1", "text", "first-order division"),
    Field("places[].admin2", "text", "second-order division"),
    Field("places[].precision", "integer", "how exactly the point tells the place", "UCDP where_prec 1-7"),
    Field("places[].confidence", "number", "chance that it is a place, within 161 km of the point", "0-1"),
    *_spanned("times", "the expression"),
    Field("times[].text", "text", "the words"),
    Field("times[].type", "text", "DATE, TIME, DURATION or SET", "TIMEX3"),
    Field("times[].value", "text", "value", "TIMEX3"),
    Field("times[].from", "date", "first day", "YYYY-MM-DD"),
    Field("times[].to", "date", "last day", "YYYY-MM-DD"),
    Field("times[].precision", "integer", "how exactly the days are known", "UCDP date_prec 1-5"),
    Field("attributions[].id", "text", "id within the report"),
    Field("attributions[].source", "list", f"who says it: {_SPAN}"),
    Field("attributions[].cue", "list", f"the word of saying: {_SPAN}"),
    Field("attributions[].content[]", "list", f"what is said: {_SPAN}"),
    Field("attributions[].actor", "text", "id of the actor that the source is"),
    Field("attributions[].kind", "text", "named or unnamed"),
    Field("attributions[].stance", "text", "asserts, denies or doubts"),
    *_spanned("claims", "the evidence"),
    Field("claims[].evidence", "text", "the words that state quantity, victims and harm"),
    Field("claims[].sentence", "integer", "number of the sentence, from 0"),
    Field("claims[].harm", "text", "killed, injured, missing, captured, displaced or casualties"),
    Field("claims[].quantity", "text", "the words of the number"),
    Field("claims[].min", "integer", "claimed number at least; null: open", "persons"),
    Field("claims[].max", "integer", "claimed number at most; null: open", "persons"),
    Field("claims[].approx", "yes/no", "told as about so many"),
    Field("claims[].vague", "text", "the word where no number is told"),
    Field("claims[].cumulative", "yes/no", "a running total"),
    Field("claims[].victims", "text", "whom it calls the victims"),
    Field("claims[].victim_kind", "text", "civilian, combatant, mixed or unknown"),
    Field("claims[].victim_side", "text", "whose they are"),
    Field("claims[].perpetrator", "text", "who is said to have done it"),
    Field("claims[].source", "text", "whom it is according to; empty: the report's author"),
    Field("claims[].source_kind", "text", "named, unnamed or author"),
    Field("claims[].source_chain[]", "text", "sources within sources, the innermost first"),
    Field("claims[].stance", "text", "asserts, denies, doubts or hypothetical"),
    Field("claims[].place", "text", "the words for the place"),
    Field("claims[].date", "text", "the day it is of"),
    Field("claims[].background", "yes/no", "told as earlier context, not as the news"),
    Field("claims[].links", "object", "ids of attribution, actors, place, time and event it is tied to"),
    Field("claims[].confidence", "number", "how sure the coder is", "0-1"),
    *_spanned("events", "the clause"),
    Field("events[].trigger", "list", f"the word that tells the act: {_SPAN}"),
    Field("events[].mentions[]", "list", f"clauses that tell it again: {_SPAN}"),
    Field("events[].sentence", "integer", "number of the sentence, from 0"),
    Field("events[].plover", "object", "type, mode and contexts", "PLOVER"),
    Field("events[].cameo", "text", "code", "CAMEO"),
    Field("events[].acled", "object", "event type and sub-event type", "ACLED"),
    Field("events[].ucdp_violence", "integer", "1 state-based, 2 non-state, 3 one-sided", "UCDP type_of_violence"),
    Field("events[].actor[]", "text", "ids of the actors who did it"),
    Field("events[].recipient[]", "text", "ids of those to whom it was done"),
    Field("events[].weapon", "text", "with what"),
    Field("events[].place", "text", "id of the place"),
    Field("events[].time", "text", "id of the time"),
    Field("events[].reality", "text", "actual, ongoing, planned, hypothetical, negated or failed"),
    Field("events[].background", "yes/no", "told as earlier context, not as the news"),
    Field("events[].attribution", "text", "id of the attribution that tells it"),
    Field("events[].claims[]", "text", "ids of the claims of harm in it"),
    Field("events[].confidence", "number", "how sure the coder is", "0-1"),
    Field("warnings[].code", "text", "what could not be worked out, by a stable word"),
    Field("warnings[].message", "text", "the same in words"),
    Field("decided[]", "object", "what reviewers decided of claims and events: who, when, why"),
    Field("coded_by", "object", "versions of program, analyser and gazetteer"),
)
_TABLES: Final = {
    "claims-csv": tuple(Field(one.name, one.type, one.meaning, one.unit) for one in CLAIM_COLUMNS),
    "events-csv": tuple(Field(one.name, one.type, one.meaning, one.unit) for one in EVENT_COLUMNS),
}
_FEATURE: Final = (
    Field("record", "text", "claim or event; the other properties are the columns of that table"),
    Field("pin", "yes/no", "false where the point stands for a whole area: draw it otherwise, or not"),
    Field("place_precision_meaning", "text", "place_precision in words"),
)
_PAGE: Final = (
    Field("claims", "list", "a table of every claim: who says how many"),
    Field("text", "text", "each report's text with every record marked in it"),
    Field("cards", "list", "each record: its values, and the words that they stand on"),
)
_LEFT_OUT: Final[dict[str, Losses]] = {
    "jsonl": [],
    "claims-csv": [Loss("", "events, other attributions, the whole text", "events-csv and jsonl have them")],
    "events-csv": [Loss("", "claims but their ids, the whole text", "claims-csv and jsonl have them")],
    "geojson": [Loss("", "the whole text, other attributions", "jsonl has them")],
    "html": [Loss("", "values as data", "the page is to be read; jsonl has them")],
}


def dictionary_of(form: str) -> str:
    """What each column or field of a format of reports means, as CSV: column, type, unit, meaning."""
    columns = {
        "jsonl": _REPORT,
        **_TABLES,
        "geojson": tuple(
            {one.name: one for one in (*_FEATURE, *_TABLES["claims-csv"], *_TABLES["events-csv"])}.values()
        ),
        "html": _PAGE,
    }
    return dictionary_csv(columns[form])


def left_out_of(form: str) -> Losses:
    """What a format of reports never holds."""
    return _LEFT_OUT[form]
