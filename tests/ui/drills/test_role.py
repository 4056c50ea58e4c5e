"""One role's view: what is next, one press to mark, undo, and who was quicker."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import EndRun
from tests.drills.desk import GUARD, OFFICER, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.role_page import RolePage
from ui.drills.step_lines import LINE, StepLine
from ui.drills.step_paint import TALL_ROW
from ui.drills.window import DrillsWindow

LEFT = Qt.MouseButton.LeftButton


def role_page(qtbot: QtBot, window: DrillsWindow) -> RolePage:
    qtbot.waitUntil(lambda: window.role is not None)
    page = window.role
    assert page is not None
    qtbot.waitUntil(lambda: page.next is not None)
    return page


def test_whoever_plays_sees_his_own_steps_first(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    window = open_drills(run, GUARD)
    page = role_page(qtbot, window)
    assert page.role == "SEC"
    lines = page.steps.steps.lines
    assert {line.role for line in lines} == {"SEC"}
    assert page.words.text() == "发现火情，大声喊出地点"
    assert not window.top.pause.isVisible()
    index = page.steps.steps.index(1)
    assert page.steps.visualRect(index).height() == TALL_ROW == 64
    assert page.done.height() >= 64
    assert page.never.isVisible()
    assert "不要锁闭任何客户仍在内的区域" in page.never.lines.text()


def test_one_press_marks_what_is_next_and_undo_takes_it_back(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    window = open_drills(run, GUARD)
    page = role_page(qtbot, window)
    assert page.next is not None
    first = page.next.step.no
    qtbot.mouseClick(page.done, LEFT)
    qtbot.waitUntil(lambda: desk.step(run, first).mark is not None)
    qtbot.waitUntil(lambda: page.next is not None and page.next.step.no != first)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.step(run, first).mark is None)


def test_wrong_and_missed_are_one_press_too(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    page = role_page(qtbot, open_drills(run, GUARD))
    assert page.next is not None
    first = page.next.step.no
    qtbot.mouseClick(page.others["wrong"], LEFT)
    qtbot.waitUntil(lambda: desk.step(run, first).mark is not None)
    mark = desk.step(run, first).mark
    assert mark is not None
    assert mark.result == "wrong"


def test_a_row_is_pressed_and_another_role_looked_at(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    page = role_page(qtbot, open_drills(run, GUARD))
    qtbot.mouseClick(page.roles.tile("LOB"), LEFT)
    qtbot.waitUntil(lambda: page.role == "LOB")
    index = page.steps.steps.index(2)
    line = index.data(LINE)
    assert isinstance(line, StepLine)
    qtbot.mouseClick(page.steps.viewport(), LEFT, pos=page.steps.visualRect(index).center())
    qtbot.waitUntil(lambda: desk.step(run, line.no).mark is not None)


def test_the_second_station_hears_who_was_quicker(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    window = open_drills(run, GUARD)
    page = role_page(qtbot, window)
    state = page.next
    assert state is not None
    told: list[str] = []
    window._station.complained.connect(told.append)
    desk.run(MarkStep(run, state.step.no, at_ms=1_000), OFFICER, "drills-2")
    page._mark(state, "done")
    qtbot.waitUntil(lambda: bool(told))
    assert "00:01" in told[0]


def test_nothing_is_left_to_press_when_all_is_done(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    window = open_drills(run, GUARD)
    page = role_page(qtbot, window)
    for state in desk.detail(run).steps:
        if state.step.role == "SEC":
            desk.run(MarkStep(run, state.step.no, at_ms=1_000), OFFICER)
    qtbot.waitUntil(lambda: page.words.text() == "现在没有要做的")
    assert not page.done.isEnabled()
    desk.run(EndRun(run))
    qtbot.waitUntil(lambda: window.after is not None)
