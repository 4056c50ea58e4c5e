"""Incidents that a complaint opened as those may read them who are not kept from it; reads only.

That there is one, its plan and its steps are there for everybody, also for whom the complaint is
about: people have to be safe. What is written of it is not (Order 3 Art. 17).
"""

from __future__ import annotations

from dataclasses import replace

from branch.complaints.recusal import kept_from
from branch.drills.queries.detail import RunDetail, run_detail
from branch.drills.queries.report import AfterAction, after_action
from branch.drills.queries.runs import source_of_run
from branch.kernel.store import Store

SOURCE = "complaint"


def is_kept_from_run(store: Store, run: int, staff: int) -> bool:
    """Whether a run comes from a complaint that ``staff`` is kept from."""
    source, ref = source_of_run(store, run)
    return source == SOURCE and ref in kept_from(store, staff)


def run_to(store: Store, run: int, staff: int) -> RunDetail | None:
    """The run, or None; to whoever is kept from its complaint what to do and nothing written."""
    detail = run_detail(store, run)
    if detail is None or not is_kept_from_run(store, run, staff):
        return detail
    return replace(
        detail,
        source="",
        ref=None,
        reason="",
        steps=tuple(
            replace(one, mark=None if one.mark is None else replace(one.mark, note=""))
            for one in detail.steps
        ),
        observations=(),
        photos=(),
        hot_wash=None,
        report={},
        actions=(),
    )


def report_to(store: Store, run: int, staff: int) -> AfterAction | None:
    """The report of a run that has ended; None for another, and to whoever is kept from it."""
    return None if is_kept_from_run(store, run, staff) else after_action(store, run)
