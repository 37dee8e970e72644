"""splink (Fellegi and Sunter's model, MIT licence) on the same coded articles: an anchor of bench/incidents.py.

One row an article: what its main news says of day, place and harm, and its rarest words. splink learns its weights by
expectation maximisation on the articles themselves, without their key.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from bench.cluster_scores import Sets
from counterclaim.linking.occurrences import Occurrence, occurrences
from counterclaim.linking.words import rarity
from counterclaim.records import CodedReport

RARE = 40
"""So many of an article's rarest words are compared."""
FORTNIGHT = 14
THRESHOLDS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 0.99999)


def row(report: CodedReport) -> dict[str, Any]:
    """An article's features; None where it does not say."""
    told = occurrences(report)
    main = next((each for each in told if each.lead), told[0] if told else None)
    published = date.fromisoformat(report.published[:10]) if report.published else None
    out = published.toordinal() if published else 0
    place = main.place if main else None
    return {
        "unique_id": report.id,
        "day": _day(main, published),
        "published": published.isoformat() if published else None,
        "fortnight": out // FORTNIGHT,
        "shifted": (out + FORTNIGHT // 2) // FORTNIGHT,
        "place": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "killed": sorted(main.killed) or None if main else None,
        "injured": sorted(main.injured) or None if main else None,
        "actors": sorted(main.actors) or None if main else None,
        "words": _rarest(main),
    }


def _day(main: Occurrence | None, published: date | None) -> str | None:
    if main and main.days:
        return date.fromordinal(main.days.first).isoformat()
    return published.isoformat() if published else None


def _rarest(main: Occurrence | None) -> list[str] | None:
    terms = main.story.terms if main else {}
    return sorted(terms, key=lambda word: (-rarity(word), word))[:RARE] or None


def partitions(reports: Sequence[CodedReport]) -> list[Sets]:
    """Articles to their clusters at each threshold: published within a fortnight's block, and then single link."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    blocks: list[Any] = [block_on("fortnight"), block_on("shifted")]
    days: dict[str, Any] = {"input_is_string": True, "metrics": ["day"] * 4, "thresholds": [1, 2, 4, 8]}
    comparisons: list[Any] = [
        cl.AbsoluteDateDifferenceAtThresholds("day", **days),
        cl.AbsoluteDateDifferenceAtThresholds("published", **days),
        cl.DistanceInKMAtThresholds("lat", "lon", [1, 30, 100]),
        cl.ArrayIntersectAtSizes("killed", [1]),
        cl.ArrayIntersectAtSizes("injured", [1]),
        cl.ArrayIntersectAtSizes("actors", [3, 1]),
        cl.ArrayIntersectAtSizes("words", [16, 10, 7, 5, 4, 3, 2, 1]),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=blocks, comparisons=comparisons
    )
    rows = DuckDBAPI().register(pd.DataFrame([row(report) for report in reports]))
    linker: Any = Linker(rows, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("day", "place")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("day"))
    training.estimate_parameters_using_expectation_maximisation(block_on("place"))
    scored = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    found: list[Sets] = []
    for least in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, least).as_pandas_dataframe()
        found.append({str(key): {str(home)} for key, home in zip(clusters.unique_id, clusters.cluster_id, strict=True)})
    return found
