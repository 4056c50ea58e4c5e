"""Whoever expects visitors without keeping the register: announces, sees and cancels his own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.visitors.commands.register import Expect
from tests.ui.visitors.conftest import GUARD, LOBBY_MANAGER, TELLER, Door, StationFor, at
from ui.visitors.detail_dialog import DetailDialog
from ui.visitors.expect_dialog import ExpectDialog
from ui.visitors.host_window import HostWindow
from ui.visitors.window import VisitorsWindow, register_window
from ui.widgets.dialog import ConfirmDialog

Open = Callable[[], HostWindow]


@pytest.fixture
def host(qtbot: QtBot, station_for: StationFor) -> Open:
    """The window of a teller."""

    def show() -> HostWindow:
        window = register_window(station_for("register", TELLER))
        assert isinstance(window, HostWindow)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.loading.isVisible(), timeout=5000)
        return window

    return show


def names(window: HostWindow) -> list[str]:
    return [line.shown_name for line in window.rows.lines()]


def test_who_reads_the_register_gets_all_of_it(station_for: StationFor, qtbot: QtBot) -> None:
    window = register_window(station_for("register", GUARD))
    qtbot.addWidget(window)
    assert isinstance(window, VisitorsWindow)


def test_he_sees_his_own_and_no_others(door: Door, host: Open) -> None:
    door.expect("韩雪梅", at(11, 0))
    door.expect("杨光", at(10, 0, day=24))
    others = door.details("冯远", host=door.staff(LOBBY_MANAGER))
    door.run(LOBBY_MANAGER, "lobby", Expect(others, at(11, 0)))
    door.come("周大军")
    window = host()
    assert names(window) == ["韩*梅", "杨*"]
    cells = window.rows.cells(1)
    assert cells is not None
    assert [cell.spoken() for cell in cells] == [
        "11-24 10:00", "杨*", "安达设备维保 自助机月检", "王敏", "还有 4 天", "", "自助区", "取消",
    ]  # fmt: skip


def test_he_announces_and_cancels(door: Door, host: Open, qtbot: QtBot) -> None:
    window = host()
    assert window.empty.title.text() == "没有预约的访客"
    qtbot.keyClick(window, Qt.Key.Key_F2)
    dialog = door.dialog(ExpectDialog, window)
    door.until(lambda: dialog.fields.host.staff() is not None)
    assert "王敏" in dialog.fields.host.text()
    door.write(dialog.fields.name.edit, "韩雪梅")
    door.write(dialog.fields.unit.edit, "星海物业")
    dialog.fields.area.combo.choose("reception_room")
    door.press(dialog.announce_button)
    door.until(lambda: names(window) == ["韩*梅"])
    window.view.setCurrentIndex(window.rows.index(0, 0))
    qtbot.keyClick(window.view, Qt.Key.Key_Space)
    asked = door.dialog(ConfirmDialog, window)
    door.press(asked.confirm_button)
    door.until(lambda: names(window) == [])
    assert window.empty.isVisible()


def test_a_visitor_who_has_come_goes_to_the_register(door: Door, host: Open) -> None:
    visitor = door.expect("韩雪梅", at(9, 30))
    window = host()
    assert names(window) == ["韩*梅"]
    door.come("", expected=visitor)
    door.until(lambda: names(window) == [])


def test_of_his_visitor_he_may_only_look(door: Door, host: Open, qtbot: QtBot) -> None:
    door.expect("韩雪梅", at(9, 30))
    window = host()
    window.view.setCurrentIndex(window.rows.index(0, 0))
    qtbot.keyClick(window.view, Qt.Key.Key_Return)
    dialog = door.dialog(DetailDialog, window)
    assert list(dialog.deed_buttons) == ["cancel"]
    assert not dialog.correct_button.isVisible()
