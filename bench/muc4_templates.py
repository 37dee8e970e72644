"""MUC-4 templates filled from coded reports. The rules, in the order in which they are applied:

1. *Drafts.* Every ASSAULT event gives a draft of the type its act and words say (abduction KIDNAPPING; words of fire
   ARSON; of theft ROBBERY; of explosion, save from the air, BOMBING; else ATTACK). Not so: negated, planned or
   hypothetical acts, and what happened more than two months before the dateline (section 1, rules 5 and 6).
2. *Victims* are those of the claims tied to the event, then its recipients who are people. Harm that no event
   tells is a draft of its own. Armed men's losses are victims only beside others' (rule 1).
3. *Things hit* are noun phrases with a head from a table of sites, in the event's own sentence, where the act is one
   that hits things (BOMBING, ARSON, ROBBERY, destruction), or right after the word of attack.
4. *Merging* (section 5): drafts of one type are one incident unless place, day or named organization differ; an ATTACK
   within two sentences of another type is part of it.
5. *Relevance*: an incident in one of the nine countries with somebody or something hit (in an ATTACK: hurt or hit).
6. *Fills* as sections 7.3-7.25 say; a null category is TERRORIST ACT (as in nine of ten keys) unless the state did it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench import muc4_words as words
from bench.muc4_score import Alternative, Fill, Template
from bench.muc4_targets import Target, add, nation, number, people, plural, sites
from counterclaim.records import Actor, Claim, CodedReport, Event, Place

RECENT = timedelta(days=62)
NEAR = 2
"""Sentences between a killing and the bombing it is part of."""
EFFECTS = {"killed": "DEATH", "injured": "INJURY"}


@dataclass
class Incident:
    """A draft: what is known of one incident so far."""

    type: str
    sentences: set[int]
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    place: Place | None = None
    day: tuple[date, date, bool] | None = None
    organizations: set[str] = field(default_factory=set)


class Filler:
    """Templates of one coded report."""

    def __init__(self, coded: CodedReport) -> None:
        self.report = coded
        self.actors = {actor.id: actor for actor in coded.actors}
        self.places = {place.id: place for place in coded.places}
        self.times = {time.id: time for time in coded.times}
        self.claims = {claim.id: claim for claim in coded.claims}
        self.published = date.fromisoformat(coded.published) if coded.published else None
        self.country = self._main_country()

    def templates(self) -> list[Template]:
        """The report's templates, in the order of the text."""
        incidents: list[Incident] = []
        for draft in sorted(self._drafts(), key=lambda d: min(d.sentences)):
            host = next((i for i in reversed(incidents) if self._same(i, draft)), None)
            if host is None:
                incidents.append(draft)
            else:
                _merge(host, draft)
        return [template for incident in incidents if (template := self._template(incident))]

    # -- drafts ----------------------------------------------------------------------------------------------------

    def _drafts(self) -> Iterable[Incident]:
        told = set()
        for event in self.report.events:
            if event.plover.type != "ASSAULT" or event.reality in ("negated", "planned", "hypothetical"):
                continue
            claims = [self.claims[c] for c in event.claims if self.claims[c].harm in ("killed", "injured", "captured")]
            told |= {claim.id for claim in claims}
            day = self._day(event.time)
            if self._old(day) or (event.background and day is None and not claims):
                continue
            kind = self._type(event, claims)
            if kind:
                yield Incident(
                    kind, {event.sentence, *(c.sentence for c in claims)}, [event], claims,
                    self.places.get(event.place or ""), day, self._organizations(event),
                )  # fmt: skip
        for claim in self.report.claims:
            if claim.id in told or claim.stance != "asserts" or claim.background or claim.cumulative:
                continue
            day = self._day(claim.links.time_id)
            if claim.harm in ("killed", "injured") or (
                claim.harm == "captured" and words.KIDNAP.search(claim.evidence)
            ):
                kind = "KIDNAPPING" if claim.harm == "captured" else "ATTACK"
                if not self._old(day) and not words.REBEL.search(claim.victims):
                    yield Incident(
                        kind, {claim.sentence}, [], [claim], self.places.get(claim.links.place_id or ""), day
                    )  # fmt: skip

    def _type(self, event: Event, claims: Sequence[Claim]) -> str | None:
        trigger = self.report.text[slice(*event.trigger)]
        around = f"{trigger} {event.weapon or ''}"
        mode = event.plover.mode
        if mode == "abduct":
            return "KIDNAPPING"
        if words.HIJACK.search(trigger):
            return "HIJACKING"
        if words.FIRE.search(trigger):
            return "ARSON"
        if words.ROB.search(trigger):
            return "ROBBERY"
        if mode == "explosives" or (words.BOMB.search(around) and not words.AERIAL.search(around)):
            return "BOMBING"
        if event.acled and event.acled.sub_event_type == "Armed clash" and not any(_civil(c) for c in claims):
            return None
        return "ATTACK"

    def _same(self, first: Incident, second: Incident) -> bool:
        close = min(abs(a - b) for a in first.sentences for b in second.sentences) <= NEAR
        if first.type != second.type and not ("ATTACK" in (first.type, second.type) and close):
            return False
        if first.day and second.day and (first.day[0] > second.day[1] or second.day[0] > first.day[1]):
            return False
        if first.organizations and second.organizations and not first.organizations & second.organizations:
            return False
        return not _apart(first.place, second.place)

    def _day(self, time: str | None) -> tuple[date, date, bool] | None:
        found = self.times.get(time or "")
        if not found or not found.from_ or len(found.from_) < 10:
            return None
        start = date.fromisoformat(found.from_[:10])
        end = date.fromisoformat((found.to or found.from_)[:10])
        if (found.value or "").endswith("TNI"):
            end = start
        weekday = bool(re.search(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", found.text, re.I))
        return (start, max(start, end), weekday)

    def _old(self, day: tuple[date, date, bool] | None) -> bool:
        return bool(day and self.published and day[1] < self.published - RECENT)

    def _main_country(self) -> str | None:
        counts = Counter(p.country for p in self.report.places if p.country in words.NATIONS)
        counts.update(a.country for a in self.report.actors if a.country in words.NATIONS)
        if self.report.places and self.report.places[0].start == 0 and self.report.places[0].country in words.NATIONS:
            counts[self.report.places[0].country] += 2
        return counts.most_common(1)[0][0] if counts else None

    # -- who -------------------------------------------------------------------------------------------------------

    def _organizations(self, event: Event) -> set[str]:
        return {a.name.upper() for a in self._doers(event) if _organization(a)}

    def _doers(self, event: Event) -> list[Actor]:
        found = [self.actors[a] for a in event.actor if a in self.actors]
        found += [
            self.actors[a] for c in event.claims if (a := self.claims[c].links.perpetrator_actor) and a in self.actors
        ]
        return [a for a in dict.fromkeys(found) if a.kind in DOERS or words.ARMED.search(a.name)]

    def _victims(self, incident: Incident) -> list[Target]:
        found: list[Target] = []
        for claim in incident.claims:
            if claim.min == 0 or claim.max == 0:
                continue
            for target in people(claim.victims):
                target.number = "1" if target.named else number(claim)
                target.effect = EFFECTS.get(claim.harm)
                add(found, target)
        for event in incident.events:
            for actor in (self.actors[a] for a in event.recipient if a in self.actors):
                if actor.kind in ("person", "civilians") or (actor.kind == "military" and incident.type == "BOMBING"):
                    for target in people(_described(actor)):
                        target.number = "PLURAL" if plural(target.string) and not target.named else "1"
                        add(found, target)
        doers = {a.name.upper() for e in incident.events for a in self._doers(e)}
        targets = [t for t in found if t.string not in doers and not words.REBEL.search(t.string)]
        here = self._country_of(incident)
        for target in targets:
            target.nation = nation(f"{target.role or ''} {target.string}", here)
        soldiers_only = all(t.kind in ("ACTIVE MILITARY", "LAW ENFORCEMENT") for t in targets)
        return [] if soldiers_only and incident.type == "ATTACK" and not _state(incident, self) else targets

    def _things(self, incident: Incident) -> list[Target]:
        if incident.type == "KIDNAPPING":
            return []
        found: list[Target] = []
        for event in incident.events:
            start, end = self.report.sentences[event.sentence]
            trigger = self.report.text[slice(*event.trigger)]
            hits = incident.type in ("BOMBING", "ARSON", "ROBBERY") or event.plover.mode == "destroy"
            if not hits:
                start, end = event.trigger[1], min(end, event.trigger[1] + REACH)
            sentence = self.report.text[start:end]
            for target in sites(sentence):
                if re.search(r"destroy|gutted|demolish|blew up|blown up|levell?ed", f"{trigger} {sentence}", re.I):
                    target.effect = "DESTROYED"
                elif incident.type == "ARSON" or re.search(r"damag|burn|shatter", sentence, re.I):
                    target.effect = "SOME DAMAGE"
                if incident.type == "ROBBERY":
                    target.effect = "PROPERTY TAKEN FROM TARGET"
                target.nation = nation(target.string, self._country_of(incident))
                add(found, target)
        return found

    # -- template --------------------------------------------------------------------------------------------------

    def _country_of(self, incident: Incident) -> str | None:
        return incident.place.country if incident.place and incident.place.country else self.country

    def _template(self, incident: Incident) -> Template | None:
        country = self._country_of(incident)
        victims, things = self._victims(incident), self._things(incident)
        harmed = things or any(t.effect for t in victims)
        if country not in words.NATIONS or not (victims or things) or (incident.type == "ATTACK" and not harmed):
            return None
        individuals, organizations = self._perpetrators(incident)
        names = [t for t in victims if t.named]
        fills: dict[str, list[tuple[str | None, str | None]]] = {
            "date": [self._date(incident)],
            "location": [self._location(incident, country)],
            "type": [(incident.type, None)],
            "stage": [("ATTEMPTED" if any(e.reality == "failed" for e in incident.events) else "ACCOMPLISHED", None)],
            "category": [(self._category(incident), None)],
            "perp_individual": [(i, None) for i in individuals],
            "perp_organization": [(o, None) for o in organizations],
            "perp_confidence": [(self._confidence(incident), o) for o in organizations],
            "hum_name": [(t.string, None) for t in names],
            "hum_description": [(t.role, t.string) for t in names if t.role]
            + [(t.string, None) for t in victims if not t.named],
            "hum_type": [(t.kind, t.string) for t in victims],
            "hum_number": [(t.number, t.string) for t in victims],
            "hum_nation": [(t.nation, t.string) for t in victims if t.nation],
            "hum_effect": [(t.effect, t.string) for t in victims if t.effect] + self._unhurt(incident, victims),
            "phys_id": [(t.string, None) for t in things],
            "phys_type": [(t.kind, t.string) for t in things],
            "phys_number": [(t.number, t.string) for t in things],
            "phys_nation": [(t.nation, t.string) for t in things if t.nation],
            "phys_effect": [(t.effect, t.string) for t in things if t.effect],
        }
        if incident.type not in ("ARSON", "KIDNAPPING"):
            fills |= self._instruments(incident)
        made = {
            slot: tuple(
                Fill((Alternative(v.upper(), (r.upper(),) if r else ()),))
                for v, r in (rows if slot in REPEATED else dict.fromkeys(rows))
                if v
            )
            for slot, rows in fills.items()
        }
        return Template(self.report.id, made)

    def _date(self, incident: Incident) -> tuple[str | None, str | None]:
        day = incident.day
        if day is None or day[2] or day[1] - day[0] > RECENT:
            return (f"- {_written(self.published)}" if self.published else None), None
        first, last = _written(day[0]), _written(day[1])
        return (first if first == last else f"{first} - {last}"), None

    def _location(self, incident: Incident, country: str) -> tuple[str | None, str | None]:
        names = [words.NATIONS[country]]
        place = incident.place
        if place and place.kind != "country" and place.lat is not None:
            kind = {"settlement": "CITY", "admin1": "DEPARTMENT"}.get(place.kind, "AREA")
            names.append(f"{_ascii(place.text)} ({kind})")
        return ": ".join(names), None

    def _perpetrators(self, incident: Incident) -> tuple[list[str], list[str]]:
        individuals: list[str] = []
        organizations: list[str] = []
        for event in incident.events:
            for actor in self._doers(event):
                (organizations if _organization(actor) else individuals).append(actor.name.upper())
        for claim in incident.claims:
            if claim.perpetrator and not claim.links.perpetrator_actor and words.ARMED.search(claim.perpetrator):
                individuals.append(claim.perpetrator.upper())
        if not organizations:
            organizations += [a.name.upper() for a in self._said(self._claim_sentences()) if _organization(a)]
        if not organizations:
            organizations += [
                a.name.upper() for a in self._said(incident.sentences) if a.kind == "armed_group" and _organization(a)
            ]
        return list(dict.fromkeys(individuals))[:2], list(dict.fromkeys(organizations))[:2]

    def _claim_sentences(self) -> set[int]:
        return {
            i for i, span in enumerate(self.report.sentences) if words.CLAIMED.search(self.report.text[slice(*span)])
        }

    def _said(self, sentences: set[int]) -> list[Actor]:
        """The actors mentioned in some sentences."""
        spans = [self.report.sentences[s] for s in sorted(sentences)]
        return [a for a in self.report.actors if any(s <= m[0] < e for m in a.mentions for s, e in spans)]

    def _category(self, incident: Incident) -> str:
        return "STATE-SPONSORED VIOLENCE" if _state(incident, self) else "TERRORIST ACT"

    def _confidence(self, incident: Incident) -> str:
        if words.CLAIMED.search(self.report.text):
            return "CLAIMED OR ADMITTED"
        for sentence in incident.sentences:
            if words.ACCUSED.search(self.report.text[slice(*self.report.sentences[sentence])]):
                return "SUSPECTED OR ACCUSED BY AUTHORITIES"
        return "REPORTED AS FACT"

    def _unhurt(self, incident: Incident, victims: Sequence[Target]) -> list[tuple[str | None, str | None]]:
        none = [c for c in self.report.claims if c.max == 0 and c.harm in ("killed", "injured", "casualties")]
        if not victims and any(abs(c.sentence - s) <= NEAR for c in none for s in incident.sentences):
            return [("NO INJURY OR DEATH", "-")]
        return []

    def _instruments(self, incident: Incident) -> dict[str, list[tuple[str | None, str | None]]]:
        found: dict[str, str] = {}
        texts = [self.report.text[slice(*self.report.sentences[s])] for s in sorted(incident.sentences)]
        for pattern, kind in words.INSTRUMENTS:
            if kind not in found:
                for text in texts:
                    if match := re.search(rf"\b(?:{pattern})\b", text, re.I):
                        found[kind] = match[0]
                        break
        if incident.type == "BOMBING":
            found = {kind: string for kind, string in found.items() if kind in EXPLODING}
        elif not any(words.SHOT.search(text) for text in texts) and not any(e.weapon for e in incident.events):
            found = {}
        if "VEHICLE BOMB" in found or "DYNAMITE" in found:
            found.pop("BOMB", None)
        rows: list[tuple[str | None, str | None]] = [(kind, string) for kind, string in list(found.items())[:2]]
        if not rows and incident.type == "ATTACK" and any(words.SHOT.search(text) for text in texts):
            return {"instrument_type": [("GUN", "-")]}
        if not rows and incident.type == "BOMBING":
            return {"instrument_type": [("BOMB", "-")]}
        return {"instrument_id": [(string, None) for _, string in rows], "instrument_type": rows}


DOERS = frozenset({"armed_group", "military", "government"})
EXPLODING = frozenset(
    {"VEHICLE BOMB", "DYNAMITE", "MOLOTOV COCKTAIL", "GRENADE", "MINE", "ROCKET", "EXPLOSIVE", "BOMB", "MORTAR"}
)
REPEATED = frozenset({"hum_description", "hum_type"})
"""Slots in which the dead and the hurt of one description stand twice, as in the keys."""
REACH = 60
"""Characters after a word of attack in which the thing attacked stands."""


def fill(coded: Iterable[CodedReport]) -> dict[str, list[Template]]:
    """Message to templates."""
    return {report.id: Filler(report).templates() for report in coded}


def _merge(host: Incident, other: Incident) -> None:
    host.type = other.type if host.type == "ATTACK" else host.type
    host.sentences |= other.sentences
    host.events += other.events
    host.claims += [claim for claim in other.claims if claim not in host.claims]
    host.organizations |= other.organizations
    host.day = host.day or other.day
    finer = other.place and (not host.place or host.place.kind in ("country", "admin1"))
    host.place = other.place if finer else host.place


def _apart(first: Place | None, second: Place | None) -> bool:
    if not first or not second or first.name == second.name:
        return False
    if first.country and second.country and first.country != second.country:
        return True
    return first.kind == second.kind == "settlement" or (
        first.admin1 is not None and second.admin1 is not None and first.admin1 != second.admin1
    )


def _state(incident: Incident, filler: Filler) -> bool:
    doers = [a for e in incident.events for a in filler._doers(e)]
    return any(a.kind in ("military", "government") or words.STATE.search(a.name) for a in doers) and not any(
        a.kind == "armed_group" and not words.STATE.search(a.name) for a in doers
    )


def _organization(actor: Actor) -> bool:
    if actor.kind in ("military", "government") and not words.ARMED.search(actor.name):
        return True
    return (
        actor.kind in ("armed_group", "military", "government")
        and bool(re.match(r"(?:[A-Z]|\d)", actor.name))
        and (
            not re.search(
                r"(?:guerrillas|rebels|terrorists|members|soldiers|troops|group|individuals|men)$", actor.name
            )
        )
    )


def _civil(claim: Claim) -> bool:
    return claim.victim_kind != "combatant" and not words.REBEL.search(claim.victims)


def _described(actor: Actor) -> str:
    return f"{actor.role} {actor.name}" if actor.role and actor.kind == "person" else actor.name


def _written(day: date | None) -> str:
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    return f"{day.day:02d} {months[day.month - 1]} {day.year % 100:02d}" if day else ""


def _ascii(name: str) -> str:
    return name.upper()
