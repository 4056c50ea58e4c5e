"""Is this paper ours: a code typed, a code scanned, a file; each told in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.complaints.desk import ADVISER, Desk
from tests.ui.complaints.papers import Hand
from ui.complaints.paper_verify import VerifyDialog
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.papers.dialog import PaperDialog


@pytest.fixture
def hand(qtbot: QtBot, desk: Desk, open_desk: Callable[..., ComplaintsWindow]) -> Hand:
    """The handler of a decided complaint at his desk."""
    desk.decided()
    return Hand(qtbot, desk, open_desk(ADVISER))


def asked(hand: Hand, text: str) -> VerifyDialog:
    """What the dialog says of a code typed and sent with Enter."""
    hand.key("v")
    dialog = hand.dialog(VerifyDialog)
    hand.qtbot.keyClicks(dialog.code.edit, text)
    hand.qtbot.keyClick(dialog.code.edit, Qt.Key.Key_Return)
    hand.until(lambda: dialog.answer.isVisible() or bool(dialog.code.error_text()))
    return dialog


def said_of(hand: Hand, data: bytes, folder: Path) -> str:
    file = folder / "letter.pdf"
    file.write_bytes(data)
    dialog = hand.dialog(VerifyDialog)
    dialog.answer.hide()
    dialog.verify_file(file)
    hand.until(dialog.answer.isVisible)
    return dialog.answer.sentence.text()


def issued(hand: Hand) -> bytes:
    view = hand.issue(hand.editor("TS-06"))
    view.reject()
    return view.preview.data


def test_a_code_of_ours(hand: Hand) -> None:
    issued(hand)
    code = hand.papers(1)[0].code
    # Small letters and without hyphens, as somebody types it.
    dialog = asked(hand, code.replace("-", "").lower())
    assert dialog.answer.sentence.text() == (
        "是本网点签发的，内容没有改动：投诉处理答复书  TS-HB001-20261120-0001  第 1 份  "
        "2026-11-20 签发"
    )


def test_a_scanner_types_the_whole_square(hand: Hand) -> None:
    issued(hand)
    code = hand.papers(1)[0].code
    dialog = asked(hand, f"TT:TS-06:TS-HB001-20261120-0001:{code}")
    assert dialog.answer.sentence.text().startswith("是本网点签发的，内容没有改动")
    # Ready for the next one.
    assert dialog.code.edit.selectedText() == dialog.code.text()


def test_a_code_of_nobody(hand: Hand) -> None:
    dialog = asked(hand, "K7QF-2M9C-XW4T")
    # One letter mistyped is no forgery.
    assert dialog.answer.sentence.text() == (
        "查不到这个校验码，请核对有没有输错；没有输错，就不是本网点签发的文书"
    )
    dialog.code.set_text("")
    hand.press(dialog.verify_button)
    assert dialog.code.error_text() == "请输入或扫描校验码"
    assert dialog.focusWidget() is dialog.code.edit
    dialog.code.set_text("K7QF")
    hand.press(dialog.verify_button)
    hand.until(lambda: dialog.code.error_text() == "校验码是 12 位字母和数字")
    assert dialog.focusWidget() is dialog.code.edit


def test_a_file_unchanged_changed_and_foreign(hand: Hand, tmp_path: Path) -> None:
    data = issued(hand)
    hand.press(hand.window.top.verify_button)
    assert said_of(hand, data, tmp_path).startswith("是本网点签发的，内容没有改动")
    changed = data + b"\n% added\n"
    assert said_of(hand, changed, tmp_path).startswith("校验码是本网点的，文件内容被改过")
    assert said_of(hand, b"%PDF-1.4 another", tmp_path) == "查不到：不是本网点签发的文书"
    dialog = hand.dialog(VerifyDialog)
    dialog.verify_file(tmp_path / "gone.pdf")
    hand.until(lambda: dialog.answer.sentence.text() == "这个文件打不开")


def test_a_paper_that_was_corrected(hand: Hand, tmp_path: Path) -> None:
    view = hand.issue(hand.editor("TS-06"))
    data = view.preview.data
    hand.press(view.correct_button)
    dialog = hand.ready(hand.dialog(PaperDialog))
    hand.write(dialog, "salutation", "尊敬的陈女士：")
    dialog.reason.edit.setText("措辞不准")
    hand.issue(dialog).reject()
    hand.key("v")
    told = said_of(hand, data, tmp_path)
    assert told.startswith("是本网点签发的，但已由第 2 份更正件代替")


def test_in_english(hand: Hand) -> None:
    language().choose("en")
    dialog = asked(hand, "K7QF-2M9C-XW4T")
    assert dialog.answer.sentence.text().startswith("No such code: please check")
