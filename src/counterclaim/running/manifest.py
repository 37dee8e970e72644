"""The manifest of a run: which part came from which inputs, by which versions. It says nothing of engine or time."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final, Literal

import msgspec

from counterclaim.errors import MalformedRecord, RunError, UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.records import CodedBy, Record

NAME: Final = "manifest.json"
PARTS: Final = "part-*.parquet"
_DRAFT: Final = re.compile(r"\.manifest\.json\..*\.part")
"""What a driver leaves that was killed while it wrote its first manifest."""


class Part(Record, frozen=True, kw_only=True):
    """One shard coded: its file, digests (SHA-256, hex) of what went in and of the file, and what is in it.

    `triage` is the least score that was asked of a report (None without triage), `set_aside` how many stayed below it.
    """

    part: str
    inputs: str
    sha256: str
    bytes: int
    reports: int
    rejects: int
    claims: int
    events: int
    set_aside: int = 0
    triage: float | None = None

    def serves(self, triage: float | None) -> bool:
        """Whether it is what a run with this triage would make: nothing set aside, or by the same measure."""
        return self.triage == triage or (triage is None and not self.set_aside)

    def stands(self, folder: Path) -> bool:
        """Whether the file is there as it was written."""
        try:
            with (folder / self.part).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


class Manifest(Record, frozen=True, kw_only=True):
    """The parts of a run in the order of its inputs; `complete` once every input is in them."""

    coded_by: CodedBy
    parts: tuple[Part, ...] = ()
    complete: bool = False
    schema: Literal["counterclaim/run/1"] = "counterclaim/run/1"

    @classmethod
    def load(cls, folder: Path) -> Manifest | None:
        """The manifest of a folder; None where it has none. Raises RunError where it cannot be read."""
        try:
            written = (folder / NAME).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise RunError(f"{folder / NAME} cannot be read: {error.strerror or error}") from error
        try:
            return cls.from_json(written)
        except MalformedRecord as error:
            raise RunError(f"{folder / NAME} is no manifest of a run ({error}); give another folder") from error

    def save(self, folder: Path) -> None:
        """Write it, whole or not at all. Raises UsageError where it cannot be written."""
        with replacing(folder / NAME) as out:
            out.write(msgspec.json.format(self.to_json().encode(), indent=1) + b"\n")


def prepared(folder: Path) -> Manifest | None:
    """Make the folder where there is none; the manifest of the run it holds.

    Raises UsageError for a folder that holds other things than a run: parts replace what they find.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        manifest = Manifest.load(folder)
        if manifest is None and any(not _DRAFT.fullmatch(file.name) for file in folder.iterdir()):
            raise UsageError(f"{folder} is not empty and holds no run; give a new folder")
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror or error}; give another folder") from error
    return manifest
