"""Papers go with the case they belong to; their bytes go at the next sweep of the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from branch.kernel.prepared import Prepared, delete
from branch.kernel.store import Store
from branch.papers.records import DeliveryRow, PaperRow


def _of(chosen: Callable[[Any], Any]) -> tuple[Prepared, Prepared]:
    """What deletes the deliveries and the papers that are chosen by one value."""
    return (
        Prepared(
            lambda value: delete(DeliveryRow).where(
                DeliveryRow.paper.in_(PaperRow.select(PaperRow.id).where(chosen(value)))
            )
        ),
        Prepared(lambda value: delete(PaperRow).where(chosen(value))),
    )


_OF_COMPLAINT = _of(lambda value: PaperRow.complaint == value)
_OF_SUBJECT = _of(lambda value: PaperRow.subject == value)


def forget_papers(store: Store, complaint: int) -> None:
    """Delete what was issued for a case, inside the caller's transaction."""
    for statement in _OF_COMPLAINT:
        statement.run(store, value=complaint)


def forget_papers_of(store: Store, subject: str) -> None:
    """Delete what was issued for a subject ("session:3"), inside the caller's transaction."""
    for statement in _OF_SUBJECT:
        statement.run(store, value=subject)
