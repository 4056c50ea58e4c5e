"""Owns what was typed into a registration that is not sent yet, kept in memory; never on disk.

It is kept for whoever typed it, in this program, until it is registered or cleared; what outlives
the program is kept by ``keeping``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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


# By branch and account: a colleague at the same machine does not find it.
_KEPT: dict[tuple[str, int], Draft] = {}


def keep_draft(branch: str, staff: int, draft: Draft) -> None:
    """Keep what was typed; an earlier draft of the same person goes."""
    _KEPT[branch, staff] = draft


def kept_draft(branch: str, staff: int) -> Draft | None:
    """What this person typed and has not sent, or None."""
    return _KEPT.get((branch, staff))


def drop_draft(branch: str, staff: int) -> None:
    """Forget it."""
    _KEPT.pop((branch, staff), None)
