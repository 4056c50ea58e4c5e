"""A confidential case as it stands to those who may not read it; asks nothing, writes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branch.complaints.queries.detail import CaseDetail

_OPEN_TO_ALL = ("round", "confidential", "agency")


def without_content(detail: CaseDetail) -> CaseDetail:
    """That it is there, its number, state and channel, and nothing that can be done with it."""
    blank = {key: "" if isinstance(value, str) else None for key, value in detail.values.items()}
    return replace(
        detail,
        values=blank | {key: detail.values[key] for key in _OPEN_TO_ALL},
        shown=dict.fromkeys(detail.shown, ""),
        subjects=(),
        interested=(),
        subject_ids=frozenset(),
        interested_ids=frozenset(),
        merged_ids=frozenset(),
        steps=(),
        moments=(),
        pauses=(),
        extensions=(),
        files=(),
        visits=(),
        reviews=(),
        actions=(),
        archiving={},
        may_review=False,
        renewed="",
        incident=None,
    )
