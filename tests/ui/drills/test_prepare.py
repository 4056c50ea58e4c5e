"""Before START: who plays what, the list that keeps START locked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.drills.commands.preparing import AssignRole, PlanRun
from branch.drills.rules.run import CHECKS
from tests.drills.desk import OFFICER, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.plan_dialog import ChangeRunDialog
from ui.drills.prepare_page import PreparePage
from ui.widgets.dialog import ReasonDialog

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, open_drills: OpenDrills, run: int) -> PreparePage:
    page = open_drills(run).prepare
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.roles) and bool(page.roles["REC"].field.colleagues()))
    return page


def test_start_is_locked_and_says_what_is_missing(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    assert not page.start.isEnabled()
    assert page.missing.text() == (
        "还不能开始，先完成：还没有人：总指挥、运营主管、大堂经理、柜面、保安、客户经理、记录评估"
    )
    desk.cast(run)
    qtbot.waitUntil(lambda: "监控中心" in page.missing.text())
    for item in CHECKS["live"]:
        assert not page.start.isEnabled()
        qtbot.mouseClick(page.checks[item], LEFT)
        qtbot.waitUntil(
            lambda item=item: next(c.ok for c in desk.detail(run).checks if c.item == item)
        )
    qtbot.waitUntil(page.start.isEnabled)
    assert page.missing.text() == "都准备好了。按下后计时开始"
    qtbot.mouseClick(page.start, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "running")


def test_what_the_program_sees_itself_is_no_mans_tick(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    assert not page.checks["roles"].isEnabled()
    assert page.checks["centre_told"].isEnabled()


def test_a_colleague_is_put_into_a_role_and_taken_out(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    field = page.roles["REC"].field
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, OFFICER)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)

    def cast() -> tuple[int, ...]:
        (rec,) = (one for one in desk.detail(run).cast if one.role == "REC")
        return tuple(who.staff for who in rec.people)

    officer = desk.staff(OFFICER)
    qtbot.waitUntil(lambda: cast() == (officer,))
    qtbot.waitUntil(lambda: officer in page.roles["REC"].remove)
    qtbot.mouseClick(page.roles["REC"].remove[officer], LEFT)
    qtbot.waitUntil(lambda: cast() == ())


def test_a_drill_put_off_leads_home(qtbot: QtBot, open_drills: OpenDrills, desk: Desk) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    window = open_drills(run)
    assert window.prepare is not None
    qtbot.mouseClick(window.prepare.cancel, LEFT)
    dialog = window.prepare.findChild(ReasonDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.tile("busy"), LEFT)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "cancelled")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.home)


def test_form_variant_place_and_weather_are_changed(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    assert "未填集合点" in page.about.text()
    qtbot.mouseClick(page.change, LEFT)
    dialog = page.findChild(ChangeRunDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.form.tile("unannounced"), LEFT)
    qtbot.mouseClick(dialog.weather.tile("rain"), LEFT)
    dialog.variant.combo.setCurrentIndex(1)
    dialog.place.set_text("湖滨公园东门")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).weather == "rain")
    found = desk.detail(run)
    assert (found.line.form, found.variant, found.place) == ("unannounced", 0, "湖滨公园东门")
    variant = found.scenario.variants[0].zh
    qtbot.waitUntil(lambda: f"湖滨公园东门，{variant}，雨" in page.about.text())


def test_who_cannot_both_play_and_record_is_named(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    desk.cast(run)
    desk.run(AssignRole(run, "SEC", ()))
    page = opened(qtbot, open_drills, run)
    assert page.missing.text() == "还不能开始，先完成：还没有人：保安"
    desk.run(AssignRole(run, "SEC", (desk.staff(OFFICER),)))
    told = "还不能开始，先完成：冯涛 既参演又记录，请换一位"
    qtbot.waitUntil(lambda: page.missing.text() == told)


def test_a_name_half_typed_outlives_somebody_elses_tick(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    page.roles["SEC"].field.edit.setFocus()
    qtbot.keyClicks(page.roles["SEC"].field.edit, "1004")
    desk.run(AssignRole(run, "REC", (desk.staff(OFFICER),)))
    qtbot.waitUntil(lambda: bool(page.roles["REC"].remove))
    field = page.roles["SEC"].field
    assert field.text() == "1004"
    assert field.edit.hasFocus()


def test_the_same_colleague_twice_in_a_role_is_told(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    desk.cast(run)
    page = opened(qtbot, open_drills, run)
    field = page.roles["REC"].field
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, OFFICER)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.error_text() == "已经在这个岗位")


def test_a_name_that_is_nobodys_is_told_at_its_field(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(PlanRun("FIRE-01", "live", desk.today)))
    page = opened(qtbot, open_drills, run)
    field = page.roles["SEC"].field
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "nobody")
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(field.error_text()))
    told = field.error_text()
    desk.run(AssignRole(run, "REC", (desk.staff(OFFICER),)))
    qtbot.waitUntil(lambda: bool(page.roles["REC"].remove))
    assert (page.roles["SEC"].field.text(), page.roles["SEC"].field.error_text()) == (
        "nobody", told,
    )  # fmt: skip
