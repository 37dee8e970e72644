"""What stands around a story is not read into it: datelines, bylines, the word feared."""

from __future__ import annotations

import counterclaim as cc


def test_a_dateline_and_the_first_number_are_no_range() -> None:
    (claim,) = cc.code("MANILA, March 4 - Seven soldiers were killed in a clash, the army said.").claims
    assert (claim.min, claim.max) == (7, 7)


def test_who_wrote_the_report_does_nothing_in_it() -> None:
    text = (
        "Boat capsizes off the coast\n\nBy Jane Shelling\n\nThe coast guard said it had recovered 14 bodies and "
        "rescued 32 people after a boat capsized off the coast on Sunday."
    )
    coded = cc.code(text, published="2023-06-12")
    assert "Jane Shelling" not in {actor.name for actor in coded.actors}
    assert [claim.min for claim in coded.claims if claim.harm == "killed"] == [14]


def test_feared_is_no_victim() -> None:
    claims = cc.code("At least 60 feared drowned off Libya, the agency said.").claims
    assert {claim.victims for claim in claims} == {""}
    assert {claim.stance for claim in claims} == {"hypothetical"}


def test_a_capital_in_the_dateline_alone_is_not_where_a_border_clash_was() -> None:
    (claim,) = cc.code(
        "BAKU, Sept 13 - Fifty servicemen were killed in fighting along the border, the ministry said.",
        published="2022-09-13",
    ).claims
    assert claim.place == ""
