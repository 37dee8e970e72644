"""The parties a text names: who they are, what they belong to, and every mention of them."""

from counterclaim.resolving.actors.finding import ActorIndex, find_actors
from counterclaim.resolving.actors.known import KnownActors, shipped

__all__ = ["ActorIndex", "KnownActors", "find_actors", "shipped"]
