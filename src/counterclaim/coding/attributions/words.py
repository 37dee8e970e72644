"""Closed word classes of English that attributions need. Small on purpose."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NOT_PAST: Final = _words(
    """
    armed unarmed united alleged suspected unidentified masked hundred sacred naked wicked indeed infrared limited
    organised organized unnamed retired related
    """
)
"""Words in -ed that are adjectives or nouns in the news more often than verbs."""

AMOUNTS: Final = _words(
    """
    two three four five six seven eight nine ten eleven twelve twenty thirty dozens hundreds thousands several
    """
)
"""Words that open the amount of a new phrase: "as per local reports | six men were hurt"."""

CHECKED: Final = _words("confirm verify deny corroborate")
"""What a source that declines to do so leaves open."""

TIME_WORDS: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight january february march
    april june july august september october november december morning afternoon evening night week month year
    """
)

WEEKDAYS: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday
    """
)

NOT_ADVERBS: Final = _words(
    """
    family assembly ally italy rally july reply supply bully
    """
)

NOT_APPOSED: Final = _words(
    """
    prior due such including compared according
    """
)

ROLES: Final = _words(
    """
    spokesman spokeswoman spokesperson head director chief minister president governor mayor commander leader
    member chairman chairwoman secretary envoy ambassador editor professor author founder analyst officer lawyer
    senator
    """
)

MEDIA: Final = _words(
    """
    statement statements interview interviews tweet post twitter facebook telegram report communique communiqué
    letter message speech conference email e-mail memo reporters telephone phone broadcast briefing testimony
    blog video
    """
)

TOLLS: Final = _words(
    "toll tolls number numbers count counts figure figures total dead losses casualties estimate estimates deaths tally"
)
"""What a source puts at a figure: "put the death toll at 41"."""
PUTS: Final = _words(
    """
    put puts raise raises raised lower lowers lowered revise revises revised update updates updated increase increases
    increased cut cuts
    """
)
"""What it does to such a figure: "put the toll at 41", "raised its count to 41"."""
REPORT_NOUNS: Final = _words(
    """
    reports report rumours rumors allegations allegation claims claim accusations suggestions
    """
)

CONTRASTS: Final = _words(
    """
    but while although though whereas
    """
)

BE: Final = _words(
    """
    is are was were be been being
    """
)

CHECKS: Final = _words(
    """
    verify confirm corroborate verified confirmed corroborated
    """
)

SPEAKERS: Final = _words(
    """
    ministry minister officials official police army military government report reports monitor witnesses medics
    source sources governor president pm un spokesman spokeswoman media agency state tv ngo observatory
    residents hospital doctors authorities watchdog group study survey poll data court lawyer family relatives
    and local health security
    """
)

UNNAMED: Final = _words(
    """
    official officials source sources witness witnesses eyewitness eyewitnesses resident residents local locals
    villager villagers medic medics doctor doctors nurse nurses police policeman officer officers spokesman
    spokeswoman spokesperson spokesmen authorities authority report reports rumour rumours rumors activist
    activists analyst analysts expert experts diplomat diplomats observer observers media newspaper newspapers
    paper papers journalist journalists reporter reporters relative relatives family families friend friends
    neighbour neighbours neighbor neighbors survivor survivors soldier soldiers commander commanders militant
    militants rebel rebels fighter fighters prosecutor prosecutors investigator investigators lawyer lawyers
    critic critics others one some many people man woman aide aides worker workers count toll tally estimate
    estimates figure figures statement document documents study poll they everyone insurgents insurgent
    protester protesters leaders members passengers victims mother father brother sister wife husband son
    daughter attorneys attorney users user agencies account accounts evidence footage video photographs images
    intelligence who which it
    """
)
"""Heads of sources that nobody could look up. From the sources of the public annotated corpora."""
