"""The raw bytes of what was fetched: a file each, named by its SHA-256, so that `sha256sum` checks it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counterclaim.errors import BrokenFile, WatchError


class Captures:
    """A folder of captures: `objects/ab/abcdef...`. The same bytes are kept once. Raises WatchError."""

    def __init__(self, folder: Path) -> None:
        self._objects = folder / "objects"
        self._incoming = folder / "incoming"
        with _told(folder):
            self._objects.mkdir(parents=True, exist_ok=True)
            self._incoming.mkdir(exist_ok=True)
            for left_over in self._incoming.iterdir():
                left_over.unlink()  # of a process that was killed while it wrote

    def path(self, digest: str) -> Path:
        """Where the bytes of this digest are."""
        return self._objects / digest[:2] / digest

    def keep(self, data: bytes) -> str:
        """Put bytes on the disk, whole or not at all, and give their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        with _told(target):
            if target.exists() and target.stat().st_size == len(data):
                return digest
            target.parent.mkdir(exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._incoming)
            try:
                with os.fdopen(descriptor, "wb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
                Path(name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
            for folder in (target.parent, self._objects):
                _sync(folder)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes of this digest. Raises BrokenFile where they are not there, or others."""
        target = self.path(digest)
        with _told(target):
            data = target.read_bytes() if target.exists() else b""
        if hashlib.sha256(data).hexdigest() != digest:
            raise BrokenFile(f"the capture {digest} is missing, or its bytes are not those of its name")
        return data


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WatchError(f"{path} cannot be read or written: {error.strerror or error}") from error


def _sync(folder: Path) -> None:
    """Make a new name durable, where the system lets a folder be opened (Windows does not)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
