"""The gazetteer: names to places, in one mapped file that a user can build again."""

from counterclaim.resolving.gazetteer.countries import Country, CountryTable
from counterclaim.resolving.gazetteer.lookup import Bearer, Entry, Found, Gazetteer, prominence
from counterclaim.resolving.gazetteer.names import name_key

__all__ = ["Bearer", "Country", "CountryTable", "Entry", "Found", "Gazetteer", "name_key", "prominence"]
