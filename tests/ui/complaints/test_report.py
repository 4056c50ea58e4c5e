"""The desk at its first look and at a report: where the keyboard is, what is missing, what was
sent back, what a day makes true."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answering import Close, Reply
from branch.complaints.commands.handling import Decide, SendBack
from branch.complaints.commands.reviews import RecordVisit
from tests.complaints.desk import ADVISER, HEAD, SUPERVISOR, TELLER, Desk
from tests.ui.complaints.steps import confirm, press, state
from ui.complaints.window import ComplaintsWindow
from ui.widgets.label import Label

Open = Callable[..., ComplaintsWindow]


def test_an_empty_report_names_all_it_lacks_at_once(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.investigated(subjects=frozenset({desk.staff(TELLER)}))
    window = open_desk(ADVISER)
    shown = press(qtbot, window, "Report")
    confirm(qtbot, shown)
    said = {name: field.error for name, field in shown.fields.items() if field.error.isVisible()}
    assert {name: line.sentence.text() for name, line in said.items()} == {
        "verified": "请填写这一项",
        "statement": "请填写这一项",
        "grounds": "请填写这一项",
        "decision": "请填写这一项",
        "finding": "请选一项",
        "cause": "请选一项",
        "systemic": "请选一项",
        "no_interest": "请声明与投诉无利害关系（办法第十七条）",
    }
    assert shown.focusWidget() is shown.fields["verified"].edit
    assert state(window) == "investigating"


def test_who_gets_his_report_back_reads_why(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated()
    desk.report(complaint)
    desk.run(SendBack(complaint, "请附宣传页原件"), HEAD)
    window = open_desk(ADVISER)
    shown = press(qtbot, window, "Report")
    words = [label.text() for label in shown.findChildren(Label)]
    assert "林婉退回了报告，请补充：请附宣传页原件" in words


def test_the_desk_begins_at_its_list(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    first, second = desk.register(), desk.register(what={"title": "另一件"})
    window = open_desk()
    window.activateWindow()
    qtbot.waitUntil(window.list.list.hasFocus)
    qtbot.keyClick(window.list.list, Qt.Key.Key_Down)
    assert {first, window.list.list.case()} == {first, second}


def test_what_waits_for_a_day_is_there_when_the_day_is(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.investigated()
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    desk.run(Close(complaint))
    window = open_desk()
    window.open_case(complaint)
    qtbot.waitUntil(lambda: state(window) == "closed")
    waits = next(text for text in window.side.checks.missing() if "核查申请期" in text)
    desk.clock.advance(40 * 86_400)
    window.tick()
    qtbot.waitUntil(lambda: waits not in window.side.checks.missing())
