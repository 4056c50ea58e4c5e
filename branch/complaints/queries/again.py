"""Complaints that were taken up again: of these a row says what is now, and the journal what was;
writes nothing."""

from __future__ import annotations

from branch.complaints.statistics import TAKEN_UP
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store

# What may make a row of today say less than the journal does of a period.
_SPECIAL = tuple(sorted(TAKEN_UP | {"re_review_upheld"}))
_SPECIALS = Prepared(
    lambda after: (
        JournalRow.select(JournalRow.subject)
        .where(
            JournalRow.what.in_(tuple(f"complaint.{what}" for what in _SPECIAL)),
            JournalRow.revision >= after,
        )
        .distinct()
    )
)
_FROM = Prepared(
    lambda at: (
        JournalRow.select(JournalRow.revision)
        .where(JournalRow.at >= at)
        .order_by(JournalRow.at, JournalRow.revision)
        .limit(1)
    )
)


def taken_up_from(store: Store, revision: int) -> frozenset[int]:
    """The complaints taken up again, or reviewed, at this revision of the journal or after it."""
    return frozenset(int(row[0]) for row in _SPECIALS.all(store, after=revision))


def taken_up_since(store: Store, at: int) -> frozenset[int]:
    """The complaints taken up again, or reviewed, since an instant (ms)."""
    row = _FROM.one(store, at=at)
    return taken_up_from(store, int(row[0])) if row is not None else frozenset()
