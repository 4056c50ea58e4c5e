"""After a run: the score and why it is capped, what is written, actions, photos, the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from branch.drills.commands.evidence import AddPhoto, Observe
from branch.drills.commands.incidents import OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.review import AddDrillAction, ReviewRun
from branch.drills.commands.running import EndRun
from branch.drills.rules.run import REAL_FIELDS
from branch.quality.commands import FinishAction
from tests.drills.desk import HEAD, LOBBY_MANAGER, OFFICER, SUPERVISOR, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.after_page import AfterPage
from ui.drills.finding_dialogs import DrillActionDialog, FindingDialog
from ui.drills.photo_page import PhotoDialog
from ui.drills.report_dialog import ReportDialog
from ui.drills.run_dialogs import MarkDialog
from ui.drills.window import DrillsWindow
from ui.widgets.action_dialogs import CheckActionDialog
from ui.widgets.blur_dialog import BlurDialog, jpeg_of, offer_picture
from ui.widgets.dialog import ConfirmDialog

LEFT = Qt.MouseButton.LeftButton


def picture() -> QImage:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    return image


def after(qtbot: QtBot, window: DrillsWindow) -> AfterPage:
    qtbot.waitUntil(lambda: window.after is not None)
    page = window.after
    assert page is not None
    return page


def test_a_full_score_is_shown_with_its_grade(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    page = after(qtbot, open_drills(desk.played("MED-01")))
    assert page.score.figure.text() == "100"
    assert page.score.chip.chip().text == "优"
    assert page.score.cap.isHidden()
    assert "用时 20:00" in page.score.facts.text()


def test_the_cap_names_the_step_and_what_it_would_have_been(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    critical = next(one for one in desk.detail(run).steps if one.step.critical)
    assert critical.mark is not None
    missed = MarkStep(run, critical.step.no, "missed", replaces=critical.mark.id)
    desk.run(missed, OFFICER)
    score = desk.detail(run).score
    page = after(qtbot, open_drills(run))
    assert page.score.figure.text() == "59"
    assert page.score.chip.chip().text == "不合格"
    assert page.score.cap.text() == (
        f"关键步骤 {critical.step.no} 未做，最高 59 分，原为 {score.uncapped:g} 分"
    )


def test_a_mark_after_the_end_needs_its_time(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    desk.at(run, 600)
    desk.run(EndRun(run))
    page = after(qtbot, open_drills(run))
    page.ask_about(1)
    dialog = page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.time is not None
    dialog.confirm_button.repeat_guard = False
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.time and dialog.time.error_text()))
    assert dialog.time.error_text() == "演练已结束，请填写这一步完成的时间"
    qtbot.keyClicks(dialog.time.edit, "0:08")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.step(run, 1).mark is not None)
    assert desk.step(run, 1).taken_ms == 8_000


def review(qtbot: QtBot, page: AfterPage) -> list[str]:
    """Close the review; returns what its question named as open."""
    qtbot.waitUntil(lambda: page.findChild(ConfirmDialog) is None)
    qtbot.mouseClick(page.review, LEFT)
    question = page.findChild(ConfirmDialog)
    assert question is not None
    told = question.accessibleDescription().split("，")
    qtbot.mouseClick(question.confirm_button, LEFT)
    return told


def test_finding_cause_action_and_check_by_another(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    desk.run(Observe(run, "area", "卫生间搜查偏晚"))
    page = after(qtbot, open_drills(run, HEAD))
    page.review.repeat_guard = False
    qtbot.mouseClick(page.review, LEFT)
    qtbot.waitUntil(lambda: bool(page.error.sentence.text()))
    assert page.findChild(ConfirmDialog) is None
    assert "1" in page.error.sentence.text()
    (seen,) = desk.detail(run).observations
    qtbot.mouseClick(page.findings.edits[seen.id], LEFT)
    dialog = page.findChild(FindingDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.cause.tile("training"), LEFT)
    dialog.step.combo.setCurrentIndex(dialog.step.combo.findData(3))
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).observations[0].cause == "training")
    assert desk.detail(run).observations[0].step == 3
    qtbot.waitUntil(
        lambda: page.desk.detail is not None and page.desk.detail.observations[0].step == 3
    )
    qtbot.mouseClick(page.findings.acts[seen.id], LEFT)
    ask = page.findChild(DrillActionDialog)
    assert ask is not None
    qtbot.keyClicks(ask.words, "redraw the map")
    qtbot.waitUntil(lambda: bool(ask.owner.colleagues()))
    assert not ask.confirm_button.isEnabled()
    qtbot.keyClicks(ask.owner.edit, SUPERVISOR)
    qtbot.keyClick(ask.owner.edit, Qt.Key.Key_Return)
    qtbot.mouseClick(ask.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(desk.detail(run).actions))
    (action,) = desk.detail(run).actions
    assert action.owner == desk.staff(SUPERVISOR)
    # The owner reports it; only somebody else can check it.
    desk.run(FinishAction(action.id, "贴好了"), SUPERVISOR)
    qtbot.waitUntil(lambda: action.id in page.findings.deeds)
    qtbot.mouseClick(page.findings.deeds[action.id], LEFT)
    check = page.findChild(CheckActionDialog)
    assert check is not None
    qtbot.mouseClick(check.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).actions[0].state == "closed")
    review(qtbot, page)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "reviewed")
    qtbot.waitUntil(page.review.isHidden)


def test_the_owner_is_not_offered_to_check_his_own(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    own = desk.staff(LOBBY_MANAGER)
    action = int(desk.run(AddDrillAction(run, "重画路线图", own, desk.today), HEAD))
    page = after(qtbot, open_drills(run))
    assert page.findings.deeds[action].text() == "填写完成情况"
    desk.run(FinishAction(action, "贴好了"))
    qtbot.waitUntil(lambda: action not in page.findings.deeds)


def test_the_hot_wash_is_kept_and_typed_words_stay(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    page = after(qtbot, open_drills(run))
    qtbot.mouseClick(page.choice.segment("wash"), LEFT)
    wash = page.wash
    assert wash.isVisible()
    first = wash.fields["0"]
    assert first.label.text() == desk.detail(run).scenario.questions[0].zh
    qtbot.keyClicks(first.edit, "calm")
    # News from another station do not wipe what is being typed.
    desk.run(Observe(run, "strength", "口令清楚"))
    qtbot.waitUntil(lambda: bool(page.desk.detail and page.desk.detail.observations))
    assert first.text() == "calm"
    qtbot.mouseClick(wash.save, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).hot_wash is not None)
    found = desk.detail(run).hot_wash
    assert found is not None
    assert found.answers[0] == "calm"


def test_an_incident_is_reported_with_level_and_ten_fields(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(OpenIncident("FRD-01"), OFFICER))
    desk.at(run, 300)
    desk.run(EndRun(run))
    page = after(qtbot, open_drills(run))
    assert page.score.chip.chip().text == "真实险情，不评分"
    form = page.report
    assert form is not None
    assert page.choice.current() == "report"
    form.save.repeat_guard = page.review.repeat_guard = False
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: form.error.sentence.text() == "请选一个级别")
    qtbot.mouseClick(form.level.tile("III"), LEFT)
    for name in REAL_FIELDS:
        form.fields[name].set_text("已记")
    # What is wrong far below is brought into sight.
    last = form.fields[REAL_FIELDS[-1]]
    last.set_text("长" * 501)
    assert last.visibleRegion().isEmpty()
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: last.error_text() == "最多 500 个字，现在有 501 个")
    qtbot.waitUntil(lambda: not last.error.visibleRegion().isEmpty())
    last.set_text("")
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.level == "III" and not page.unsaved())
    seen = page.desk
    qtbot.waitUntil(lambda: seen.detail is not None and seen.detail.line.level == "III")
    qtbot.mouseClick(page.review, LEFT)
    assert page.error.sentence.text() == "突发事件报告还有 1 项未填"
    assert last.error_text() == "请填写这一项"
    last.set_text("已记")
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.level == "III")
    qtbot.waitUntil(lambda: set(desk.detail(run).report.values()) == {"已记"})
    qtbot.waitUntil(lambda: bool(seen.detail and all(seen.detail.report.values())))
    qtbot.waitUntil(lambda: not page.unsaved())
    review(qtbot, page)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "reviewed")


def test_a_photo_is_added_after_hiding_faces_looked_at_and_removed(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk, tmp_path: Path
) -> None:
    run = desk.played("MED-01")
    page = after(qtbot, open_drills(run))
    qtbot.mouseClick(page.choice.segment("photos"), LEFT)
    file = tmp_path / "hall.png"
    picture().save(str(file))
    offer_picture(page.photos, page.photos.keep, page.said.emit, str(file))
    dialog = page.photos.findChild(BlurDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.add, LEFT)
    qtbot.mouseClick(dialog.keep, LEFT)
    qtbot.waitUntil(lambda: bool(desk.detail(run).photos))
    (photo,) = desk.detail(run).photos
    assert photo.media == "jpeg"
    qtbot.waitUntil(lambda: photo.id in page.photos.looks)
    qtbot.mouseClick(page.photos.looks[photo.id], LEFT)
    qtbot.waitUntil(lambda: page.photos.findChild(PhotoDialog) is not None)
    shown = page.photos.findChild(PhotoDialog)
    assert shown is not None
    shown.accept()
    qtbot.mouseClick(page.photos.removes[photo.id], LEFT)
    question = page.photos.findChild(ConfirmDialog)
    assert question is not None
    assert question.windowTitle() == "移除照片 1"
    qtbot.mouseClick(question.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).photos == ())


def test_the_report_is_offered_with_its_photos(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk, tmp_path: Path
) -> None:
    run = desk.played("MED-01")
    desk.run(AddPhoto(run, None, jpeg_of(picture())))
    desk.run(ReviewRun(run), HEAD)
    window = open_drills(run)
    after(qtbot, window)
    qtbot.mouseClick(window.top.paper, LEFT)
    qtbot.waitUntil(lambda: window.findChild(ReportDialog) is not None)
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    make = dialog.papers._make
    assert make is not None
    assert make().startswith(b"%PDF")
    dialog.accept()


def test_a_review_does_not_swallow_what_is_not_saved(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.played("MED-01")
    window = open_drills(run, HEAD)
    page = after(qtbot, window)
    page.review.repeat_guard = False
    page.show_part("wash")
    qtbot.keyClicks(page.wash.fields["notes"].edit, "said aloud")
    page.show_part("steps")
    qtbot.mouseClick(page.review, LEFT)
    assert page.error.sentence.text() == "讲评还没有保存"
    assert page.choice.current() == "wash"
    assert page.findChild(ConfirmDialog) is None
    # Nor does going back to the list.
    window.top.back.repeat_guard = False
    qtbot.mouseClick(window.top.back, LEFT)
    question = window.findChild(ConfirmDialog)
    assert question is not None
    qtbot.mouseClick(question.cancel_button, LEFT)
    assert page.wash.fields["notes"].text() == "said aloud"
    qtbot.mouseClick(page.wash.save, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).hot_wash is not None)
    seen = page.desk
    qtbot.waitUntil(lambda: bool(seen.detail and seen.detail.hot_wash) and not page.unsaved())
    told = review(qtbot, page)
    assert "没有观察记录" in told
    assert "没有讲评" not in told
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "reviewed")
    qtbot.waitUntil(page.review.isHidden)
    qtbot.mouseClick(window.top.back, LEFT)
    assert window.pages.currentWidget() is window.home


@pytest.mark.parametrize(("real", "told"), [(False, "未做"), (True, "没有记")])
def test_after_the_end_no_step_is_under_way(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk, real: bool, told: str
) -> None:
    run = int(desk.run(OpenIncident("FIRE-01"))) if real else desk.started()
    desk.at(run, 30)
    desk.run(EndRun(run))
    page = after(qtbot, open_drills(run))
    said = [str(page.steps.steps.index(at).data()) for at in range(page.steps.steps.rowCount())]
    first = next(words for words in said if "宣布启动火灾预案" in words)
    assert first.endswith(told)
    assert not any("进行中" in words or "已过时限" in words for words in said)
