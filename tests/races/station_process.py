"""One station of a played day: a process with a worker, the station's own window, its people.

It is told what to do by lines of JSON on standard input and answers by lines on standard output.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branch.bootstrap import Branch
from branch.catalogue.queries import priority_classes, services
from branch.kernel.clock import PlayClock
from branch.kernel.settings import settle
from branch.lobby.queries.screens import BranchName, branch_name
from branch.people.queries import staff_members
from branch.tools.day_file import Visitor, read_day
from tests.races.acting import Customers, LobbyManager, Person, Teller
from tests.races.measuring import MeasuredStation, Notebook, RecordingFollower
from ui.program import window_for
from ui.shell import worker as worker_module
from ui.shell.application import make_application
from ui.shell.station import Person as Staff
from ui.shell.waits import Waits
from ui.shell.worker import Worker
from ui.signin.window import SignInWindow

# Who sees to somebody before the ticket is taken.
_GREETED = ("elderly", "assisted", "pregnant_or_infant", "military")
_TYPED = "100301"
# These draw what they show and project the waits. Sixteen stations that do so on the few cores of
# one machine would measure each other's drawing; in a branch each station has a machine.
DRAWN = ("board-1", "counter-1")
_LAST_ENTRY_S = 10.0
# Unbuffered: a line that waits in a buffer would never be told by the socket.
_ORDERS = os.fdopen(0, "rb", buffering=0, closefd=False)


class _NoWaits(Waits):
    """Expected waits that are never projected: the windows show none."""

    def watch(self, watcher: QObject) -> None:
        """Nobody is told anything."""


class StationProcess(QObject):
    """The life of one station, from its opening to its report."""

    def __init__(self, told: dict[str, Any], home: Path) -> None:
        super().__init__()
        self._told = told
        self._home = home
        self._clock = PlayClock()
        self._notebook = Notebook()
        RecordingFollower.notebook = self._notebook
        setattr(worker_module, "Follower", RecordingFollower)  # noqa: B010 - not the module's own
        self._worker = Worker(told["url"], self._clock)
        self._worker.defect.connect(lambda defect: self._notebook.defects.append(repr(defect)))
        self._worker.opened.connect(self._on_opened)
        waits = Waits if told["name"] in DRAWN else _NoWaits
        self._waits = waits(self._worker, self._clock)
        self._station: MeasuredStation | None = None
        self._person: Person | None = None
        self._sign_in: SignInWindow | None = None
        self._banner: list[str] = []
        self._orders = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self._on_order)
        self._worker.start()

    # -- opening ------------------------------------------------------------------------------

    def _on_opened(self, _founded: bool) -> None:
        self._worker.ask(self, self._look_around, self._open)

    def _look_around(self, branch: Branch) -> tuple[Staff, BranchName, list[Visitor]]:
        store = branch.store
        member = next(m for m in staff_members(store) if m.staff_no == self._told["account"])
        named = branch_name(store)
        _, visitors = read_day(
            Path(self._told["day"]),
            ZoneInfo(named.zone),
            {service.code for service in services(store)},
            {klass.code for klass in priority_classes(store)},
        )
        staff = Staff(member.id, member.staff_no, member.name, member.roles)
        return staff, named, visitors

    def _open(self, found: tuple[Staff, BranchName, list[Visitor]]) -> None:
        staff, named, visitors = found
        settings = settle(home=str(self._home), database=self._told["url"])
        self._clock.start(self._told["opens"], 0)
        station = MeasuredStation(
            self._worker, self._told["name"], staff, named, self._clock, settings, self._waits
        )
        station.keep_notes(self._notebook)
        self._station = station
        self._worker.ask(self, station.watch_commits, lambda _: None)
        self._person = self._someone(station, visitors)
        self._window = window_for(station)
        if station.name in DRAWN:
            self._window.show()
            station.drawn = self._window
        if self._told["types"]:
            self._sign_in = SignInWindow(self._worker, settings, self._clock, named)
            station.offline.connect(self._on_offline)
        station.pictured.connect(self._on_first_picture)

    def _someone(self, station: MeasuredStation, visitors: list[Visitor]) -> Person | None:
        told, kind = self._told, station.name.partition("-")[0]
        greeted = [v for v in visitors if v.klass in _GREETED or v.language != "zh"]
        speed, until = told["speed"], told["until"]
        if kind == "counter":
            alike: dict[str, list[Visitor]] = defaultdict(list)
            for visitor in visitors:
                alike[visitor.service].append(visitor)
            return Teller(station, speed, until, alike)
        if kind == "lobby" and told["share"] == 0:
            return LobbyManager(station, speed, until, greeted)
        if kind == "kiosk":
            others = [v for v in visitors if v not in greeted or not told["lobby"]]
            return Customers(station, speed, until, others[told["share"] :: told["shares"]])
        return None

    def _on_first_picture(self, _picture: object) -> None:
        assert self._station is not None
        self._station.pictured.disconnect(self._on_first_picture)
        _tell(ready=True)

    # -- orders -------------------------------------------------------------------------------

    def _on_order(self) -> None:
        line = _ORDERS.readline()
        order: dict[str, Any] = json.loads(line) if line else {"do": "leave"}
        match order["do"]:
            case "begin":
                self._begin(order["at"])
            case "type":
                self._type()
            case "report":
                deadline = time.monotonic() + _LAST_ENTRY_S
                self._report_when_followed(order["followed"], order["shown"], deadline)
            case "leave":
                self._orders.setEnabled(False)
                self._waits.stop()
                self._worker.stop()
                QApplication.quit()

    def _begin(self, at: float) -> None:
        """All stations' clocks show the same, whenever each of them was told."""
        speed = self._told["speed"]
        gone = time.monotonic() - at
        self._clock.start(self._told["opens"] + round(gone * speed * 1000), speed)
        if self._person is not None:
            self._person.begin()

    def _type(self) -> None:
        assert self._sign_in is not None
        QTest.keyClicks(self._sign_in.form.number.edit, _TYPED)
        _tell(typed=self._sign_in.form.number.text())

    def _on_offline(self, _sentence: str, _tries: int) -> None:
        # A moment later, when every window has heard it.
        QTimer.singleShot(200, self, self._read_banner)

    def _read_banner(self) -> None:
        assert self._sign_in is not None
        if not self._sign_in.banner.isHidden():
            self._banner.append(self._sign_in.banner.sentence.text())

    def _report_when_followed(self, followed: int, shown: int, deadline: float) -> None:
        notes = self._notebook
        newest = notes.followed[-1] if notes.followed else notes.began_after
        late = newest < followed or notes.shown[-1][0] < shown
        if late and time.monotonic() < deadline:
            again = partial(self._report_when_followed, followed, shown, deadline)
            QTimer.singleShot(50, self, again)
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _tell(
            report={
                **asdict(notes),
                "refused": dict(self._person.refused) if self._person else {},
                "typed": self._sign_in.form.number.text() if self._sign_in else "",
                "banner": self._banner[0] if self._banner else "",
                "banner_gone": self._sign_in is None or self._sign_in.banner.isHidden(),
                "processor_s": round(used.ru_utime + used.ru_stime, 1),
                "memory_mib": used.ru_maxrss // 1024,
            }
        )


def _tell(**what: Any) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def main() -> None:
    """Be the station that the first line of standard input names."""
    told = json.loads(_ORDERS.readline())
    with tempfile.TemporaryDirectory(prefix="tingtang-station-") as home:
        app = make_application("zh")
        process = StationProcess(told, Path(home))
        process.setObjectName(told["name"])
        app.exec()


if __name__ == "__main__":
    main()
