"""Complaints of a period by who handles them; writes nothing.

Nobody is counted a complaint that is about himself. Who may read it at all: ``people.rules.READS``
("complaint_staff_figures"; complaints.md 4e, Order 3 Art. 27 on performance).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import SQL, fn

from branch.complaints.records import ComplaintRow, SubjectRow
from branch.complaints.rules import OPEN
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members

_COUNT = fn.COUNT(SQL("*"))
_JUSTIFIED = ("true", "partly_true")


def _by_handler(first: Any, last: Any, today: Any, staff: Any) -> Any:
    told = ComplaintRow.told_on
    missed = (ComplaintRow.legal_due != "") & (
        (ComplaintRow.legal_due < told)
        | ((told == "") & ComplaintRow.state.in_(_OPEN) & (ComplaintRow.legal_due < today))
    )
    about = SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
    return (
        ComplaintRow.select(
            ComplaintRow.handler,
            _COUNT,
            _COUNT.filter(ComplaintRow.closed_at.is_null(False)),
            _COUNT.filter(missed),
            _COUNT.filter(ComplaintRow.finding.in_(_JUSTIFIED)),
        )
        .where(
            ComplaintRow.kind == "complaint",
            ComplaintRow.received_on >= first,
            ComplaintRow.received_on <= last,
            ComplaintRow.id.not_in(about),
        )
        .group_by(ComplaintRow.handler)
    )


_OPEN = tuple(sorted(OPEN))
_BY_HANDLER = Prepared(_by_handler)


@dataclass(frozen=True)
class HandlerCases:
    """What came in during a period and is now, or was at last, with one member of staff.

    ``name`` is empty for what nobody was given. ``ended`` in whatever way, ``late`` by law,
    ``justified`` found true or partly true.
    """

    name: str
    received: int
    ended: int
    late: int
    justified: int


def cases_by_handler(
    store: Store, staff: int, first: date, last: date, today: date
) -> tuple[HandlerCases, ...]:
    """By handler, who has most first; what nobody was given last. The sum is what came in."""
    rows = _BY_HANDLER.all(
        store,
        first=first.isoformat(),
        last=last.isoformat(),
        today=today.isoformat(),
        staff=staff,
    )
    names = {member.id: member.name for member in staff_members(store)}
    found = [HandlerCases(names.get(handler, ""), *counts) for handler, *counts in rows]
    return tuple(sorted(found, key=lambda one: (not one.name, -one.received, one.name)))
