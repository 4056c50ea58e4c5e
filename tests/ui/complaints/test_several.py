"""Several cases chosen together in the list, by pointer and by key; their papers in one go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.complaints.desk import OFFICER, Desk
from ui.complaints.paper_batch import PaperBatch
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language

Open = Callable[..., ComplaintsWindow]
LEFT, CTRL, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def several(desk: Desk, open_desk: Open, count: int = 4) -> ComplaintsWindow:
    for at in range(count):
        desk.register(what={"title": f"第{at}件"})
    return open_desk(OFFICER)


def place(window: ComplaintsWindow, row: int) -> QPoint:
    cases = window.list.list
    return cases.visualRect(cases.rows.index(row)).center()


def click(window: ComplaintsWindow, row: int, held: Qt.KeyboardModifier) -> None:
    QTest.mouseClick(window.list.list.viewport(), LEFT, held, place(window, row))


def chosen(window: ComplaintsWindow) -> list[str]:
    return [line.title for line in window.list.list.selected()]


def test_ctrl_and_shift_choose_several_by_pointer(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    window = several(desk, open_desk)
    assert not window.list.several.isVisible()
    click(window, 2, CTRL)
    assert chosen(window) == ["第0件", "第2件"]
    assert window.list.several.isVisible()
    assert window.list.several.title.text() == "已选 2 件"
    # The case at hand is the one clicked last, and the keyboard stays in the list.
    qtbot.waitUntil(lambda: (r := window.view.record()) is not None and r.detail.line.id == 3)
    click(window, 3, SHIFT)
    assert chosen(window)[-2:] == ["第2件", "第3件"]
    click(window, 1, Qt.KeyboardModifier.NoModifier)
    assert chosen(window) == ["第1件"]
    assert not window.list.several.isVisible()


def test_several_by_key_alone(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    window = several(desk, open_desk)
    cases = window.list.list
    cases.setFocus()
    qtbot.waitUntil(cases.hasFocus)
    QTest.keyClick(cases, Qt.Key.Key_Down, SHIFT)
    assert chosen(window) == ["第0件", "第1件"]
    QTest.keyClick(cases, Qt.Key.Key_A, CTRL)
    assert len(chosen(window)) == 4
    # Another station writes: what is chosen stays chosen.
    desk.register(what={"title": "又一件"})
    qtbot.waitUntil(lambda: cases.rows.rowCount() == 5, timeout=5000)
    assert chosen(window) == ["第0件", "第1件", "第2件", "第3件"]
    QTest.keyClick(cases, Qt.Key.Key_Escape)
    assert len(chosen(window)) == 1
    QTest.keyClick(cases, Qt.Key.Key_A, CTRL)
    language().choose("en")
    QApplication.processEvents()
    assert window.list.several.title.text() == "5 cases selected"
    assert window.list.several.button.text() == "Print papers"


def test_their_papers_are_asked_for_together(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    window = several(desk, open_desk)
    window.list.list.setFocus()
    QTest.keyClick(window.list.list, Qt.Key.Key_A, CTRL)
    QTest.mouseClick(window.list.several.button, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperBatch)), timeout=5000)
    (dialog,) = window.findChildren(PaperBatch)
    assert dialog.about.text() == "选中 4 件投诉，每件一份"
    dialog.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    QTest.keyClick(window.list.list, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.list.print_wanted) as asked:
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)
    assert asked.args[0] == tuple(line.id for line in window.list.list.selected())
