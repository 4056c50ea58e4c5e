"""Corrective actions of a case: from the root cause to the check by another person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from branch.kernel.errors import StoreUnavailable
from branch.people.queries import staff_members
from branch.quality.commands import AddAction, CheckAction, FinishAction
from tests.complaints.desk import ADVISER, AUDITOR, HEAD, OFFICER, SUPERVISOR, TELLER, Desk
from tests.ui.complaints.care import Care
from ui.complaints.action_dialog import ActionDialog
from ui.complaints.actions_section import ActionsSection
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.action_dialogs import (
    CheckActionDialog,
    FinishActionDialog,
    HandActionDialog,
    PostponeActionDialog,
)


@pytest.fixture
def care(qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]) -> Care:
    """A window with nothing in it, beside the desk."""
    return Care(qtbot, desk, station_for)


def section(care: Care, case: int, by: str = OFFICER) -> ActionsSection:
    part = care.show(ActionsSection(care.station(by)))
    part.said.connect(care.said.append)
    part.show_case(care.detail(case, by))
    return part


def added(care: Care, case: int, owner: str = ADVISER, days: int = 30) -> int:
    due = care.desk.today + timedelta(days=days)
    command = AddAction("complaint", case, "更换宣传页", care.desk.staff(owner), due, "marketing")
    action: int = care.desk.run(command)
    return action


def test_an_action_is_added_from_the_cause(care: Care, qtbot: QtBot) -> None:
    case = care.desk.decided()
    part = section(care, case)
    assert part.told.text() == "投诉属实，办结前要登记整改（办法第九条）"
    care.press(part.button)
    dialog = care.window.findChild(ActionDialog)
    assert dialog is not None
    # The report's cause and the measures of the reply are there to begin with.
    assert dialog.cause.combo.currentText() == "信息披露与营销"
    assert dialog.due.day() == date(2026, 12, 20)
    care.until(lambda: bool(dialog.owner.colleagues()))
    care.write(dialog.owner.edit, "郑岚")
    qtbot.keyClick(dialog.owner.edit, Qt.Key.Key_Return)
    names = {member.staff_no: member.id for member in staff_members(care.desk.store)}
    assert dialog.owner.staff() == names[ADVISER]
    care.write(dialog.text.edit, "宣传页加注风险提示")
    care.send(dialog)
    assert care.said == ["已登记整改"]
    part.show_case(care.detail(case))
    assert part.told.text() == ""
    assert [(line.what, line.who, line.when) for line in part.shown] == [
        ("宣传页加注风险提示（信息披露与营销）", "郑岚", "12月20日前")
    ]
    assert "宣传页" not in " ".join(map(str, care.desk.entries))


def test_what_is_missing_stands_at_its_field(care: Care) -> None:
    case = care.desk.decided()
    dialog = care.open(ActionDialog(care.window, care.station(), care.detail(case)))
    care.write(dialog.text.edit, "宣传页加注风险提示")
    assert not dialog.confirm_button.isEnabled()  # nobody is known yet
    care.until(dialog.confirm_button.isEnabled)
    care.send(dialog)
    assert dialog.owner.error_text() == "请选择在职的责任人"
    dialog.owner.choose(care.desk.staff(ADVISER))
    dialog.due.set_day(date(2026, 11, 19))
    care.send(dialog)
    assert dialog.due.error.sentence.text() == "完成日期不能早于今天"
    assert dialog.text.text() == "宣传页加注风险提示"


def test_all_that_is_missing_is_said_at_once(care: Care) -> None:
    case = care.replied()
    dialog = care.open(ActionDialog(care.window, care.station(), care.detail(case)))
    care.until(dialog.confirm_button.isEnabled)
    care.send(dialog)
    assert dialog.owner.error_text() == "请选择在职的责任人"
    assert dialog.text.error_text() == "请填写这一项"
    assert dialog.focusWidget() is dialog.owner.edit


def test_another_owner_and_a_later_day_are_refused_at_their_fields(care: Care) -> None:
    case = care.replied()
    action = added(care, case)
    (line,) = care.detail(case).actions
    hand = care.open(HandActionDialog(care.window, care.station(HEAD), line))
    care.until(hand.confirm_button.isEnabled)
    for typed, told in (
        ("", "请选择在职的责任人"),
        ("张飞", "请选择在职的责任人"),
        ("长" * 6000, "请选择在职的责任人"),
        (ADVISER, "已由这位同事负责，请选择另一位"),
    ):
        hand.owner.set_text(typed)
        hand.owner.settle()
        care.send(hand)
        care.until(lambda told=told: hand.owner.error_text() == told)
        assert hand.focusWidget() is hand.owner.edit
        assert not hand.error.isVisible()
    later = care.open(PostponeActionDialog(care.window, care.station(HEAD), line))
    later.day.set_day(date(2026, 11, 19))
    care.send(later)
    care.until(lambda: later.day.error.sentence.text() == "新的完成日期应更晚")
    assert not later.error.isVisible()
    done = care.open(FinishActionDialog(care.window, care.station(ADVISER), line))
    done.evidence.setPlainText("长" * 501)
    care.send(done)
    care.until(lambda: "最多 500 个字" in done._fields["evidence"].error.sentence.text())
    assert not done.error.isVisible()
    assert care.detail(case).actions == (line,)
    assert action == line.id


def test_who_works_here_is_asked_again_when_a_lost_store_is_back(
    care: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = care.replied()
    added(care, case)
    (line,) = care.detail(case).actions
    station = care.station(HEAD)
    ask = station.ask

    def lost(owner: Any, query: Any, then: Any, failed: Any = None) -> None:
        (failed or station.complain)(StoreUnavailable("store_gone"))

    monkeypatch.setattr(station, "ask", lost)
    hand = care.open(HandActionDialog(care.window, station, line))
    hand.owner.set_text(SUPERVISOR)
    monkeypatch.setattr(station, "ask", ask)
    assert not hand.confirm_button.isEnabled()
    station.online.emit()
    care.until(hand.confirm_button.isEnabled)
    # Whoever was typed meanwhile is understood now.
    assert hand.owner.staff() == care.desk.staff(SUPERVISOR)


def test_late_ones_say_so(care: Care) -> None:
    case = care.desk.decided()
    added(care, case, days=2)
    care.desk.clock.advance(5 * 86_400)
    part = section(care, case)
    assert part.shown[0].chip is not None
    assert part.shown[0].chip.text == "逾期 3 天"


def test_the_owner_reports_and_another_checks(care: Care) -> None:
    case = care.desk.decided()
    action = added(care, case)
    owner = section(care, case, ADVISER)
    assert set(owner.deeds) == {(action, "finish")}
    care.press(owner.deeds[action, "finish"])
    assert care.window.findChild(FinishActionDialog) is not None
    care.desk.run(FinishAction(action, "新宣传页照片已存"), ADVISER)
    head = section(care, case, HEAD)
    assert set(head.deeds) == {(action, "check")}
    assert head.shown[0].text == "完成情况：新宣传页照片已存"
    assert head.shown[0].chip is not None
    assert head.shown[0].chip.text == "待复核"
    own = section(care, case, ADVISER)
    assert own.deeds == {}
    care.desk.run(CheckAction(action, good=False), HEAD)
    head.show_case(care.detail(case, HEAD))
    assert head.shown[0].text.endswith("复核未通过 1 次")
    care.desk.run(FinishAction(action, "照片已补齐。"), ADVISER)
    care.desk.run(CheckAction(action, good=True), HEAD)
    head.show_case(care.detail(case, HEAD))
    assert head.shown[0].text == "完成情况：照片已补齐。\n林婉复核通过\n2026-12-20 起复核效果"
    assert head.deeds == {}


@pytest.mark.parametrize(
    ("by", "key", "kind"),
    [
        (HEAD, "postpone", PostponeActionDialog),
        (OFFICER, "hand", HandActionDialog),
        (ADVISER, "finish", FinishActionDialog),
    ],
)
def test_each_deed_opens_its_dialog(care: Care, by: str, key: str, kind: type[QDialog]) -> None:
    case = care.desk.decided()
    action = added(care, case)
    part = section(care, case, by)
    care.press(part.deeds[action, key])
    care.until(lambda: any(one.isVisible() for one in care.window.findChildren(kind)))


def test_a_check_is_asked_in_its_dialog(care: Care) -> None:
    case = care.desk.decided()
    action = added(care, case)
    care.desk.run(FinishAction(action, "已换"), ADVISER)
    part = section(care, case, OFFICER)
    care.press(part.deeds[action, "check"])
    care.until(lambda: care.window.findChild(CheckActionDialog) is not None)


def test_nothing_to_mend_before_the_investigation(care: Care) -> None:
    case = care.desk.register()
    assert section(care, case).isHidden()


def test_who_only_reads_adds_nothing(care: Care) -> None:
    case = care.desk.decided()
    added(care, case, TELLER)
    part = section(care, case, AUDITOR)
    assert not part.button.isVisible()
    assert part.deeds == {}
    assert len(part.shown) == 1


def test_english_follows(care: Care) -> None:
    case = care.desk.decided()
    added(care, case)
    part = section(care, case)
    language().choose("en")
    care.until(lambda: part.caption.text() == "Corrective actions")
    assert part.shown[0].what == "更换宣传页 (Disclosure, selling)"
    assert part.shown[0].when == "by 20 Dec"
