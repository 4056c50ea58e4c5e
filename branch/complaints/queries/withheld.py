"""What is left out of a case for who may not read it, or not those that it names; writes
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from branch.complaints.queries.desk import untold
from branch.kernel.store import Store

if TYPE_CHECKING:
    from branch.complaints.queries.detail import CaseDetail

# Under what an entry, and the case itself, names another complaint.
OTHERS: Final = ("into", "other", "earlier")
_NAMING: Final = ("merged_into", "repeat_of", "proposed_ref")
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


def without_others(store: Store, detail: CaseDetail, staff: int) -> CaseDetail:
    """Without the complaints of which ``staff`` is not told: as if it named none of them."""
    named = {detail.values[name] for name in _NAMING} | set(detail.children)
    for moment in detail.moments:
        named |= _others(moment.data)
    closed = untold(store, [one for one in named if isinstance(one, int)], staff)
    if not closed:
        return detail
    values = {
        name: None if name in _NAMING and value in closed else value
        for name, value in detail.values.items()
    }
    is_proposed = detail.values["proposed_ref"] not in closed
    is_merged = detail.values["merged_into"] not in closed
    return replace(
        detail,
        line=detail.line if is_proposed else replace(detail.line, proposed=""),
        values=values,
        children=tuple(one for one in detail.children if one not in closed),
        primary_state=detail.primary_state if is_merged else "",
        moments=tuple(one for one in detail.moments if not _others(one.data) & closed),
    )


def _others(data: Mapping[str, object]) -> set[object]:
    return {data.get(key) for key in OTHERS}
