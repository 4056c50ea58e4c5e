"""A day played in the real windows, shown on a display or left as pictures in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib import resources as package_files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.catalogue.queries import priority_classes, services
from branch.founding import sample_plan
from branch.kernel import journal
from branch.kernel.clock import PlayClock
from branch.kernel.errors import BadInput, StoreUnavailable, TingtangError
from branch.kernel.phrases import phrases
from branch.kernel.settings import Settings
from branch.lobby.queries.report import DayReport, day_report
from branch.lobby.queries.screens import BranchName, branch_name
from branch.lobby.queries.slip import Slip, slip
from branch.people.queries import staff_members
from branch.tools.day_file import read_day
from branch.tools.day_play import DayPlay
from branch.tools.day_report import journal_lines, keep_report, summary_text
from branch.tools.scratch import scratch_store
from reports.forms.day import day_report_pdf
from reports.forms.ticket import ticket_pdf
from ui.program import ACCOUNTS, window_for
from ui.shell.application import has_display, make_application
from ui.shell.language import language
from ui.shell.station import Person, Station
from ui.shell.ticket_printing import ticket_form
from ui.shell.waits import Waits
from ui.shell.worker import Worker
from ui.signin.window import SignInWindow

STATIONS = ("kiosk-1", "lobby", "counter-1", "board-1")
_STAFF = {"lobby": "100301", "counter-1": "100482"}
_MOST_TICKETS = 8
_PICTURES_AFTER = timedelta(hours=2, minutes=40)
_DEFAULT_SPEED = 60
_FRAME_MS = 50
_SETTLE_MS = 500
_WAITS_MS = 5_000


@dataclass(frozen=True)
class _Ready:
    play: DayPlay
    day: date
    branch: BranchName
    people: dict[str, Person]
    count: int


class Demo(QObject):
    """The sample branch on a scratch store, a day's play, and windows to watch it in."""

    def __init__(self, url: str, settings: Settings, file: Path) -> None:
        super().__init__()
        self.settings = settings
        self.zone = ZoneInfo("UTC")
        self._file = file
        self.clock = PlayClock()
        self.worker = Worker(url, self.clock)
        self.waits = Waits(self.worker, self.clock)
        self.slips: list[Slip] = []
        self.windows: dict[str, QWidget] = {}
        self._failure: TingtangError | BaseException | None = None
        self.worker.defect.connect(self._keep_failure)
        self.worker.store_failed.connect(lambda error, tries: self._keep_failure(error))

    # -- waiting for the worker ---------------------------------------------------------------

    def wait_for(self, work: Callable[[Branch], Any]) -> Any:
        """Run work on the worker's thread while the windows live; raises what it raised."""
        loop = QEventLoop()
        answers: list[Any] = []

        def then(value: Any) -> None:
            answers.append(value)
            loop.quit()

        def failed(error: TingtangError) -> None:
            self._failure = error
            loop.quit()

        self.worker.ask(self, work, then, failed)
        guard = QTimer()
        guard.timeout.connect(lambda: loop.quit() if self._failure else None)
        guard.start(100)
        loop.exec()
        if self._failure is not None:
            raise self._failure
        return answers[0]

    def pause(self, ms: int) -> None:
        """Let the windows live for so many milliseconds."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def await_waits(self) -> None:
        """Let the windows live until they show expected waits, where there are any to show."""
        loop = QEventLoop()
        self.waits.shown_changed.connect(loop.quit)
        QTimer.singleShot(_WAITS_MS, loop.quit)
        if self.waits.shown is None:
            loop.exec()

    def _keep_failure(self, error: BaseException) -> None:
        self._failure = error

    # -- the day ------------------------------------------------------------------------------

    def prepare(self) -> _Ready:
        """Found the sample branch and read the day; raises BadInput for a malformed file."""
        self.worker.start()
        ready: _Ready = self.wait_for(self._set_up)
        return ready

    def _set_up(self, branch: Branch) -> _Ready:
        branch.found(sample_plan())
        store = branch.store
        named = branch_name(store)
        self.zone = ZoneInfo(named.zone)
        day, visitors = read_day(
            self._file,
            self.zone,
            {service.code for service in services(store)},
            {klass.code for klass in priority_classes(store)},
        )
        keep = partial(self._keep_slip, store)
        play = DayPlay(branch, day, visitors, keep, promises=True)
        people = {
            member.staff_no: Person(member.id, member.staff_no, member.name, member.roles)
            for member in staff_members(store)
        }
        return _Ready(play, day, named, people, len(visitors))

    def _keep_slip(self, store: Any, ticket: int) -> None:
        if len(self.slips) < _MOST_TICKETS:
            self.slips.append(slip(store, ticket))

    def open_windows(self, ready: _Ready) -> None:
        """Open the four stations."""
        for name in STATIONS:
            account = _STAFF.get(name) or ACCOUNTS[name.partition("-")[0]]
            station = Station(
                self.worker,
                name,
                ready.people[account],
                ready.branch,
                self.clock,
                self.settings,
                self.waits,
            )
            self.windows[name] = window_for(station)
            station.setParent(self.windows[name])

    def step_until(self, play: DayPlay, until: int | None) -> None:
        """Carry out every moment up to an instant (ms), or all; on the worker's thread."""
        while play.next_at is not None and (until is None or play.next_at <= until):
            with self.clock.hold(play.next_at):
                play.step()

    def play_until(self, play: DayPlay, until: int | None) -> None:
        """Play up to an instant (ms), or to the end: at once, or as the clock runs."""
        if not self.clock.runs:
            self.wait_for(lambda branch: self.step_until(play, until))
            if until is not None:
                self.clock.start(until, 0)
            return
        while play.next_at is not None and (until is None or self.clock.now_ms() < until):
            self.wait_for(lambda branch: self.step_until(play, self.clock.now_ms()))
            self.pause(_FRAME_MS)

    def result(self, day: date) -> tuple[DayReport, tuple[int, str], str]:
        """The day's report, the journal's head, and the journal line by line."""

        def work(branch: Branch) -> tuple[DayReport, tuple[int, str], str]:
            report = day_report(branch.store, day.isoformat())
            assert report is not None  # the play opened the day
            return report, journal.head(branch.store), journal_lines(branch.store)

        found: tuple[DayReport, tuple[int, str], str] = self.wait_for(work)
        return found


def run_demo(
    settings: Settings,
    language_code: str,
    day: Path | None,
    speed: int | None,
    headless: bool,
    out: Path,
    say: Callable[[str], None],
) -> int:
    """Play a day; returns the exit status. ``say`` takes lines for the person who started it.

    Raises BadInput for a malformed file or a speed out of range.
    """
    if speed is not None and not 1 <= speed <= 600:
        raise BadInput("speed_range", field="speed")
    if not headless and not has_display():
        say(phrases("cli").say("no_display", language_code, out=str(out)))
        headless = True
    app = make_application(language_code, offscreen=headless)
    with scratch_store(settings) as url, package_files.as_file(_sample_day()) as sample:
        demo = Demo(url, settings, day or sample)
        try:
            ready = demo.prepare()
            count = ready.count
            say(
                phrases("cli").say("playing", language_code, day=ready.day.isoformat(), count=count)
            )
            if headless:
                demo.clock.start(ready.play.opens, speed or 0)
                _leave_results(demo, ready, out, say)
            else:
                demo.clock.start(ready.play.opens, speed or _DEFAULT_SPEED)
                _show(demo, ready)
                app.exec()
            if ready.play.next_at is None:
                _tell(demo, ready, language_code, out, say)
        finally:
            for window in demo.windows.values():
                window.close()
            demo.waits.stop()
            demo.worker.stop()
    return 0


def _sample_day() -> Any:
    return package_files.files("resources").joinpath("samples/days/ordinary_friday.csv")


def _show(demo: Demo, ready: _Ready) -> None:
    """Open the windows beside each other and let the play follow its clock."""
    demo.open_windows(ready)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    half = screen.size() / 2
    corners = ((0, 0), (1, 0), (0, 1), (1, 1))
    for window, (column, row) in zip(demo.windows.values(), corners, strict=True):
        window.resize(half)
        window.move(screen.x() + column * half.width(), screen.y() + row * half.height())
        window.show()
    due = QTimer(demo)
    due.setInterval(_FRAME_MS)

    def follow() -> None:
        at = ready.play.next_at
        if at is None:
            due.stop()
        elif at <= demo.clock.now_ms():
            due.stop()
            demo.worker.ask(
                demo,
                lambda branch: demo.step_until(ready.play, demo.clock.now_ms()),
                lambda done: due.start(),
            )

    due.timeout.connect(follow)
    due.start()


def _leave_results(demo: Demo, ready: _Ready, out: Path, say: Callable[[str], None]) -> None:
    """Play to a busy hour, keep a picture of every station, play on, keep some tickets."""
    demo.open_windows(ready)
    for window in demo.windows.values():
        window.show()
    busy = ready.play.opens + int(_PICTURES_AFTER.total_seconds() * 1000)
    demo.play_until(ready.play, busy)
    demo.pause(_SETTLE_MS)
    demo.await_waits()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _keep_pictures(demo, ready, out, say)
        demo.play_until(ready.play, None)
        for kept in demo.slips:
            file = out / f"ticket-{kept.number}.pdf"
            file.write_bytes(ticket_pdf(ticket_form(kept, "kiosk-1", demo.zone)))
    except OSError as error:
        raise StoreUnavailable("folder_not_writable", folder=str(out)) from error


def _keep_pictures(demo: Demo, ready: _Ready, out: Path, say: Callable[[str], None]) -> None:
    sign_in = SignInWindow(demo.worker, demo.settings, demo.clock, ready.branch)
    sign_in.show()
    demo.pause(_SETTLE_MS)
    for name, window in {"sign-in": sign_in, **demo.windows}.items():
        file = out / f"{name}.png"
        if not window.grab().save(str(file)):
            raise StoreUnavailable("folder_not_writable", folder=str(out))
        say(phrases("cli").say("picture_kept", language().code, file=str(file)))
    sign_in.close()


def _tell(
    demo: Demo, ready: _Ready, language_code: str, out: Path, say: Callable[[str], None]
) -> None:
    report, head, lines = demo.result(ready.day)
    closed_at = json.loads(lines.splitlines()[-1])["at"]
    paper = day_report_pdf(report, language_code, closed_at)
    keep_report(out, report.summary, head, lines, paper, language_code)
    say(summary_text(report.summary, language_code))
    file = str(out / "summary.json")
    say(phrases("cli").say("summary_kept", language_code, file=file))
