"""What a trained analyser hears of acts, beside the lexicon. The analyser is a twin that hears what the test says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from counterclaim.coding.events.heard import LASTING, LEAST, OLD, OUTVOTED, chance, evidence
from counterclaim.language import ActSpan, Analysis, LabelledSpan, PartySpan, PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.records import CodedReport, Event, Report
from counterclaim.schemes import plover


class Twin:
    """The pattern analyser with acts and parties of the test's choice, by their words."""

    version = "twin"

    def __init__(
        self, acts: Sequence[tuple[str, str, dict[str, tuple[str, float]]]], parties: Sequence[str] = ()
    ) -> None:
        self.acts, self.parties = acts, parties

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        return [self._heard(analysis) for analysis in PatternAnalyser().analyse(texts)]

    def _heard(self, analysis: Analysis) -> Analysis:
        text = analysis.text
        about = {"mode": ("", 0.9), "reality": ("actual", 0.5), "event_background": ("false", 0.5)}
        parties = [LabelledSpan(text.index(p), text.index(p) + len(p), "party", 0.9) for p in self.parties]
        acts = []
        for words, kind, classes in self.acts:
            start = text.index(words)
            types = dict.fromkeys(plover.TYPES, 0.001) | {kind: 0.98}
            first = tuple(PartySpan(span.start, span.end, 2.0) for span in parties[:1])
            acts.append(ActSpan(start, start + len(words), 0.97, types, about | classes, first))
        tokens = [
            token._replace(tag="VERB" if any(token.text == words for words, _, _ in self.acts) else "NOUN", lemma="-")
            for token in analysis.tokens
        ]
        return replace(analysis, tokens=tokens, acts=sorted(acts), spans={"party": parties})


def coded(text: str, twin: Twin) -> CodedReport:
    return Coder(analyser=twin).code(Report(id="one", text=text))


def names(report: CodedReport, event: Event) -> list[str]:
    known = {actor.id: actor.name for actor in report.actors}
    return [known[party] for party in event.actor]


def test_an_act_that_only_the_analyser_hears_is_an_event_of_its_type() -> None:
    text = "Armenia pilloried Azerbaijan on Monday."
    assert Coder(analyser=PatternAnalyser()).code(Report(id="one", text=text)).events == ()
    [event] = coded(text, Twin([("pilloried", "ACCUSE", {})])).events
    assert (event.plover.type, event.acled) == ("ACCUSE", None)


def test_a_party_that_only_the_analyser_sees_joins_the_actors_once_an_event_needs_it() -> None:
    text = "The herders of Lokwira bombed a bridge in Goma."
    twin = Twin([("bombed", "ASSAULT", {})], ["herders of Lokwira"])
    report = coded(text, twin)
    assert names(report, report.events[0]) == ["herders of Lokwira"]
    assert [text[start:end] for start, end in report.actors[-1].mentions] == ["herders of Lokwira"]
    unneeded = coded("The herders of Lokwira slept.", Twin([], ["herders of Lokwira"]))
    assert "herders of Lokwira" not in [actor.name for actor in unneeded.actors]


@pytest.mark.parametrize(("sure", "background"), [(OLD + 0.1, True), (OLD - 0.1, False)])
def test_background_is_the_analysers_only_where_it_is_certain(sure: float, background: bool) -> None:
    twin = Twin([("shelled", "ASSAULT", {"event_background": ("true", sure)})])
    [event] = coded("Rebels shelled the market.", twin).events
    assert event.background is background


@pytest.mark.parametrize(("sure", "reality"), [(LASTING + 0.01, "ongoing"), (LASTING - 0.1, "actual")])
def test_reality_is_the_analysers_only_where_it_is_certain(sure: float, reality: str) -> None:
    twin = Twin([("shelled", "ASSAULT", {"reality": ("ongoing", sure)})])
    [event] = coded("Rebels shelled the market.", twin).events
    assert event.reality == reality


def test_what_will_be_done_stays_planned_whatever_the_analyser_hears() -> None:
    twin = Twin([("bomb", "ASSAULT", {"reality": ("actual", 0.99)})])
    [event] = coded("The rebels decided to bomb Goma.", twin).events
    assert event.reality == "planned"


def test_the_lexicons_type_is_outvoted_only_where_the_analyser_all_but_rules_it_out() -> None:
    [event] = coded("Rebels shelled the market.", Twin([("shelled", "AID", {})])).events
    assert OUTVOTED > 0.001
    assert event.plover.type == "AID"


def test_a_doubtful_act_is_no_event() -> None:
    weak = (1.0, 0.0, 1.0, -2.0, 0.0, 1.0, -3.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    strong = (1.0, 1.0, 1.0, 4.0, 4.0, 0.0, 2.0, 1.0, 1.0, 0.0, 0.0, 0.0)
    assert chance(weak) < LEAST < chance(strong)
    assert evidence.__doc__


@pytest.mark.parametrize("kind", plover.TYPES)
def test_every_type_and_mode_has_a_plain_act_of_its_own_type(kind: str) -> None:
    for mode in ("", *plover.MODES[kind]):
        assert plover.CODES[plover.plain_act(kind, mode)].type == kind
