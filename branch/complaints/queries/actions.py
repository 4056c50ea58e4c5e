"""Corrective actions as those may read them who are not kept from their complaint; reads only."""

from __future__ import annotations

from branch.complaints.recusal import kept_from
from branch.kernel.store import Store
from branch.quality.queries import Action, closed_actions, effects_due, open_actions

# Whose ref is a complaint's.
SOURCES = ("complaint", "promise")


def actions_to(store: Store, staff: int, *, closed: bool = False) -> tuple[Action, ...]:
    """Every action that is not closed (or the closed ones, newest first), without those of
    complaints that ``staff`` is kept from; what he has to mend himself he reads all the same
    (Order 3 Art. 17)."""
    hidden = kept_from(store, staff)
    return tuple(
        action
        for action in (closed_actions if closed else open_actions)(store)
        if action.source not in SOURCES or action.ref not in hidden or action.owner == staff
    )


def effects_to(store: Store, staff: int, today: str) -> tuple[Action, ...]:
    """Every closed action whose effect is to be looked at on this day (ISO), the earliest first,
    without those of complaints that ``staff`` is kept from, his own too: he has mended them."""
    hidden = kept_from(store, staff)
    return tuple(
        action
        for action in effects_due(store, today)
        if action.source not in SOURCES or action.ref not in hidden
    )
