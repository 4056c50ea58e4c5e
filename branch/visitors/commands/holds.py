"""Legal holds: a record stays beyond its time until another person lifts the hold.

PIPL Art. 47(2): what the law still needs is not deleted, and is used for nothing but that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.visitors.queries.retention import is_on_hold
from branch.visitors.records import (
    BlockedRow,
    HoldRow,
    ReceptionRow,
    RequestRow,
    RollMarkRow,
    VisitorRow,
)
from branch.visitors.retention import checked_hold, require_second_person


@dataclass(frozen=True)
class PlaceHold:
    """Keep a record (``kind`` as in ``HOLD_KINDS``); returns the hold's id."""

    kind: str
    ref: int
    reason: str
    text: str = ""

    def __repr__(self) -> str:
        return f"PlaceHold({self.kind!r}, {self.ref}, {self.reason!r})"


@dataclass(frozen=True)
class LiftHold:
    """Let a record go its way again; by another person than who placed the hold."""

    id: int


def _exists(row: Any) -> Prepared:
    return Prepared(lambda ref: row.select(row.id).where(row.id == ref))


EXISTS = {
    "visitor": _exists(VisitorRow),
    "reception": _exists(ReceptionRow),
    "request": _exists(RequestRow),
    "blocked": _exists(BlockedRow),
    "roll_mark": _exists(RollMarkRow),
}
_INSERT = Prepared(
    lambda kind, ref, reason, text, now, staff: HoldRow.insert(
        {
            HoldRow.kind: kind,
            HoldRow.ref: ref,
            HoldRow.reason: reason,
            HoldRow.text: text,
            HoldRow.at: now,
            HoldRow.by: staff,
        }
    ).returning(HoldRow.id)
)
_FIND = Prepared(
    lambda hold: HoldRow.select(HoldRow.by, HoldRow.lifted_at, HoldRow.kind, HoldRow.ref).where(
        HoldRow.id == hold
    )
)
_LIFT = Prepared(
    lambda hold, now, staff: HoldRow.update(
        {HoldRow.lifted_at: now, HoldRow.lifted_by: staff}
    ).where(HoldRow.id == hold)
)


def place_hold(work: Work, command: PlaceHold) -> int:
    """Place it; raises NotFound for a record that is gone, RuleBroken for one on hold already."""
    text = checked_hold(command.kind, command.reason, command.text)
    require_there(work, command.kind, command.ref)
    if is_on_hold(work.store, command.kind, command.ref):
        raise RuleBroken("hold_stands")
    row = _INSERT.one(
        work.store,
        kind=command.kind,
        ref=command.ref,
        reason=command.reason,
        text=text,
        now=work.now,
        staff=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("hold.placed", row[0], kind=command.kind, ref=command.ref, reason=command.reason)
    return int(row[0])


def require_there(work: Work, kind: str, ref: int) -> None:
    """Raise NotFound for a record of this room that is gone; what is of a room above (a
    complaint) that room has looked for before it came here."""
    if kind in EXISTS and EXISTS[kind].one(work.store, ref=ref) is None:
        raise NotFound("record_unknown")


def lift_hold(work: Work, command: LiftHold) -> None:
    """Lift it; raises NotPermitted for one's own, Stale for one that is lifted."""
    row = _FIND.one(work.store, hold=command.id)
    if row is None:
        raise NotFound("hold_unknown")
    by, lifted_at, kind, ref = row
    if lifted_at is not None:
        raise Stale("hold_lifted")
    require_second_person(work.actor.staff, by)
    _LIFT.run(work.store, hold=command.id, now=work.now, staff=work.actor.staff)
    work.record("hold.lifted", command.id, kind=kind, ref=ref)


HANDLERS: dict[type, Handler] = {PlaceHold: Handler(place_hold), LiftHold: Handler(lift_hold)}
