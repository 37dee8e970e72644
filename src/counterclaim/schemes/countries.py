"""What other data sets call countries: ISO numeric, Gleditsch-Ward, FIPS; names and regions of UCDP and ACLED."""

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
    fips: str | None


NO_CODES = CountryCodes(None, None, None, None, None, None)


@cache
def _table() -> dict[str, CountryCodes]:
    text = resources.files("counterclaim.data").joinpath("country_codes.tsv").read_text("utf-8")
    table: dict[str, CountryCodes] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        fields = [None if field == "-" else field for field in line.split("\t")]
        if len(fields) != 7 or fields[0] is None:
            raise DataError(f"country_codes.tsv: seven columns a line, not {line!r}; install the package again")
        numeric, gw, *others = fields[1:]
        table[fields[0]] = CountryCodes(int(numeric) if numeric else None, int(gw) if gw else None, *others)
    return table


def codes_of(country: str | None) -> CountryCodes:
    """The codes of a country by ISO 3166-1 alpha-2; all None for an unknown one."""
    return _table().get(country or "", NO_CODES)


def country_by(*, gw: int | None = None, iso: int | None = None, name: str = "") -> str | None:
    """ISO 3166-1 alpha-2 by UCDP's name or ours, else by a Gleditsch-Ward or ISO numeric number; None: none fits.

    The name comes first: a few numbers stand for two territories (666: Israel and Palestine).
    """
    by_gw, by_iso, by_name = _reverse()
    return by_name.get(name.casefold()) or by_gw.get(gw or 0) or by_iso.get(iso or 0)


@cache
def _reverse() -> tuple[dict[int, str], dict[int, str], dict[str, str]]:
    table = _table()
    names = {codes.ucdp_name.casefold(): code for code, codes in table.items() if codes.ucdp_name}
    for line in resources.files("counterclaim.data").joinpath("countries.tsv").read_text("utf-8").splitlines()[1:]:
        code, _, name, *_ = line.split("\t")
        names.setdefault(name.casefold(), code)
    return (
        {codes.gw: code for code, codes in table.items() if codes.gw},
        {codes.iso_numeric: code for code, codes in table.items() if codes.iso_numeric},
        names,
    )
