"""The session screen: what the two who receive a customer see, press and type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.rooms.commands.talk import (
    AddCheck,
    GoToStep,
    MarkCalming,
    SaveStatement,
    SetMood,
)
from branch.rooms.queries.sessions import SessionView
from branch.rooms.rules import RoomState
from tests.complaints.desk import ADVISER, Desk
from tests.ui.rooms.conftest import ROOM, Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from ui.models.room_words import step_sentence
from ui.rooms.dialogs import CheckDialog, PromiseDialog
from ui.rooms.end_dialog import EndDialog
from ui.rooms.files_dialog import FilesDialog
from ui.rooms.lines import PromiseRow
from ui.rooms.record_dialog import RecordDialog, pen_path
from ui.rooms.window import RoomWindow
from ui.shell.language import language
from ui.widgets.papers.dialog import PaperDialog

LEFT = Qt.MouseButton.LeftButton
WORDS = "当时说年化有三个多点，我才把钱转过来的。"


def shown_view(window: RoomWindow) -> SessionView:
    """The session as the window shows it."""
    view = window.page.view()
    assert view is not None
    return view


def go_on(qtbot: QtBot, window: RoomWindow, step: int) -> None:
    """Go to the next step by key, until the screen shows it (from 0)."""
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page.steps.current() == step)


def test_what_stands_there(open_rooms: Open, talk: Talk, clock: SetClock) -> None:
    clock.set(clock.now_ms() + (18 * 60 + 24) * 1000)
    window = open_rooms()
    assert window.top.title.text() == "接待室 2"
    assert "理财到期收益与宣传不一致" in window.top.subtitle.whole_text()
    assert window.top.recording.text() == "录音录像中，客户已同意"
    assert window.top.elapsed.text() == "18:24"
    page = window.page
    assert page.customer.reveals["name"].value.whole_text() == "陈*梅"
    assert page.customer.reveals["phone"].value.whole_text() == "138****5172"
    assert page.customer.values["company"].text() == "1 人"
    assert page.customer.values["hosts"].text() == "郑岚、冯涛"
    assert page.mood.advice.text() == "先听完，再说话。不打断，不反驳，记原话。"
    assert page.work.sentence.text() == "“您请坐，先喝口水。请慢慢说，我都记下来。”"
    assert page.work.next_button.text() == "下一步，复述，确认"
    assert not page.work.back_button.isEnabled()
    assert not page.end.end_button.isEnabled()


def test_steps_save_the_words(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    type_in(window.page.work.statement.edit, WORDS)
    click(window.page.work.next_button)
    qtbot.waitUntil(lambda: window.page.steps.current() == 1)
    assert talk.view().statement == WORDS
    assert window.page.work.statement.mark.text() == "09:00 自动保存"
    assert window.page.work.sentence.text() == step_sentence("repeat")
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page.steps.current() == 2)
    assert window.page.work.checks_caption.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page.steps.current() == 1)
    assert window.page.work.statement.text() == WORDS


def test_wishes_and_what_calms(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.work.wishes["explanation"])
    click(window.page.work.wishes["apology"])
    qtbot.waitUntil(lambda: talk.view().wishes == {"explanation", "apology"})
    item = window.page.work.calming["seated"]
    assert item.isVisible()
    assert not window.page.work.calming["explained"].isVisible()
    click(item)
    qtbot.waitUntil(lambda: "seated" in shown_view(window).calming)
    click(item)
    qtbot.waitUntil(lambda: "seated" not in talk.view().calming)


def test_an_upset_customer_brings_the_manager(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.mood.moods.segment("upset"))
    assert "不争辩" in window.page.mood.advice.text()
    qtbot.waitUntil(lambda: talk.view().mood == 4)
    qtbot.waitUntil(lambda: window.page.support.manager_button.text() == "已请负责人到场")
    assert not window.page.support.manager_button.isEnabled()
    talk.desk.run(SetMood(talk.id, 1))
    qtbot.waitUntil(lambda: window.page.mood.moods.current() == "calm")


def test_a_thing_to_check(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    for step in (1, 2):
        go_on(qtbot, window, step)
    click(window.page.work.check_button)
    dialog = dialog_of(qtbot, window, CheckDialog)
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.text.error_text()))
    type_in(dialog.text.edit, "宣传页")
    type_in(dialog.found.edit, "风险提示不在同一位置")
    click(dialog.state.segment("differs"))
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: len(window.page.work.checks.rows) == 1)
    row = next(iter(window.page.work.checks.rows.values()))
    assert row.accessibleName() == "宣传页，风险提示不在同一位置，有出入"
    click(row)
    again = dialog_of(qtbot, window, CheckDialog)
    assert again.text.text() == "宣传页"
    click(again.remove_button)
    qtbot.waitUntil(lambda: not window.page.work.checks.rows)
    assert talk.view().checks == ()


def test_a_promise_becomes_a_task(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    qtbot.waitUntil(lambda: bool(dialog.owner.colleagues()))
    type_in(dialog.text.edit, "出具书面答复")
    dialog.owner.edit.setText("100303")
    dialog.owner.settle()
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: len(talk.view().promises) == 1)
    promise = talk.view().promises[0]
    assert (promise.text, promise.owner_name, promise.due_on) == (
        "出具书面答复", "冯涛", "2026-11-23",
    )  # fmt: skip
    qtbot.waitUntil(
        lambda: (
            [row.accessibleName() for row in window.page.promises.findChildren(PromiseRow)]
            == ["出具书面答复，冯涛，11月23日前"]
        )
    )


def test_without_a_case_nothing_is_promised(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    Talk(desk)
    window = open_rooms()
    assert not window.page.promises.add_button.isEnabled()
    assert window.page.promises.rule.text() == "先登记或关联投诉，才能约定事项。"
    assert window.page.customer.register_button.isVisible()
    assert window.page.customer.reveals["name"].value.whole_text() == "陈*梅"


def test_half_an_hour_is_told_quietly(
    qtbot: QtBot, open_rooms: Open, talk: Talk, clock: SetClock
) -> None:
    window = open_rooms()
    clock.set(clock.now_ms() + 30 * 60_000)
    window.tick()
    assert window.alert.sentence.text() == "已接待 30 分钟，可以提议喝口水、休息五分钟"
    click(window.alert.button)
    assert not window.alert.isVisible()
    qtbot.waitUntil(lambda: [one.kind for one in talk.view().support] == ["rest"])
    window.tick()
    assert not window.alert.isVisible()
    clock.set(clock.now_ms() + 30 * 60_000)
    window.tick()
    assert window.alert.button.text() == "请负责人到场"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_small_screen_squeezes_no_word(
    qtbot: QtBot, open_rooms: Open, talk: Talk, clock: SetClock, code: str
) -> None:
    language().choose(code)
    window = open_rooms()
    window.resize(1280, 800)
    clock.set(clock.now_ms() + 30 * 60_000)
    window.tick()
    qtbot.waitUntil(window.alert.isVisible)
    card = window.page.support
    buttons = (card.manager_button, card.rest_button, card.folder_button)
    qtbot.waitUntil(lambda: min(button.height() for button in buttons) >= 44)
    caption = card.caption
    qtbot.waitUntil(lambda: caption.height() >= caption.heightForWidth(caption.width()))
    assert caption.geometry().bottom() <= card.rect().bottom()
    for button in buttons:
        assert button.cut_texts() == ()


def sign(dialog: RecordDialog) -> None:
    QTest.mousePress(dialog.pad, LEFT, pos=QPoint(20, 20))
    for x in range(20, 90, 10):
        QTest.mouseMove(dialog.pad, QPoint(x, 20 + x // 2))
    QTest.mouseRelease(dialog.pad, LEFT, pos=QPoint(90, 60))


def read_and_sign(qtbot: QtBot, window: RoomWindow) -> None:
    """The customer reads the record and signs on the screen."""
    click(window.page.end.items["read"])
    dialog = dialog_of(qtbot, window, RecordDialog)
    assert not dialog.confirm_button.isEnabled()
    sign(dialog)
    click(dialog.confirm_button)
    assert window.page.end.is_ticked("read")
    assert window.page.end.is_ticked("signed")


def test_a_session_from_words_to_end(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    type_in(window.page.work.statement.edit, WORDS)
    for step in (1, 2, 3):
        go_on(qtbot, window, step)
    click(window.page.work.calming["explained"])
    click(window.page.work.next_button)
    qtbot.waitUntil(lambda: window.page.steps.current() == 4)
    assert not window.page.work.next_button.isVisible()
    read_and_sign(qtbot, window)
    assert not window.page.end.end_button.isEnabled()
    click(window.page.end.items["told"])
    click(window.page.end.end_button)
    dialog = dialog_of(qtbot, window, EndDialog)
    click(dialog.outcome.tile("settled"))
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.overview)
    view = talk.view()
    assert view.line.outcome == "settled"
    assert view.line.ended_at is not None
    qtbot.waitUntil(lambda: bool(window.overview.strip.rooms))
    room = next(room for room in window.record.rooms if room.id == ROOM)  # type: ignore[union-attr]
    assert room.state == RoomState.TURNOVER


def test_a_changed_record_is_read_again(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    type_in(window.page.work.statement.edit, WORDS)
    read_and_sign(qtbot, window)
    talk.desk.run(AddCheck(talk.id, "宣传页"), ADVISER)
    qtbot.waitUntil(lambda: not window.page.end.is_ticked("signed"))
    assert not window.page.end.is_ticked("read")


def test_who_would_not_sign_is_witnessed(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.end.items["signed"])
    dialog = dialog_of(qtbot, window, RecordDialog)
    click(dialog.ways.segment("refused"))
    assert dialog.witnessed.text() == "郑岚、冯涛都在场，见证客户看过笔录但不签名"
    assert not dialog.confirm_button.isEnabled()
    click(dialog.witnessed)
    assert dialog.confirm_button.text() == "看过了，客户不签"
    click(dialog.confirm_button)
    assert window.page.end.is_ticked("signed")


def test_an_incident_is_noted_before_the_end(
    qtbot: QtBot, open_rooms: Open, talk: Talk, run: Callable[[str, str, object], object]
) -> None:
    window = open_rooms()
    window.deeds.fetch_folder(2)
    qtbot.waitUntil(lambda: shown_view(window).line.level == 2)
    type_in(window.page.work.statement.edit, WORDS)
    click(window.page.end.early_button)
    dialog = dialog_of(qtbot, window, EndDialog)
    click(dialog.outcome.tile("left"))
    click(dialog.witnessed)
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.incident.error_text()))
    assert dialog.incident.error_text() == "有过二级以上求助，请先写情况说明"
    type_in(dialog.incident.edit, "客户拍桌，负责人到场劝开。")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: talk.view().line.ended_at is not None)
    assert talk.view().incident_note == "客户拍桌，负责人到场劝开。"
    assert talk.view().line.outcome == "left"


def test_papers_that_were_taken_are_noted(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.work.file_button)
    dialog = dialog_of(qtbot, window, FilesDialog)
    type_in(dialog.materials.edit, "宣传页一份，收据 12 号")
    click(dialog.close_button)
    qtbot.waitUntil(lambda: talk.view().materials == "宣传页一份，收据 12 号")


def test_going_back_saves_what_was_typed(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    type_in(window.page.work.statement.edit, WORDS)
    places: list[str] = []
    window._station.place_wanted.connect(places.append)
    click(window.top.back_button)
    assert places == ["complaints"]
    qtbot.waitUntil(lambda: talk.view().statement == WORDS)


def test_the_pen_path_is_strokes_of_points() -> None:
    assert pen_path("M 1 2 L 3 4 M 5 6") == "[[[1, 2], [3, 4]], [[5, 6]]]"


def test_the_record_is_issued_and_printed_at_the_end(
    qtbot: QtBot, open_rooms: Open, talk: Talk
) -> None:
    talk.desk.run(SaveStatement(talk.id, WORDS))
    talk.desk.run(MarkCalming(talk.id, "explained"))
    talk.desk.run(GoToStep(talk.id, 5))
    window = open_rooms()
    qtbot.waitUntil(lambda: window.page.steps.current() == 4)
    click(window.page.end.items["read"])
    dialog = dialog_of(qtbot, window, RecordDialog)
    click(dialog.ways.segment("paper"))
    assert dialog.told.text() == "请打印笔录，请客户在纸上签名，纸件附卷。"
    click(dialog.confirm_button)
    click(window.page.end.items["told"])
    # Who signs on paper gets the paper, whichever button ends it.
    click(window.page.end.end_button)
    end = dialog_of(qtbot, window, EndDialog)
    click(end.outcome.tile("continues"))
    click(end.confirm_button)
    paper = dialog_of(qtbot, window, PaperDialog)
    qtbot.waitUntil(lambda: paper._draft is not None)
    assert paper._draft is not None
    assert paper._draft.head.form == "TS-08"
    assert paper._draft.fields["statement"] == WORDS
    assert talk.view().line.outcome == "continues"
