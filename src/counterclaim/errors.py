"""Every error Counterclaim raises on purpose.

CounterclaimError
├── UsageError              the caller asked for something that cannot be (exit code 2)
├── InputError              one report cannot be read or coded; the batch goes on
│   ├── EmptyReport         no words in it
│   ├── ReportTooLong       more characters than the limit
│   ├── NotText             binary noise, or bytes that are no known encoding
│   ├── MalformedRecord     a JSON line or field that is not what the contract says
│   ├── UnsupportedLanguage written in a language that cannot be coded yet
│   ├── UnreadableFile      it is not there, or may not be read
│   ├── BrokenFile          damaged, cut off or encrypted
│   ├── LimitExceeded       it unpacks to more than one input may, or nests too deep
│   ├── FetchRefused        an address that may not be fetched: not public, or forbidden by robots.txt
│   ├── FetchFailed         a server did not answer, or not with a document
│   ├── MissingExtra        its format needs a library that is not installed (a UsageError too)
│   ├── SetAside            triage, asked for by the user, expects no claim and no event in it: it was not coded
│   └── CodingFailed        a stage failed on it: a fault of the program, kept with the report's name
├── CasebookError           the store
│   ├── NotACasebook        the file is something else
│   ├── CasebookTooNew      made by a newer version of the program
│   ├── CasebookBusy        another process holds it
│   ├── CasebookFull        the disk has no room for what was to be written
│   ├── CasebookReadOnly    it may not be written to
│   ├── CasebookDamaged     pages or records of it are not what was written
│   └── ClockWentBack       this machine's clock stands before the last record
├── UsersError              the file of users is not there, is something else or cannot be written
├── WatchError              a watch's folder cannot be written, is damaged or in use
├── RunError                a run over many inputs cannot go on, or its folder is damaged
└── DataError               a data file of the package, or one the user made, is missing or damaged

`code` is a stable kebab-case word for scripts, logs and the rejects table; the message says what is wrong and the mend.
"""

from __future__ import annotations

from typing import ClassVar


class CounterclaimError(Exception):
    """The root: `except CounterclaimError` catches all that this package raises on purpose."""

    code: ClassVar[str] = "error"


class UsageError(CounterclaimError):
    """The caller asked for something that cannot be."""

    code = "usage"


class InputError(CounterclaimError):
    """One report cannot be read or coded; the rest of the batch is not touched by it."""

    code = "input"


class EmptyReport(InputError):
    """No words in the report."""

    code = "empty"


class ReportTooLong(InputError):
    """More characters than the limit allows."""

    code = "too-long"


class NotText(InputError):
    """Binary noise, or bytes in no known encoding."""

    code = "not-text"


class MalformedRecord(InputError):
    """A record or field that is not what the contract says."""

    code = "malformed"


class UnsupportedLanguage(InputError):
    """Written in a language that cannot be coded yet."""

    code = "language"


class UnreadableFile(InputError):
    """Not there, or not to be read."""

    code = "unreadable"


class BrokenFile(InputError):
    """Damaged, cut off or encrypted."""

    code = "broken"


class LimitExceeded(InputError):
    """It unpacks to more than one input may, holds too many parts or nests too deep."""

    code = "limit"


class FetchRefused(InputError):
    """An address that may not be fetched."""

    code = "refused"


class FetchFailed(InputError):
    """A server that did not answer, or not with a document.

    `status` is what it answered, None where it did not; `retry_after` the seconds that it asks to wait.
    """

    code = "fetch"

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class MissingExtra(InputError, UsageError):
    """Its format needs a library that is not installed: a reject in a batch, raised for a format asked for by name."""

    code = "missing-extra"


class SetAside(InputError):
    """Not coded, since triage expects no claim and no event in it. Never without the user's asking for triage."""

    code = "set-aside"


class CodingFailed(InputError):
    """A stage failed on this report: a fault of the program."""

    code = "coding-failed"


class CasebookError(CounterclaimError):
    """The store cannot do what was asked."""

    code = "casebook"


class NotACasebook(CasebookError):
    """The file is there and is something else."""

    code = "not-a-casebook"


class CasebookTooNew(CasebookError):
    """A newer version of the program made this casebook."""

    code = "casebook-too-new"


class CasebookBusy(CasebookError):
    """Another process holds the casebook."""

    code = "casebook-busy"


class CasebookFull(CasebookError):
    """The disk, or a quota, has no room for what was to be written; nothing of the last batch was."""

    code = "casebook-full"


class CasebookReadOnly(CasebookError):
    """The casebook may not be written to."""

    code = "casebook-read-only"


class CasebookDamaged(CasebookError):
    """Pages or records of the casebook are not what was written."""

    code = "casebook-damaged"


class ClockWentBack(CasebookError):
    """The clock of this machine stands before the time of the casebook's last record."""

    code = "clock"


class UsersError(CounterclaimError):
    """The file of users is not there, is something else, or cannot be read or written."""

    code = "users"


class WatchError(CounterclaimError):
    """What a watch keeps cannot be written or read, or another watch holds it."""

    code = "watch"


class RunError(CounterclaimError):
    """A run over many inputs cannot go on, or what it wrote is damaged."""

    code = "run"


class DataError(CounterclaimError):
    """A data file is missing or damaged."""

    code = "data"
