"""Data files of the package; facts and their makers are listed in NOTICE."""
