"""The register's day ends: who is still inside is decided on, one by one; lost badges come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from branch.kernel.clock import local_date
from branch.kernel.errors import Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.visitors import badges
from branch.visitors.commands.register import leave
from branch.visitors.records import VisitorRow
from branch.visitors.rules import State, require, require_known
from branch.visitors.visitor import change, found


@dataclass(frozen=True)
class CloseRegister:
    """The day's end: who is still on the list has left ("left") or stays ("stays"), by id.

    Nobody disappears by himself: who is not named stays on the list. Announced visitors of the
    day that did not come are noted as such.
    """

    decisions: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FindBadge:
    """A lost badge is back."""

    number: str


_LATE = Prepared(
    lambda day: VisitorRow.select(VisitorRow.id).where(
        VisitorRow.state == State.EXPECTED, VisitorRow.day <= day
    )
)


def close_register(work: Work, command: CloseRegister) -> None:
    """End the register's day; raises BadInput for a decision that is none."""
    for decision in command.decisions.values():
        require_known(decision, ("left", "stays"), "decisions")
    for identity, decision in command.decisions.items():
        visitor = found(work, identity)
        require("leave", visitor.state)
        if decision == "left":
            leave(work, visitor, "day_end", badge_returned=True)
        else:
            work.record("visitor.stays", visitor.id)
    today = local_date(work.now, work.zone).isoformat()
    for (identity,) in _LATE.all(work.store, day=today):
        change(work, found(work, identity), state=State.NO_SHOW)
        work.record("visitor.not_come", identity)
    work.record("visitor.register_closed", today)


def find_badge(work: Work, command: FindBadge) -> None:
    """A lost badge can be handed out again; raises Stale for one that is not lost."""
    if badges.state_of(work.store, command.number) != badges.LOST:
        raise Stale("badge_not_lost")
    badges.set_state(work, command.number, badges.FREE)
    work.record("badge.found", command.number)


HANDLERS: dict[type, Handler] = {
    CloseRegister: Handler(close_register),
    FindBadge: Handler(find_badge),
}
