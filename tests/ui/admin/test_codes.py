"""The national codes of complaint classes: the table, the file that is filled in, the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.codes import StandardCode
from branch.complaints.commands.codes import ImportCodes
from branch.complaints.queries.codes import standard_codes
from tests.ui.admin.conftest import MANAGER, SUPERVISOR, OpenAdmin, press, toasts
from ui.admin.codes_import import CodesDialog
from ui.admin.codes_page import CodesPage
from ui.admin.window import AdminWindow
from ui.shell.language import language

Run = Callable[[str, str, object], Any]
LOAN = StandardCode("biz_class", "loan", "B04")


def page_of(window: AdminWindow) -> CodesPage:
    page = window.pages["codes"]
    assert isinstance(page, CodesPage)
    return page


def put_file(folder: Path, *rows: str) -> Path:
    file = folder / "分类.csv"
    file.write_text("\n".join(("维度,代码,名称,国标代码", *rows)), encoding="utf-8-sig")
    return file


def row_of(page: CodesPage, key: str) -> list[str]:
    row = page.table.lines.row_of(key)
    return [str(page.table.lines.index(row, column).data()) for column in range(3)]


def test_codes_are_imported_after_a_preview(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, tmp_path: Path
) -> None:
    window = admin("codes", SUPERVISOR)
    page = page_of(window)
    assert page.count.text() == "38 个分类，0 个有国标代码"
    assert row_of(page, "biz_class.loan") == ["业务类别", "贷款", ""]
    page.offer_file(put_file(tmp_path, "biz_class,loan,贷款,B04", "reason,pricing,收费,C07"))
    (dialog,) = page.findChildren(CodesDialog)
    assert dialog.summary.text() == "新增 2 个，改动 0 个，去掉 0 个。"
    assert dialog.doubts == ("36 个分类没有国标代码，请核对是否写全",)
    assert dialog.lines[0][1][0] == "贷款  B04"
    assert not dialog.confirm_button.isEnabled()
    press(dialog.compared)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: row_of(page, "biz_class.loan")[2] == "B04", timeout=5000)
    assert toasts(window) == ["已导入 2 个国标代码"]
    assert standard_codes(other.store)["reason", "pricing"] == "C07"
    # The file to fill in has what is there so far.
    assert page.pattern.button.isEnabled()


def test_a_wrong_file_is_told_and_the_next_one_taken(admin: OpenAdmin, tmp_path: Path) -> None:
    page = page_of(admin("codes", SUPERVISOR))
    page.offer_file(put_file(tmp_path, "biz_class,loan,贷款,B04", "reason,柜面,柜面,C07"))
    told = "分类.csv 第 3 行：没有“柜面”这个分类，请用存为表格里的代码"
    assert page.trouble.sentence.text() == told
    language().choose("en")
    QApplication.processEvents()
    assert page.trouble.sentence.text().startswith("分类.csv, line 3: there is no class")
    page.offer_file(tmp_path / "nowhere.csv")
    assert "nowhere.csv cannot be opened" in page.trouble.sentence.text()
    page.offer_file(put_file(tmp_path, "biz_class,loan,贷款,B04"))
    assert not page.trouble.isVisible()
    (dialog,) = page.findChildren(CodesDialog)
    press(dialog.cancel_button)


def test_the_same_file_again_changes_nothing_and_another_station_is_followed(
    qtbot: QtBot, admin: OpenAdmin, run: Run, tmp_path: Path
) -> None:
    page = page_of(admin("codes", SUPERVISOR))
    run(SUPERVISOR, "admin", ImportCodes((LOAN,)))
    qtbot.waitUntil(lambda: row_of(page, "biz_class.loan")[2] == "B04", timeout=5000)
    page.offer_file(put_file(tmp_path, "biz_class,loan,贷款,B04"))
    (dialog,) = page.findChildren(CodesDialog)
    assert dialog.summary.text() == "与现有代码一致。"
    press(dialog.cancel_button)
    page.offer_file(put_file(tmp_path, "biz_class,loan,贷款,B05", "biz_class,cash,现金,B05"))
    dialog = page.findChildren(CodesDialog)[-1]
    assert dialog.lines[1] == ("改动的", ["贷款  B04 改为 B05"])
    assert dialog.doubts[1] == "同一代码用于几个分类：B05，请核对"


def test_every_page_has_a_key_beside_the_others(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("staff", MANAGER)
    keys = list(window.pages)
    signs = (
        *(getattr(Qt.Key, f"Key_{n % 10}") for n in range(1, 11)),
        Qt.Key.Key_Minus,
        Qt.Key.Key_Equal,
        Qt.Key.Key_Backslash,
        Qt.Key.Key_BracketLeft,
    )
    for sign, key in zip(signs, keys, strict=True):
        QTest.keyClick(window, sign, Qt.KeyboardModifier.AltModifier)
        assert window.choice.current() == key
