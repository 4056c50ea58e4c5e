"""Expected waits as a test says them: in the place of ``ui.shell.waits``, without any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from branch.catalogue.queries import services
from branch.kernel.runner import Actor
from branch.kernel.store import Store
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.waits.helping import Gain
from branch.lobby.waits.outlook import Outlook
from branch.lobby.waits.projection import Spread
from ui.shell.waits import Promise
from ui.shell.worker import Worker


class SetWaits(QObject):
    """Knows nothing until a test says it; ``promise`` is what the next tickets are promised."""

    shown_changed = Signal()
    latest_changed = Signal()

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker
        self.shown: Outlook | None = None
        self.latest: Outlook | None = None
        self.promise: Promise | None = None
        self.gains: tuple[Gain, ...] | None = None
        self.watched = 0

    def watch(self, _watcher: QObject) -> None:
        self.watched += 1

    def show(self, outlook: Outlook | None) -> None:
        """What screens show from now on."""
        self.shown = self.latest = outlook
        self.shown_changed.emit()
        self.latest_changed.emit()

    def suggest(
        self,
        owner: QObject,
        _groups: Mapping[str, frozenset[str]],
        then: Callable[[tuple[Gain, ...] | None], None],
    ) -> None:
        gains = self.gains
        QTimer.singleShot(0, owner, lambda: then(gains))

    def for_ticket(
        self, owner: QObject, ticket: int, actor: Actor, then: Callable[[Promise | None], None]
    ) -> None:
        promise = self.promise
        if promise is not None:
            self._worker.run(self, KeepPromise(ticket, promise.spread, promise.spread, 0), actor)
        QTimer.singleShot(0, owner, lambda: then(promise))


def an_outlook(
    waits: Mapping[tuple[str, int], tuple[float, float]], *, at: int = 0, usual: bool = False
) -> Outlook:
    """An outlook in which a fresh ticket of (service, credit) waits from the one to the other."""
    return Outlook(
        at=at,
        usual=usual,
        version=1,
        tickets={},
        projected={},
        lines={service: service for service, _credit in waits},
        by_line={key: Spread(low, (low + high) / 2, high) for key, (low, high) in waits.items()},
    )


def everywhere(
    store: Store, low: float, high: float, *, credit: int = 0, usual: bool = False
) -> Outlook:
    """An outlook in which every service has the same wait; with ``credit`` minutes, half of it."""
    waits = {}
    for service in services(store):
        waits[service.code, 0] = (low, high)
        if credit:
            waits[service.code, credit] = (low / 2, high / 2)
    return an_outlook(waits, usual=usual)
