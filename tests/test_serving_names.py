"""Names of victims are hidden on pages, wherever in a report they stand, and every offset holds."""

from pathlib import Path

import pytest

from counterclaim.records import Actor, Claim, ClaimLinks, CodedReport
from counterclaim.serving.names import shown, veil, veiled, victim_names
from tests.serving_incidents import served

TEXT = (
    "Mayor Ivo Tarn said that Lena Marov and her brother Pavel were killed in Kesra. Marov was nine. Orvan troops fled."
)


def report(text: str = TEXT) -> CodedReport:
    def spans(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    start, end = text.index("Lena"), text.index(" in Kesra")
    claim = Claim(
        id="c1", start=start, end=end, evidence=text[start:end], sentence=0, harm="killed", min=2, max=2,
        victims="Lena Marov and her brother Pavel", source="Mayor Ivo Tarn", source_kind="named",
        links=ClaimLinks(victim_actor="a1", source_actor="a2"),
    )  # fmt: skip
    actors = (
        Actor(id="a1", name="Lena Marov", kind="person", mentions=(*spans("Lena Marov"), *spans("Marov was")[:0])),
        Actor(id="a2", name="Ivo Tarn", kind="person", mentions=spans("Ivo Tarn")),
        Actor(id="a3", name="Orvan troops", kind="military", mentions=spans("Orvan troops")),
    )
    return CodedReport(
        id="r1",
        text=text,
        title="Lena Marov, nine",
        published="2024-03-04",
        sentences=((0, len(text)),),
        actors=actors,
        claims=(claim,),
    )


def test_victims_are_found_by_their_claim_and_by_what_it_calls_them() -> None:
    names = victim_names(report())
    assert {"Lena Marov", "Pavel", "Marov"} <= names
    assert not names & {"Ivo Tarn", "Tarn", "Kesra", "Orvan"}


def test_a_veiled_report_shows_no_victim_and_keeps_every_offset() -> None:
    whole, hidden = report(), veil(report())
    assert len(hidden.text) == len(whole.text)
    assert shown(hidden.text) == (
        "Mayor Ivo Tarn said that [name] and her brother [name] were killed in Kesra. "
        "[name] was nine. Orvan troops fled."
    )
    [claim] = hidden.claims
    assert claim.evidence == hidden.text[claim.start : claim.end]
    assert shown(claim.victims) == "[name] and her brother [name]"
    assert [shown(actor.name) for actor in hidden.actors] == ["[name]", "Ivo Tarn", "Orvan troops"]
    assert shown(hidden.title or "") == "[name], nine"


@pytest.mark.parametrize(
    "victims", ["Orvan soldiers", "12 people", "Ukrainian troops", "children", "UN staff", "Doctors"]
)
def test_bodies_and_nations_are_no_names(victims: str) -> None:
    text = f"{victims} were killed."
    claim = Claim(id="c1", start=0, end=len(text), evidence=text, sentence=0, harm="killed", victims=victims)
    actor = Actor(id="a1", name="Orvan", kind="military", mentions=((0, 5),))
    found = CodedReport(id="r", text=text, sentences=((0, len(text)),), actors=(actor,), claims=(claim,))
    assert not victim_names(found)


def test_only_whole_words_are_hidden() -> None:
    assert shown(veiled("Ali, Alison and al-Ali", {"Ali"})) == "[name], Alison and al-[name]"


def test_pages_hide_the_names_until_they_are_asked_for(tmp_path: Path) -> None:
    with served(tmp_path, report()) as client:
        [row] = client.get("/api/v1/incidents").json()["rows"]
        for address in ("/", "/actors", f"/incidents/{row['id']}", "/reports/r1", "/sources/Ivo%20Tarn"):
            page = client.get(address).text
            assert "Marov" not in page, address
            assert "Pavel" not in page, address
        for address in (f"/incidents/{row['id']}", "/reports/r1"):
            assert "Marov" in client.get(f"{address}?names=1").text
