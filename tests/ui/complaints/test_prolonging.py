"""A longer limit that only headquarters can approve is noted with the number of its paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from branch.complaints.commands.limits import RequestExtension
from tests.complaints.desk import ADVISER, HEAD, OFFICER, Desk
from tests.complaints.test_prolonging import about
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import press
from ui.shell.language import language

WHY = {
    "zh": "上级行没有可审批此件的人，凭总行高级管理人员的批件登记",
    "en": "Nobody of the superior body may approve this: a senior manager of bank headquarters "
    "does, on paper, and it is noted here",
}
BY_PAPER, PAPER = "总行高级管理人员批准", "approved by a senior manager of bank headquarters"
EMPTY = {"zh": "请填写这一项", "en": "Please fill this in"}


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_number_of_the_paper_is_typed(
    desk: Desk, open_desk: Open, qtbot: QtBot, tongue: str
) -> None:
    complaint = about(desk, "100102")
    desk.run(RequestExtension(complaint, "情况特别复杂"), ADVISER)
    language().choose(tongue)
    window = open_desk(OFFICER)
    shown = press(qtbot, window, "ApproveExtension")
    assert WHY[tongue] in [label.text() for label in shown.findChildren(QLabel)]
    order = shown.focusWidget()
    assert isinstance(order, QLineEdit)
    qtbot.keyClick(order, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.fields["order"].error_text() == EMPTY[tongue])
    assert order.hasFocus()
    qtbot.keyClicks(order, "ZH-2026-18")
    shown.confirm_button.repeat_guard = False
    qtbot.keyClick(order, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "TellExtension" in window.side.steps.buttons)
    record = window.view.record()
    assert record is not None
    assert record.detail.moments[-1].text == "ZH-2026-18"


def test_whoever_only_handles_it_reads_whom_it_waits_for(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = about(desk, "100102")
    desk.run(RequestExtension(complaint, "情况特别复杂"), OFFICER)
    window = open_desk(OFFICER)
    assert "ApproveExtension" not in window.side.steps.buttons
    window = open_desk(HEAD)
    assert "ApproveExtension" in window.side.steps.buttons
    shown = press(qtbot, window, "RefuseExtension")
    assert "order" not in shown.fields


@pytest.mark.parametrize(
    ("touched", "days", "who", "english"),
    [
        ((), 60, "上级行批准", "approved by Superior body"),
        (("100102",), 60, BY_PAPER, PAPER),
        (("100101",), 30, "上级行批准", "approved by Superior body"),
        (("100101", "100102"), 30, BY_PAPER, PAPER),
    ],
)
def test_who_will_approve_is_said_before_it_is_asked_for(
    desk: Desk,
    open_desk: Open,
    qtbot: QtBot,
    touched: tuple[str, ...],
    days: int,
    who: str,
    english: str,
) -> None:
    if days == 60:
        about(desk, *touched)
    else:
        desk.investigated(subjects=frozenset(map(desk.staff, touched)))
    for tongue, words in (("zh", who), ("en", english)):
        language().choose(tongue)
        window = open_desk(ADVISER)
        shown = press(qtbot, window, "RequestExtension")
        texts = [one.text() for one in shown.findChildren(QLabel) if f"{days} " in one.text()]
        assert any(words in text for text in texts), texts
        shown.reject()
        window.close()
