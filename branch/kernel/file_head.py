"""What the first sixteen bytes of a store file say without any key; it reads nothing more.

SQLCipher begins a file with its salt. Ours is the program's name and the fingerprint of the key,
so that a file tells which key opens it wherever it is moved or copied to. A salt need not be
secret: the key is random already, and every page has a random vector of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from branch.kernel.keys import BranchKey

_PLAIN = b"SQLite format 3\0"
_OURS = b"TINGTANG"


@dataclass(frozen=True)
class Head:
    """How a file begins: ``new`` (missing or empty), ``plain``, ``encrypted`` or ``unknown``.

    ``fingerprint`` names the key of an encrypted file and is empty otherwise.
    """

    kind: str
    fingerprint: str = ""


def head_of(path: Path) -> Head:
    """How a store file begins; raises OSError where it cannot be read."""
    try:
        with path.open("rb") as file:
            first = file.read(16)
    except FileNotFoundError:
        return Head("new")
    if not first:
        return Head("new")
    if first == _PLAIN:
        return Head("plain")
    found = re.fullmatch(_OURS + rb"([0-9A-Z]{8})", first)
    return Head("encrypted", found[1].decode()) if found else Head("unknown")


def key_clause(key: BranchKey) -> str:
    """The key as PRAGMA key and ATTACH take it: raw, with our salt behind it."""
    salt = _OURS + key.fingerprint.encode()
    return f"\"x'{key.for_file.hex()}{salt.hex()}'\""
