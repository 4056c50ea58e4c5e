"""On the page 整改 an effect to be looked at stands among what is to be done, with its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.registration import SetSubjects
from branch.kernel.clock import SetClock
from branch.quality.commands import AddAction, CheckAction, FinishAction
from branch.quality.queries import open_actions
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERVISOR, Desk
from tests.ui.dashboard.test_actions import dialog_of, open_page, press, rows
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language
from ui.widgets.action_dialogs import CheckEffectDialog

Show = Callable[..., DashboardWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    return Desk(other, clock)


def closed(desk: Desk, owner: str = ADVISER) -> int:
    """The complaint whose action was closed on 20 November."""
    complaint = desk.register()
    due = desk.today + timedelta(days=40)
    action = desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(owner), due))
    desk.run(FinishAction(action, "照片在档"), owner)
    desk.run(CheckAction(action, good=True), OFFICER)
    return complaint


def test_it_stands_with_its_day_among_what_is_to_be_done(
    qtbot: QtBot, show: Show, desk: Desk
) -> None:
    closed(desk)
    for text, days in (("修门", 29), ("换灯", 60)):
        due = desk.today + timedelta(days=days)
        desk.run(AddAction("drill", 3, text, desk.staff(ADVISER), due))
    desk.at("2026-12-19 09:00")
    page = open_page(qtbot, show)
    assert [row[1] for row in rows(page)] == ["修门", "换灯"]
    QTest.mouseClick(page.scope.segment("closed"), LEFT)
    qtbot.waitUntil(lambda: [row[1] for row in rows(page)] == ["更换宣传页"], timeout=5000)
    assert rows(page)[0][0] == "已完成"
    assert page.when_line.text().endswith("2026-12-20 起复核效果")
    assert not page.effect.isVisible()
    desk.at("2026-12-20 09:00")
    page.asking.ask()
    qtbot.waitUntil(lambda: rows(page) == [], timeout=5000)
    QTest.mouseClick(page.scope.segment("open"), LEFT)
    qtbot.waitUntil(lambda: len(rows(page)) == 3, timeout=5000)
    assert [(row[0], row[1], row[4]) for row in rows(page)] == [
        ("逾期 1 天", "修门", "2026-12-19"),
        ("效果待复核", "更换宣传页", "2026-12-20 起"),
        ("整改中", "换灯", "2027-01-19"),
    ]
    assert [figure.accessibleName() for figure in page.figures] == [
        "未完成 2 项",
        "逾期 1 项",
        "等复核 1 项",
        "由我完成 0 项",
    ]


@pytest.mark.parametrize("words", ["zh", "en"])
@pytest.mark.parametrize("is_good", [True, False])
def test_either_answer(qtbot: QtBot, show: Show, desk: Desk, words: str, is_good: bool) -> None:
    closed(desk)
    desk.at("2026-12-21 09:00")
    language().choose(words)
    page = open_page(qtbot, show, SUPERVISOR, size=(1280, 800))
    assert page.effect.text() == {"zh": "复核效果", "en": "Check the effect"}[words]
    assert page.effect.width() + 1 >= page.effect.sizeHint().width()
    press(page.effect)
    dialog = dialog_of(page, CheckEffectDialog)
    assert isinstance(dialog, CheckEffectDialog)
    if not is_good:
        QTest.mouseClick(dialog.outcome.segment("poor"), LEFT)
        dialog.grounds.set_text("又有客户问到收益")
    with qtbot.waitSignal(page.said, timeout=5000) as said:
        press(dialog.confirm_button)
    good = {"zh": "已记下：有效果", "en": "Noted: it helped"}
    poor = {
        "zh": "已退回责任人，重新整改",
        "en": "Given back to its owner to be mended anew",
    }
    assert said.args == [(good if is_good else poor)[words]]
    if is_good:
        qtbot.waitUntil(lambda: rows(page) == [], timeout=5000)
        assert open_actions(desk.store) == ()
    else:
        qtbot.waitUntil(lambda: not page.effect.isVisible(), timeout=5000)
        assert rows(page)[0][4] == "2027-01-04"
        assert page.when_line.text().endswith("又有客户问到收益")


def test_the_owner_only_reads_it_and_whoever_is_kept_away_does_not(
    qtbot: QtBot, show: Show, desk: Desk
) -> None:
    complaint = closed(desk, HEAD)
    desk.at("2026-12-21 09:00")
    page = open_page(qtbot, show, HEAD)
    assert len(rows(page)) == 1
    assert not page.effect.isVisible()
    assert page.note.text() == "等另一位同事复核"
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})), OFFICER)
    qtbot.waitUntil(lambda: rows(page) == [], timeout=5000)
    QApplication.processEvents()
    assert page.empty.isVisible()
