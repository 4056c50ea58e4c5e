"""The business day: opened by the first thing that happens, closed with everybody accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branch.kernel.clock import from_ms
from branch.kernel.errors import RuleBroken
from branch.kernel.prepared import Prepared, delete
from branch.kernel.records import BranchRow
from branch.kernel.runner import Handler, Work
from branch.lobby.commands.counters import set_state
from branch.lobby.commands.freezing import end_standstill
from branch.lobby.commands.promises import learn_from_day
from branch.lobby.records import CounterStateRow, DayRow, HelpRow, TicketRow, UndoRow
from branch.lobby.rules import LEAVE_REASONS, State, is_over, require_known
from branch.lobby.ticket import COLUMNS, Ticket, keep, open_states

_OPENS_THE_DAY = ("Greet", "Issue", "OpenCounter", "AskHelp", "CallNext", "Return", "Resume")


@dataclass(frozen=True)
class CloseDay:
    """Close the business day.

    ``decisions`` says for a ticket's id why it ends unserved (a code of ``LEAVE_REASONS``);
    tickets not named end as ``closing``.
    """

    decisions: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayClosed:
    """What became of the tickets that were still open."""

    day: str
    left: int
    missed: int
    finished: int


_OPEN_DAY = Prepared(
    lambda day, now, revision: DayRow.insert(
        {DayRow.day: day, DayRow.opened_at: now, DayRow.revision: revision}
    ).on_conflict(conflict_target=[DayRow.day], update={DayRow.closed_at: None})
)
_SET_DAY = Prepared(lambda day: BranchRow.update({BranchRow.day: day}))
_CLOSE_DAY = Prepared(
    lambda day, now: DayRow.update({DayRow.closed_at: now}).where(DayRow.day == day)
)
_OPEN_TICKETS = Prepared(
    lambda day: (
        TicketRow.select(*COLUMNS)
        .where(TicketRow.day == day, TicketRow.state.in_(open_states()))
        .order_by(TicketRow.id)
    )
)
_OPEN_COUNTERS = Prepared(
    lambda: CounterStateRow.select(CounterStateRow.counter).where(CounterStateRow.state != "closed")
)
_FORGET_STEPS = Prepared(lambda: delete(UndoRow))
_END_HELP = Prepared(
    lambda now: HelpRow.update({HelpRow.answered_at: now}).where(HelpRow.answered_at.is_null())
)


def beforehand(work: Work, command: object) -> None:
    """Close a business day left open past 04:00, and open today's when something begins it."""
    now = from_ms(work.now, work.zone)
    if work.day and type(command) is not CloseDay and is_over(date.fromisoformat(work.day), now):
        _close(work, {}, by_itself=True)
    if not work.day and type(command).__name__ in _OPENS_THE_DAY:
        day = now.date().isoformat()
        _OPEN_DAY.run(work.store, day=day, now=work.now, revision=work.revision)
        _SET_DAY.run(work.store, day=day)
        work.day = day
        work.record("day.opened", day)


def close_day(work: Work, command: CloseDay) -> DayClosed:
    """Close the day by hand; raises RuleBroken while a counter serves or no day is open.

    One left open since yesterday is closed as it would have been by itself, with the decisions.
    """
    if not work.day:
        raise RuleBroken("day_not_open")
    for reason in command.decisions.values():
        require_known(reason, LEAVE_REASONS, "decisions")
    over = is_over(date.fromisoformat(work.day), from_ms(work.now, work.zone))
    return _close(work, command.decisions, by_itself=over)


def _close(work: Work, decisions: Mapping[int, str], by_itself: bool) -> DayClosed:
    left = missed = finished = 0
    for row in _OPEN_TICKETS.all(work.store, day=work.day):
        ticket = Ticket(*row)
        if ticket.state == State.CALLED:
            if not by_itself:
                raise RuleBroken(
                    "counter_serving", counter=ticket.counter or 0, number=ticket.number
                )
            keep(work, ticket, state=State.FINISHED, ended_at=work.now)
            work.record("ticket.finished", ticket.id, counter=ticket.counter, at_close=True)
            finished += 1
        elif ticket.state == State.MISSED:
            missed += 1
        else:
            reason = decisions.get(ticket.id, "closing")
            keep(work, ticket, state=State.LEFT, ended_at=work.now, reason=reason)
            work.record("ticket.left", ticket.id, reason=reason, at_close=True)
            left += 1
    for (counter,) in _OPEN_COUNTERS.all(work.store):
        set_state(work, counter, "closed", None)
        work.record("counter.closed", counter)
    end_standstill(work)
    learn_from_day(work, work.day)
    _FORGET_STEPS.run(work.store)
    _END_HELP.run(work.store, now=work.now)
    _CLOSE_DAY.run(work.store, day=work.day, now=work.now)
    _SET_DAY.run(work.store, day="")
    day, work.day = work.day, ""
    work.record("day.closed", day, left=left, missed=missed, finished=finished, by_itself=by_itself)
    return DayClosed(day, left, missed, finished)


HANDLERS: dict[type, Handler] = {CloseDay: Handler(close_day)}
