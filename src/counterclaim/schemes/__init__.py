"""PLOVER, CAMEO, ACLED and UCDP as tables."""
