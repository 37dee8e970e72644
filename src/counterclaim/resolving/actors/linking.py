"""Puts mentions together: one actor a party, by name, surname, acronym, role, description and (where clear) pronoun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from counterclaim.language.wordclasses import AUXILIARIES, is_function_or_verb
from counterclaim.records import ActorKind
from counterclaim.resolving.actors.known import KnownActors
from counterclaim.resolving.actors.mentions import Reader
from counterclaim.resolving.actors.phrases import Mention
from counterclaim.resolving.actors.pronouns import Occurrence, Party, Pronouns
from counterclaim.resolving.actors.relating import inherit, kin, private
from counterclaim.resolving.actors.words import BLAMED, GENERIC, SPEECH
from counterclaim.resolving.gazetteer import name_key

_DESCRIBING = frozenset(
    (",", "the", "a", "an", "its", "former", "young", "female", "male", "local", "senior", "freelance", "then")
)
"""Words between a name and what it is, with ages: "X, a 40-year-old female reporter"."""


class Linker:
    """Links the mentions of one text."""

    def __init__(self, reader: Reader, known: KnownActors, published: date | None = None) -> None:
        self.reader = reader
        self.known = known
        self.published = published
        self.norm = reader.norm
        self.tokens = reader.tokens
        self.analysis = reader.analysis
        self.parties: list[Party] = []
        self._by_name: dict[str, Party] = {}
        self._by_surname: dict[str, Party] = {}
        self._by_first: dict[str, Party | None] = {}  # None where two share it
        self._by_key: dict[tuple[str, frozenset[str], str | None], Party] = {}
        self._by_head: dict[str, Party] = {}
        self._states: dict[str, Party] = {}
        self._by_words: dict[tuple[str, frozenset[str]], Party] = {}
        self._holders: dict[tuple[str, frozenset[str], str], list[Party]] = {}
        self._latest: dict[ActorKind, tuple[int, Party]] = {}
        self._history: list[Occurrence] = []

    def link(self) -> list[Party]:
        """The parties of the text, with the spans of all their mentions."""
        mentions = self.reader.mentions()
        self._appositions(mentions)
        for mention in mentions:
            if mention.form == "unknown":
                self._evidence(mention)
        self._speakers(mentions)
        self._leaders(mentions)
        inherit(mentions, self.reader)
        private(mentions, self.norm)
        for mention in mentions:
            if mention.form == "person" and len(mention.name.split()) > 1:
                self._register(mention)
        for mention in mentions:
            party = self._place(mention)
            if party is not None:
                self._add(party, mention)
        self._owned(mentions)
        Pronouns(self.reader).tie([(first, last, party.final()) for first, last, party in self._history])
        kin(self.parties, self._history, self.reader)
        return [party for party in self.parties if party.spans and party.certain]

    def _owned(self, mentions: Sequence[Mention]) -> None:
        """Give "Ola Berg's government" the country of Ola Berg, as the report or the list of leaders has it."""
        for mention in mentions:
            if not mention.possessor:
                continue
            party = self._by_key.get((mention.head, mention.modifiers, mention.country))
            key = name_key(mention.possessor)
            person = self._by_name.get(key) or self._by_surname.get(key.split()[-1] if key else "")
            leader = self.known.of_name(mention.possessor, self.published)
            if party is not None and party.country is None:
                party.country = (person.country if person else None) or (leader.country if leader else None)

    # -- what the words around a mention prove -------------------------------------------------------------------------

    def _appositions(self, mentions: Sequence[Mention]) -> None:
        """Give the role told beside a name to the name: "X, the governor of Y," and "the governor, X,"."""
        for before, after in pairwise(mentions):
            if before.form == "post" and after.form == "unknown" and self.reader.label(after) == "PER":
                self.reader.trim(after)
                if after.first == before.last and 1 < len(after.name.split()) <= 5:  # "Minister for Europe Ola Berg"
                    self._name(after, before)
                    before.form, before.name = "alias", after.name
                    continue
            gap = self.norm[before.last : after.first]
            if len(gap) == 2 and gap[0] in ("is", "was") and gap[1] in ("a", "an") and after.form == "post":
                if before.form == "unknown" and 1 < len(before.name.split()) <= 5 and not self._is_place(before):
                    self._name(before, after)  # "X was a militant"
                continue
            if (
                not gap
                or gap[0] != ","
                or len(gap) > 5
                or any(word not in _DESCRIBING and not word.endswith("-year-old") for word in gap)
            ):
                if (
                    gap == ["("]
                    and self.reader.written(after).isupper()
                    and self.norm[after.last : after.last + 1] == [")"]
                ):
                    self._acronym(before, after)
                continue
            closing = self.norm[after.last] if after.last < len(self.norm) else "."
            closes = closing in (",", ".", ")", ";", '"') or closing in AUXILIARIES or closing in SPEECH
            personal = 1 < len(before.name.split()) <= 5 and " of " not in before.name
            if before.form == "unknown" and after.form in ("post", "people") and personal and not self._listed(after):
                if after.form == "post":
                    self._name(before, after)
                    after.form, after.name = "alias", before.name
            elif before.form == "post" and after.form == "unknown" and closes and len(gap) == 1:
                if 1 < len(after.name.split()) <= 5:
                    self._name(after, before)
                    before.form, before.name = "alias", after.name
            elif before.form == "post" and after.form == "person" and len(gap) == 1:
                before.form, before.name = "alias", after.name

    def _listed(self, mention: Mention) -> bool:
        """True where a post stands in a list ("Smith, president Jones and ...") and describes nobody before it."""
        return mention.last < len(self.norm) and self.norm[mention.last] == "and" and not mention.definite

    def _acronym(self, full: Mention, short: Mention) -> None:
        """Tie "(ANCA)" to the name before it; the letters must come from it, in order."""
        letters = iter("".join(char for char in full.name.lower() if char.isalpha()))
        written = self.reader.written(short)
        if full.form in ("body", "unknown", "people") and all(
            char in letters for char in written.lower() if char.isalpha()
        ):
            if full.form == "unknown":
                full.form, full.kind, full.head = "body", "other", name_key(full.name)
            short.form, short.name, short.role = "short", written, full.name

    def _name(self, name: Mention, post: Mention) -> None:
        name.form, name.kind, name.sure = "person", "person", True
        name.role, name.head, name.modifiers = post.role, post.head, post.modifiers
        name.sector, name.country, name.abroad = post.sector, post.country, post.abroad

    def _evidence(self, mention: Mention) -> None:
        """Turn a bare name into a person, or a seat of government into its state, where the context proves it."""
        before = self.norm[mention.first - 1] if mention.first else ""
        at = mention.last
        while at < len(self.norm) and self.norm[at].endswith("ly"):
            at += 1
        after = self.norm[at] if at < len(self.norm) else ""
        seat = self.reader.countries.country_of_seat(mention.name)
        if seat:
            acts = (
                after == "'s"
                or after in AUXILIARIES
                or after in SPEECH
                or (is_function_or_verb(after) and after.endswith("ed"))
            )
            acts = acts or before in BLAMED or (before == "for" and after == "to")
            if acts and not self.reader.locative(mention.first):
                mention.form, mention.kind, mention.sector, mention.country = "state", "state", "GOV", seat
            return
        words = mention.name.split()
        label = self.reader.label(mention)
        place = self._is_place(mention) and not self._speaks(mention)
        named = label == "PER" or self.known.person(mention.name, None)
        if len(words) <= 5 and "of" not in words and named and not place:
            mention.form, mention.kind, mention.sure = "person", "person", True
            self.reader.trim(mention)
            return
        if not 1 < len(words) <= 4 or "of" in words or self._is_place(mention) or label in ("LOC", "ORG"):
            return
        aged = after == "," and at + 2 < len(self.norm) and self.norm[at + 1].isdigit() and self.norm[at + 2] == ","
        speaks = after in SPEECH or before in SPEECH - {"called", "told", "asked", "reported"}
        if aged or speaks or (after == "," and self.norm[at + 1 : at + 2] == ["who"]) or after == "who":
            mention.form, mention.kind, mention.sure = "person", "person", True

    def _speakers(self, mentions: Sequence[Mention]) -> None:
        """A full name whose surname alone speaks later ("Spicer said") is a person's."""
        speaking = {
            mention.name
            for mention in mentions
            if mention.form == "unknown" and " " not in mention.name and self._speaks(mention)
        }
        for mention in mentions:
            words = mention.name.split()
            if (
                mention.form == "unknown"
                and 1 < len(words) <= 4
                and words[-1] in speaking
                and not self._is_place(mention)
            ):
                mention.form, mention.kind, mention.sure = "person", "person", True

    def _leaders(self, mentions: Sequence[Mention]) -> None:
        """A surname alone that speaks, and is that of one leader in office when the report was published."""
        full = {name_key(mention.name).split()[-1] for mention in mentions if mention.form == "person" and mention.name}
        for mention in mentions:
            if mention.form != "unknown" or " " in mention.name or not self._speaks(mention):
                continue
            leader = self.known.in_office(mention.name, self.published)
            if leader is not None and name_key(mention.name) not in full:
                mention.form, mention.kind = "person", "person"
                mention.country, mention.sector = leader.country, leader.sector

    def _speaks(self, mention: Mention) -> bool:
        at = mention.last
        if self.norm[at : at + 1] == [","] and self.norm[at + 1 : at + 2] != [] and self.norm[at + 1].isdigit():
            at += 3  # "Spicer, 44, said"
        return self.norm[at : at + 1] != [] and self.norm[at] in SPEECH

    def _is_place(self, mention: Mention) -> bool:
        span = (self.tokens[mention.first].start, self.tokens[mention.last - 1].end)
        place = self.reader.places.get(span)
        return place is not None and place.kind != "unresolved"

    # -- placing mentions ----------------------------------------------------------------------------------------------

    def _register(self, mention: Mention) -> Party:
        """The party of a full personal name, made where it is new."""
        key = name_key(mention.name)
        surname = key.split()[-1]
        party = self._by_name.get(key)
        if party is None:
            other = self._by_surname.get(surname)
            if other is not None and (
                other.name.endswith(" " + mention.name) or mention.name.endswith(" " + other.name)
            ):
                party = other
            else:
                party = Party("person", mention.name, named=True)
                self.parties.append(party)
            self._by_name[key] = party
            self._by_surname.setdefault(surname, party)
            first = key.split()[0]
            self._by_first[first] = party if self._by_first.get(first, party) is party else None
        if len(mention.name) > len(party.name):
            party.name = mention.name
        self._describe(party, mention)
        if party.country:
            holders = self._holders.setdefault((party.head, party.modifiers, party.country), [])
            if party not in holders[:4]:
                holders.append(party)
        return party

    def _describe(self, party: Party, mention: Mention) -> None:
        """Fill what a mention says of its party where nothing was known."""
        party.role = party.role or mention.role
        party.sector = party.sector or mention.sector
        party.country = party.country or mention.country
        party.head = party.head or mention.head
        party.modifiers = party.modifiers or mention.modifiers
        party.abroad = party.abroad or mention.abroad
        title = self.norm[mention.first].rstrip(".")
        if title in ("mr", "sir", "king", "prince"):
            party.gender = "he"
        elif title in ("mrs", "ms", "miss", "lady", "queen", "princess") or "woman" in mention.head:
            party.gender = "she"

    def _place(self, mention: Mention) -> Party | None:
        """The party a mention belongs to, or None where it names no party."""
        if mention.form == "person":
            return self._person(mention)
        if mention.form == "alias":
            person = self._by_name.get(name_key(mention.name))
            if person is not None and mention.plain and mention.definite:
                self._absorb(person, self._by_head.get(mention.head))
            return person
        if mention.form == "state" and mention.country:
            return self._state(mention)
        if mention.form == "short":
            party = self._by_name.get(name_key(mention.role or ""))
            if party is not None:
                self._by_name[name_key(mention.name)] = party
            return party
        if mention.form == "people" and mention.owner and mention.kind in ("armed_group", "military"):
            return self._by_name.get(name_key(mention.owner)) or self._by_kind(mention)
        if mention.form == "unknown":
            return self._known_name(mention)
        if mention.form == "body" and not mention.plain:
            return self._body(mention)
        if mention.form in ("body", "post") and mention.plain:
            return self._description(mention)
        return self._by_kind(mention)

    def _absorb(self, person: Party, post: Party | None) -> None:
        """ "The governor, X": the governor told of before without a name was X."""
        if post is None or post is person or post.named or post.kind != "person":
            return
        if person.country and post.country and person.country != post.country:
            return
        person.spans |= post.spans
        person.country = person.country or post.country
        if len(post.role or "") > len(person.role or ""):
            person.role = post.role
        post.spans = set()
        post.merged = person

    def _person(self, mention: Mention) -> Party | None:
        key = name_key(mention.name)
        if not key:
            return None
        if " " in key:
            return self._register(mention)
        party = self._by_surname.get(key) or self._by_first.get(key)
        if party is None:
            party = Party("person", mention.name, named=True)
            self.parties.append(party)
            self._by_surname[key] = party
        self._describe(party, mention)
        return party

    def _state(self, mention: Mention) -> Party:
        country = mention.country or ""
        party = self._states.get(country)
        if party is None:
            party = Party("state", mention.name, "GOV", country, named=True)
            self.parties.append(party)
            self._states[country] = party
        if self.reader.countries.country_of_name(mention.name) == country and (
            not self.reader.countries.country_of_name(party.name) or len(mention.name) > len(party.name)
        ):
            party.name = mention.name
        return party

    def _known_name(self, mention: Mention) -> Party | None:
        """A bare name, where it is the name or the surname of a party named elsewhere in the report."""
        key = name_key(mention.name)
        if not key:
            return None
        party = self._by_name.get(key)
        if party is None and " " not in key:
            party = self._by_surname.get(key) or self._by_first.get(key)  # "Meles" is Meles Zenawi
        return party

    def _body(self, mention: Mention) -> Party:
        by_name = self._by_name.get(name_key(self.reader.written(mention))) or self._by_name.get(name_key(mention.name))
        if by_name is not None:
            return by_name
        return self._by_kind(mention)

    def _description(self, mention: Mention) -> Party | None:
        """ "The ministry", "the governor": the latest party so called; a new one where there is none."""
        if mention.definite or mention.form == "body":
            party = self._by_head.get(mention.head)
            if party is None and mention.head in GENERIC:
                latest = [(self._latest[kind]) for kind in GENERIC[mention.head] if kind in self._latest]
                party = max(latest, key=lambda found: found[0])[1] if latest else None
            if party is not None:
                return party.final()
            if mention.head in GENERIC:
                return None
        return self._by_kind(mention)

    def _by_kind(self, mention: Mention) -> Party:
        bare = not mention.modifiers - {"forces", "military"}
        if mention.kind == "military" and mention.head in ("forces", "military") and mention.country and bare:
            key: tuple[str, frozenset[str], str | None] = ("forces", frozenset(), mention.country)
        else:
            key = (mention.head, mention.modifiers, mention.country)
        party = self._by_key.get(key)
        if party is None and mention.form == "post" and mention.country:
            party = self._by_role(mention)
        if party is None and mention.form == "body" and mention.country is None and mention.modifiers:
            party = next(
                (p for k, p in self._by_key.items() if k[0] == mention.head and k[1] == mention.modifiers), None
            )
        if party is None:
            party = Party(mention.kind, mention.name, named=mention.form == "body" and not mention.plain)
            party.certain = not (
                mention.plain and mention.form == "post" and mention.kind == "person" and not mention.definite
            )
            self.parties.append(party)
            if mention.form == "body" and not mention.plain:
                self._by_name.setdefault(name_key(mention.name), party)
        self._by_key.setdefault(key, party)
        self._by_words.setdefault((mention.head, mention.modifiers), party)
        self._describe(party, mention)
        return party

    def _by_role(self, mention: Mention) -> Party | None:
        """The one person named in the report who holds this post of this country."""
        holders = self._holders.get((mention.head, mention.modifiers, mention.country or ""), [])
        return holders[0] if len(holders) == 1 else None

    def _add(self, party: Party, mention: Mention) -> None:
        start, end = self.tokens[mention.first].start, self.tokens[mention.last - 1].end
        party.spans.add((start, end))
        self._history.append((mention.first, mention.last, party))
        if party.named:
            self._latest[party.kind] = (mention.first, party)
        if mention.head and mention.form in ("body", "post", "person", "alias", "people"):
            self._by_head[mention.head] = party
            if party.country and mention.head in ("forces", "military"):
                self._by_head["forces"] = self._by_head["military"] = party
        written = self.analysis.text[start:end]
        if party.kind not in ("person", "state") and len(written) > len(party.name) and not mention.plain:
            party.name = written
