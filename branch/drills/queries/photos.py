"""Which files of the vault belong to drills; writes nothing."""

from __future__ import annotations

from branch.drills.records import PhotoRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_KEPT = Prepared(lambda: PhotoRow.select(PhotoRow.digest).where(PhotoRow.removed_at.is_null()))


def kept_digests(store: Store) -> frozenset[str]:
    """The digests of every photo that a run still has."""
    return frozenset(row[0] for row in _KEPT.all(store))
