"""Rows of other data sets as reports of record: what their coders counted, so that ours can be laid beside it.

Another data set is one file here with a `row` function, and one line in `counterclaim.reading.inputs.READERS`.
"""

from counterclaim.reading.records.acled import ACLED
from counterclaim.reading.records.ucdp_ged import UCDP_GED

__all__ = ["ACLED", "UCDP_GED"]
