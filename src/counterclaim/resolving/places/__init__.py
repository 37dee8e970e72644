"""Place names in a text, and what each stands for."""

from counterclaim.resolving.places.finding import find_places

__all__ = ["find_places"]
