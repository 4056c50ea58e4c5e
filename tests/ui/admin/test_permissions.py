"""The page of permissions: the program's own table, whole, in words, searched, not to be edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from branch.bootstrap import HANDLERS
from branch.people.rules import PERMISSIONS, READS, Role
from tests.ui.admin.conftest import AUDITOR, SUPERVISOR, OpenAdmin, write
from ui.admin.matrix_model import MAY, ROLES, MatrixModel, label, room_of
from ui.admin.matrix_page import MatrixPage
from ui.admin.window import AdminWindow
from ui.shell.language import language

TICKED, CROSSED = "可以", "不可以"


def page_of(window: AdminWindow) -> MatrixPage:
    page = window.pages["permissions"]
    assert isinstance(page, MatrixPage)
    return page


def lines(model: MatrixModel) -> list[str]:
    return [model.line(row).key for row in range(model.rowCount())]


def test_it_is_the_table_and_nothing_else() -> None:
    model = MatrixModel()
    found = {}
    for row in range(model.rowCount()):
        line = model.line(row)
        if line.roles is not None:
            ticks = [model.index(row, 1 + at).data(MAY) for at in range(len(ROLES))]
            found[line.key] = {role for role, may in zip(ROLES, ticks, strict=True) if may}
    assert found == {
        **{name: set(roles) for name, roles in PERMISSIONS.items()},
        **{f"read.{what}": set(roles) for what, roles in READS.items()},
    }


def test_commands_stand_under_their_room() -> None:
    model = MatrixModel()
    room, found = "", {}
    for key in lines(model):
        if key.startswith("room."):
            room = key.removeprefix("room.")
        else:
            found[key] = room
    for kind in HANDLERS:
        assert found[kind.__name__] == room_of(kind)
    assert found["read.audit"] == "read"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_cell_is_told_to_a_screen_reader(code: str) -> None:
    language().choose(code)
    model = MatrixModel()
    row = lines(model).index("CallTicket")
    told = {
        role: str(model.index(row, 1 + at).data(Qt.ItemDataRole.AccessibleTextRole))
        for at, role in enumerate(ROLES)
    }
    for role in Role:
        may = role in PERMISSIONS["CallTicket"]
        words = {
            "zh": f"{label(role)}{TICKED if may else CROSSED}：优先叫号",
            "en": f"{label(role)} {'may' if may else 'may not'}: Call out of turn",
        }
        assert told[role] == words[code]


def test_nothing_is_editable_and_it_says_why(qtbot: QtBot, admin: OpenAdmin) -> None:
    page = page_of(admin("permissions", AUDITOR))
    assert page.note.text() == ("这张表由程序规定，不能在这里修改；给员工分配岗位请到“员工”页。")
    row = lines(page.model).index("AddStaff")
    index = page.model.index(row, 3)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    before = [page.model.index(row, at).data(MAY) for at in range(1, 1 + len(ROLES))]
    QTest.mouseClick(
        page.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.table.visualRect(index).center() + QPoint(1, 1),
    )
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert [page.model.index(row, at).data(MAY) for at in range(1, 1 + len(ROLES))] == before


def test_a_word_finds_its_lines_with_their_head(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("permissions", SUPERVISOR)
    page = page_of(window)
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.edit.hasFocus()
    write(page.search, "重置")
    assert lines(page.model) == ["room.people", "ResetPin"]
    write(page.search, "没有这样的事")
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    write(page.search, "")
    assert len(lines(page.model)) > len(PERMISSIONS)
    assert page.table.isVisible()
    language().choose("en")
    qtbot.waitUntil(lambda: page.title.text() == "Who may do what")
    write(page.search, "reset")
    assert lines(page.model) == ["room.people", "ResetPin"]


def test_the_arrow_keys_walk_through_the_cells(admin: OpenAdmin) -> None:
    page = page_of(admin("permissions", AUDITOR))
    row = lines(page.model).index("SignIn")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(row, 1))
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex() == page.model.index(row + 1, 2)
    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()


def test_heads_are_whole(admin: OpenAdmin) -> None:
    page = page_of(admin("permissions", AUDITOR))
    for code in ("zh", "en"):
        language().choose(code)
        page.retranslate()
        widths = [page.table.columnWidth(column) for column in range(1 + len(ROLES))]
        assert widths[0] >= 180
        assert sum(widths) <= page.table.viewport().width() + 1


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(MatrixModel())
