"""One wrong input on the way out of a room: what was taken, breaking off, the end, tidying."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.rooms.commands.alarms import RaiseAlarm
from branch.rooms.commands.ending import EndSession
from branch.rooms.commands.talk import SaveStatement
from tests.complaints.desk import OFFICER, Desk
from tests.ui.rooms.conftest import ROOM, Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from tests.ui.rooms.refusals import refused, room_now, told
from ui.rooms.dialogs import PromiseDialog
from ui.rooms.end_dialog import EndDialog
from ui.rooms.files_dialog import FilesDialog
from ui.rooms.window import RoomWindow
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.room_turnover import TurnoverDialog

Spoil = Callable[[Any], object]
HOUR = 3_600_000


def test_what_was_taken_is_not_lost_by_its_length(
    qtbot: QtBot, open_rooms: Open, talk: Talk
) -> None:
    window = open_rooms()
    click(window.page.work.file_button)
    dialog = dialog_of(qtbot, window, FilesDialog)
    dialog.materials.set_text("宣传页" * 200)
    click(dialog.close_button)
    qtbot.waitUntil(lambda: told(dialog) == ["最多 500 个字，现在有 600 个"])
    assert dialog.materials.text() == "宣传页" * 200
    dialog.materials.set_text("宣传页一份")
    press(dialog.close_button)
    qtbot.waitUntil(lambda: talk.view().materials == "宣传页一份")


@pytest.mark.parametrize(
    ("spoil", "sentence", "place"),
    [
        (lambda d: d.outcome.choose(frozenset()), "请选择接待结果", "outcome"),
        (lambda d: d.witnessed.click(), "请两位接待人员都确认见证", "witnessed"),
        (lambda d: d.incident.set_text(""), "有过二级以上求助，请先写情况说明", "incident"),
        (lambda d: d.incident.set_text("字" * 5_001),
         "最多 5000 个字，现在有 5001 个", "incident"),
        (lambda d: (d.police.click(), d.police_at.set_time(time(8))),
         "报警时间应在接待开始之后、现在之前", "police_at"),
    ],
)  # fmt: skip
def test_breaking_off(
    qtbot: QtBot, open_rooms: Open, talk: Talk, spoil: Spoil, sentence: str, place: str
) -> None:
    talk.desk.run(RaiseAlarm(2, session=talk.id))
    window = open_rooms()
    qtbot.waitUntil(lambda: window.page.view() is not None)
    click(window.page.end.early_button)
    dialog = dialog_of(qtbot, window, EndDialog)
    dialog.outcome.choose(frozenset({"left"}))
    dialog.witnessed.click()
    dialog.incident.set_text("客户拍桌，负责人到场劝开。")
    spoil(dialog)
    refused(qtbot, dialog, sentence, getattr(dialog, place))
    assert talk.view().line.ended_at is None


def test_leaving_asks_once_words_were_typed(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    type_in(dialog.text.edit, "出具书面答复")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog_of(qtbot, dialog, ConfirmDialog)
    click(question.cancel_button)
    qtbot.waitUntil(lambda: not dialog.findChildren(ConfirmDialog))
    assert dialog.isVisible()
    assert dialog.text.text() == "出具书面答复"
    dialog.text.set_text("")
    # What is empty again goes without a question.
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_session_that_a_colleague_ended(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    qtbot.waitUntil(lambda: bool(dialog.owner.colleagues()))
    dialog.text.set_text("出具书面答复")
    dialog.owner.choose(talk.desk.staff(OFFICER))
    both = frozenset(talk.view().staff)
    talk.desk.run(EndSession(talk.id, "left", 2, witnesses=both))
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.overview)
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: told(dialog) == ["这次接待已经结束"])
    assert dialog.text.text() == "出具书面答复"


def ended(talk: Talk, **other: Any) -> None:
    both = frozenset(talk.view().staff)
    talk.desk.run(EndSession(talk.id, "left", 2, witnesses=both, **other))


def tidying(window: RoomWindow, desk: Desk) -> TurnoverDialog:
    dialog = TurnoverDialog(window, window._station, room_now(desk, ROOM))
    dialog.open()
    for item in dialog.items.values():
        item.click()
    return dialog


@pytest.mark.parametrize(
    ("media", "sentence"),
    [(" ", "请填写录音录像的编号"), ("号" * 61, "最多 60 个字，现在有 61 个")],
)
def test_tidying(qtbot: QtBot, open_rooms: Open, talk: Talk, media: str, sentence: str) -> None:
    talk.desk.run(SaveStatement(talk.id, "当时没有人讲。"))
    ended(talk)
    window = open_rooms()
    dialog = tidying(window, talk.desk)
    dialog.media.set_text(media)
    refused(qtbot, dialog, sentence, dialog.media)
    dialog.media.set_text("R-0117\n")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: room_now(talk.desk, ROOM).turnover_of is None)


def test_what_was_not_recorded_need_not_be_saved(
    qtbot: QtBot, open_rooms: Open, desk: Desk
) -> None:
    talk = Talk(desk, recorder_ok=False)
    ended(talk)
    window = open_rooms()
    dialog = tidying(window, desk)
    assert "recorder_saved" not in dialog.items
    assert not dialog.media.isVisible()
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: room_now(desk, ROOM).turnover_of is None)
