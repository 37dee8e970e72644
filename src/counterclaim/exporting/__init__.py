"""Coded reports in the formats of other tools."""
