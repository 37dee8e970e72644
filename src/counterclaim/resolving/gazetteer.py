"""The embedded gazetteer (settlements follow; states, demonyms and seats of government stand)."""

from __future__ import annotations

from functools import cached_property

from counterclaim.resolving.countries import Country, CountryTable


class Gazetteer:
    """Names to places."""

    version = "none"

    @classmethod
    def open(cls) -> Gazetteer:
        """The shipped gazetteer."""
        return cls()

    @cached_property
    def countries(self) -> CountryTable:
        """All states and territories."""
        return CountryTable.shipped()

    def country(self, iso2: str) -> Country | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return self.countries.countries.get(iso2)

    def country_of_name(self, name: str) -> str | None:
        """ISO2 of a country named, abbreviated or as a demonym: "Armenia", "U.S.", "DRC", "Azeri", "Syrians"."""
        return self.countries.by_name(name) or self.countries.by_demonym(name)

    def demonym(self, word: str) -> str | None:
        """ISO2 of the country whose people or things are called so: "Armenian", "Azeris", "South Sudanese"."""
        return self.countries.by_demonym(word)

    def capital(self, iso2: str) -> str | None:
        """Name of the capital of a country."""
        country = self.country(iso2)
        return country.capital or None if country else None

    def country_of_seat(self, name: str) -> str | None:
        """ISO2 of the country for whose government a capital or seat may stand: "Moscow", "Kremlin", "White House"."""
        return self.countries.by_seat(name)
