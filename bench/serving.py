"""Pages and API over 100,000 synthetic incidents: first page, every filter, the map, and a start with a kept index.

Times are those of whole HTTP requests on 127.0.0.1, the median of ROUNDS each; the 95th percentile is over the requests
of the list. No data folder is needed.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from counterclaim.casebook import Casebook
from counterclaim.linking.incident import Estimate, Incident, IncidentPlace, Relation, Weighed
from counterclaim.serving.app import create_app
from counterclaim.serving.desk import Desk
from counterclaim.serving.indexing import Indexed, Said

INCIDENTS = 100_000
ROUNDS = 3
SEED = 20
ACTS = (
    "ASSAULT",
    "COERCE",
    "PROTEST",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Armed clash",
    "Attack",
)
COUNTRIES = {
    "AF": (34, 66), "AM": (40, 45), "AZ": (40, 48), "CD": (-3, 24), "CO": (4, -73), "ET": (9, 40), "IL": (31, 35),
    "IQ": (33, 44), "ML": (17, -4), "MM": (21, 96), "NG": (9, 8), "PS": (32, 35), "SD": (15, 30), "SO": (6, 46),
    "SS": (7, 30), "SY": (35, 38), "UA": (49, 32), "YE": (16, 48),
}  # fmt: skip


def incidents(number: int = INCIDENTS) -> Iterator[Indexed]:
    """Made-up incidents over eleven years, two claims each on average, the same in every run."""
    drawn = random.Random(SEED)
    syllables = ("ba", "ke", "ro", "mi", "sul", "tan", "dor", "vek", "lia", "nor", "esh", "pur", "gal", "zim", "ora")

    def name() -> str:
        return "".join(drawn.choices(syllables, k=drawn.randint(2, 3))).capitalize()

    places = [(name(), code, lat, lon) for code, (lat, lon) in COUNTRIES.items() for _ in range(250)]
    actors = [f"{name()} {kind}" for kind in ("army", "militia", "Front", "police") for _ in range(500)]
    sources = [f"{name()} {kind}" for kind in ("ministry", "spokesman", "Observatory", "hospital") for _ in range(700)]
    for n in range(number):
        place, country, lat, lon = drawn.choice(places)
        day = (date(2014, 1, 1) + timedelta(days=drawn.randint(0, 4000))).isoformat()
        precision = drawn.choices((1, 2, 3, 4, 6), (50, 20, 10, 10, 10))[0]
        best = int(drawn.paretovariate(1.1)) - 1
        tellers = drawn.choices(sources, k=drawn.choice((1, 1, 2, 2, 4)))
        acts = drawn.sample(ACTS, 2)
        parties = drawn.sample(actors, 2)
        report = f"r{n}"
        said = tuple(_said(report, number, day, best, teller, parties) for number, teller in enumerate(tellers))
        against = Relation(claims=((report, "c0"), (report, "c1")), kind="contradicts", why=f"{tellers[0]} says {best}")
        settled = Estimate(
            low=best // 2,
            best=best,
            high=best * 2,
            trace=tuple(Weighed(claim=(report, one.claim), weight=1.0, reason="counted") for one, _ in said),
            why="median of those who count",
        )
        yield Indexed(
            Incident(
                id=f"i{n:012x}",
                title=f"{acts[0].capitalize()}, {place}, {day}",
                from_=day,
                to=day,
                date_prec=1,
                place=IncidentPlace(
                    name=place,
                    lat=round(lat + drawn.uniform(-3, 3), 4),
                    lon=round(lon + drawn.uniform(-3, 3), 4),
                    country=country,
                    where_prec=precision,
                ),
                reports=(report,),
                claims=tuple((report, one.claim) for one, _ in said),
                estimates={rule: {"killed": settled} for rule in ("ucdp", "lowest", "range", "pooled")},
                grade=drawn.choice(("Confirmed", "Fair", "Weak", "Contested", None)),
                relations=(against,) if len(said) > 1 and drawn.random() < 0.3 else (),
            ),
            tuple(acts),
            tuple(tellers),
            tuple(parties),
            said,
        )


def _said(
    report: str, number: int, day: str, best: int, teller: str, parties: list[str]
) -> tuple[Said, tuple[tuple[str, str], ...]]:
    one = Said(
        report=report,
        claim=f"c{number}",
        day=day,
        harm="killed",
        figure=str(best + number),
        low=best + number,
        high=best + number,
        victims="people",
        stance="asserts",
        state="stands",
        teller=teller,
        side="",
        of=parties[1],
        blamed=parties[0],
        outlet="Wire",
    )
    return one, (("source", teller), ("says", teller), ("blamed", parties[0]), ("suffers", parties[1]))


def queries() -> list[dict[str, str]]:
    """Every filter alone with several values, and pairs of them."""
    drawn = random.Random(SEED)
    single: list[dict[str, str]] = [{}, {"certain": "1"}]
    single += [{"q": words} for words in ("ba", "kero", "sul", "assault", "air strike", "2019 05", "nothing-at-all")]
    single += [{"actor": part} for part in ("army", "Front", "kero", "dek", "zzz")]
    single += [{"source": part} for part in ("ministry", "Observatory", "tan", "zzz")]
    single += [{"place": part} for part in ("ke", "Lia", "zim", "%")]
    single += [{"country": code} for code in drawn.sample(list(COUNTRIES), 5)]
    single += [{"act": act} for act in ACTS[:4]]
    single += [{"harm": harm} for harm in ("killed", "injured")]
    single += [{"grade": grade} for grade in ("Confirmed", "Weak", "Contested")]
    single += [{"since": "2020-01-01"}, {"until": "2016-06-30"}, {"since": "2022-02-24", "until": "2022-03-31"}]
    single += [{"least": number} for number in ("1", "10", "1000")]
    single += [{"bbox": box} for box in ("20,10,60,50", "-180,-90,180,90", "44,39,46,41")]
    pairs = [first | second for first, second in (drawn.sample(single, 2) for _ in range(40))]
    return single + pairs


def measure() -> dict[str, float]:
    """Seconds and milliseconds; see the module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        Casebook(path).close()
        desk = Desk(path, lambda book, as_of: incidents(), cache=folder)
        start = time.perf_counter()
        desk.index()
        built = time.perf_counter() - start
        size = Path(desk.index().path).stat().st_size
        desk.close()
        start = time.perf_counter()
        desk = Desk(path, lambda book, as_of: incidents(), cache=folder)
        with Serving(desk) as address:
            first = timed(f"{address}/")
            opened = time.perf_counter() - start
            pages = [repeated(f"{address}/?{urlencode(query)}") for query in queries()]
            rows = [repeated(f"{address}/api/v1/incidents?{urlencode(query)}") for query in queries()]
            marks = [repeated(f"{address}/api/v1/map?{urlencode(query | {'zoom': '4'})}") for query in queries()]
            near = {"zoom": "8", "view": "40,30,46,36"}
            zoomed = [repeated(f"{address}/api/v1/map?{urlencode(query | near)}") for query in queries()]
            seen = len(json.loads(fetched(f"{address}/api/v1/map?{urlencode(near)}"))["spots"])
            whole = repeated(f"{address}/api/v1/incidents/i{99:012x}")
    return {
        "incidents": INCIDENTS,
        "requests": 4 * len(pages),
        "index_build_seconds": built,
        "index_mb": size / 1e6,
        "start_to_first_page_seconds": opened,
        "first_page_ms": 1000 * first,
        "page_filter_p50_ms": 1000 * statistics.median(pages),
        "page_filter_p95_ms": 1000 * percentile(pages),
        "page_filter_worst_ms": 1000 * max(pages),
        "api_filter_p95_ms": 1000 * percentile(rows),
        "api_filter_worst_ms": 1000 * max(rows),
        "map_filter_p95_ms": 1000 * percentile(marks),
        "map_filter_worst_ms": 1000 * max(marks),
        "map_zoomed_p95_ms": 1000 * percentile(zoomed),
        "map_marks_in_a_close_view": seen,
        "api_incident_ms": 1000 * whole,
    }


class Serving:
    """The application on a free port of 127.0.0.1, as a context: gives its address."""

    def __init__(self, desk: Desk) -> None:
        config = uvicorn.Config(create_app(desk), host="127.0.0.1", port=0, log_level="error")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


def timed(address: str) -> float:
    """Seconds of one request, its body read."""
    start = time.perf_counter()
    fetched(address)
    return time.perf_counter() - start


def fetched(address: str) -> bytes:
    """The body of an answer."""
    with urllib.request.urlopen(address) as answer:
        body: bytes = answer.read()
    return body


def repeated(address: str) -> float:
    """The median of several."""
    return statistics.median(timed(address) for _ in range(ROUNDS))


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value that a share of them do not exceed."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def main() -> None:
    print(json.dumps(measure(), indent=1))


if __name__ == "__main__":
    main()
