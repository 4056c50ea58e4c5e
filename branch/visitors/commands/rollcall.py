"""A roll call: everybody inside on one list, marked safe, missing or not here.

Somebody who is at the meeting point and on no list is added as safe. Drills and real incidents
use the same record (NFPA 101 4.7: visitors and people who need help are counted).
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name
from branch.visitors.queries.roster import roster
from branch.visitors.records import RollCallRow, RollMarkRow
from branch.visitors.rules import ROLL_KINDS, ROLL_STATES, checked_text, require_known

UNCONFIRMED, SAFE, UNLISTED = "unconfirmed", "safe", "unlisted"


@dataclass(frozen=True)
class StartRollCall:
    """Begin with everybody who is inside; ``kind`` is drill, real or test. Returns its id."""

    kind: str = "real"


@dataclass(frozen=True)
class MarkRoll:
    """Mark people of the open roll call: safe, missing, not_here, or unconfirmed again."""

    roll_call: int
    marks: tuple[int, ...]
    state: str


@dataclass(frozen=True)
class AddToRoll:
    """Somebody at the meeting point who is on no list: he is safe. Returns the mark's id."""

    roll_call: int
    name: str
    place: str = ""

    def __repr__(self) -> str:
        return f"AddToRoll({self.roll_call})"


@dataclass(frozen=True)
class EndRollCall:
    """End it. ``despite`` says that it ends although some are not accounted for."""

    roll_call: int
    despite: bool = False


@dataclass(frozen=True)
class RecordRosterPrint:
    """The list of everybody inside was printed."""


_OPEN = Prepared(lambda: RollCallRow.select(RollCallRow.id).where(RollCallRow.ended_at.is_null()))
_START = Prepared(
    lambda kind, now, staff: RollCallRow.insert(
        {RollCallRow.kind: kind, RollCallRow.started_at: now, RollCallRow.started_by: staff}
    ).returning(RollCallRow.id)
)
_ADD = Prepared(
    lambda roll_call, kind, ref, label, place, needs, state, at, by: RollMarkRow.insert(
        {
            RollMarkRow.roll_call: roll_call,
            RollMarkRow.kind: kind,
            RollMarkRow.ref: ref,
            RollMarkRow.label: label,
            RollMarkRow.place: place,
            RollMarkRow.help: needs,
            RollMarkRow.state: state,
            RollMarkRow.at: at,
            RollMarkRow.by: by,
        }
    ).returning(RollMarkRow.id)
)
_KNOWN = Prepared(
    lambda roll_call: RollMarkRow.select(RollMarkRow.id, RollMarkRow.state).where(
        RollMarkRow.roll_call == roll_call
    )
)
_MARK = Prepared(
    lambda mark, state, at, by: RollMarkRow.update(
        {RollMarkRow.state: state, RollMarkRow.at: at, RollMarkRow.by: by}
    ).where(RollMarkRow.id == mark)
)
_END = Prepared(
    lambda roll_call, now, staff: RollCallRow.update(
        {RollCallRow.ended_at: now, RollCallRow.ended_by: staff}
    ).where(RollCallRow.id == roll_call)
)


def start_roll_call(work: Work, command: StartRollCall) -> int:
    """Begin; raises RuleBroken while another one is open."""
    if open_roll(work) is not None:
        raise RuleBroken("roll_call_open")
    return begin(work, command.kind, work.now)


def begin(work: Work, kind: str, at: int) -> int:
    """Write a roll call that began at an instant (milliseconds) with everybody inside now."""
    require_known(kind, ROLL_KINDS, "kind")
    row = _START.one(work.store, kind=kind, now=at, staff=work.actor.staff)
    assert row is not None  # an INSERT with RETURNING gives its row
    people = roster(work.store, work.now).people
    for person in people:
        # A visitor's and a colleague's name stands in his own record.
        _ADD.run(
            work.store,
            roll_call=row[0],
            kind=person.kind,
            ref=person.ref,
            label=person.label if person.kind in ("customer", "assisted") else "",
            place=person.place,
            needs=",".join(person.help),
            state=UNCONFIRMED,
            at=None,
            by=None,
        )
    work.record("roll_call.started", row[0], kind=kind, people=len(people))
    return int(row[0])


def open_roll(work: Work) -> int | None:
    """The id of the roll call under way, or None."""
    row = _OPEN.one(work.store)
    return int(row[0]) if row else None


def mark_roll(work: Work, command: MarkRoll) -> None:
    """Mark; the last mark counts. Raises Stale when the roll call is over."""
    require_known(command.state, ROLL_STATES, "state")
    require_open(work, command.roll_call)
    known = dict(_KNOWN.all(work.store, roll_call=command.roll_call))
    if not set(command.marks) <= known.keys():
        raise BadInput("roll_mark_unknown", field="marks")
    changed = [(mark, work.now) for mark in command.marks if known[mark] != command.state]
    set_marks(work, command.roll_call, changed, command.state)


def set_marks(work: Work, roll_call: int, marks: list[tuple[int, int]], state: str) -> None:
    """Give marks of an open roll call a state, each at its instant (milliseconds)."""
    for mark, instant in marks:
        by = None if state == UNCONFIRMED else work.actor.staff
        at = None if state == UNCONFIRMED else instant
        _MARK.run(work.store, mark=mark, state=state, at=at, by=by)
    work.record("roll_call.marked", roll_call, marks=[str(mark) for mark, _ in marks], state=state)


def add_to_roll(work: Work, command: AddToRoll, at: int | None = None) -> int:
    """Add somebody as safe, seen ``at`` (milliseconds) or now; raises BadInput without a name."""
    require_open(work, command.roll_call)
    row = _ADD.one(
        work.store,
        roll_call=command.roll_call,
        kind=UNLISTED,
        ref=None,
        label=checked_name(command.name, "name"),
        place=checked_text(command.place, "place", 40),
        needs="",
        state=SAFE,
        at=work.now if at is None else min(at, work.now),
        by=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("roll_call.added", command.roll_call, mark=row[0])
    return int(row[0])


def end_roll_call(work: Work, command: EndRollCall) -> None:
    """End; raises RuleBroken while somebody is unconfirmed or missing, unless ``despite``."""
    require_open(work, command.roll_call)
    states = [state for _, state in _KNOWN.all(work.store, roll_call=command.roll_call)]
    open_marks = sum(state in (UNCONFIRMED, "missing") for state in states)
    if open_marks and not command.despite:
        raise RuleBroken("roll_unconfirmed", number=open_marks)
    _END.run(work.store, roll_call=command.roll_call, now=work.now, staff=work.actor.staff)
    work.record(
        "roll_call.ended",
        command.roll_call,
        people=len(states),
        safe=states.count(SAFE),
        missing=states.count("missing"),
        not_here=states.count("not_here"),
        unconfirmed=states.count(UNCONFIRMED),
    )


def record_roster_print(work: Work, command: RecordRosterPrint) -> None:
    """Note that names of everybody inside went to paper."""
    work.record("roster.printed", work.actor.station)


def require_open(work: Work, roll_call: int) -> None:
    """Raise Stale unless this is the roll call under way."""
    if open_roll(work) != roll_call:
        raise Stale("roll_call_over")


HANDLERS: dict[type, Handler] = {
    StartRollCall: Handler(start_roll_call),
    MarkRoll: Handler(mark_roll),
    AddToRoll: Handler(add_to_roll),
    EndRollCall: Handler(end_roll_call),
    RecordRosterPrint: Handler(record_roster_print),
}
