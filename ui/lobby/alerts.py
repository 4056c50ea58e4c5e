"""Owns which troubles of the lobby are shown and in what order; decides nobody's place.

Pure: no Qt and no words. Which alerts there are: queue.md section 3.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from branch.catalogue.queries import Queue
from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import CounterNow, QueuedTicket, can_call
from ui.lobby.picture import Picture


class Kind(Enum):
    """What is the matter."""

    OVER = "over"
    HELP = "help"
    PRINT = "print"
    SUPPORT = "support"


@dataclass(frozen=True)
class Alert:
    """One trouble. ``key`` stays the same while the trouble lasts.

    OVER has ``ticket`` and how many ``more`` of its queue are past their target; HELP has
    ``help``; PRINT has ``ticket`` and perhaps the ``help`` its kiosk asked for; SUPPORT has
    ``queue``, how many wait (``more``), the ``only`` counter and a ``helper`` if there is one.
    """

    key: str
    kind: Kind
    ticket: QueuedTicket | None = None
    help: HelpAsked | None = None
    queue: Queue | None = None
    only: CounterNow | None = None
    helper: CounterNow | None = None
    more: int = 0


def alerts(shown: Picture, now: int, soothed: Collection[int] = ()) -> tuple[Alert, ...]:
    """The troubles at ``now`` (milliseconds), the most urgent first.

    ``soothed`` are the ids of tickets whose customers the lobby manager has gone to see.
    """
    return (*_over(shown, now, soothed), *_help(shown), *_prints(shown), *_support(shown))


def _over(shown: Picture, now: int, soothed: Collection[int]) -> list[Alert]:
    """A queue past its targets is one trouble: the ticket furthest past it speaks for all."""
    found = []
    for queue in shown.console.queues:
        late = [
            ticket
            for ticket in shown.console.in_queue(queue.letter)
            if ticket.pressure(now) == "over" and ticket.id not in soothed
        ]
        if late:
            worst = max(late, key=lambda ticket: _excess(ticket, now))
            found.append(Alert(f"over-{worst.id}", Kind.OVER, ticket=worst, more=len(late) - 1))
    return sorted(found, key=lambda alert: -_excess(alert.ticket, now))


def _excess(ticket: QueuedTicket | None, now: int) -> int:
    return ticket.waited(now) - ticket.target * 60_000 if ticket else 0


def _help(shown: Picture) -> list[Alert]:
    return [
        Alert(f"help-{item.id}", Kind.HELP, help=item)
        for item in shown.console.help
        if _failed_ticket(shown, item) is None
    ]


def _prints(shown: Picture) -> list[Alert]:
    asked = {
        ticket.id: item
        for item in shown.console.help
        if (ticket := _failed_ticket(shown, item)) is not None
    }
    return [
        Alert(f"print-{ticket.id}", Kind.PRINT, ticket=ticket, help=asked.get(ticket.id))
        for ticket in shown.console.waiting
        if ticket.print_state == "failed"
    ]


def _failed_ticket(shown: Picture, item: HelpAsked) -> QueuedTicket | None:
    """The ticket whose paper a kiosk is asking about, while it still waits without one."""
    if item.kind != "printer":
        return None
    return next(
        (
            ticket
            for ticket in shown.console.waiting
            if ticket.number == item.number and ticket.print_state == "failed"
        ),
        None,
    )


def _support(shown: Picture) -> list[Alert]:
    found = []
    for queue in shown.console.queues:
        only = shown.console.only_counter(queue.letter)
        if only is not None:
            found.append(
                Alert(
                    f"support-{queue.letter}",
                    Kind.SUPPORT,
                    queue=queue,
                    only=only,
                    helper=_helper(shown, only),
                    more=len(shown.console.in_queue(queue.letter)),
                )
            )
    return found


def _helper(shown: Picture, only: CounterNow) -> CounterNow | None:
    """The open counter that can best be spared: an idle one, else that with the shortest line."""
    able = [c for c in shown.console.counters if c.state == "open" and c.number != only.number]

    def load(counter: CounterNow) -> tuple[bool, int, int]:
        line = sum(can_call(counter, ticket) for ticket in shown.console.waiting)
        return counter.ticket is not None, line, counter.number

    return min(able, key=load, default=None)
