"""The manager's page 假如: asked with mouse and keys, answered by a child process, cancelled."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, CallTicket, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from tests.ui.dashboard.conftest import MANAGER
from tests.ui.dashboard.whatif_page import answered, press
from ui.dashboard import whatif_run
from ui.dashboard.whatif import WhatIfPage
from ui.dashboard.whatif_day import PAYDAY
from ui.dashboard.whatif_lines import MoreLine
from ui.dashboard.whatif_rows import MoreRow
from ui.shell.language import language
from ui.shell.station import Station

Run = Callable[[str, str, object], Any]
Show = Callable[..., WhatIfPage]


def test_what_is_there_before_the_first_day(show_whatif: Show) -> None:
    page = show_whatif()
    days = page.form.day.days
    assert [days.itemText(at) for at in range(days.count())] == [
        "示范：养老金发放日",
        "示范：普通的星期五",
    ]
    assert page.result.empty.isVisible()
    assert page.result.empty.title.text() == "换一种安排，过去的一天会怎样"
    # One more counter for two hours is what most would try first.
    assert page.form.lines() == (MoreLine("10:00", "12:00", page._offer.every()),)  # type: ignore[union-attr]
    assert page.form.run_button.isEnabled()


def test_a_file_with_one_more_counter(show_whatif: Show, qtbot: QtBot, day_file: Path) -> None:
    page = show_whatif()
    press(qtbot, page.form.day.open_button)
    (where,) = page.form.day.findChildren(QFileDialog)
    where.fileSelected.emit(str(day_file))
    where.reject()
    assert page.form.day.days.currentText() == "six.csv"
    shares: list[str] = []
    page.run.progressed.connect(lambda _share: shares.append(page.form.share.text()))
    press(qtbot, page.form.run_button)
    assert page.form.cancel_button.isVisible()
    assert not page.form.run_button.isVisible()
    answered(qtbot, page)
    assert shares[-1].startswith("正在重排，")
    assert page.form.run_button.isVisible()

    assert page.result.title.text() == "six.csv；10:00–12:00 加开一个柜台，什么业务都办"
    assert page.result.verdict.text().startswith("平均等候少等 ")
    # A played day calls by the rule, so there is nothing to explain.
    assert not page.result.why.isVisible()
    captions = [figure.text().caption for figure in page.result.figures]
    assert captions == ["平均等候", "九成客户不超过", "最长等候", "超过目标", "未办离开"]
    assert page.result.figures[4].text().note == "当天 0"
    rows = page.result.table.texts()
    assert [row[:3] for row in rows] == [
        ["全部", "当天", "6"],
        ["全部", "按规则重排", "6"],
        ["全部", "假如", "6"],
        ["老年", "当天", "1"],
        ["老年", "按规则重排", "1"],
        ["老年", "假如", "1"],
        ["普通", "当天", "5"],
        ["普通", "按规则重排", "5"],
        ["普通", "假如", "5"],
    ]
    assert rows[0][3:] == rows[1][3:]
    assert float(rows[2][3]) < float(rows[1][3])
    assert rows[2][-1].startswith("少等 ")
    said = page.result.bells.accessibleDescription().splitlines()
    assert [line.split("：")[0] for line in said] == ["全部", "老年", "普通"]
    assert said[0].endswith("分钟")
    course = page.result.course.accessibleDescription().splitlines()
    assert course[0].startswith("当天：最多时 ")
    assert course[1].startswith("假如：最多时 ")


def test_the_same_day_again_is_not_played_again(
    show_whatif: Show, qtbot: QtBot, day_file: Path
) -> None:
    page = show_whatif()
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    shares: list[float] = []
    page.run.progressed.connect(shares.append)
    row = page.form.rows[0]
    assert isinstance(row, MoreRow)
    row.until.edit.selectAll()
    qtbot.keyClicks(row.until.edit, "11:00")
    qtbot.keyClick(row.until.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answered(qtbot, page)
    assert shares == []
    assert "10:00–11:00" in page.result.title.text()


def test_cancel_by_button_and_by_escape_leaves_nothing(
    show_whatif: Show, qtbot: QtBot, scratch: Path
) -> None:
    page = show_whatif()
    for stop in (
        lambda: press(qtbot, page.form.cancel_button),
        lambda: qtbot.keyClick(page.form.cancel_button, Qt.Key.Key_Escape),
    ):
        press(qtbot, page.form.run_button)
        qtbot.waitUntil(lambda: page.form._done > 0.02, timeout=30_000)
        assert list(scratch.iterdir())
        stop()
        assert page.form.share.text() == "正在停止"
        answered(qtbot, page)
        assert list(scratch.iterdir()) == []
        assert page.result.empty.isVisible()
        assert page.form.run_button.isVisible()
        page.form.run_button.repeat_guard = False


def test_a_closed_page_ends_its_child(
    qtbot: QtBot, scratch: Path, station_for: Callable[[str, str], Station]
) -> None:
    page = WhatIfPage(station_for("dashboard", MANAGER))
    page.show()
    qtbot.waitUntil(lambda: page._offer is not None)
    press(qtbot, page.form.run_button)
    qtbot.waitUntil(lambda: page.form._done > 0.02, timeout=30_000)
    (process,) = page.run._children
    with qtbot.waitSignal(process.finished, timeout=10_000):
        page.close()
        page.deleteLater()
    assert list(scratch.iterdir()) == []


def test_the_end_of_the_program_ends_the_child(
    show_whatif: Show, qtbot: QtBot, scratch: Path
) -> None:
    page = show_whatif()
    press(qtbot, page.form.run_button)
    qtbot.waitUntil(lambda: page.form._done > 0.02, timeout=30_000)
    page.run._end()
    assert list(scratch.iterdir()) == []
    answered(qtbot, page)


def a_day_by_hand(run: Run, clock: SetClock) -> None:
    """Three wait; the last is called by hand before the second."""
    run("100482", "counter-1", OpenCounter(1))
    tickets = []
    for _ in range(3):
        tickets.append(run("KIOSK", "kiosk-1", Issue("P01")))
        clock.advance(60)
    run("100482", "counter-1", CallNext(1))
    clock.advance(900)
    run("100482", "counter-1", Finish(1))
    run("100301", "lobby", CallTicket(tickets[2].id, 1, "unwell"))
    clock.advance(900)
    run("100482", "counter-1", Finish(1))
    run("100482", "counter-1", CallNext(1))
    clock.advance(900)
    run("100482", "counter-1", Finish(1))
    run("100301", "lobby", CloseDay())


def test_a_past_day_of_the_branch(
    show_whatif: Show, run: Run, clock: SetClock, qtbot: QtBot
) -> None:
    page = show_whatif()
    a_day_by_hand(run, clock)
    days = page.form.day.days
    qtbot.waitUntil(lambda: days.itemText(0) == "2026-11-20 11月20日 星期五")
    # What was chosen stays, the new day is one key away.
    assert days.currentText() == "示范：养老金发放日"
    days.setFocus()
    qtbot.keyClick(days, Qt.Key.Key_Up)
    row = page.form.rows[0]
    assert isinstance(row, MoreRow)
    row.since.set_text("09:00")
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    assert page.result.title.text().startswith("2026-11-20 11月20日 星期五；09:00–12:00")
    assert page.result.why.text() == (
        "当天有 1 次手动叫号，重排时按正常次序；重排时柜台一空就叫下一位，当天不一定"
    )
    assert [line[2] for line in page.result.table.texts()[:3]] == ["3", "3", "3"]


def test_a_file_that_cannot_be_read_is_said_in_both_languages(
    show_whatif: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show_whatif()
    file = tmp_path / "wrong.csv"
    file.write_text("a,b\n", encoding="utf-8")
    page.form.day.offer_file(file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    assert page.form.trouble.sentence.text().startswith("第 1 行应为：arrives_at")
    language().choose("en")
    qtbot.waitUntil(lambda: page.form.trouble.sentence.text().startswith("Line 1 should read"))
    page.form.day.days.choose(str(PAYDAY))
    page.form.day.days.activated.emit(0)
    assert not page.form.trouble.isVisible()


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
def test_a_child_that_fails_is_told(
    show_whatif: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    page = show_whatif()
    monkeypatch.setattr(whatif_run.sys, "executable", program)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    assert page.form.trouble.sentence.text() == "重排没有完成，请再试一次"
    monkeypatch.setattr(whatif_run.sys, "executable", sys.executable)
    assert page.form.run_button.isEnabled()


def test_the_table_is_kept_as_a_file(
    show_whatif: Show, qtbot: QtBot, day_file: Path, tmp_path: Path
) -> None:
    page = show_whatif()
    assert not page.result.keep.button.isEnabled()
    page.form.day.offer_file(day_file)
    press(qtbot, page.form.run_button)
    answered(qtbot, page)
    press(qtbot, page.result.keep.button)
    (where,) = page.result.keep.findChildren(QFileDialog)
    kept = tmp_path / "kept.csv"
    where.fileSelected.emit(str(kept))
    where.reject()
    qtbot.waitUntil(lambda: page.result.keep.outcome.whole_text() == "已存为 kept.csv")
    lines = kept.read_text(encoding="utf-8-sig").splitlines()
    assert lines[:3] == ["six.csv", "10:00–12:00 加开一个柜台，什么业务都办", ""]
    assert lines[3] == "等候，分钟,,人数,平均,中位数,九成,最长,超目标,平均变化"
    assert lines[4].startswith("全部,当天,6,")
    assert len(lines) == 4 + 9
