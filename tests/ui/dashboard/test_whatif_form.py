"""The manager's page 假如: its form, its words, its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.dashboard.conftest import MANAGER
from tests.ui.dashboard.test_window import unread
from tests.ui.dashboard.whatif_page import answered, press, titles
from ui.dashboard.whatif import WhatIfPage
from ui.dashboard.whatif_lines import AlsoLine, CreditLine, MoreLine
from ui.dashboard.whatif_rows import AlsoRow, CreditRow, MoreRow
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language
from ui.shell.station import Station

Show = Callable[..., WhatIfPage]


def test_what_cannot_be_asked_is_said_at_its_field_and_stays(
    show_whatif: Show, qtbot: QtBot
) -> None:
    page = show_whatif()
    more = page.form.rows[0]
    assert isinstance(more, MoreRow)
    for since, until, wrong in (
        ("zehn", "12:00", "请写成 10:00 这样的时间"),
        ("10:00", "9:30", "请填比开始晚的时间"),
        ("18:00", "19:00", "营业时间是 09:00 到 17:00"),
    ):
        more.since.edit.selectAll()
        qtbot.keyClicks(more.since.edit, since)
        more.until.edit.selectAll()
        qtbot.keyClicks(more.until.edit, until)
        qtbot.keyClick(more.until.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert more.since.error_text() + more.until.error_text() == wrong
        assert (more.since.text(), more.until.text()) == (since, until)
    more.services.put(frozenset())
    press(qtbot, page.form.run_button)
    assert more.trouble.sentence.text() == "请至少选一项业务"
    press(qtbot, page.form.add_credit)
    credit = page.form.rows[1]
    assert isinstance(credit, CreditRow)
    assert credit.now.text() == "提前的分钟数，现在是 30"
    credit.minutes.edit.selectAll()
    qtbot.keyClicks(credit.minutes.edit, "99999")
    page.form.run_button.repeat_guard = False
    press(qtbot, page.form.run_button)
    assert credit.minutes.error_text() == "请填 0 到 1440 之间的分钟数"
    assert credit.minutes.text() == "99999"
    assert not page.run.running
    language().choose("en")
    qtbot.waitUntil(lambda: credit.minutes.error_text() == "Minutes from 0 to 1440, please")


def test_full_width_hours_are_understood(show_whatif: Show) -> None:
    page = show_whatif()
    more = page.form.rows[0]
    assert isinstance(more, MoreRow)
    more.since.set_text("９：３０")
    more.until.set_text(" 11:00 ")
    (line,) = page.form.lines() or ()
    assert isinstance(line, MoreLine)
    assert (line.since, line.until) == ("09:30", "11:00")


def test_lines_are_added_and_taken_away_by_keys(show_whatif: Show, qtbot: QtBot) -> None:
    page = show_whatif()
    for button in (page.form.add_also, page.form.add_credit):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert titles(page) == ["加开一个柜台", "一个柜台也办别的业务", "一类客户提前的分钟数"]
    also, credit = page.form.rows[1:]
    assert isinstance(also, AlsoRow)
    assert isinstance(credit, CreditRow)
    qtbot.keyClick(also.counter, Qt.Key.Key_Down)
    qtbot.keyClick(credit.klass, Qt.Key.Key_Down)
    credit.minutes.edit.selectAll()
    qtbot.keyClicks(credit.minutes.edit, "20")
    assert page._offer is not None
    assert page.form.lines()[1:] == (  # type: ignore[index]
        AlsoLine(2, page._offer.of_group("cash")),
        CreditLine("military", 20),
    )
    first = page.form.rows[0]
    assert first.remove.accessibleName() == "去掉：加开一个柜台"
    first.remove.setFocus()
    qtbot.keyClick(first.remove, Qt.Key.Key_Delete)
    qtbot.keyClick(page.form.rows[0].remove, Qt.Key.Key_Space)
    qtbot.keyClick(page.form.rows[0].remove, Qt.Key.Key_Space)
    assert page.form.rows == []
    assert page.form.nothing.isVisible()
    assert not page.form.run_button.isEnabled()
    assert page.form.add_more.hasFocus()


def test_services_are_ticked_by_group_or_one_by_one(show_whatif: Show, qtbot: QtBot) -> None:
    page = show_whatif()
    more = page.form.rows[0]
    assert isinstance(more, MoreRow)
    pick = more.services
    assert pick.currentText() == "全部业务"
    pick.setFocus()
    qtbot.keyClick(pick, Qt.Key.Key_F4)
    assert pick.panel.isVisible()
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    for key in keys:
        qtbot.keyClick(pick.tree, key)
    assert pick.currentText() == "现金"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(pick.tree, key)
    assert pick.currentText() == "现金、开立个人账户（借记卡）"
    qtbot.keyClick(pick.tree, Qt.Key.Key_Return)
    assert not pick.panel.isVisible()
    assert page._offer is not None
    assert pick.services() == page._offer.of_group("cash") | {"P05"}
    language().choose("en")
    qtbot.waitUntil(lambda: pick.currentText() == "Cash, Open personal account (debit card)")


def test_what_helps_most_is_found_and_added(
    show_whatif: Show, qtbot: QtBot, day_file: Path
) -> None:
    page = show_whatif()
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.rows[0].remove)
    press(qtbot, page.form.suggest_button)
    answered(qtbot, page)
    told = page.form.helps.texts()
    assert len(page.form.helps.buttons) >= 1
    assert told[0].endswith(("什么业务都办", "现金"))
    assert told[1].startswith("大家一共少等")
    # Nothing was changed yet, so there is nothing to compare.
    assert page.result.empty.isVisible()
    button = page.form.helps.buttons[0]
    assert button.accessibleName() == f"加上：{told[0]}"
    press(qtbot, button)
    assert len(page.form.rows) == 1
    assert page.form.helps.texts() == []
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    assert page.result.title.text() == f"six.csv；{told[0]}"


@pytest.mark.parametrize("size", [(1312, 780), (1152, 680)])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_cut_and_everything_has_a_name(
    show_whatif: Show, qtbot: QtBot, day_file: Path, size: tuple[int, int], code: str
) -> None:
    language().choose(code)
    page = show_whatif(size)
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.add_also)
    press(qtbot, page.form.add_credit)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    assert page.result.verdict.isVisible()
    assert unread(page) == []
    assert page.size().toTuple() == size
    for control in page.findChildren(QWidget):
        if control.isVisible() and control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = control.text() if isinstance(control, QPushButton) else ""
            internal = type(control).__name__ == "QTreeWidget"
            assert control.accessibleName() or text or internal, control


def test_texts_more_than_half_as_long_again_make_room(
    show_whatif: Show, qtbot: QtBot, day_file: Path
) -> None:
    page = show_whatif((1312, 780))
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    for button in page.findChildren(QPushButton):
        if button.text():
            button.setText(button.text() + "字" * round(len(button.text()) * 0.6))
    for label in (page.result.bell_title, page.result.course_title, page.form.title):
        label.setText(label.text() + "字" * round(len(label.text()) * 0.6))
    qtbot.waitUntil(lambda: unread(page) == [])
    assert page.size().toTuple() == (1312, 780)


def test_english_without_a_restart(show_whatif: Show, qtbot: QtBot, day_file: Path) -> None:
    page = show_whatif()
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    language().choose("en")
    qtbot.waitUntil(lambda: page.form.run_button.text() == "Run the day again")
    assert page.result.title.text() == "six.csv; One more counter 10:00–12:00 for all services"
    assert page.result.verdict.text().startswith("Mean wait ")
    assert page.result.table.texts()[2][:2] == ["All", "What if"]
    assert titles(page) == ["One more counter"]
    visible = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in visible if any("\u4e00" <= sign <= "\u9fff" for sign in text)]


def test_the_tab_key_reaches_everything(show_whatif: Show, qtbot: QtBot, day_file: Path) -> None:
    page = show_whatif()
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    row = page.form.rows[0]
    assert isinstance(row, MoreRow)
    wanted = [
        page.form.day.days,
        page.form.day.open_button,
        row.remove,
        row.since.edit,
        row.until.edit,
        row.services,
        page.form.add_more,
        page.form.suggest_button,
        page.form.run_button,
        page.result.bells,
        page.result.course,
        page.result.keep.button,
        page.result.table,
    ]
    page.form.day.days.setFocus()
    seen = [page.focusWidget()]
    for _ in range(24):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    assert [control for control in wanted if control not in seen] == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_it_is_the_window_s_fourth_page(
    station_for: Callable[[str, str], Station], qtbot: QtBot, code: str
) -> None:
    language().choose(code)
    window = DashboardWindow(station_for("dashboard", MANAGER))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    page = window.stack.currentWidget()
    assert isinstance(page, WhatIfPage)
    qtbot.waitUntil(lambda: page._offer is not None)
    assert unread(window) == []
    assert window.size().toTuple() == (1280, 800)
