"""The lists of visitors: what a row says, pressing and keys, search, the register by pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from branch.visitors.queries.register import newest_visitor
from branch.visitors.queries.spans import Span, register_spans
from tests.ui.visitors.conftest import LEFT, SUPERVISOR, Door, at
from ui.shell.language import language
from ui.visitors.badge_dialog import BadgeDialog
from ui.visitors.cells import EXPECTED, FOUND, HELD, HISTORY, INSIDE, TODAY
from ui.visitors.detail_dialog import DetailDialog
from ui.visitors.visitor_list import PAGE_ROWS, RegisterRows, VisitorRows
from ui.visitors.window import VisitorsWindow
from ui.widgets.dialog import ConfirmDialog

Show = Callable[..., VisitorsWindow]


def test_a_row_says_who_where_and_for_whom_all_masked(door: Door, show: Show) -> None:
    door.come("周大军", number="110101199001014471")
    window = show()
    assert door.words(window, 0) == [
        "09:00",
        "周*军",
        "安达设备维保 自助机月检",
        "王敏",
        "身份证尾号 4471",
        "V-01",
        "自助区",
        "签离",
    ]


def test_an_empty_register_says_so(show: Show) -> None:
    window = show()
    empty = window.lists.empty
    assert empty.isVisible()
    assert empty.title.text() == "现在没有访客在场"


def test_tabs_count_and_the_held_tab_is_there_only_when_needed(door: Door, show: Show) -> None:
    gone = door.come("何平")
    door.leave(gone.id)
    door.come("周大军")
    door.expect("杨光", at(11, 30))
    window = show()
    tabs = window.lists.tabs
    assert [tabs.tab(kind).text() for kind in (INSIDE, TODAY, EXPECTED)] == [
        "在场 1", "今日全部 3", "已预约 1",
    ]  # fmt: skip
    assert not tabs.tab(HELD).isVisible()


def test_the_list_follows_another_station(door: Door, show: Show) -> None:
    window = show()
    door.come("周大军")
    door.until_names(window, ["周*军"])
    assert window.lists.view.isVisible()


def test_one_press_signs_out_and_three_minutes_take_it_back(door: Door, show: Show) -> None:
    door.come("周大军")
    door.come("何平")
    window = show()
    door.press_deed(window, "周*军", "sign_out")
    door.until_told(window, "周*军 已签离，V-01 已收回")
    door.until_names(window, ["何*"])
    toast = window.toaster.toasts()[-1]
    assert toast.seconds_left() > 170
    door.press(toast.undo_button)
    door.until_names(window, ["周*军", "何*"])


def test_the_next_visitor_is_not_signed_out_by_a_second_press(door: Door, show: Show) -> None:
    door.come("周大军")
    door.come("何平")
    window = show()
    door.press_deed(window, "周*军", "sign_out")
    door.until_names(window, ["何*"])
    window.lists.view._acted_at += 100.0
    door.press_deed(window, "何*", "sign_out")
    assert door.names(window) == ["何*"]
    assert len(door.facts("visitor.left")) == 1


def test_sliding_off_a_button_lets_it_go(door: Door, show: Show, qtbot: QtBot) -> None:
    door.come("周大军")
    window = show()
    view = window.lists.view
    index = view.table().index(0, 7)
    place = QPoint(view.visualRect(index).right() - 30, view.visualRect(index).center().y())
    qtbot.mousePress(view.viewport(), LEFT, pos=place)
    qtbot.mouseMove(view.viewport(), QPoint(200, place.y()))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=QPoint(200, place.y()))
    assert door.facts("visitor.left") == []


def test_the_keyboard_does_all_of_it(door: Door, show: Show, qtbot: QtBot) -> None:
    door.come("周大军")
    door.come("何平")
    window = show()
    view = window.lists.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Space)
    door.until_names(window, ["周*军"])
    view.setCurrentIndex(view.table().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert door.dialog(DetailDialog, window).line.shown_name == "周*军"


def test_the_menu_signs_out_without_the_badge(
    door: Door, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.come("周大军")
    window = show()
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_place: shown.append(menu))
    view = window.lists.view
    view.setCurrentIndex(view.table().index(0, 0))
    place = view.visualRect(view.table().index(0, 1)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.viewport(), event)
    actions = {action.text(): action for action in shown[0].actions()}
    assert list(actions) == ["签离", "签离，牌未收回", "查看登记"]
    actions["签离，牌未收回"].trigger()
    door.until_told(window, "周*军 已签离，V-01 没有收回")
    door.until(window.lists.lost.isVisible)
    assert window.lists.lost.sentence.whole_text() == "没有交回：V-01"
    door.press(window.lists.lost.buttons[0])
    door.until_told(window, "V-01 又可以发给访客了")
    door.until(window.lists.lost.isHidden)


def test_of_yesterdays_visitor_the_badge_is_asked_for(door: Door, show: Show) -> None:
    door.clock.set(at(16, 0, day=19))
    door.come("钱进")
    door.clock.set(at(9, 0))
    window = show()
    assert door.words(window, 0)[0] == "11-19"
    door.press_deed(window, "钱*", "sign_out")
    dialog = door.dialog(BadgeDialog, window)
    door.press(dialog.lost_button)
    door.until_told(window, "钱* 已签离，V-01 没有收回")


def test_expected_visitors_tell_how_late_they_are(door: Door, show: Show) -> None:
    door.expect("韩雪梅", at(9, 30))
    door.expect("杨光", at(11, 30))
    door.clock.set(at(9, 56))
    window = show()
    door.press(window.lists.tabs.tab(EXPECTED))
    assert [door.words(window, row)[4] for row in (0, 1)] == ["已过 26 分", "还有 1 小时"]
    door.clock.set(at(10, 0))
    window.tick()
    assert door.words(window, 0)[4] == "已过 30 分"


def test_here_fills_the_form(door: Door, show: Show) -> None:
    visitor = door.expect("韩雪梅", at(9, 30))
    window = show()
    door.press(window.lists.tabs.tab(EXPECTED))
    door.press_deed(window, "韩*梅", "come")
    expected = window.form.details.expected()
    assert expected is not None
    assert expected.id == visitor
    assert window.form.details.unit.text() == "安达设备维保"


def test_an_announcement_is_cancelled_after_a_question(door: Door, show: Show) -> None:
    door.expect("韩雪梅", at(9, 30))
    window = show()
    door.press(window.lists.tabs.tab(EXPECTED))
    door.press_deed(window, "韩*梅", "cancel")
    dialog = door.dialog(ConfirmDialog, window)
    door.until(dialog.cancel_button.hasFocus)
    door.press(dialog.confirm_button)
    door.until_told(window, "韩*梅 的预约已取消")
    door.until(window.lists.empty.isVisible)
    assert window.lists.empty.button.text() == "预约来访"


def test_a_held_visitor_is_let_in_by_a_supervisor_only(door: Door, show: Show) -> None:
    door.block("张三丰")
    door.come("张三丰")
    guards = show()
    door.press(guards.lists.tabs.tab(HELD))
    words = door.words(guards, 0)
    assert words[4] == "需主管确认"
    assert words[-1] == "请回"
    assert "威胁" not in " ".join(words)
    guards.close()
    window = show(SUPERVISOR)
    door.press(window.lists.tabs.tab(HELD))
    door.press_deed(window, "张*丰", "approve")
    door.until_told(window, "张*丰 可以进入，请发 V-01")
    door.until(lambda: window.lists.kind() == INSIDE)
    assert door.names(window) == ["张*丰"]


def test_search_finds_any_day_and_esc_ends_it(door: Door, show: Show, qtbot: QtBot) -> None:
    door.clock.set(at(16, 0, day=18))
    door.leave(door.come("何平", unit="清源保洁").id)
    door.clock.set(at(9, 0))
    door.come("周大军")
    window = show()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.lists.search.hasFocus()
    door.write(window.lists.search, "清源")
    door.until(lambda: window.lists.kind() == FOUND)
    assert door.words(window, 0)[0] == "11-18 16:00"
    assert window.lists.caption.whole_text() == "找到 1 位，最近的在前"
    assert window.lists.tabs.current() == ""
    qtbot.keyClick(window.lists.search, Qt.Key.Key_Escape)
    door.until(lambda: window.lists.kind() == INSIDE)
    assert door.names(window) == ["周*军"]


def test_a_whole_telephone_number_finds_its_owner(door: Door, show: Show, qtbot: QtBot) -> None:
    door.come("周大军", phone="13987654321")
    window = show()
    qtbot.keyClicks(window.lists.search, "139 8765 4321")
    qtbot.keyClick(window.lists.search, Qt.Key.Key_Return)
    door.until(lambda: window.lists.kind() == FOUND)
    assert door.names(window) == ["周*军"]


def test_nothing_found_says_what_may_help(door: Door, show: Show) -> None:
    window = show()
    door.write(window.lists.search, "没有的人")
    door.until(lambda: window.lists.empty.title.text() == "没有找到")
    assert window.lists.empty.isVisible()


def test_the_whole_register_newest_first(door: Door, show: Show) -> None:
    for number in range(PAGE_ROWS + 5):
        visitor = door.come(f"访客{number}")
        door.leave(visitor.id)
    window = show()
    door.press(window.lists.tabs.tab(HISTORY))
    door.until(lambda: len(door.names(window)) >= PAGE_ROWS)
    view = window.lists.view
    assert view.table().rowCount() == PAGE_ROWS + 5
    first = view.table().line_at(0)
    assert first is not None
    assert first.id == newest_visitor(door.other.store)
    view.scrollToBottom()
    door.until(lambda: len(door.names(window)) == PAGE_ROWS + 5)
    assert door.words(window, 0)[0] == "11-20 09:00"
    view.scrollToTop()
    door.come("周大军")
    door.until(lambda: door.names(window)[:1] == ["周*军"])
    assert view.table().rowCount() == PAGE_ROWS + 6


def test_spans_have_no_gaps(door: Door) -> None:
    for number in range(6):
        door.come(f"访客{number}")
    store = door.other.store
    first = newest_visitor(store) - 5
    with store.transaction():
        store.touch(f"DELETE FROM visitor WHERE id = {first + 2}", ())
    assert register_spans(store) == (
        Span(first + 3, first + 5),
        Span(first, first + 1),
    )


def test_the_models_keep_qts_rules(door: Door, show: Show, qtmodeltester: ModelTester) -> None:
    one, two = door.come("周大军"), door.come("何平")
    window = show()
    register = window.shown.register if window.shown else None
    assert register is not None
    station = window.lists._station
    rows = VisitorRows(station, INSIDE)
    qtmodeltester.check(rows)
    rows.show(register.inside)
    rows.show(tuple(reversed(register.inside)))
    rows.show(register.inside[:1])
    rows.say_anew()
    pages = RegisterRows(station)
    qtmodeltester.check(pages)
    pages.show_spans((Span(one.id, one.id),))
    pages.take_page(0, register.inside[:1])
    pages.show_spans((Span(one.id, two.id),))
    assert pages.missing(0, 1) == 0
    pages.take_page(0, register.inside)
    line = pages.line_at(0)
    assert line is not None
    assert line.id == two.id
    pages.show_spans(())
    assert pages.rowCount() == 0


def test_another_language_without_restart(door: Door, show: Show) -> None:
    door.come("周大军", number="110101199001014471")
    window = show()
    language().choose("en")
    door.until(lambda: window.lists.tabs.tab(INSIDE).text() == "Inside 1")
    assert door.words(window, 0)[4:] == ["ID …4471", "V-01", "Self-service", "Sign out"]
