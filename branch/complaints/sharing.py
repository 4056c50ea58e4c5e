"""What of a count may leave the branch without telling of single people; pure.

Cells below three are kept back, and with one of them always another, so that none can be worked out
from a total given beside them: the smallest there is, a zero before all, so that little is lost.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from branch.complaints.closings import BANDS
from branch.complaints.codes import CAUSES, FINDINGS
from branch.complaints.statistics import DIMENSIONS, HOWS, Statistics

Key = TypeVar("Key", bound=Hashable)

SMALLEST_SHARED: Final = 3

# What is given as a share (complaints.md 4e): the figure, and of which other it is a part.
RATES: Final[Mapping[str, tuple[str, str]]] = {
    "repeats": ("repeats", "received"),
    "on_the_spot": ("on_the_spot", "closed"),
    "extended": ("extended", "closed"),
    "late": ("late_legal", "closed"),
    "re_reviews": ("applied", "closed"),
    "overturned": ("overturned", "decided"),
    "reached": ("reached", "visits"),
}


def shared(cells: Mapping[Key, int]) -> dict[Key, int | None]:
    """A table as it may leave the branch beside its total; None is a cell kept back, which may be
    anything from zero up. A table of one cell is its total (see ``count_shared``)."""
    hidden = {key for key, count in cells.items() if not count_shared(count)}
    if len(hidden) == 1:
        others = [key for key in cells if key not in hidden]
        hidden |= {min(others, key=lambda key: cells[key])} if others else set()
    return {key: None if key in hidden else count for key, count in cells.items()}


def count_shared(count: int) -> bool:
    """Whether a count may be given out that stands for itself."""
    return not 0 < count < SMALLEST_SHARED


def share_shared(part: int, whole: int) -> bool:
    """Whether a share may be given out: neither those in it nor the others are one or two."""
    return count_shared(part) and count_shared(whole - part)


@dataclass(frozen=True)
class Shown:
    """A period's figures as a paper shows them; None is a figure kept back, or none to be had.

    ``book`` has the keys open_before, received, taken_up, ended, open_after; ``content`` the keys
    satisfied, dissatisfied, unanswered, unasked. Days are means, sums fen.
    """

    book: Mapping[str, int | None]
    ended: Mapping[str, int | None]
    accepted: int | None
    merged_received: int | None
    net: int | None
    repeats: int | None
    others: Mapping[str, int | None]
    by: Mapping[str, Mapping[str, int | None]]
    closed: int | None
    bands: Mapping[str, int | None]
    findings: Mapping[str, int | None]
    causes: Mapping[str, int | None]
    content: Mapping[str, int | None]
    late_legal: int | None
    late_house: int | None
    on_the_spot: int | None
    extended: int | None
    compensated: int | None
    redress: int | None
    small: int | None
    small_sum: int | None
    gross_days: float | None
    net_days: float | None
    applied: int | None
    decided: int | None
    overturned: int | None
    visits: int | None
    reached: int | None
    per_served: float | None

    @property
    def received(self) -> int | None:
        """What came in."""
        return self.book["received"]

    def rate(self, name: str) -> tuple[int | None, int | None]:
        """One of ``RATES``: the part and the whole, as far as they are shown."""
        part, whole = RATES[name]
        return getattr(self, part), getattr(self, whole)


def shown(told: Statistics, *, outside: bool) -> Shown:
    """The figures for a paper; for one that leaves the branch (``outside``) without small cells.

    Where the total of a table is kept back, the table is, and so is what is worked out from it.
    """
    gate = _Outside() if outside else _Inside()
    book = gate.table(
        {
            "open_before": told.ledger.open_before,
            "received": told.ledger.received,
            "taken_up": told.ledger.taken_up,
            "ended": told.ledger.all_ended,
            "open_after": told.ledger.open_after,
        }
    )
    ended = gate.table(_filled(told.ledger.ended, HOWS), book["ended"])
    received, done = book["received"], told.handled
    # The closings are a cell of what ended, and the total of their own tables.
    closed = ended["closed"]
    mean = closed is not None and closed > 0
    compensated = gate.part(done.compensated, closed)
    small = gate.part(done.small, compensated)
    return Shown(
        book=book,
        ended=ended,
        accepted=gate.part(told.accepted, received),
        merged_received=gate.part(told.merged_received, received),
        net=gate.part(told.net, received),
        repeats=gate.part(told.repeats, received),
        others=gate.table(told.others),
        by={
            name: gate.table(_filled(told.by.get(name, {}), codes), received)
            for name, codes in DIMENSIONS.items()
        },
        closed=closed,
        bands=gate.table(_filled(done.bands, BANDS), closed),
        findings=gate.table(_filled(done.findings, FINDINGS), closed),
        causes=gate.table(_filled(done.causes, CAUSES), closed),
        content=gate.table(
            {
                "satisfied": done.satisfied,
                "dissatisfied": done.answered - done.satisfied,
                "unanswered": done.asked - done.answered,
                "unasked": done.closed - done.asked,
            },
            closed,
        ),
        late_legal=gate.part(done.late_legal, closed),
        late_house=gate.part(done.late_house, closed),
        on_the_spot=gate.part(done.on_the_spot, closed),
        extended=gate.part(done.extended, closed),
        compensated=compensated,
        redress=done.redress if compensated is not None else None,
        small=small,
        small_sum=done.small_sum if small is not None else None,
        gross_days=done.gross_days / done.closed if mean else None,
        net_days=done.net_days / done.closed if mean else None,
        applied=gate.count(told.reviews.applied),
        decided=gate.count(told.reviews.decided),
        overturned=gate.part(told.reviews.overturned, gate.count(told.reviews.decided)),
        visits=gate.count(told.visits),
        reached=gate.part(told.reached, gate.count(told.visits)),
        per_served=told.per_served if received is not None else None,
    )


def _filled(cells: Mapping[str, int], codes: Iterable[str]) -> dict[str, int]:
    """A table with a cell for every code, and for what is not filled in where that occurs."""
    return dict.fromkeys(codes, 0) | dict(cells)


class _Inside:
    """Everything is shown."""

    def table(self, cells: Mapping[Key, int], _total: int | None = 0) -> Mapping[Key, int | None]:
        """The table as it is."""
        return dict(cells)

    def part(self, part: int, _whole: int | None) -> int | None:
        """The part as it is."""
        return part

    def count(self, count: int) -> int | None:
        """The count as it is."""
        return count


class _Outside(_Inside):
    """Small cells, and what would betray them, are kept back."""

    def table(self, cells: Mapping[Key, int], total: int | None = 0) -> Mapping[Key, int | None]:
        """The table without small cells; none of it where its total is kept back."""
        if total is None or not count_shared(sum(cells.values())):
            return dict.fromkeys(cells)
        return shared(cells)

    def part(self, part: int, whole: int | None) -> int | None:
        """The part of a whole that is shown, unless it or the rest is small."""
        return part if whole is not None and share_shared(part, whole) else None

    def count(self, count: int) -> int | None:
        """The count unless it is small."""
        return count if count_shared(count) else None
