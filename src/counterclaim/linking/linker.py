"""Reports to incidents, one report at a time or all at once, with the same result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from counterclaim.linking.blocking import CAPS, Key, keys
from counterclaim.linking.building import incident_id, incidents
from counterclaim.linking.clustering import components, gathered, must_differ, told_apart
from counterclaim.linking.incident import Incident
from counterclaim.linking.occurrences import Occurrence, occurrences
from counterclaim.linking.scoring import shipped
from counterclaim.records import CodedReport

Name = tuple[int, str, int]
"""An occurrence's key."""
Cluster = tuple[Name, ...]


@dataclass(frozen=True)
class Settings:
    """Probabilities: from `join` two clusters are one incident; from `offer` a link is offered for review."""

    join: float = float(__import__("os").environ.get("JOIN","0.3"))
    offer: float = 0.1


DEFAULT: Final = Settings()


def link(reports: Iterable[CodedReport], *, settings: Settings = DEFAULT) -> list[Incident]:
    """The incidents that the reports tell of, earliest first; the same whatever the order of the reports.

    Of several reports with one id the last counts. `estimates`, `grade` and `relations` are left empty.
    """
    linker = Linker(settings)
    for report in reports:
        linker.put(report)
    return linker.incidents()


import os
BAR=float(os.environ.get("BAR","0.9"))

class Linker:
    """Links reports as they come. What it holds depends on the reports added, never on their order."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        self.settings = settings
        self._found: dict[Name, Occurrence] = {}
        self._scorer = shipped()
        self._of: dict[str, tuple[Name, ...]] = {}
        self._keys: dict[Name, frozenset[Key]] = {}
        self._blocks: dict[Key, set[Name]] = {}
        self._near: dict[Name, set[Name]] = {}
        self._cluster: dict[Name, Cluster] = {}
        self._stale: set[Name] = set()
        self._gone: set[Cluster] = set()

    def add(self, report: CodedReport) -> set[str]:
        """Add (or replace) a report; gives the ids of the incidents that are new or changed, or are no more."""
        self.put(report)
        gone, made = self._settle()
        return {incident_id(cluster[0]) for cluster in gone ^ made}

    def put(self, report: CodedReport) -> None:
        """Add (or replace) a report and leave the clustering for when incidents are asked for."""
        for name in self._of.pop(report.id, ()):
            self._drop(name)
        found = occurrences(report)
        self._of[report.id] = tuple(each.key for each in found)
        for each in found:
            self._found[each.key] = each
            self._keys[each.key] = frozenset(keys(each))
            self._near[each.key] = set()
            self._stale.add(each.key)
        for each in found:
            for key in self._keys[each.key]:
                self._enter(each.key, key)

    def incidents(self) -> list[Incident]:
        """All incidents, earliest first."""
        self._settle()
        clusters = sorted(set(self._cluster.values()))
        near = {name: sorted(others) for name, others in self._near.items()}
        return incidents([[self._found[name] for name in cluster] for cluster in clusters], near, self._score)

    def _enter(self, name: Name, key: Key) -> None:
        block = self._blocks.setdefault(key, set())
        cap = CAPS[key[0]]
        block.add(name)
        if len(block) <= cap:
            for other in block:
                self._weigh(name, other)
        elif len(block) == cap + 1:
            for one, other in combinations(sorted(block), 2):
                self._unless_shared(one, other)

    def _drop(self, name: Name) -> None:
        for key in self._keys.pop(name):
            block = self._blocks[key]
            block.remove(name)
            if len(block) == CAPS[key[0]]:
                for one, other in combinations(sorted(block), 2):
                    self._weigh(one, other)
        for other in self._near.pop(name):
            self._near[other].discard(name)
            self._stale.add(other)
        self._gone |= {self._cluster.pop(name)} if name in self._cluster else set()
        self._stale.discard(name)
        del self._found[name]

    def _weigh(self, one: Name, other: Name) -> None:
        """Note a pair that a live key holds, where it scores enough to be offered."""
        if one[1] == other[1] or other in self._near[one]:
            return
        if self._score(one, other) >= self.settings.offer:
            self._near[one].add(other)
            self._near[other].add(one)
            self._stale |= {one, other}

    def _unless_shared(self, one: Name, other: Name) -> None:
        """Forget a pair that no key within its cap holds any more."""
        if other in self._near[one] and not any(
            len(self._blocks[key]) <= CAPS[key[0]] for key in self._keys[one] & self._keys[other]
        ):
            self._near[one].discard(other)
            self._near[other].discard(one)
            self._stale |= {one, other}

    def _score(self, one: Name, other: Name) -> float:
        pair = (one, other) if one < other else (other, one)
        if one[1] == other[1]:
            return 0.0
        return self._scorer.score(self._found[pair[0]], self._found[pair[1]])

    def _settle(self) -> tuple[set[Cluster], set[Cluster]]:
        """Cluster anew what has changed; gives the clusters that are no more and those that are new."""
        gone, made = self._gone, set()
        for part in components(sorted(self._stale), self._near):
            part.sort()
            gone |= {self._cluster[name] for name in part if name in self._cluster}
            for numbers in self._gathered(part):
                cluster = tuple(sorted(part[number] for number in numbers))
                made.add(cluster)
                self._cluster.update(dict.fromkeys(cluster, cluster))
        self._stale, self._gone = set(), set()
        return gone, made

    def _gathered(self, part: list[Name]) -> list[list[int]]:
        def apart(a: int, b: int) -> bool:
            one, other = part[a], part[b]
            if one[1] == other[1]:
                return told_apart(self._found[one], self._found[other])
            return self._score(one, other) < BAR and must_differ(self._found[one], self._found[other])

        return gathered(len(part), lambda a, b: self._score(part[a], part[b]), apart, self.settings.join)
