"""Silent help: by press and hold and by key, with nothing to be seen in the room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from branch.rooms.commands.alarms import AnswerAlarm
from tests.complaints.desk import GUARD
from tests.ui.rooms.conftest import Open, Talk
from tests.ui.rooms.hands import click, dialog_of, type_in
from ui.rooms.dialogs import PromiseDialog
from ui.rooms.window import RoomWindow
from ui.widgets.dialog import ConfirmDialog

LEFT = Qt.MouseButton.LeftButton
WORDS = "当时说年化有三个多点，我才把钱转过来的。"


def picture_at_rest(qtbot: QtBot, window: RoomWindow) -> QImage:
    """The window once nothing in it moves any more, without a cursor that blinks."""
    window.setFocus()
    taken = [window.grab().toImage()]

    def is_still() -> bool:
        taken.append(window.grab().toImage())
        return not window.asking.under_way and taken[-1] == taken[-2]

    qtbot.waitUntil(is_still)
    return taken[-1]


def test_the_quiet_words_call_without_a_sign(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    card = window.page.support
    before = picture_at_rest(qtbot, window)
    centre = card.folder_button.rect().center()
    QTest.mousePress(card.folder_button, LEFT, pos=centre)
    QTest.mouseRelease(card.folder_button, LEFT, pos=centre)
    assert card.caption.text() == "按住 1 秒，同事会送来"
    assert talk.view().alarms == ()
    QTest.mousePress(card.folder_button, LEFT, pos=centre)
    qtbot.waitUntil(lambda: len(talk.view().alarms) == 1)
    QTest.mouseRelease(card.folder_button, LEFT, pos=centre)
    qtbot.waitUntil(lambda: card.caption.text() == "已请同事去取")
    QTest.mouseMove(window, QPoint(5, 5))
    alarm = talk.view().alarms[0]
    assert alarm.level == 1
    words = " ".join(label.text() for label in window.findChildren(type(card.caption)))
    for told in ("求助", "报警", "保安", "110"):
        assert told not in words
    assert window.toaster.findChildren(QDialog) == []
    talk.desk.run(AnswerAlarm(alarm.id), GUARD)
    qtbot.waitUntil(lambda: card.caption.text() == "同事马上送来")
    # Nothing else has changed its look: the line under the button is all there is.
    after = picture_at_rest(qtbot, window)
    place = card.mapTo(window, QPoint(0, 0))
    for x in range(0, after.width(), 7):
        for y in range(62, after.height(), 7):
            if x < place.x() + card.width() and y > place.y():
                continue
            assert before.pixel(x, y) == after.pixel(x, y), (x, y)


def test_the_quiet_words_by_key(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    window.page.work.statement.edit.setFocus()
    QTest.keyClick(
        window.page.work.statement.edit, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: [alarm.level for alarm in talk.view().alarms] == [2])
    assert window.page.work.statement.text() == ""


def test_the_quiet_words_by_key_before_any_question(
    qtbot: QtBot, open_rooms: Open, talk: Talk
) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    type_in(dialog.text.edit, "书面答复")
    QTest.keyClick(dialog.text.edit, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [alarm.level for alarm in talk.view().alarms] == [1])
    # Also before the question that asks whether to leave, and no word of it is shown.
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog_of(qtbot, dialog, ConfirmDialog)
    qtbot.waitUntil(question.isActiveWindow)
    QTest.keyClick(question.cancel_button, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [alarm.level for alarm in talk.view().alarms] == [1, 3])
    assert question.isVisible()
    assert dialog.text.text() == "书面答复"
    assert window.toaster.toasts() == []
