"""A counter works: call, recall, no-show, hold, resume, transfer, finish, undo."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from peewee import fn

from branch.catalogue.queries import counters, routing, services_of_counter
from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.errors import NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.kernel.setting import setting
from branch.lobby.commands.freezing import require_calling_free
from branch.lobby.counter_state import counter_state, require_calling, require_own
from branch.lobby.records import ReasonRow, TicketRow, UndoRow
from branch.lobby.rules import (
    CALL_REASONS,
    HOLD_REASONS,
    State,
    checked_reason_text,
    require,
    require_known,
)
from branch.lobby.ticket import (
    WAITING,
    Ticket,
    find_ticket,
    keep,
    remember,
    ticket_at,
    todays_ticket,
)


@dataclass(frozen=True)
class CallNext:
    """Call the next in line; a ticket still at the counter is finished first."""

    counter: int


@dataclass(frozen=True)
class CallTicket:
    """Call a given ticket by hand, for a reason that is kept."""

    ticket: int
    counter: int
    reason: str
    text: str = ""


@dataclass(frozen=True)
class Recall:
    """Call the ticket at the counter once more."""

    counter: int


@dataclass(frozen=True)
class NoShow:
    """The customer did not come after the calls that the branch has set."""

    counter: int


@dataclass(frozen=True)
class Hold:
    """Set the ticket at the counter aside, with a reason."""

    counter: int
    reason: str


@dataclass(frozen=True)
class Resume:
    """Put a held ticket back in line, its place unchanged."""

    ticket: int


@dataclass(frozen=True)
class Transfer:
    """Send the customer at the counter to another service, or to one counter, or both."""

    counter: int
    service: str = ""
    pin: int | None = None


@dataclass(frozen=True)
class Finish:
    """Service done; nobody is called."""

    counter: int


@dataclass(frozen=True)
class FinishAndCall:
    """Service done; call the next in line."""

    counter: int


@dataclass(frozen=True)
class Undo:
    """Take back the last step that the actor's station did with a ticket."""

    ticket: int


@dataclass(frozen=True)
class Called:
    """A ticket just called."""

    id: int
    number: str
    counter: int


# Next is one indexed read: the partial index on waiting tickets (order_key, seq) is walked in
# order until a ticket fits the counter.
_CALL = Prepared(
    lambda counter, now, rev: (
        TicketRow.update(
            {
                TicketRow.state: "called",
                TicketRow.counter: counter,
                TicketRow.called_at: now,
                TicketRow.first_called_at: fn.COALESCE(TicketRow.first_called_at, now),
                TicketRow.last_called_at: now,
                TicketRow.calls: 1,
                TicketRow.rev: rev,
            }
        )
        .where(
            TicketRow.id
            == TicketRow.select(TicketRow.id)
            .where(
                TicketRow.state == WAITING,
                TicketRow.pinned.is_null() | (TicketRow.pinned == counter),
                TicketRow.service.in_(services_of_counter(counter)),
            )
            .order_by(TicketRow.order_key, TicketRow.seq)
            .limit(1)
        )
        .returning(TicketRow.id, TicketRow.number, TicketRow.service)
    )
)
_REASON = Prepared(
    lambda revision, ticket, counter, text: ReasonRow.insert(
        {
            ReasonRow.revision: revision,
            ReasonRow.ticket: ticket,
            ReasonRow.counter: counter,
            ReasonRow.text: text,
        }
    )
)
_UNDO = Prepared(
    lambda ticket: UndoRow.select(
        UndoRow.station, UndoRow.step, UndoRow.counter, UndoRow.before, UndoRow.rev, UndoRow.until
    ).where(UndoRow.ticket == ticket)
)
_FORGET = Prepared(lambda ticket: delete(UndoRow).where(UndoRow.ticket == ticket))


def _served(work: Work, counter: int) -> Ticket:
    ticket = ticket_at(work.store, counter)
    if ticket is None:
        raise RuleBroken("counter_empty", counter=counter)
    return ticket


def _finish(work: Work, ticket: Ticket, counter: int) -> Ticket:
    after = keep(work, ticket, state=State.FINISHED, ended_at=work.now)
    work.record("ticket.finished", ticket.id, counter=counter)
    return after


def call_next(work: Work, command: CallNext | FinishAndCall) -> Called | None:
    """Call the smallest (order_key, seq) this counter can do; None when nobody fits."""
    require_calling(work, command.counter)
    require_calling_free(work)
    ticket = ticket_at(work.store, command.counter)
    if ticket is not None:
        _finish(work, ticket, command.counter)
    row = _CALL.one(work.store, counter=command.counter, now=work.now, rev=work.revision)
    if row is None:
        return None
    work.record("ticket.called", row[0], counter=command.counter, service=row[2])
    return Called(row[0], row[1], command.counter)


def finish_and_call(work: Work, command: FinishAndCall) -> Called | None:
    """Finish the ticket at the counter and call the next; raises RuleBroken when there is none."""
    require_calling(work, command.counter)
    _served(work, command.counter)
    return call_next(work, command)


def call_ticket(work: Work, command: CallTicket) -> Called:
    """Call a ticket out of turn to a free counter; the reason's text is kept apart."""
    require_known(command.reason, CALL_REASONS, "reason")
    text = checked_reason_text(command.reason, command.text)
    require_calling_free(work)
    state = counter_state(work.store, command.counter).state
    if state != "open":
        raise RuleBroken(f"counter_{state}", counter=command.counter)
    if ticket_at(work.store, command.counter) is not None:
        raise RuleBroken("counter_busy", counter=command.counter)
    ticket = todays_ticket(work, command.ticket)
    if ticket.state == State.CALLED:
        raise Stale("ticket_called", step="call")
    require("call", ticket.state)
    keep(
        work,
        ticket,
        state=State.CALLED,
        counter=command.counter,
        called_at=work.now,
        first_called_at=ticket.first_called_at or work.now,
        last_called_at=work.now,
        calls=1,
    )
    revision = work.record(
        "ticket.called",
        ticket.id,
        counter=command.counter,
        service=ticket.service,
        by_hand=command.reason,
    )
    if text:
        _REASON.run(
            work.store, revision=revision, ticket=ticket.id, counter=command.counter, text=text
        )
    return Called(ticket.id, ticket.number, command.counter)


def recall(work: Work, command: Recall) -> int:
    """Call again; returns the number of calls. Raises RuleBroken within the gap of seconds."""
    require_own(work, command.counter)
    require_calling_free(work)
    ticket = _served(work, command.counter)
    gap = setting(work.store, "recall_gap_s") * MS_PER_SECOND
    since = work.now - (ticket.last_called_at or 0)
    if since < gap:
        raise RuleBroken("recall_too_soon", seconds=-(-(gap - since) // MS_PER_SECOND))
    keep(work, ticket, calls=ticket.calls + 1, last_called_at=work.now)
    work.record("ticket.recalled", ticket.id, counter=command.counter, calls=ticket.calls + 1)
    return ticket.calls + 1


def no_show(work: Work, command: NoShow) -> None:
    """Mark as missed; raises RuleBroken before the set number of calls, and outside in a drill."""
    require_own(work, command.counter)
    require_calling_free(work)
    ticket = _served(work, command.counter)
    needed = setting(work.store, "calls_before_no_show")
    if ticket.calls < needed:
        raise RuleBroken("no_show_too_soon", calls=ticket.calls, needed=needed)
    after = keep(work, ticket, state=State.MISSED, ended_at=work.now)
    remember(work, "no_show", ticket, after, command.counter)
    work.record("ticket.missed", ticket.id, counter=command.counter)


def hold(work: Work, command: Hold) -> None:
    """Set aside; the place in line is kept."""
    require_known(command.reason, HOLD_REASONS, "reason")
    require_own(work, command.counter)
    ticket = _served(work, command.counter)
    after = keep(work, ticket, state=State.HELD, reason=command.reason)
    remember(work, "hold", ticket, after, command.counter)
    work.record("ticket.held", ticket.id, counter=command.counter, reason=command.reason)


def resume(work: Work, command: Resume) -> None:
    """Wait again with the key unchanged."""
    ticket = todays_ticket(work, command.ticket)
    require("resume", ticket.state)
    keep(
        work,
        ticket,
        state=State.WAITING,
        counter=None,
        called_at=None,
        last_called_at=None,
        calls=0,
        reason="",
    )
    work.record("ticket.resumed", ticket.id)


def transfer(work: Work, command: Transfer) -> None:
    """Wait again for another service or at one counter, with the key unchanged."""
    require_own(work, command.counter)
    ticket = _served(work, command.counter)
    service = command.service or ticket.service
    leads = routing(work.store, service)
    if leads is None or not leads.active:
        raise NotFound("service_unknown", service=service)
    if command.pin is None and service == ticket.service:
        raise RuleBroken("transfer_nowhere")
    if command.pin == command.counter:
        raise RuleBroken("transfer_to_itself")
    if command.pin is not None:
        target = next((c for c in counters(work.store) if c.number == command.pin), None)
        if target is None:
            raise NotFound("counter_unknown", counter=command.pin)
        if service not in target.services:
            raise RuleBroken("counter_lacks_service", counter=command.pin)
    after = keep(
        work,
        ticket,
        state=State.WAITING,
        service=service,
        letter=leads.letter,
        pinned=command.pin,
        counter=None,
        called_at=None,
        last_called_at=None,
        calls=0,
    )
    remember(work, "transfer", ticket, after, command.counter)
    work.record(
        "ticket.transferred",
        ticket.id,
        counter=command.counter,
        service=service,
        pin=command.pin,
    )


def finish(work: Work, command: Finish) -> None:
    """Service done."""
    require_own(work, command.counter)
    ticket = _served(work, command.counter)
    after = _finish(work, ticket, command.counter)
    remember(work, "finish", ticket, after, command.counter)


def undo(work: Work, command: Undo) -> str:
    """Take a step back; returns which.

    The ticket and its clocks are as before. When the counter has called somebody else or closed
    in the meantime, the customer keeps his place and waits; a finished one cannot come back then.
    """
    row = _UNDO.one(work.store, ticket=command.ticket)
    if row is None:
        raise NotFound("undo_nothing")
    station, step, counter, before_json, rev, until = row
    if station != work.actor.station:
        raise RuleBroken("undo_other_station")
    ticket = find_ticket(work.store, command.ticket)
    if ticket.rev != rev:
        raise Stale("undo_changed_since")
    if work.now > until:
        raise RuleBroken("undo_too_late")
    before = Ticket(**json.loads(before_json))
    closed = counter_state(work.store, counter).state == "closed"
    if closed or ticket_at(work.store, counter) is not None:
        if step == "finish":
            raise RuleBroken("counter_closed" if closed else "undo_counter_busy", counter=counter)
        before = replace(
            before,
            state=State.WAITING,
            counter=None,
            called_at=None,
            last_called_at=None,
            calls=0,
        )
    keep(work, before)
    _FORGET.run(work.store, ticket=command.ticket)
    work.record(
        "ticket.undone",
        ticket.id,
        step=step,
        undoes=rev,
        state=str(before.state),
        service=before.service,
        counter=counter,
        key=before.order_key,
    )
    return str(step)


HANDLERS: dict[type, Handler] = {
    CallNext: Handler(call_next),
    CallTicket: Handler(call_ticket),
    Recall: Handler(recall),
    NoShow: Handler(no_show),
    Hold: Handler(hold),
    Resume: Handler(resume),
    Transfer: Handler(transfer),
    Finish: Handler(finish),
    FinishAndCall: Handler(finish_and_call),
    Undo: Handler(undo),
}
