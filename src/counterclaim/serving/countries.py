"""Names and numeric codes of countries, for the map and the tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from counterclaim.resolving.gazetteer import CountryTable


@cache
def _numeric() -> dict[str, str]:
    lines = (files("counterclaim") / "data" / "country_codes.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def _table() -> CountryTable:
    return CountryTable.shipped()


def numeric(code: str) -> str:
    """ISO 3166-1 numeric code (as maps number countries) of an alpha-2 code; "" where there is none."""
    return _numeric().get(code, "")


def country_name(code: str | None) -> str:
    """The name of a country by its alpha-2 code; the code where it is not known, "" for none."""
    country = _table().countries.get(code or "")
    return country.name if country else code or ""
