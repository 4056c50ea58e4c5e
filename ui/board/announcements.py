"""Owns the order in which calls come up on the board, one after the other; draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from branch.lobby.queries.screens import BoardCall

# How long a call is lit alone at least, and how many stand on the board, the lit one with them.
DWELL_MS: Final = 3_000
SHOWN: Final = 4
# How many calls the store is asked for: more than a branch calls while the store is out of reach.
ASKED: Final = 24


class Announcements:
    """Calls that were shown, newest first, and calls that wait for their turn.

    A call is new when its ticket was not seen yet or was called again since, so a recall comes
    up anew. Calls that come together are shown one after the other and none is dropped, unless
    the ticket itself left the board (sent on to another service, day closed).
    """

    def __init__(self) -> None:
        self.shown: list[BoardCall] = []
        self._seen: dict[int, int] = {}
        self._turns: list[BoardCall] = []
        self._since = 0
        self._begun = False

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return len(self._turns)

    def take(self, calls: Sequence[BoardCall], now: int) -> bool:
        """Take the newest calls as read from the store, newest first; True when one came up.

        What stood there before the board was switched on is shown without an announcement.
        """
        if not self._begun:
            self._begun = True
            self._seen = {call.ticket: call.at for call in calls}
            self.shown = list(calls[:SHOWN])
            return False
        self._drop_gone(calls)
        for call in reversed(calls):
            if self._seen.get(call.ticket) != call.at:
                self._seen[call.ticket] = call.at
                self._turns = [turn for turn in self._turns if turn.ticket != call.ticket]
                self._turns.append(call)
        self._fill_up(calls)
        if self._turns and abs(now - self._since) >= DWELL_MS:
            self._next(now)
            return True
        return False

    def tick(self, now: int) -> bool:
        """Let time pass; True when another call came up. A clock put back delays by one dwell."""
        self._since = min(self._since, now)
        came = False
        while self._turns and now - self._since >= DWELL_MS:
            self._next(self._since + DWELL_MS)
            came = True
        return came

    def _next(self, at: int) -> None:
        call = self._turns.pop(0)
        rest = [old for old in self.shown if old.ticket != call.ticket]
        self.shown = [call, *rest][:SHOWN]
        self._since = at

    def _drop_gone(self, calls: Sequence[BoardCall]) -> None:
        """Take away what the store no longer has; beyond a full answer there may be more."""
        told = {call.ticket for call in calls}
        oldest = calls[-1].at if len(calls) >= ASKED else 0

        def stays(call: BoardCall) -> bool:
            return call.ticket in told or call.at < oldest

        self.shown = [call for call in self.shown if stays(call)]
        self._turns = [call for call in self._turns if stays(call)]
        if not calls:
            self._seen.clear()

    def _fill_up(self, calls: Sequence[BoardCall]) -> None:
        """Earlier calls move up into places that became free."""
        here = {call.ticket for call in (*self.shown, *self._turns)}
        earlier = [call for call in calls if call.ticket not in here]
        every = sorted((*self.shown, *earlier), key=lambda call: call.at, reverse=True)
        self.shown = every[:SHOWN]
