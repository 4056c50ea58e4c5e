"""The effect of a corrective action, looked at in its case from its day on, by mouse and by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answering import Archive, Close, Reply
from branch.complaints.commands.reviews import RecordVisit
from branch.quality.commands import AddAction, CheckAction, CheckEffect, FinishAction
from branch.quality.queries import actions_of
from tests.complaints.desk import ADVISER, AUDITOR, HEAD, OFFICER, SUPERVISOR, Desk
from tests.ui.complaints.care import Care
from ui.complaints.actions_section import ActionsSection
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.action_dialogs import CheckEffectDialog
from ui.widgets.dialog import ConfirmDialog

LANGUAGES = pytest.mark.parametrize("words", ["zh", "en"])


@pytest.fixture
def care(qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]) -> Care:
    """A window with nothing in it, beside the desk."""
    return Care(qtbot, desk, station_for)


def mended(care: Care, case: int) -> int:
    """An action of the adviser's that the head has closed on 20 November."""
    desk, due = care.desk, care.desk.today + timedelta(days=9)
    command = AddAction("complaint", case, "更换宣传页", desk.staff(ADVISER), due, "marketing")
    action = int(desk.run(command))
    desk.run(FinishAction(action, "新宣传页照片已存"), ADVISER)
    desk.run(CheckAction(action, good=True), HEAD)
    return action


def speak(words: str) -> None:
    language().choose(words)
    QApplication.processEvents()


def section(care: Care, case: int, by: str = OFFICER) -> ActionsSection:
    part = care.show(ActionsSection(care.station(by)))
    part.said.connect(care.said.append)
    part.show_case(care.detail(case, by))
    return part


def asked(care: Care, case: int, action: int, by: str = OFFICER) -> CheckEffectDialog:
    part = section(care, case, by)
    care.press(part.deeds[action, "effect"])
    dialog = care.window.findChild(CheckEffectDialog)
    assert dialog is not None
    care.until(dialog.isVisible)
    return dialog


def test_its_day_is_told_before_and_asked_for_from_then_on(care: Care) -> None:
    case = care.desk.decided()
    action = mended(care, case)
    part = section(care, case)
    assert part.deeds == {}
    assert part.shown[0].text.endswith("林婉复核通过\n2026-12-20 起复核效果")
    care.desk.at("2026-12-20 09:00")
    part.show_case(care.detail(case))
    assert set(part.deeds) == {(action, "effect")}
    assert part.deeds[action, "effect"].text() == "复核效果"
    assert part.shown[0].chip is not None
    assert part.shown[0].chip.text == "效果待复核"
    assert part.shown[0].when == "12月20日起"
    # Neither its owner nor who only reads.
    assert section(care, case, ADVISER).deeds == {}
    assert section(care, case, AUDITOR).deeds == {}


@LANGUAGES
def test_it_helped(care: Care, words: str) -> None:
    case = care.desk.decided()
    action = mended(care, case)
    care.desk.at("2026-12-21 09:00")
    speak(words)
    dialog = asked(care, case, action)
    assert not dialog.grounds.isVisible()
    assert not dialog.day.isVisible()
    care.send(dialog)
    assert care.said == [{"zh": "已记下：有效果", "en": "Noted: it helped"}[words]]
    part = section(care, case)
    assert part.deeds == {}
    told = {"zh": "冯涛复核效果：有效果", "en": "Effect checked by 冯涛: it helped"}[words]
    assert part.shown[0].text.splitlines()[-1] == told


@LANGUAGES
def test_it_did_not_help_by_keys_alone(care: Care, qtbot: QtBot, words: str) -> None:
    case = care.desk.decided()
    action = mended(care, case)
    care.desk.at("2026-12-21 09:00")
    speak(words)
    part = section(care, case)
    part.deeds[action, "effect"].setFocus()
    qtbot.keyClick(part.deeds[action, "effect"], Qt.Key.Key_Space)
    dialog = care.window.findChild(CheckEffectDialog)
    assert dialog is not None
    dialog.outcome.setFocus()
    care.until(dialog.outcome.segment("good").hasFocus)
    qtbot.keyClick(dialog.outcome.segment("good"), Qt.Key.Key_Right)
    care.until(dialog.grounds.isVisible)
    assert dialog.day.day() == date(2027, 1, 4)
    # Nothing said: it is asked for at its field, and the keyboard goes there.
    qtbot.keyClick(dialog.confirm_button, Qt.Key.Key_Space)
    empty = {"zh": "请填写这一项", "en": "Please fill this in"}[words]
    care.until(lambda: dialog.grounds.error_text() == empty)
    assert dialog.grounds.edit.hasFocus()
    care.write(dialog.grounds.edit, "又有三位客户问到收益")
    dialog.day.set_day(date(2026, 12, 20))
    care.send(dialog)
    past = {"zh": "完成日期不能早于今天", "en": "The due day cannot be earlier than today"}[words]
    assert dialog.day.error.sentence.text() == past
    assert dialog.grounds.text() == "又有三位客户问到收益"
    dialog.day.set_day(date(2027, 1, 8))
    care.send(dialog)
    assert len(care.said) == 1
    (now,) = actions_of(care.desk.store, "complaint", case)
    assert (now.state, now.due_on, now.effect_note) == (
        "open",
        "2027-01-08",
        "又有三位客户问到收益",
    )
    # Its owner reads why it is his again.
    own = section(care, case, ADVISER)
    assert set(own.deeds) == {(action, "finish")}
    assert "又有三位客户问到收益" in own.shown[0].text


def test_pressed_after_somebody_else_it_says_so_and_keeps_what_was_typed(care: Care) -> None:
    case = care.desk.decided()
    action = mended(care, case)
    care.desk.at("2026-12-21 09:00")
    dialog = asked(care, case, action)
    care.press(dialog.outcome.segment("poor"))
    care.write(dialog.grounds.edit, "又有客户问到")
    care.desk.run(CheckEffect(action, good=True), HEAD)
    care.send(dialog)
    assert dialog.error.sentence.text() == "这项整改刚刚变了，请看最新情况"
    assert dialog.grounds.text() == "又有客户问到"
    (now,) = actions_of(care.desk.store, "complaint", case)
    assert now.effect == "good"


def test_what_was_typed_is_not_lost_by_leaving(care: Care, qtbot: QtBot) -> None:
    case = care.desk.decided()
    action = mended(care, case)
    care.desk.at("2026-12-21 09:00")
    dialog = asked(care, case, action)
    care.press(dialog.outcome.segment("poor"))
    care.write(dialog.grounds.edit, "又有客户问到")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    care.until(lambda: dialog.findChild(ConfirmDialog) is not None)
    assert dialog.isVisible()


def test_it_is_asked_for_in_an_archived_case_too(care: Care) -> None:
    desk = care.desk
    case = desk.decided()
    desk.run(Reply(case, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(RecordVisit(case, "phone", True, "satisfied"), SUPERVISOR)
    action = mended(care, case)
    desk.run(Close(case))
    desk.at("2026-12-29 09:00")
    desk.filed(case)
    desk.run(Archive(case))
    assert desk.state(case) == "archived"
    dialog = asked(care, case, action, HEAD)
    care.send(dialog)
    assert care.said == ["已记下：有效果"]
