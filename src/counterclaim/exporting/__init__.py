"""Coded reports in the formats of other tools.

Another format is one new file with a class that keeps the `Exporter` protocol, and one line in `registry.EXPORTERS`.
"""

from counterclaim.exporting.csv_table import CLAIMS_CSV, EVENTS_CSV, CsvTable, data_dictionary
from counterclaim.exporting.geojson import GeoJson
from counterclaim.exporting.jsonl import JsonLines
from counterclaim.exporting.registry import EXPORTERS, Exporter, export_to, exporter

__all__ = [
    "CLAIMS_CSV",
    "EVENTS_CSV",
    "EXPORTERS",
    "CsvTable",
    "Exporter",
    "GeoJson",
    "JsonLines",
    "data_dictionary",
    "export_to",
    "exporter",
]
