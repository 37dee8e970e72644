"""The UCDP export beside real rows of UCDP GED: the same columns, the same types; and the rows read back as records.

The export is that of the bundled demo reports. A type is the kind that pandas sees in a column (number or text) when
both files are read alike, and the very dtype when both are read by the export's data dictionary.
"""

from __future__ import annotations

import io
from importlib.resources import as_file, files

import pandas as pd

from bench.data import coded, root
from counterclaim.checking import violations
from counterclaim.estimating import estimate
from counterclaim.exporting.incidents import Settled, export_incidents, incident_exporter
from counterclaim.linking import link
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import Recorded, Report

DTYPES = {"integer": "Int64", "number": "float64", "text": "string", "date": "string"}


def demo_table(form: str) -> bytes:
    """The bundled reports in a format of incidents."""
    with as_file(files("counterclaim") / "data" / "reports") as bundled:
        reports = {one.id: one for one in coded(r for r in read_inputs([bundled]) if isinstance(r, Report))}
    out = io.BytesIO()
    export_incidents(out, form, (Settled(estimate(one, reports), reports, "ucdp") for one in link(reports.values())))
    return out.getvalue()


def measure() -> dict[str, float]:
    """Columns, shares of columns with the same kind and dtype, and how many rows came through."""
    sample = root() / "corpora" / "ucdp-ged-sample" / "ucdp_ged_sample.csv"
    table = demo_table("ucdp-ged")
    ours, theirs = pd.read_csv(io.BytesIO(table)), pd.read_csv(sample)
    shared = [column for column in theirs.columns if column in ours.columns]
    kinds = [pd.api.types.is_numeric_dtype(ours[c]) == pd.api.types.is_numeric_dtype(theirs[c]) for c in shared]
    told = pd.read_csv(io.StringIO(incident_exporter("ucdp-ged").dictionary())).set_index("column")["type"].map(DTYPES)
    dates = ["date_start", "date_end"]
    typed = pd.read_csv(io.BytesIO(table), dtype=told.to_dict(), parse_dates=dates)
    beside = pd.read_csv(sample, dtype={c: told[c] for c in shared}, parse_dates=dates)
    acled = pd.read_csv(io.BytesIO(demo_table("acled")))
    found = list(read_inputs([sample], "ucdp-ged"))
    records = [one.coded for one in found if isinstance(one, Recorded)]
    return {
        "ucdp_columns": len(ours.columns),
        "ucdp_columns_of_the_sample": len(theirs.columns),
        "ucdp_shared_share": len(shared) / len(theirs.columns),
        "ucdp_same_kind_share": sum(kinds) / len(kinds),
        "ucdp_same_dtype_by_dictionary_share": sum(typed[c].dtype == beside[c].dtype for c in shared) / len(shared),
        "ucdp_rows_concatenated": len(pd.concat([beside, typed[shared]])),
        "acled_columns": len(acled.columns),
        "ged_rows_read": len(records),
        "ged_rows_rejected": sum(isinstance(one, Reject) for one in found),
        "ged_records_that_break_the_contract": sum(bool(violations(one)) for one in records),
    }


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:40} {value:g}")


if __name__ == "__main__":
    main()
