"""Handing in a roll call that a machine worked while the store was away, as one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.runner import Handler, Work
from branch.visitors.away_roll import AwayRoll
from branch.visitors.commands.rollcall import (
    UNLISTED,
    AddToRoll,
    EndRollCall,
    add_to_roll,
    begin,
    end_roll_call,
    open_roll,
    require_open,
    set_marks,
)
from branch.visitors.queries.rollcall import RollMark
from branch.visitors.records import RollMarkRow

_HANDED_IN = "roll_call.handed_in"


@dataclass(frozen=True)
class HandInRoll:
    """Write what was marked without the store.

    A roll call begun without it is begun now, at the instant it began; where another station was
    first, its roll call is gone on with. Of two marks of a person the later one counts.
    """

    roll: AwayRoll

    def __repr__(self) -> str:
        return f"HandInRoll({self.roll.token})"


@dataclass(frozen=True)
class HandedIn:
    """What became of it: how many are on the roll who were not on the kept one, and vice versa."""

    roll_call: int
    came: int
    left: int


_ENTRY = Prepared(
    lambda token: JournalRow.select(JournalRow.revision).where(
        JournalRow.what == _HANDED_IN, JournalRow.subject == token
    )
)
_MARKS = Prepared(
    lambda roll_call: RollMarkRow.select(
        RollMarkRow.id, RollMarkRow.kind, RollMarkRow.ref, RollMarkRow.at
    ).where(RollMarkRow.roll_call == roll_call, RollMarkRow.kind != UNLISTED)
)


def hand_in_roll(work: Work, command: HandInRoll) -> HandedIn | None:
    """Write it; None when it is in already, since an answer may have been lost on the way.

    Raises Stale when the roll call it went on with has been ended elsewhere.
    """
    roll = command.roll
    if _ENTRY.one(work.store, token=roll.token) is not None:
        return None
    roll_call = roll.call.id or open_roll(work)
    if roll_call is None:
        roll_call = begin(work, roll.call.kind, min(roll.call.started_at, work.now))
    require_open(work, roll_call)
    there = {
        _whom(kind, ref): (mark, at)
        for mark, kind, ref, at in _MARKS.all(work.store, roll_call=roll_call)
    }
    here = {_whom(mark.kind, mark.ref): mark for mark in roll.call.marks if mark.id > 0}
    _take_marks(work, roll_call, roll, there)
    for mark in roll.added:
        add_to_roll(work, AddToRoll(roll_call, mark.label, mark.place), mark.at)
    if roll.call.ended_at is not None:
        end_roll_call(work, EndRollCall(roll_call, despite=True))
    came, left = len(there.keys() - here.keys()), len(here.keys() - there.keys())
    work.record(_HANDED_IN, roll.token, roll_call=roll_call, came=came, left=left)
    return HandedIn(roll_call, came, left)


def _take_marks(
    work: Work,
    roll_call: int,
    roll: AwayRoll,
    there: dict[tuple[str, int | None], tuple[int, int | None]],
) -> None:
    by_state: dict[str, list[tuple[int, int]]] = {}
    for mark in roll.call.marks:
        found = there.get(_whom(mark.kind, mark.ref))
        if mark.id not in roll.touched or found is None:
            continue
        at = _instant(mark, work.now)
        if found[1] is None or found[1] <= at:
            by_state.setdefault(mark.state, []).append((found[0], at))
    for state, marks in by_state.items():
        set_marks(work, roll_call, marks, state)


def _instant(mark: RollMark, now: int) -> int:
    return min(mark.at if mark.at is not None else now, now)


def _whom(kind: str, ref: int | None) -> tuple[str, int | None]:
    # That somebody needs help may have become known meanwhile.
    return "customer" if kind == "assisted" else kind, ref


HANDLERS: dict[type, Handler] = {HandInRoll: Handler(hand_in_roll)}
