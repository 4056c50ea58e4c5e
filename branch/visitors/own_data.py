"""One record in full, for the paper of whoever it is about; only a journalled command reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.queries.listed import BLOCKED, ROLL_MARK, entry, roll_line
from branch.visitors.records import ReceptionRow, VisitorRow
from branch.visitors.rules import SEPARATOR


@dataclass(frozen=True)
class OwnValue:
    """One value under its name. ``form``: "text", "code", "codes", "day" or "instant" (ms)."""

    name: str
    value: str | int
    form: str = "text"

    def __repr__(self) -> str:
        return f"OwnValue({self.name!r})"


@dataclass(frozen=True)
class OwnRecord:
    """A record in full; only what is there."""

    kind: str
    ref: int
    values: tuple[OwnValue, ...]


# Name, column, form, context of the seal.
_Field = tuple[str, Any, str, str]
_VISITOR: tuple[_Field, ...] = (
    ("day", VisitorRow.day, "day", ""),
    ("name", VisitorRow.name, "text", ""),
    ("unit", VisitorRow.unit, "text", ""),
    ("phone", VisitorRow.phone, "text", "visitor.phone"),
    ("document", VisitorRow.document, "code", ""),
    ("document_tail", VisitorRow.document_tail, "text", ""),
    ("host", VisitorRow.host, "staff", ""),
    ("purpose", VisitorRow.purpose, "code", ""),
    ("matter", VisitorRow.matter, "text", ""),
    ("area", VisitorRow.area, "code", ""),
    ("badge", VisitorRow.badge, "text", ""),
    ("plate", VisitorRow.plate, "text", "visitor.plate"),
    ("goods", VisitorRow.goods, "text", ""),
    ("guardian", VisitorRow.guardian, "text", "visitor.guardian"),
    ("expected_at", VisitorRow.expected_at, "instant", ""),
    ("came_at", VisitorRow.came_at, "instant", ""),
    ("left_at", VisitorRow.left_at, "instant", ""),
    ("told_at", VisitorRow.told_at, "instant", ""),
    ("consent_at", VisitorRow.consent_at, "instant", ""),
)
_RECEPTION: tuple[_Field, ...] = (
    ("day", ReceptionRow.day, "day", ""),
    ("surname", ReceptionRow.surname, "text", ""),
    ("title", ReceptionRow.title, "code", ""),
    ("phone", ReceptionRow.phone, "text", "reception.phone"),
    ("service", ReceptionRow.service, "service", ""),
    ("advice", ReceptionRow.advice, "codes", ""),
    ("note", ReceptionRow.note, "text", ""),
    ("feedback", ReceptionRow.feedback, "code", ""),
    ("feedback_text", ReceptionRow.feedback_text, "text", ""),
    ("follow_up", ReceptionRow.follow_up, "code", ""),
    ("follow_by", ReceptionRow.follow_by, "day", ""),
    ("told_at", ReceptionRow.told_at, "instant", ""),
    ("outcome", ReceptionRow.outcome, "code", ""),
)
_FIELDS = {"visitor": _VISITOR, "reception": _RECEPTION}


def _query(row: Any, fields: tuple[_Field, ...]) -> Prepared:
    return Prepared(lambda ref: row.select(*(part[1] for part in fields)).where(row.id == ref))


_READ = {"visitor": _query(VisitorRow, _VISITOR), "reception": _query(ReceptionRow, _RECEPTION)}


def own_record(store: Store, kind: str, ref: int) -> OwnRecord | None:
    """The record of a kind with everything in it that is not empty; None when it is gone, or of
    a room above."""
    if kind in (BLOCKED, ROLL_MARK):
        return _listed(store, kind, ref)
    if kind not in _READ:
        return None
    row = _READ[kind].one(store, ref=ref)
    if row is None:
        return None
    return OwnRecord(
        kind,
        ref,
        tuple(
            value
            for part, stored in zip(_FIELDS[kind], row, strict=True)
            if stored not in ("", None) and (value := _value(store, part, stored)) is not None
        ),
    )


def _listed(store: Store, kind: str, ref: int) -> OwnRecord | None:
    row = entry(store, ref) if kind == BLOCKED else roll_line(store, ref)
    if row is None:
        return None
    values: tuple[OwnValue, ...]
    if kind == BLOCKED:
        name, aliases, reason, text, until, proposed_at = row[:6]
        other_names = aliases.replace(SEPARATOR, " ")
        values = (
            OwnValue("name", name),
            OwnValue("other_names", other_names),
            OwnValue("block_reason", reason, "code"),
            OwnValue("block_text", text),
            OwnValue("noted_at", proposed_at, "instant"),
            OwnValue("block_until", until, "day"),
        )
    else:
        name, place, state, at, began, _ended = row
        values = (
            OwnValue("name", name),
            OwnValue("roll_at", began, "instant"),
            OwnValue("roll_place", place),
            OwnValue("roll_state", state, "code"),
            OwnValue("marked_at", at or 0, "instant"),
        )
    return OwnRecord(kind, ref, tuple(value for value in values if value.value))


def _value(store: Store, part: _Field, stored: Any) -> OwnValue | None:
    name, _column, form, context = part
    if context:
        return OwnValue(name, store.sealer.open(stored, context))
    if form == "staff":
        host = next((m.name for m in staff_members(store) if m.id == stored), "")
        return OwnValue(name, host) if host else None
    if name in ("feedback", "title") and stored == "none":
        return None
    return OwnValue(name, stored, form)
