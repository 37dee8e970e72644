"""The lock is that of pyproject.toml: every package is pinned by digest, in a version that is asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s;\\]+)(?P<rest>[^\\\n]*(?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)*)",
    re.MULTILINE,
)
# Licences that a program under Apache-2.0 may be run with; copyleft ones only where files stay files of their own.
PERMISSIVE = re.compile(r"Apache|MIT|BSD|ISC|PSF|Python|MPL|Mozilla|Unlicense|0BSD|HPND|Zlib|CC0|LGPL", re.IGNORECASE)


def pins(name: str) -> dict[str, list[tuple[str, str]]]:
    """Package to its versions (one for each Python) and their digests."""
    found: dict[str, list[tuple[str, str]]] = {}
    for match in PIN.finditer((ROOT / "requirements" / f"{name}.txt").read_text("utf-8")):
        found.setdefault(canonicalize_name(match["name"]), []).append((match["version"], match["rest"]))
    return found


def asked(extras: tuple[str, ...]) -> list[Requirement]:
    """What pyproject.toml asks for, and what its own extras ask for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    for extra in extras:
        for line in project["optional-dependencies"][extra]:
            requirement = Requirement(line)
            if requirement.name == project["name"]:
                wanted += asked(tuple(requirement.extras))
            else:
                wanted.append(requirement)
    return wanted


@pytest.mark.parametrize(("name", "extras"), [("run", ()), ("dev", ("dev",))])
def test_every_pin_has_digests_and_fits_pyproject(name: str, extras: tuple[str, ...]) -> None:
    held = pins(name)
    assert held
    for package, versions in held.items():
        assert all(rest.count("--hash=sha256:") > 0 for _, rest in versions), package
    for requirement in [*asked(extras), *map(Requirement, _built_by())]:
        versions = held.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in requirements/{name}.txt: make lock"
        for version, _ in versions:
            assert requirement.specifier.contains(Version(version)), f"{requirement} and {version}: make lock"


def _built_by() -> list[str]:
    lines = (ROOT / "requirements" / "build.in").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_both_locks_pin_one_version() -> None:
    run, dev = pins("run"), pins("dev")
    assert {package: sorted(v for v, _ in versions) for package, versions in run.items()} == {
        package: sorted(v for v, _ in dev.get(package, [])) for package in run
    }


def test_every_pinned_package_is_listed_with_a_licence_that_permits_its_use() -> None:
    listed = dict(
        re.findall(
            r"^\| ([a-z0-9.-]+) \| [^|]+ \| ([^|]+) \|", (ROOT / "docs/licences.md").read_text("utf-8"), re.MULTILINE
        )
    )
    listed.pop("package")
    held = {*pins("run"), *pins("dev")}
    assert held - listed.keys() == set(), "make licences"
    doubtful = {package: licence for package, licence in listed.items() if not PERMISSIVE.search(licence)}
    assert {name: licence for name, licence in doubtful.items() if licence.strip() != "(not for this system)"} == {}
