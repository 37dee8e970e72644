"""Incidents, and a casebook of hand-built reports, for the tests of the pages: no coder is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from msgspec.structs import replace

from counterclaim.casebook import Casebook
from counterclaim.linking.incident import Estimate, Incident, IncidentPlace, Party, Relation
from counterclaim.records import (
    Acled,
    Actor,
    Attribution,
    Claim,
    ClaimLinks,
    CodedReport,
    Event,
    Place,
    Plover,
    Time,
)
from counterclaim.serving.app import create_app
from counterclaim.serving.assembling import assemble
from counterclaim.serving.desk import Desk
from counterclaim.serving.indexing import Indexed
from tests.casebook_reports import coded_report
from tests.incident_reports import report, told

SCRIPT = "<script>window.ran=1</script>"


def incident(
    number: int, day: str | None = "2024-03-04", place: dict[str, Any] | None = None, **fields: Any
) -> Incident:
    """An incident with a place known exactly in Armenia, and an estimate of as many killed as its number."""
    where: dict[str, Any] = {"name": f"Kesra {number}", "lat": 40.0, "lon": 45.0, "country": "AM", "where_prec": 1} | (
        place or {}
    )
    base: dict[str, Any] = {
        "id": f"i{number}",
        "title": f"Shelling, Kesra {number}",
        "from_": day,
        "to": day,
        "place": IncidentPlace(**where),
        "reports": (f"r{number}",),
        "claims": ((f"r{number}", "c1"),),
        "estimates": {"ucdp": {"killed": Estimate(low=0, best=number, high=number + 5)}},
        "grade": "Fair",
    }
    return Incident(**{**base, **fields})


def contested() -> tuple[Relation, ...]:
    """A contradiction between two claims."""
    return (Relation(claims=(("r1", "c1"), ("r2", "c1")), kind="contradicts", why="one says 5, the other 50"),)


def indexed(number: int, *, acts: tuple[str, ...] = (), actors: tuple[str, ...] = (), **fields: Any) -> Indexed:
    """An incident with what it is found by."""
    sources = fields.pop("sources", ())
    return Indexed(incident(number, **fields), acts, sources, actors)


def party(name: str) -> Party:
    """A party of an incident."""
    return Party(name=name, role="perpetrator")


def opposed_reports() -> list[CodedReport]:
    """Two sides and their figures of one day, and a later revision of one of them."""
    return [
        report(
            "orvan-1", "2024-03-04", told("49 soldiers were killed", 49, 49, "Orvan Defence Ministry"), outlet="Wire"
        ),
        report(
            "kesran-1",
            "2024-03-05",
            told("300 soldiers were killed", 300, 300, "Kesran Defence Ministry"),
            outlet="Bulletin",
        ),
    ]


def hostile_report() -> CodedReport:
    """Markup in the text, the title, the outlet, the id and the names."""
    text = f"At least 12 {SCRIPT} villagers were killed, the Orvan army said."
    end = text.index(", the")
    claim = Claim(
        id="c1",
        start=0,
        end=end,
        evidence=text[:end],
        sentence=0,
        harm="killed",
        quantity="At least 12",
        min=12,
        victims=text[12:40],
        source=f"Orvan {SCRIPT} army",
        source_kind="named",
        perpetrator=SCRIPT,
        links=ClaimLinks(source_actor="a1"),
    )
    actor = Actor(
        id="a1", name=f"Orvan {SCRIPT} army", kind="military", mentions=((text.index("Orvan"), len(text) - 6),)
    )
    return CodedReport(
        id=f"hostile {SCRIPT}/1",
        text=text,
        title=f"Title {SCRIPT}",
        outlet=f"Outlet {SCRIPT}",
        url="javascript:window.ran=1",
        published="2024-03-06",
        sentences=((0, len(text)),),
        actors=(actor,),
        claims=(claim,),
    )


@contextmanager
def served(folder: Path, *reports: CodedReport) -> Iterator[TestClient[Any]]:
    """A client of the application over a casebook of these reports."""
    path = folder / "book.db"
    with Casebook(path) as book:
        book.add(list(reports) or [coded_report(), *opposed_reports(), hostile_report()])
    desk = Desk(path, assemble, cache=folder / "cache")
    with TestClient(create_app(desk), base_url="http://127.0.0.1") as client:
        yield client


def placed_reports() -> list[CodedReport]:
    """Two reports of one strike on a town of Armenia, by opposed sources, and one known only to lie in Georgia."""
    return [
        _placed("gavar-1", "Gavar", 12, "Armenian Defence Ministry", "AM", "Wire"),
        _placed("gavar-2", "Gavar", 3, "Azerbaijani Defence Ministry", "AZ", "Bulletin"),
        _placed("tbilisi-1", "Georgia", 40, "Armenian Defence Ministry", "AM", "Wire"),
    ]


PLACES: dict[str, dict[str, Any]] = {
    "Gavar": {
        "kind": "settlement",
        "lat": 40.359,
        "lon": 45.127,
        "country": "AM",
        "precision": 1,
        "geonames_id": 616530,
    },
    "Georgia": {"kind": "country", "lat": 42.0, "lon": 43.5, "country": "GE", "precision": 6, "geonames_id": 614540},
}


def _placed(id: str, where: str, killed: int, source: str, side: str, outlet: str) -> CodedReport:
    text = f"At least {killed} villagers were killed when shells hit {where} on Monday, the {source} said."

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    start, end = at(f"At least {killed} villagers were killed")
    return CodedReport(
        id=id,
        text=text,
        title=f"Shells hit {where}",
        outlet=outlet,
        published="2024-03-05",
        sentences=((0, len(text)),),
        actors=(Actor(id="a1", name=source, kind="government", country=side, sector="GOV", mentions=(at(source),)),),
        places=(
            Place(
                id="p1", start=at(where)[0], end=at(where)[1], text=where, name=where, confidence=1.0, **PLACES[where]
            ),
        ),
        times=(
            Time(
                id="t1",
                start=at("Monday")[0],
                end=at("Monday")[1],
                text="Monday",
                type="DATE",
                value="2024-03-04",
                from_="2024-03-04",
                to="2024-03-04",
                precision=1,
            ),
        ),
        attributions=(
            Attribution(
                id="s1",
                source=at(f"the {source}"),
                cue=at("said"),
                content=((0, at(", the")[0]),),
                kind="named",
                actor="a1",
            ),
        ),
        claims=(
            Claim(
                id="c1",
                start=start,
                end=end,
                evidence=text[start:end],
                sentence=0,
                harm="killed",
                quantity=f"At least {killed}",
                min=killed,
                victims="villagers",
                victim_kind="civilian",
                source=f"the {source}",
                source_kind="named",
                place=where,
                date="2024-03-04",
                links=ClaimLinks(attribution="s1", source_actor="a1", place_id="p1", time_id="t1", event="e1"),
            ),
        ),
        events=(
            Event(
                id="e1",
                start=start,
                end=at("on Monday")[1],
                trigger=at("hit"),
                sentence=0,
                plover=Plover(type="ASSAULT"),
                acled=Acled(
                    event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"
                ),
                place="p1",
                time="t1",
                attribution="s1",
                claims=("c1",),
            ),
        ),
    )


def denying_report() -> CodedReport:
    """The strike on Gavar, denied by whom it is laid to."""
    told = _placed("gavar-3", "Gavar", 2, "Azerbaijani Defence Ministry", "AZ", "Bulletin")
    start, end = told.text.index("shells"), told.text.index(", the")
    denial = replace(told.attributions[0], id="s2", content=((start, end),), stance="denies")
    return replace(told, attributions=(*told.attributions, denial))
