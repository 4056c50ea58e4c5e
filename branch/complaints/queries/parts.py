"""What hangs on one complaint, row by row in the order it came; masks nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from branch.complaints.records import (
    CaseFileRow,
    ExtensionRow,
    FollowUpRow,
    ReReviewRow,
)
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


class Extension(NamedTuple):
    """A longer limit asked for; days are ISO, empty while they have not come."""

    id: int
    days: int
    level: str
    asked_by: int
    approved_on: str
    approved_by: int | None
    told_on: str
    refused_by: int | None


class CaseFile(NamedTuple):
    """A file that was not taken away again; ``size`` in bytes, ``added_at`` in milliseconds."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    added_at: int
    added_by: int


class Visit(NamedTuple):
    """A follow-up visit, or a try where nobody was ``reached``."""

    id: int
    round: int
    at: int
    by: int
    mode: str
    reached: bool
    satisfaction: str
    kept: str
    text: str
    next_step: str


class Review(NamedTuple):
    """A re-review; days are ISO, empty while they have not come."""

    id: int
    applied_on: str
    due: str
    reviewer: int
    decision: str
    text: str
    told_on: str


T = TypeVar("T", Extension, CaseFile, Visit, Review)


def _part(kind: type[T], row: Any, *where: Any) -> Callable[[Store, int], tuple[T, ...]]:
    fields = [getattr(row, name) for name in kind._fields]
    query = Prepared(
        lambda complaint: (
            row.select(*fields).where(row.complaint == complaint, *where).order_by(row.id)
        )
    )

    def read(store: Store, complaint: int) -> tuple[T, ...]:
        return tuple(
            kind(*(field.python_value(value) for field, value in zip(fields, one, strict=True)))
            for one in query.all(store, complaint=complaint)
        )

    return read


extensions_of = _part(Extension, ExtensionRow)
files_of = _part(CaseFile, CaseFileRow, CaseFileRow.removed_at.is_null())
visits_of = _part(Visit, FollowUpRow)
reviews_of = _part(Review, ReReviewRow)
