"""The cue verbs: one table (data/cue_verbs.tsv), read once, looked up by word form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from counterclaim.errors import DataError
from counterclaim.records import AttributionStance


class CueVerb(NamedTuple):
    """A verb that hands a statement to a source: what may follow it, and the stance it gives.

    `frames` are words of {clause, that, object, addressee, infinitive, quote}; `prepositions` those it may govern;
    `noun_like` says that its bare and -s forms are more often nouns ("reports", "calls"); `judges` that its object is
    judged and not reported ("condemned the raid in which six died": the six are the author's).
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    stance: AttributionStance
    noun_like: bool
    judges: bool


@cache
def cue_verbs() -> Mapping[str, CueVerb]:
    """Word form in lower case -> its verb. Raises DataError where the table is missing or damaged."""
    try:
        table = files("counterclaim").joinpath("data", "cue_verbs.tsv").read_text("utf-8")
    except OSError as error:
        raise DataError("the table of cue verbs (data/cue_verbs.tsv) is missing: reinstall the package") from error
    found: dict[str, CueVerb] = {}
    for line in table.splitlines():
        if not line or line.startswith("#"):
            continue
        lemma, forms, frames, stance, *flags = line.split("\t")
        if stance not in ("asserts", "denies", "doubts"):
            raise DataError(f"the table of cue verbs gives {lemma!r} an unknown stance: {stance!r}")
        words = frames.split()
        verb = CueVerb(
            lemma,
            frozenset(word for word in words if ":" not in word),
            frozenset(word.removeprefix("prep:") for word in words if ":" in word),
            cast(AttributionStance, stance),
            "noun" in flags,
            "judge" in flags,
        )
        for form in (lemma, *forms.split()):
            found.setdefault(form, verb)
    return found
