"""The manager's window: figures a person reads, periods, pages, export, trouble, both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.dashboard.conftest import Days
from ui.dashboard.export_dialog import ExportDialog
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language
from ui.widgets.chart import Chart
from ui.widgets.label import ElidedLabel
from ui.widgets.scoreboard_panel import ScoreboardPanel

Show = Callable[..., DashboardWindow]
LEFT = Qt.MouseButton.LeftButton


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    assert button.isVisible(), button.text()
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, LEFT)


def figures(window: DashboardWindow) -> list[str]:
    return [figure.accessibleName() for figure in window.overview.figures]


def a_morning(days: Days) -> None:
    """Ten served after 4 to 24 minutes, two elderly, one left; ratings; promises."""
    days.open()
    for minutes in (4, 6, 8, 9, 10, 11, 12, 24):
        days.served(minutes, score=5)
    days.served(6, "elderly", score=4)
    days.served(14, "elderly", score=2)
    days.left()


def test_before_the_first_ticket_the_page_says_what_will_be_here(
    show: Show, days: Days, qtbot: QtBot
) -> None:
    window = show()
    assert window.overview.empty.title.text() == "今天还没有取号"
    assert window.overview.empty.isVisible()
    days.open()
    days.served(4)
    qtbot.waitUntil(lambda: figures(window)[0] == "今日办理 1 笔，没有可比的营业日")
    assert not window.overview.empty.isVisible()


def test_the_figures_of_a_day(show: Show, days: Days) -> None:
    """Waits 4 6 6 8 9 10 11 12 14 24: median 9.5, nine in ten 14; inside 5–12: 7 of 10."""
    a_morning(days)
    window = show()
    assert figures(window) == [
        "今日办理 10 笔，没有可比的营业日",
        "等候中位数 10 分钟，没有可比的营业日",
        "九成客户等候不超过 14 分钟，目标 20 分钟",
        "未办离开 9.1 %，1 人",
        "客户满意 90.0 %，10 人评价",
        "承诺守住 70.0 %，目标 80%",
    ]
    states = [figure.text().state for figure in window.overview.figures]
    assert [state is not None for state in states] == [False] * 5 + [True]


def test_what_the_pictures_show_is_told_in_words(show: Show, days: Days) -> None:
    a_morning(days)
    page = show().overview
    assert page.waits.accessibleName() == "各业务等候时间"
    assert page.waits.accessibleDescription().splitlines() == [
        "现金 10 / 14",
        "账户 还没有叫到人",
        "对公 还没有叫到人",
        "理财贷款 还没有叫到人",
        "优先客户 10 / 14 超 4 分",
    ]
    assert page.flow.accessibleDescription().splitlines() == [
        "9 时 取号 7，办结 6",
        "10 时 取号 4，办结 4",
    ]
    assert page.leaving.accessibleDescription() == "不等了 1"
    assert page.content.accessibleDescription() == "2026-11-20 90.0%"
    assert page.kept.accessibleDescription() == "2026-11-20 70.0%"
    assert page.left_count.whole_text() == "1 人"


def test_a_card_without_anything_says_so(show: Show, days: Days) -> None:
    days.open()
    days.served(4, promised=False)
    page = show().overview
    for card, text in (
        (page.leave_card, "没有客户未办离开"),
        (page.content_card, "还没有客户评价"),
        (page.kept_card, "承诺还太少，看不出变化"),
    ):
        assert card.nothing.isVisible()
        assert card.nothing.text() == text
    assert page.figures[5].accessibleName() == "承诺守住 –，少于 10 张，不计比例"


def test_periods_and_what_they_are_compared_with(show: Show, days: Days, qtbot: QtBot) -> None:
    days.open()
    days.served(30)
    days.close()
    days.next_day(6)  # Thursday of the next week
    days.open()
    days.served(10)
    days.served(20)
    days.close()
    days.next_day()
    days.open()
    days.served(6)
    window = show()
    assert figures(window)[:2] == [
        "今日办理 1 笔，上周五 1 笔",
        "等候中位数 6 分钟，上周五 30 分钟",
    ]
    press(qtbot, window.period.segment("week"))
    qtbot.waitUntil(lambda: figures(window)[0] == "办理 3 笔，上周同期 1 笔")
    assert figures(window)[1] == "等候中位数 10 分钟，上周同期 30 分钟"
    assert window.overview.flow_card.title.text() == "取号与办结，每天平均"
    assert window.overview.flow.accessibleDescription() == "9 时 取号 1.5，办结 1.5"
    press(qtbot, window.period.segment("month"))
    qtbot.waitUntil(lambda: figures(window)[0] == "办理 4 笔，没有可比的营业日")
    window.period.segment("month").setFocus()
    qtbot.keyClick(window.period.segment("quarter"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.overview.shown.period == "quarter")  # type: ignore[union-attr]


def test_a_day_off_is_compared_with_nothing_and_a_period_may_be_empty(
    show: Show, days: Days, qtbot: QtBot
) -> None:
    days.open()
    days.served(10)
    days.close()
    days.next_day(200)
    window = show()
    assert window.overview.empty.title.text() == "今天还没有取号"
    press(qtbot, window.period.segment("month"))
    qtbot.waitUntil(lambda: window.overview.empty.title.text() == "这段时间没有取号")


def test_the_promises_of_thirty_days(show: Show, days: Days, qtbot: QtBot) -> None:
    a_morning(days)
    window = show()
    press(qtbot, window.choice.segment("promises"))
    panel = window.stack.currentWidget()
    assert isinstance(panel, ScoreboardPanel)
    assert not window.period.isVisible()
    qtbot.waitUntil(panel.within.isVisible)
    assert [f.accessibleName() for f in (panel.within, panel.in_time, panel.miss, panel.made)] == [
        "落在区间内 70.0 %，目标 80%",
        "不超过上端 80.0 %，目标 90%",
        "未守住时平均差 5.0 分钟，3 张在区间外",  # too early by 1, too late by 12 and 2
        "近 30 天承诺 10 张，已叫到 10 张",
    ]
    assert panel.calibrated.text() == "区间还没有校准过"
    assert panel.by_group.texts() == [["现金", "10", "10", "70.0%", "80.0%", "5.0 分"]]
    assert panel.by_class.texts() == [
        ["老年", "2", "2", "张数太少", "张数太少", "2.0 分"],
        ["普通", "8", "8", "张数太少", "张数太少", "6.5 分"],
    ]
    days.close()
    qtbot.waitUntil(
        lambda: panel.calibrated.text() == "区间按第 1 版校准，2026-11-20 营业结束时得出"
    )


def test_the_promises_follow_the_day_and_begin_empty(show: Show, days: Days, qtbot: QtBot) -> None:
    window = show()
    panel = window.show_page("promises")
    assert isinstance(panel, ScoreboardPanel)
    qtbot.waitUntil(panel.empty.isVisible)
    assert panel.empty.title.text() == "还没有承诺过等候时间"
    days.open()
    days.served(6)
    qtbot.waitUntil(lambda: panel.made.accessibleName() == "近 30 天承诺 1 张，已叫到 1 张")
    assert panel.within.accessibleName() == "落在区间内 –，少于 10 张，不计比例"
    assert panel.trend_few.isVisible()


def test_pages_by_key_and_the_rail(show: Show, days: Days, qtbot: QtBot) -> None:
    window = show()
    station = window._station
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.choice.current() == "fairness"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.overview
    for key in ("lobby", "admin"):
        with qtbot.waitSignal(station.place_wanted) as wanted:
            press(qtbot, window.rail.button(key))
        assert wanted.args == [key]
    with qtbot.waitSignal(station.lock_wanted):
        press(qtbot, window.rail.button("lock"))


def test_an_auditor_reads_and_goes_nowhere_else(show: Show) -> None:
    window = show("100402")
    for key in ("lobby", "admin"):
        with pytest.raises(KeyError):
            window.rail.button(key)


def test_export_prints_the_day_and_keeps_a_table(
    show: Show,
    days: Days,
    qtbot: QtBot,
    paper: Path,
    tmp_path: Path,
) -> None:
    days.open()
    days.served(30)
    days.close()
    days.next_day()
    a_morning(days)
    window = show()
    press(qtbot, window.export_button)
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(dialog.paper.papers.print_button.isEnabled, timeout=5000)
    assert [dialog.days.itemText(at) for at in range(dialog.days.count())] == [
        "2026-11-21",
        "2026-11-20",
    ]
    dialog.days.setFocus()
    QTest.keyClick(dialog.days, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.paper.papers.print_button.isEnabled, timeout=5000)
    press(qtbot, dialog.paper.papers.print_button)
    qtbot.waitUntil(lambda: dialog.paper.papers.outcome.whole_text() == "已送去打印")
    (file,) = paper.iterdir()
    assert file.name == "营业日报 2026-11-20.pdf"
    assert "营业日报" in PdfReader(file).pages[0].extract_text()

    press(qtbot, dialog.table.button)
    (where,) = dialog.table.findChildren(QFileDialog)
    assert where.selectedFiles()[0].endswith("经营数据 2026-11-21.csv")
    kept = tmp_path / "table.csv"
    where.fileSelected.emit(str(kept))
    where.reject()
    qtbot.waitUntil(lambda: dialog.table.outcome.whole_text() == "已存为 table.csv")
    lines = kept.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "等候，分钟,人数,平均,中位数,九成以内,最长,目标"
    assert lines[1] == "全部,10,10.4,9.5,14.0,24.0"
    assert lines[2] == "现金,10,10.4,9.5,14.0,24.0,20"
    assert "09:00,7,6" in lines
    assert "老年,2,2,,,2.0" in lines
    dialog.reject()


def test_a_table_that_cannot_be_kept_says_so(
    show: Show, days: Days, qtbot: QtBot, tmp_path: Path
) -> None:
    days.open()
    days.served(4)
    window = show()
    press(qtbot, window.export_button)
    (dialog,) = window.findChildren(ExportDialog)
    dialog.table._keep(str(tmp_path / "missing" / "table.csv"))
    qtbot.waitUntil(lambda: "missing" in dialog.table.outcome.whole_text())
    dialog.reject()


def test_a_branch_that_never_opened_has_no_report(show: Show, qtbot: QtBot) -> None:
    window = show()
    press(qtbot, window.export_button)
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: dialog.paper.text.text() == "还没有营业过，没有日报")
    assert not dialog.paper.papers.print_button.isEnabled()
    dialog.reject()


def test_a_lost_store_is_told_until_it_is_back(show: Show, days: Days, qtbot: QtBot) -> None:
    a_morning(days)
    window = show()
    station = window._station
    station.offline.emit("暂时连不上数据库，已填内容保留", 1)
    days.clock.advance(120)
    station.offline.emit("暂时连不上数据库，已填内容保留", 2)
    assert window.banner.sentence.text() == (
        "暂时连不上数据库，已填内容保留，数据停在 10:44，正在重试，第 2 次"
    )
    language().choose("en")
    qtbot.waitUntil(lambda: "data as of 10:44" in window.banner.sentence.text())
    station.online.emit()
    assert not window.banner.isVisible()


def unread(window: QWidget) -> list[str]:
    """What a person could not read whole."""
    window.grab()
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        cut = getattr(widget, "cut_texts", None)
        if cut is not None:
            found.extend(cut())
        if isinstance(widget, ElidedLabel) and widget.text() != widget.whole_text():
            found.append(widget.whole_text())
        elif isinstance(widget, QLabel) and not widget.wordWrap():
            found.extend([widget.text()] if widget.sizeHint().width() > widget.width() + 1 else [])
    return found


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_cut(
    show: Show, days: Days, qtbot: QtBot, size: tuple[int, int], code: str
) -> None:
    a_morning(days)
    days.left("self_service")
    language().choose(code)
    window = show(size=size)
    qtbot.waitUntil(window.overview.wait_card.title.isVisible)
    qtbot.waitUntil(lambda: unread(window) == [])
    panel = window.show_page("promises")
    assert isinstance(panel, ScoreboardPanel)
    qtbot.waitUntil(panel.within.isVisible)
    qtbot.waitUntil(lambda: unread(window) == [])
    assert window.size().toTuple() == size


def test_english_without_a_restart(show: Show, days: Days, qtbot: QtBot) -> None:
    a_morning(days)
    window = show()
    language().choose("en")
    qtbot.waitUntil(lambda: window.top.title.text() == "Dashboard")
    assert figures(window)[2] == "90% waited at most 14 min，Target 20 min"
    assert window.overview.waits.accessibleDescription().splitlines()[-1] == (
        "Priority 10 / 14, 4 min over"
    )
    assert window.choice.segment("promises").text() == "Promises"
    assert window.rail.button("dashboard").text() == "Manage"


def test_the_tab_key_reaches_every_control_and_picture(
    show: Show, days: Days, qtbot: QtBot
) -> None:
    a_morning(days)
    window = show()
    window.rail.button("lobby").setFocus()
    seen: set[QWidget | None] = set()
    for _ in range(40):
        here = window.focusWidget()
        assert here is not None
        seen.add(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    wanted: list[QWidget] = [window.export_button, window.choice.segment("waits")]
    wanted += [chart for chart in window.findChildren(Chart) if chart.isVisible()]
    assert len(wanted) == 7
    assert [widget.accessibleName() for widget in wanted if widget not in seen] == []
