"""The editor of a form beside its preview: typed, locked, missing, changed, kept, issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.correcting import EditCase
from branch.kernel.drafts import DraftName, drafts_of
from branch.papers.seal import KeepSeal
from tests.complaints.desk import ADVISER, HEAD, OFFICER, WHAT, Desk
from tests.ui.complaints.papers import Hand
from ui.complaints.answer_picker import AnswerPicker
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.long_field import LongField
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.papers.fields import TypedField


@pytest.fixture
def hand(qtbot: QtBot, desk: Desk, open_desk: Callable[..., ComplaintsWindow]) -> Hand:
    """The handler of a decided complaint at his desk."""
    desk.decided()
    return Hand(qtbot, desk, open_desk(ADVISER))


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def edit_of(field: TypedField) -> QWidget:
    control = field.control
    assert isinstance(control, LongField)
    return control.edit


def kept(hand: Hand) -> object:
    name = DraftName("paper", "complaint:1.ts_06.round:1", hand.desk.staff(ADVISER))
    return drafts_of(hand.desk.store).find(name)


def test_the_case_stands_in_the_letter(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    assert dialog.title.text() == "投诉处理答复书"
    assert "湖滨投复〔2026〕1 号" in dialog.second.text()
    assert hand.field(dialog, "decision").value() == "向客户致歉。"
    # What the law says is there, with a lock, and no field to change it in.
    rights = dialog.form.locked["remedies"]
    assert rights.told.text() == "法定内容，不能改"
    assert "30 日内" in rights.words.text()
    assert "remedies" not in dialog.form.typed_fields
    assert dialog.lacking.sentence.text() == "内容齐全，可以签发"
    assert "向客户致歉。" in text_of(dialog.preview.data)


def test_what_is_typed_is_shown_beside(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "全额退还手续费。")
    hand.until(lambda: "全额退还手续费。" in text_of(dialog.preview.data))
    assert dialog.preview.page.text() == "第 1 页 共 1 页"


def test_what_is_missing_is_named_and_leads_there(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "")
    hand.write(dialog, "verified", "")
    hand.until(lambda: list(dialog.lacking.links) == ["verified", "decision"])
    assert dialog.lacking.sentence.text() == "还缺 2 项"
    hand.press(dialog.lacking.links["decision"])
    assert dialog.focusWidget() is edit_of(hand.field(dialog, "decision"))
    hand.press(dialog.issue_button)
    assert dialog.error.sentence.text() == "还缺：核查情况、处理决定"
    assert dialog.focusWidget() is edit_of(hand.field(dialog, "verified"))
    assert dialog.findChild(ConfirmDialog) is None


def test_a_fact_that_the_case_lacks_says_where_to_add_it(hand: Hand) -> None:
    dialog = hand.editor("TS-01")
    assert "read_back" in dialog.lacking.links
    assert dialog.form.facts["read_back"].words.text() == "投诉里还没有，请先在投诉里补上"


def test_issued_is_what_was_shown(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "salutation", "尊敬的陈女士：")
    view = hand.issue(dialog)
    (line,) = hand.papers(1)
    assert view.facts["code"].text() == line.code
    assert view.facts["issued"].text() == "2026-11-20 09:00  郑岚"
    assert view.facts["printed"].text() == "还没有打印"
    assert "尊敬的陈女士：" in text_of(view.preview.data)
    assert line.code in text_of(view.preview.data)
    # What was kept of the draft has gone with the issue.
    hand.until(lambda: kept(hand) is None)


def test_another_decision_than_the_approved_one_is_told_at_its_place(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "全额退还手续费。")
    hand.press(dialog.issue_button)
    hand.press(hand.dialog(ConfirmDialog, dialog).confirm_button)
    place = hand.field(dialog, "decision").control
    hand.until(lambda: place.error_text() != "")
    assert "与审批同意的一致" in place.error_text()
    assert hand.field(dialog, "decision").value() == "全额退还手续费。"
    assert hand.papers(1) == ()
    hand.write(dialog, "decision", "向客户致歉。")
    hand.issue(dialog)
    assert len(hand.papers(1)) == 1


def test_confirm_says_that_it_is_final(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.press(dialog.issue_button)
    question = hand.dialog(ConfirmDialog, dialog)
    assert question.windowTitle() == "签发投诉处理答复书"
    assert question.accessibleDescription() == "签发后内容不能再改，要改只能另出更正件"
    assert question.focusWidget() is question.cancel_button
    hand.qtbot.keyClick(question, Qt.Key.Key_Return)
    hand.until(lambda: not any(one.isVisible() for one in dialog.findChildren(ConfirmDialog)))
    assert hand.papers(1) == ()


def test_a_correction_shows_what_changed_and_wants_a_reason(hand: Hand) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.correct_button)
    dialog = hand.ready(hand.dialog(PaperDialog))
    assert dialog.second.text().endswith("第 2 份，更正")
    hand.write(dialog, "matter", "书面" + str(hand.field(dialog, "matter").value()))
    changes = dialog.form.changes["matter"]
    assert changes.isVisible()
    assert changes.spoken() == "加上：书面"
    assert "underline" in changes.text()
    # The reason is missing before anybody presses 签发, and the way to it stands there.
    assert dialog.lacking.sentence.text() == "还缺 1 项"
    (link,) = dialog.lacking.links.values()
    assert link.text() == "更正原因"
    hand.press(link)
    assert dialog.focusWidget() is dialog.reason.edit
    hand.press(dialog.issue_button)
    assert dialog.reason.error_text() == "请写明为什么更正"
    hand.qtbot.keyClicks(dialog.reason.edit, "1")
    assert dialog.lacking.sentence.text() == "内容齐全，可以签发"
    dialog.reason.edit.setText("措辞不准")
    hand.issue(dialog)
    first, second = hand.papers(1)
    assert first.replaced_by == second.id
    assert second.reason == "措辞不准"


def test_what_was_typed_is_there_after_a_crash(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "全额退还手续费。")
    hand.until(lambda: dialog.kept.text() == "09:00 已自动保存在本机")
    # The window goes without a word, as in a crash.
    dialog.hide()
    dialog.deleteLater()
    again = hand.editor("TS-06")
    assert hand.field(again, "decision").value() == "全额退还手续费。"
    assert again.found.sentence.text() == "已找回上次未写完的内容（11-20 09:00）"
    hand.press(again.found.button)
    assert hand.field(again, "decision").value() == "向客户致歉。"
    assert not again.found.isVisible()
    hand.until(lambda: kept(hand) is None)


def test_closing_keeps_what_was_typed(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "全额退还手续费。")
    hand.press(dialog.close_button)
    hand.until(lambda: kept(hand) is not None)
    assert "全额退还" not in " ".join(map(str, hand.desk.entries))


def test_the_letter_in_english(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "Fee refunded.")
    hand.press(dialog.tongue.segment("en"))
    hand.until(lambda: "Fee refunded." in text_of(dialog.preview.data))
    hand.until(lambda: "Reply" in text_of(dialog.preview.data))
    # What was typed stays, the law's paragraph follows the language.
    assert hand.field(dialog, "decision").value() == "Fee refunded."
    assert "30 days" in dialog.form.locked["remedies"].words.text()
    # What nobody wrote over follows the letter's language.
    assert not any(letter >= "\u4e00" for letter in str(dialog.form.values()["opening"]))


def test_a_model_answer_goes_where_the_cursor_stands(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    dialog.form.answers_wanted.emit("decision")
    picker = hand.dialog(AnswerPicker, dialog)
    picker.chosen.emit("谢谢您的提醒。")
    picker.reject()
    assert "谢谢您的提醒。" in str(hand.field(dialog, "decision").value())


def test_a_case_that_changed_meanwhile_is_shown_before_the_issue(
    qtbot: QtBot, desk: Desk, open_desk: Callable[..., ComplaintsWindow]
) -> None:
    case = desk.register()
    desk.run(Accept(case, "verified"))
    hand = Hand(qtbot, desk, open_desk())
    dialog = hand.editor("TS-02A")
    assert dialog.form.facts["matter"].words.text() == "理财到期收益与宣传不一致"
    desk.run(EditCase(case, matter=replace(WHAT, title="到期收益不符")))
    hand.press(dialog.issue_button)
    hand.press(hand.dialog(ConfirmDialog, dialog).confirm_button)
    told = "投诉刚有变化，内容已更新，请核对后再签发"
    hand.until(lambda: dialog.error.sentence.text() == told)
    assert dialog.form.facts["matter"].words.text() == "到期收益不符"
    assert hand.papers(case, OFFICER) == ()
    hand.issue(dialog)
    assert len(hand.papers(case, OFFICER)) == 1


def test_english_screen(hand: Hand) -> None:
    language().choose("en")
    dialog = hand.editor("TS-06")
    assert dialog.issue_button.text() == "Issue"
    assert dialog.lacking.sentence.text() == "All there: it can be issued"
    language().choose("zh")


def test_with_a_seal_the_letter_is_signed(hand: Hand) -> None:
    certificate = (files("resources") / "samples" / "test-seal.p12").read_bytes()
    hand.desk.run(KeepSeal(certificate, "test-seal"), HEAD)
    view = hand.issue(hand.editor("TS-06"))
    assert hand.papers(1)[0].signed
    assert b"/ByteRange" in view.preview.data


def test_a_character_that_no_face_has_is_told(hand: Hand) -> None:
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "向䶮先生致歉\U0001f60e。")
    assert dialog.lacking.unprintable.text() == "“\U0001f60e”没有字形，纸上印编码"
    assert dialog.lacking.unprintable.isVisible()
    hand.write(dialog, "decision", "向䶮先生致歉。")
    assert not dialog.lacking.unprintable.isVisible()
