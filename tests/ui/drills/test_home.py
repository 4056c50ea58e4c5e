"""The drills at a glance: what is due and why, what was held, planning one, opening an incident."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.drills.commands.frequency import LockFrequency, SetFrequency
from branch.drills.commands.incidents import OpenIncident
from branch.drills.commands.preparing import AssignRole, PlanRun
from branch.drills.commands.review import ReviewRun
from branch.drills.commands.running import EndRun
from branch.drills.queries.runs import open_incidents, run_lines
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.freezing import frozen
from tests.drills.desk import GUARD, HEAD, OFFICER, SUPERIOR, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.home import DrillHome
from ui.drills.plan_dialog import PlanDialog
from ui.drills.plan_dialogs import IncidentDialog
from ui.program import window_for
from ui.shell.desk_rail import DeskRail
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.lines_table import LinesTable

LEFT = Qt.MouseButton.LeftButton


def row_text(table: LinesTable, key: str) -> str:
    row = table.lines.row_of(key)
    columns = range(table.lines.columnCount())
    return " ".join(str(table.lines.index(row, at).data()) for at in columns)


def basis_of(home: DrillHome, code: str) -> str:
    home.due.select_key(code)
    return home.basis.text()


def test_what_is_due_stands_with_its_legal_basis(qtbot: QtBot, open_drills: OpenDrills) -> None:
    home = open_drills().home
    assert home.due.lines.rowCount() == 8
    assert "营业厅初起火灾与人员疏散" in row_text(home.due, "FIRE-01")
    assert basis_of(home, "FIRE-01").startswith("每 182 天一次。依据：")
    assert "消防法" in home.basis.text()


def test_a_changed_frequency_and_head_offices_lock_are_told(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    desk.run(SetFrequency("FIRE-01", 120), HEAD)
    desk.run(LockFrequency("FIRE-01", 91), SUPERIOR)
    home = open_drills().home
    assert basis_of(home, "FIRE-01").startswith("每 91 天一次，上级行要求不超过 91 天。")


def test_an_overdue_drill_is_marked(qtbot: QtBot, open_drills: OpenDrills, desk: Desk) -> None:
    run = desk.played("ROB-01")
    course = desk.detail(run).course
    assert course is not None
    desk.clock.set(course.started_at + 100 * 86_400_000)
    home = open_drills().home
    assert "逾期 9 天" in row_text(home.due, "ROB-01")


def test_planning_a_drill_leads_to_its_preparation(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    window = open_drills()
    window.home.due.select_key("FIRE-01")
    qtbot.mouseClick(window.home.plan, LEFT)
    dialog = window.findChild(PlanDialog)
    assert dialog is not None
    dialog.place.set_text("湖滨公园东门")
    qtbot.mouseClick(dialog.form.tile("tabletop"), LEFT)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: window.prepare is not None)
    (line,) = run_lines(desk.store)
    assert (line.code, line.form, line.state) == ("FIRE-01", "tabletop", "planned")
    qtbot.waitUntil(lambda: "湖滨公园东门" in window.prepare.about.text())
    qtbot.mouseClick(window.top.back, LEFT)
    assert window.pages.currentWidget() is window.home
    qtbot.waitUntil(lambda: "已排" in row_text(window.home.due, "FIRE-01"))


def test_a_real_incident_is_opened_at_once(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    desk.run(OpenCounter(1), "100482", "counter-1")
    window = open_drills()
    assert window.top.real.text() == "发生真实险情"
    qtbot.mouseClick(window.top.real, LEFT)
    dialog = window.findChild(IncidentDialog)
    assert dialog is not None
    assert not dialog.confirm_button.isEnabled()
    qtbot.mouseClick(dialog.which.tile("MED-01"), LEFT)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: window.conductor is not None)
    (line,) = open_incidents(desk.store)
    assert line.code == "MED-01"
    assert window.band.accessibleName() == "这是真实险情 按预案逐项处理"
    assert not window.top.pause.isEnabled()
    qtbot.waitUntil(lambda: frozen(desk.store) is not None)


def test_runs_stand_with_score_and_grade(qtbot: QtBot, open_drills: OpenDrills, desk: Desk) -> None:
    run = desk.played("MED-01")
    desk.run(ReviewRun(run), HEAD)
    window = open_drills()
    told = row_text(window.home.runs, str(run))
    assert "已评估" in told
    assert "100 优" in told
    window.home.runs.select_key(str(run))
    qtbot.mouseClick(window.home.open, LEFT)
    qtbot.waitUntil(lambda: window.after is not None)


def test_everything_speaks_english(qtbot: QtBot, open_drills: OpenDrills) -> None:
    window = open_drills()
    language().choose("en")
    qtbot.waitUntil(lambda: window.home.due_title.text() == "What is due")
    assert window.top.real.text() == "Real emergency"
    assert basis_of(window.home, "FIRE-01").startswith("Every 182 days. Basis:")


def test_every_desk_is_told_of_a_real_incident(
    qtbot: QtBot, station_for: Callable[[str, str], Station], desk: Desk
) -> None:
    register = window_for(station_for("register", GUARD))
    qtbot.addWidget(register)
    register.show()
    rail = register.findChild(DeskRail)
    assert rail is not None

    def told() -> int:
        return rail._buttons["drills"].badge()

    run = int(desk.run(OpenIncident("CON-01"), OFFICER))
    qtbot.waitUntil(lambda: told() == 1)
    desk.run(EndRun(run))
    qtbot.waitUntil(lambda: told() == 0)


def test_a_planned_drill_has_no_score_and_tells_its_form_and_day(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "unannounced", desk.today)))
    real = int(desk.run(OpenIncident("MED-01")))
    desk.clock.set(desk.clock.now_ms() + 2 * 86_400_000)
    home = open_drills().home
    told = row_text(home.runs, str(run))
    assert "已过 2 天" in told
    assert told.endswith("还没有")
    assert row_text(home.runs, str(real)).endswith("不评分")
    home.runs.select_key(str(run))
    assert home.hint.text() == f"{desk.detail(run).line.number}，不预先通知，还没有总指挥"
    desk.run(AssignRole(run, "CMD", (desk.staff(HEAD),)))
    qtbot.waitUntil(lambda: home.hint.text().endswith("总指挥 林婉"))
