"""What a request about one's own data changes: corrected, erased, or stripped of its telephone.

Only linked records of an open request, and none on legal hold (PIPL Art. 15, 46, 47).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from peewee import Value

from branch.kernel.clock import from_ms
from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.identity import compact
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name
from branch.visitors.asked import checked_phone, open_asked, touch
from branch.visitors.commands.retention import add_to_counts
from branch.visitors.queries.listed import (
    BLOCKED,
    ROLL_MARK,
    entry,
    entry_in_force,
    roll_line,
)
from branch.visitors.queries.requests import items_of
from branch.visitors.queries.retention import is_on_hold
from branch.visitors.records import BlockedRow, ReceptionRow, RollMarkRow, VisitorRow
from branch.visitors.requests import RequestKind, require_identity
from branch.visitors.rules import State
from branch.visitors.visitor import change, found

Items = tuple[tuple[str, int], ...]
# Lists kept for the safety of people, not by anybody's consent.
LISTED = (BLOCKED, ROLL_MARK)


@dataclass(frozen=True)
class CorrectRecord:
    """Correct a linked record; an empty field stays as it is. A reception knows no unit."""

    request: int
    kind: str
    ref: int
    name: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


_STATE = Prepared(lambda ref: VisitorRow.select(VisitorRow.state).where(VisitorRow.id == ref))
_ERASE = {
    "visitor": Prepared(
        lambda ref: (
            delete(VisitorRow)
            .where(VisitorRow.id == ref)
            .returning(VisitorRow.day, VisitorRow.purpose, VisitorRow.area)
        )
    ),
    "reception": Prepared(
        lambda ref: (
            delete(ReceptionRow)
            .where(ReceptionRow.id == ref)
            .returning(ReceptionRow.day, ReceptionRow.service, ReceptionRow.feedback)
        )
    ),
    BLOCKED: Prepared(
        lambda ref: (
            delete(BlockedRow)
            .where(BlockedRow.id == ref)
            .returning(BlockedRow.proposed_at, BlockedRow.reason, Value(""))
        )
    ),
    # By the day of the roll call, which is another row.
    ROLL_MARK: Prepared(
        lambda ref: (
            delete(RollMarkRow)
            .where(RollMarkRow.id == ref)
            .returning(RollMarkRow.roll_call, RollMarkRow.kind, RollMarkRow.state)
        )
    ),
}
_WITHDRAW = {
    "visitor": Prepared(
        lambda ref, rev: VisitorRow.update(
            {
                VisitorRow.phone: "",
                VisitorRow.phone_mark: "",
                VisitorRow.signature: "",
                VisitorRow.consent_at: None,
                VisitorRow.rev: rev,
            }
        ).where(VisitorRow.id == ref)
    ),
    "reception": Prepared(
        lambda ref, rev: ReceptionRow.update(
            {
                ReceptionRow.follow_up: "",
                ReceptionRow.follow_by: "",
                ReceptionRow.surname: "",
                ReceptionRow.title: "",
                ReceptionRow.phone: "",
                ReceptionRow.phone_mark: "",
                ReceptionRow.rev: rev,
            }
        ).where(ReceptionRow.id == ref)
    ),
}
_CORRECT_RECEPTION = Prepared(
    lambda ref, surname, phone, mark, rev: ReceptionRow.update(
        {
            ReceptionRow.surname: surname,
            ReceptionRow.phone: phone,
            ReceptionRow.phone_mark: mark,
            ReceptionRow.rev: rev,
        }
    ).where(ReceptionRow.id == ref)
)
_RECEPTION_CONTACT = Prepared(
    lambda ref: ReceptionRow.select(
        ReceptionRow.surname, ReceptionRow.phone, ReceptionRow.phone_mark
    ).where(ReceptionRow.id == ref)
)


def correct_record(work: Work, command: CorrectRecord) -> None:
    """Correct what is wrong (PIPL Art. 46); only for a request for it, and a linked record."""
    kind, _state, checked_by = open_asked(work, command.request)
    if kind != RequestKind.CORRECT:
        raise RuleBroken("request_kind_other")
    require_identity(checked_by)
    if (command.kind, command.ref) not in items_of(work.store, command.request):
        raise NotFound("request_record_unlinked")
    if command.kind in LISTED:
        raise RuleBroken("correct_at_list")
    if command.kind not in _WITHDRAW:
        raise RuleBroken("correct_at_desk")
    refuse_held(work, command.kind, command.ref)
    typed = {
        "name": checked_name(command.name, "name") if command.name.strip() else "",
        "unit": checked_name(command.unit, "unit") if command.unit.strip() else "",
        "phone": checked_phone(command.phone),
    }
    fields = [key for key, value in typed.items() if value]
    if not fields:
        raise BadInput("field_empty", field="name")
    if command.kind == "visitor":
        _correct_visitor(work, command.ref, typed)
    else:
        _correct_reception(work, command.ref, typed)
    touch(work, command.request)
    work.record(
        "request.corrected", command.request, kind=command.kind, ref=command.ref, fields=fields
    )


def _correct_visitor(work: Work, ref: int, typed: dict[str, str]) -> None:
    values: dict[str, Any] = {key: typed[key] for key in ("name", "unit") if typed[key]}
    if typed["phone"]:
        phone = compact(typed["phone"])
        values["phone"] = work.store.sealer.seal(phone, "visitor.phone")
        values["phone_mark"] = work.store.sealer.mark(phone, "visitor.phone")
    change(work, found(work, ref), **values)


def _correct_reception(work: Work, ref: int, typed: dict[str, str]) -> None:
    row = _RECEPTION_CONTACT.one(work.store, ref=ref)
    if row is None:
        raise NotFound("record_unknown")
    surname, phone, mark = row
    if typed["phone"]:
        number = compact(typed["phone"])
        phone = work.store.sealer.seal(number, "reception.phone")
        mark = work.store.sealer.mark(number, "reception.phone")
    _CORRECT_RECEPTION.run(
        work.store,
        ref=ref,
        surname=typed["name"] or surname,
        phone=phone,
        mark=mark,
        rev=work.revision,
    )


def erase(work: Work, request: int, items: Items) -> None:
    """Delete the records for good, and leave a count (PIPL Art. 47(1)(3), 73)."""
    for kind, ref in items:
        refuse_held(work, kind, ref)
        if kind not in _ERASE:
            raise RuleBroken("erase_law_keeps")
        if kind == "visitor":
            state = _STATE.one(work.store, ref=ref)
            if state is not None and state[0] == State.INSIDE:
                raise RuleBroken("erase_inside")
        _refuse_in_use(work, kind, ref)
    for kind, ref in items:
        line = roll_line(work.store, ref) if kind == ROLL_MARK else None
        for when, first, second in _ERASE[kind].all(work.store, ref=ref):
            month = _month(work, line[4] if line else when)
            add_to_counts(work, kind, Counter({(month, first, second): 1}))
        work.record("request.erased", request, kind=kind, ref=ref)


def _refuse_in_use(work: Work, kind: str, ref: int) -> None:
    """An entry in force and an open roll call keep people safe (PIPL Art. 13(1)(4))."""
    if kind == BLOCKED:
        row = entry(work.store, ref)
        if row is not None and entry_in_force(row, work.now, work.zone):
            raise RuleBroken("erase_in_force")
    elif kind == ROLL_MARK:
        row = roll_line(work.store, ref)
        if row is not None and row[5] is None:
            raise RuleBroken("erase_roll_open")


def _month(work: Work, when: str | int) -> str:
    return when[:7] if isinstance(when, str) else f"{from_ms(when, work.zone):%Y-%m}"


def withdraw(work: Work, request: int, items: Items) -> None:
    """Stop what was agreed to: no more follow-up, no telephone, no signature (PIPL Art. 15)."""
    for kind, ref in items:
        refuse_held(work, kind, ref)
        if kind in LISTED:
            raise RuleBroken("withdraw_safety")
        if kind not in _WITHDRAW:
            raise RuleBroken("withdraw_no_consent")
        _WITHDRAW[kind].run(work.store, ref=ref, rev=work.revision)
        work.record("request.withdrawn", request, kind=kind, ref=ref)


def refuse_held(work: Work, kind: str, ref: int) -> None:
    """Raise RuleBroken for a record on legal hold."""
    if is_on_hold(work.store, kind, ref):
        raise RuleBroken("erase_on_hold")


HANDLERS: dict[type, Handler] = {CorrectRecord: Handler(correct_record)}
