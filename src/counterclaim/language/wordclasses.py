"""Closed word classes of English, for stages that must tell verbs and function words without a tagger."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AUXILIARIES: Final = _words(
    """
    is are was were be been being am has have had having do does did done will would can could may might must
    shall should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't
    couldn't cannot
    """
)

NEGATIONS: Final = _words(
    """
    not never n't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't
    couldn't cannot
    """
)

IRREGULAR_PAST: Final = _words(
    """
    said told went took came became began brought bought broke built caught chose dealt drew drove fell fought
    found fled flew forgot gave got grew held kept knew laid led lost made met paid ran rose sank sat sent shot
    slew spoke stood stole struck swore taught thought threw understood withdrew woke won wore wrote goes comes
    remains includes takes gives makes gets seems appears
    """
)
"""Past forms that are seldom anything but verbs; regular -ed forms are seen by their ending."""

DETERMINERS: Final = _words(
    """
    the a an this that these those its his her their our my your some any each every no another
    """
)

PRONOUNS: Final = _words(
    """
    he she it they we i you who one others everyone nobody somebody
    """
)

RELATIVES: Final = _words(
    """
    who which whom whose where when what why how
    """
)

PREPOSITIONS: Final = _words(
    """
    of in on at for from with by to about against under over between among during after before inside outside
    near into within without through across despite amid since until as like toward towards around behind
    """
)

CONNECTIVES: Final = _words(
    """
    that but because while although though whereas if unless whether when whenever where after before since
    until as so than despite amid
    """
)

ADVERBS: Final = _words(
    """
    also later earlier then now still already again even just only once twice ever always often sometimes
    further too however meanwhile moreover nevertheless nonetheless instead therefore thus first today yesterday
    tomorrow tonight overnight separately
    """
)


_FUNCTION = AUXILIARIES | NEGATIONS | DETERMINERS | PRONOUNS | RELATIVES | PREPOSITIONS | CONNECTIVES | ADVERBS
_OTHER = _words(
    "and or nor yet him her them us me there here says say killed shot set hit cut put let struck began opened"
)


def is_function_or_verb(word: str) -> bool:
    """True for a word (lower case) that is no noun: a function word, an adverb in -ly, a past or an -ing form."""
    return (
        word in _FUNCTION
        or word in IRREGULAR_PAST
        or word in _OTHER
        or (len(word) > 4 and word.endswith(("ed", "ing", "ly")))
    )
