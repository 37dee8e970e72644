"""Libraries of formats that not everybody needs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final

from counterclaim.errors import MissingExtra

_EXTRAS: Final = {"pyarrow": "formats", "pyogrio": "geo", "weasyprint": "pdf"}


def library(module: str) -> ModuleType:
    """A library, imported when first needed. Raises MissingExtra, which names the extra to install."""
    package = module.partition(".")[0]
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(f"this format needs {package}: pip install 'counterclaim[{_EXTRAS[package]}]'") from error
    except OSError as error:
        # WeasyPrint is there, and the system's Pango is not.
        raise MissingExtra(f"{package} does not find a library of the system: {str(error)[:200]}") from error
