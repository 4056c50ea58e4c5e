"""The lock over a window: who opens it, what stays shut, how a colleague takes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import counters_now
from tests.ui.signin.conftest import WRONG, press, show, type_pin
from ui.shell.language import language
from ui.shell.session import IdleWatch
from ui.shell.station import Station
from ui.shell.worker import Worker
from ui.signin.lock import LockScreen
from ui.widgets.label import Label

StationFor = Callable[[str, str], Station]
Lock = Callable[[str, str], LockScreen]
Run = Callable[[str, str, object], Any]


class Desk(QWidget):
    """A window with a key and a button, as stations have."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.button = QPushButton("叫下一位")
        self.button.clicked.connect(lambda: self.done.append("click"))
        QVBoxLayout(self).addWidget(self.button)
        QShortcut(QKeySequence(Qt.Key.Key_F2), self, lambda: self.done.append("F2"))
        self.resize(1280, 800)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    window = Desk()
    qtbot.addWidget(window)
    show(qtbot, window)
    return window


@pytest.fixture
def lock(qtbot: QtBot, desk: Desk, station_for: StationFor, worker: Worker) -> Lock:
    def close_down(place: str, number: str) -> LockScreen:
        screen = LockScreen(desk, station_for(place, number), worker)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return screen

    return close_down


def words(screen: LockScreen) -> list[str]:
    return [label.text() for label in screen.findChildren(Label)]


def test_the_right_pin_opens(lock: Lock, desk: Desk, pins: dict[str, str], qtbot: QtBot) -> None:
    screen = lock("counter-1", "100482")
    assert "王敏，请输入六位密码继续工作" in words(screen)
    scrims = [w for w in desk.findChildren(QWidget) if type(w).__name__ == "Scrim"]
    assert [w.isVisible() for w in scrims] == [True]
    with qtbot.waitSignal(screen.unlocked, timeout=3000):
        type_pin(screen.pin, pins["100482"])
        QTest.keyClick(screen.pin.focusProxy(), Qt.Key.Key_Return)
    screen.deleteLater()
    qtbot.waitUntil(lambda: not any(w.isVisible() for w in desk.findChildren(QWidget)
                                    if type(w).__name__ == "Scrim"))  # fmt: skip
    press(desk.button)
    assert desk.done == ["click"]


def test_a_wrong_pin_does_not(lock: Lock, clock: SetClock, qtbot: QtBot) -> None:
    screen = lock("counter-1", "100482")
    for left in (9, 8, 7):
        type_pin(screen.pin, WRONG)
        QTest.keyClick(screen.pin.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda left=left: f"密码不对，还可以试 {left} 次" in screen.line.text())
        assert screen.pin.pin() == ""
    assert not screen.button.isEnabled()
    clock.advance(5)
    qtbot.waitUntil(screen.button.isEnabled, timeout=3000)
    language().choose("en")
    qtbot.waitUntil(lambda: screen.line.text() == "The PIN is not right, 7 tries left")
    assert screen.switch.text() == "Change person"


def test_a_colleagues_pin_does_not_open(lock: Lock, pins: dict[str, str], qtbot: QtBot) -> None:
    screen = lock("counter-1", "100482")
    type_pin(screen.pin, pins["100483"])
    press(screen.button)
    qtbot.waitUntil(lambda: "还可以试 9 次" in screen.line.text())
    assert screen.isVisible()


def test_nothing_behind_it_works(lock: Lock, desk: Desk, qtbot: QtBot) -> None:
    screen = lock("counter-1", "100482")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Escape):
        QTest.keyClick(screen.pin.focusProxy(), key)
    QTest.keyClick(screen, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert not screen.close()
    QApplication.processEvents()
    assert screen.isVisible()
    assert screen.isModal()
    assert desk.done == []


def test_a_colleague_takes_over(lock: Lock, run: Run, other: Branch, qtbot: QtBot) -> None:
    run("100482", "counter-1", OpenCounter(1))
    screen = lock("counter-1", "100482")
    with qtbot.waitSignal(screen.switch_wanted, timeout=3000):
        press(screen.switch)
    assert counters_now(other.store)[0].state == "closed"
    run("100483", "counter-1", OpenCounter(1))


def test_a_counter_with_a_customer_stays_his(
    lock: Lock, run: Run, other: Branch, qtbot: QtBot
) -> None:
    run("100482", "counter-1", OpenCounter(1))
    code = next(item.code for item in services(other.store) if item.group == "cash")
    run("KIOSK", "kiosk-1", Issue(code))
    run("100482", "counter-1", CallNext(1))
    screen = lock("counter-1", "100482")
    with qtbot.assertNotEmitted(screen.switch_wanted):
        press(screen.switch)
        qtbot.waitUntil(
            lambda: screen.line.text() == "1 号柜台还在办理 A001，请先办结", timeout=3000
        )


def test_at_the_lobby_console_nothing_is_closed(lock: Lock, qtbot: QtBot) -> None:
    screen = lock("lobby", "100301")
    with qtbot.waitSignal(screen.switch_wanted):
        press(screen.switch)


def test_an_unfinished_pin_is_said(lock: Lock) -> None:
    screen = lock("counter-1", "100482")
    type_pin(screen.pin, "12")
    press(screen.button)
    assert screen.line.text() == "请输入六位数字密码"


def test_idle_only_after_the_last_touch(desk: Desk, qtbot: QtBot) -> None:
    watch = IdleWatch(0.005)  # 0.3 s
    fired: list[int] = []
    watch.idle.connect(lambda: fired.append(1))
    for touch in (
        lambda: QTest.keyClick(desk, Qt.Key.Key_A),
        lambda: QTest.mouseMove(desk.button),
        lambda: press(desk),
        lambda: QTest.keyClick(desk, Qt.Key.Key_F2),
    ):
        qtbot.waitUntil(lambda: watch._timer.remainingTime() < 230)
        touch()
        qtbot.waitUntil(lambda: watch._timer.remainingTime() > 250)
    assert fired == []
    with qtbot.waitSignal(watch.idle, timeout=2000):
        pass
    QTest.keyClick(desk, Qt.Key.Key_A)
    with qtbot.waitSignal(watch.idle, timeout=2000):
        pass
