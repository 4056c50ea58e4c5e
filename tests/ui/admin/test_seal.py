"""The digital seal in the settings: whose, until when, a wrong password, none."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.papers.seal import seal_of
from tests.ui.admin.conftest import ADMINISTRATOR, SUPERVISOR, OpenAdmin, press, toasts
from ui.admin.branch_page import BranchPage
from ui.admin.seal_part import SealDialog, SealPart
from ui.admin.window import AdminWindow
from ui.widgets.dialog import ConfirmDialog

SEAL = (files("resources") / "samples" / "test-seal.p12").read_bytes()


@pytest.fixture
def window(admin: OpenAdmin) -> AdminWindow:
    """The administrator at the branch's rules."""
    return admin("branch", ADMINISTRATOR)


def part_of(window: AdminWindow) -> SealPart:
    page = window.pages["branch"]
    assert isinstance(page, BranchPage)
    return page.seal


def chosen(qtbot: QtBot, window: AdminWindow, folder: Path, data: bytes = SEAL) -> SealDialog:
    file = folder / "seal.p12"
    file.write_bytes(data)
    part_of(window).take(file)
    dialog = window.findChild(SealDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    dialog.keep_button.repeat_guard = False
    return dialog


def test_set_up_with_its_password(
    qtbot: QtBot, window: AdminWindow, other: Branch, tmp_path: Path
) -> None:
    part = part_of(window)
    qtbot.waitUntil(lambda: part.state.text() == "没有设置，打印后盖章")
    assert not part.drop_button.isVisible()
    dialog = chosen(qtbot, window, tmp_path)
    dialog.password.set_text("wrong")
    press(dialog.keep_button)
    told = "印章证书读不出来，请核对文件和密码"
    qtbot.waitUntil(lambda: dialog.error.sentence.text() == told)
    assert seal_of(other.store) is None
    dialog.password.set_text("test-seal")
    press(dialog.keep_button)
    qtbot.waitUntil(lambda: "有效期到" in part.state.text())
    assert "已设置电子印章" in toasts(window)
    kept = seal_of(other.store)
    assert kept is not None
    assert kept.certificate == SEAL
    press(part.drop_button)
    question = window.findChild(ConfirmDialog)
    assert question is not None
    press(question.confirm_button)
    qtbot.waitUntil(lambda: part.state.text() == "没有设置，打印后盖章")
    assert seal_of(other.store) is None


def test_a_file_that_is_none(qtbot: QtBot, window: AdminWindow, tmp_path: Path) -> None:
    dialog = chosen(qtbot, window, tmp_path, b"no certificate")
    dialog.password.set_text("x")
    press(dialog.keep_button)
    qtbot.waitUntil(lambda: dialog.error.sentence.text() != "")
    part_of(window).take(tmp_path / "gone.p12")
    assert part_of(window).error.sentence.text() == "这个文件打不开"


def test_who_may_not_only_sees_it(admin: OpenAdmin) -> None:
    part = part_of(admin("branch", SUPERVISOR))
    assert part.choose_button.isHidden()
