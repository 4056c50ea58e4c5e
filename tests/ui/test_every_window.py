"""Walks every window: accessible names, sizes to press, no clipped text, Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.registration import Register
from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter, PauseCounter
from branch.lobby.commands.floor import AskHelp
from branch.rooms.commands.starting import StartSession
from branch.rooms.commands.talk import AddCheck, GoToStep
from branch.rooms.session import Visitor
from tests.complaints.desk import WHAT, WHO, Desk
from ui.program import window_for
from ui.shell.language import language
from ui.shell.station import Station

PLACES = {
    "kiosk-1": ("KIOSK", 1080, 1920),
    "lobby": ("100301", 1440, 900),
    "counter-1": ("100482", 1280, 800),
    "board-1": ("BOARD", 1920, 1080),
    "rating-1": ("BOARD", 1280, 800),
    "dashboard": ("100101", 1440, 900),
    "register": ("100401", 1440, 900),
    "complaints": ("100303", 1440, 900),
    "room": ("100303", 1440, 900),
    "room-2": ("100303", 1280, 800),
    "drills": ("100301", 1280, 800),
    "admin": ("100001", 1280, 800),
}
_MOST_LOOKS = 20
CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
)
StationFor = Callable[[str, str], Station]
Run = Callable[[str, str, object], object]


class Flashes(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("place", list(PLACES))
def test_no_part_flashes_as_a_window_of_its_own(
    qapp: QApplication, qtbot: QtBot, station_for: StationFor, place: str
) -> None:
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    try:
        made = window_for(station_for(place, PLACES[place][0]))
        qtbot.addWidget(made)
        stack = getattr(made, "pages", ())
        for key in stack if isinstance(stack, Mapping) else ():
            made.show_page(key)
    finally:
        qapp.removeEventFilter(flashes)
    assert flashes.seen == []


@pytest.fixture(params=list(PLACES))
def window(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    station_for: StationFor,
    run: Run,
    other: Branch,
    clock: SetClock,
) -> QWidget:
    """A station's window on a branch at work."""
    run("100482", "counter-1", OpenCounter(1))
    run("100483", "counter-2", OpenCounter(2))
    run("100483", "counter-2", PauseCounter(2, "cash"))
    for classes in ((), ("elderly",), ("assisted",), ()):
        run("KIOSK", "kiosk-1", Issue("P01", frozenset(classes), frozenset({"seat"})))
    run("100482", "counter-1", CallNext(1))
    run("KIOSK", "kiosk-1", AskHelp())
    run("100301", "lobby", Register("on_site", clock.now_ms(), WHO, WHAT))
    begin_session(other, clock)
    account, width, height = PLACES[request.param]
    shown = window_for(station_for(request.param, account))
    qtbot.addWidget(shown)
    shown.resize(width, height)
    shown.show()
    return shown


def begin_session(branch: Branch, clock: SetClock) -> None:
    """A customer is received in room 2."""
    desk = Desk(branch, clock)
    told = {"notice_shown": True, "notice_spoken": True, "agreed": True}
    both = (desk.staff("100302"), desk.staff("100303"))
    session = desk.run(StartSession(2, *both, (Visitor(WHO.name),), **told)).id
    desk.run(AddCheck(session, "宣传页", "已看，风险提示不在同一位置", "differs"))
    desk.run(GoToStep(session, 4, "到期一看只有两个点。"))


def settle(qtbot: QtBot, window: QWidget) -> None:
    """Wait until the window's first queries have been answered and painted.

    On a busy machine that takes longer: then until nothing moves any more.
    """
    with qtbot.waitExposed(window):
        pass
    qtbot.wait(300)
    before: object = None
    for _look in range(_MOST_LOOKS):
        now = picture(window)
        if now == before:
            return
        before = now
        qtbot.wait(150)


def picture(window: QWidget) -> list[tuple[QRect, str]]:
    """Where every part of the window stands, and what it says."""
    return [
        (widget.geometry(), widget.text() if isinstance(widget, QLabel | QAbstractButton) else "")
        for widget in visible(window, QWidget)
    ]


def visible(window: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> list[QWidget]:
    return [w for w in window.findChildren(QWidget) if isinstance(w, kind) and w.isVisible()]


def name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_control_has_a_name_and_a_key(qtbot: QtBot, window: QWidget, code: str) -> None:
    language().choose(code)
    settle(qtbot, window)
    for control in visible(window, CONTROLS):
        text = control.text() if isinstance(control, QPushButton) else ""
        assert control.accessibleName() or text, name_of(control)
        assert control.focusPolicy() or not control.isEnabled(), name_of(control)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_text_is_cut(qtbot: QtBot, window: QWidget, code: str) -> None:
    language().choose(code)
    settle(qtbot, window)
    for widget in visible(window, QWidget):
        cut = getattr(widget, "cut_texts", None)
        if cut is not None:
            assert not cut(), f"{name_of(widget)}: {cut()}"
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        if label.text() and not label.wordWrap() and "Elided" not in type(label).__name__:
            needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
            assert needed <= label.contentsRect().width() + 1, f"{label.text()}: {label.size()}"
    for button in visible(window, QPushButton):
        hint = button.sizeHint()
        assert button.width() + 1 >= hint.width(), f"{name_of(button)} {button.size()} < {hint}"


def test_what_is_pressed_on_the_kiosk_is_large_enough(
    qtbot: QtBot, station_for: StationFor
) -> None:
    kiosk = window_for(station_for("kiosk-1", "KIOSK"))
    qtbot.addWidget(kiosk)
    kiosk.resize(1080, 1920)
    kiosk.show()
    settle(qtbot, kiosk)
    for button in visible(kiosk, QAbstractButton):
        assert min(button.width(), button.height()) >= 80, name_of(button)


def test_what_is_pressed_standing_is_44_px(qtbot: QtBot, station_for: StationFor) -> None:
    lobby = window_for(station_for("lobby", "100301"))
    qtbot.addWidget(lobby)
    lobby.resize(1440, 900)
    lobby.show()
    settle(qtbot, lobby)
    flow = [b for b in visible(lobby, QAbstractButton) if "Tile" in type(b).__name__]
    assert flow
    for button in flow:
        assert button.height() >= 44, name_of(button)
