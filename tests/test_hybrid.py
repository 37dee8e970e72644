"""The rules and a trained analyser together: what each adds, and that nothing changes without one."""

from __future__ import annotations

from dataclasses import replace

from counterclaim.coding.attributions import find_attributions, read_attributions
from counterclaim.coding.claims import find_claims
from counterclaim.language import Analysis, HarmSpan, PatternAnalyser, Statement
from counterclaim.records import Attribution, Claim
from counterclaim.resolving.actors import ActorIndex

RAID = "The raid on Orsk, a bombing, left two farmers lifeless. Police said nine cows were seen."


def plain(text: str) -> Analysis:
    return PatternAnalyser().analyse([text])[0]


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def harm(text: str, words: str, kind: str = "killed", score: float = 0.95, **about: str) -> HarmSpan:
    return HarmSpan(*at(text, words), kind, score, None, {name: (value, 0.997) for name, value in about.items()})


def claims(analysis: Analysis, attributions: list[Attribution] | None = None) -> list[Claim]:
    return find_claims(
        analysis, attributions=attributions or [], actors=ActorIndex([]), places=[], times=[], published=None
    )


def heard(text: str, *harms: HarmSpan) -> Analysis:
    return replace(plain(text), harms=list(harms), spans={"killed": ()})


def test_a_harm_only_the_analyser_hears_is_a_claim_where_people_are_counted_in_a_sentence_of_violence() -> None:
    assert claims(plain(RAID)) == []
    [claim] = claims(heard(RAID, harm(RAID, "left two farmers lifeless", amount="stated")))
    assert (claim.harm, claim.min, claim.max, claim.victims) == ("killed", 2, 2, "farmers")
    assert claim.confidence < claims(plain("Two farmers were killed in Orsk."))[0].confidence


def test_a_harm_only_the_analyser_hears_is_no_claim_where_nothing_speaks_of_violence() -> None:
    text = "Four soldiers fell asleep at the gate."
    assert claims(heard(text, harm(text, "Four soldiers fell", amount="stated"))) == []


def test_a_harm_only_the_analyser_hears_is_no_claim_where_nobody_is_said_to_suffer_it() -> None:
    text = "The raid was deadly, the mood lethal."
    assert claims(heard(text, harm(text, "deadly", amount="open"))) == []


def test_what_both_read_is_trusted_more_than_what_the_rules_read_alone() -> None:
    text = "Two farmers were killed in Orsk."
    said = harm(text, "Two farmers were killed", amount="stated")._replace(number=at(text, "Two"))
    [agreed], [rules] = claims(heard(text, said)), claims(heard(text))
    assert agreed.confidence > rules.confidence > 0


def test_a_harm_the_rules_have_is_not_counted_twice() -> None:
    text = "Two farmers were killed in Orsk."
    both = heard(text, harm(text, "farmers were killed in Orsk", amount="2"))
    assert [(claim.min, claim.max) for claim in claims(both)] == [(2, 2)]


def test_a_certain_class_outvotes_the_rules() -> None:
    text = "Two farmers were killed in Orsk."
    said = harm(text, "Two farmers were killed", amount="stated", victim_kind="combatant", claim_background="true")
    [claim] = claims(heard(text, said))
    assert (claim.victim_kind, claim.background) == ("combatant", True)


def test_an_unsure_class_changes_nothing() -> None:
    text = "Two farmers were killed in Orsk."
    said = harm(text, "Two farmers were killed")._replace(about={"victim_kind": ("combatant", 0.7)})
    [claim], [rules] = claims(heard(text, said)), claims(plain(text))
    assert claim.victim_kind == rules.victim_kind


def test_a_statement_of_the_analyser_takes_the_place_of_the_rules_own() -> None:
    text = "Ana Sol denied that six men died."
    said = Statement(at(text, "denied"), at(text, "Ana Sol"), (at(text, "that six men died"),), 0.9)
    [one] = find_attributions(replace(plain(text), statements=[said]), ActorIndex([]))
    assert (one.source, one.cue, one.content) == (said.source, said.cue, said.content)
    assert one.stance == "denies"


def test_rules_go_on_where_the_analyser_is_silent() -> None:
    text = "Ana Sol said that six men died. Bo Lind warned that more would die."
    said = Statement(at(text, "said"), at(text, "Ana Sol"), (at(text, "that six men died"),), 0.9)
    found = find_attributions(replace(plain(text), statements=[said]), ActorIndex([]))
    assert [text[slice(*one.source)] for one in found if one.source] == ["Ana Sol", "Bo Lind"]


def test_claims_are_read_by_the_rules_statements_under_the_same_ids() -> None:
    text = "Ana Sol said on Monday that two farmers were killed in Orsk."
    said = Statement(at(text, "said"), at(text, "Ana Sol"), (at(text, "that two farmers"),), 0.9)
    read = replace(plain(text), statements=[said])
    attributions = read_attributions(read, ActorIndex([]))
    [claim] = claims(read, attributions.read)
    assert claim.source == "Ana Sol"
    assert claim.links.attribution == attributions.found[0].id


def test_a_cue_the_rules_do_not_know_is_negated_to_a_doubt() -> None:
    text = "Ana Sol would not be drawn on whether six men died."
    said = Statement(at(text, "would not be drawn on"), at(text, "Ana Sol"), (at(text, "whether six men died"),), 0.9)
    [one] = find_attributions(replace(plain(text), statements=[said]), ActorIndex([]))
    assert one.stance == "doubts"


def test_without_a_trained_analyser_the_rules_stand_alone() -> None:
    text = "Ana Sol said that six men died."
    attributions = read_attributions(plain(text), ActorIndex([]))
    assert attributions.found == attributions.read
