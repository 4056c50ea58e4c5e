"""The register's window: figures, keys, rail, trouble, reminders, sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.founding import Plan
from branch.kernel.errors import StoreError
from branch.lobby.commands.arrivals import Issue
from branch.people.commands import SignIn
from branch.people.queries import seats
from branch.visitors.commands.register import SignInVisitor
from tests.ui.visitors.conftest import (
    BRANCH_MANAGER,
    GUARD,
    LOBBY_MANAGER,
    Door,
    at,
)
from ui.shell.language import language
from ui.signin.places import may_work
from ui.visitors.close_dialog import CloseDialog
from ui.visitors.day_sheet import DaySheetDialog
from ui.visitors.expect_dialog import ExpectDialog
from ui.visitors.window import VisitorsWindow

Show = Callable[..., VisitorsWindow]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def figures(window: VisitorsWindow) -> list[str]:
    return [figure.accessibleName() for figure in window.figures.figures.values()]


def test_the_figures_say_how_many_are_in_the_building(door: Door, show: Show) -> None:
    door.come("周大军")
    for care in ((), (), ("step_free",)):
        door.run("KIOSK", "kiosk-1", Issue("P01", frozenset(), frozenset(care)))
    window = show()
    assert figures(window) == [
        "现场合计 4 人", "员工 0 人", "访客 1 人", "客户，按取号估算 2 人", "需要协助 1 人",
    ]  # fmt: skip
    door.come("何平")
    door.until(lambda: figures(window)[2] == "访客 2 人")


def test_the_guard_at_work_stands_in_the_top_bar(door: Door, show: Show, sample: Plan) -> None:
    window = show()
    assert window.top.guard.text() == "门岗未登录"
    pin = next(one.pin for one in sample.staff if one.staff_no == GUARD)
    door.run(GUARD, "register", SignIn(GUARD, pin))
    assert [seat.station for seat in seats(door.other.store)] == ["register"]
    door.until(lambda: window.top.guard.text() == "门岗在岗 马强")


def test_the_keys_of_the_window(door: Door, show: Show, qtbot: QtBot) -> None:
    window = show()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.form.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.lists.search.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, ALT)
    assert window.pages.currentWidget() is window.roll_page
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    assert window.lists.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.pages.currentWidget() is window.roll_page
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.lists.isVisible()


def test_ctrl_p_prints_the_roster_in_one_press(
    door: Door, show: Show, qtbot: QtBot, paper: Path
) -> None:
    door.come("周大军")
    window = show()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    door.until(lambda: paper.is_dir() and any(paper.glob("*.pdf")))
    door.until(lambda: len(door.facts("roster.printed")) == 1)


@pytest.mark.parametrize(
    ("staff_no", "others"),
    [
        (GUARD, set()),
        (LOBBY_MANAGER, {"lobby", "dashboard"}),
        (BRANCH_MANAGER, {"lobby", "dashboard", "admin"}),
    ],
)
def test_the_rail_has_only_places_of_work(
    show: Show, qtbot: QtBot, staff_no: str, others: set[str]
) -> None:
    window = show(staff_no)
    entries = set(window.rail._buttons)
    assert {"register", "lock"} <= entries
    assert entries & {"lobby", "dashboard", "admin"} == others
    if "lobby" in others:
        with qtbot.waitSignal(window._station.place_wanted) as wanted:
            window.rail.button("lobby").click()
        assert wanted.args == ["lobby"]


def test_who_may_work_at_the_register() -> None:
    assert may_work("register", frozenset({"guard"}))
    assert may_work("register", frozenset({"lobby_manager"}))
    # A teller announces his own visitors there and sees no others.
    assert may_work("register", frozenset({"teller"}))
    assert may_work("register", frozenset({"auditor"}))
    assert not may_work("register", frozenset({"administrator"}))


def test_an_auditor_reads_and_presses_nothing(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show("100402")
    assert door.words(window, 0)[-1] == "在场"
    assert not window.form.isVisible()
    assert not window.top.expect_button.isVisible()
    assert not window.top.close_button.isVisible()


def test_after_closing_time_somebody_inside_is_asked_about(door: Door, show: Show) -> None:
    door.clock.set(at(16, 30))
    door.come("周大军")
    window = show()
    assert not window.reminder.isVisible()
    door.clock.set(at(18, 1))
    window.tick()
    assert window.reminder.sentence.text() == "营业已结束，还有 1 位访客在场"
    door.press(window.reminder.button)
    assert door.dialog(CloseDialog, window).rows


def test_the_next_morning_asks_too(door: Door, show: Show) -> None:
    door.clock.set(at(16, 30, day=19))
    door.come("周大军")
    door.clock.set(at(8, 30))
    window = show()
    assert window.reminder.sentence.text() == "1 位访客从前一天起没有签离，请核对"


def test_a_new_day_is_asked_for(door: Door, show: Show) -> None:
    door.leave(door.come("周大军").id)
    window = show()
    door.until(lambda: len(window.lists.lists["today"].lines()) == 1)
    door.clock.set(at(8, 0, day=21))
    window.tick()
    door.until(lambda: window.lists.lists["today"].lines() == ())
    assert window.top.subtitle.whole_text() == "11月21日 星期六"


def test_a_lost_store_is_told_and_the_list_stays(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show()
    station = window._station
    station.offline.emit("暂时连不上数据库", 2)
    assert window.away.sentence.text() == ("暂时连不上数据库，数据停在 09:00，正在重试，第 2 次")
    assert door.names(window) == ["周*军"]
    station.complain(StoreError("store_gone"))
    assert door.toasts(window) == []
    station.online.emit()
    assert not window.away.isVisible()


def test_a_refusal_is_said(door: Door, show: Show) -> None:
    visitor = door.come("周大军")
    window = show()
    line = window.lists.view.table().line_at(0)
    assert line is not None
    door.leave(visitor.id)
    window.deeds.sign_out(line)
    door.until_told(window, "这位来访者的情况刚刚变了，请看最新登记")


def test_a_visit_is_announced(door: Door, show: Show) -> None:
    window = show()
    door.press(window.top.expect_button)
    dialog = door.dialog(ExpectDialog, window)
    door.until(lambda: dialog.fields.host.staff() is not None)
    assert "马强" in dialog.fields.host.text()
    door.write(dialog.fields.unit.edit, "星海物业服务有限公司")
    dialog.fields.area.combo.choose("office")
    door.press(dialog.announce_button)
    door.until(lambda: dialog.fields.name.error_text() == "请填写这一项")
    assert dialog.fields.unit.text() == "星海物业服务有限公司"
    door.write(dialog.fields.name.edit, "韩雪梅")
    door.press_by_key(dialog.announce_button)
    door.until_told(window, "已预约：韩*梅，11月20日 星期五 10:00")
    door.until(lambda: window.lists.tabs.tab("expected").text() == "已预约 1")


def test_an_hour_gone_by_is_told_at_its_field(door: Door, show: Show) -> None:
    door.clock.set(at(15, 20))
    window = show()
    window.expect()
    dialog = door.dialog(ExpectDialog, window)
    door.until(lambda: dialog.fields.host.staff() is not None)
    door.write(dialog.fields.name.edit, "韩雪梅")
    door.write(dialog.fields.unit.edit, "星海物业")
    dialog.fields.area.combo.choose("office")
    dialog.time.edit.setTime(dialog.time.edit.time().addSecs(-4 * 3600))
    door.press(dialog.announce_button)
    door.until(lambda: dialog.time.error.sentence.text() == "预约时间已过，请改为以后的时间")


def test_the_day_sheet_is_printed_and_kept(
    door: Door, show: Show, paper: Path, tmp_path: Path
) -> None:
    door.come("周大军")
    window = show()
    door.press(window.top.sheet_button)
    dialog = door.dialog(DaySheetDialog, window)
    door.until(lambda: "1 位访客" in dialog.text.text())
    door.press(dialog.papers.print_button)
    door.until(lambda: paper.is_dir() and len(list(paper.glob("*.pdf"))) == 1)
    door.until(dialog.papers.keep_button.isEnabled)
    door.press(dialog.papers.keep_button)
    file = tmp_path / "day.pdf"
    asked = dialog.papers.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(file))
    door.until(lambda: file.is_file() and file.read_bytes()[:5] == b"%PDF-")
    asked.close()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_column_has_its_words_whole(
    door: Door, show: Show, size: tuple[int, int], code: str
) -> None:
    door.come("周大军", number="110101199001014471", area="reception_room")
    language().choose(code)
    window = show(GUARD, size)
    view = window.lists.view
    door.until(view.isVisible)
    widths = [view.columnWidth(at_column) for at_column in range(8)]
    assert sum(widths) <= view.viewport().width() + 1
    assert widths[2] >= 140
    assert view.horizontalScrollBar().maximum() == 0


def test_signing_in_shows_the_new_visitor(door: Door, show: Show) -> None:
    door.come("何平")
    window = show()
    command = SignInVisitor(door.details("周大军"), told=True, notice=1)
    noted = door.run(GUARD, "register", command)
    window.form.done.emit(noted)
    door.until(lambda: window.lists.view.currentIndex().row() == 1)
    assert window.lists.view.selectionModel().isRowSelected(1)
