"""Passwords: what one must be, and keeping it as a salted scrypt hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata
from typing import Final

from counterclaim.errors import UsageError

LEAST: Final = 12
"""Characters. NIST SP 800-63B: length counts, not kinds of letters."""

MOST: Final = 256

# The second of the equally strong settings of OWASP's Password Storage Cheat Sheet: 64 MiB, about a third of a second.
_N, _R, _P = 2**16, 8, 2
_MEMORY: Final = 160 * 1024 * 1024

# One hash at a time, so that many sign-ins at once cannot take the machine's memory.
_TURN: Final = threading.Lock()


def checked(password: str, name: str) -> str:
    """The password, if it may be one. Raises UsageError that says what it must be."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(f"a password has {LEAST} to {MOST} characters")
    if len(set(password)) < 5 or (name.casefold() in password.casefold() and len(password) < len(name) + LEAST):
        raise UsageError("that password is guessed too easily: take several words that do not belong together")
    return password


def hashed(password: str) -> str:
    """`scrypt$n$r$p$salt$hash`, to be kept."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${_base64(salt)}${_base64(_scrypt(password, salt, _N, _R, _P))}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one kept; compared in constant time."""
    _, n, r, p, salt, known = kept.split("$")
    given = _scrypt(password[: MOST + 1], base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(given, base64.b64decode(known))


NOBODY: Final = f"scrypt${_N}${_R}${_P}${'A' * 22}==${'A' * 43}="
"""Compared with where there is no such user, so that it takes as long."""


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # The same letters typed on two machines are the same password.
    words = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    with _TURN:
        return hashlib.scrypt(words, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
