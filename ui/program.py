"""The program's course: open the store, found the branch, sign in, show a station, lock.

It puts windows together and owns no screen of its own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from branch.bootstrap import Branch
from branch.kernel.clock import Clock, SystemClock
from branch.kernel.errors import BadInput, StoreLocked, TingtangError
from branch.kernel.key_ring import KeyRing
from branch.kernel.runner import Actor
from branch.kernel.setting import setting
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.queries.screens import BranchName, branch_name
from branch.people.commands import SignOut
from branch.people.queries import staff_members
from branch.people.rules import PROGRAM, permits
from branch.visitors.commands.rollcall import RecordRosterPrint
from branch.visitors.queries.roster import KeptRoster
from ui.admin.window import AdminWindow
from ui.board.window import BoardWindow
from ui.complaints.window import ComplaintsWindow
from ui.counter.rating import RatingWindow
from ui.counter.window import CounterWindow
from ui.dashboard.window import DashboardWindow
from ui.drills.window import DrillsWindow
from ui.kiosk.window import KioskWindow
from ui.lobby.window import LobbyWindow
from ui.rooms.window import RoomWindow
from ui.shell.application import has_display, make_application, spare_the_collector
from ui.shell.defects import Defects
from ui.shell.due_card import Seen
from ui.shell.host_notice import HostNotice
from ui.shell.inspection_notice import InspectionNotice
from ui.shell.language import language
from ui.shell.reminders import Reminders
from ui.shell.retention import NightRetention
from ui.shell.room_calls import RoomCalls
from ui.shell.roster_keeper import RosterKeeper
from ui.shell.session import IdleWatch
from ui.shell.standing import Standing
from ui.shell.station import Person, Station, sentence
from ui.shell.waits import Waits
from ui.shell.worker import Worker
from ui.signin.first_start import FirstStartWizard
from ui.signin.kept_roster import KeptRosterLine
from ui.signin.lock import LockScreen
from ui.signin.page import EntryPage
from ui.signin.recovery import RecoveryDialog, RecoveryWindow
from ui.signin.trouble import TroubleWindow
from ui.signin.window import SignInWindow
from ui.visitors.away_window import AwayRollWindow
from ui.visitors.window import register_window

_log = logging.getLogger("tingtang")

# Places without a person: the account that runs them.
ACCOUNTS = {"kiosk": "KIOSK", "board": "BOARD", "rating": "BOARD"}


def window_for(station: Station) -> QWidget:
    """The window of a station by its name; raises BadInput for a name that is no station's."""
    kind = station.name.partition("-")[0]
    makers: dict[str, Callable[[Station], QWidget]] = {
        "lobby": LobbyWindow,
        "counter": CounterWindow,
        "kiosk": KioskWindow,
        "board": BoardWindow,
        "rating": RatingWindow,
        "dashboard": DashboardWindow,
        "register": register_window,
        "complaints": ComplaintsWindow,
        "drills": DrillsWindow,
        "room": RoomWindow,
        "admin": AdminWindow,
    }
    if kind not in makers:
        raise BadInput("station_unknown", field="station", given=station.name)
    return makers[kind](station)


def checked_station(name: str) -> str:
    """The name of a station that needs nobody to sign in; raises BadInput for any other."""
    if not re.fullmatch(r"(kiosk|board|rating)-[1-9][0-9]?", name):
        raise BadInput("station_unknown", field="station", given=name)
    return name


class Program(QObject):
    """One process of the program: one worker, one window at a time."""

    def __init__(self, settings: Settings, clock: Clock, station: str | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._wanted = station
        ring = KeyRing(settings.config)
        self._worker = Worker(settings.database, clock, ring, settings.attachments)
        self._waits = Waits(self._worker, clock)
        self._keeper = RosterKeeper(self._worker, clock, settings)
        self._roster_prints = 0
        self._seen = Seen()
        self._defects = Defects(settings)
        self._window: QWidget | None = None
        self._station: Station | None = None
        self._lock: LockScreen | None = None
        self._idle: IdleWatch | None = None
        self._recovery: RecoveryDialog | None = None
        self._worker.opened.connect(self._on_opened)
        self._worker.store_failed.connect(self._on_store_failed)
        self._worker.defect.connect(self._defects.report)
        self._defects.found.connect(self._on_defect)
        language().changed.connect(self._keep_language)

    @property
    def window(self) -> QWidget | None:
        """The window that is shown."""
        return self._window

    @property
    def locked(self) -> bool:
        """Whether the lock covers the window."""
        return self._lock is not None

    def start(self) -> None:
        """Open the store; everything else follows from its answer."""
        self._worker.start()

    def stop(self) -> None:
        """Finish what is being written, close the store, end the child process."""
        self._waits.stop()
        self._worker.stop()
        self._defects.give_back()

    # -- opening ------------------------------------------------------------------------------

    def _on_opened(self, founded: bool) -> None:
        if founded:
            self._begin()
            return
        wizard = FirstStartWizard(self._worker, self._settings)
        wizard.founded.connect(self._begin)
        self._show(wizard)

    def _on_store_failed(self, error: TingtangError, tries: int) -> None:
        if isinstance(error, StoreLocked):
            self._ask_recovery_key(error)
            return
        if self._station is not None or isinstance(self._window, EntryPage):
            return  # the open window has a strip of its own
        if isinstance(self._window, TroubleWindow):
            self._window.set_sentence(sentence(error))
            return
        trouble = TroubleWindow(sentence(error))
        trouble.retry_wanted.connect(self._worker.retry_now)
        line = KeptRosterLine(self._settings, self._clock)
        line.printed.connect(self._count_roster_print)
        line.roll_wanted.connect(partial(self._open_away_roll, error))
        trouble.add_line(line)
        self._show(trouble)

    def _open_away_roll(self, error: TingtangError, kept: KeptRoster, name: str) -> None:
        """A roll call before anybody could sign in; the store, once there, takes its place."""
        person = Person(PROGRAM, "", name, frozenset())
        station = Station(
            self._worker, "register", person, kept.branch, self._clock, self._settings, self._waits
        )
        self._station = station
        window = AwayRollWindow(station)
        window.left.connect(partial(self._leave_away_roll, error))
        self._show(window)

    def _leave_away_roll(self, error: TingtangError) -> None:
        self._station = None
        self._on_store_failed(error, 0)

    def _ask_recovery_key(self, error: StoreLocked) -> None:
        window = self._window
        if isinstance(window, RecoveryWindow):
            window.form.set_error(error)
        elif self._station is None and not isinstance(window, EntryPage):
            self._show(RecoveryWindow(self._worker, error))
        elif window is not None and self._recovery is None and not self._is_unattended():
            # Customers stand before a kiosk: it is asked when somebody starts it again.
            self._recovery = RecoveryDialog(window, self._worker, error)
            self._recovery.finished.connect(self._forget_recovery)
            self._recovery.open()

    def _forget_recovery(self) -> None:
        self._recovery = None

    def _is_unattended(self) -> bool:
        return self._station is not None and self._station.name.partition("-")[0] in ACCOUNTS

    def _count_roster_print(self) -> None:
        self._roster_prints += 1

    def _begin(self) -> None:
        # Printed while there was no store and nobody could sign in.
        while self._roster_prints:
            self._roster_prints -= 1
            self._worker.run(self, RecordRosterPrint(), Actor(PROGRAM, "sign-in"))
        self._worker.ask(self, lambda branch: branch_name(branch.store), self._on_branch)

    def _on_branch(self, branch: BranchName) -> None:
        if self._wanted is not None:
            self._open_unattended(self._wanted, branch)
        else:
            self._show_sign_in(branch)

    def _open_unattended(self, name: str, branch: BranchName) -> None:
        account = ACCOUNTS[name.partition("-")[0]]

        def find(opened: Branch) -> Person:
            member = next(m for m in staff_members(opened.store) if m.staff_no == account)
            return Person(member.id, member.staff_no, member.name, member.roles)

        self._worker.ask(self, find, lambda person: self._open_station(person, name, branch))

    # -- signing in and out -------------------------------------------------------------------

    def _show_sign_in(self, branch: BranchName, place: str = "") -> None:
        self._station = None
        window = SignInWindow(self._worker, self._settings, self._clock, branch)
        if place:
            window.choose_place(place)
        window.signed_in.connect(partial(self._on_signed_in, branch))
        self._show(window)

    def _on_signed_in(self, branch: BranchName, person: Person, place: str) -> None:
        account = ACCOUNTS.get(place.partition("-")[0])
        if account is not None:
            # Somebody has started the station; from here on it is nobody's.
            self._worker.run(self, SignOut(), Actor(person.staff, place))
            self._open_unattended(place, branch)
        else:
            self._open_station(person, place, branch)

    def _open_station(self, person: Person, name: str, branch: BranchName) -> None:
        station = Station(
            self._worker, name, person, branch, self._clock, self._settings, self._waits
        )
        self._station = station
        self._idle = None
        station.sign_out_wanted.connect(lambda: self._leave(branch, name))
        station.lock_wanted.connect(lambda: self._lock_window(branch, name))
        station.place_wanted.connect(lambda place: self._open_station(person, place, branch))
        station.case_wanted.connect(lambda case: self._open_case(person, case, branch))
        window = window_for(station)
        self._show(window)
        if permits("MarkRoll", person.roles):
            self._keeper.start()
        elif name.partition("-")[0] in ACCOUNTS:
            self._keeper.stop()
        if name.partition("-")[0] not in ACCOUNTS:
            Standing(station).ended.connect(lambda: self._end(station, branch))
            NightRetention(station, window)
            self._show_cards(station, window)
            self._worker.ask(
                self,
                lambda opened: setting(opened.store, "lock_after_min"),
                lambda minutes: self._watch(minutes, branch, name),
            )

    def _show_cards(self, station: Station, window: QWidget) -> None:
        """What a desk is told in the corner; nothing of it in a room where a visitor sits."""
        if not isinstance(window, RoomWindow):
            HostNotice(station, window)
            Reminders(station, window, self._seen)
            if permits("FinishSheet", station.person.roles):
                InspectionNotice(station, window, self._seen)
            RoomCalls(station, window)

    def _open_case(self, person: Person, complaint: int, branch: BranchName) -> None:
        """At the complaint desk, which is opened first where something else is."""
        if not isinstance(self._window, ComplaintsWindow):
            self._open_station(person, "complaints", branch)
        if isinstance(self._window, ComplaintsWindow):
            self._window.go_to_case(complaint)

    def _leave(self, branch: BranchName, place: str) -> None:
        if self._station is not None:
            self._worker.run(self, SignOut(), self._station.actor)
        self._unlock()
        self._show_sign_in(branch, place)

    def _end(self, station: Station, branch: BranchName) -> None:
        """The account was closed or lost a role: back to the door, where it is told why."""
        if self._station is station:
            self._unlock()
            self._show_sign_in(branch, station.name)

    # -- locking ------------------------------------------------------------------------------

    def _watch(self, minutes: int, branch: BranchName, name: str) -> None:
        self._idle = IdleWatch(minutes)
        self._idle.idle.connect(lambda: self._lock_window(branch, name))

    def _lock_window(self, branch: BranchName, name: str) -> None:
        if self._lock is not None or self._window is None or self._station is None:
            return
        self._lock = LockScreen(self._window, self._station, self._worker)
        self._lock.unlocked.connect(self._unlock)
        self._lock.switch_wanted.connect(lambda: self._leave(branch, name))
        self._lock.show()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.deleteLater()
            self._lock = None

    # -- the window ---------------------------------------------------------------------------

    def _show(self, window: QWidget) -> None:
        before, self._window = self._window, window
        if isinstance(window, BoardWindow | KioskWindow) and has_display():
            window.showFullScreen()
        else:
            window.show()
        if before is not None:
            # Not at once: its own signal is what brought us here.
            QTimer.singleShot(0, before, before.close)
            before.deleteLater()
        QTimer.singleShot(0, self, spare_the_collector)

    def _keep_language(self, code: str) -> None:
        if not self._is_unattended():
            try:
                keep_machine_choice(self._settings, "language", code)
            except OSError as error:
                # The language is spoken all the same, until the program ends.
                _log.warning("language not kept: %s", error)

    def _on_defect(self, reference: str) -> None:
        if self._station is not None:
            text = self.tr(
                "程序出了错，已记录，编号 {reference}。可以继续使用；如再出现，请告诉管理员"
            )
            self._station.complained.emit(text.format(reference=reference))


def run_program(settings: Settings, language_code: str, station: str | None) -> int:
    """Open the program and stay until its window is closed; returns the exit status."""
    wanted = checked_station(station) if station else None
    app: QApplication = make_application(language_code)
    program = Program(settings, SystemClock(), wanted)
    program.start()
    try:
        return app.exec()
    finally:
        program.stop()
