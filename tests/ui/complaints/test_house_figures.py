"""What the questions of the desk say of the house's own figures is what is set."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import Accept, Withdraw
from branch.complaints.commands.answering import CloseOther
from branch.complaints.commands.handling import Assign
from tests.complaints.desk import ADVISER, HEAD, OFFICER, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import press
from ui.shell.language import language


def accepted(desk: Desk) -> None:
    desk.run(Accept(desk.register()))


def assigned(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(ADVISER)))


def ended(desk: Desk) -> int:
    complaint = desk.register()
    desk.run(Withdraw(complaint, own=True))
    return complaint


def answered(desk: Desk) -> int:
    enquiry = desk.register(kind="enquiry")
    desk.run(CloseOther(enquiry, "已说明"))
    return enquiry


@pytest.mark.parametrize(
    ("begin", "by", "code", "zh", "en"),
    [
        (
            accepted,
            HEAD,
            "SolveOnTheSpot",
            "收到后 2 个工作日内（到 11月24日）、客户当场接受的，可以不经调查作出决定",
            "Until 24 Nov (working days from receipt: 2), when accepted by the customer on "
            "the spot, it is decided without a report",
        ),
        (
            assigned,
            ADVISER,
            "HandBack",
            "只能退回一次，且须在转办后 2 个工作日内（到 11月24日）；期限不停",
            "Once only, until 24 Nov (working days: 2); the limit runs on",
        ),
        (
            ended,
            OFFICER,
            "Archive",
            "归档后保存 7 年，只供查阅，重新启用需上级行指令",
            "Kept for 7 years, for reading only; taking it out needs an order of the superior body",
        ),
        (
            answered,
            OFFICER,
            "Archive",
            "归档后保存 7 年，只供查阅",
            "Kept for 7 years, for reading only",
        ),
    ],
)
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_question_tells_the_figure_that_is_set(
    desk: Desk,
    open_desk: Open,
    qtbot: QtBot,
    begin: object,
    by: str,
    code: str,
    zh: str,
    en: str,
    tongue: str,
) -> None:
    desk.at("2026-11-20 10:00")
    for key, value in (("on_the_spot_workdays", 2), ("hand_back_workdays", 2), ("keep_years", 7)):
        desk.run(ChangeSetting(f"complaint_{key}", value), HEAD)
    assert callable(begin)
    complaint = begin(desk)
    language().choose(tongue)
    window = open_desk(by)
    if complaint is not None:
        window.go_to_case(complaint)
        qtbot.waitUntil(lambda: window.view.record() is not None)
    shown = press(qtbot, window, code)
    words = [label.text() for label in shown.findChildren(QLabel)]
    assert (zh if tongue == "zh" else en) in words
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
