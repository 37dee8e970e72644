"""Parties of an act that the walk over the words does not reach. The analyser is a twin that tags as the test says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

import counterclaim
from counterclaim.language import ActSpan, Analysis, LabelledSpan, PartySpan, PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.records import CodedReport, Report
from counterclaim.schemes import plover


class Twin:
    """The pattern analyser with one verb, its subject's head by the tree, and a party tied to it by links."""

    version = "twin"

    def __init__(self, verb: str, subject: str, linked: str) -> None:
        self.verb, self.subject, self.linked = verb, subject, linked

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        return [self._tagged(analysis) for analysis in PatternAnalyser().analyse(texts)]

    def _tagged(self, analysis: Analysis) -> Analysis:
        text = analysis.text
        verb = next(number for number, token in enumerate(analysis.tokens) if token.text == self.verb)
        tokens = []
        for token in analysis.tokens:
            if token.text == self.verb:
                tokens.append(token._replace(tag="VERB", lemma=self.verb, relation="root"))
            elif token.text == self.subject:
                tokens.append(token._replace(tag="NOUN", lemma=self.subject, head=verb, relation="nsubj"))
            else:
                tokens.append(token._replace(tag="X", lemma=token.norm))
        start, at = text.index(self.verb), text.index(self.linked)
        party = PartySpan(at, at + len(self.linked), 3.0)
        about = {"mode": ("", 0.9), "reality": ("actual", 0.9), "event_background": ("false", 0.9)}
        types = dict.fromkeys(plover.TYPES, 0.001) | {"ASSAULT": 0.98}
        act = ActSpan(start, start + len(self.verb), 0.99, types, about, (party,))
        spans = {"party": [LabelledSpan(party.start, party.end, "party", 0.9)]}
        return replace(analysis, tokens=tokens, acts=[act], spans=spans)


def doers(report: CodedReport) -> list[str]:
    known = {actor.id: actor.name for actor in report.actors}
    return [known[party] for event in report.events for party in event.actor]


def test_a_subject_that_only_describes_a_party_does_the_act_and_nobody_else() -> None:
    text = "Rebels spoke of it. The junta shelled Goma."
    report = Coder(analyser=Twin("shelled", "junta", "Rebels")).code(Report(id="one", text=text))
    assert doers(report) == ["junta"]


@pytest.mark.parametrize(("subject", "doer"), [("river", []), ("rockets", ["Rebels"])])
def test_a_thing_does_nothing_but_a_weapon_leaves_its_doer_open(subject: str, doer: list[str]) -> None:
    text = f"Rebels spoke of it. Then {subject} damaged the bridge."
    report = Coder(analyser=Twin("damaged", subject, "Rebels")).code(Report(id="one", text=text))
    assert doers(report) == doer


def test_the_means_of_a_verb_is_the_deed_of_its_subject() -> None:
    report = counterclaim.code("Israel responded with artillery fire.")
    assert doers(report) == ["Israel"]


def test_who_receives_the_prisoner_is_the_recipient_of_a_hand_over() -> None:
    report = counterclaim.code("Turkey handed over three suspects to Iran on Monday.")
    known = {actor.id: actor.name for actor in report.actors}
    [event] = [event for event in report.events if event.plover.type in ("COOPERATE", "RETREAT", "COERCE")]
    assert [known[party] for party in event.recipient] == ["Iran"]


@pytest.mark.parametrize(
    ("text", "sub_event"),
    [
        ("Protesters clashed with police in Goma on Monday.", "Violent demonstration"),
        ("Israel bombed the town of Lokwira on Monday.", "Air/drone strike"),
        ("Rebels clashed with soldiers in Goma on Monday.", "Armed clash"),
    ],
)
def test_acled_files_force_by_who_meets_whom_and_with_what(text: str, sub_event: str) -> None:
    codes = [event.acled.sub_event_type for event in counterclaim.code(text).events if event.acled]
    assert codes == [sub_event]
