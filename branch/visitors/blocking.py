"""Whether the block list names somebody who stands at the door; it changes nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.records import BlockedRow
from branch.visitors.rules import SEPARATOR, is_same_name

_IN_FORCE = Prepared(
    lambda today: BlockedRow.select(
        BlockedRow.id, BlockedRow.name, BlockedRow.aliases, BlockedRow.document_mark
    ).where(
        BlockedRow.approved_at.is_null(False),
        BlockedRow.ended_at.is_null(),
        BlockedRow.expires_on >= today,
    )
)


def blocked_entry(
    store: Store, name: str, document_mark: str, now: int, zone: ZoneInfo
) -> int | None:
    """The entry in force that names this person, by document or by name; None for nobody."""
    today = local_date(now, zone).isoformat()
    rows = _IN_FORCE.all(store, today=today)
    for identity, listed, aliases, mark in rows:
        if document_mark and document_mark == mark:
            return int(identity)
        names = (listed, *(alias for alias in aliases.split(SEPARATOR) if alias))
        if is_same_name(name, names):
            return int(identity)
    return None
