"""Counterclaim: an attributed record of armed conflict. Who did what to whom, with what harm, according to whom."""

from counterclaim._version import __version__

__all__ = ["__version__"]
