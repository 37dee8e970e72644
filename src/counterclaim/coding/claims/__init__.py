"""Claims: stated figures of human harm, who states them, and of whom."""

from counterclaim.coding.claims.finding import find_claims

__all__ = ["find_claims"]
