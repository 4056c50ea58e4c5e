"""The equipment register: added, changed, broken, working again, retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.catalogue.commands import set_channel_out
from branch.catalogue.rules import SELF_SERVICE
from branch.inspections.equipment import BROKEN, KINDS, RETIRED, WORKING
from branch.inspections.records import EquipmentRow
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name

_LONGEST_NOTE = 200


@dataclass(frozen=True)
class AddEquipment:
    """Something to look after; returns its id. ``expires_on`` is the day its time is over."""

    kind: str
    name: str
    place: str
    serial: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class ChangeEquipment:
    """Name, place, serial number or expiry of something, which was seen as ``seen`` (its rev)."""

    equipment: int
    seen: int
    name: str
    place: str
    serial: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class SetEquipmentState:
    """Working, broken or retired; while every machine of a kind is broken, kiosk and console
    offer none."""

    equipment: int
    state: str
    note: str = ""

    def __repr__(self) -> str:
        return f"SetEquipmentState({self.equipment}, {self.state!r})"


_ADD = Prepared(
    lambda kind, name, place, serial, expires_on, state, now, note, rev: EquipmentRow.insert(
        {
            EquipmentRow.kind: kind,
            EquipmentRow.name: name,
            EquipmentRow.place: place,
            EquipmentRow.serial: serial,
            EquipmentRow.expires_on: expires_on,
            EquipmentRow.state: state,
            EquipmentRow.since: now,
            EquipmentRow.note: note,
            EquipmentRow.rev: rev,
        }
    ).returning(EquipmentRow.id)
)
_CHANGE = Prepared(
    lambda equipment, name, place, serial, expires_on, rev: EquipmentRow.update(
        {
            EquipmentRow.name: name,
            EquipmentRow.place: place,
            EquipmentRow.serial: serial,
            EquipmentRow.expires_on: expires_on,
            EquipmentRow.rev: rev,
        }
    ).where(EquipmentRow.id == equipment)
)
_FIND = Prepared(
    lambda equipment: EquipmentRow.select(
        EquipmentRow.kind, EquipmentRow.state, EquipmentRow.rev
    ).where(EquipmentRow.id == equipment)
)
_STATE = Prepared(
    lambda equipment, state, now, note, rev: EquipmentRow.update(
        {
            EquipmentRow.state: state,
            EquipmentRow.since: now,
            EquipmentRow.note: note,
            EquipmentRow.rev: rev,
        }
    ).where(EquipmentRow.id == equipment)
)
_MACHINES = Prepared(
    lambda kind, retired: EquipmentRow.select(EquipmentRow.state).where(
        EquipmentRow.kind == kind, EquipmentRow.state != retired
    )
)


def add_equipment(work: Work, command: AddEquipment) -> int:
    """Add it; raises BadInput for an unknown kind or a missing name."""
    if command.kind not in KINDS:
        raise BadInput("code_unknown", field="kind", given=command.kind)
    row = _ADD.one(
        work.store,
        kind=command.kind,
        name=checked_name(command.name, "name"),
        place=checked_name(command.place, "place"),
        serial=checked_name(command.serial, "serial") if command.serial.strip() else "",
        expires_on=command.expires_on.isoformat() if command.expires_on else "",
        state=WORKING,
        now=work.now,
        note="",
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("equipment.added", row[0], kind=command.kind)
    _settle_channel(work, command.kind)
    return int(row[0])


def change_equipment(work: Work, command: ChangeEquipment) -> None:
    """Change it; raises NotFound, Stale for something retired or changed meanwhile."""
    _, state, rev = _found(work, command.equipment)
    if state == RETIRED:
        raise Stale("equipment_retired")
    if rev != command.seen:
        raise Stale("equipment_changed")
    _CHANGE.run(
        work.store,
        equipment=command.equipment,
        name=checked_name(command.name, "name"),
        place=checked_name(command.place, "place"),
        serial=checked_name(command.serial, "serial") if command.serial.strip() else "",
        expires_on=command.expires_on.isoformat() if command.expires_on else "",
        rev=work.revision,
    )
    work.record("equipment.changed", command.equipment)


def set_equipment_state(work: Work, command: SetEquipmentState) -> None:
    """Set it; raises BadInput for a break without a word of what is wrong, Stale when it is so
    already or retired for good."""
    kind, state, _ = _found(work, command.equipment)
    if command.state not in (WORKING, BROKEN, RETIRED):
        raise BadInput("code_unknown", field="state", given=command.state)
    if state in (RETIRED, command.state):
        raise Stale("equipment_retired" if state == RETIRED else "equipment_so_already")
    note = ""
    if command.state == BROKEN or command.note.strip():
        note = checked_name(command.note, "note", _LONGEST_NOTE)
    _STATE.run(
        work.store,
        equipment=command.equipment,
        state=command.state,
        now=work.now,
        note=note,
        rev=work.revision,
    )
    work.record("equipment.state_set", command.equipment, state=command.state, kind=kind)
    _settle_channel(work, kind)


def _settle_channel(work: Work, kind: str) -> None:
    """A machine in the lobby is offered while one of its kind works, or none is registered."""
    if kind in SELF_SERVICE:
        states = [row[0] for row in _MACHINES.all(work.store, kind=kind, retired=RETIRED)]
        set_channel_out(work, kind, bool(states) and all(one == BROKEN for one in states))


def _found(work: Work, equipment: int) -> tuple[str, str, int]:
    row = _FIND.one(work.store, equipment=equipment)
    if row is None:
        raise NotFound("equipment_unknown")
    return row[0], row[1], row[2]


HANDLERS: dict[type, Handler] = {
    AddEquipment: Handler(add_equipment),
    ChangeEquipment: Handler(change_equipment),
    SetEquipmentState: Handler(set_equipment_state),
}
