"""Tests, one file a behaviour."""
