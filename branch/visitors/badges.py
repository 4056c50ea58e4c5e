"""Badges: which one is handed out next, taken back, lost or found; within a visitor's command."""

from __future__ import annotations

from branch.kernel.errors import RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.visitors.records import BadgeRow
from branch.visitors.rules import badge_number

FREE, ISSUED, LOST = "free", "issued", "lost"

_TAKEN = Prepared(lambda: BadgeRow.select(BadgeRow.number).where(BadgeRow.state != FREE))
_STATE = Prepared(lambda number: BadgeRow.select(BadgeRow.state).where(BadgeRow.number == number))
_SET = Prepared(
    lambda number, state, visitor, now: BadgeRow.insert(
        {
            BadgeRow.number: number,
            BadgeRow.state: state,
            BadgeRow.visitor: visitor,
            BadgeRow.since: now,
        }
    ).on_conflict(
        conflict_target=[BadgeRow.number],
        update={BadgeRow.state: state, BadgeRow.visitor: visitor, BadgeRow.since: now},
    )
)


def next_badge(store: Store) -> str:
    """The lowest badge that is free; an empty text when none is left."""
    taken = {row[0] for row in _TAKEN.all(store)}
    numbers = map(badge_number, range(1, setting(store, "visitor_badges") + 1))
    return next((number for number in numbers if number not in taken), "")


def state_of(store: Store, number: str) -> str:
    """How a badge stands: free, issued or lost."""
    row = _STATE.one(store, number=number)
    return str(row[0]) if row else FREE


def issue(work: Work, visitor: int) -> str:
    """Hand a badge out; raises RuleBroken when none is left."""
    number = next_badge(work.store)
    if not number:
        raise RuleBroken("no_badge_left")
    set_state(work, number, ISSUED, visitor)
    return number


def set_state(work: Work, number: str, state: str, visitor: int | None = None) -> None:
    """Note how a badge stands from now on."""
    _SET.run(work.store, number=number, state=state, visitor=visitor, now=work.now)
