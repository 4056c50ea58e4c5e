"""Lets a lobby run: who is called when, by the discipline's own rules; knows no laws of chance.

Services that the same counters can do share one line, ordered by ``rules.place``; a counter that
is free calls the first of all the lines it serves. At one instant counters become free first,
then customers arrive (queue.md section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TypeAlias

from branch.lobby.rules import idle_rank, may_call, place
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket

NEVER = 1 << 62

# How long a ticket keeps a counter, in milliseconds; asked at the moment of the call.
Serve: TypeAlias = Callable[[Ticket, Counter], int]
# Told of every call: the instant, the ticket and the counter. True ends the run.
Called: TypeAlias = Callable[[int, Ticket, Counter], bool | None]
# Told of every break that begins: the instant, the counter and the break.
Left: TypeAlias = Callable[[int, Counter, Absence], None]
Place: TypeAlias = tuple[int, int]
# Behind everybody.
_LAST: Place = (NEVER, NEVER)


@dataclass(frozen=True, slots=True)
class Probe:
    """Somebody who might take a ticket now; ``seen`` is told when he would be called.

    He keeps nobody waiting: up to his own call the lobby runs as if he were not there. True ends
    the run.
    """

    key: int
    seq: int
    service: str
    seen: Callable[[int], bool | None]


def _stands(entry: tuple[Place, Probe]) -> Place:
    return entry[0]


class _Line:
    """Those who wait for the same counters; a heap by place."""

    __slots__ = ("heap", "posts", "probes")

    def __init__(self) -> None:
        self.heap: list[tuple[Place, Ticket]] = []
        self.posts: list[_Post] = []
        self.probes: list[tuple[Place, Probe]] = []


class _Post:
    """A counter while the lobby runs. ``stamp`` is that of its one valid event."""

    __slots__ = ("absences", "counter", "idle", "index", "lines", "owes", "rank", "stamp")

    def __init__(self, index: int, counter: Counter) -> None:
        self.index = index
        self.counter = counter
        self.lines: list[_Line] = []
        self.absences: list[Absence] = []
        self.idle = self.owes = False
        self.stamp = 0
        self.rank = (0, 0, 0)


class Simulation:
    """A lobby that can be run again and again from the same picture."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._waiting = [(place(t.key, t.seq), t) for t in lobby.waiting]
        self._set_posts()

    def _set_posts(self) -> None:
        self._posts = [_Post(at, counter) for at, counter in enumerate(self._lobby.counters)]
        self._draw_lines(self._waiting)
        self._changed = False

    def _draw_lines(self, tickets: Iterable[tuple[Place, Ticket]]) -> None:
        """Put the tickets into one line for each set of counters that may call them."""
        self._lines: dict[frozenset[int], _Line] = {}
        self._line_of: dict[tuple[str, int | None], _Line] = {}
        for post in self._posts:
            post.lines = []
        for entry in tickets:
            self._line(entry[1].service, entry[1].pinned).heap.append(entry)
        for line in self._lines.values():
            line.heap.sort()
        self._first = [(line, list(line.heap)) for line in self._lines.values()]

    def _line(self, service: str, pinned: int | None = None) -> _Line:
        line = self._line_of.get((service, pinned))
        if line is None:
            able = [
                post
                for post in self._posts
                if may_call(post.counter.number, post.counter.services, service, pinned)
            ]
            numbers = frozenset(post.counter.number for post in able)
            line = self._lines.get(numbers)
            if line is None:
                line = self._lines[numbers] = _Line()
                line.posts = able
                for post in able:
                    post.lines.append(line)
            self._line_of[service, pinned] = line
        return line

    # -- a run --------------------------------------------------------------------------------

    def run(
        self,
        serve: Serve,
        called: Called,
        arrivals: Iterable[Arrival | ServicesSet] = (),
        free_at: Sequence[int | None] | None = None,
        absences: Sequence[Sequence[Absence]] | None = None,
        probes: Iterable[Probe] = (),
        left: Left | None = None,
    ) -> None:
        """Run from the picture on until ``called`` or a probe says stop or nothing happens.

        ``arrivals`` come in order of time. ``free_at`` and ``absences``, one a counter, stand for
        those of the picture.
        """
        self._begin(free_at, absences, probes)
        self._left = left
        ready = self._ready
        coming = iter(arrivals)
        returns: list[tuple[int, int, Ticket]] = []
        arrival = next(coming, None)
        arrives_at = NEVER if arrival is None else arrival.at
        while not self._stopped:
            comes_at = min(arrives_at, returns[0][0]) if returns else arrives_at
            if ready and ready[0][0] <= comes_at:
                now, stamp, post = heappop(ready)
                if post.stamp != stamp:
                    continue  # an idle counter was called before its break: this event is void
                found = self._next(post, now)
                if found is None:
                    continue
                ticket = found
            elif comes_at == NEVER:
                return
            else:
                now = comes_at
                if returns and returns[0][0] == now:
                    ticket = heappop(returns)[2]
                else:
                    happens, arrival = arrival, next(coming, None)
                    arrives_at = NEVER if arrival is None else arrival.at
                    if isinstance(happens, ServicesSet):
                        self._change(now, happens)
                        continue
                    assert happens is not None  # else comes_at would be NEVER
                    ticket = happens.ticket
                idle = self._receive(ticket)
                if idle is None:
                    continue
                post = idle
            post.idle = False
            ends = now + serve(ticket, post.counter)
            self._wake(post, ends)
            if ticket.again is not None:
                heappush(returns, (ends + ticket.away, ticket.seq, ticket.again))
            if called(now, ticket, post.counter):
                return

    def _begin(
        self,
        free_at: Sequence[int | None] | None,
        absences: Sequence[Sequence[Absence]] | None,
        probes: Iterable[Probe],
    ) -> None:
        if self._changed:
            self._set_posts()
        self._stopped = False
        self._ready: list[tuple[int, int, _Post]] = []
        self._stamp = 0
        for line in self._lines.values():
            line.heap = []
            line.probes = []
        for line, first in self._first:
            line.heap = first.copy()
        for post in self._posts:
            counter = post.counter
            free = counter.free_at if free_at is None else free_at[post.index]
            post.absences = list(counter.absences if absences is None else absences[post.index])
            post.absences.reverse()
            post.owes = counter.owes
            post.idle = counter.idle_since is not None
            if post.idle:
                post.rank = idle_rank(
                    len(counter.services), counter.idle_since or 0, counter.number
                )
            self._wake(post, NEVER if free is None else free)
        for probe in probes:
            self._line(probe.service).probes.append((place(probe.key, probe.seq), probe))
        self._sort_probes()

    def _sort_probes(self) -> None:
        """Put the probes of every line in order, the first one last."""
        for line in self._lines.values():
            line.probes.sort(key=_stands, reverse=True)

    def _wake(self, post: _Post, at: int) -> None:
        """Let a counter act at an instant; what it was to do before is void.

        Of two that are free at the same instant, the one that has known it longer acts first.
        """
        self._stamp += 1
        post.stamp = self._stamp
        if at < NEVER:
            heappush(self._ready, (at, self._stamp, post))

    def _next(self, post: _Post, now: int) -> Ticket | None:
        """What a free counter does: a break that is due, the first in line, or wait."""
        if post.absences and not post.owes and self._leaves(post, now):
            return None
        best, first = None, _LAST
        for line in post.lines:
            heap = line.heap
            while heap:
                stands, ticket = heap[0]
                if ticket.leaves_at is None or ticket.leaves_at > now:
                    if stands < first:
                        best, first = heap, stands
                    break
                heappop(heap)
        for line in post.lines:
            # Nobody but those before the first is called now.
            while line.probes and line.probes[-1][0] < first:
                if line.probes.pop()[1].seen(now):
                    self._stopped = True
        post.owes = False
        if best is not None:
            return heappop(best)[1]
        if not self._leaves(post, now):
            self._rest(post, now)
        return None

    def _leaves(self, post: _Post, now: int) -> bool:
        """Whether a break is due, which then begins."""
        if not post.absences or post.absences[-1].start > now:
            return False
        absence = post.absences.pop()
        if self._left is not None:
            self._left(now, post.counter, absence)
        back = now + absence.length
        post.owes, post.idle = True, False
        self._wake(post, back)
        return True

    def _rest(self, post: _Post, now: int) -> None:
        """Wait for customers, until a break begins."""
        if not post.idle:
            post.idle = True
            post.rank = idle_rank(len(post.counter.services), now, post.counter.number)
        self._wake(post, post.absences[-1].start if post.absences else NEVER)

    def _receive(self, ticket: Ticket) -> _Post | None:
        """The idle counter that a new ticket goes to; None when it has to wait."""
        line = self._line(ticket.service, ticket.pinned)
        chosen = None
        for post in line.posts:
            if post.idle and (chosen is None or post.rank < chosen.rank):
                chosen = post
        if chosen is None:
            heappush(line.heap, (place(ticket.key, ticket.seq), ticket))
        return chosen

    def _change(self, now: int, change: ServicesSet) -> None:
        """Give a counter other services, and let the idle ones look again."""
        self._changed = True
        lines = list(self._lines.values())
        for post in self._posts:
            if post.counter.number == change.counter:
                post.counter = replace(post.counter, services=change.services)
                post.rank = idle_rank(len(change.services), *post.rank[1:])
        self._draw_lines(entry for line in lines for entry in line.heap)
        for line in lines:
            for entry in line.probes:
                self._line(entry[1].service).probes.append(entry)
        self._sort_probes()
        for post in self._posts:
            if post.idle:
                self._wake(post, now)
