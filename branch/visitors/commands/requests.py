"""Requests about one's own data: taken down, identity checked, records linked, carried out.

PIPL Art. 44 to 50. What is erased is erased in the same transaction that answers the request.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.identity import compact
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name
from branch.visitors.asked import asked, checked_phone, open_asked, touch
from branch.visitors.commands.holds import require_there
from branch.visitors.commands.request_changes import erase, withdraw
from branch.visitors.own_data import OwnRecord, own_record
from branch.visitors.queries.requests import PHONE, items_of, was_corrected
from branch.visitors.records import RequestItemRow, RequestRow
from branch.visitors.requests import (
    LINKED,
    SHOWS,
    RequestKind,
    RequestState,
    checked_kind,
    due_on,
    number_of,
    require_identity,
    require_ready,
    require_refusal,
)
from branch.visitors.retention import checked_words


@dataclass(frozen=True)
class OpenRequest:
    """Take a request down: ``kind`` as in ``RequestKind``, who asks, what he wishes in words."""

    kind: str
    name: str = field(repr=False)
    phone: str = field(default="", repr=False)
    wish: str = field(default="", repr=False)


@dataclass(frozen=True)
class Opened:
    """A request taken down, with its number and the last day (ISO) to answer in time."""

    id: int
    number: str
    due_on: str


@dataclass(frozen=True)
class ConfirmIdentity:
    """The actor has seen the document of whoever asks."""

    request: int


@dataclass(frozen=True)
class LinkRecord:
    """A record (``kind`` as in ``LINKED``) is about whoever asks, or after all is not."""

    request: int
    kind: str
    ref: int
    linked: bool = True


@dataclass(frozen=True)
class ShowOwnData:
    """Give the linked records in full, for the paper handed to whoever asked."""

    request: int


@dataclass(frozen=True)
class CarryOutRequest:
    """Do what was asked and answer; ``answer`` are words of one's own for the paper."""

    request: int
    answer: str = field(default="", repr=False)


@dataclass(frozen=True)
class RefuseRequest:
    """Answer that it is not done, for a reason in code and words."""

    request: int
    reason: str
    answer: str = field(default="", repr=False)


# A list has its own name in the journal, whose entries stand there by number.
_TOPIC = {"blocked": "block"}

_NEWEST = Prepared(
    lambda first, last: (
        RequestRow.select(RequestRow.number)
        .where(RequestRow.number >= first, RequestRow.number <= last)
        .order_by(RequestRow.number.desc())
        .limit(1)
    )
)
_INSERT = Prepared(
    lambda number, kind, name, phone, mark, wish, now, staff, due, rev: RequestRow.insert(
        {
            RequestRow.number: number,
            RequestRow.kind: kind,
            RequestRow.name: name,
            RequestRow.phone: phone,
            RequestRow.phone_mark: mark,
            RequestRow.wish: wish,
            RequestRow.came_at: now,
            RequestRow.came_by: staff,
            RequestRow.due_on: due,
            RequestRow.state: RequestState.OPEN,
            RequestRow.reason: "",
            RequestRow.answer: "",
            RequestRow.rev: rev,
        }
    ).returning(RequestRow.id)
)
_CHECKED = Prepared(
    lambda request, staff, rev: RequestRow.update(
        {RequestRow.checked_by: staff, RequestRow.rev: rev}
    ).where(RequestRow.id == request)
)
_END = Prepared(
    lambda request, state, reason, answer, now, staff, rev: RequestRow.update(
        {
            RequestRow.state: state,
            RequestRow.reason: reason,
            RequestRow.answer: answer,
            RequestRow.ended_at: now,
            RequestRow.ended_by: staff,
            RequestRow.rev: rev,
        }
    ).where(RequestRow.id == request)
)
_LINK = Prepared(
    lambda request, kind, ref: RequestItemRow.insert(
        {
            RequestItemRow.request: request,
            RequestItemRow.kind: kind,
            RequestItemRow.ref: ref,
        }
    )
)
_UNLINK = Prepared(
    lambda request, kind, ref: delete(RequestItemRow).where(
        RequestItemRow.request == request,
        RequestItemRow.kind == kind,
        RequestItemRow.ref == ref,
    )
)


def open_request(work: Work, command: OpenRequest) -> Opened:
    """Take it down; raises BadInput for an unknown kind, no name, no words for a correction."""
    kind = checked_kind(command.kind)
    name = checked_name(command.name, "name")
    phone = checked_phone(command.phone)
    wish = checked_words(command.wish, "wish")
    if kind == RequestKind.CORRECT and not wish:
        raise BadInput("request_wish_needed", field="wish")
    today = local_date(work.now, work.zone)
    due = due_on(today).isoformat()
    newest = _NEWEST.one(
        work.store, first=number_of(today.year, 0), last=number_of(today.year, 9999)
    )
    number = number_of(today.year, int(newest[0][-4:]) + 1 if newest else 1)
    sealer = work.store.sealer
    row = _INSERT.one(
        work.store,
        number=number,
        kind=kind,
        name=name,
        phone=sealer.seal(phone, PHONE),
        mark=sealer.mark(compact(phone), PHONE),
        wish=wish,
        now=work.now,
        staff=work.actor.staff,
        due=due,
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("request.opened", row[0], kind=kind, due=due)
    return Opened(row[0], number, due)


def confirm_identity(work: Work, command: ConfirmIdentity) -> None:
    """Note who looked at the document."""
    open_asked(work, command.request)
    _CHECKED.run(work.store, request=command.request, staff=work.actor.staff, rev=work.revision)
    work.record("request.identity_checked", command.request)


def link_record(work: Work, command: LinkRecord) -> None:
    """Link a record, or take it off; raises Stale when it is so already."""
    open_asked(work, command.request)
    item = (command.kind, command.ref)
    if command.kind not in LINKED:
        raise NotFound("record_unknown")
    if command.linked:
        require_there(work, command.kind, command.ref)
    known = item in items_of(work.store, command.request)
    if known == command.linked:
        raise Stale("request_record_linked" if known else "request_record_unlinked")
    query = _LINK if command.linked else _UNLINK
    query.run(work.store, request=command.request, kind=command.kind, ref=command.ref)
    touch(work, command.request)
    what = "request.linked" if command.linked else "request.unlinked"
    work.record(what, command.request, kind=command.kind, ref=command.ref)


def show_own_data(work: Work, command: ShowOwnData) -> tuple[OwnRecord, ...]:
    """The linked records in full, each journalled as a full view (PIPL Art. 45).

    Raises RuleBroken for a request that asks for something else, or before the identity was
    checked; NotFound when it does not exist. A paper may be printed again after the answer.
    """
    kind, state, checked_by = asked(work, command.request)
    if kind not in SHOWS or state == RequestState.REFUSED:
        raise RuleBroken("request_kind_other")
    require_identity(checked_by)
    records = []
    for item, ref in items_of(work.store, command.request):
        record = own_record(work.store, item, ref)
        if record is not None:
            work.record(
                f"{_TOPIC.get(item, item)}.revealed",
                ref,
                field="all",
                reason="rights_request",
                request=command.request,
            )
            records.append(record)
    work.record("request.shown", command.request, records=len(records))
    return tuple(records)


def carry_out_request(work: Work, command: CarryOutRequest) -> None:
    """Do it and end the request; raises RuleBroken where a law, or somebody inside, forbids it."""
    kind, _state, checked_by = open_asked(work, command.request)
    answer = checked_words(command.answer, "answer")
    items = items_of(work.store, command.request)
    require_ready(kind, checked_by, len(items), was_corrected(work.store, command.request))
    if kind == RequestKind.DELETE:
        erase(work, command.request, items)
    elif kind == RequestKind.WITHDRAW:
        withdraw(work, command.request, items)
    _end(work, command.request, RequestState.DONE, "", answer)


def refuse_request(work: Work, command: RefuseRequest) -> None:
    """End it with a reason; raises BadInput without words (PIPL Art. 50)."""
    open_asked(work, command.request)
    answer = checked_words(command.answer, "answer")
    require_refusal(command.reason, answer)
    _end(work, command.request, RequestState.REFUSED, command.reason, answer)


def _end(work: Work, request: int, state: RequestState, reason: str, answer: str) -> None:
    _END.run(
        work.store,
        request=request,
        state=state,
        reason=reason,
        answer=answer,
        now=work.now,
        staff=work.actor.staff,
        rev=work.revision,
    )
    work.record(f"request.{state}", request, reason=reason)


HANDLERS: dict[type, Handler] = {
    OpenRequest: Handler(open_request),
    ConfirmIdentity: Handler(confirm_identity),
    LinkRecord: Handler(link_record),
    ShowOwnData: Handler(show_own_data),
    CarryOutRequest: Handler(carry_out_request),
    RefuseRequest: Handler(refuse_request),
}
