"""A row put into plain sentences, so that every value of a report of record has words to be walked back to."""

from __future__ import annotations

from counterclaim._version import __version__
from counterclaim.records import (
    RECORD,
    Actor,
    ActorKind,
    Attribution,
    Claim,
    ClaimLinks,
    CodedBy,
    CodedReport,
    Event,
    Place,
    PlaceKind,
    Span,
    Time,
    VictimKind,
    Warning_,
)


class Writer:
    """Sentences written one after the other, and the records that their words stand for."""

    def __init__(self, dataset: str, coders: str, number: str) -> None:
        self.dataset = dataset
        self._text = ""
        self._sentences: list[Span] = []
        self._actors: list[Actor] = []
        self._attributions: list[Attribution] = []
        self._claims: list[Claim] = []
        self._event: Event | None = None
        self._place: Place | None = None
        self._time: Time | None = None
        self._coders = coders
        self.say(f"Record {number} of {dataset}: a data set coded by hand or program from sources, not a news report.")

    def say(self, sentence: str) -> int:
        """Write a sentence on a line of its own; where it begins."""
        start = len(self._text)
        self._text += sentence + "\n"
        self._sentences.append((start, start + len(sentence)))
        return start

    def party(
        self, label: str, name: str, kind: ActorKind, country: str | None = None, sector: str | None = None
    ) -> str:
        """A side of the event; the id of its actor."""
        start = self.say(f"{label}: {name}.") + len(label) + 2
        id = f"a{len(self._actors) + 1}"
        self._actors.append(
            Actor(id=id, name=name, kind=kind, country=country, sector=sector, mentions=((start, start + len(name)),))
        )
        return id

    def place(
        self,
        name: str,
        wider: str,
        kind: PlaceKind,
        point: tuple[float, float] | None,
        country: str | None,
        admin1: str | None,
        admin2: str | None,
        precision: int | None,
    ) -> None:
        """Where it happened; `wider` are the words after the name."""
        start = self.say(f"Place: {name}{wider}.") + len("Place: ")
        self._place = Place(
            id="p1",
            start=start,
            end=start + len(name),
            text=name,
            name=name,
            kind=kind,
            lat=point[0] if point else None,
            lon=point[1] if point else None,
            country=country,
            admin1=admin1,
            admin2=admin2,
            precision=precision if point else None,
            confidence=1.0,
        )

    def time(self, first: str, last: str, precision: int) -> None:
        """When it happened, by ISO days and UCDP date_prec."""
        written = first if first == last else f"{first} to {last}"
        start = self.say(f"Date: {written} (precision {precision}).") + len("Date: ")
        self._time = Time(
            id="t1",
            start=start,
            end=start + len(written),
            text=written,
            type="DATE" if first == last else "DURATION",
            value=first if first == last else f"{first}/{last}",
            from_=first,
            to=last,
            precision=precision,
        )

    def event(self, label: str, words: str, event: Event) -> None:
        """The act: `event` is completed with the words that tell it."""
        start = self.say(f"{label}: {words}.")
        span = (start + len(label) + 2, start + len(label) + 2 + len(words))
        told = {"start": start, "end": span[1], "trigger": span, "sentence": len(self._sentences) - 1}
        self._event = Event(**{**{name: getattr(event, name) for name in event.__struct_fields__}, **told})

    def killed(
        self, quantity: str, as_what: str, low: int | None, high: int | None, kind: VictimKind, doer: str | None
    ) -> None:
        """A count of the coders: `quantity` killed, `as_what` ("best estimate")."""
        begin = f"{self._coders} count "
        evidence = f"{quantity} killed"
        start = self.say(f"{begin}{evidence}, their {as_what}.")
        number = len(self._claims) + 1
        said = (start + len(begin), start + len(begin) + len(evidence))
        actor = next((one.id for one in self._actors if one.name == self._coders), None)
        coders = (start, start + len(self._coders))
        if actor is None:
            actor = f"a{len(self._actors) + 1}"
            self._actors.append(Actor(id=actor, name=self._coders, kind="other", mentions=(coders,)))
        self._attributions.append(
            Attribution(
                id=f"s{number}",
                source=coders,
                cue=(coders[1] + 1, coders[1] + 6),
                content=(said,),
                kind="named",
                actor=actor,
            )
        )
        named = next((one.name for one in self._actors if one.id == doer), "")
        self._claims.append(
            Claim(
                id=f"c{number}",
                start=said[0],
                end=said[1],
                evidence=evidence,
                sentence=len(self._sentences) - 1,
                harm="killed",
                quantity=quantity,
                min=low,
                max=high,
                victim_kind=kind,
                perpetrator=named,
                source=self._coders,
                source_kind="named",
                place=self._place.text if self._place else "",
                date=(self._time.value or "") if self._time else "",
                links=ClaimLinks(
                    attribution=f"s{number}",
                    source_actor=actor,
                    perpetrator_actor=doer,
                    place_id="p1" if self._place else None,
                    time_id="t1" if self._time else None,
                    event="e1" if self._event else None,
                ),
                confidence=1.0,
            )
        )

    def report(self, id: str, title: str, published: str | None) -> CodedReport:
        """The report of record, with everything written so far."""
        event = self._event
        if event is not None:
            event = Event(
                **{
                    **{name: getattr(event, name) for name in event.__struct_fields__},
                    "claims": tuple(claim.id for claim in self._claims),
                    "place": "p1" if self._place else None,
                    "time": "t1" if self._time else None,
                }
            )
        return CodedReport(
            id=id,
            text=self._text,
            title=title,
            outlet=self.dataset,
            published=published,
            language="en",
            sentences=tuple(self._sentences),
            actors=tuple(self._actors),
            places=(self._place,) if self._place else (),
            times=(self._time,) if self._time else (),
            attributions=tuple(self._attributions),
            claims=tuple(self._claims),
            events=(event,) if event else (),
            warnings=(
                Warning_(code="record", message=f"a record of {self.dataset}, imported; not news, not coded here"),
            ),
            coded_by=CodedBy(program=__version__, analyser=f"{RECORD}{self.dataset}", gazetteer="none"),
        )
