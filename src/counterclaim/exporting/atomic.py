"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from counterclaim.errors import UsageError


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Write a file beside `path` and put it in its place once it is on the disk; nothing is touched should that fail.

    A link is followed, a device or pipe written to directly. Raises UsageError where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        held = target.stat()
    except OSError:
        held = None
    try:
        if held is not None and not stat.S_ISREG(held.st_mode):
            with target.open("wb") as device:
                yield device
            return
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        try:
            with os.fdopen(descriptor, "wb") as out:
                yield cast(BinaryIO, out)
                out.flush()
                os.fsync(out.fileno())
            # mkstemp lets nobody else read; the file gets the rights it had, or those a new file gets.
            Path(name).chmod(stat.S_IMODE(held.st_mode) if held is not None else 0o666 & ~_umask())
            Path(name).replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise _refusal(path, error) from error
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _refusal(path: str | os.PathLike[str], error: OSError) -> UsageError:
    return UsageError(f"cannot write {os.fspath(path)}: {error.strerror or error}; give another path")


def _umask() -> int:
    """The mask of new files. It can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened (Windows does not)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
