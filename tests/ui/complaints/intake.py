"""The registration panel over a window, and hands: pressed, typed into, asked what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.registration import Registered
from branch.complaints.queries.desk import CaseLine, running_cases
from branch.complaints.queries.detail import CaseDetail, case_detail
from branch.people.queries import staff_members
from tests.complaints.desk import OFFICER
from ui.shell.station import Station
from ui.widgets.intake.dialog import RegisterDialog

LEFT = Qt.MouseButton.LeftButton
Run = Callable[[str, str, object], Any]


class Intake:
    """A window with the panel over it; ``other`` is the same branch at another station."""

    def __init__(self, qtbot: QtBot, station: Station, other: Branch, **how: Any) -> None:
        self.qtbot, self.station, self.other = qtbot, station, other
        self.window = QWidget()
        self.window.resize(1280, 800)
        qtbot.addWidget(self.window)
        self.window.show()
        self.come: list[Registered] = []
        self.open(**how)

    def open(self, **how: Any) -> RegisterDialog:
        """Open the panel, anew."""
        self.dialog = RegisterDialog(self.window, self.station, **how)
        self.dialog.registered.connect(self.come.append)
        self.dialog.open()
        self.dialog.activateWindow()
        self.qtbot.waitUntil(lambda: len(self.matter.subjects.field.colleagues()) > 0, timeout=5000)
        self.qtbot.waitUntil(self.dialog.isActiveWindow, timeout=5000)
        return self.dialog

    @property
    def source(self) -> Any:
        return self.dialog.source.source

    @property
    def person(self) -> Any:
        return self.dialog.source.person

    @property
    def matter(self) -> Any:
        return self.dialog.matter.matter

    @property
    def classes(self) -> Any:
        return self.dialog.matter.classes

    # -- hands --------------------------------------------------------------------------------

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

    def write(self, field: Any, text: str) -> None:
        field.edit.setFocus()
        self.type(text)

    def at(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def next(self) -> None:
        """Enter's button; by key, since two mouse presses in a row would be a tremor."""
        self.dialog.next_button.setFocus()
        self.key(Qt.Key.Key_Space)

    def fill(self, name: str = "陈小梅", facts: str = "到期收益与宣传页相差较大。") -> None:
        """What is needed for a complaint on site, and no more."""
        self.press(self.source.channels.tile("on_site"))
        self.write(self.person.name, name)
        self.next()
        assert self.dialog.page() == 1
        self.write(self.matter.facts, facts)
        self.next()
        assert self.dialog.page() == 2

    def register(self) -> Registered:
        """Read back, register, wait for the number."""
        if self.dialog.read_back.said.isVisible():
            self.press(self.dialog.read_back.said)
        self.next()
        self.until_registered()
        return self.come[-1]

    def until_registered(self) -> None:
        self.qtbot.waitUntil(lambda: self.dialog.page() == 3, timeout=5000)

    # -- the branch ---------------------------------------------------------------------------

    def staff(self, staff_no: str) -> int:
        return next(m.id for m in staff_members(self.other.store) if m.staff_no == staff_no)

    def cases(self, by: str = OFFICER) -> tuple[CaseLine, ...]:
        return running_cases(self.other.store, self.staff(by))

    def detail(self, complaint: int, by: str = OFFICER) -> CaseDetail:
        member = next(m for m in staff_members(self.other.store) if m.staff_no == by)
        today = self.station.now().date()
        found = case_detail(self.other.store, complaint, member.id, member.roles, today)
        assert found is not None
        return found
