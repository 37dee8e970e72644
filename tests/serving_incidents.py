"""Incidents, and a casebook of hand-built reports, for the tests of the pages: no coder is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from counterclaim.casebook import Casebook
from counterclaim.linking.incident import Estimate, Incident, IncidentPlace, Party, Relation
from counterclaim.records import Actor, Claim, ClaimLinks, CodedReport
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
