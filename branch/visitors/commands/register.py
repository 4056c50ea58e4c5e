"""Visitors of the office area: expected, coming in, held, approved, going out.

治安保卫条例 Art. 11(2) (papers checked, goods and vehicles registered as needed), handbook 001
§7.1.1. Of a document only its kind and last characters are kept, and a keyed hash of its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.kernel.identity import compact
from branch.kernel.masking import TAIL, document_tail
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members
from branch.people.rules import checked_name
from branch.visitors import badges
from branch.visitors.blocking import blocked_entry
from branch.visitors.details import Details, checked_details
from branch.visitors.queries.notices import current_notice
from branch.visitors.records import RollCallRow, VisitorRow
from branch.visitors.rules import (
    DOCUMENTS,
    TAKE_BACK_MS,
    State,
    checked_text,
    require,
    require_guardian,
    require_known,
    require_notice,
)
from branch.visitors.visitor import Visitor, change, found, insert

_FURTHEST_MS = 92 * 24 * 3_600_000
_LONGEST_SIGNATURE = 20_000


@dataclass(frozen=True)
class Expect:
    """Announce a visitor for a time to come (milliseconds); returns his id."""

    details: Details
    expected_at: int


@dataclass(frozen=True)
class CancelExpected:
    """The announced visitor will not come."""

    visitor: int


@dataclass(frozen=True)
class SignInVisitor:
    """Let a visitor in. ``expected`` is his id when he was announced: an empty name, telephone or
    plate in ``details`` is then as announced.

    ``number`` is the document's number as shown, which is not kept, or only its last characters
    (four at most), by which nobody is known again. ``checked`` says that somebody
    looked at the document. ``told`` and ``notice``: the version of the notice that was shown.
    ``signature`` is a path of points as text.
    """

    details: Details
    told: bool
    notice: int
    expected: int | None = None
    document: str = ""
    number: str = ""
    checked: bool = False
    goods: str = ""
    is_minor: bool = False
    guardian: str = ""
    consented: bool = False
    signature: str = ""

    def __repr__(self) -> str:
        return f"SignInVisitor(expected={self.expected})"


@dataclass(frozen=True)
class SignedInVisitor:
    """A visitor noted: inside with a badge, or held without one until somebody approves."""

    id: int
    state: str
    badge: str


@dataclass(frozen=True)
class ApproveVisitor:
    """Let a held visitor in all the same; returns his badge."""

    visitor: int


@dataclass(frozen=True)
class RefuseVisitor:
    """Send a held visitor away."""

    visitor: int


@dataclass(frozen=True)
class CorrectVisitor:
    """Put right what was typed; an empty name, telephone or plate stays as it is kept."""

    visitor: int
    details: Details


@dataclass(frozen=True)
class AnswerVisit:
    """The host has seen that his visitor is here."""

    visitor: int


@dataclass(frozen=True)
class SignOutVisitor:
    """A visitor has left; without his badge it counts as lost."""

    visitor: int
    badge_returned: bool = True


@dataclass(frozen=True)
class TakeBackSignOut:
    """The visitor has not left after all (within three minutes)."""

    visitor: int


_INSIDE_ALIKE = Prepared(
    lambda mark: VisitorRow.select(VisitorRow.id).where(
        VisitorRow.state.in_((State.INSIDE, State.HELD)),
        VisitorRow.document_mark == mark,
    )
)
_ROLL_CALL = Prepared(
    lambda: RollCallRow.select(RollCallRow.id).where(RollCallRow.ended_at >> None)
)


def expect(work: Work, command: Expect) -> int:
    """Announce; raises BadInput for a time gone by or beyond three months."""
    if command.expected_at < work.now - 3_600_000:
        raise BadInput("expected_past", field="expected_at")
    if command.expected_at > work.now + _FURTHEST_MS:
        raise BadInput("expected_far", field="expected_at")
    values = _values(work, command.details)
    visitor = insert(
        work,
        **values,
        day=local_date(command.expected_at, work.zone).isoformat(),
        state=State.EXPECTED,
        expected_at=command.expected_at,
    )
    work.record("visitor.expected", visitor, at=command.expected_at, host=command.details.host)
    return visitor


def cancel_expected(work: Work, command: CancelExpected) -> None:
    """Take an announcement back; raises Stale when he has come meanwhile."""
    visitor = found(work, command.visitor)
    require("cancel", visitor.state)
    change(work, visitor, state=State.CANCELLED)
    work.record("visitor.cancelled", visitor.id)


def sign_in_visitor(work: Work, command: SignInVisitor) -> SignedInVisitor:
    """Note a visitor and hand out a badge, or hold him when the block list names him.

    Raises RuleBroken without the notice (PIPL Art. 17), during a roll call, when he is inside
    already or no badge is left; BadInput for what is missing.
    """
    require_notice(command.told)
    if _ROLL_CALL.one(work.store) is not None:
        raise RuleBroken("roll_call_open")
    announced = None if command.expected is None else _announced(work, command.expected)
    values = _values(work, command.details, known=announced is not None)
    guardian = checked_name(command.guardian, "guardian") if command.guardian.strip() else ""
    require_guardian(command.is_minor, guardian, command.consented)
    values |= _document(work, command)
    values |= {
        "goods": checked_text(command.goods, "goods"),
        "guardian": work.store.sealer.seal(guardian, "visitor.guardian"),
        "signature": work.store.sealer.seal(_signature(command), "visitor.signature"),
        "notice": _told_notice(work, command.notice),
        "told_at": work.now,
        "consent_at": work.now if command.consented else None,
        "day": local_date(work.now, work.zone).isoformat(),
    }
    name = values["name"] if announced is None else values.get("name", announced.name)
    entry = blocked_entry(work.store, name, values["document_mark"], work.now, work.zone)
    if entry is not None:
        values |= {"state": State.HELD, "blocked": entry, "came_at": None}
    else:
        values |= {"state": State.INSIDE, "blocked": None, "came_at": work.now}
    visitor = _written(work, announced, values)
    if entry is not None:
        work.record("visitor.held", visitor, entry=entry)
        return SignedInVisitor(visitor, State.HELD, "")
    badge = _with_badge(work, visitor)
    work.record("visitor.came", visitor, host=command.details.host, badge=badge)
    return SignedInVisitor(visitor, State.INSIDE, badge)


def approve_visitor(work: Work, command: ApproveVisitor) -> str:
    """Let a held visitor in; raises NotPermitted to the one who noted him, RuleBroken without
    a badge."""
    visitor = found(work, command.visitor)
    require("approve", visitor.state)
    if visitor.made_by == work.actor.staff:
        raise NotPermitted("second_person_needed")
    change(work, visitor, state=State.INSIDE, came_at=work.now)
    badge = _with_badge(work, visitor.id)
    work.record("visitor.approved", visitor.id)
    work.record("visitor.came", visitor.id, host=visitor.host, badge=badge)
    return badge


def refuse_visitor(work: Work, command: RefuseVisitor) -> None:
    """Send a held visitor away."""
    visitor = found(work, command.visitor)
    require("refuse", visitor.state)
    change(work, visitor, state=State.REFUSED)
    work.record("visitor.refused", visitor.id)


def correct_visitor(work: Work, command: CorrectVisitor) -> None:
    """Put right what was typed; raises Stale when he has left."""
    visitor = found(work, command.visitor)
    require("correct", visitor.state)
    change(work, visitor, **_values(work, command.details, known=True))
    work.record("visitor.corrected", visitor.id, host=command.details.host)


def answer_visit(work: Work, command: AnswerVisit) -> None:
    """Note that the host knows; raises NotPermitted to anybody else."""
    visitor = found(work, command.visitor)
    require("answer", visitor.state)
    if visitor.host != work.actor.staff:
        raise NotPermitted("not_the_host")
    change(work, visitor, answered_at=work.now)
    work.record("visitor.answered", visitor.id)


def sign_out_visitor(work: Work, command: SignOutVisitor) -> None:
    """Note that a visitor has left."""
    visitor = found(work, command.visitor)
    require("leave", visitor.state)
    leave(work, visitor, "guard", command.badge_returned)


def take_back_sign_out(work: Work, command: TakeBackSignOut) -> None:
    """He is inside again with his badge; raises RuleBroken after three minutes or when the
    badge went to somebody else."""
    visitor = found(work, command.visitor)
    require("come_back", visitor.state)
    if visitor.left_at is None or work.now - visitor.left_at > TAKE_BACK_MS:
        raise RuleBroken("take_back_late")
    if badges.state_of(work.store, visitor.badge) == badges.ISSUED:
        raise Stale("badge_in_use")
    badges.set_state(work, visitor.badge, badges.ISSUED, visitor.id)
    change(work, visitor, state=State.INSIDE, left_at=None, left_by="")
    work.record("visitor.sign_out_undone", visitor.id)


def _values(work: Work, details: Details, *, known: bool = False) -> dict[str, Any]:
    values = checked_details(work, details, known=known)
    if details.host is not None:
        hosts = {member.id for member in staff_members(work.store) if member.active}
        if details.host not in hosts:
            raise BadInput("host_unknown", field="host")
    return values


def _document(work: Work, command: SignInVisitor) -> dict[str, Any]:
    if not command.document:
        if compact(command.number):
            raise BadInput("document_kind_needed", field="document")
        return {"document": "", "document_tail": "", "document_mark": "", "checked_by": None}
    require_known(command.document, DOCUMENTS, "document")
    number = compact(command.number)
    # Whoever is shown a document need not type more of it than is kept; so little tells nobody
    # from another.
    is_tail = len(number) <= TAIL
    mark = "" if is_tail else work.store.sealer.mark(number, "visitor.document")
    if mark and any(row[0] != command.expected for row in _INSIDE_ALIKE.all(work.store, mark=mark)):
        raise RuleBroken("visitor_inside")
    return {
        "document": command.document,
        "document_tail": number if is_tail else document_tail(number),
        "document_mark": mark,
        "checked_by": work.actor.staff if command.checked else None,
    }


def _told_notice(work: Work, version: int) -> int:
    # Changed while the form was being filled in: he was told another text.
    if version != current_notice(work.store, "register").version:
        raise Stale("notice_changed")
    return version


def _signature(command: SignInVisitor) -> str:
    if len(command.signature) > _LONGEST_SIGNATURE:
        raise BadInput("signature_long", field="signature")
    return command.signature


def _announced(work: Work, expected: int) -> Visitor:
    visitor = found(work, expected)
    require("come", visitor.state)
    return visitor


def _written(work: Work, announced: Visitor | None, values: dict[str, Any]) -> int:
    if announced is None:
        return insert(work, **values)
    change(work, announced, **values)
    return announced.id


def _with_badge(work: Work, visitor: int) -> str:
    badge = badges.issue(work, visitor)
    change(work, found(work, visitor), badge=badge)
    return badge


def leave(work: Work, visitor: Visitor, by: str, badge_returned: bool) -> None:
    """Note that a visitor has left, and what became of his badge; within another command."""
    change(work, visitor, state=State.LEFT, left_at=work.now, left_by=by)
    work.record("visitor.left", visitor.id, by=by)
    if badge_returned:
        badges.set_state(work, visitor.badge, badges.FREE)
    else:
        badges.set_state(work, visitor.badge, badges.LOST, visitor.id)
        work.record("badge.lost", visitor.badge)


HANDLERS: dict[type, Handler] = {
    Expect: Handler(expect),
    CancelExpected: Handler(cancel_expected),
    SignInVisitor: Handler(sign_in_visitor),
    ApproveVisitor: Handler(approve_visitor),
    RefuseVisitor: Handler(refuse_visitor),
    CorrectVisitor: Handler(correct_visitor),
    AnswerVisit: Handler(answer_visit),
    SignOutVisitor: Handler(sign_out_visitor),
    TakeBackSignOut: Handler(take_back_sign_out),
}
