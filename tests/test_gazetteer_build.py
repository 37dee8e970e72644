"""A gazetteer can be built from GeoNames tables as published: streamed, repeatable, with typed errors."""

from importlib import resources
from pathlib import Path

import pytest

from counterclaim.errors import DataError
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.gazetteer import index as gazetteer_index
from counterclaim.resolving.gazetteer.build import build
from counterclaim.resolving.gazetteer.sources import arabic_keys, bare_admin_key, usable_name


def row(number: int, name: str, others: str, lat: float, lon: float, code: str, admin: str, people: int = 0) -> str:
    country, first, second = admin.split(".")
    fields = (number, name, name, others, lat, lon, code[0], code[2:], country, "", first, second, "", "", people)
    return "\t".join([*map(str, fields), "", "", "", ""])


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    codes = (resources.files("counterclaim.data") / "regions.tsv").read_text("utf-8").splitlines()
    known = sorted({line.split("\t")[0] for line in codes if line[2:3] == "."})
    first = [f"{code}\tDivision {code}\tDivision\t{number}" for number, code in enumerate(known, start=1)]
    (tmp_path / "admin1CodesASCII.txt").write_text("\n".join([*first, "XK.99\tHill Province\tHill\t9001"]) + "\n")
    (tmp_path / "admin2Codes.txt").write_text("XK.99.1\tLower Hill District\tLower Hill\t9002\n")
    places = [
        row(9001, "Hill", "", 42.7, 21.1, "A.ADM1", "XK.99."),
        row(9100, "Upper Rillby", "Rillbi e Epërme,RLB,ruiruubi,Риллби", 42.5, 21.0, "P.PPL", "XK.99.1", 900),
        row(9101, "Rillby", "", 42.6, 21.2, "P.PPL", "XK.99.1", 40),
        row(9102, "Lake Rill", "", 42.4, 21.2, "H.LK", "XK.99."),
        row(9103, "Rill Inn", "", 42.4, 21.2, "S.HTL", "XK.99."),
    ]
    (tmp_path / "XK.txt").write_text("\n".join(places) + "\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text(
        "1\t9101\tsq\tRillbush\n2\t9101\tlink\thttps://example.org\n3\t7\ten\tNowhere\n"
    )
    return tmp_path


def test_a_dump_becomes_a_gazetteer_with_divisions_and_other_names(sources: Path) -> None:
    report = build(
        sources / "out.bin", codes=sources, geonames=sources / "XK.txt", alternate_names=sources / "names.txt"
    )
    gazetteer = Gazetteer(report.path)
    place = gazetteer.lookup("rillbi e eperme")[0]
    assert (place.name, place.admin1, place.admin2, place.population) == (
        "Upper Rillby",
        "Hill Province",
        "Lower Hill District",
        900,
    )
    assert gazetteer.lookup("Rillbush")[0].name == "Rillby"
    assert gazetteer.lookup("Lake Rill")[0].kind == "water"
    assert gazetteer.lookup("Rill Inn") == gazetteer.lookup("RLB") == gazetteer.lookup("ruiruubi") == ()
    hill = gazetteer.lookup("Hill")[0]
    assert (hill.kind, hill.lat, hill.lon) == ("admin1", 42.7, 21.1)
    district = gazetteer.lookup("Lower Hill District")[0]
    assert 42.5 < district.lat < 42.6
    assert report.version == gazetteer.version


def test_the_same_sources_give_the_same_bytes_however_little_memory(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(sources / "one.bin", codes=sources, geonames=sources / "XK.txt")
    monkeypatch.setattr(gazetteer_index, "RUN", 7)
    build(sources / "two.bin", codes=sources, geonames=sources / "XK.txt")
    assert (sources / "one.bin").read_bytes() == (sources / "two.bin").read_bytes()


def test_small_settlements_can_be_left_out_and_listed_places_added(sources: Path) -> None:
    extra = sources / "extra.csv"
    extra.write_text(
        "name,country,lat,lon,population,aliases\nRillford,XK,42.55,21.05,60,Rilfort\nRillby,XK,42.6,21.2,,Rilbi\n"
    )
    report = build(sources / "out.bin", codes=sources, geonames=sources / "XK.txt", extra=[extra], min_population=50)
    gazetteer = Gazetteer(report.path)
    assert [place.admin1 for place in gazetteer.lookup("Rilfort")] == ["Hill Province"]
    assert gazetteer.lookup("Rilbi")[0].geonames_id is None
    full = Gazetteer(build(sources / "full.bin", codes=sources, geonames=sources / "XK.txt", extra=[extra]).path)
    assert full.lookup("Rilbi")[0].geonames_id == 9101


@pytest.mark.parametrize(("name", "text"), [("XK.txt", "a\tb\n"), ("admin1CodesASCII.txt", "nothing\n")])
def test_a_source_of_another_shape_is_a_data_error(sources: Path, name: str, text: str) -> None:
    (sources / name).write_text(text)
    with pytest.raises(DataError, match=name):
        build(sources / "out.bin", codes=sources, geonames=sources / "XK.txt")
    assert not (sources / "out.bin").exists()


def test_a_missing_source_is_a_data_error(sources: Path) -> None:
    with pytest.raises(DataError, match="cannot read"):
        build(sources / "out.bin", codes=sources / "none", geonames=sources / "XK.txt")


@pytest.mark.parametrize(
    ("name", "usable"),
    [("Kharkov", True), ("al-Raqqah", True), ("Харьков", False), ("vuarudenisu", False), ("LON", False), ("ab", False)],
)
def test_bare_transliterations_and_codes_are_no_names(name: str, usable: bool) -> None:
    assert usable_name(name) is usable


def test_names_lose_the_words_for_their_kind_and_the_article() -> None:
    assert bare_admin_key("Cabo Delgado Province") == "cabo delgado"
    assert bare_admin_key("Provincia de Lima") == "lima"
    assert bare_admin_key("Province") == "province"
    assert bare_admin_key("City of Rillby") == "rillby"
    assert bare_admin_key("Rillby City") == "rillby city"
    assert arabic_keys("ar raqqah") == {"al raqqah", "raqqah", "ar raqqa", "al raqqa", "raqqa"}
    assert arabic_keys("homs") == set()
