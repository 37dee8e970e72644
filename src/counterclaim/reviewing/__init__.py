"""Review: what people decide of what the program read, and what follows from it.

A decision is appended and never changed; what stands follows from all that are not undone. Functions of data alone:
the casebook keeps decisions, and pages, API and commands ask for them.
"""

from counterclaim.reviewing.applying import reviewed
from counterclaim.reviewing.decisions import Decision, Member, standing, undone
from counterclaim.reviewing.proposing import Proposal, UnderReview, on_incident, on_record, undoing
from counterclaim.reviewing.regrouping import linked, settled

__all__ = [
    "Decision",
    "Member",
    "Proposal",
    "UnderReview",
    "linked",
    "on_incident",
    "on_record",
    "reviewed",
    "settled",
    "standing",
    "undoing",
    "undone",
]
