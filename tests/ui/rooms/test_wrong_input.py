"""One wrong input in every question of the rooms: the sentence says at its field what would be
right, the keyboard is there, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.rooms.commands.bookings import BookRoom
from tests.complaints.desk import ADVISER, GUARD, OFFICER, Desk
from tests.ui.rooms.conftest import ROOM, Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from tests.ui.rooms.refusals import refused, room_now
from ui.rooms.dialogs import CheckDialog, PromiseDialog
from ui.rooms.record_dialog import RecordDialog
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.room_booking import BookingDialog
from ui.widgets.room_start import StartDialog

Spoil = Callable[[Any], object]
HOUR = 3_600_000


@pytest.fixture
def beginning(qtbot: QtBot, open_rooms: Open, desk: Desk) -> StartDialog:
    """A session about to begin with nothing missing."""
    window = open_rooms()
    dialog = StartDialog(window, window._station, room_now(desk, ROOM))
    dialog.open()
    qtbot.waitUntil(lambda: dialog.staff_1.staff() is not None)
    dialog.visitors.rows[0].name.set_text("陈小梅")
    dialog.staff_2.choose(desk.staff(ADVISER))
    dialog.recorder.segment("fine").click()
    dialog.shown.click()
    dialog.spoken.click()
    dialog.agreed.segment("agreed").click()
    return dialog


def broken(dialog: StartDialog, **given: str) -> None:
    dialog.recorder.segment("broken").click()
    for name, text in given.items():
        getattr(dialog.override, name).set_text(text)


@pytest.mark.parametrize(
    ("spoil", "sentence", "place"),
    [
        (lambda d: d.visitors.rows[0].name.set_text("　"), "请填写到场客户", "visitors"),
        (lambda d: d.visitors.rows[0].name.set_text("名" * 61),
         "最多 60 个字，现在有 61 个", "visitors"),
        (lambda d: d.staff_2.choose(d.staff_1.staff()), "请选两位不同的接待人员", "staff_2"),
        (lambda d: d.staff_2.choose(None), "请选择接待人，两位都要写明", "staff_2"),
        (lambda d: d.recorder.segment("unseen").click(),
         "请先检查录音录像设备，再选正常或不能用", "recorder"),
        (broken, "请填写这一项", "override.reason"),
        (lambda d: broken(d, reason="设备在修，用手持录音机"),
         "录音录像未就绪，需负责人说明理由并同意", "override.number"),
        (lambda d: broken(d, reason="设备在修", number="１００１０１"),
         "员工号或密码不对，请再输入一次", "override.pin"),
        (lambda d: d.shown.click(), "请先展示录音录像告知", "shown"),
        (lambda d: d.spoken.click(), "请先口头告知正在录音录像", "spoken"),
        (lambda d: d.agreed.segment("not_asked").click(),
         "请记下客户是否同意录音录像", "agreed"),
    ],
)  # fmt: skip
def test_beginning(
    qtbot: QtBot, beginning: StartDialog, desk: Desk, spoil: Spoil, sentence: str, place: str
) -> None:
    spoil(beginning)
    part: Any = beginning
    for name in place.split("."):
        part = getattr(part, name)
    refused(qtbot, beginning, sentence, part)
    assert room_now(desk, ROOM).session is None


@pytest.mark.parametrize(
    ("day", "start", "end", "sentence", "place"),
    [
        (date(2026, 11, 20), time(8), time(8, 30), "预约时间已经过去，请选以后的时间", "begins"),
        (date(2027, 3, 1), time(15), time(16), "请选 90 天以内的时间", "begins"),
        (date(2026, 11, 20), time(15), time(15, 5), "请约 15 分钟到 4 小时", "ends"),
        (date(2026, 11, 20), time(15), time(14), "请约 15 分钟到 4 小时", "ends"),
    ],
)
def test_booking(
    qtbot: QtBot, open_rooms: Open, desk: Desk, day: date, start: time, end: time,
    sentence: str, place: str,
) -> None:  # fmt: skip
    window = open_rooms()
    dialog = BookingDialog(window, window._station, room_now(desk, ROOM))
    dialog.open()
    dialog.day.set_day(day)
    dialog.begins.set_time(start)
    dialog.ends.set_time(end)
    refused(qtbot, dialog, sentence, getattr(dialog, place))
    assert (dialog.day.day(), dialog.begins.time(), dialog.ends.time()) == (day, start, end)


def test_a_booking_is_not_given_up_by_a_slip(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    start = desk.clock.now_ms() + 5 * HOUR
    booking = desk.run(BookRoom(ROOM, start, start + HOUR))
    window = open_rooms()
    dialog = BookingDialog(window, window._station, room_now(desk, ROOM))
    dialog.open()
    qtbot.waitUntil(lambda: booking in dialog.cancels)
    click(dialog.moves[booking])
    assert dialog.confirm_button.text() == "改到这个时间"
    for answer in ("cancel_button", "confirm_button"):
        press(dialog.cancels[booking])
        question = dialog_of(qtbot, dialog, ConfirmDialog)
        assert question.windowTitle() == "取消 11-20 14:00 的预约？"
        assert booking in dialog.cancels
        press(getattr(question, answer))
        qtbot.waitUntil(lambda: not dialog.findChildren(ConfirmDialog))
    qtbot.waitUntil(lambda: dialog.cancels == {})
    # What was about to be moved is gone: the button books again.
    qtbot.waitUntil(lambda: dialog.confirm_button.text() == "预约房间")
    assert dialog.case.isEnabled()


def test_who_is_received_already_is_not_moved(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    start = desk.clock.now_ms() + 60_000
    booking = desk.run(BookRoom(ROOM, start, start + HOUR))
    Talk(desk, booking=booking)
    window = open_rooms()
    dialog = BookingDialog(window, window._station, room_now(desk, ROOM))
    dialog.open()
    qtbot.waitUntil(dialog.list_caption.isVisible)
    assert (dialog.moves, dialog.cancels) == ({}, {})


@pytest.mark.parametrize(
    ("spoil", "sentence", "place"),
    [
        (lambda d: d.text.set_text(" \n "), "请填写这一项", "text"),
        (lambda d: d.text.set_text("字" * 501), "最多 500 个字，现在有 501 个", "text"),
        (lambda d: d.owner.choose(None), "请选择在职的责任人", "owner"),
        (lambda d: d.due.set_day(date(2026, 11, 19)), "完成日期不能早于今天", "due"),
    ],
)
def test_promising(
    qtbot: QtBot, open_rooms: Open, talk: Talk, spoil: Spoil, sentence: str, place: str
) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    qtbot.waitUntil(lambda: bool(dialog.owner.colleagues()))
    dialog.text.set_text("出具书面答复")
    dialog.owner.choose(talk.desk.staff(OFFICER))
    spoil(dialog)
    refused(qtbot, dialog, sentence, getattr(dialog, place))


def test_the_first_thing_missing_is_named_first(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    refused(qtbot, dialog, "请填写这一项", dialog.text)


def test_a_slip_of_the_year_is_seen(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    click(window.page.promises.add_button)
    dialog = dialog_of(qtbot, window, PromiseDialog)
    qtbot.waitUntil(lambda: bool(dialog.owner.colleagues()))
    dialog.text.set_text("出具书面答复")
    dialog.owner.choose(talk.desk.staff(OFFICER))
    dialog.due.set_day(date(2027, 11, 23))
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: len(talk.view().promises) == 1)
    qtbot.waitUntil(lambda: bool(window.page.view().promises))  # type: ignore[union-attr]
    (line,) = [window.page._promise(one) for one in talk.view().promises]
    assert line.due == "2027-11-23前"


@pytest.mark.parametrize(
    ("text", "found", "sentence", "place"),
    [
        (" ", "", "请填写这一项", "text"),
        ("字" * 201, "", "最多 200 个字，现在有 201 个", "text"),
        ("宣传页", "字" * 201, "最多 200 个字，现在有 201 个", "found"),
    ],
)
def test_checking(
    qtbot: QtBot, open_rooms: Open, talk: Talk, text: str, found: str, sentence: str, place: str
) -> None:
    window = open_rooms()
    dialog = CheckDialog(window, window._station, talk.id)
    dialog.open()
    dialog.text.set_text(text)
    dialog.found.set_text(found)
    refused(qtbot, dialog, sentence, getattr(dialog, place))
    assert (dialog.text.text(), dialog.found.text()) == (text, found)


def test_words_too_many_are_told_at_their_place(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    words = window.page.work.statement
    type_in(words.edit, "很" * 5_001)
    for button in (window.page.work.next_button, window.page.end.items["read"]):
        click(button)
        qtbot.waitUntil(lambda: words.error.sentence.text() == "最多 5000 个字，现在有 5001 个")
        assert words.error.isVisible()
        assert window.page.steps.current() == 0
    QTest.keyClick(words.edit, Qt.Key.Key_Backspace)
    assert words.error.sentence.text() == ""
    press(window.page.work.next_button)
    qtbot.waitUntil(lambda: window.page.steps.current() == 1)
    # Nobody was asked to sign what was not kept.
    assert window.findChildren(RecordDialog) == []


def test_words_typed_while_others_are_saved_stay(
    qtbot: QtBot, open_rooms: Open, talk: Talk
) -> None:
    window = open_rooms()
    edit = window.page.work.statement.edit
    type_in(edit, "当时说年化有三个多点。")
    window.deeds.save()
    type_in(edit, "我才把钱转过来的。")
    qtbot.waitUntil(lambda: talk.view().statement == "当时说年化有三个多点。")
    qtbot.waitUntil(lambda: window._saved_text == "当时说年化有三个多点。")
    qtbot.waitUntil(lambda: not window.asking.under_way)
    assert window.page.work.statement.text() == "当时说年化有三个多点。我才把钱转过来的。"
    assert window.page.work.statement.mark.text() == ""
    # They are kept on this machine as before, until the next saving.
    qtbot.waitUntil(lambda: window.page.work.statement.mark.text() == "09:00 自动保存")
    window.deeds.save()
    qtbot.waitUntil(lambda: talk.view().statement.endswith("我才把钱转过来的。"))


def test_what_was_refused_is_not_shown_as_done(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms(GUARD)
    page = window.page
    click(page.work.wishes["apology"])
    click(page.work.calming["seated"])
    click(page.mood.moods.segment("upset"))
    told = "由接待的两位同事和投诉岗填写"
    qtbot.waitUntil(lambda: bool(window.toaster.toasts()))
    assert told in window.toaster.toasts()[0].accessibleName()
    qtbot.waitUntil(lambda: page.work.chosen_wishes() == frozenset())
    qtbot.waitUntil(lambda: not page.work.calming["seated"].isChecked())
    qtbot.waitUntil(lambda: page.mood.moods.current() == "calm")
    assert talk.view().wishes == frozenset()
