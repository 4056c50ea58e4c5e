"""The strip of rooms: how each stands, beginning a session, booking, tidying, showing in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

import pytest
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock, to_ms
from branch.rooms.commands.bookings import BookRoom, SeatInRoom
from branch.rooms.commands.ending import EndSession
from branch.rooms.commands.settings import SetRoomOutOfService
from branch.rooms.queries.rooms import rooms_now
from branch.rooms.rules import TURNOVER, RoomState
from tests.complaints.desk import ADVISER, HEAD, OFFICER, Desk
from tests.conftest import SHANGHAI
from tests.ui.rooms.conftest import ROOM, Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from ui.complaints.window import ComplaintsWindow
from ui.rooms.window import RoomWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import Label
from ui.widgets.room_booking import BookingDialog
from ui.widgets.room_dialog import RoomDialog
from ui.widgets.room_start import StartDialog
from ui.widgets.room_turnover import TurnoverDialog


@pytest.fixture
def overview(open_rooms: Open, qtbot: QtBot, desk: Desk) -> RoomWindow:
    """All rooms before the officer, who sees one case that is investigated."""
    desk.investigated()
    window = open_rooms(place="room")
    qtbot.waitUntil(lambda: len(window.overview.strip.rooms) == 2)
    return window


def said(window: RoomWindow, room: int = ROOM) -> tuple[str, str]:
    """The two lines of a room's cell."""
    cell = window.overview.strip.cells[room]
    return cell.accessibleName().split("，", 1)[0], cell.second.whole_text()


def state(desk: Desk, room: int = ROOM) -> RoomState:
    rooms = rooms_now(desk.store, desk.staff(OFFICER), desk.clock.now_ms())
    return next(one.state for one in rooms if one.id == room)


def send(qtbot: QtBot, dialog: RoomDialog) -> None:
    """Press the button once the last answer has come."""
    qtbot.waitUntil(dialog.confirm_button.isEnabled)
    press(dialog.confirm_button)


def test_how_a_room_stands(qtbot: QtBot, overview: RoomWindow, desk: Desk, clock: SetClock) -> None:
    assert said(overview) == ("接待室 2 空闲", "4 座，可录音录像")
    assert overview.overview.empty.text() == "今天没有预约"
    now = clock.now_ms()
    desk.run(BookRoom(ROOM, now + 30 * 60_000, now + 90 * 60_000))
    qtbot.waitUntil(lambda: said(overview) == ("接待室 2 有预约", "09:30 有预约"))
    assert not overview.overview.empty.isVisible()
    desk.run(SeatInRoom(1))
    qtbot.waitUntil(lambda: said(overview, 1) == ("接待室 1 客户在等", "还没有登记"))
    cell = overview.overview.strip.cells[1]
    assert cell.waiting_button.isVisible()
    assert cell.waiting_button.accessibleName() == "开始接待，接待室 1"
    desk.run(SetRoomOutOfService(ROOM, True, "repair"))
    qtbot.waitUntil(lambda: said(overview) == ("接待室 2 暂停使用", "维修"))
    click(overview.overview.strip.cells[ROOM].button)
    qtbot.waitUntil(lambda: said(overview)[0] == "接待室 2 有预约")


def test_a_session_begins(qtbot: QtBot, overview: RoomWindow, desk: Desk) -> None:
    click(overview.overview.strip.cells[ROOM].button)
    dialog = dialog_of(qtbot, overview, StartDialog)
    qtbot.waitUntil(lambda: dialog.staff_1.staff() is not None)
    assert dialog.staff_1.text() == "冯涛 投诉专员"
    words = [label.text() for label in dialog.findChildren(Label)]
    assert any("它不能代替紧急报警按钮" in text for text in words)
    click(dialog.confirm_button)
    assert dialog.staff_2.error_text() == "请选择接待人，两位都要写明"
    dialog.staff_2.edit.setText(ADVISER)
    dialog.staff_2.settle()
    send(qtbot, dialog)
    # Nobody has looked at the recorder: it is not taken for fine.
    assert dialog.recorder.current() == "unseen"
    assert dialog.recorder_part.error.sentence.text() == ("请先检查录音录像设备，再选正常或不能用")
    click(dialog.recorder.segment("fine"))
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.visitors.error.sentence.text()))
    type_in(dialog.visitors.rows[0].name.edit, "陈小梅")
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(_errors(dialog)))
    dialog.shown.click()
    send(qtbot, dialog)
    dialog.spoken.click()
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.agreed_part.error.sentence.text()))
    click(dialog.agreed.segment("declined"))
    assert dialog.declined.isVisible()
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: overview.stack.currentWidget() is overview.page)
    assert state(desk) == RoomState.OCCUPIED
    assert overview.top.recording.text() == "录音录像中，已告知客户"


def _errors(dialog: StartDialog) -> list[str]:
    return [
        part.error.sentence.text()
        for part in dialog.findChildren(type(dialog.shown.parent()))
        if part.error.sentence.text()
    ]


def test_the_same_person_twice_is_refused_at_the_field(qtbot: QtBot, overview: RoomWindow) -> None:
    click(overview.overview.strip.cells[ROOM].button)
    dialog = dialog_of(qtbot, overview, StartDialog)
    qtbot.waitUntil(lambda: dialog.staff_1.staff() is not None)
    dialog.staff_2.edit.setText(OFFICER)
    dialog.staff_2.settle()
    type_in(dialog.visitors.rows[0].name.edit, "陈小梅")
    click(dialog.recorder.segment("fine"))
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.staff_2.error_text()))


def test_without_a_recorder_the_manager_is_asked(
    qtbot: QtBot, overview: RoomWindow, desk: Desk
) -> None:
    click(overview.overview.strip.cells[ROOM].button)
    dialog = dialog_of(qtbot, overview, StartDialog)
    qtbot.waitUntil(lambda: dialog.staff_1.staff() is not None)
    assert not dialog.override.isVisible()
    click(dialog.recorder.segment("broken"))
    assert dialog.override.isVisible()
    dialog.staff_2.edit.setText(ADVISER)
    dialog.staff_2.settle()
    type_in(dialog.visitors.rows[0].name.edit, "陈小梅")
    for part in (dialog.shown, dialog.spoken):
        part.click()
    click(dialog.agreed.segment("agreed"))
    dialog.override.number.set_text(HEAD)
    for digit in "135791":
        dialog.override.pin.append(digit)
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.override.reason.error_text()))
    type_in(dialog.override.reason.edit, "主机送修，用便携录音机")
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.override.pin_error.sentence.text()))
    assert dialog.override.pin_error.sentence.text() == "员工号或密码不对，请再输入一次"
    assert dialog.override.pin.pin() == ""
    assert dialog.isVisible()
    assert state(desk) == RoomState.FREE


def test_twenty_people_are_told_of_the_plan(qtbot: QtBot, overview: RoomWindow) -> None:
    click(overview.overview.strip.cells[ROOM].button)
    dialog = dialog_of(qtbot, overview, StartDialog)
    assert not dialog.group.isVisible()
    dialog.parties.setValue(20)
    assert dialog.group.isVisible()
    assert "启动应急预案" in dialog.group.text()


def test_booking_and_giving_it_up(
    qtbot: QtBot, overview: RoomWindow, desk: Desk, clock: SetClock
) -> None:
    ten = to_ms(datetime.combine(desk.today, time(10), SHANGHAI))
    desk.run(BookRoom(ROOM, ten, ten + 60 * 60_000))
    click(overview.overview.strip.cells[ROOM].book_button)
    dialog = dialog_of(qtbot, overview, BookingDialog)
    qtbot.waitUntil(lambda: len(dialog.cancels) == 1)
    dialog.begins.set_time(time(11))
    dialog.ends.set_time(time(12))
    assert dialog.buffer.text() == "和已有的预约太近，两次预约之间留 10 分钟整理"
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.begins.error.sentence.text() or dialog.error.isVisible()))
    dialog.begins.set_time(time(11, 10))
    assert dialog.buffer.text() == "两次预约之间留 10 分钟整理"
    click(next(iter(dialog.cancels.values())))
    click(dialog_of(qtbot, dialog, ConfirmDialog).confirm_button)
    qtbot.waitUntil(lambda: not dialog.cancels)
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: not overview.overview.empty.isVisible())
    assert [line.room for line in overview.record.bookings] == [ROOM]  # type: ignore[union-attr]


def test_a_booking_is_moved(qtbot: QtBot, overview: RoomWindow, desk: Desk) -> None:
    ten = to_ms(datetime.combine(desk.today, time(10), SHANGHAI))
    desk.run(BookRoom(ROOM, ten, ten + 60 * 60_000))
    click(overview.overview.strip.cells[ROOM].book_button)
    dialog = dialog_of(qtbot, overview, BookingDialog)
    qtbot.waitUntil(lambda: len(dialog.moves) == 1)
    click(next(iter(dialog.moves.values())))
    assert dialog.confirm_button.text() == "改到这个时间"
    assert dialog.begins.time() == time(10)
    dialog.begins.set_time(time(10, 30))
    dialog.ends.set_time(time(11, 30))
    # It does not stand in its own way.
    assert not dialog.line.clashes()
    click(dialog.confirm_button)
    half_past = ten + 30 * 60_000
    qtbot.waitUntil(
        lambda: (
            overview.record is not None
            and [line.start for line in overview.record.bookings] == [half_past]
        )
    )


def test_a_room_is_tidied_and_signed_for(qtbot: QtBot, overview: RoomWindow, desk: Desk) -> None:
    talk = Talk(desk)
    both = frozenset({desk.staff(ADVISER), desk.staff(OFFICER)})
    desk.run(EndSession(talk.id, "left", 2, witnesses=both))
    qtbot.waitUntil(lambda: said(overview)[0] == "接待室 2 整理中")
    click(overview.overview.strip.cells[ROOM].button)
    dialog = dialog_of(qtbot, overview, TurnoverDialog)
    click(dialog.confirm_button)
    qtbot.waitUntil(dialog.error_line.isVisible)
    for code in TURNOVER:
        click(dialog.items[code])
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.media.error_text()))
    type_in(dialog.media.edit, "REC-20261120-07")
    send(qtbot, dialog)
    qtbot.waitUntil(lambda: state(desk) == RoomState.FREE)
    qtbot.waitUntil(lambda: said(overview)[0] == "接待室 2 空闲")


def test_the_desk_enters_a_session(
    qtbot: QtBot, station_for: Callable[[str, str], Station], talk: Talk
) -> None:
    window = ComplaintsWindow(station_for("complaints", OFFICER))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: len(window.rooms.rooms) == 2)
    places: list[str] = []
    window._station.place_wanted.connect(places.append)
    cell = window.rooms.cells[ROOM]
    assert cell.title.text() == "接待室 2 使用中 0 分钟"
    click(cell.button)
    assert places == ["room-2"]


def test_english_fits(qtbot: QtBot, overview: RoomWindow) -> None:
    language().choose("en")
    qtbot.waitUntil(lambda: overview.overview.title.text() == "Booked for today")
    assert overview.overview.strip.cells[ROOM].button.text() == "Begin"
