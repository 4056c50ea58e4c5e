"""A ticket as the lobby's commands hold it: reading, changing and taking back its row."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from peewee import SQL

from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.records import TicketRow, UndoRow
from branch.lobby.rules import State

_CHANGING = (
    "service",
    "letter",
    "classes",
    "care",
    "slot",
    "order_key",
    "state",
    "counter",
    "pinned",
    "called_at",
    "first_called_at",
    "last_called_at",
    "calls",
    "ended_at",
    "reason",
)
# Written out, not bound: a database uses a partial index only where it can see the state.
WAITING = SQL("'waiting'")
CALLED = SQL("'called'")

FIELDS = ("id", "day", "number", "issued_at", "seq", "rev", *_CHANGING)
COLUMNS = tuple(getattr(TicketRow, name) for name in FIELDS)


@dataclass(frozen=True)
class Ticket:
    """A ticket's row. Instants are milliseconds since the epoch."""

    id: int
    day: str
    number: str
    issued_at: int
    seq: int
    rev: int
    service: str
    letter: str
    classes: str
    care: str
    slot: int | None
    order_key: int
    state: str
    counter: int | None
    pinned: int | None
    called_at: int | None
    first_called_at: int | None
    last_called_at: int | None
    calls: int
    ended_at: int | None
    reason: str


_BY_ID = Prepared(lambda ticket: TicketRow.select(*COLUMNS).where(TicketRow.id == ticket))
_AT_COUNTER = Prepared(
    lambda counter: TicketRow.select(*COLUMNS).where(
        TicketRow.state == CALLED, TicketRow.counter == counter
    )
)


def _update(**holes: Any) -> Any:
    values = {getattr(TicketRow, name): holes[name] for name in (*_CHANGING, "rev")}
    return TicketRow.update(values).where(TicketRow.id == holes["id"])


_KEEP = Prepared(_update, ("id", "rev", *_CHANGING))
_REMEMBER = Prepared(
    lambda ticket, station, step, counter, before, rev, until: UndoRow.insert(
        {
            UndoRow.ticket: ticket,
            UndoRow.station: station,
            UndoRow.step: step,
            UndoRow.counter: counter,
            UndoRow.before: before,
            UndoRow.rev: rev,
            UndoRow.until: until,
        }
    ).on_conflict(
        conflict_target=[UndoRow.ticket],
        update={
            UndoRow.station: station,
            UndoRow.step: step,
            UndoRow.counter: counter,
            UndoRow.before: before,
            UndoRow.rev: rev,
            UndoRow.until: until,
        },
    )
)


def find_ticket(store: Store, identity: int) -> Ticket:
    """The ticket with this id; raises NotFound."""
    row = _BY_ID.one(store, ticket=identity)
    if row is None:
        raise NotFound("ticket_unknown")
    return Ticket(*row)


def todays_ticket(work: Work, identity: int) -> Ticket:
    """A ticket of the open business day; raises NotFound, RuleBroken for one of a day gone by."""
    ticket = find_ticket(work.store, identity)
    if ticket.day != work.day:
        raise RuleBroken("ticket_past_day", number=ticket.number)
    return ticket


def ticket_at(store: Store, counter: int) -> Ticket | None:
    """The ticket being served at a counter, or None."""
    row = _AT_COUNTER.one(store, counter=counter)
    return Ticket(*row) if row else None


def keep(work: Work, ticket: Ticket, **changes: Any) -> Ticket:
    """Write a changed ticket; its ``rev`` becomes the revision of the fact recorded next."""
    changed = replace(ticket, rev=work.revision, **changes)
    values = {name: getattr(changed, name) for name in ("id", "rev", *_CHANGING)}
    _KEEP.run(work.store, **values)
    return changed


def remember(work: Work, step: str, before: Ticket, after: Ticket, counter: int) -> None:
    """Keep how a ticket stood before a step of this station, so that it can be taken back.

    A no-show can be undone for three minutes, a transfer until the other counter calls, any
    other step for eight seconds (look.md section 10).
    """
    if step == "transfer":
        until = work.now + 24 * 3_600 * MS_PER_SECOND
    else:
        key = "undo_no_show_s" if step == "no_show" else "undo_step_s"
        until = work.now + setting(work.store, key) * MS_PER_SECOND
    _REMEMBER.run(
        work.store,
        ticket=before.id,
        station=work.actor.station,
        step=step,
        counter=counter,
        before=json.dumps(asdict(before)),
        rev=after.rev,
        until=until,
    )


def open_states() -> tuple[str, ...]:
    """The states that a day's close has to decide on."""
    return (State.WAITING, State.CALLED, State.HELD, State.MISSED)
