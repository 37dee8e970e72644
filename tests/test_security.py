"""SECURITY.md: every threat names tests, and those tests are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
ROW = re.compile(
    r"^\| (?P<id>[A-Z]\d+) \| (?P<threat>[^|]+) \| (?P<stands>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE
)


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer((TESTS.parent / "SECURITY.md").read_text("utf-8")))


def functions(module: str) -> set[str]:
    file = TESTS / f"{module}.py"
    if not file.is_file():
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_row_has_an_id_of_its_own_and_names_tests_that_are_there() -> None:
    found = rows()
    assert len(found) > 20
    ids = [row["id"] for row in found]
    assert len(ids) == len(set(ids))
    missing = []
    for row in found:
        for named in row["tests"].split(", "):
            module, _, name = named.strip().partition("::")
            known = functions(module)
            if not known or (name and name not in known):
                missing.append(f"{row['id']}: {named}")
    assert missing == []


def test_no_row_of_the_table_is_passed_over() -> None:
    text = (TESTS.parent / "SECURITY.md").read_text("utf-8")
    table = text.partition("| id | threat |")[2].partition("\n\n")[0]
    assert len(table.splitlines()) - 2 == len(rows())
