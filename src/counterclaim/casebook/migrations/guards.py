"""The triggers that hold a table append-only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def guards(tables: Mapping[str, tuple[tuple[str, ...], ...]]) -> Iterator[str]:
    """Triggers for each table, given with the keys under which it holds one row."""
    for table, keys in tables.items():
        for action in ("UPDATE", "DELETE"):
            yield f"""CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} BEGIN
                SELECT RAISE(ABORT, 'the casebook is append-only: no {action} on {table}'); END"""
        held = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{part} = NEW.{part}' for part in key)})"
            for key in keys
        )
        yield f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {held} BEGIN
            SELECT RAISE(ABORT, 'the casebook is append-only: {table} holds this already'); END"""
