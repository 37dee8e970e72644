"""Analyses to records: quantities, claims, attributions, events."""
