"""Airwars' grade of an incident: how well the harm is established, from who tells of it and who concedes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from counterclaim.linking.accounts import Account
from counterclaim.linking.incident import Grade
from counterclaim.linking.tellers import side_key
from counterclaim.linking.tolls import Told

_COUNTED: Final = ("stands", "part", "echo", "superseded")


def grade(
    told: Sequence[Told], accounts: Sequence[Account], blamed: Sequence[str] = (), witnesses: Iterable[str] = ()
) -> Grade | None:
    """The grade of harm to civilians, None where nobody tells of any: a battle has none.

    Source: the methodology of Airwars. Confirmed: the belligerent held responsible accepts that it harmed somebody.
    Contested: sources lay the harm at different doors. Discounted: those who speak of it say that nobody was harmed.
    Fair: two or more sources, those that tell of the deed without a figure among them (`witnesses`). Weak: one.
    """
    counted = [one for one in told if one.state in _COUNTED and one.harm in ("killed", "injured", "casualties")]
    if not counted or all(one.scope.kind == "combatant" for one in counted):
        return None
    doers = {one.ref: side_key(one.claim.perpetrator) for one in counted if one.claim.perpetrator}
    if any(
        one.teller.side and one.teller.side in (doers.get(one.ref), *blamed) and one.teller.side != one.scope.side
        for one in counted
        if (one.low or 0) > 0 and not (one.claim.perpetrator and doers[one.ref] != one.teller.side)
    ):
        return "Confirmed"
    accused = {side for side in doers.values() if side}
    voices = {one.teller.side or one.teller.key for one in counted if one.ref in doers}
    if len(accused) > 1 and len(voices) > 1 and not any(one.scope.side for one in counted):
        return "Contested"
    if all(one.high == 0 for one in counted):
        return "Discounted"
    sources = {
        account.teller.side or account.teller.root or account.teller.key for account in accounts if not account.echo
    }
    sources |= {one.teller.key for one in counted if one.state == "part"} | set(witnesses)
    return "Fair" if len(sources) > 1 else "Weak"
