"""Incidents with their estimates in the formats of other tools, and what each format could not hold."""

from counterclaim.exporting.incidents.beside import BesideTable
from counterclaim.exporting.incidents.dossier import Dossier, DossierPdf, style_sheet
from counterclaim.exporting.incidents.registry import INCIDENT_EXPORTERS, export_incidents, incident_exporter
from counterclaim.exporting.incidents.settled import IncidentExporter, Loss, Losses, Settled, losses_csv

__all__ = [
    "INCIDENT_EXPORTERS",
    "BesideTable",
    "Dossier",
    "DossierPdf",
    "IncidentExporter",
    "Loss",
    "Losses",
    "Settled",
    "export_incidents",
    "incident_exporter",
    "losses_csv",
    "style_sheet",
]
