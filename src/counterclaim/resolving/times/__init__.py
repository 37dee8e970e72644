"""Time expressions (TIMEX3): spans, types and values."""

from counterclaim.resolving.times.finding import find_times

__all__ = ["find_times"]
