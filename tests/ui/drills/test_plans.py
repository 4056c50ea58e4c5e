"""Plans and scenarios: versions and approval, frequency, the editor, files, what got better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.drills.commands.evidence import Observe
from branch.drills.commands.frequency import LockFrequency
from branch.drills.commands.plans import ApprovePlan, DraftPlan
from branch.drills.commands.review import AddDrillAction
from branch.drills.import_file import read_scenarios, scenario_yaml
from branch.drills.queries.plans import plan_versions
from branch.drills.queries.scenarios import scenario, scenarios
from branch.drills.rules.scenario import Words
from branch.quality.commands import CheckAction, FinishAction
from tests.drills.desk import HEAD, SUPERIOR, SUPERVISOR, Desk
from tests.ui.drills.conftest import OpenDrills
from tests.ui.drills.test_home import row_text
from ui.drills.improvement_page import ImprovementPage
from ui.drills.plan_compare import CompareDialog, side_by_side
from ui.drills.plan_dialogs import DraftDialog, FrequencyDialog
from ui.drills.plans_page import PlansPage
from ui.drills.scenario_dialog import ScenarioDialog
from ui.drills.scenario_files import ImportDialog, RefusedDialog, export_to, offer_import
from ui.widgets.dialog import ConfirmDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, open_drills: OpenDrills) -> PlansPage:
    """The plans before the branch's head."""
    window = open_drills(staff_no=HEAD)
    window.show_page("plans")
    found = window.findChild(PlansPage)
    assert found is not None
    qtbot.waitUntil(lambda: found.shown is not None)
    found.table.select_key("FIRE-01")
    return found


def test_a_draft_is_approved_by_somebody_else(
    qtbot: QtBot, page: PlansPage, desk: Desk, open_drills: OpenDrills
) -> None:
    desk.run(DraftPlan("FIRE-01", Words("消防预案", ""), "先救人。", "改了路线"), SUPERVISOR)
    qtbot.waitUntil(lambda: "第 2 版待批准" in row_text(page.table, "FIRE-01"))
    qtbot.waitUntil(page.approve.isEnabled)
    qtbot.mouseClick(page.approve, LEFT)
    question = page.findChild(ConfirmDialog)
    assert question is not None
    assert question.windowTitle() == "批准第 2 版"
    qtbot.mouseClick(question.confirm_button, LEFT)
    qtbot.waitUntil(lambda: plan_versions(desk.store, "FIRE-01")[-1].status == "effective")
    qtbot.waitUntil(lambda: "第 2 版，生效" in row_text(page.table, "FIRE-01"))
    assert not page.approve.isEnabled()  # nor the first one, which came with the program
    page.versions.select_key("2")
    assert page.body.text().startswith("先救人。")


def test_a_lobby_manager_drafts_and_does_not_approve(
    qtbot: QtBot, desk: Desk, open_drills: OpenDrills
) -> None:
    window = open_drills()
    window.show_page("plans")
    page = window.findChild(PlansPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.shown is not None)
    page.table.select_key("FIRE-01")
    assert page.approve.isHidden()
    qtbot.mouseClick(page.draft, LEFT)
    dialog = page.findChild(DraftDialog)
    assert dialog is not None
    dialog.text.setPlainText("先救人。")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: plan_versions(desk.store, "FIRE-01")[-1].body == "先救人。")


def test_a_longer_time_than_head_offices_is_refused_at_the_field(
    qtbot: QtBot, page: PlansPage, desk: Desk
) -> None:
    desk.run(LockFrequency("FIRE-01", 91), SUPERIOR)
    qtbot.waitUntil(lambda: "91" in page.often.text())
    qtbot.mouseClick(page.frequency, LEFT)
    dialog = page.findChild(FrequencyDialog)
    assert dialog is not None
    dialog.confirm_button.repeat_guard = False
    dialog.days.set_text("120")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: "91" in dialog.days.error_text())
    dialog.days.set_text("60")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: "每 60 天演练一次" in page.often.text())


def test_the_editor_says_at_the_field_what_cannot_stand(
    qtbot: QtBot, page: PlansPage, desk: Desk
) -> None:
    page.window().resize(1280, 800)
    qtbot.mouseClick(page.edit, LEFT)
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    assert dialog.panel.height() <= 780  # it fits into the smallest screen
    qtbot.mouseClick(dialog.parts.segment("steps"), LEFT)
    dialog.steps.go_to(2)
    target = dialog.steps.fields["target_s"].edit  # type: ignore[union-attr]
    target.clear()
    qtbot.keyClicks(target, "soon")
    qtbot.mouseClick(dialog.parts.segment("basics"), LEFT)
    dialog.confirm_button.repeat_guard = False
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    field = dialog.steps.fields["target_s"]
    qtbot.waitUntil(lambda: bool(field.error_text()))  # type: ignore[union-attr]
    assert dialog.parts.current() == "steps"
    assert dialog.steps.at == 2
    target.clear()
    qtbot.keyClicks(target, "75")
    qtbot.mouseClick(dialog.confirm_button, LEFT)

    def kept_target() -> int:
        found = scenario(desk.store, "FIRE-01")
        assert found is not None
        return found.scenario.steps[2].target_s

    qtbot.waitUntil(lambda: kept_target() == 75)
    qtbot.waitUntil(page.restore.isEnabled)
    assert "本网点改过" in page.often.text()


def test_steps_are_added_moved_and_removed(qtbot: QtBot, page: PlansPage, desk: Desk) -> None:
    qtbot.mouseClick(page.edit, LEFT)
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    steps = dialog.steps
    before = [one.words.zh for one in steps.items]
    qtbot.mouseClick(dialog.parts.segment("steps"), LEFT)
    steps.go_to(0)
    steps.add.repeat_guard = steps.down.repeat_guard = False
    qtbot.mouseClick(steps.add, LEFT)
    assert [one.no for one in steps.items] == list(range(1, len(before) + 2))
    assert steps.at == 1
    qtbot.keyClicks(steps.fields["words.zh"].edit, "new step")  # type: ignore[union-attr]
    qtbot.mouseClick(steps.down, LEFT)
    assert steps.items[2].words.zh == "new step"
    qtbot.mouseClick(steps.remove, LEFT)
    assert [one.words.zh for one in steps.items] == before
    assert dialog.scenario() == scenario(desk.store, "FIRE-01").scenario  # type: ignore[union-attr]
    dialog.reject()


def test_a_bad_file_is_named_with_its_line(
    qtbot: QtBot, page: PlansPage, desk: Desk, tmp_path: Path
) -> None:
    kept = scenarios(desk.store)
    text = scenario_yaml(tuple(one.scenario for one in kept))
    bad = tmp_path / "ours.yaml"
    bad.write_text(text.replace("target_s: 10\n", "target_s: soon\n", 1), encoding="utf-8")
    line = next(
        number
        for number, words in enumerate(bad.read_text(encoding="utf-8").splitlines(), 1)
        if "target_s: soon" in words
    )
    offer_import(page, page._station, kept, page.said.emit, bad)
    told = page.findChild(RefusedDialog)
    assert told is not None
    assert "ours.yaml" in told.why.text()
    assert str(line) in told.why.text()
    assert page.findChild(ImportDialog) is None
    told.accept()


def test_an_import_shows_what_it_changes_before_it_does(
    qtbot: QtBot, page: PlansPage, desk: Desk, tmp_path: Path
) -> None:
    kept = scenarios(desk.store)
    file = tmp_path / "all.yaml"
    said: list[str] = []
    export_to(file, kept, said.append)
    assert said == ["已存为 all.yaml"]
    found = read_scenarios("all.yaml", file.read_text(encoding="utf-8"))
    assert found == tuple(one.scenario for one in kept)
    first = replace(found[0], planned_minutes=found[0].planned_minutes + 5)
    file.write_text(scenario_yaml((first, *found[1:])), encoding="utf-8")
    offer_import(page, page._station, kept, page.said.emit, file)
    dialog = page.findChild(ImportDialog)
    assert dialog is not None
    assert "更新" in dialog.lines[0]
    assert all("没有变化" in line for line in dialog.lines[1:])
    with qtbot.waitSignal(page.said) as told:
        qtbot.mouseClick(dialog.confirm_button, LEFT)
    assert told.args == ["已更新 1 个情景"]


def test_from_drill_to_finding_to_plan_to_next_drill_on_one_screen(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    desk.run(Observe(run, "area", "AED 柜钥匙难找", "plan", 4))
    (seen,) = desk.detail(run).observations
    owner = desk.staff(SUPERVISOR)
    action = int(desk.run(AddDrillAction(run, "钥匙挂在柜上", owner, desk.today, seen.id)))
    words = Words("急救预案", "")
    version = int(desk.run(DraftPlan("MED-01", words, "钥匙在柜上。", "钥匙", action), SUPERVISOR))
    desk.run(ApprovePlan("MED-01", version), HEAD)
    desk.run(FinishAction(action, "挂好了"), SUPERVISOR)
    desk.run(CheckAction(action, True), HEAD)
    desk.clock.set(desk.clock.now_ms() + 86_400_000)
    again = desk.played("MED-01")
    window = open_drills()
    window.show_page("better")
    page = window.findChild(ImprovementPage)
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.shown))
    told = row_text(page.table, "0")
    for words_shown in ("AED 柜钥匙难找", "预案", "已完成", f"第 {version} 版，生效", "做到"):
        assert words_shown in told
    assert page.hint.text() == "1 条发现，1 条已改好并在下一次演练中做到"
    qtbot.mouseClick(page.next, LEFT)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.run_id == again)
    qtbot.waitUntil(lambda: window.after is not None)


def test_two_versions_stand_side_by_side_with_what_changed_marked(
    qtbot: QtBot, page: PlansPage, desk: Desk
) -> None:
    title = Words("消防预案", "")
    desk.run(DraftPlan("FIRE-01", title, "先救人。\n再报警。\n清点人数。", "首版"), SUPERVISOR)
    desk.run(ApprovePlan("FIRE-01", 2), HEAD)
    body = "先救人。\n马上报警。\n打开出口。\n清点人数。"
    desk.run(DraftPlan("FIRE-01", title, body, "改了报警"), SUPERVISOR)
    qtbot.waitUntil(lambda: "第 3 版待批准" in row_text(page.table, "FIRE-01"))
    page.versions.select_key("3")
    qtbot.mouseClick(page.compare, LEFT)
    dialog = page.findChild(CompareDialog)
    assert dialog is not None
    assert dialog.left.combo.currentText() == "第 2 版，生效"
    assert dialog.right.combo.currentText() == "第 3 版，草稿"
    assert dialog.told.text() == "改了 2 处"
    spoken = [(left.spoken(), right.spoken()) for left, right in dialog.rows]
    assert spoken == [
        ("", ""),
        ("", ""),
        ("删去：再", "加上：马上"),
        ("", "加上：打开出口。"),
        ("", ""),
    ]
    # The same version on both sides reads the same.
    dialog.left.combo.setCurrentIndex(dialog.left.combo.findData(3))
    assert dialog.told.text() == "两版文字一样"
    qtbot.mouseClick(dialog.close_button, LEFT)


def test_paragraphs_that_have_nothing_in_common_are_marked_whole() -> None:
    (pair,) = side_by_side("按下就近的手动报警按钮", "Leave by the east gate")
    assert [one.kind for one in pair[0]] == ["gone"]
    assert [one.kind for one in pair[1]] == ["new"]
    # Pages without a break are not compared letter by letter.
    (pair,) = side_by_side("火" * 5_000, "火" * 4_999)
    assert [one.kind for one in pair[0]] == ["gone"]


def test_a_plan_of_many_pages_is_scrolled(qtbot: QtBot, page: PlansPage, desk: Desk) -> None:
    height = page.window().height()
    long = "\n".join(f"第 {n} 条 先救人。" for n in range(200))
    desk.run(DraftPlan("FIRE-01", Words("消防预案", ""), long), SUPERVISOR)
    qtbot.waitUntil(lambda: "第 2 版待批准" in row_text(page.table, "FIRE-01"))
    page.versions.select_key("2")
    assert "第 199 条" in page.body.text()
    qtbot.waitUntil(lambda: page.reading.verticalScrollBar().maximum() > 0)
    assert page.window().height() == height
    assert page.draft.isVisible()


def test_a_draft_that_waits_is_written_on(qtbot: QtBot, page: PlansPage, desk: Desk) -> None:
    run = desk.played("MED-01")
    action = int(desk.run(AddDrillAction(run, "钥匙挂在柜上", desk.staff(HEAD), desk.today)))
    desk.run(DraftPlan("FIRE-01", Words("消防预案", ""), "先救人。", "路线", action), SUPERVISOR)
    qtbot.waitUntil(lambda: "第 2 版待批准" in row_text(page.table, "FIRE-01"))
    qtbot.mouseClick(page.draft, LEFT)
    dialog = page.findChild(DraftDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "接着写草稿"
    assert dialog.changes.toPlainText() == "路线"
    qtbot.waitUntil(lambda: dialog.because.combo.currentText() == "钥匙挂在柜上")
    # Meanwhile somebody else writes another text.
    desk.clock.set(desk.clock.now_ms() + 1_000)
    desk.run(DraftPlan("FIRE-01", Words("消防预案", ""), "别人写的。"), SUPERIOR)
    dialog.text.setPlainText("先救人，再报警。")
    dialog.confirm_button.repeat_guard = False
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.error.sentence.text()))
    assert dialog.text.toPlainText() == "先救人，再报警。"
    assert plan_versions(desk.store, "FIRE-01")[-1].body == "别人写的。"
    dialog.accept()


def test_esc_does_not_throw_a_written_page_away(qtbot: QtBot, page: PlansPage, desk: Desk) -> None:
    qtbot.mouseClick(page.draft, LEFT)
    dialog = page.findChild(DraftDialog)
    assert dialog is not None
    dialog.text.setPlainText("写了半页。")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    question = dialog.findChild(ConfirmDialog)
    assert question is not None
    assert question.cancel_button.text() == "接着写"
    qtbot.mouseClick(question.cancel_button, LEFT)
    assert dialog.isVisible()
    assert dialog.text.toPlainText() == "写了半页。"
    qtbot.waitUntil(lambda: dialog.findChild(ConfirmDialog) is None)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    question = dialog.findChild(ConfirmDialog)
    assert question is not None
    qtbot.mouseClick(question.confirm_button, LEFT)
    qtbot.waitUntil(lambda: page.findChild(DraftDialog) is None)
    # Nothing written: at once.
    qtbot.mouseClick(page.edit, LEFT)
    editor = page.findChild(ScenarioDialog)
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(ScenarioDialog) is None)


def test_steps_go_with_their_inject_when_it_moves(
    qtbot: QtBot, page: PlansPage, desk: Desk
) -> None:
    qtbot.mouseClick(page.edit, LEFT)
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    anchors = [one.anchor for one in dialog.steps.items]
    assert "I3" in anchors
    injects = dialog.injects
    qtbot.mouseClick(dialog.parts.segment("injects"), LEFT)
    injects.go_to(0)
    injects.remove.repeat_guard = False
    qtbot.mouseClick(injects.remove, LEFT)
    moved = {"T0": "T0", "I1": "?", **{f"I{no}": f"I{no - 1}" for no in range(2, 9)}}
    assert [one.anchor for one in dialog.steps.items] == [moved[one] for one in anchors]
    if "I1" in anchors:
        dialog.confirm_button.repeat_guard = False
        qtbot.mouseClick(dialog.confirm_button, LEFT)
        field = dialog.steps.fields["anchor"]
        qtbot.waitUntil(lambda: bool(field.error.sentence.text()))  # type: ignore[union-attr]
        assert dialog.steps.at == anchors.index("I1")
    dialog.accept()


def test_nothing_can_be_typed_into_an_empty_list(qtbot: QtBot, page: PlansPage, desk: Desk) -> None:
    qtbot.mouseClick(page.new, LEFT)
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.parts.segment("steps"), LEFT)
    assert not dialog.steps.fields["words.zh"].isEnabled()
    assert not dialog.steps.remove.isEnabled()
    qtbot.mouseClick(dialog.steps.add, LEFT)
    assert dialog.steps.fields["words.zh"].isEnabled()
    dialog.accept()
