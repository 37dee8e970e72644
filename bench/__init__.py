"""Measurements of quality and speed; the only reader of benchmark data."""
