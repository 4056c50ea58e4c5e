"""Owns what was typed into a registration that is not sent yet, kept in memory; never on disk.

It is kept for whoever typed it, where it was begun, in this program, until it is registered or
cleared; what outlives the program is kept by ``keeping``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from branch.complaints.description import Complainant, Matter

BLANK_MATTER = Matter("", "")


@dataclass(frozen=True)
class Source:
    """What came by which way; ``received_at`` in milliseconds, None for now."""

    kind: str = "complaint"
    channel: str = ""
    forwarded: str = ""
    received_at: int | None = None


@dataclass(frozen=True)
class Draft:
    """All of the form. ``earlier`` is the complaint that this one repeats, as a person said;
    ``ticket`` the ticket it came from."""

    source: Source = field(default_factory=Source)
    who: Complainant = field(default_factory=Complainant)
    matter: Matter = BLANK_MATTER
    subjects: frozenset[int] = frozenset()
    earlier: int | None = None
    ticket: int | None = None
    kept_at: int = 0

    def __repr__(self) -> str:
        return f"Draft(channel={self.source.channel!r})"


NEW: Final = "new"
_TICKET: Final = "ticket:"


def subject_of(before: int | None, ticket: int | None) -> str:
    """Where a registration was begun: from the complaint ``before``, from a ticket, or NEW."""
    if before is not None:
        return f"after:{before}"
    return NEW if ticket is None else f"{_TICKET}{ticket}"


def goes_on(subject: str, kept: Iterable[str]) -> str | None:
    """Which of the subjects ``kept``, the newest first, is gone on with at ``subject``.

    Each comes back where it was begun. A ticket may be over by then: what was begun from one is
    also found where a registration is begun without any, after what was begun there itself.
    """
    there = tuple(kept)
    if subject in there or subject != NEW:
        return subject if subject in there else None
    return next((one for one in there if one.startswith(_TICKET)), None)


# By branch, account and subject: a colleague at the same machine does not find it.
_KEPT: dict[tuple[str, int, str], Draft] = {}


def keep_draft(branch: str, staff: int, subject: str, draft: Draft) -> None:
    """Keep what was typed; an earlier draft of the same person there goes."""
    _KEPT[branch, staff, subject] = draft


def kept_draft(branch: str, staff: int, subject: str) -> Draft | None:
    """What this person typed and has not sent, or None."""
    mine = {key[2]: draft for key, draft in _KEPT.items() if key[:2] == (branch, staff)}
    found = goes_on(subject, sorted(mine, key=lambda one: mine[one].kept_at, reverse=True))
    return None if found is None else mine[found]


def drop_draft(branch: str, staff: int, subject: str) -> None:
    """Forget it."""
    _KEPT.pop((branch, staff, subject), None)
