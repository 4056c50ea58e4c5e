"""Owns what the detail of a case asks of the store in one go: the case, names, other cases named
in it; shows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branch.complaints.queries.desk import CaseLine, lines_of
from branch.complaints.queries.detail import CaseDetail, case_detail
from branch.kernel.store import Store
from branch.people.queries import staff_members


@dataclass(frozen=True)
class CaseRecord:
    """A case with the names of staff by account, and the other cases it names by id."""

    detail: CaseDetail
    names: Mapping[int, str]
    others: Mapping[int, CaseLine]


def case_record(
    store: Store, complaint: int, staff: int, roles: frozenset[str], today: date
) -> CaseRecord | None:
    """The case; None when it is not there or concerns who asks."""
    detail = case_detail(store, complaint, staff, roles, today)
    if detail is None:
        return None
    named = {detail.values["merged_into"], detail.values["repeat_of"], *detail.children}
    for moment in detail.moments:
        named |= {moment.data.get(key) for key in ("into", "other", "earlier")}
    wanted = sorted(one for one in named if isinstance(one, int))
    return CaseRecord(
        detail,
        {member.id: member.name for member in staff_members(store)},
        {line.id: line for line in lines_of(store, wanted, staff)},
    )
