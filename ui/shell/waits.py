"""Owns what this process knows of expected waits, and when it is found out anew; draws nothing.

The store's thread takes the question from the branch, a child process projects it (why not a
thread: ``ui/shell/projecting.py``), the GUI thread gets the answer as a signal and waits for none.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from branch.bootstrap import Branch
from branch.kernel.clock import MS_PER_MINUTE, Clock
from branch.kernel.errors import TingtangError
from branch.kernel.runner import Actor
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.slip import at_once
from branch.lobby.queries.waits import Watch
from branch.lobby.waits.helping import Candidate, Gain, candidates, changed, gains
from branch.lobby.waits.outlook import Asked, Outlook, outlook
from branch.lobby.waits.projection import Projection, Spread
from ui.shell.projecting import framed
from ui.shell.projector import Projector
from ui.shell.worker import Worker

_TOPICS: Final = frozenset({"ticket", "counter", "catalogue", "day"})
_log = logging.getLogger(__name__)

# Something happens every few seconds; a question more often than this tells nobody more.
_GAP_S: Final = 2.0
# Screens show another range once a minute and not with every call; an older answer than three
# minutes is none (look.md sections 9 and 13).
_SHOWN_MS: Final = MS_PER_MINUTE
_STALE_MS: Final = 3 * MS_PER_MINUTE
# A customer who has pressed waits for his paper; the range is not worth more of his time.
_TICKET_MS: Final = 500
# A look that was never answered (a defect, which is told elsewhere) does not stop the next ones.
_LOST_S: Final = 15.0


@dataclass(frozen=True)
class Promise:
    """The wait a new ticket is promised; ``usual`` tells that it comes from other days."""

    spread: Spread
    usual: bool


@dataclass(frozen=True)
class _Look:
    """What the store's thread found; ``question`` is as the child reads it."""

    asked: Asked
    question: bytes


class Waits(QObject):
    """The expected waits of the lobby, one of these in a process.

    ``shown`` is what screens show, replaced once a minute; ``latest`` the newest answer, for
    alerts. Both are None while nothing is known: before the first answer, while no business day
    is open, and when the last good answer is older than three minutes.

    Nothing is asked and no process is started before somebody watches or has a ticket.
    """

    shown_changed = Signal()
    latest_changed = Signal()

    def __init__(self, worker: Worker, clock: Clock) -> None:
        super().__init__()
        self.shown: Outlook | None = None
        self.latest: Outlook | None = None
        self._worker, self._clock = worker, clock
        self._projector = Projector(self)
        self._watchers = 0
        self._under_way = self._stale = False
        self._asked_at = -_GAP_S
        self._looked_at = 0
        # Touched on the store's thread only.
        self._watch = Watch()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(self.tick)
        worker.changed.connect(self._on_changed)

    def watch(self, watcher: QObject) -> None:
        """Keep ``shown`` and ``latest`` up to date for as long as ``watcher`` lives."""
        watcher.destroyed.connect(self._on_watcher_gone)
        self._watchers += 1
        self._projector.start()
        self._beat.start()
        self._want()

    def for_ticket(
        self, owner: QObject, ticket: int, actor: Actor, then: Callable[[Promise | None], None]
    ) -> None:
        """Find the range of a ticket just issued and keep it as its promise.

        ``then`` hears it on the GUI thread within half a second, or None: what comes later than
        that is promised to nobody. Who need not wait is promised nothing.
        """
        pending = _Pending(self, owner, then)

        def looked(look: _Look | None) -> None:
            if look is None:
                pending.give(None)
            else:
                self._projector.ask(look.question, lambda found: projected(look, found))

        def projected(look: _Look, projection: Projection | None) -> None:
            if projection is None or pending.answered:
                pending.give(None)
                return
            found = outlook(look.asked, projection)
            spread = found.tickets.get(ticket)
            if spread is None:
                pending.give(None)
                return
            promise = KeepPromise(ticket, found.projected[ticket], spread, found.version)
            self._worker.run(self, promise, actor, failed=_note)
            pending.give(Promise(spread, found.usual))

        def failed(error: TingtangError) -> None:
            _note(error)
            pending.give(None)

        def look(branch: Branch) -> _Look | None:
            return None if at_once(branch.store, ticket) else self._look(branch, ticket)

        self._worker.ask(self, look, looked, failed)

    def suggest(
        self,
        owner: QObject,
        groups: Mapping[str, frozenset[str]],
        then: Callable[[tuple[Gain, ...] | None], None],
    ) -> None:
        """Find out which change at the counters would shorten the line most; none is made.

        ``groups`` are services by group. ``then`` hears None where nothing can be told.
        """
        found: list[tuple[Candidate | None, Projection | None]] = []

        def looked(tries: list[tuple[Candidate | None, bytes]]) -> None:
            if not tries:
                then(None)
            for candidate, question in tries:
                self._projector.ask(question, partial(projected, len(tries), candidate))

        def projected(count: int, candidate: Candidate | None, told: Projection | None) -> None:
            found.append((candidate, told))
            if len(found) < count or not isValid(owner):
                return
            base = next(answer for tried, answer in found if tried is None)
            # A change without an answer is one of which nothing is told.
            helping = [(tried, answer) for tried, answer in found if tried and answer]
            then(gains(base, helping) if base else None)

        def failed(error: TingtangError) -> None:
            _note(error)
            then(None)

        self._worker.ask(owner, lambda branch: self._tries(branch, groups), looked, failed)

    def _tries(
        self, branch: Branch, groups: Mapping[str, frozenset[str]]
    ) -> list[tuple[Candidate | None, bytes]]:
        """The questions of a suggestion: as it is, and with each change; on the store's thread."""
        asked = self._watch.look(branch.store, self._clock.now_ms())
        if asked is None:
            return []
        tried: list[Candidate | None] = [None, *candidates(asked.question.lobby, groups)]
        return [(item, framed(changed(asked.question, item))) for item in tried]

    def stop(self) -> None:
        """End the child process and ask no more."""
        self._watchers = 0
        self._soon.stop()
        self._beat.stop()
        self._projector.stop()

    def tick(self) -> None:
        """Once a second: what is too old is not shown, and once a minute it is asked anew."""
        now = self._clock.now_ms()
        if self.latest is not None and now - self.latest.at > _STALE_MS:
            self._take(None)
        if self._under_way and time.monotonic() - self._asked_at > _LOST_S:
            _log.warning("a look at the waits was never answered")
            self._under_way = False
        if now - self._looked_at >= _SHOWN_MS or (self.shown is not None and self._is_due(now)):
            self._want()

    # -- when to ask ----------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if self._watchers and topics & _TOPICS:
            self._want()

    def _on_watcher_gone(self) -> None:
        self._watchers -= 1
        if self._watchers <= 0:
            self._soon.stop()
            self._beat.stop()

    def _want(self) -> None:
        """Ask soon; however often this is called, one question is under way."""
        if self._under_way:
            self._stale = True
        elif not self._soon.isActive():
            left = self._asked_at + _GAP_S - time.monotonic()
            self._soon.start(max(0, round(left * 1000)))

    def _ask(self) -> None:
        self._under_way, self._stale = True, False
        self._asked_at, self._looked_at = time.monotonic(), self._clock.now_ms()
        self._worker.ask(self, lambda branch: self._look(branch, None), self._on_look, self._missed)

    def _look(self, branch: Branch, only: int | None) -> _Look | None:
        """Take the question from the branch; on the store's thread."""
        asked = self._watch.look(branch.store, self._clock.now_ms(), only)
        if asked is None:
            return None
        # Two milliseconds, and not on the GUI thread.
        return _Look(asked, framed(asked.question))

    # -- answers --------------------------------------------------------------------------------

    def _on_look(self, look: _Look | None) -> None:
        if look is None:
            self._take(None)
            self._answered()
        else:
            self._projector.ask(look.question, lambda found: self._on_found(look, found))

    def _on_found(self, look: _Look, projection: Projection | None) -> None:
        # Without a projection the last good answer stands until it is too old.
        if projection is not None:
            self._take(outlook(look.asked, projection))
        self._answered()

    def _missed(self, error: TingtangError) -> None:
        _note(error)
        self._answered()

    def _answered(self) -> None:
        self._under_way = False
        if self._stale and self._watchers:
            self._want()

    def _take(self, found: Outlook | None) -> None:
        if found is not None or self.latest is not None:
            self.latest = found
            self.latest_changed.emit()
        if found is self.shown or not (found is None or self._is_due(found.at)):
            return
        self.shown = found
        self.shown_changed.emit()

    def _is_due(self, now: int) -> bool:
        return self.shown is None or not 0 <= now - self.shown.at < _SHOWN_MS


class _Pending(QObject):
    """Somebody who waits for the range of one ticket, until it comes or his time is up."""

    def __init__(
        self, parent: QObject, owner: QObject, then: Callable[[Promise | None], None]
    ) -> None:
        super().__init__(parent)
        self.answered = False
        self._owner, self._then = owner, then
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(lambda: self.give(None))
        self._late.start(_TICKET_MS)

    def give(self, promise: Promise | None) -> None:
        """Answer; only the first answer counts."""
        if self.answered:
            return
        self.answered = True
        self._late.stop()
        self.deleteLater()
        if isValid(self._owner):
            self._then(promise)


def _note(error: TingtangError) -> None:
    _log.warning("expected waits: %s", error)
