"""Which other complaints may be of the same person or matter as one, and which somebody said are;
proposes, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from branch.complaints.description import Matter
from branch.complaints.likeness import WITHIN, alike
from branch.complaints.queries.desk import CaseLine, lines_of
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.kernel.identity import compact
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.rules import readable

MOST = 20
# What stands for a person; each alone may be his.
_MARKS = ("phone_mark", "document_mark", "credit_code", "name")
# Looked through for like words.
_MOST_OF_A_CLASS = 200


def _newest(condition: Any) -> Any:
    return (
        ComplaintRow.select(ComplaintRow.id)
        .where(condition)
        .order_by(ComplaintRow.id.desc())
        .limit(MOST)
    )


_PERSON = Prepared(
    lambda complaint: ComplaintRow.select(*(getattr(ComplaintRow, mark) for mark in _MARKS)).where(
        ComplaintRow.id == complaint
    )
)
_BY = {
    "phone_mark": Prepared(lambda mark: _newest(ComplaintRow.phone_mark == mark)),
    "document_mark": Prepared(lambda mark: _newest(ComplaintRow.document_mark == mark)),
    "credit_code": Prepared(lambda mark: _newest(ComplaintRow.credit_code == mark)),
    "name": Prepared(lambda mark: _newest(ComplaintRow.name == mark)),
}
_REPEATS = Prepared(
    lambda complaint: (
        ComplaintRow.select(ComplaintRow.id, ComplaintRow.number)
        .where(ComplaintRow.repeat_of == complaint, ComplaintRow.kind == "complaint")
        .order_by(ComplaintRow.id.desc())
    )
)
_MATTER = Prepared(
    lambda complaint: ComplaintRow.select(
        ComplaintRow.received_on,
        ComplaintRow.kind,
        ComplaintRow.biz_class,
        ComplaintRow.reason,
        ComplaintRow.title,
        ComplaintRow.facts,
        ComplaintRow.incident_place,
    ).where(ComplaintRow.id == complaint)
)
_OF_A_CLASS = Prepared(
    lambda kind, first, last, biz_class, reason: (
        ComplaintRow.select(
            ComplaintRow.id, ComplaintRow.title, ComplaintRow.facts, ComplaintRow.incident_place
        )
        .where(
            ComplaintRow.kind == kind,
            ComplaintRow.received_on >= first,
            ComplaintRow.received_on <= last,
            ComplaintRow.biz_class == biz_class,
            ComplaintRow.reason == reason,
        )
        .order_by(ComplaintRow.id.desc())
        .limit(_MOST_OF_A_CLASS)
    )
)


def repeats_of(store: Store, complaint: int) -> tuple[tuple[int, str], ...]:
    """The later complaints that somebody linked to this one, id and number, newest first."""
    return tuple((later, number) for later, number in _REPEATS.all(store, complaint=complaint))


def renewed_by(store: Store, complaint: int, hidden: frozenset[int]) -> str:
    """The number of the latest complaint that was linked to this one, of those not ``hidden``."""
    later = (number for one, number in repeats_of(store, complaint) if one not in hidden)
    return next(later, "")


def alike_to(store: Store, complaint: int, staff: int) -> tuple[CaseLine, ...]:
    """Other complaints by the same telephone, document, credit code or name; newest first, none
    of them about ``staff`` or in confidence towards him."""
    if complaint in kept_from(store, staff):
        return ()
    row = _PERSON.one(store, complaint=complaint)
    if row is None:
        return ()
    found = _of_person(store, staff, dict(zip(_MARKS, row, strict=True)))
    return tuple(line for line in found if line.id != complaint)


def alike_cases(
    store: Store,
    staff: int,
    name: str,
    phone: str,
    since: str,
    document: str = "",
    credit_code: str = "",
) -> tuple[CaseLine, ...]:
    """Earlier cases since a day (ISO) that may be of the same person: proposed to whoever
    registers, who decides; newest first. None that is confidential and not for who asks."""
    sealer = store.sealer
    marks = {
        "phone_mark": sealer.mark(compact(phone), "complaint.phone"),
        "document_mark": sealer.mark(compact(document), "complaint.document"),
        "credit_code": compact(credit_code),
        "name": readable(name),
    }
    found = _of_person(store, staff, marks)
    return tuple(line for line in found if line.received_on >= since)


def same_matter(store: Store, complaint: int, staff: int) -> tuple[CaseLine, ...]:
    """Other complaints that may be of the same matter as this one, whoever complains; newest
    first, none of them about ``staff`` or in confidence towards him."""
    row = _MATTER.one(store, complaint=complaint)
    if row is None or complaint in kept_from(store, staff):
        return ()
    received_on, kind, biz_class, reason, title, facts, place = row
    matter = Matter(title, facts, biz_class=biz_class, reason=reason, incident_place=place)
    found = alike_matter(store, staff, kind, date.fromisoformat(received_on), matter)
    return tuple(line for line in found if line.id != complaint)


def alike_matter(
    store: Store, staff: int, kind: str, day: date, matter: Matter
) -> tuple[CaseLine, ...]:
    """Complaints that may be of this matter, whoever complains: of one business and reason within
    thirty days of ``day``, in like words or at the same place; newest first."""
    if not (matter.biz_class and matter.reason):
        return ()
    rows = _OF_A_CLASS.all(
        store,
        kind=kind,
        first=(day - WITHIN).isoformat(),
        last=(day + WITHIN).isoformat(),
        biz_class=matter.biz_class,
        reason=matter.reason,
    )
    words, place = f"{matter.title} {matter.facts}", matter.incident_place
    ids = [
        other
        for other, his_title, his_facts, his_place in rows
        if (place and place == his_place) or alike(words, f"{his_title} {his_facts}")
    ]
    # One more, for it may be found alike to itself.
    return _open_to(store, ids[: MOST + 1], staff)


def _of_person(store: Store, staff: int, marks: dict[str, str]) -> tuple[CaseLine, ...]:
    ids: set[int] = set()
    for name, mark in marks.items():
        if mark:
            ids |= {row[0] for row in _BY[name].all(store, mark=mark)}
    return _open_to(store, sorted(ids, reverse=True)[: MOST + 1], staff)


def _open_to(store: Store, ids: Sequence[int], staff: int) -> tuple[CaseLine, ...]:
    return tuple(line for line in lines_of(store, ids, staff) if not line.withheld)
