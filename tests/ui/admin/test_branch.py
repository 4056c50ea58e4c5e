"""The page of the branch's rules: values, their limits in words, and what cannot stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.commands import ChangeSetting
from branch.kernel.journal import entries
from branch.kernel.setting import SETTINGS, setting
from tests.ui.admin.conftest import (
    ADMINISTRATOR,
    MANAGER,
    SUPERVISOR,
    OpenAdmin,
    press,
    toasts,
    write,
)
from ui.admin.branch_page import BranchPage
from ui.admin.window import AdminWindow
from ui.shell.language import language

Run = Callable[[str, str, object], Any]


@pytest.fixture(params=[ADMINISTRATOR, SUPERVISOR, MANAGER])
def window(request: pytest.FixtureRequest, admin: OpenAdmin) -> AdminWindow:
    """The settings of administrator, supervisor and branch manager, at the branch's rules."""
    return admin("branch", request.param)


def page_of(window: AdminWindow) -> BranchPage:
    page = window.pages["branch"]
    assert isinstance(page, BranchPage)
    return page


def retype(window: AdminWindow, key: str, text: str) -> None:
    write(page_of(window).fields[key], text)


def save(qtbot: QtBot, window: AdminWindow) -> None:
    before = len(toasts(window))
    press(page_of(window).bar.save)
    qtbot.waitUntil(lambda: len(toasts(window)) > before)


def stored(other: Branch) -> dict[str, int]:
    return {key: setting(other.store, key) for key in SETTINGS}


def test_every_rule_says_its_limits(window: AdminWindow) -> None:
    page = page_of(window)
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    for key, limit in SETTINGS.items():
        assert page.fields[key].text() == str(limit.default)
        assert page.fields[key].edit.accessibleName()
        assert f"{limit.least} 到 {limit.most}，默认 {limit.default}" in words


def test_a_rule_is_changed(qtbot: QtBot, window: AdminWindow, other: Branch) -> None:
    retype(window, "calls_before_no_show", "3")
    retype(window, "undo_no_show_s", " 120 ")
    save(qtbot, window)
    assert stored(other)["calls_before_no_show"] == 3
    assert stored(other)["undo_no_show_s"] == 120
    changed = [e.subject for e in entries(other.store) if e.what == "catalogue.setting_changed"]
    assert sorted(changed) == ["calls_before_no_show", "undo_no_show_s"]


def test_enter_saves(qtbot: QtBot, window: AdminWindow, other: Branch) -> None:
    retype(window, "elderly_age", "65")
    qtbot.keyClick(page_of(window).fields["elderly_age"].edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(other)["elderly_age"] == 65)


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("calls_before_no_show", "0", "请填 1 到 9 之间的数"),
        ("calls_before_no_show", "10", "请填 1 到 9 之间的数"),
        ("recall_gap_s", "4", "请填 5 到 120 之间的数"),
        ("lock_after_min", "121", "请填 1 到 120 之间的数"),
        ("elderly_age", "49", "请填 50 到 80 之间的数"),
        ("elderly_age", "六十", "请填 50 到 80 之间的数"),
        ("undo_no_show_s", "9" * 10_000, "请填 30 到 600 之间的数"),
        ("undo_step_s", "2.5", "请填 3 到 60 之间的数"),
        ("undo_step_s", "", "请填写这一项"),
        ("complaint_keep_years", "2", "请填 3 到 15 之间的数"),
        ("complaint_keep_years", "十", "请填 3 到 15 之间的数"),
        ("complaint_on_the_spot_workdays", "6", "请填 1 到 5 之间的数"),
        ("complaint_hand_back_workdays", "0", "请填 1 到 5 之间的数"),
    ],
)
def test_a_value_out_of_range(
    admin: OpenAdmin, other: Branch, key: str, text: str, told: str
) -> None:
    window, before = admin("branch"), stored(other)
    other_key = next(k for k in SETTINGS if k != key)
    right = str(SETTINGS[other_key].most)
    retype(window, other_key, right)
    retype(window, key, text)
    press(page_of(window).bar.save)
    field = page_of(window).fields[key]
    assert field.error_text() == told
    assert field.text() == text
    assert field.edit.hasFocus()
    assert page_of(window).fields[other_key].text() == right
    assert stored(other) == before  # neither is kept while one is wrong


def test_the_sentence_goes_with_the_language(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("branch")
    retype(window, "elderly_age", "49")
    press(page_of(window).bar.save)
    language().choose("en")
    field = page_of(window).fields["elderly_age"]
    qtbot.waitUntil(lambda: field.error_text() == "A number from 50 to 80, please")
    assert field.text() == "49"


def test_what_a_colleague_changed_is_not_taken_back(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run
) -> None:
    window = admin("branch")
    retype(window, "elderly_age", "65")
    run("100101", "admin", ChangeSetting("recall_gap_s", 10))
    qtbot.waitUntil(lambda: page_of(window).fields["recall_gap_s"].text() == "10")
    assert page_of(window).fields["elderly_age"].text() == "65"
    save(qtbot, window)
    assert stored(other)["elderly_age"] == 65
    assert stored(other)["recall_gap_s"] == 10


def test_save_is_off_while_the_answer_is_due(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("branch")
    retype(window, "elderly_age", "65")
    press(page_of(window).bar.save)
    assert not page_of(window).bar.save.isEnabled()
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])


def test_giving_up_shows_what_is_kept(admin: OpenAdmin) -> None:
    window = admin("branch")
    retype(window, "elderly_age", "90")
    press(page_of(window).bar.save)
    assert page_of(window).fields["elderly_age"].error_text()
    press(page_of(window).bar.revert)
    assert page_of(window).fields["elderly_age"].text() == "60"
    assert not page_of(window).fields["elderly_age"].error_text()


def test_how_long_complaints_are_kept_is_said_and_set_by_key(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("branch")
    page = page_of(window)
    told = page.told_of_complaints.text()
    assert "不少于法定三年" in told
    assert "已归档的，仍保存到归档时定下的那一天" in told
    field = page.fields["complaint_keep_years"].edit
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.fields["complaint_keep_years"].error_text() == "请填 3 到 15 之间的数"
    assert (field.text(), field.hasFocus()) == ("2", True)
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(other)["complaint_keep_years"] == 7)


@pytest.mark.parametrize("key", ["complaint_keep_years", "complaint_group_from"])
def test_what_cannot_stand_comes_before_his_eyes(qtbot: QtBot, admin: OpenAdmin, key: str) -> None:
    window = admin("branch")
    page = page_of(window)
    retype(window, key, "0")
    field = page.fields[key]
    assert field.edit.visibleRegion().isEmpty()
    press(page.bar.save)
    qtbot.waitUntil(lambda: not field.error.visibleRegion().isEmpty())
    assert field.error.visibleRegion().boundingRect().height() == field.error.height()
