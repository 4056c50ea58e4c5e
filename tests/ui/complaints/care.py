"""What tests of contacts, visits, actions and answers share: a plain window, a hand, a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from branch.complaints.commands.answering import Reply
from branch.complaints.queries.detail import CaseDetail
from branch.kernel.journal import Entry
from tests.complaints.desk import ADVISER, OFFICER, Desk
from ui.complaints.step_dialog import StepDialog
from ui.shell.station import Station

StationFor = Callable[[str, str], Station]
LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=StepDialog)
P = TypeVar("P", bound=QWidget)


class Care:
    """A case that was replied to, a window without a desk, and what a hand does in it."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]
    ) -> None:
        self.qtbot, self.desk, self._station_for = qtbot, desk, station_for
        self.window = QWidget()
        self.window.resize(1280, 800)
        qtbot.addWidget(self.window)
        self.window.show()
        self.said: list[str] = []
        self.steps: list[str] = []

    def station(self, staff_no: str = OFFICER) -> Station:
        return self._station_for("complaints", staff_no)

    def replied(self, **other: Any) -> int:
        complaint = self.desk.decided(**other)
        self.desk.letter(complaint)
        self.desk.run(
            Reply(complaint, "in_person", self.desk.clock.now_ms(), True, receiver="陈小梅"),
            ADVISER,
        )
        return complaint

    def detail(self, complaint: int, by: str = OFFICER) -> CaseDetail:
        found = self.desk.detail(complaint, by)
        assert found is not None
        return found

    def open(self, dialog: D) -> D:
        dialog.said.connect(self.said.append)
        dialog.open()
        self.qtbot.waitExposed(dialog)
        return dialog

    def show(self, part: P) -> P:
        part.setParent(self.window)
        part.resize(640, 620)
        part.show()
        return part

    def press(self, button: QAbstractButton) -> None:
        # A tile that was just offered is shown with the next turn of the loop.
        self.until(button.isVisible)
        assert button.isEnabled(), button.text() or button.accessibleName()
        self.qtbot.mouseClick(button, LEFT)

    def write(self, edit: QWidget, text: str) -> None:
        """Type as an input method does: Qt's test keys know no Chinese."""
        edit.setFocus()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def send(self, dialog: StepDialog) -> None:
        """Press the solid button, and wait for what comes of it."""
        # Sent again in one breath: a test reads faster than a person.
        dialog.confirm_button.repeat_guard = False
        self.press(dialog.confirm_button)
        self.until(lambda: not isValid(dialog) or dialog.confirm_button.isEnabled())

    def facts(self, what: str) -> list[Entry]:
        return [entry for entry in self.desk.entries if entry.what == what]
