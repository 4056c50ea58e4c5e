"""A branch with people inside, a roll desk at it, and a store that can be lost and found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.store import Store
from branch.lobby.commands.arrivals import Issue
from branch.people.queries import account_id
from branch.visitors.commands.register import SignedInVisitor, SignInVisitor
from branch.visitors.details import Details
from branch.visitors.queries.rollcall import RollCall, RollMark, open_roll_call
from ui.shell.roster_keeper import RosterKeeper
from ui.shell.station import Station
from ui.shell.worker import Worker
from ui.visitors.roll_desk import RollDesk

GUARD, LOBBY_MANAGER = "100401", "100301"


class RollRoom:
    """What happens beside the window, and what a test asks of it."""

    def __init__(
        self,
        qtbot: QtBot,
        worker: Worker,
        other: Branch,
        run: Callable[[str, str, object], Any],
        clock: SetClock,
        station: Station,
    ) -> None:
        self.qtbot, self.worker, self.other, self._run = qtbot, worker, other, run
        self.clock, self.station = clock, station
        self.told: list[str] = []
        self._store: Store | None = None

    # -- people ---------------------------------------------------------------------------------

    def manager(self, command: object) -> Any:
        return self._run(LOBBY_MANAGER, "lobby", command)

    def come(self, name: str, **more: Any) -> SignedInVisitor:
        host = account_id(self.other.store, LOBBY_MANAGER)
        details = Details(
            name=name, unit="安达设备维保", host=host, purpose="maintenance",
            area="machine_area", **more,
        )  # fmt: skip
        noted: SignedInVisitor = self.manager(SignInVisitor(details, told=True, notice=1))
        return noted

    def customer(self, *care: str) -> str:
        return str(self.manager(Issue("P01", care=frozenset(care))).number)

    # -- the desk -------------------------------------------------------------------------------

    def desk(self) -> RollDesk:
        desk = RollDesk(self.station, self.station)
        desk.told.connect(lambda text, _state: self.told.append(text))
        with self.qtbot.waitSignal(desk.changed, timeout=5000):
            pass
        return desk

    def stored(self) -> RollCall:
        call = open_roll_call(self.other.store)
        assert call is not None
        return call

    def mark(self, call: RollCall | None, label: str) -> RollMark:
        assert call is not None
        return next(mark for mark in call.marks if mark.label == label)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    # -- the store ------------------------------------------------------------------------------

    def keep_roster(self) -> None:
        """Have this machine's copy of the roster written."""
        settings = self.station.settings
        keeper = RosterKeeper(self.worker, self.clock, settings)
        file = settings.home / "roster.sealed"
        keeper.start()
        self.until(file.exists)
        keeper.stop()

    def lose(self, desk: RollDesk, copy: bool = True) -> None:
        """The store cannot be reached from this machine any more, and the desk knows it."""
        self.break_next()
        self.worker.ask(desk, lambda branch: branch.store.rows("SELECT 1", ()), print)
        self.until(lambda: desk.away)
        if copy:
            self.until(lambda: desk.as_of is not None)

    def break_next(self) -> None:
        """The next step finds the store gone."""
        found: list[Store] = []
        self.worker.ask(self.station, lambda branch: branch.store, found.append)
        self.until(lambda: bool(found))
        self._store = found[0]

        def refuse(*_given: object) -> None:
            raise StoreUnavailable("store_unreachable")

        for name in ("rows", "touch", "revive"):
            setattr(self._store, name, refuse)

    def find(self) -> None:
        """It can be reached again."""
        assert self._store is not None
        for name in ("rows", "touch", "revive"):
            delattr(self._store, name)
        self._store = None
        with self.qtbot.waitSignal(self.worker.store_back, timeout=10_000):
            self.worker.retry_now()
