"""The block list as those who keep it see it; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.records import BlockedRow
from branch.visitors.rules import SEPARATOR


@dataclass(frozen=True)
class BlockLine:
    """An entry. ``state`` is proposed, active, expired or ended; names of staff whole.

    Who keeps the list has to know whom it names: names stand here in full, and reading the list
    needs a permission ("block_list").
    """

    id: int
    name: str
    aliases: tuple[str, ...]
    has_document: bool
    reason: str
    text: str
    expires_on: str
    proposed_by: int
    proposer: str
    approver: str
    state: str


_ALL = Prepared(
    lambda: BlockedRow.select(
        BlockedRow.id,
        BlockedRow.name,
        BlockedRow.aliases,
        BlockedRow.document_mark,
        BlockedRow.reason,
        BlockedRow.text,
        BlockedRow.expires_on,
        BlockedRow.proposed_by,
        BlockedRow.approved_by,
        BlockedRow.approved_at,
        BlockedRow.ended_at,
    ).order_by(BlockedRow.ended_at, BlockedRow.expires_on, BlockedRow.id)
)


def block_list(store: Store, today: str) -> tuple[BlockLine, ...]:
    """Every entry; ``today`` (YYYY-MM-DD) tells which have expired."""
    names = {member.id: member.name for member in staff_members(store)}
    return tuple(
        BlockLine(
            row[0],
            row[1],
            tuple(alias for alias in row[2].split(SEPARATOR) if alias),
            bool(row[3]),
            row[4],
            row[5],
            row[6],
            row[7],
            names.get(row[7], ""),
            names.get(row[8], ""),
            _state(row[6], row[9], row[10], today),
        )
        for row in _ALL.all(store)
    )


def _state(expires_on: str, approved_at: int | None, ended_at: int | None, today: str) -> str:
    if ended_at is not None:
        return "ended"
    if expires_on < today:
        return "expired"
    return "active" if approved_at is not None else "proposed"
