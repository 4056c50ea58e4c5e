"""Hands at the desk's steps: pressed, the question that stands there, confirmed, what came."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.complaints.reply_choice import ReplyChoice
from ui.complaints.step_dialog import StepDialog
from ui.complaints.window import ComplaintsWindow
from ui.widgets.button import PrimaryButton


def dialog(qtbot: QtBot) -> StepDialog:
    """The question that stands before the window."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), StepDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, StepDialog)
    return found


def press(qtbot: QtBot, window: ComplaintsWindow, code: str) -> StepDialog:
    """Press a step's button, or its line in the menu."""
    if code in window.side.steps.buttons:
        window.side.steps.buttons[code].repeat_guard = False
        qtbot.mouseClick(window.side.steps.buttons[code], Qt.MouseButton.LeftButton)
    else:
        window.side.steps.wanted.emit(code)
    return dialog(qtbot)


def confirm(qtbot: QtBot, shown: StepDialog) -> None:
    # A second press in one breath is taken for a tremor; nobody waits for it here.
    shown.confirm_button.repeat_guard = False
    qtbot.mouseClick(shown.confirm_button, Qt.MouseButton.LeftButton)


def solid(window: ComplaintsWindow) -> list[str]:
    return [b.text() for b in window.side.steps.buttons.values() if isinstance(b, PrimaryButton)]


def state(window: ComplaintsWindow) -> str:
    record = window.view.record()
    return record.detail.line.state if record is not None else ""


def toasts(window: ComplaintsWindow) -> list[str]:
    return [toast.accessibleName() for toast in window.toaster.toasts()]


def called(qtbot: QtBot, window: ComplaintsWindow) -> StepDialog:
    """The question about a reply without a letter: he is called."""
    button = window.side.steps.buttons["Reply"]
    button.repeat_guard = False
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReplyChoice))
    choice = QApplication.activeModalWidget()
    assert isinstance(choice, ReplyChoice)
    qtbot.mouseClick(choice.call_button, Qt.MouseButton.LeftButton)
    return dialog(qtbot)
