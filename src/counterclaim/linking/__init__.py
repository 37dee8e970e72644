"""Reports to incidents: which claims and events of many reports tell of one occurrence."""

from counterclaim.linking.copies import copies
from counterclaim.linking.incident import Incident
from counterclaim.linking.linker import DEFAULT, Linker, Settings, link

__all__ = ["DEFAULT", "Incident", "Linker", "Settings", "copies", "link"]
