"""The licences of the packages that requirements/ pins, as a Markdown table, from what is installed here."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).parent
CLASSIFIER = "License :: OSI Approved :: "


def pinned(name: str) -> dict[str, str]:
    """Package to version of a lock, by the name of its file; of several for several Pythons, the last."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (HERE / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    return {package.lower().replace("_", "-"): version for package, version in found}


def licence(package: str) -> str:
    """As the package says: its SPDX expression, its classifiers, or the first line of its own words."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return "(not for this system)"
    classified = [c.removeprefix(CLASSIFIER) for c in about.get_all("Classifier") or () if c.startswith(CLASSIFIER)]
    written = (about.get("License") or "").strip().split("\n")[0][:60]
    return about.get("License-Expression") or "; ".join(classified) or written or "see its files"


def main() -> None:
    """Print the table."""
    run, dev = pinned("run"), pinned("dev")
    print("# Licences of what the program runs with\n")
    print("Made by `make licences` from the packages' own words. What ships inside the package itself is in NOTICE.\n")
    print("| package | version | licence | needed |\n|---|---|---|---|")
    for package, version in sorted({**dev, **run}.items()):
        needed = "to run" if package in run else "for formats, pages, tests"
        print(f"| {package} | {version} | {licence(package).replace('|', '/')} | {needed} |")


if __name__ == "__main__":
    main()
