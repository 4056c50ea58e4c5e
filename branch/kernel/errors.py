"""The tree of errors that domain code raises; it owns codes and values, never sentences.

Every code has a Chinese and an English sentence in ``resources/phrases/errors.yaml``; a test
proves it. Screens and the command line turn an error into words, domain code never does.
"""

from __future__ import annotations

Value = str | int


class TingtangError(Exception):
    """Anything the program can explain: a ``code`` and the ``values`` its sentence names."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, Value] = values

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.values.items())
        return f"{self.code}({shown})"


class BranchError(TingtangError):
    """A command or query that the branch's own rules refuse."""


class RuleBroken(BranchError):
    """A rule of the house stands against it; staff can put it right."""


class NotPermitted(BranchError):
    """This account may not do this."""


class NotFound(BranchError):
    """What the command names does not exist."""


class Stale(BranchError):
    """Somebody was quicker: what the screen showed has changed since."""


class BadInput(BranchError):
    """A value that cannot be taken: ``field`` says which one, the sentence what would be right."""

    def __init__(self, code: str, field: str, **values: Value) -> None:
        super().__init__(code, **values)
        self.field = field


class StoreError(TingtangError):
    """The store, not the user, is the reason."""


class StoreUnavailable(StoreError):
    """Disk full, file locked or read-only, server gone: worth another try."""


class StoreLocked(StoreError):
    """The store needs another key than this machine has: the recovery key opens it.

    ``wanted`` is the fingerprint of the key that opens it, ``found`` of the one that was tried.
    """


class StoreNewer(StoreError):
    """The database was written by a newer program; both versions are among the values."""


class StoreDamaged(StoreError):
    """The file is not a database of this program, or its pages or its chain are broken."""
