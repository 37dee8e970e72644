"""Attributions: what the text hands to a source."""

from counterclaim.coding.attributions.finding import find_attributions

__all__ = ["find_attributions"]
