"""The longer limits of a complaint with who may approve what waits; writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from branch.complaints.deciding import approvers
from branch.complaints.queries.parts import extensions_of
from branch.kernel.store import Store
from branch.people.queries import StaffMember


@dataclass(frozen=True)
class ExtensionLine:
    """A longer limit that was asked for; ``told_on`` is empty until he was told.

    ``approvers`` may approve or refuse it, ``by_order`` only on paper of the bank's headquarters
    (``deciding.approvers``); both as people and interests stand now.
    """

    id: int
    days: int
    level: str
    asked_by: int
    approved_on: str
    told_on: str
    refused: bool
    approvers: frozenset[int]
    by_order: bool


def extension_lines(
    store: Store, complaint: int, members: Collection[StaffMember], touched: Collection[int]
) -> tuple[ExtensionLine, ...]:
    """The longer limits of a complaint from which these keep away, oldest first."""
    return tuple(
        ExtensionLine(
            one.id,
            one.days,
            one.level,
            one.asked_by,
            one.approved_on,
            one.told_on,
            one.refused_by is not None,
            *approvers(members, touched, one.level, one.asked_by),
        )
        for one in extensions_of(store, complaint)
    )
