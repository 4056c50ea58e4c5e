"""Marks on the conductor's screen: by press and key, late, put right, wrong at their field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.drills.commands.marking import MarkStep
from tests.drills.desk import OFFICER
from tests.ui.drills.conducting import Run
from ui.drills.run_dialogs import MarkDialog
from ui.drills.step_lines import LINE, StepLine

LEFT = Qt.MouseButton.LeftButton


def test_one_press_marks_a_step_done_in_time(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    with qtbot.waitSignal(conducted.page.undoable) as told:
        conducted.press(qtbot, 1)
    assert told.args[0] == "已记下第 1 步"
    qtbot.waitUntil(lambda: conducted.line(1).state == "done")
    assert conducted.line(1).taken_s == 8


def test_a_late_step_says_by_how_much(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(21)
    conducted.press(qtbot, 1)
    qtbot.waitUntil(lambda: conducted.line(1).state == "late")
    assert conducted.line(1).late_s == 11


def test_the_keys_mark_the_step_at_hand(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(5)
    steps = conducted.page.steps
    for row in range(steps.steps.rowCount()):
        line = steps.steps.index(row).data(LINE)
        if isinstance(line, StepLine) and line.no == 3:
            steps.setCurrentIndex(steps.steps.index(row))
    steps.setFocus()
    qtbot.keyClick(steps, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: conducted.line(3).state == "wrong")
    qtbot.keyClick(steps, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: conducted.line(3).state == "missed")
    qtbot.keyClick(steps, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: conducted.line(3).state == "not_applicable")
    qtbot.keyClick(steps, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: conducted.line(3).state == "done")


def test_the_second_station_hears_who_was_quicker(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.run.asking.under_way = True  # this station has not heard of it yet
    conducted.desk.run(MarkStep(conducted.id, 1, at_ms=6_000), OFFICER, "drills-2")
    conducted.run.asking.under_way = False
    conducted.page._mark(conducted.run.detail.steps[0], "done")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(conducted.complaints))
    name = conducted.desk.step(conducted.id, 1).mark
    assert name is not None
    assert name.by in conducted.complaints[0]
    assert "00:06" in conducted.complaints[0]
    qtbot.waitUntil(lambda: conducted.line(1).taken_s == 6)


def test_a_mark_is_put_right_with_a_note(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.press(qtbot, 1)
    qtbot.waitUntil(lambda: conducted.line(1).state == "done")
    conducted.press(qtbot, 1)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.time is None
    dialog.how.set_current("wrong")
    dialog.note.setPlainText("声音太小")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.line(1).state == "wrong")
    mark = conducted.desk.step(conducted.id, 1).mark
    assert mark is not None
    assert mark.note == "声音太小"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda ask: ask.note.setPlainText("长" * 501), "最多 500 个字，现在有 501 个"),
        (lambda ask: ask.number.set_text("三十"), "请填 0 到 1000000 之间的数"),
        (lambda ask: ask.number.set_text("-1"), "请填 0 到 1000000 之间的数"),
    ],
)
def test_what_is_wrong_in_a_mark_stands_at_its_field(
    qtbot: QtBot, conducted: Run, spoil: Callable[[MarkDialog], None], told: str
) -> None:
    conducted.page.ask_about(12)  # heads are counted
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    dialog.confirm_button.repeat_guard = False
    spoil(dialog)
    note = dialog.note.toPlainText()
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    fields = dialog._fields.values()
    qtbot.waitUntil(lambda: told in [one.error_text() for one in fields if hasattr(one, "edit")])
    assert dialog.error.sentence.text() == ""
    assert dialog.note.toPlainText() == note
    dialog.note.setPlainText("")
    dialog.number.set_text("３２")  # type: ignore[union-attr]
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.desk.step(conducted.id, 12).mark is not None)
    mark = conducted.desk.step(conducted.id, 12).mark
    assert mark is not None
    assert mark.number == 32


def test_a_note_is_kept_when_somebody_else_marked_meanwhile(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.page.ask_about(3)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    dialog.confirm_button.repeat_guard = False
    dialog.note.setPlainText("打通了")
    conducted.desk.run(MarkStep(conducted.id, 3, at_ms=6_000), OFFICER, "drills-2")
    qtbot.waitUntil(lambda: conducted.line(3).taken_s == 6)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: "再按一次就以这次填的为准" in dialog.error.sentence.text())
    assert "冯涛" in dialog.error.sentence.text()
    assert dialog.note.toPlainText() == "打通了"
    qtbot.mouseClick(dialog.confirm_button, LEFT)

    def note() -> str:
        mark = conducted.desk.step(conducted.id, 3).mark
        return mark.note if mark else ""

    qtbot.waitUntil(lambda: note() == "打通了")


def test_a_signature_goes_with_the_step_that_asks_for_one(qtbot: QtBot, conducted: Run) -> None:
    sign = next(
        one.step.no
        for one in conducted.desk.detail(conducted.id).steps
        if one.step.evidence == "sign"
    )
    conducted.at(20)
    conducted.page.ask_about(sign)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.pad is not None
    pad = dialog.pad
    qtbot.mousePress(pad, LEFT, pos=QPoint(20, 20))
    qtbot.mouseMove(pad, QPoint(80, 60))
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(120, 30))
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(conducted.desk.detail(conducted.id).photos))
    (photo,) = conducted.desk.detail(conducted.id).photos
    assert (photo.kind, photo.media, photo.step) == ("sign", "png", sign)


def test_a_photo_is_offered_where_one_is_asked_for(qtbot: QtBot, conducted: Run) -> None:
    steps = conducted.desk.detail(conducted.id).steps
    no = next(one.step.no for one in steps if one.step.evidence == "photo")
    conducted.at(20)
    conducted.page.ask_about(no)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.photo is not None
    qtbot.mouseClick(dialog.photo, LEFT)
    assert dialog.findChild(QFileDialog) is not None
