"""Reception records: noted, corrected or taken back by their writer within the day, followed up.

Run by the command runner only. What is kept of a person is his surname, title and telephone, and
only where he wants to be called back (handbook 001 section 4.3.1, PIPL Art. 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branch.catalogue.queries import routing
from branch.kernel.clock import local_date
from branch.kernel.errors import NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.lobby.queries.numbers import ticket_numbers
from branch.visitors.queries.notices import current_notice
from branch.visitors.reception import (
    OUTCOMES,
    Contact,
    checked_advice,
    checked_contact,
    checked_feedback,
    require_follow_up,
    require_open_follow_up,
    require_own_and_today,
    require_reason_for_contact,
    require_told,
)
from branch.visitors.records import HoldRow, ReceptionRow
from branch.visitors.rules import checked_text, require_known

PHONE = "reception.phone"


@dataclass(frozen=True)
class RecordReception:
    """Note what a customer needed, what was advised, what he said, and whom to call back.

    ``service`` is empty for a need that is no service; ``follow_by`` an ISO day. Surname, title
    and phone go with a follow-up only, and with the ``notice`` version read out at ``told_at``
    (milliseconds). Returns the record's id.
    """

    ticket: int | None
    service: str
    advice: frozenset[str] = frozenset()
    note: str = field(default="", repr=False)
    feedback: str = "none"
    feedback_text: str = field(default="", repr=False)
    follow_up: str = ""
    follow_by: str = ""
    surname: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    notice: int | None = None
    told_at: int | None = None


@dataclass(frozen=True)
class ChangeReception:
    """Correct a record of one's own within its day; ``rev`` is what the screen showed.

    With ``keep_contact`` surname, title, phone and what was told stay as they are.
    """

    reception: int
    rev: int
    service: str
    advice: frozenset[str] = frozenset()
    note: str = field(default="", repr=False)
    feedback: str = "none"
    feedback_text: str = field(default="", repr=False)
    follow_up: str = ""
    follow_by: str = ""
    keep_contact: bool = True
    surname: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    notice: int | None = None
    told_at: int | None = None


@dataclass(frozen=True)
class WithdrawReception:
    """Take a record of one's own back within its day: nothing of it is kept."""

    reception: int


@dataclass(frozen=True)
class FinishFollowUp:
    """A customer was called back, or came, or need not be: a code of ``OUTCOMES``."""

    reception: int
    outcome: str


@dataclass(frozen=True)
class _Told:
    """A contact as it is kept, and when which version of the notice was read out."""

    contact: Contact
    notice: int | None
    told_at: int | None


_TEXTS = (
    ReceptionRow.service,
    ReceptionRow.advice,
    ReceptionRow.note,
    ReceptionRow.feedback,
    ReceptionRow.feedback_text,
    ReceptionRow.follow_up,
    ReceptionRow.follow_by,
)
_INSERT = Prepared(
    lambda day, ticket, service, advice, note, feedback, feedback_text, follow_up, follow_by,
    surname, title, phone, phone_mark, notice, told_at, now, staff, rev: (
        ReceptionRow.insert(
            {
                ReceptionRow.day: day,
                ReceptionRow.ticket: ticket,
                ReceptionRow.service: service,
                ReceptionRow.advice: advice,
                ReceptionRow.note: note,
                ReceptionRow.feedback: feedback,
                ReceptionRow.feedback_text: feedback_text,
                ReceptionRow.follow_up: follow_up,
                ReceptionRow.follow_by: follow_by,
                ReceptionRow.surname: surname,
                ReceptionRow.title: title,
                ReceptionRow.phone: phone,
                ReceptionRow.phone_mark: phone_mark,
                ReceptionRow.notice: notice,
                ReceptionRow.told_at: told_at,
                ReceptionRow.at: now,
                ReceptionRow.staff: staff,
                ReceptionRow.outcome: "",
                ReceptionRow.rev: rev,
            }
        ).returning(ReceptionRow.id)
    )
)  # fmt: skip
_STANDING = Prepared(
    lambda reception: ReceptionRow.select(
        ReceptionRow.day,
        ReceptionRow.staff,
        ReceptionRow.follow_up,
        ReceptionRow.done_at,
        ReceptionRow.rev,
        ReceptionRow.surname,
        ReceptionRow.title,
        ReceptionRow.phone,
        ReceptionRow.notice,
        ReceptionRow.told_at,
    ).where(ReceptionRow.id == reception)
)
_CHANGE = Prepared(
    lambda reception, service, advice, note, feedback, feedback_text, follow_up, follow_by, rev: (
        ReceptionRow.update(
            {
                ReceptionRow.service: service,
                ReceptionRow.advice: advice,
                ReceptionRow.note: note,
                ReceptionRow.feedback: feedback,
                ReceptionRow.feedback_text: feedback_text,
                ReceptionRow.follow_up: follow_up,
                ReceptionRow.follow_by: follow_by,
                ReceptionRow.rev: rev,
            }
        ).where(ReceptionRow.id == reception)
    )
)
_CONTACT = Prepared(
    lambda reception, surname, title, phone, phone_mark, notice, told_at: ReceptionRow.update(
        {
            ReceptionRow.surname: surname,
            ReceptionRow.title: title,
            ReceptionRow.phone: phone,
            ReceptionRow.phone_mark: phone_mark,
            ReceptionRow.notice: notice,
            ReceptionRow.told_at: told_at,
        }
    ).where(ReceptionRow.id == reception)
)
_WITHDRAW = Prepared(lambda reception: delete(ReceptionRow).where(ReceptionRow.id == reception))
_FINISH = Prepared(
    lambda reception, outcome, now, staff, rev: ReceptionRow.update(
        {
            ReceptionRow.outcome: outcome,
            ReceptionRow.done_at: now,
            ReceptionRow.done_by: staff,
            ReceptionRow.rev: rev,
        }
    ).where(ReceptionRow.id == reception)
)
_HELD = Prepared(
    lambda reception: HoldRow.select(HoldRow.id).where(
        HoldRow.kind == "reception", HoldRow.ref == reception, HoldRow.lifted_at.is_null()
    )
)


def record_reception(work: Work, command: RecordReception) -> int:
    """Note a talk; raises RuleBroken for a name or number nobody asked to be called by."""
    today = _today(work)
    if command.ticket is not None and not ticket_numbers(work.store, (command.ticket,)):
        raise NotFound("ticket_unknown")
    texts = _checked(work, command, today)
    told = _told(work, command, command.follow_up)
    row = _INSERT.one(
        work.store,
        day=today,
        ticket=command.ticket,
        **texts,
        **_kept(work, told),
        now=work.now,
        staff=work.actor.staff,
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("reception.recorded", row[0], ticket=command.ticket, **_facts(command, told))
    return int(row[0])


def change_reception(work: Work, command: ChangeReception) -> None:
    """Correct a record; raises Stale when it has changed since the screen read it."""
    today = _today(work)
    day, staff, _follow_up, done_at, rev, surname, title, phone, notice, told_at = _standing(
        work, command.reception
    )
    require_own_and_today(staff, day, work.actor.staff, today)
    if rev != command.rev:
        raise Stale("reception_changed")
    if done_at is not None:
        raise RuleBroken("follow_up_done")
    _require_no_hold(work, command.reception)
    texts = _checked(work, command, today)
    if not command.keep_contact:
        told = _told(work, command, command.follow_up)
        _CONTACT.run(work.store, reception=command.reception, **_kept(work, told))
    elif command.follow_up:
        told = _Told(Contact(surname, title, phone), notice, told_at)
    else:
        # Nobody waits to be called any more, so the number has no purpose left (PIPL Art. 47).
        told = _Told(Contact(), None, None)
        _CONTACT.run(work.store, reception=command.reception, **_kept(work, told))
    _CHANGE.run(work.store, reception=command.reception, **texts, rev=work.revision)
    work.record("reception.changed", command.reception, **_facts(command, told))


def withdraw_reception(work: Work, command: WithdrawReception) -> None:
    """Delete a record of one's own of today."""
    day, staff, _follow_up, done_at, *_rest = _standing(work, command.reception)
    require_own_and_today(staff, day, work.actor.staff, _today(work))
    if done_at is not None:
        raise RuleBroken("follow_up_done")
    _require_no_hold(work, command.reception)
    _WITHDRAW.run(work.store, reception=command.reception)
    work.record("reception.withdrawn", command.reception)


def finish_follow_up(work: Work, command: FinishFollowUp) -> None:
    """Keep how a follow-up ended; raises Stale when a colleague was quicker."""
    require_known(command.outcome, OUTCOMES, "outcome")
    _day, _staff, follow_up, done_at, *_rest = _standing(work, command.reception)
    require_open_follow_up(follow_up, done_at)
    _FINISH.run(
        work.store,
        reception=command.reception,
        outcome=command.outcome,
        now=work.now,
        staff=work.actor.staff,
        rev=work.revision,
    )
    work.record("reception.followed_up", command.reception, outcome=command.outcome)


def _today(work: Work) -> str:
    """The open business day, or the calendar's where none is open."""
    return work.day or local_date(work.now, work.zone).isoformat()


def _standing(work: Work, reception: int) -> tuple[Any, ...]:
    row = _STANDING.one(work.store, reception=reception)
    if row is None:
        raise NotFound("reception_unknown")
    return row


def _require_no_hold(work: Work, reception: int) -> None:
    if _HELD.one(work.store, reception=reception):
        raise RuleBroken("record_on_hold")


def _checked(work: Work, command: RecordReception | ChangeReception, today: str) -> dict[str, str]:
    """Everything of a record that is no contact, as it is kept."""
    if command.service and routing(work.store, command.service) is None:
        raise NotFound("service_unknown", service=command.service)
    require_follow_up(command.follow_up, command.follow_by, date.fromisoformat(today))
    return {
        "service": command.service,
        "advice": checked_advice(command.advice),
        "note": checked_text(command.note, "note"),
        "feedback": command.feedback,
        "feedback_text": checked_feedback(command.feedback, command.feedback_text),
        "follow_up": command.follow_up,
        "follow_by": command.follow_by,
    }


def _told(work: Work, command: RecordReception | ChangeReception, follow_up: str) -> _Told:
    """The contact given, after the notice; none leaves what was told away as well."""
    contact = checked_contact(Contact(command.surname, command.title, command.phone))
    given = contact.given()
    require_reason_for_contact(follow_up, given)
    if not given:
        return _Told(contact, None, None)
    newest = current_notice(work.store, "reception").version
    require_told(given, command.notice, newest, command.told_at, work.now)
    return _Told(contact, command.notice, command.told_at)


def _kept(work: Work, told: _Told) -> dict[str, Any]:
    """The columns of a contact: the telephone sealed, and its mark."""
    sealer, contact = work.store.sealer, told.contact
    return {
        "surname": contact.surname,
        "title": contact.title,
        "phone": sealer.seal(contact.phone, PHONE),
        "phone_mark": sealer.mark(contact.phone, PHONE),
        "notice": told.notice,
        "told_at": told.told_at,
    }


def _facts(command: RecordReception | ChangeReception, told: _Told) -> dict[str, Any]:
    """What the journal may know: codes, a version and a time."""
    return {
        "service": command.service,
        "advice": sorted(command.advice),
        "feedback": command.feedback,
        "follow_up": command.follow_up,
        "follow_by": command.follow_by,
        "notice": told.notice,
        "told_at": told.told_at,
    }


HANDLERS: dict[type, Handler] = {
    RecordReception: Handler(record_reception),
    ChangeReception: Handler(change_reception),
    WithdrawReception: Handler(withdraw_reception),
    FinishFollowUp: Handler(finish_follow_up),
}
