"""A request about one's own data, from the counter to the paper, through the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.requests import ConfirmIdentity, LinkRecord, OpenRequest
from branch.visitors.queries.register import visitor_line
from branch.visitors.queries.requests import request_case
from tests.reports.paper import packed, text_by_pypdf
from tests.ui.admin.conftest import SUPERVISOR, OpenAdmin, press, toasts, write
from tests.ui.admin.test_privacy import button, dialog_of, open_part
from tests.visitors.gate import Gate
from ui.admin.privacy_request_dialogs import (
    AnswerDialog,
    CorrectDialog,
    LinkDialog,
    NewRequestDialog,
    RefuseDialog,
)
from ui.admin.privacy_requests import RequestsSection
from ui.widgets.label import Label
from ui.widgets.long_field import LongField

NAME, PHONE = "周大军", "13812345172"
Run = Callable[[str, str, object], Any]


@pytest.fixture
def gate(other: Branch, clock: SetClock) -> Gate:
    """The register of the same branch, with somebody who has been there."""
    gate = Gate(other, clock)
    gate.run(SignOutVisitor(gate.come(NAME, phone=PHONE).id))
    return gate


def words(part: QWidget) -> str:
    """Everything that labels and buttons say."""
    shown = [label.text() for label in part.findChildren(Label) if label.isVisible()]
    return " ".join(shown + [b.text() for b in part.findChildren(QAbstractButton) if b.isVisible()])


def ask_for(run: Run, kind: str, *, ready: bool = True, wish: str = "") -> int:
    request = run(SUPERVISOR, "admin", OpenRequest(kind, NAME, PHONE, wish)).id
    if ready:
        run(SUPERVISOR, "admin", ConfirmIdentity(request))
        run(SUPERVISOR, "admin", LinkRecord(request, "visitor", 1))
    return int(request)


def shown(qtbot: QtBot, admin: OpenAdmin, number: str = "GR-2026-0001") -> RequestsSection:
    part = open_part(admin, "requests").requests
    qtbot.waitUntil(lambda: number in part.panel.title.text())
    return part


def state_of(other: Branch, request: int) -> str:
    case = request_case(other.store, request, 1_800_000_000_000)
    assert case is not None
    return case.line.state


def test_a_request_from_its_note_to_its_paper(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate
) -> None:
    part = open_part(admin, "requests").requests
    assert part.empty.isVisible()
    press(part.add)
    dialog: NewRequestDialog = dialog_of(part, NewRequestDialog)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.name.error_text()))
    write(dialog.name, NAME)
    write(dialog.phone, "123456")
    dialog.name.edit.setFocus()
    qtbot.waitUntil(dialog.doubt.isVisible)
    write(dialog.phone, PHONE)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: "GR-2026-0001" in part.panel.title.text())
    assert "已登记 GR-2026-0001，2026-12-05 前答复" in toasts(part.window())
    assert part.table.lines.index(0, 3).data() == "剩 15 天"
    assert NAME not in words(part)
    assert not part.panel.prepare.isEnabled(), "before the identity is checked"

    press(button(part.panel, "已核对"))
    qtbot.waitUntil(lambda: "陈刚已核对本人证件" in words(part.panel))
    press(button(part.panel, "查找记录"))
    link: LinkDialog = dialog_of(part, LinkDialog)
    write(link.finder.name, NAME)
    press(link.finder.search_button)
    qtbot.waitUntil(lambda: ("visitor", 1) in link.finder.rows)
    press(link.finder.rows["visitor", 1])
    assert link.confirm_button.text() == "关联 1 条"
    press(link.confirm_button)
    qtbot.waitUntil(lambda: "来访登记 1，2026-11-20，周*军" in words(part.panel))

    press(part.panel.prepare)
    qtbot.waitUntil(part.panel.paper.isVisible)
    make = part.panel.paper._make
    assert make is not None
    text = packed(text_by_pypdf(make()))
    assert NAME in text
    assert PHONE in text
    view = next(e for e in journal.entries(other.store) if e.what == "visitor.revealed")
    assert view.data["reason"] == "rights_request"

    press(part.panel.answer)
    answer: AnswerDialog = dialog_of(part, AnswerDialog)
    answer.words.setPlainText("如有疑问请再来")
    press(answer.confirm_button)
    qtbot.waitUntil(lambda: state_of(other, 1) == "done")
    qtbot.waitUntil(lambda: part.table.lines.index(0, 3).data() == "已办结")
    qtbot.waitUntil(lambda: "如有疑问请再来" in words(part.panel))
    assert part.panel.answer.isHidden()


def test_a_deletion_asks_first_and_erases(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate, run: Run
) -> None:
    request = ask_for(run, "delete")
    part = shown(qtbot, admin)
    press(part.panel.answer)
    dialog: AnswerDialog = dialog_of(part, AnswerDialog)
    assert "关联的 1 条记录马上删除，不能恢复" in words(dialog)
    assert dialog.confirm_button.text() == "删除并办结"
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: visitor_line(other.store, 1) is None)
    qtbot.waitUntil(lambda: "来访登记 1，已删除" in words(part.panel))
    assert state_of(other, request) == "done"
    make = part.panel.paper._make
    assert make is not None
    assert "不能恢复" in packed(text_by_pypdf(make()))


def test_what_cannot_be_done_is_said_and_the_words_stay(
    qtbot: QtBot, admin: OpenAdmin, gate: Gate, run: Run
) -> None:
    ask_for(run, "delete", ready=False)
    part = shown(qtbot, admin)
    press(part.panel.answer)
    dialog: AnswerDialog = dialog_of(part, AnswerDialog)
    dialog.words.setPlainText("已按要求删除")
    press(dialog.confirm_button)
    qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.error.sentence.text() == "请先核对本人身份"
    assert dialog.words.toPlainText() == "已按要求删除"
    assert dialog.confirm_button.isEnabled()


def test_a_linked_record_is_corrected_and_taken_off(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate, run: Run
) -> None:
    ask_for(run, "correct", wish="单位写错了")
    part = shown(qtbot, admin)
    assert "“单位写错了”" in words(part.panel)
    qtbot.waitUntil(lambda: "更正" in words(part.panel.steps))
    press(button(part.panel.steps, "更正"))
    dialog: CorrectDialog = dialog_of(part, CorrectDialog)
    write(dialog.unit, "Anda Maintenance")
    QTest.keyClick(dialog.unit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Anda Maintenance" in words(part.panel))
    line = visitor_line(other.store, 1)
    assert line is not None
    assert line.unit == "Anda Maintenance"
    press(button(part.panel.steps, "移除"))
    qtbot.waitUntil(lambda: "还没有关联记录" in words(part.panel))


def test_a_refusal_needs_words(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate, run: Run
) -> None:
    request = ask_for(run, "access")
    part = shown(qtbot, admin)
    press(part.panel.refuse)
    dialog: RefuseDialog = dialog_of(part, RefuseDialog)
    press(dialog.confirm_button)
    place = dialog.words.parentWidget()
    assert isinstance(place, LongField)
    qtbot.waitUntil(place.error.isVisible)
    assert place.error_text() == "拒绝时请说明理由"
    assert dialog.focusWidget() is dialog.words
    dialog.words.setPlainText("证件与本人不符")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: state_of(other, request) == "refused")
    qtbot.waitUntil(lambda: "无法核实是本人" in words(part.panel))
    assert part.panel.prepare.isHidden()


def test_late_requests_stand_first_and_say_so(
    qtbot: QtBot, admin: OpenAdmin, gate: Gate, run: Run, clock: SetClock
) -> None:
    ask_for(run, "access")
    clock.advance(14 * 24 * 3_600)
    ask_for(run, "explain", ready=False)
    clock.advance(2 * 24 * 3_600)
    page = open_part(admin, "requests")
    lines = page.requests.table.lines
    assert [lines.index(row, 3).data() for row in range(2)] == ["逾期 1 天", "剩 13 天"]
    assert page.chooser.item(0).text() == "个人信息请求"
    assert page.requests.count() == 2
