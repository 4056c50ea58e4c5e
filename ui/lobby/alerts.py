"""Owns which troubles of the lobby are shown and in what order; decides nobody's place.

Pure: no Qt and no words. Each trouble has one row and one answer; what another row already
answers is not said again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from branch.catalogue.queries import Queue
from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import CounterNow, QueuedTicket, can_call
from branch.lobby.rules import ORDINARY
from branch.lobby.waits.outlook import Outlook
from ui.lobby.picture import MS_PER_MINUTE, Picture, minutes
from ui.lobby.soothing import Soothing

# The load above which lines only grow (queueing theory: near 1 nothing is ever made up for).
_HIGH_LOAD = 0.9
# So many who depend on one counter are worth a second one.
_MANY = 3
# A pause that nobody planned is worth a question after so many minutes.
_LONG_PAUSE_MIN = 10
# Whoever has just come is often called the next moment.
_JUST_COME_MS = 2 * MS_PER_MINUTE


class Kind(Enum):
    """What is the matter."""

    OVER = "over"
    HELP = "help"
    PRINT = "print"
    SUPPORT = "support"
    SPARE = "spare"
    LONG = "long"
    AWAY = "away"
    LOAD = "load"
    FORECAST = "forecast"
    NEAR = "near"


@dataclass(frozen=True)
class Alert:
    """One trouble. ``key`` stays the same while the trouble lasts.

    OVER has ``ticket`` and how many ``more`` of its queue are past their target; HELP has
    ``help``; PRINT has ``ticket`` and perhaps the ``help`` its kiosk asked for; SUPPORT has
    ``queue``, how many wait (``more``) for the ``only`` counter or (None) for no counter at all,
    a ``helper`` if there is one and the ``services`` it would need. SPARE has the idle
    ``helper``, the ``queue`` it could help, where ``more`` wait, and the ``services``. LONG and
    AWAY have the ``counter`` and for how many ``minutes`` it has served or paused. LOAD has the
    load in percent (``more``). FORECAST has the ``queue``, the p90 of a new ticket's wait and the
    ``target`` (``minutes`` both). NEAR is as OVER, before the target.

    ``weight`` tells how bad it is where that changes otherwise than by the clock: a soothed
    trouble speaks up again when it has become clearly worse (``ui/lobby/soothing.py``).
    """

    key: str
    kind: Kind
    ticket: QueuedTicket | None = None
    help: HelpAsked | None = None
    queue: Queue | None = None
    only: CounterNow | None = None
    helper: CounterNow | None = None
    services: frozenset[str] = frozenset()
    more: int = 0
    counter: CounterNow | None = None
    minutes: int = 0
    target: int = 0
    weight: float = 0.0


def alerts(
    shown: Picture, now: int, soothing: Soothing, waits: Outlook | None = None
) -> tuple[Alert, ...]:
    """The troubles at ``now`` (milliseconds), the most urgent first, without those soothed.

    A soothed trouble still speaks for its cause: nothing else is said in its place. What
    ``waits`` would tell is left out while they are not known.
    """
    late = _late(shown, now)
    support = _support(shown)
    spare = _spare(shown, now, support)
    load = _load(waits)
    answered = {alert.ticket.letter for alert in late if alert.ticket}
    helped = {alert.queue.letter for alert in (*support, *spare) if alert.queue}
    found = (
        *_help(shown),
        *_prints(shown),
        *support,
        *spare,
        *_long(shown, now, waits),
        *_away(shown, now),
        *load,
        *([] if load else _forecast(shown, waits, answered | helped)),
        *_near(shown, now, answered),
    )
    loud = [alert for alert in late if not soothing.holds(alert.key, alert.weight, now)]
    return (
        *_over(loud, now),
        *(alert for alert in found if not soothing.holds(alert.key, alert.weight, now)),
    )


def _late(shown: Picture, now: int) -> list[Alert]:
    """Everybody past his target."""
    return [
        Alert(f"over-{ticket.id}", Kind.OVER, ticket=ticket)
        for ticket in shown.console.waiting
        if ticket.pressure(now) == "over"
    ]


def _over(late: Iterable[Alert], now: int) -> list[Alert]:
    """A queue past its targets is one trouble: the ticket furthest past it speaks for all."""
    queues: dict[str, list[Alert]] = {}
    for alert in sorted(late, key=lambda alert: -_excess(alert.ticket, now)):
        if alert.ticket is not None:
            queues.setdefault(alert.ticket.letter, []).append(alert)
    return [replace(line[0], more=len(line) - 1) for line in queues.values()]


def _excess(ticket: QueuedTicket | None, now: int) -> int:
    return ticket.waited(now) - ticket.target * MS_PER_MINUTE if ticket else 0


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
    """Of every queue the customers who depend on one open counter, or whom nobody can serve."""
    found = []
    for queue in shown.console.queues:
        only, line = _stuck(shown, queue.letter)
        if line:
            found.append(
                Alert(
                    f"support-{queue.letter}",
                    Kind.SUPPORT,
                    queue=queue,
                    only=only,
                    helper=_helper(shown, only),
                    services=_services_for(shown, line),
                    more=len(line),
                    weight=len(line),
                )
            )
    return found


def _stuck(shown: Picture, letter: str) -> tuple[CounterNow | None, list[QueuedTicket]]:
    """The counter that most of a queue depend on, and who they are; three at least.

    Before them come those for whom no counter is there at all, be it one; a counter that pauses
    is there. Who was sent to a counter waits for that one and is not counted.
    """
    open_now = [c for c in shown.console.counters if c.state == "open"]
    there = [c for c in shown.console.counters if c.state != "closed"]
    nobody: list[QueuedTicket] = []
    depend: dict[int, list[QueuedTicket]] = {counter.number: [] for counter in open_now}
    for ticket in shown.console.in_queue(letter):
        if ticket.pinned is not None:
            continue
        able = [counter for counter in open_now if can_call(counter, ticket)]
        if len(able) == 1:
            depend[able[0].number].append(ticket)
        elif not able and not any(can_call(counter, ticket) for counter in there):
            nobody.append(ticket)
    if nobody and open_now:
        return None, nobody
    only = max(open_now, key=lambda counter: len(depend[counter.number]), default=None)
    if only is None or len(depend[only.number]) < _MANY:
        return None, []
    return only, depend[only.number]


def _services_for(shown: Picture, line: Sequence[QueuedTicket]) -> frozenset[str]:
    """What a counter must do to help these customers: the groups that they wait for."""
    offered = shown.services_by_group()
    needed = frozenset(ticket.service for ticket in line)
    return needed.union(*(offered.get(ticket.group, frozenset()) for ticket in line))


def _helper(shown: Picture, only: CounterNow | None) -> CounterNow | None:
    """The open counter that can best be spared: an idle one, else that with the shortest line."""
    able = [c for c in shown.console.counters if c.state == "open" and c is not only]

    def load(counter: CounterNow) -> tuple[bool, int, int]:
        line = sum(can_call(counter, ticket) for ticket in shown.console.waiting)
        return counter.ticket is not None, line, counter.number

    return min(able, key=load, default=None)


def _spare(shown: Picture, now: int, support: Sequence[Alert]) -> list[Alert]:
    """An idle counter for nobody in line, and the longest queue that it could help."""
    found: list[Alert] = []
    asked = {alert.helper.number for alert in support if alert.helper}
    helped = {alert.queue.letter for alert in support if alert.queue}
    idle = [
        counter
        for counter in shown.idle()
        if counter.number not in asked
        and not any(can_call(counter, ticket) for ticket in shown.console.waiting)
    ]
    stuck = {
        queue.letter: [
            ticket
            for ticket in shown.console.in_queue(queue.letter)
            # Whom another idle counter is about to call needs no help.
            if ticket.pinned is None and not any(can_call(c, ticket) for c in shown.idle())
        ]
        for queue in shown.console.queues
        if queue.letter not in helped
    }
    stuck = {
        letter: line
        for letter, line in stuck.items()
        if any(now - ticket.issued_at >= _JUST_COME_MS for ticket in line)
    }
    for counter in sorted(idle, key=lambda item: (len(item.services), item.number)):
        letter = max(stuck, key=lambda code: len(stuck[code]), default="")
        if not letter:
            break
        line = stuck.pop(letter)
        queue = next(item for item in shown.console.queues if item.letter == letter)
        found.append(
            Alert(
                f"spare-{counter.number}-{letter}",
                Kind.SPARE,
                queue=queue,
                helper=counter,
                services=_services_for(shown, line),
                more=len(line),
            )
        )
    return found


def _long(shown: Picture, now: int, waits: Outlook | None) -> list[Alert]:
    """Services that last longer than 19 in 20 of their kind."""
    found = []
    for counter in shown.console.counters:
        ticket = counter.ticket
        usual = waits.long_after.get(ticket.service) if waits and ticket else None
        if ticket is None or usual is None:
            continue
        spent = minutes(now - ticket.called_at)
        if spent > usual:
            found.append(Alert(f"long-{ticket.id}", Kind.LONG, counter=counter, minutes=spent))
    return found


def _away(shown: Picture, now: int) -> list[Alert]:
    """Counters that have paused for longer than planned, or for long without a plan."""
    found = []
    for counter in shown.console.counters:
        # One that has paused but still serves is not away yet.
        if counter.state != "paused" or counter.ticket is not None:
            continue
        planned = shown.break_minutes(counter) if counter.reason == "break" else 0
        away = minutes(now - counter.since)
        if away > (planned or _LONG_PAUSE_MIN):
            key = f"away-{counter.number}-{counter.since}"
            found.append(Alert(key, Kind.AWAY, counter=counter, minutes=away))
    return found


def _load(waits: Outlook | None) -> list[Alert]:
    if waits is None or waits.load <= _HIGH_LOAD:
        return []
    return [Alert("load", Kind.LOAD, more=round(waits.load * 100), weight=waits.load)]


def _forecast(shown: Picture, waits: Outlook | None, answered: Collection[str]) -> list[Alert]:
    """The queue where a new ticket's wait would most exceed the target nine times in ten.

    The ticket is an ordinary one: whoever has a credit waits less, and his own target speaks up
    while he waits.
    """
    if waits is None:
        return []
    target = next((item.target for item in shown.classes if item.code == ORDINARY), 20)
    worst: tuple[float, Queue] | None = None
    for queue in shown.console.queues:
        spread = waits.fresh_among(shown.services_of(queue.letter))
        if spread is None or spread.p90 <= target or queue.letter in answered:
            continue
        if worst is None or spread.p90 > worst[0]:
            worst = (spread.p90, queue)
    if worst is None:
        return []
    p90, queue = worst
    return [
        Alert(
            f"forecast-{queue.letter}",
            Kind.FORECAST,
            queue=queue,
            minutes=math.ceil(p90),
            target=target,
            weight=p90,
        )
    ]


def _near(shown: Picture, now: int, late: Collection[str]) -> list[Alert]:
    """Of every queue without a late ticket the one that is nearest to its target."""
    found = []
    for queue in shown.console.queues:
        near = [t for t in shown.console.in_queue(queue.letter) if t.pressure(now) == "near"]
        if near and queue.letter not in late:
            first = max(near, key=lambda ticket: _excess(ticket, now))
            more = len(near) - 1
            key = f"near-{queue.letter}"
            found.append(Alert(key, Kind.NEAR, ticket=first, more=more, weight=len(near)))
    return sorted(found, key=lambda alert: -_excess(alert.ticket, now))
