"""Model answers: found by reason and words, read in two languages, inserted, and written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answers import CountUse, RetireAnswer
from branch.complaints.queries.answers import model_answer, shipped_answers
from tests.complaints.desk import OFFICER, TELLER, Desk
from tests.ui.complaints.care import Care
from ui.complaints.answer_dialog import AnswerDialog
from ui.complaints.answer_picker import AnswerPicker
from ui.complaints.answers_page import AnswersPage
from ui.shell.language import language
from ui.shell.station import Station


@pytest.fixture
def care(qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]) -> Care:
    """A window with nothing in it, beside the desk."""
    return Care(qtbot, desk, station_for)


def picker(care: Care, reason: str = "pricing") -> AnswerPicker:
    dialog = AnswerPicker(care.window, care.station(), reason)
    dialog.chosen.connect(care.said.append)
    dialog.open()
    care.until(lambda: dialog.finder.list.rows.rowCount() > 0)
    return dialog


def page(care: Care, by: str = OFFICER) -> AnswersPage:
    shown = care.show(AnswersPage(care.station(by)))
    shown.resize(1150, 760)
    shown.said.connect(care.said.append)
    care.until(lambda: shown.finder.list.rows.rowCount() > 0)
    return shown


def used(care: Care, code: str) -> int:
    answer = model_answer(care.desk.store, code)
    assert answer is not None
    return answer.used


# -- inserting ----------------------------------------------------------------------------------


def test_the_words_go_to_the_field_and_are_counted(care: Care) -> None:
    dialog = picker(care)
    assert dialog.finder.list.titles() == ["信用卡年费", "收费有异议"]
    assert dialog.finder.title.text() == "信用卡年费"
    dialog.finder.list.step(1)
    assert dialog.finder.words.toPlainText() == shipped_answers()["pricing-1"].zh
    care.press(dialog.use_button)
    care.until(lambda: care.said == [shipped_answers()["pricing-1"].zh])
    assert used(care, "pricing-1") == 1


def test_in_english_for_an_english_reader(care: Care) -> None:
    dialog = picker(care)
    care.press(dialog.finder.tongue.segment("en"))
    care.press(dialog.use_button)
    care.until(lambda: care.said == [shipped_answers()["pricing-2"].en])


def test_the_keyboard_finds_goes_down_and_takes(care: Care, qtbot: QtBot) -> None:
    dialog = picker(care, "")
    search = dialog.finder.search
    care.until(search.hasFocus)
    assert len(dialog.finder.list.titles()) == len(shipped_answers())
    care.write(search, "第四十四条")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    care.until(lambda: dialog.finder.list.titles() == ["个人信息被查询或泄露的疑问"])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    care.until(lambda: care.said == [shipped_answers()["data_safety-1"].zh])


def test_nothing_found_says_so(care: Care) -> None:
    dialog = picker(care)
    care.write(dialog.finder.search, "诈骗")
    care.until(dialog.finder.empty.isVisible)
    assert dialog.finder.empty.title.text() == "没有符合的参考答复"
    assert not dialog.use_button.isEnabled()


def test_retired_meanwhile_is_said(care: Care) -> None:
    dialog = picker(care)
    code = dialog.finder.answer()
    assert code is not None
    # The list has not heard of it yet.
    dialog.finder.asking.under_way = True
    care.desk.run(RetireAnswer(code.code))
    care.press(dialog.use_button)
    care.until(lambda: dialog.error.sentence.text() != "")
    assert dialog.error.sentence.text() == "这条参考答复刚刚变了，请看最新内容"
    assert care.said == []


# -- the page -----------------------------------------------------------------------------------


def test_the_page_shows_every_reason(care: Care) -> None:
    shown = page(care)
    assert shown.finder.reason.count() == 14
    shown.finder.reason.choose("returns")
    shown.finder.reason.activated.emit(shown.finder.reason.currentIndex())
    assert shown.finder.list.titles() == ["利息计算", "收益与业绩比较基准不同"]
    assert shown.finder.note.text() == "产品收益  程序自带"


def test_use_is_seen_and_sorts(care: Care) -> None:
    for _ in range(3):
        care.desk.run(CountUse("returns-1"), TELLER)
    shown = page(care)
    shown.finder.reason.choose("returns")
    shown.finder.reason.activated.emit(0)
    assert shown.finder.list.titles()[0] == "收益与业绩比较基准不同"
    care.until(lambda: shown.finder.note.text().endswith("用过 3 次"))


def test_the_desk_adds_one(care: Care) -> None:
    shown = page(care)
    care.press(shown.add_button)
    dialog = care.window.findChild(AnswerDialog)
    assert dialog is not None
    dialog.reason.combo.choose("other")
    care.write(dialog.title_zh.edit, "存单挂失")
    care.write(dialog.title_en.edit, "A lost deposit slip")
    care.write(dialog.en.edit, "Thank you. 〔findings〕")
    care.send(dialog)
    assert dialog.zh.error_text() != ""
    care.write(dialog.zh.edit, "感谢您的反映。〔核实情况〕")
    care.send(dialog)
    assert care.said == ["已新增参考答复"]
    care.until(lambda: "存单挂失" in shown.finder.list.titles())


def test_the_desk_changes_and_retires(care: Care) -> None:
    shown = page(care)
    answer = shown.finder.answer()
    assert answer is not None
    care.press(shown.change_button)
    dialog = care.window.findChild(AnswerDialog)
    assert dialog is not None
    assert (dialog.zh.text(), dialog.reason.isEnabled()) == (answer.zh, False)
    dialog.zh.set_text("感谢您的反映。〔核实情况〕")
    care.send(dialog)
    assert care.said == ["已修改参考答复"]
    care.until(lambda: shown.finder.words.toPlainText() == "感谢您的反映。〔核实情况〕")
    assert "本网点写的" in shown.finder.note.text()
    care.press(shown.retire_button)
    care.until(lambda: care.said[-1] == "已停用参考答复")
    care.until(lambda: shown.retire_button.text() == "恢复使用")
    shown.retire_button.repeat_guard = False
    care.press(shown.retire_button)
    care.until(lambda: shown.retire_button.text() == "停用")


def test_others_read_only(care: Care) -> None:
    care.desk.run(RetireAnswer("other-1"))
    shown = page(care, TELLER)
    for button in (shown.add_button, shown.change_button, shown.retire_button):
        assert not button.isVisible()
    assert "通用：已核实并处理" not in shown.finder.list.titles()


def test_english(care: Care) -> None:
    shown = page(care)
    language().choose("en")
    care.until(lambda: shown.title.text() == "Answers")
    assert "A long wait" in shown.finder.list.titles()
    assert shown.finder.note.text().startswith("Attitude and service  Comes with the program")
