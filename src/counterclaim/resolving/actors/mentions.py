"""Reads mentions of parties from a text: names, titled persons, offices, bodies and groups of people."""

from __future__ import annotations

from typing import cast

from counterclaim.resolving.actors.describing import Describer
from counterclaim.resolving.actors.kinds import kind_and_sector
from counterclaim.resolving.actors.phrases import Item, Mention
from counterclaim.resolving.actors.tables import Body, Head
from counterclaim.resolving.actors.words import GENERIC_AFTER_NAME, MACHINES, REIGNS, TOLD_BY_NATION, base

_UNDERGOING = frozenset(("obj", "nsubj:pass", "obl", "obl:agent", "conj", "nmod"))
"""Relations of a word to which something is done, or by which."""


class Reader(Describer):
    """Reads the mentions of one text."""

    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        found: list[Mention] = []
        for sentence in self.analysis.sentences:
            index = sentence.first
            while index < sentence.last:
                items, end = self.phrases.run(index, sentence.last)
                if items:
                    found.extend(self._interpret(items, end, sentence.last))
                index = max(end, index + 1)
                if found and self.norm[end : end + 1] == ["to"]:  # "the Chilean ambassador to Lund"
                    index = max(index, found[-1].last)
        return found

    # -- what a run stands for -------------------------------------------------------------------------------

    def _interpret(self, items: list[Item], end: int, high: int) -> list[Mention]:
        """The mentions in one run: its bodies and states, and the party that the whole of it names."""
        found: list[Mention] = []
        items = [self._surname(items, k) for k in range(len(items))]
        whole = self._organisation(items)
        if whole is not None:
            return [whole]
        post = next((k for k in range(len(items) - 1) if self._governs(items, k)), -1)
        if post >= 0:
            return self._governed(items, post, end, high)
        cut = self._split(items)
        if cut:
            return self._interpret(items[:cut], items[cut].first, high) + self._interpret(items[cut:], end, high)
        head_at = max((k for k, item in enumerate(items) if item.type == "head"), default=-1)
        caps = [item for item in items[head_at + 1 :] if item.type == "cap"]
        if head_at < 0:
            return self._without_head(items, end, high)
        head = cast(Head, items[head_at].value)
        if (head.form == "title" or (head.capital and head.form == "post")) and not caps:
            return []
        if caps and head.form in ("post", "title"):
            found.append(self._person(items, head_at, caps))
        elif caps:
            first = caps[0].first
            split = next(k for k, item in enumerate(items) if item.first == first)
            return self._interpret(items[:split], first, high) + self._interpret(items[split:], end, high)
        elif self._only_says_what(items, head_at):
            owner = next(item for item in reversed(items[:head_at]) if item.type == "body")
            return [self._body(owner._replace(last=items[head_at].last))]
        elif self._names_no_party(items, head_at, head):
            return [self._body(item) for item in items if item.type == "body"]
        else:
            found.append(self._headed(items, head_at, high))
        inner = [self._body(item) for item in items if item.type == "body"]
        inner += self._possessor(items, head_at, found[0], high)
        if found[0].form == "people":  # the fighters are counted with their group, which must stand first
            return inner + found
        return found + inner

    def _surname(self, items: list[Item], k: int) -> Item:
        """The item, as part of a name where a title and a given name stand before it: "Mayor Ola Bishop"."""
        if k < 2 or items[k].type != "head" or items[k - 1].type != "cap" or not self.name_end[items[k].first]:
            return items[k]
        titled = any(one.type == "head" and cast(Head, one.value).form in ("post", "title") for one in items[: k - 1])
        last = k + 1 == len(items) and self.name_end[items[k].first] == items[k].last
        return items[k]._replace(type="cap") if titled and last else items[k]

    def _possessor(self, items: list[Item], head_at: int, owned: Mention, high: int) -> list[Mention]:
        """Whose party it is: "Ola Berg's men", "the Berg regime", where that is no state, body or place."""
        end = next((k for k in range(head_at) if items[k].type == "poss"), head_at)
        caps = [item for item in items[:end] if item.type == "cap"]
        plain = all(item.type in ("cap", "mod", "head", "of") for item in items[:end])
        if not caps or not plain or owned.country or owned.form not in ("body", "people"):
            return []
        if end == head_at and base(self.norm[items[head_at].first]) not in REIGNS:
            return []
        owned.possessor = self._written(caps[0].first, caps[-1].last)
        named = end < head_at or owned.form == "people"
        return self._interpret(items[:end], items[end].first, high) if named else []

    def _only_says_what(self, items: list[Item], head_at: int) -> bool:
        """True for "Xinhua news agency" and "the Taliban movement": the head only says what the body is."""
        head = cast(Head, items[head_at].value)
        if base(head.word) not in GENERIC_AFTER_NAME:
            return False
        k = head_at - 1
        while k > 0 and self.norm[items[k].first] in ("news", "daily", "official"):
            k -= 1
        return k >= 0 and items[k].type == "body"

    def _names_no_party(self, items: list[Item], head_at: int, head: Head) -> bool:
        """True for words that head a party only in company: "a group of men", "drones", "Kurdish People's ..."."""
        at = items[head_at].last
        word = base(head.word)
        after = self.norm[at] if at < len(self.norm) else ""
        plain = not any(item.type in ("country", "demonym", "body") for item in items)
        if (word in MACHINES or head.word in TOLD_BY_NATION) and plain:
            return True
        if word in ("member", "head", "deputy") and head_at == 0 and after != "of":
            return True
        if word in ("people", "member", "figure") and head_at == 0 and self._in_general(items[0].first):
            return True
        if (
            word in ("group", "gang", "number", "committee")
            and after == "of"
            and items[head_at].last - items[0].first <= 2
        ):
            return not self.name_end[items[head_at].first]
        if word == "fighter" and items[0].first > 0 and any(char.isdigit() for char in self.norm[items[0].first - 1]):
            return True
        capital = self.tokens[at - 1].text[:1].isupper() and self.tokens[items[0].first].text[:1].isupper()
        return (
            capital
            and head.form == "people"
            and after == "'s"
            and at + 1 < len(self.norm)
            and bool(self.name_end[at + 1])
        )

    def _in_general(self, index: int) -> bool:
        """True for "people" that nothing is done to: "many people believe". Without a trained analyser, False."""
        relation = self.tokens[index].relation
        counted = index > 0 and self.tokens[index - 1].tag == "NUM"
        return bool(relation) and not counted and relation not in _UNDERGOING

    def _governs(self, items: list[Item], k: int) -> bool:
        """True where item `k` is a post and "of" follows: "Director of the Red Committee"."""
        return items[k].type == "head" and cast(Head, items[k].value).form == "post" and items[k + 1].type == "of"

    def _governed(self, items: list[Item], post: int, end: int, high: int) -> list[Mention]:
        """A post with its "of ..." inside one name, and the bodies named there."""
        mention = self._headed(items[: post + 1], post, 0)
        rest = items[post + 1 :]
        while rest and rest[0].type == "of":
            rest = rest[1:]
        found = [mention]
        if rest:
            inner = self._interpret(rest, end, high)
            mention.last = rest[-1].last
            mention.country = mention.country or self._country(rest)
            mention.name = self._written(mention.first, mention.last)
            mention.role = mention.name
            mention.plain = False
            mention.definite = True
            bodies_named = [one for one in inner if one.form == "body"]
            if bodies_named:
                mention.sector = bodies_named[0].sector
                mention.country = bodies_named[0].country
            found += [one for one in inner if one.form in ("body", "person")]
        return found

    def _split(self, items: list[Item]) -> int:
        """Where a second party starts inside one run: after a possessive name, or a post after a full personal name."""
        for k in range(1, len(items)):
            if items[k].type in ("body", "country") and items[k - 1].type == "cap" and k > 1:
                return k
            heads_after = any(item.type in ("head", "body") for item in items[k + 1 :])
            if self.norm[items[k].first] == "of" and items[0].type == "cap" and heads_after:
                return k + 1
        return 0

    def _organisation(self, items: list[Item]) -> Mention | None:
        """A name that as a whole names a body: "Armenian National Committee of America", "Ministry of Defence"."""
        names = [item for item in items if self.name_end[item.first]]
        if len(names) != len(items) or not items:
            return None
        first_head = next((k for k, item in enumerate(items) if item.type == "head"), -1)
        if first_head < 0:
            return None
        head = cast(Head, items[first_head].value)
        ends_in_body = items[-1].type == "head" and cast(Head, items[-1].value).form == "body"
        if not ends_in_body and any(
            item.type == "head" and cast(Head, item.value).form in ("post", "title", "people") for item in items
        ):
            return None
        if ends_in_body:
            head = cast(Head, items[-1].value)
        if head.form != "body":
            return None
        joined = next((k for k, item in enumerate(items) if self.norm[item.first] == "of"), -1)
        if (not ends_in_body and not 0 <= first_head < joined) or (0 <= joined < first_head and items[0].type == "cap"):
            return None  # "Clinic Entrances Act"; "Ana Sol of the Red Committee"
        if not ends_in_body:
            head = cast(Head, [item for item in items[:joined] if item.type == "head"][-1].value)
        country = self._country(items)
        kind, sector = kind_and_sector(
            head, self._words_before(items), None, of_state=country is not None, in_name=len(items) > 1
        )
        return Mention(
            items[0].first,
            items[-1].last,
            "body",
            self._written(items[0].first, items[-1].last),
            kind,
            sector,
            None if kind == "ngo" else country,
            head=base(head.word),
            modifiers=self._modifiers(items),
            definite=True,
            plain=len(items) == 1,
        )

    def _without_head(self, items: list[Item], end: int, high: int) -> list[Mention]:
        found: list[Mention] = []
        caps: list[Item] = []
        for item in [*items, Item("end", end, end)]:
            if item.type == "cap" or (item.type in ("of", "mod") and caps):
                caps.append(item)
                continue
            while caps and caps[-1].type != "cap":
                caps.pop()
            if caps:
                found.append(self._unknown(caps))
                found[-1].country = self._nation_before(items, caps[0])
                self._of_medium(items, caps[0], found[-1])
                caps = []
            if item.type == "body":
                found.append(self._body(item))
            elif item.type == "country" and not self.locative(item.first) and not self._after_place(item):
                found.append(self._state(item, "state"))
            elif item.type == "demonym" and self._people_of(item, items):
                found.append(self._nation(item))
        return found

    def _nation_before(self, items: list[Item], name: Item) -> str | None:
        """The nation told just before a name: "Cuban rafter Ana Sol", "the Italian Ana Sol"."""
        at = items.index(name) - 1
        while at > 0 and items[at].type == "mod":
            at -= 1
        return cast(str, items[at].value) if at >= 0 and items[at].type == "demonym" else None

    def _of_medium(self, items: list[Item], name: Item, mention: Mention) -> None:
        """ "CNN's Ana Sol" reports for it."""
        at = items.index(name)
        if at > 1 and items[at - 1].type == "poss" and items[at - 2].type == "body":
            body = cast(Body, items[at - 2].value)
            if body.kind == "media":
                mention.country, mention.sector = body.country, body.sector

    def _after_place(self, item: Item) -> bool:
        """True for the country of a place: "Lund, Sweden"."""
        index = item.first
        if index < 2 or self.norm[index - 1] != "," or self.tokens[index].relation.startswith("nsubj"):
            return False
        after = self.norm[item.last] if item.last < len(self.norm) else ""
        return index - 2 in self.phrases.place_tokens and after not in ("and", "or")

    def _people_of(self, item: Item, items: list[Item]) -> bool:
        """True where a demonym stands for people ("Syrians", "the British") and is no adjective."""
        word = self.norm[item.last - 1]
        after = self.norm[item.last] if item.last < len(self.norm) else ""
        if items[-1] is not item:
            return False
        if self.tokens[item.last - 1].tag in ("NOUN", "PROPN") and self.norm[item.first - 1] in ("a", "an", "one"):
            return not self.name_end[item.last] if item.last < len(self.norm) else True  # "killed an Iraqi"
        if word.endswith(("ese", "sh", "ch")):
            return self.norm[item.first - 1] == "the" and not after[:1].isalpha()
        return word.endswith("s") and not after.startswith("'")
