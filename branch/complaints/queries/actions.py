"""Corrective actions as those may read them who are not kept from their complaint, and for whom it
is not in confidence; reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from branch.complaints.queries.desk import untold
from branch.complaints.queries.incidents import is_kept_from_run
from branch.kernel.store import Store
from branch.quality.queries import Action, closed_actions, effects_due, open_actions

# Whose ref is a complaint's, and a run's.
SOURCES = ("complaint", "promise")
DRILL = "drill"


def actions_to(store: Store, staff: int, *, closed: bool = False) -> tuple[Action, ...]:
    """Every action that is not closed (or the closed ones, newest first), without those of
    complaints that ``staff`` is kept from or that are confidential and not for him; what he has to
    mend himself he reads all the same, without which complaint it is of (Order 3 Art. 17)."""
    found = (closed_actions if closed else open_actions)(store)
    return tuple(_told(store, found, staff, with_own=True))


def effects_to(store: Store, staff: int, today: str) -> tuple[Action, ...]:
    """Every closed action whose effect is to be looked at on this day (ISO), the earliest first,
    without those of complaints that ``staff`` is kept from or that are confidential and not for
    him, his own too: he has mended them."""
    return tuple(_told(store, effects_due(store, today), staff, with_own=False))


def _told(
    store: Store, actions: Iterable[Action], staff: int, *, with_own: bool
) -> Iterator[Action]:
    found = tuple(actions)
    cases = untold(store, {one.ref for one in found if one.source in SOURCES}, staff)
    drills = {one.ref for one in found if one.source == DRILL}
    runs = {run for run in drills if is_kept_from_run(store, run, staff)}
    for action in found:
        closed = cases if action.source in SOURCES else runs if action.source == DRILL else ()
        if action.ref not in closed:
            yield action
        elif with_own and action.owner == staff:
            yield replace(action, ref=0)
