"""What kind of party a head noun and the words before it name, and in which PLOVER sector.

PLOVER lists no sector for intergovernmental bodies: their kind says `igo` and their sector is None, save for those that
are forces (NATO, peacekeeping missions: MIL). Non-governmental bodies are CVL, relief bodies MED, media JRN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from counterclaim.records import ActorKind
from counterclaim.resolving.actors.tables import Body, Head
from counterclaim.resolving.actors.words import ARMS, FIGHTING, HELPING, KIND_OF_SECTOR, SECTOR_OF, base

_OF_STATES = frozenset(("leader", "representative", "negotiator", "delegate", "envoy", "spokesman"))
_OF_POLICE = frozenset(
    ("police", "custom", "customs", "prison", "immigration", "security", "intelligence", "press", "information", "law")
)
"""Words before "officer" that make him none of an army; else "an Israeli officer" is."""
_GENERALS = {"attorney": "JUD", "secretary": "GOV", "director": "GOV", "surgeon": "GOV", "consul": "GOV"}


def kind_and_sector(
    head: Head, before: Sequence[str], owner: Body | None, *, of_state: bool, in_name: bool
) -> tuple[ActorKind, str | None]:
    """Kind and sector of a party told by a head noun.

    `before` are the words before the head in lower case, `owner` the body named among them ("Hamas officials"),
    `of_state` says that a state or its demonym is ("Libyan leader"), `in_name` that the head is part of a name.
    """
    words = {base(word) for word in before}
    kind, sector = head.kind, head.sector
    if head.yields:
        for word in before:
            sector = SECTOR_OF.get(word, sector)
        if sector is None and of_state and base(head.word) in _OF_STATES:
            sector = "GOV"
        if base(head.word) == "general" and before:
            sector = _GENERALS.get(before[-1], sector)
    of_army = of_state or words & {"army", "military", "noncommissioned", "naval"}
    if base(head.word) == "officer" and of_army and not words & _OF_POLICE:
        return ("person" if head.form == "post" else "military"), "MIL"
    if base(head.word) == "attorney" and (of_state or words & {"district", "state", "federal", "county"}):
        return kind, "JUD"
    if owner is not None and owner.kind == "armed_group" and base(head.word) in ("leadership", "command"):
        return owner.kind, owner.sector
    if owner is not None and owner.kind == "igo" and head.form == "body" and kind == "government":
        return "igo", owner.sector  # "the UN refugee agency"
    if owner is not None and owner.kind == "igo" and head.form == "post":
        return kind, owner.sector
    if owner is not None and (head.yields or head.form == "people"):
        sector = owner.sector if head.yields or owner.kind == "armed_group" else sector
        kind = kind if kind == "person" else owner.kind
        return kind, sector
    return _regrouped(head, words, kind, sector, in_name=in_name)


def _regrouped(
    head: Head, words: set[str], kind: ActorKind, sector: str | None, *, in_name: bool
) -> tuple[ActorKind, str | None]:
    """The kind as the words before the head change it: "rebel forces", "human rights group", "a soldier"."""
    word = base(head.word)
    if head.form == "people" and kind in ("government", "other") and sector in KIND_OF_SECTOR:
        return cast(ActorKind, KIND_OF_SECTOR[sector]), sector
    if head.form == "people" and kind == "armed_group" and words & {"government", "army", "loyalist"}:
        return "military", "MIL"
    if word == "forces" and words & (FIGHTING | {"ethnic"}) - {"armed"}:
        return "armed_group", "REB"
    if word == "forces" and "police" in words:
        return "government", "COP"
    if in_name and word in ("company", "group") and words & ARMS and any(part[:1].isdigit() for part in words):
        return "military", "MIL"  # "45th Engineer Group"
    if head.form == "body" and kind in ("ngo", "armed_group", "other"):
        if words & {"news", "press"}:
            return "media", "JRN"
        if words & HELPING and kind != "other":
            return "ngo", "CVL"
        if words & FIGHTING - {"opposition"}:
            return "armed_group", "REB"
        if in_name and word in ("group", "front", "movement") and kind == "armed_group":
            return "other", None  # "Iraq Study Group", "National Concord Front": the name does not tell
    if head.form == "body" and kind == "government" and words & {"news", "press"}:
        return "media", "JRN"
    if head.form == "post" and not head.yields and sector in KIND_OF_SECTOR and sector != "COP":
        return cast(ActorKind, KIND_OF_SECTOR[sector]), sector
    return kind, sector
