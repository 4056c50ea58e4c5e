"""Where the parts of a question stand, and in which order the keyboard goes through them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.complaints.desk import OFFICER, SUPERIOR, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import press
from tests.ui.complaints.test_wrong_input import closed, under_review


def test_a_review_is_decided_before_it_is_reasoned(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    under_review(desk)
    window = open_desk(SUPERIOR)
    shown = press(qtbot, window, "UpholdDecision")
    decision, text = shown.decision, shown.fields["text"]
    origin = QPoint(0, 0)
    assert decision.mapTo(shown, origin).y() < text.mapTo(shown, origin).y()
    assert shown.focusWidget() is text.edit
    qtbot.keyClick(text.edit, Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.cancel_button


def test_the_second_of_two_presses_does_nothing_else(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    closed(desk)
    window = open_desk(OFFICER)
    window.go_to_case(1)
    qtbot.waitUntil(lambda: window.view.record() is not None)
    shown = press(qtbot, window, "Archive")
    shown.confirm_button.repeat_guard = False
    qtbot.waitUntil(shown.isActiveWindow)
    shown.confirm_button.setFocus()
    assert QApplication.focusWidget() is shown.confirm_button
    for _ in range(2):
        # With the keyboard: while it is under way the focus is not on the way back.
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(shown.error.isVisible)
    assert shown.isVisible()
    assert shown.confirm_button.isEnabled()
    assert shown.focusWidget() is shown.confirm_button
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
