"""Reports to incidents, one report at a time or all at once, with the same result."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from counterclaim.linking.blocking import CAPS, Key, keys, worth
from counterclaim.linking.building import incident_id, incidents
from counterclaim.linking.clustering import another_hour, components, elsewhere, gathered, must_differ, told_apart
from counterclaim.linking.incident import Incident
from counterclaim.linking.occurrences import Occurrence, occurrences
from counterclaim.linking.scoring import shipped
from counterclaim.records import CodedReport

Name = tuple[int, str, int]
"""An occurrence's key."""
Cluster = tuple[Name, ...]


@dataclass(frozen=True)
class Settings:
    """Probabilities of a match.

    From `join` two occurrences are one incident, from `offer` the link is offered for review. A pair whose days or
    towns differ and that is below `unlike` keeps its clusters apart, as does a `mean` over all their pairs below this.
    Chosen on incidents-dev, and held against the Gun Violence Archive (bench/incidents.py).
    """

    join: float = 0.45
    offer: float = 0.1
    unlike: float = 0.1
    mean: float = 0.1


DEFAULT: Final = Settings()


def link(reports: Iterable[CodedReport], *, settings: Settings = DEFAULT) -> list[Incident]:
    """The incidents that the reports tell of, earliest first; the same whatever the order of the reports.

    Of several reports with one id the last counts. Reports of record make no incident and change none: `beside` lays
    them at an incident's side. `estimates`, `grade` and `relations` are left empty.
    """
    linker = Linker(settings)
    for report in reports:
        if not report.is_record:
            linker.put(report)
    return linker.incidents()


class Linker:
    """Links reports as they come. What it holds depends on the reports added, never on their order."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        self.settings = settings
        self._found: dict[Name, Occurrence] = {}
        self._scorer = shipped()
        self._of: dict[str, tuple[Name, ...]] = {}
        self._keys: dict[Name, frozenset[Key]] = {}
        self._blocks: dict[Key, set[Name]] = {}
        self._scores: dict[Name, dict[Name, float]] = {}
        self._near: dict[Name, dict[Name, float]] = {}
        self._cluster: dict[Name, Cluster] = {}
        self._stale: set[Name] = set()
        self._new: set[Name] = set()
        self._full: set[Key] = set()
        self._gone: set[Cluster] = set()

    def add(self, report: CodedReport) -> set[str]:
        """Add (or replace) a report; gives the ids of the incidents it touches, with those that are no more.

        All others are as they were: none of their members and none of their candidates has changed.
        """
        self.put(report)
        gone, made = self._settle()
        touched = gone ^ made
        beside = {self._cluster[near] for cluster in touched for name in cluster for near in self._near.get(name, ())}
        return {incident_id(cluster[0]) for cluster in touched | beside}

    def put(self, report: CodedReport) -> None:
        """Add (or replace) a report and leave the clustering for when incidents are asked for."""
        for name in self._of.pop(report.id, ()):
            self._drop(name)
        found = occurrences(report)
        self._of[report.id] = tuple(each.key for each in found)
        for each in found:
            self._found[each.key] = each
            self._keys[each.key] = frozenset(keys(each))
            self._near[each.key] = {}
            self._stale.add(each.key)
            self._new.add(each.key)
        for each in found:
            for key in self._keys[each.key]:
                self._enter(each.key, key)

    def incidents(self) -> list[Incident]:
        """All incidents, earliest first."""
        self._settle()
        clusters = sorted(set(self._cluster.values()))
        return incidents([[self._found[name] for name in cluster] for cluster in clusters], self._near, self._score)

    def _enter(self, name: Name, key: Key) -> None:
        block = self._blocks.setdefault(key, set())
        block.add(name)
        if len(block) == CAPS[key[0]] + 1:
            self._full.add(key)

    def _pair(self) -> None:
        """Score the pairs that new reports bring, and forget those that no key within its cap holds any more."""
        for key in self._full:
            block = self._blocks[key]
            for one in block:
                for other in block.intersection(self._near[one]):
                    if not self._due(one, other, self._live(self._keys[one] & self._keys[other])):
                        del self._near[one][other], self._near[other][one]
                        self._stale |= {one, other}
        for name in self._new:
            shared: dict[Name, list[Key]] = {}
            for key in self._live(self._keys[name]):
                for other in self._blocks[key]:
                    shared.setdefault(other, []).append(key)
            for other, by in shared.items():
                if other[1] != name[1] and other not in self._near[name] and self._due(name, other, by):
                    found = self._score(name, other)
                    if found >= self.settings.offer:
                        self._near[name][other] = self._near[other][name] = found
                        self._stale |= {name, other}
        self._full, self._new = set(), set()

    def _due(self, one: Name, other: Name, shared: Collection[Key]) -> bool:
        return worth(self._found[one], self._found[other], shared)

    def _live(self, some: Iterable[Key]) -> list[Key]:
        return [key for key in some if len(self._blocks[key]) <= CAPS[key[0]]]

    def _drop(self, name: Name) -> None:
        for key in self._keys.pop(name):
            block = self._blocks[key]
            block.remove(name)
            if len(block) == CAPS[key[0]]:
                self._new |= block
        self._new.discard(name)
        for other in self._near.pop(name):
            del self._near[other][name]
        for other in self._scores.pop(name, {}):
            del self._scores[other][name]
        if name in self._cluster:
            cluster = self._cluster.pop(name)
            self._gone.add(cluster)
            self._stale |= set(cluster)
        self._stale.discard(name)
        del self._found[name]

    def _score(self, one: Name, other: Name) -> float:
        known = self._scores.setdefault(one, {}).get(other)
        if known is None:
            first, second = sorted((one, other))
            known = 0.0 if one[1] == other[1] else self._scorer.score(self._found[first], self._found[second])
            self._scores[one][other] = self._scores.setdefault(other, {})[one] = known
        return known

    def _joining(self, name: Name) -> list[Name]:
        return [other for other, found in self._near[name].items() if found >= self.settings.join]

    def _settle(self) -> tuple[set[Cluster], set[Cluster]]:
        """Cluster anew what has changed; gives the clusters that are no more and those that are new."""
        self._pair()
        gone, made = self._gone, set()
        # What stood in one cluster with a stale member is clustered anew too: the link may be what has gone.
        stale = self._stale.union(*(self._cluster[name] for name in self._stale if name in self._cluster))
        for part in components(sorted(name for name in stale if name in self._found), self._joining):
            part.sort()
            gone |= {self._cluster[name] for name in part if name in self._cluster}
            for cluster in map(tuple, self._gathered(part)):
                made.add(cluster)
                self._cluster.update(dict.fromkeys(cluster, cluster))
        self._stale, self._gone = set(), set()
        return gone, made

    def _gathered(self, part: list[Name]) -> list[list[Name]]:
        edges = [(self._score(one, other), one, other) for one in part for other in self._joining(one) if one < other]
        return gathered(part, edges, self._verdict, self.settings.mean)

    def _verdict(self, one: Name, other: Name) -> float | None:
        a, b = self._found[one], self._found[other]
        if one[1] == other[1]:
            return None if told_apart(a, b) else self.settings.join
        score = self._score(one, other)
        if elsewhere(a, b) or another_hour(a, b) or (score < self.settings.unlike and must_differ(a, b)):
            return None
        return score
