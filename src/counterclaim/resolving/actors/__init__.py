"""The parties a text names: who they are, what they belong to, and every mention of them."""

from counterclaim.resolving.actors.finding import ActorIndex, find_actors

__all__ = ["ActorIndex", "find_actors"]
