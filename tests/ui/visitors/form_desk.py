"""The sign-in form at a guard's desk: shown, typed into, and asked what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import to_ms
from branch.kernel.journal import Entry, entries
from branch.visitors.commands.register import Expect
from branch.visitors.details import Details
from branch.visitors.queries.register import Register, VisitorLine, register_now
from ui.shell.station import Station
from ui.visitors.form import SignInForm

GUARD, SUPERVISOR = "100401", "100201"
LEFT = Qt.MouseButton.LeftButton
# Well formed, invented: a woman of 36, a child of 9 on the day of the tests.
GROWN_UP, CHILD = "110101199003073327", "110101201708010019"
DAY = "2026-11-20"
NOW = to_ms(datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
Run = Callable[[str, str, object], Any]


class Desk:
    """The form in a window of its own, and hands."""

    def __init__(self, qtbot: QtBot, station: Station, other: Branch, run: Run) -> None:
        self.qtbot, self.station, self.other, self._run = qtbot, station, other, run
        self.window = QWidget()
        self.form = SignInForm(station)
        self.form.set_next_badge("V-01")
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        qtbot.addWidget(self.window)
        self.window.resize(404, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.form.notice.notice is not None, timeout=5000)
        qtbot.waitUntil(self.window.isActiveWindow, timeout=5000)
        self.details, self.notice = self.form.details, self.form.notice

    # -- the branch -----------------------------------------------------------------------------

    def by(self, staff_no: str, command: object) -> Any:
        return self._run(staff_no, "register-2", command)

    def register(self) -> Register:
        return register_now(self.other.store, DAY, NOW)

    def only(self) -> VisitorLine:
        (one,) = self.register().inside
        return one

    def column(self, name: str) -> list[Any]:
        return [row[0] for row in self.other.store.rows(f"SELECT {name} FROM visitor", ())]

    def last_fact(self) -> Entry:
        return list(entries(self.other.store))[-1]

    # -- the hand -------------------------------------------------------------------------------

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, LEFT)

    def key(self, key: Qt.Key, with_ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if with_ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.at(), key, held)

    def type(self, text: str) -> None:
        """Type into what has the focus; Chinese comes as an input method commits it."""
        if text.isascii():
            QTest.keyClicks(self.at(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.at(), event)

    def at(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def fill(self, name: str = "孙丽华", **more: str) -> None:
        """What is needed, and no more."""
        self.notice.told.setChecked(True)
        self.details.name.set_text(name)
        self.details.unit.set_text("星海物业服务有限公司")
        self.details.host.edit.setFocus()
        QTest.keyClicks(self.details.host.edit, "100301")
        self.key(Qt.Key.Key_Return)
        self.details.area.combo.choose("reception_room")
        for field, text in more.items():
            getattr(self.details, field).set_text(text)

    def sign_in_by_mouse(self, name: str, purpose: str, area: str) -> None:
        """Somebody to see 李静 came before."""
        self.fill(name)
        self.details.purpose.choose(purpose)
        self.details.area.combo.choose(area)
        self.send()
        self.until_noted()
        self.qtbot.waitUntil(lambda: len(self.details._usual.lately) == 1, timeout=5000)

    def expect(self, name: str) -> VisitorLine:
        """李静 has announced somebody for the machine area."""
        host = next(one.id for one in self.details.host.colleagues() if one.staff_no == "100301")
        details = Details(name, "安达设备维保", host, "maintenance", "machine_area")
        self.by("100301", Expect(details, NOW + 3_600_000))
        (line,) = self.register().expected
        return line

    def send(self) -> None:
        """By key: a mouse press so soon after another would be taken for a tremor."""
        assert self.form.submit_button.isEnabled()
        self.qtbot.keyClick(self.form.submit_button, Qt.Key.Key_Space)

    def until_noted(self) -> None:
        self.qtbot.waitUntil(self.form.outcome.isVisible, timeout=5000)

    def until_error(self, field: str) -> None:
        edit = getattr(self.details, field)
        self.qtbot.waitUntil(lambda: bool(edit.error_text()), timeout=5000)
