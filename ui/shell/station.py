"""What a station's window needs of the branch: ask, run, the time, who works here, what changed.

A window holds one ``Station`` and knows neither tables nor threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from branch.bootstrap import Branch
from branch.kernel.clock import Clock, from_ms
from branch.kernel.errors import StoreError, TingtangError
from branch.kernel.phrases import phrases
from branch.kernel.runner import Actor, Outcome
from branch.kernel.settings import Settings
from branch.kernel.store import Store
from branch.lobby.queries.screens import BranchName
from ui.shell.language import language
from ui.shell.waits import Waits
from ui.shell.worker import Worker

T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    """Who works at the station; a kiosk or board has the name of its account and its one role."""

    staff: int
    staff_no: str
    name: str
    roles: frozenset[str]


class Station(QObject):
    """One place of work in this process.

    ``changed`` carries the topics that changed, by whomever (ticket, counter, help, visit,
    rating, print, booking, day, catalogue, staff, session). ``complained`` carries a sentence
    for the user when a command was refused and the window has no better place for it.
    ``waits`` knows the expected waits, the same for every window of the process.
    ``offline`` tells the number of failed tries, ``online`` that the store is back.
    ``place_wanted`` carries the station to go to, ``case_wanted`` the complaint to open.
    """

    changed = Signal(object)
    complained = Signal(str)
    offline = Signal(str, int)
    online = Signal()
    sign_out_wanted = Signal()
    lock_wanted = Signal()
    place_wanted = Signal(str)
    case_wanted = Signal(int)

    def __init__(
        self,
        worker: Worker,
        name: str,
        person: Person,
        branch: BranchName,
        clock: Clock,
        settings: Settings,
        waits: Waits,
    ) -> None:
        super().__init__()
        self._worker = worker
        self.name = name
        self.person = person
        self.branch = branch
        self.clock = clock
        self.settings = settings
        self.waits = waits
        self.actor = Actor(person.staff, name)
        self.zone = ZoneInfo(branch.zone)
        worker.changed.connect(self.changed)
        worker.store_failed.connect(self._on_store_failed)
        worker.store_back.connect(self.online)

    def now_ms(self) -> int:
        """The instant, in milliseconds since the epoch."""
        return self.clock.now_ms()

    def now(self) -> datetime:
        """The instant in the branch's zone."""
        return self.local(self.clock.now_ms())

    def local(self, ms: int) -> datetime:
        """An instant (milliseconds) in the branch's zone."""
        return from_ms(ms, self.zone)

    def ask(
        self,
        owner: QObject,
        query: Callable[[Store], T],
        then: Callable[[T], None],
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Read from the store; ``then`` gets the answer later, on the GUI thread.

        Without ``failed`` a refusal is shown by ``complained``.
        """
        self._worker.ask(owner, lambda branch: query(branch.store), then, failed or self.complain)

    def run(
        self,
        owner: QObject,
        command: object,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Carry a command out as this station's person; ``then`` gets the command's value."""

        def answered(outcome: Outcome[Any]) -> None:
            if then is not None:
                then(outcome.value)

        self._worker.run(owner, command, self.actor, answered, failed or self.complain)

    def complain(self, error: TingtangError) -> None:
        """Show why something was refused; a lost store has its own strip and is not repeated."""
        if not isinstance(error, StoreError):
            self.complained.emit(sentence(error))

    def retry_now(self) -> None:
        """Try to reach the lost store at once."""
        self._worker.retry_now()

    def do(
        self,
        owner: QObject,
        work: Callable[[Branch], T],
        then: Callable[[T], None],
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Several reads and commands as one job on the worker's thread."""
        self._worker.ask(owner, work, then, failed or self.complain)

    def _on_store_failed(self, error: TingtangError, tries: int) -> None:
        self.offline.emit(sentence(error), tries)


def sentence(error: TingtangError) -> str:
    """The sentence for an error, in the language of the screens."""
    return phrases("errors").say(error.code, language().code, **error.values)
