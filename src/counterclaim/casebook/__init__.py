"""The store: append-only, one SQLite file."""
