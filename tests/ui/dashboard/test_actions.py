"""The page 整改: what is late first, done with evidence, checked by another, postponed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.registration import SetSubjects
from branch.kernel.clock import SetClock
from branch.quality.commands import AddAction, CheckAction, FinishAction
from branch.quality.queries import Action, closed_actions, open_actions
from branch.quality.records import ActionRow
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERVISOR, Desk
from ui.dashboard.actions import ActionsPage
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language
from ui.widgets.action_dialogs import (
    AGAIN,
    ActionDialog,
    CheckActionDialog,
    FinishActionDialog,
    HandActionDialog,
    PostponeActionDialog,
)
from ui.widgets.button import Button

Show = Callable[..., DashboardWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    return Desk(other, clock)


def add(desk: Desk, owner: str = ADVISER, days: int = 7, **other: Any) -> int:
    values: dict[str, Any] = {"source": "drill", "ref": 3, "text": "更换灭火器", **other}
    due = desk.today + timedelta(days=days)
    return int(desk.run(AddAction(owner=desk.staff(owner), due_on=due, **values)))


def open_page(qtbot: QtBot, show: Show, staff_no: str = HEAD, **other: Any) -> ActionsPage:
    page = show(staff_no, **other).show_page("actions")
    assert isinstance(page, ActionsPage)
    qtbot.waitUntil(lambda: page.listed is not None, timeout=5000)
    return page


def rows(page: ActionsPage) -> list[list[str]]:
    model = page.table.lines
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def press(button: Button) -> None:
    QApplication.processEvents()
    assert button.isVisible()
    assert button.isEnabled()
    button.repeat_guard = False
    QTest.mouseClick(button, LEFT)


def dialog_of(page: ActionsPage, kind: type[ActionDialog]) -> ActionDialog:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def only(desk: Desk) -> Action:
    (action,) = open_actions(desk.store)
    return action


def test_nothing_to_mend_is_said(qtbot: QtBot, show: Show) -> None:
    page = open_page(qtbot, show)
    assert page.empty.isVisible()
    assert page.empty.title.text() == "没有这样的整改"
    assert not page.finish.isVisible()
    assert page.text.text() == "选一项整改，这里显示详情"


def test_every_source_is_listed_and_what_is_late_comes_first(
    qtbot: QtBot, show: Show, desk: Desk
) -> None:
    complaint = desk.register()
    done = add(desk, days=1, text="已做好的")
    desk.run(FinishAction(done, "做了"), ADVISER)
    add(desk, days=20, source="inspection", ref=4, text="修门")
    add(desk, days=3, source="complaint", ref=complaint, text="更换宣传页", cause="marketing")
    desk.at("2026-11-25 09:00")
    page = open_page(qtbot, show)
    assert [row[:4] for row in rows(page)] == [
        ["逾期 2 天", "更换宣传页", "投诉 20261120-0001", "郑岚"],
        ["待复核", "已做好的", "演练 3", "郑岚"],
        ["整改中", "修门", "巡检 4", "郑岚"],
    ]
    assert [figure.accessibleName() for figure in page.figures] == [
        "未完成 3 项",
        "逾期 1 项",
        "等复核 1 项",
        "由我完成 0 项",
    ]
    # The first is chosen, and nobody but its owner says that it is done.
    assert page.text.text() == "更换宣传页"
    assert page.from_line.text() == "投诉 20261120-0001，原因：信息披露与营销"
    assert page.when_line.text() == "郑岚，2026-11-23 前完成"
    assert page.note.text() == "由责任人填写完成情况"
    assert not page.finish.isVisible()
    assert page.postpone.isVisible()


def test_done_with_evidence_and_checked_by_another(qtbot: QtBot, show: Show, desk: Desk) -> None:
    add(desk, owner=HEAD)
    page = open_page(qtbot, show, HEAD)
    press(page.finish)
    dialog = dialog_of(page, FinishActionDialog)
    assert isinstance(dialog, FinishActionDialog)
    dialog.evidence.setPlainText("已换，照片在档")
    with qtbot.waitSignal(page.said, timeout=5000) as said:
        press(dialog.confirm_button)
    assert said.args == ["已报告完成，等同事复核"]
    qtbot.waitUntil(lambda: page.evidence.text() == "已换，照片在档", timeout=5000)
    assert page.note.text() == "等另一位同事复核"
    assert not page.check.isVisible()
    desk.run(CheckAction(only(desk).id, good=True), SUPERVISOR)
    qtbot.waitUntil(lambda: rows(page) == [], timeout=5000)
    QTest.mouseClick(page.scope.segment("closed"), LEFT)
    qtbot.waitUntil(lambda: len(rows(page)) == 1, timeout=5000)
    assert rows(page)[0][0] == "已完成"
    assert page.when_line.text().endswith("陈刚已复核")


def test_what_was_not_done_goes_back(qtbot: QtBot, show: Show, desk: Desk) -> None:
    action = add(desk)
    desk.run(FinishAction(action, "说是做了"), ADVISER)
    page = open_page(qtbot, show, SUPERVISOR)
    press(page.check)
    dialog = dialog_of(page, CheckActionDialog)
    assert isinstance(dialog, CheckActionDialog)
    QTest.mouseClick(dialog.outcome.segment(AGAIN), LEFT)
    with qtbot.waitSignal(page.said, timeout=5000) as said:
        press(dialog.confirm_button)
    assert said.args == ["已退回责任人"]
    qtbot.waitUntil(lambda: "复核未通过 1 次" in page.when_line.text(), timeout=5000)
    assert closed_actions(desk.store) == ()


def test_a_later_day_is_set_and_an_earlier_one_refused(
    qtbot: QtBot, show: Show, desk: Desk
) -> None:
    add(desk)
    page = open_page(qtbot, show)
    press(page.postpone)
    dialog = dialog_of(page, PostponeActionDialog)
    assert isinstance(dialog, PostponeActionDialog)
    assert dialog.day.day() == date(2026, 12, 4)
    dialog.day.edit.setDate(QDate(2026, 11, 25))
    press(dialog.confirm_button)
    qtbot.waitUntil(dialog.day.error.isVisible, timeout=5000)
    assert dialog.day.error.sentence.text() == "新的完成日期应更晚"
    dialog.day.edit.setDate(QDate(2026, 12, 11))
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: rows(page)[0][4] == "2026-12-11", timeout=5000)


def test_another_takes_it_on(qtbot: QtBot, show: Show, desk: Desk) -> None:
    add(desk)
    page = open_page(qtbot, show)
    before = rows(page)[0][3]
    press(page.hand)
    dialog = dialog_of(page, HandActionDialog)
    assert isinstance(dialog, HandActionDialog)
    qtbot.waitUntil(dialog.confirm_button.isEnabled, timeout=5000)
    assert dialog.owner.label.text() == f"由谁接着办，现在由{before}负责"
    # Whoever has it already: that is said at the field.
    dialog.owner.choose(next(one.id for one in dialog.owner.colleagues() if one.name == before))
    press(dialog.confirm_button)
    told = "已由这位同事负责，请选择另一位"
    qtbot.waitUntil(lambda: dialog.owner.error_text() == told, timeout=5000)
    dialog.owner.choose(None)
    # Nobody chosen: said at the field.
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: dialog.owner.error_text() == "请选择在职的责任人", timeout=5000)
    dialog.owner.choose(desk.staff(SUPERVISOR))
    with qtbot.waitSignal(page.said, timeout=5000) as said:
        press(dialog.confirm_button)
    assert said.args == ["已换责任人"]
    qtbot.waitUntil(lambda: rows(page)[0][3] == "陈刚", timeout=5000)


def test_an_action_of_a_complaint_about_oneself_is_not_shown(
    qtbot: QtBot, show: Show, desk: Desk
) -> None:
    complaint = desk.register()
    add(desk, source="complaint", ref=complaint, text="谈话")
    page = open_page(qtbot, show, HEAD)
    assert len(rows(page)) == 1
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})), OFFICER)
    qtbot.waitUntil(lambda: rows(page) == [], timeout=5000)


def test_one_s_own_is_shown_without_its_number(qtbot: QtBot, show: Show, desk: Desk) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(HEAD)}))
    add(desk, owner=HEAD, source="complaint", ref=complaint, text="参加培训")
    page = open_page(qtbot, show, HEAD)
    assert rows(page)[0][1:3] == ["参加培训", "投诉"]


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_english_has_room(qtbot: QtBot, show: Show, desk: Desk, size: tuple[int, int]) -> None:
    add(desk, text="更换宣传页" * 30)
    language().choose("en")
    page = open_page(qtbot, show, HEAD, size=size)
    QApplication.processEvents()
    for button in (page.finish, page.check, page.postpone):
        if button.isVisible():
            assert button.width() + 1 >= button.sizeHint().width()
    assert page.figures[0].accessibleName().startswith("Not done 1")
    for figure in page.figures:
        assert not figure.cut_texts()


def test_what_failed_again_stands_first_and_sources_are_told_apart(
    qtbot: QtBot, show: Show, desk: Desk, other: Branch
) -> None:
    add(desk, days=3, text="补训", cause="training")
    again = add(desk, days=9, source="inspection", ref=4, text="修门", cause="OPEN-02")
    add(desk, days=1, source="evaluation", ref=2, text="加座椅")
    desk.at("2026-11-22 09:00")
    page = open_page(qtbot, show)
    assert [row[1] for row in rows(page)] == ["加座椅", "补训", "修门"]
    ActionRow.update(raised=True).where(ActionRow.id == again).execute(other.store.database)
    page.asking.ask()
    qtbot.waitUntil(lambda: rows(page)[0][1] == "修门")
    assert rows(page)[0][2] == "巡检 4，已提交负责人"
    assert rows(page)[1][0] == "逾期 1 天"
    page.table.select_key(str(again))
    assert page.from_line.text() == "巡检 4，原因：检查项 OPEN-02"
    assert page.when_line.text() == "郑岚，2026-11-29 前完成，已提交负责人"
    page.source.setFocus()
    QTest.keyClick(page.source, Qt.Key.Key_End)
    assert page.source.code() == "evaluation"
    assert [row[1] for row in rows(page)] == ["加座椅"]
    page.source.choose("drill")
    assert [row[1] for row in rows(page)] == ["补训"]
    assert page.from_line.text() == "演练 3，原因：培训"
    # The figures speak of the whole.
    assert page.figures[0].accessibleName() == "未完成 3 项"
    page.source.choose("promise")
    assert page.empty.isVisible()
