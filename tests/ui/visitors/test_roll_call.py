"""The roll call on the screen: the panel of picture h, the page with its rows, the questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.journal import entries
from branch.kernel.settings import Settings, keep_machine_choice
from branch.visitors.commands.rollcall import AddToRoll, EndRollCall, MarkRoll, StartRollCall
from branch.visitors.queries.rollcall import open_roll_call, past_roll_calls
from tests.ui.visitors.roll_room import GUARD, RollRoom
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.worker import Worker
from ui.visitors.roll_call_page import RollCallPage
from ui.visitors.roll_call_panel import RollCallPanel
from ui.visitors.roll_questions import AddToRollDialog
from ui.visitors.roll_rows import RollFilter
from ui.widgets.dialog import ConfirmDialog, PanelDialog, ReasonDialog
from ui.widgets.glass_dialog import GlassDialog

D = TypeVar("D", bound=PanelDialog)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(
    qtbot: QtBot,
    worker: Worker,
    other: Branch,
    run: Callable[[str, str, object], Any],
    clock: SetClock,
    station_for: Callable[[str, str], Station],
) -> RollRoom:
    """Two visitors and three customers inside, one of whom needs help; the guard at his desk."""
    room = RollRoom(qtbot, worker, other, run, clock, station_for("register", GUARD))
    room.come("周大军", phone="13912342046")
    room.clock.advance(60)
    room.come("何平")
    for care in ((), (), ("step_free",)):
        room.customer(*care)
    return room


def shown(qtbot: QtBot, widget: QWidget, size: tuple[int, int]) -> None:
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    widget.activateWindow()


@pytest.fixture
def panel(qtbot: QtBot, room: RollRoom) -> RollCallPanel:
    panel = RollCallPanel(room.desk())
    shown(qtbot, panel, (880, 180))
    return panel


@pytest.fixture
def page(qtbot: QtBot, room: RollRoom) -> RollCallPage:
    """The page with a roll call under way."""
    room.manager(StartRollCall("real"))
    page = RollCallPage(room.desk())
    shown(qtbot, page, (1304, 800))
    room.until(lambda: bool(page.list.rows.marks))
    return page


def dialog(room: RollRoom, parent: QWidget, kind: type[D]) -> D:
    room.until(lambda: any(one.isVisible() for one in parent.findChildren(kind)))
    return next(one for one in parent.findChildren(kind) if one.isVisible())


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    assert button.isVisible(), button.text()
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, LEFT)


def press_in_row(qtbot: QtBot, page: RollCallPage, mark: int, state: str) -> None:
    place = page.list.press_place(mark, state)
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=QPoint(round(place.x()), round(place.y())))


def labels(page: RollCallPage) -> list[str]:
    return [mark.label for mark in page.list.rows.marks]


def states(room: RollRoom) -> dict[str, str]:
    return {mark.label: mark.state for mark in room.stored().marks}


# -- the panel ----------------------------------------------------------------------------------


def test_a_roll_call_is_begun_with_two_presses(
    qtbot: QtBot, room: RollRoom, panel: RollCallPanel
) -> None:
    assert panel.caption.whole_text() == "还没有点过名"
    press(qtbot, panel.start_button)
    question = dialog(room, panel, ReasonDialog)
    assert not question.confirm_button.isEnabled()
    assert question.focusWidget() is question.tile("real")
    press(qtbot, question.tile("drill"))
    press(qtbot, question.confirm_button)
    room.until(panel.chip.isVisible)
    assert panel.chip.text() == "演练 进行中 00:00"
    assert panel.caption.whole_text() == "09:01 由 马强 发起"
    assert room.stored().kind == "drill"


def test_the_panel_counts_and_names_who_is_next(
    qtbot: QtBot, room: RollRoom, panel: RollCallPanel
) -> None:
    number = room.manager(StartRollCall())
    call = room.stored()
    everybody = {mark.label: mark.id for mark in call.marks}
    zhou = everybody.pop("周大军")
    room.manager(MarkRoll(number, tuple(everybody.values()), "safe"))
    room.until(lambda: panel.left_chip.text() == "未确认 1 人")
    bars = panel.bars.bars
    assert [bars[kind].count.text() for kind in ("visitor", "customer", "assisted")] == [
        "1 / 2",
        "2 / 2",
        "1 / 1",
    ]
    assert bars["assisted"].isVisible()
    assert bars["visitor"].accessibleName() == "访客，2 人中已确认 1 人"
    assert panel.name.text() == "周*军"
    assert panel.where.whole_text() == "V-01，最后位置 自助区，09:00 进入"
    press(qtbot, panel.safe_button)
    room.until(lambda: room.mark(room.stored(), "周大军").state == "safe")
    room.until(lambda: panel.left_chip.text() == "全部确认")
    assert not panel.safe_button.isVisible()
    assert room.mark(room.stored(), "周大军").id == zhou


def test_who_needs_help_is_asked_for_first(room: RollRoom, panel: RollCallPanel) -> None:
    room.manager(StartRollCall())
    room.until(lambda: panel.name.text() == "A003")
    assert panel.where.whole_text() == "最后位置 大厅，行动不便"
    assert not panel.phone_button.isVisible()


def test_the_clock_of_the_roll_call_runs(room: RollRoom, panel: RollCallPanel) -> None:
    room.manager(StartRollCall())
    room.until(lambda: panel.chip.text() == "进行中 00:00")
    room.clock.advance(134)
    room.until(lambda: panel.chip.text() == "进行中 02:14")


def test_a_telephone_number_needs_emergency_access_and_goes_by_itself(
    qtbot: QtBot, room: RollRoom, panel: RollCallPanel
) -> None:
    number = room.manager(StartRollCall())
    others = tuple(mark.id for mark in room.stored().marks if mark.label != "周大军")
    room.manager(MarkRoll(number, others, "safe"))
    room.until(lambda: panel.name.text() == "周*军")
    press(qtbot, panel.phone_button)
    glass = dialog(room, panel, GlassDialog)
    press(qtbot, glass.tile("fire"))
    glass.words.setPlainText("自助区起火，人还没找到")
    press(qtbot, glass.break_button)
    room.until(lambda: "13912342046" in panel.where.whole_text())
    assert panel.where.whole_text() == "13912342046，15 秒后隐藏"
    seen = [entry for entry in entries(room.other.store) if entry.what == "visitor.revealed"]
    assert [entry.data["reason"] for entry in seen] == ["emergency"]
    for _ in range(15):
        panel._tick()
    assert panel.where.whole_text() == "V-01，最后位置 自助区，09:00 进入"


def test_whoever_is_missing_is_named_before_the_end(
    qtbot: QtBot, room: RollRoom, panel: RollCallPanel
) -> None:
    number = room.manager(StartRollCall())
    marks = {mark.label: mark.id for mark in room.stored().marks}
    room.manager(MarkRoll(number, (marks["何平"],), "missing"))
    rest = tuple(mark for label, mark in marks.items() if label not in ("何平", "周大军"))
    room.manager(MarkRoll(number, rest, "safe"))
    room.until(lambda: panel.left_chip.text() == "未确认 2 人")
    press(qtbot, panel.end_button)
    question = dialog(room, panel, ConfirmDialog)
    assert question.windowTitle() == "还有 2 人没有确认，结束点名？"
    told = question.accessibleDescription()
    assert "何*，V-02，自助区，未找到，周*军，V-01，自助区，未确认" in told
    assert question.focusWidget() is question.cancel_button
    press(qtbot, question.confirm_button)
    room.until(panel.start_button.isVisible)
    assert panel.caption.whole_text() == (
        "上次 11-20 09:01，真实险情，共 5 人，1 人未找到，1 人未确认"
    )
    assert open_roll_call(room.other.store) is None


def test_with_everybody_confirmed_it_ends_at_once(
    qtbot: QtBot, room: RollRoom, panel: RollCallPanel
) -> None:
    number = room.manager(StartRollCall("test"))
    room.manager(MarkRoll(number, tuple(mark.id for mark in room.stored().marks), "safe"))
    room.until(lambda: panel.left_chip.text() == "全部确认")
    press(qtbot, panel.end_button)
    room.until(panel.start_button.isVisible)
    assert panel.caption.whole_text() == "上次 11-20 09:01，测试，5 人全部确认"


def test_the_roster_is_printed_in_one_press(
    qtbot: QtBot, room: RollRoom, page: RollCallPage, settings: Settings, tmp_path: Path
) -> None:
    keep_machine_choice(settings, "printer", f"folder:{tmp_path / 'paper'}")
    press(qtbot, page.print_button)
    room.until(lambda: room.told == ["名册已送去打印"])
    (paper,) = (tmp_path / "paper").iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
    assert list(entries(room.other.store))[-1].what == "roster.printed"


# -- the page -----------------------------------------------------------------------------------


def test_those_who_need_help_stand_first(page: RollCallPage) -> None:
    assert labels(page) == ["A003", "周大军", "何平", "A001", "A002"]
    assert page.total.text() == "0"
    assert page.of_all.text() == "/ 5 人"
    assert page.list.hasFocus()


def test_rows_are_marked_by_hand(qtbot: QtBot, room: RollRoom, page: RollCallPage) -> None:
    for label, state in (("周大军", "safe"), ("何平", "missing"), ("A001", "not_here")):
        press_in_row(qtbot, page, room.mark(room.stored(), label).id, state)
    room.until(
        lambda: (
            states(room)
            == {
                "A003": "unconfirmed",
                "周大军": "safe",
                "何平": "missing",
                "A001": "not_here",
                "A002": "unconfirmed",
            }
        )
    )
    room.until(lambda: page.total.text() == "2")
    assert page.filter.state.segment("missing").text() == "未找到 1"
    assert room.mark(room.stored(), "周大军").by == "马强"


def test_rows_are_marked_by_key_one_after_another(
    qtbot: QtBot, room: RollRoom, page: RollCallPage
) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        qtbot.keyClick(page.list, key)
    room.until(lambda: states(room)["何平"] == "not_here")
    assert (states(room)["A003"], states(room)["周大军"]) == ("safe", "missing")
    assert page.list.rows.marks[page.list.currentIndex().row()].label == "A001"
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_0)
    room.until(lambda: states(room)["何平"] == "unconfirmed")


def test_all_customers_are_marked_with_two_presses(
    qtbot: QtBot, room: RollRoom, page: RollCallPage
) -> None:
    press(qtbot, page.all_button)
    assert page.selected.text() == "已选 3 人"
    press(qtbot, page.state_buttons["safe"])
    assert page.total.text() == "3"
    room.until(lambda: states(room)["A003"] == "safe")
    assert states(room)["周大军"] == "unconfirmed"
    assert list(entries(room.other.store))[-1].what == "roll_call.marked"


def test_the_last_mark_is_taken_back(qtbot: QtBot, room: RollRoom, page: RollCallPage) -> None:
    assert not page.undo_button.isEnabled()
    press(qtbot, page.all_button)
    press(qtbot, page.state_buttons["missing"])
    room.until(lambda: states(room)["A001"] == "missing")
    room.until(page.undo_button.isEnabled)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.until(lambda: set(states(room).values()) == {"unconfirmed"})
    room.until(lambda: not page.undo_button.isEnabled())


def test_another_stations_mark_shows_within_a_second(
    qtbot: QtBot, room: RollRoom, page: RollCallPage
) -> None:
    call = room.stored()
    room.manager(MarkRoll(call.id, (room.mark(call, "周大军").id,), "safe"))
    qtbot.waitUntil(lambda: page.total.text() == "1", timeout=1000)
    room.manager(AddToRoll(call.id, "快递员", "正门"))
    qtbot.waitUntil(lambda: labels(page)[-1] == "快递员", timeout=1000)


def test_kinds_and_states_are_filtered(qtbot: QtBot, room: RollRoom, page: RollCallPage) -> None:
    press_in_row(qtbot, page, room.mark(room.stored(), "周大军").id, "safe")
    room.until(lambda: page.total.text() == "1")
    press(qtbot, page.filter.kind.segment("visitor"))
    assert labels(page) == ["周大军", "何平"]
    press(qtbot, page.filter.state.segment("unconfirmed"))
    assert labels(page) == ["何平"]
    press(qtbot, page.filter.kind.segment("staff"))
    assert page.nobody.isVisible()
    press(qtbot, page.filter.kind.segment("all"))
    press(qtbot, page.filter.state.segment("all"))
    qtbot.mouseClick(page.filter.hide_done, LEFT)
    assert labels(page) == ["A003", "何平", "A001", "A002"]


def test_with_the_done_hidden_the_keyboard_stays_on_the_list(
    qtbot: QtBot, room: RollRoom, page: RollCallPage
) -> None:
    qtbot.mouseClick(page.filter.hide_done, LEFT)
    page.list.setFocus()
    for left in (4, 3, 2, 1, 0):
        qtbot.keyClick(page.list, Qt.Key.Key_1)
        assert len(labels(page)) == left
    room.until(lambda: set(states(room).values()) == {"safe"})


def test_somebody_on_no_list_is_added(qtbot: QtBot, room: RollRoom, page: RollCallPage) -> None:
    press(qtbot, page.add_button)
    form = dialog(room, page, AddToRollDialog)
    qtbot.keyClick(form, Qt.Key.Key_Return)
    room.until(lambda: bool(form.name.error_text()))
    form.name.edit.insert("快递员")
    form.place.edit.insert("正门")
    press(qtbot, form.add_button)
    room.until(lambda: "快递员" in labels(page))
    added = room.mark(room.stored(), "快递员")
    assert (added.kind, added.state, added.place) == ("unlisted", "safe", "正门")


def test_past_roll_calls_are_listed_with_who_was_not_found(
    room: RollRoom, page: RollCallPage
) -> None:
    call = room.stored()
    room.manager(MarkRoll(call.id, (room.mark(call, "周大军").id,), "missing"))
    room.clock.advance(95)
    room.manager(EndRollCall(call.id, despite=True))
    room.until(lambda: page.past.isVisible() and bool(page.past.table.texts()))
    assert page.past.table.texts() == [
        ["11-20 09:01", "真实险情", "5", "0", "0", "1", "4", "01:35", "李静"]
    ]
    assert page.past.people.sentences()[0] == "V-01，周*军，未找到，自助区"
    assert page.start_button.isVisible()
    (past,) = past_roll_calls(room.other.store)
    assert past.id == call.id


def test_the_page_speaks_both_languages(room: RollRoom, page: RollCallPage) -> None:
    language().choose("en")
    room.until(lambda: page.end_button.text() == "End roll call")
    assert page.caption.whole_text() == "Started 09:01 by 李静"
    assert page.state_buttons["missing"].text() == "Not found"
    for control in page.findChildren(QAbstractButton):
        assert control.text() or control.accessibleName() or not control.isVisible()


def test_the_rows_keep_to_qts_rules_for_models(page: RollCallPage, room: RollRoom) -> None:
    rows = page.list.rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    call = room.stored()
    rows.show_only(RollFilter(hide_done=True))
    room.manager(MarkRoll(call.id, (call.marks[0].id,), "safe"))
    room.until(lambda: len(rows.marks) == 4)
    rows.show_only(RollFilter(kind="staff"))
    rows.show_only(RollFilter())
    spoken = rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "周大军，访客，V-01，安达设备维保，自助区，未" in spoken or "安全" in spoken
