"""The page of personal data: periods changed by two, holds, notices, who may do what there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.setting import setting
from branch.people.queries import account_id
from branch.visitors.commands.holds import PlaceHold
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.retention import ProposeRetention
from branch.visitors.queries.notices import current_notice
from branch.visitors.queries.register import visitor_line
from branch.visitors.queries.retention import holds, is_on_hold, waiting_changes
from tests.ui.admin.conftest import MANAGER, SUPERVISOR, OpenAdmin, press, toasts, write
from tests.visitors.gate import Gate
from ui.admin.privacy_holds import HoldDialog
from ui.admin.privacy_page import PrivacyPage
from ui.shell.language import language
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.long_field import LongField

AUDITOR, TELLER, LOBBY_MANAGER, ADMINISTRATOR = "100402", "100482", "100301", "100001"
KEY = "keep_visitors_days"
DAY_S = 24 * 3_600
Run = Callable[[str, str, object], Any]


@pytest.fixture
def gate(other: Branch, clock: SetClock) -> Gate:
    """The register of the same branch."""
    return Gate(other, clock)


def page_of(window: QWidget) -> PrivacyPage:
    page = window.pages["privacy"]  # type: ignore[attr-defined]
    assert isinstance(page, PrivacyPage)
    return page


def open_part(admin: OpenAdmin, part: str, account: str = SUPERVISOR) -> PrivacyPage:
    """The page at one of its parts, as a person gets there."""
    page = page_of(admin("privacy", account))
    row = page.chooser.item(page.chooser.keys().index(part))
    place = page.chooser.visualItemRect(row).center()
    QTest.mouseClick(page.chooser.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.sections[part].isVisible()
    return page


def dialog_of(page: QWidget, kind: type[Any]) -> Any:
    found = [d for d in page.findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def button(parent: QWidget, text: str) -> QAbstractButton:
    """The button with these words that can be seen."""
    QApplication.processEvents()  # what was just put into a layout is shown by then
    (found,) = [
        b for b in parent.findChildren(QAbstractButton) if b.text() == text and b.isVisible()
    ]
    return found


def test_a_longer_period_is_saved_at_once(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    part = open_part(admin, "periods").periods
    assert part.chosen.text() == "来访登记，自到访日"
    assert not part.save.isEnabled()
    write(part.days, "120")
    press(part.save)
    qtbot.waitUntil(lambda: setting(other.store, KEY) == 120)
    qtbot.waitUntil(lambda: part.table.lines.index(0, 1).data() == "120 天")
    assert "已保存" in toasts(part.window())
    assert not part.unsaved()


def test_a_number_beyond_the_limits_is_said_at_the_field_and_stays(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    part = open_part(admin, "periods").periods
    for typed, said in (("181", "请填 1 到 180 之间的数"), ("", "请填写这一项")):
        write(part.days, typed)
        press(part.save)
        assert part.days.error_text() == said
        assert part.days.text() == typed
    assert setting(other.store, KEY) == 90
    assert part.unsaved()


def test_a_shorter_period_shows_what_goes_and_waits_for_a_colleague(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate
) -> None:
    for name in ("甲", "乙"):
        gate.run(SignOutVisitor(gate.come(name).id))
    gate.clock.advance(40 * DAY_S)
    part = open_part(admin, "periods").periods
    write(part.days, "30")
    QTest.keyClick(part.days.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in part.findChildren(ConfirmDialog)))
    dialog = dialog_of(part, ConfirmDialog)
    assert "生效后马上到期的记录：2" in dialog.accessibleDescription()
    assert setting(other.store, KEY) == 90
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: len(waiting_changes(other.store)) == 1)
    qtbot.waitUntil(part.waiting.isVisible)
    assert setting(other.store, KEY) == 90
    # One's own proposal can be taken back and not agreed to.
    press(button(part.waiting, "收回"))
    qtbot.waitUntil(lambda: waiting_changes(other.store) == ())
    qtbot.waitUntil(part.waiting.isHidden)


def test_a_colleague_agrees_after_seeing_what_goes(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run
) -> None:
    run(SUPERVISOR, "admin", ProposeRetention(KEY, 30))
    part = open_part(admin, "periods", MANAGER).periods
    assert "来访登记，自到访日，由 90 天 改为 30 天" in " ".join(
        label.text() for label in part.waiting.findChildren(QWidget) if hasattr(label, "text")
    )
    press(button(part.waiting, "同意缩短"))
    qtbot.waitUntil(lambda: any(d.isVisible() for d in part.findChildren(ConfirmDialog)))
    press(dialog_of(part, ConfirmDialog).confirm_button)
    qtbot.waitUntil(lambda: setting(other.store, KEY) == 30)
    qtbot.waitUntil(part.waiting.isHidden)
    assert current_notice(other.store, "register").days == 30


def test_what_is_past_its_time_is_cleared_after_a_question(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate
) -> None:
    visits = [gate.come(name).id for name in ("到期甲", "到期乙")]
    gate.run(SignOutVisitor(visits[0]))
    gate.clock.advance(120 * DAY_S)
    card = open_part(admin, "periods").periods.stock
    qtbot.waitUntil(card.button.isEnabled)
    row = next(texts for texts in card.table.texts() if texts[0] == "来访登记")
    assert row == ["来访登记", "2", "1", "0", "2026-11-20"]
    assert card.held.text() == "过期仍保留的：来访登记：1 人还在场"
    assert card.last.text() == "还没有清理过。程序每天自动清理一次。"
    press(card.button)
    dialog = dialog_of(card, ConfirmDialog)
    assert "来访登记：1" in dialog.accessibleDescription()
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: visitor_line(other.store, visits[0]) is None)
    qtbot.waitUntil(lambda: card.last.text() == "最近一次清理：2027-03-20 09:00，陈刚，清理 1")
    assert visitor_line(other.store, visits[1]) is not None
    qtbot.waitUntil(lambda: "清理完成，共 1" in toasts(card.window()))
    assert not card.button.isEnabled()


def test_the_list_of_periods_can_be_kept_as_a_paper(qtbot: QtBot, admin: OpenAdmin) -> None:
    card = open_part(admin, "periods").periods.stock
    qtbot.waitUntil(card.paper.keep_button.isEnabled)
    assert card.paper._make is not None
    assert card.paper._make().startswith(b"%PDF")


def test_a_record_is_found_held_and_released_by_another(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, gate: Gate
) -> None:
    visit = gate.come("周大军", phone="13812345172").id
    page = open_part(admin, "holds")
    part = page.holds
    assert part.empty.isVisible()
    press(part.add)
    dialog: HoldDialog = dialog_of(part, HoldDialog)
    assert not dialog.confirm_button.isEnabled()
    write(dialog.finder.phone, "138 1234 5172")
    QTest.keyClick(dialog.finder.phone.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("visitor", visit) in dialog.finder.rows)
    row = dialog.finder.rows["visitor", visit]
    assert row.text() == "来访登记 1，2026-11-20，周*军，安达设备维保，138****5172"
    press(row)
    dialog.reason.choose("other")
    press(dialog.confirm_button)
    place = dialog.words.parentWidget()
    assert isinstance(place, LongField)
    qtbot.waitUntil(place.error.isVisible)
    assert place.error_text() == "选择“其他”时，请写明原因"
    assert dialog.focusWidget() is dialog.words
    assert not dialog.error.isVisible()
    assert row.isChecked()
    dialog.words.setFocus()
    QTest.keyClicks(dialog.words, "letter of 20 Nov")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: is_on_hold(other.store, "visitor", visit))
    qtbot.waitUntil(part.table.isVisible)
    part.table.selectRow(0)
    assert part.words.text() == "是您留存的，请另一位同事解除"
    assert not part.lift.isEnabled()
    page.window().close()

    part = open_part(admin, "holds", MANAGER).holds
    part.table.selectRow(0)
    press(part.lift)
    press(dialog_of(part, ConfirmDialog).confirm_button)
    qtbot.waitUntil(lambda: not is_on_hold(other.store, "visitor", visit))
    qtbot.waitUntil(lambda: part.table.lines.index(0, 4).data() == "林婉已解除")
    assert part.lift.isHidden()


def test_nobody_found_is_said(qtbot: QtBot, admin: OpenAdmin) -> None:
    part = open_part(admin, "holds").holds
    press(part.add)
    finder = dialog_of(part, HoldDialog).finder
    press(finder.search_button)
    assert finder.said.text() == "至少填一项。号码要写全才能找到。"
    write(finder.name, "Nobody Here")
    press(finder.search_button)
    qtbot.waitUntil(lambda: finder.said.text().startswith("没有找到"))


def test_a_notice_gets_a_new_version_and_shows_how_it_reads(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    part = open_part(admin, "notices").notices
    assert part.standing.text() == "第 1 版，随程序提供；告知保存 90 天"
    assert "云川银行湖滨路支行" in part.preview.text()
    assert "90 天" in part.preview.text()
    edit = part.edits["zh"]
    edit.setPlainText("来访信息由{branch}保存")
    assert part.unsaved()
    press(part.bar.save)
    qtbot.waitUntil(part.errors["zh"].isVisible)
    assert current_notice(other.store, "register").version == 1
    assert edit.toPlainText() == "来访信息由{branch}保存"
    edit.setPlainText("来访信息由{branch}保存 {days} 天")
    assert part.preview.text() == "来访信息由云川银行湖滨路支行保存 90 天"
    press(part.bar.save)
    qtbot.waitUntil(lambda: current_notice(other.store, "register").version == 2)
    qtbot.waitUntil(lambda: part.standing.text().startswith("第 2 版，2026-11-20 起"))
    assert not part.unsaved()
    assert "已保存为第 2 版" in toasts(part.window())


def test_what_is_typed_for_one_notice_stays_while_looking_at_the_other(
    qtbot: QtBot, admin: OpenAdmin
) -> None:
    part = open_part(admin, "notices").notices
    part.edits["en"].setPlainText("{days} days")
    press(part.choice.segment("reception"))
    assert "回访" in part.edits["zh"].toPlainText()
    assert part.unsaved()
    press(part.choice.segment("register"))
    assert part.edits["en"].toPlainText() == "{days} days"
    press(part.bar.revert)
    assert not part.unsaved()


def test_the_auditor_reads_and_changes_nothing(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run, gate: Gate
) -> None:
    run(SUPERVISOR, "admin", ProposeRetention(KEY, 30))
    run(SUPERVISOR, "admin", PlaceHold("visitor", gate.come().id, "incident"))
    page = open_part(admin, "periods", AUDITOR)
    assert page.periods.form.isHidden()
    assert page.periods.stock.button.isHidden()
    assert page.periods.waiting.isVisible()
    words = {b.text() for b in page.periods.waiting.findChildren(QAbstractButton)}
    assert words == set()
    assert page.requests.add.isHidden()
    assert page.holds.add.isHidden()
    page.show_section("holds")
    page.holds.table.selectRow(0)
    assert page.holds.lift.isHidden()
    page.show_section("notices")
    assert page.notices.edits["zh"].isReadOnly()
    assert page.notices.bar.isHidden()
    assert len(holds(other.store)) == 1


def test_who_may_not_read_it_has_no_such_page(admin: OpenAdmin, other: Branch) -> None:
    for account in (ADMINISTRATOR, LOBBY_MANAGER):
        assert account_id(other.store, account) is not None
        window = admin("machine", account)
        assert "privacy" not in window.pages


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("part", ["requests", "periods", "holds", "notices"])
def test_every_control_has_a_name_and_fits(
    qtbot: QtBot, admin: OpenAdmin, part: str, code: str
) -> None:
    page = open_part(admin, part)
    language().choose(code)
    QApplication.processEvents()
    shown = page.sections[part]
    for control in shown.findChildren(QWidget):
        if not control.isVisible() or control.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(control, QAbstractButton | QLineEdit | QPlainTextEdit):
            name = control.accessibleName() or getattr(control, "text", str)()
            assert name, control
            right = control.mapTo(shown, control.rect().topRight()).x()
            assert right <= shown.width(), name


def test_dialogs_of_the_page_close_by_escape(qtbot: QtBot, admin: OpenAdmin) -> None:
    part = open_part(admin, "requests").requests
    press(part.add)
    dialog = dialog_of(part, AskDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not [d for d in part.findChildren(AskDialog) if d.isVisible()])
