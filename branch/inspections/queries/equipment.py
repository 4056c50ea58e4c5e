"""The equipment register as lists show it; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from branch.inspections.equipment import RETIRED, expiry_state
from branch.inspections.records import EquipmentRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


@dataclass(frozen=True)
class EquipmentLine:
    """Something that is looked after. ``expires_on`` ISO or empty, ``expiry`` "", "soon" or
    "expired"; ``since`` (ms) is when it came to be as ``state`` says, ``rev`` its last change."""

    id: int
    kind: str
    name: str
    place: str
    serial: str
    expires_on: str
    expiry: str
    state: str
    since: int
    note: str
    rev: int


_FIELDS = (
    EquipmentRow.id,
    EquipmentRow.kind,
    EquipmentRow.name,
    EquipmentRow.place,
    EquipmentRow.serial,
    EquipmentRow.expires_on,
    EquipmentRow.state,
    EquipmentRow.since,
    EquipmentRow.note,
    EquipmentRow.rev,
)
_ALL = Prepared(
    lambda: EquipmentRow.select(*_FIELDS).order_by(
        EquipmentRow.kind, EquipmentRow.place, EquipmentRow.name, EquipmentRow.id
    )
)


def equipment(store: Store, today: date, retired: bool = False) -> tuple[EquipmentLine, ...]:
    """The register by kind and place; with what was retired only when asked."""
    lines = (_line(row, today) for row in _ALL.all(store))
    return tuple(line for line in lines if retired or line.state != RETIRED)


def expiring(store: Store, today: date) -> tuple[EquipmentLine, ...]:
    """What is past its time or will be within 30 days, the earliest first."""
    found = (line for line in equipment(store, today) if line.expiry)
    return tuple(sorted(found, key=lambda line: (line.expires_on, line.id)))


def _line(row: tuple[Any, ...], today: date) -> EquipmentLine:
    id, kind, name, place, serial, expires_on, state, since, note, rev = row
    expiry = expiry_state(expires_on, today)
    return EquipmentLine(id, kind, name, place, serial, expires_on, expiry, state, since, note, rev)
