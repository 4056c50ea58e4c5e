"""Accounts: add, change, reset; what is refused stands at its field and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.people.commands import AddStaff, ChangeStaff, SignedIn, SignIn
from branch.people.queries import StaffMember, seats, staff_members
from branch.people.rules import checked_pin
from tests.ui.admin.conftest import (
    ADMINISTRATOR,
    AUDITOR,
    LOBBY_MANAGER,
    MANAGER,
    SUPERIOR,
    SUPERVISOR,
    OpenAdmin,
    press,
    toasts,
    write,
)
from ui.admin.staff_form import NOBODY
from ui.admin.staff_model import StaffModel
from ui.admin.staff_page import StaffPage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog

Run = Callable[[str, str, object], Any]


def page_of(window: AdminWindow) -> StaffPage:
    page = window.pages["staff"]
    assert isinstance(page, StaffPage)
    return page


def choose(page: StaffPage, staff_no: str) -> StaffMember:
    """Press the row of an account."""
    for row in range(page.model.rowCount()):
        member = page.model.member(row)
        if member.staff_no == staff_no:
            index = page.model.index(row, 1)
            page.table.scrollTo(index)
            place = page.table.visualRect(index).center()
            QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            return member
    raise AssertionError(staff_no)


def stored(other: Branch, staff_no: str) -> StaffMember:
    return next(m for m in staff_members(other.store) if m.staff_no == staff_no)


def add(page: StaffPage, number: str, name: str, *roles: str) -> None:
    """Fill the form of a new account and press 保存."""
    if page.form.number.isHidden():
        press(page.add)
    write(page.form.number, number)
    write(page.form.name, name)
    for role in roles:
        press(page.form.roles[role])
    press(page.form.bar.save)


def test_who_is_added_signs_in_with_the_pin_shown_once(
    qtbot: QtBot, admin: OpenAdmin, run: Run, other: Branch
) -> None:
    window = admin("staff")
    page = page_of(window)
    add(page, "200777", "䶮㛃𬭚", "teller", "adviser")
    assert not page.form.bar.save.isEnabled()
    qtbot.waitUntil(page.panel.isVisible)
    pin = page.panel.pin.text()
    assert checked_pin(pin) == pin
    assert page.panel.note.text() == "䶮㛃𬭚 的密码"
    assert toasts(window) == ["䶮㛃𬭚 已添加"]
    member = stored(other, "200777")
    assert (member.name, member.roles) == ("䶮㛃𬭚", {"teller", "adviser"})
    answer = run(ADMINISTRATOR, "counter-1", SignIn("200777", pin))
    assert isinstance(answer, SignedIn)
    qtbot.waitUntil(lambda: page.model.row_of(member.id) is not None)
    press(page.panel.done)
    assert page.form.isVisible()
    assert page.panel.pin.text() == ""
    qtbot.waitUntil(lambda: page.form.title.text() == "员工 200777")
    press(page.add)
    assert page.form.values() == NOBODY


@pytest.mark.parametrize(
    ("number", "name", "roles", "field", "sentence"),
    [
        ("100482", "新人", ("teller",), "number", "员工号 100482 已有人使用"),
        ("12", "新人", ("teller",), "number", "编号为 3 到 12 位字母或数字"),
        ("9" * 10_000, "新人", ("teller",), "number", "编号为 3 到 12 位字母或数字"),
        ("200778", "   ", ("teller",), "name", "请填写这一项"),
        ("200778", "龘" * 10_000, ("teller",), "name", "最多 60 个字，现在有 10000 个"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    qtbot: QtBot,
    admin: OpenAdmin,
    number: str,
    name: str,
    roles: tuple[str, ...],
    field: str,
    sentence: str,
) -> None:
    page = page_of(admin("staff"))
    add(page, number, name, *roles)
    place = getattr(page.form, field)
    qtbot.waitUntil(lambda: place.error_text() == sentence)
    assert page.form.bar.save.isEnabled()
    assert not page.panel.isVisible()
    values = page.form.values()
    assert (values.staff_no, values.name, values.roles) == (number, name, set(roles))
    assert place.edit.hasFocus()


def test_no_role_is_said_under_the_roles_in_the_language_of_the_moment(
    qtbot: QtBot, admin: OpenAdmin
) -> None:
    page = page_of(admin("staff"))
    add(page, "200779", "新人")
    line = page.form.roles_error
    qtbot.waitUntil(lambda: line.sentence.text() == "请至少选择一个岗位")
    language().choose("en")
    qtbot.waitUntil(lambda: line.sentence.text() == "Choose at least one role")


def test_ones_own_roles_and_account_are_a_colleagues_to_change(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("staff")
    page = page_of(window)
    choose(page, ADMINISTRATOR)
    assert page.form.own_note.isVisible()
    assert page.form.own_note.text() == "自己的岗位和账户请另一位管理员修改"
    for row in (*page.form.roles.values(), page.form.active):
        assert not row.isEnabled()
    assert not page.form.reset.isVisible()
    write(page.form.name, "新名字")
    press(page.form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    assert stored(other, ADMINISTRATOR).name == "新名字"
    choose(page, "100482")
    assert not page.form.own_note.isVisible()
    assert page.form.active.isEnabled()


def test_who_lost_his_role_meanwhile_is_told(qtbot: QtBot, admin: OpenAdmin, run: Run) -> None:
    administrators = frozenset({"administrator"})
    second = run(ADMINISTRATOR, "admin", AddStaff("100002", "二号", administrators, "482019"))
    page = page_of(admin("staff"))
    qtbot.waitUntil(lambda: page.model.row_of(second) is not None)
    choose(page, "100482")
    press(page.form.roles["adviser"])
    first = next(member for member in rows(page) if member.staff_no == ADMINISTRATOR)
    run("100002", "admin", ChangeStaff(first.id, first.name, frozenset({"teller"}), True))
    press(page.form.bar.save)
    line = page.form.bar.trouble
    qtbot.waitUntil(lambda: line.sentence.text() == "您的岗位不能做这一步")
    assert page.form.roles["adviser"].isChecked()


def rows(page: StaffPage) -> list[StaffMember]:
    return [page.model.member(row) for row in range(page.model.rowCount())]


def test_a_locked_account_is_unlocked(
    qtbot: QtBot, admin: OpenAdmin, run: Run, other: Branch, clock: SetClock, sample: Plan
) -> None:
    for _ in range(10):
        run("KIOSK", "counter-1", SignIn("100482", "000000"))
        clock.advance(600)
    window = admin("staff", MANAGER)
    page = page_of(window)
    choose(page, "100482")
    assert "账户已锁定" in page.form.note.text()
    press(page.form.unlock)
    qtbot.waitUntil(lambda: toasts(window) == ["王敏 的账户已解锁"])
    qtbot.waitUntil(lambda: not page.form.unlock.isVisible())
    assert not stored(other, "100482").locked
    pin = next(member.pin for member in sample.staff if member.staff_no == "100482")
    assert isinstance(run("KIOSK", "counter-1", SignIn("100482", pin)), SignedIn)


def test_who_left_is_signed_out_and_kept_by_name(
    qtbot: QtBot, admin: OpenAdmin, run: Run, other: Branch, sample: Plan
) -> None:
    pin = next(member.pin for member in sample.staff if member.staff_no == "100482")
    run("KIOSK", "counter-1", SignIn("100482", pin))
    window = admin("staff")
    page = page_of(window)
    choose(page, "100482")
    press(page.form.active)
    press(page.form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    assert [seat.station for seat in seats(other.store)] == []
    qtbot.waitUntil(lambda: "账户已停用，做过的事仍记在名下" in page.form.note.text())
    assert stored(other, "100482").name == "王敏"


def test_name_roles_and_activity_are_changed(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    window = admin("staff")
    page = page_of(window)
    member = choose(page, "100482")
    write(page.form.name, "王小敏")
    press(page.form.roles["adviser"])
    press(page.form.active)
    press(page.form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    after = stored(other, "100482")
    assert (after.name, after.roles, after.active) == ("王小敏", {"teller", "adviser"}, False)
    row = page.model.row_of(member.id)
    assert row is not None
    qtbot.waitUntil(lambda: page.model.index(row, 3).data() == "已停用")
    assert page.model.index(row, 2).data() == "柜员、客户经理"


def test_typing_survives_what_others_change(qtbot: QtBot, admin: OpenAdmin, run: Run) -> None:
    page = page_of(admin("staff"))
    choose(page, "100482")
    write(page.form.name, "半个名")
    other_one = next(
        m for m in (page.model.member(r) for r in range(page.model.rowCount()))
        if m.staff_no == "100483"
    )  # fmt: skip
    run(ADMINISTRATOR, "admin", ChangeStaff(other_one.id, "刘大洋", other_one.roles, True))
    row = page.model.row_of(other_one.id)
    assert row is not None
    qtbot.waitUntil(lambda: page.model.index(row, 1).data() == "刘大洋")
    assert page.form.name.text() == "半个名"
    choose(page, "100483")
    assert page.form.name.text() == "刘大洋"
    choose(page, "100482")
    assert page.form.name.text() == "半个名"
    press(page.form.bar.revert)
    assert page.form.name.text() == "王敏"


def test_the_branch_manager_only_resets(
    qtbot: QtBot, admin: OpenAdmin, run: Run, sample: Plan
) -> None:
    page = page_of(admin("staff", MANAGER))
    assert not page.add.isVisible()
    choose(page, "100482")
    assert not page.form.name.isVisible()
    assert not page.form.bar.save.isVisible()
    press(page.form.reset)
    dialog = page.window().findChild(ConfirmDialog)
    assert dialog is not None
    press(dialog.confirm_button)
    qtbot.waitUntil(page.panel.isVisible)
    pin = page.panel.pin.text()
    old = next(member.pin for member in sample.staff if member.staff_no == "100482")
    assert pin != old
    assert isinstance(run(ADMINISTRATOR, "counter-1", SignIn("100482", pin)), SignedIn)
    assert not page.table.isEnabled()
    press(page.panel.done)
    choose(page, MANAGER)
    assert page.panel.pin.text() == ""
    assert page.form.isVisible()
    assert not page.form.reset.isVisible()


def test_station_accounts_are_not_changed_here(admin: OpenAdmin) -> None:
    page = page_of(admin("staff"))
    choose(page, "KIOSK")
    assert page.form.note.text() == "取号机和叫号屏用的账户，没有密码，不能修改"
    for control in (page.form.name, page.form.reset, page.form.bar.save, page.form.active):
        assert not control.isVisible()


def test_enter_in_a_field_saves(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    window = admin("staff")
    page = page_of(window)
    choose(page, "100483")
    write(page.form.name, "刘海洋")
    QTest.keyClick(page.form.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    assert stored(other, "100483").name == "刘海洋"


SETTINGS_PAGES = ["staff", "services", "counters", "classes", "branch", "calendar", "codes"]
LAST_PAGES = ["rooms", "checklists", "machine"]


@pytest.mark.parametrize(
    ("account", "pages"),
    [
        (ADMINISTRATOR, [*SETTINGS_PAGES, "permissions", "audit", "key", *LAST_PAGES]),
        (MANAGER, [*SETTINGS_PAGES, "privacy", "permissions", "audit", "key", *LAST_PAGES]),
        (SUPERVISOR, [*SETTINGS_PAGES, "privacy", "permissions", *LAST_PAGES]),
        (LOBBY_MANAGER, ["counters", "rooms", "machine"]),
        (AUDITOR, ["privacy", "permissions", "audit", "machine"]),
        (SUPERIOR, ["audit", "machine"]),
    ],
)
def test_pages_by_role(admin: OpenAdmin, account: str, pages: list[str]) -> None:
    assert list(admin("machine", account).pages) == pages


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, other: Branch) -> None:
    model = StaffModel()
    model.set_staff(staff_members(other.store))
    qtmodeltester.check(model)
