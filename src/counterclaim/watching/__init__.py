"""Feeds and articles watched over the network: polite, guarded, each capture kept (docs/watch.md)."""

from counterclaim.watching.addresses import Allowed, WebAddress, is_public
from counterclaim.watching.contents import KINDS, reports_at
from counterclaim.watching.fetching import Fetched, Fetcher, Limits, agent
from counterclaim.watching.lists import is_url, read_lists
from counterclaim.watching.pace import Clock, Pauses, SystemClock
from counterclaim.watching.watcher import Settings, Tally, Told, Watcher

__all__ = [
    "KINDS",
    "Allowed",
    "Clock",
    "Fetched",
    "Fetcher",
    "Limits",
    "Pauses",
    "Settings",
    "SystemClock",
    "Tally",
    "Told",
    "Watcher",
    "WebAddress",
    "agent",
    "is_public",
    "is_url",
    "read_lists",
    "reports_at",
]
