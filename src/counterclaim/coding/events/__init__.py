"""Events: who did what to whom, in the text's own order."""

from counterclaim.coding.events.finding import find_events, tie_claims

__all__ = ["find_events", "tie_claims"]
