"""Attributions: what the text hands to a source."""

from counterclaim.coding.attributions.finding import Attributions, find_attributions, read_attributions

__all__ = ["Attributions", "find_attributions", "read_attributions"]
