"""What other data sets call countries: ISO numeric, Gleditsch-Ward number, names and regions of UCDP and ACLED."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from counterclaim.errors import DataError


class CountryCodes(NamedTuple):
    """One country's codes; None where the scheme has none. `gw` is the Gleditsch-Ward number that UCDP uses."""

    iso_numeric: int | None
    gw: int | None
    ucdp_name: str | None
    ucdp_region: str | None
    acled_region: str | None


NO_CODES = CountryCodes(None, None, None, None, None)


@cache
def _table() -> dict[str, CountryCodes]:
    text = resources.files("counterclaim.data").joinpath("country_codes.tsv").read_text("utf-8")
    table: dict[str, CountryCodes] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        fields = [None if field == "-" else field for field in line.split("\t")]
        if len(fields) != 6 or fields[0] is None:
            raise DataError(f"country_codes.tsv: six columns a line, not {line!r}; install the package again")
        numeric, gw, name, region, acled = fields[1:]
        table[fields[0]] = CountryCodes(int(numeric) if numeric else None, int(gw) if gw else None, name, region, acled)
    return table


def codes_of(country: str | None) -> CountryCodes:
    """The codes of a country by ISO 3166-1 alpha-2; all None for an unknown one."""
    return _table().get(country or "", NO_CODES)
