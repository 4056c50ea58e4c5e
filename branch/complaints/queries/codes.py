"""The national standard's codes of our classes, where they were imported; writes nothing."""

from __future__ import annotations

from branch.complaints.records import CaseCodeRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_CODES = Prepared(
    lambda: CaseCodeRow.select(CaseCodeRow.dimension, CaseCodeRow.code, CaseCodeRow.standard)
)


def standard_codes(store: Store) -> dict[tuple[str, str], str]:
    """By dimension and our code."""
    return {(row[0], row[1]): row[2] for row in _CODES.all(store)}
