"""Where the parts of a question stand, and in which order the keyboard goes through them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.complaints.desk import SUPERIOR, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import press
from tests.ui.complaints.test_wrong_input import under_review


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
