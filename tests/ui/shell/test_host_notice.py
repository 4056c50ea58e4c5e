"""A host learns on his own screen that his visitor is here, wherever he is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.journal import entries
from branch.kernel.settings import Settings
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.counters import OpenCounter
from branch.people.queries import account_id
from branch.visitors.commands.register import AnswerVisit, SignInVisitor, SignOutVisitor
from branch.visitors.details import Details
from ui.counter.window import CounterWindow
from ui.lobby.window import LobbyWindow
from ui.program import Program, window_for
from ui.shell.host_notice import HostNotice
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.signin.window import SignInWindow
from ui.widgets.button import PrimaryButton
from ui.widgets.dialog import Scrim

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
HOST, GUARD = "100482", "100401"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    reduce_motion(True)
    yield
    reduce_motion(False)


class Visits:
    """The guard's desk and the host's window."""

    def __init__(self, run: Run, other: Branch, station_for: StationFor, qtbot: QtBot) -> None:
        self.run, self.other, self._station_for, self.qtbot = run, other, station_for, qtbot

    def come(self, name: str = "周建军", host: str = HOST) -> int:
        details = Details(
            name, "安达设备维保", account_id(self.other.store, host), "maintenance", "machine_room"
        )
        return int(self.run(GUARD, "register", SignInVisitor(details, True, 1)).id)

    def window(
        self, place: str = "counter-1", staff_no: str = HOST, size: tuple[int, int] = (1280, 800)
    ) -> tuple[QWidget, HostNotice]:
        station = self._station_for(place, staff_no)
        window = window_for(station)
        self.qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        notice = HostNotice(station, window)
        self.qtbot.waitUntil(lambda: not notice.asking.under_way, timeout=5000)
        return window, notice


@pytest.fixture
def visits(run: Run, other: Branch, station_for: StationFor, qtbot: QtBot) -> Visits:
    return Visits(run, other, station_for, qtbot)


def place(widget: QWidget, window: QWidget) -> QRect:
    return widget.rect().translated(widget.mapTo(window, QPoint(0, 0)))


def test_nobody_is_told_of_nothing(visits: Visits) -> None:
    _window, notice = visits.window()
    assert not notice.isVisible()


def test_the_host_reads_a_masked_name_and_answers(visits: Visits, qtbot: QtBot) -> None:
    _window, notice = visits.window()
    visitor = visits.come()
    qtbot.waitUntil(notice.isVisible, timeout=5000)
    assert notice.sentence.text() == "周*军（安达设备维保）到访，在门岗等您"
    assert notice.second.text() == "09:00 登记，访客牌 V-01，去机房"
    assert notice.accessibleName() == notice.sentence.text()
    qtbot.mouseClick(notice.button, LEFT)
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=5000)
    last = list(entries(visits.other.store))[-1]
    assert (last.what, last.subject) == ("visitor.answered", str(visitor))


def test_only_the_host_is_told(visits: Visits, qtbot: QtBot) -> None:
    _window, notice = visits.window()
    visits.come(host="100483")
    with qtbot.waitSignal(notice._station.changed, timeout=5000):
        visits.come(host="100301")
    qtbot.waitUntil(lambda: not notice.asking.under_way)
    assert not notice.isVisible()


def test_who_signs_in_later_is_told_as_well(visits: Visits) -> None:
    visits.come()
    _window, notice = visits.window()
    assert notice.isVisible()


def test_yesterday_s_visitor_is_not_announced_today(visits: Visits, clock: SetClock) -> None:
    visits.come()
    clock.advance(24 * 3600)
    _window, notice = visits.window()
    assert not notice.isVisible()


def test_several_come_one_after_another(visits: Visits, qtbot: QtBot) -> None:
    visits.come("周建军")
    visits.come("吴敏")
    _window, notice = visits.window()
    assert notice.more.text() == "还有 1 位"
    qtbot.mouseClick(notice.button, LEFT)
    qtbot.waitUntil(lambda: notice.sentence.text().startswith("吴*"), timeout=5000)
    assert notice.more.text() == ""


def test_answered_elsewhere_or_gone_it_goes_by_itself(visits: Visits, qtbot: QtBot) -> None:
    first, second = visits.come("周建军"), visits.come("吴敏")
    _window, notice = visits.window()
    visits.run(HOST, "dashboard", AnswerVisit(first))
    qtbot.waitUntil(lambda: notice.sentence.text().startswith("吴*"), timeout=5000)
    visits.run(GUARD, "register", SignOutVisitor(second))
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=5000)


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
@pytest.mark.parametrize(
    ("station", "staff_no"), [("counter-1", HOST), ("lobby", "100301"), ("dashboard", "100101")]
)
def test_it_covers_no_solid_button(
    visits: Visits, qtbot: QtBot, station: str, staff_no: str, size: tuple[int, int], code: str
) -> None:
    language().choose(code)
    if station == "counter-1":
        visits.run(HOST, "counter-1", OpenCounter(1))
        visits.run("KIOSK", "kiosk-1", Issue("P01"))
    visits.come(host=staff_no)
    window, notice = visits.window(station, staff_no, size)
    if isinstance(window, CounterWindow | LobbyWindow):
        qtbot.waitUntil(
            lambda: any(b.isVisible() for b in window.findChildren(PrimaryButton)), timeout=5000
        )
    qtbot.waitUntil(
        lambda: (
            not any(
                notice.geometry().intersects(place(button, window))
                for button in window.findChildren(PrimaryButton)
                if button.isVisible()
            )
        ),
        timeout=5000,
    )
    assert window.rect().contains(notice.geometry())
    assert notice.geometry().bottom() > size[1] - 40
    assert notice.button.height() >= 44


def test_a_dialog_or_the_lock_covers_it(visits: Visits, qtbot: QtBot) -> None:
    window, notice = visits.window()
    scrim = Scrim(window)
    scrim.show()
    scrim.raise_()
    visits.come()
    qtbot.waitUntil(notice.isVisible, timeout=5000)
    assert window.childAt(notice.geometry().center()) is scrim


def test_it_keeps_its_corner(visits: Visits, qtbot: QtBot) -> None:
    visits.come()
    window, notice = visits.window("dashboard", HOST, (1280, 800))
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: notice.geometry().right() == 1440 - 24 - 1, timeout=5000)


def test_a_refused_answer_leaves_it_pressable(visits: Visits, qtbot: QtBot) -> None:
    visitor = visits.come()
    _window, notice = visits.window()
    # Signed out in the moment of pressing: somebody was quicker.
    visits.run(GUARD, "register", SignOutVisitor(visitor))
    qtbot.mouseClick(notice.button, LEFT)
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=5000)


@pytest.mark.parametrize(("place_name", "told"), [("dashboard", True), ("kiosk-1", False)])
def test_the_program_gives_it_to_people_s_windows_only(
    visits: Visits,
    qtbot: QtBot,
    settings: Settings,
    clock: SetClock,
    station_for: StationFor,
    place_name: str,
    told: bool,
) -> None:
    visits.come()
    program = Program(settings, clock)
    try:
        program.start()
        qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
        person = station_for(place_name, HOST if told else "KIOSK")
        program._open_station(person.person, place_name, person.branch)
        qtbot.waitUntil(lambda: not isinstance(program.window, SignInWindow))
        window = program.window
        assert window is not None
        notices = window.findChildren(HostNotice)
        assert len(notices) == int(told)
        if told:
            qtbot.waitUntil(notices[0].isVisible, timeout=5000)
    finally:
        if program.window is not None:
            program.window.close()
        program.stop()
