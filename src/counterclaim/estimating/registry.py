"""The rules there are: those of the package, those that other packages bring, and files of one's own."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from counterclaim.errors import UsageError
from counterclaim.estimating.airwars import MinMax
from counterclaim.estimating.lowest import Lowest
from counterclaim.estimating.pooled import Pooled
from counterclaim.estimating.rule import Rule
from counterclaim.estimating.ucdp import Ucdp

RULES: Final[tuple[Rule, ...]] = (Ucdp(), Lowest(), MinMax(), Pooled())
"""The package's rules. Another one is one file and one line."""

ENTRY_POINTS: Final = "counterclaim.rules"
"""Packages name their rules under this group: `mine = "my_package:MyRule"`."""


def rules(wanted: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules of these names or files, in this order; the package's own where none is asked for.

    A name is that of a rule of the package or of an installed one; anything that ends in .py is a file that defines one
    rule as `RULE`. Raises UsageError for one that is not there or is no rule.
    """
    wanted = list(wanted)
    if not wanted:
        return RULES
    found = [_from_file(Path(name)) if name.endswith(".py") else _by_name(name) for name in wanted]
    return tuple({rule.name: rule for rule in found}.values())


def _by_name(name: str) -> Rule:
    for rule in RULES:
        if rule.name == name:
            return rule
    installed = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name in installed:
        made = installed[name].load()
        return _checked(made() if isinstance(made, type) else made, f"the installed rule {name!r}")
    known = ", ".join([*(rule.name for rule in RULES), *sorted(installed)])
    raise UsageError(f"no rule {name!r}: there are {known}; a file of your own is given as path/to/rule.py")


def _from_file(path: Path) -> Rule:
    if not path.is_file():
        raise UsageError(f"no rule file {path}: give a Python file that defines RULE (see docs/rules.md)")
    spec = importlib.util.spec_from_file_location(f"counterclaim_rule_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UsageError(f"{path} fails when it is loaded: {type(error).__name__}: {error}") from error
    rule = getattr(module, "RULE", None)
    if rule is None:
        raise UsageError(f"{path} defines no RULE: end it with RULE = YourRule()")
    return _checked(rule, str(path))


def _checked(rule: object, where: str) -> Rule:
    lacking = [part for part in ("name", "version", "about", "weigh") if not hasattr(rule, part)]
    if lacking:
        raise UsageError(f"{where} is no rule: it lacks {', '.join(lacking)} (see docs/rules.md)")
    return rule  # type: ignore[return-value]
