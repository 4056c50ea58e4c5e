"""Pieces of the papers' editor: word by word differences, typed fields, the preview."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from branch.kernel.errors import RuleBroken
from branch.papers.form import Field
from ui.widgets.paper_preview import EVERY_MS, PaperPreview
from ui.widgets.papers.changes import ChangeLabel, word_changes
from ui.widgets.papers.fields import TypedField, count_doubt, day_doubt
from ui.widgets.papers.rows import RowsEdit


def pdf(pages: int = 1) -> bytes:
    canvas = Canvas("")
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    return bytes(canvas.getpdfdata())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("向客户致歉。", "向客户书面致歉。", "加上：书面"),
        ("退还 30 元。", "退还 50 元。", "删去：30；加上：50"),
        ("Refund of 30 yuan", "Refund of 30 yuan", ""),
        ("", "全部退还", "加上：全部退还"),
    ],
)
def test_differences_are_told_by_words(qtbot: QtBot, before: str, after: str, said: str) -> None:
    label = ChangeLabel()
    qtbot.addWidget(label)
    label.show_changes(before, after)
    assert label.spoken() == said
    pieces = word_changes(before, after)
    assert "".join(one.text for one in pieces if one.kind != "new") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after


def test_a_difference_is_no_matter_of_colour_alone(qtbot: QtBot) -> None:
    label = ChangeLabel()
    qtbot.addWidget(label)
    label.show_changes("退还<30>元", "退还<50>元")
    assert "line-through" in label.text()
    assert "underline" in label.text()
    assert "&lt;" in label.text()


def test_days_and_numbers_as_typed() -> None:
    assert day_doubt("2026-11-30") == day_doubt("") == ""
    assert day_doubt("30.11.2026") == day_doubt("20261130") == "日期请写成 2026-11-30 这样"
    assert count_doubt("3") == count_doubt(" ") == ""
    assert count_doubt("三") == count_doubt("1234567") == "请写数字"


@pytest.mark.parametrize(
    ("kind", "value", "empty"),
    [
        ("text", "湖滨路支行", ""),
        ("long", "一行\n两行", ""),
        ("day", "2026-11-30", ""),
        ("count", 2, None),
        ("yes", True, None),
        ("code", "urge", ""),
    ],
)
def test_a_typed_field_gives_back_what_it_was_given(
    qtbot: QtBot, kind: str, value: object, empty: object
) -> None:
    choices = [("transfer", "转办"), ("urge", "催办")]
    field = TypedField(Field("x", kind, required=True, typed=True), {"": "办理"}, choices)
    qtbot.addWidget(field)
    field.show()
    told: list[bool] = []
    field.changed.connect(lambda: told.append(True))
    assert field.value() == empty
    field.set_value(value)  # type: ignore[arg-type]
    assert field.value() == value
    # Filled in by the program: nobody has typed.
    assert told == []


def test_rows_are_added_written_and_taken_away(qtbot: QtBot) -> None:
    edit = RowsEdit(("no", "type", "source"))
    edit.set_words("证据清单", ["序号", "种类", "来源"])
    qtbot.addWidget(edit)
    edit.resize(480, 200)
    edit.show()
    edit.set_rows([{"no": "1", "type": "录像", "source": "大堂"}])
    qtbot.mouseClick(edit.add_button, Qt.MouseButton.LeftButton)
    item = edit.table.item(1, 1)
    assert item is not None
    with qtbot.waitSignal(edit.changed):
        item.setText("凭证")
    assert edit.rows() == [
        {"no": "1", "type": "录像", "source": "大堂"},
        {"no": "2", "type": "凭证", "source": ""},
    ]
    edit.table.setCurrentCell(0, 0)
    qtbot.mouseClick(edit.drop_button, Qt.MouseButton.LeftButton)
    assert [row["type"] for row in edit.rows()] == ["凭证"]


def test_a_long_field_grows_with_its_words(qtbot: QtBot) -> None:
    field = TypedField(Field("x", "long", typed=True), {"": "核查情况"}, [])
    qtbot.addWidget(field)
    field.resize(400, 300)
    field.show()
    edit = field.findChild(QPlainTextEdit)
    assert edit is not None
    before = edit.height()
    field.set_value("一\n二\n三\n四\n五")
    qtbot.waitUntil(lambda: edit.height() > before)
    qtbot.waitUntil(lambda: not edit.verticalScrollBar().isVisible())


def test_the_newest_wins_and_none_is_made_too_often(qtbot: QtBot) -> None:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 700)
    preview.show()
    assert preview.page.whole_text() == "正在生成预览"
    made: list[int] = []

    def make(number: int) -> bytes:
        made.append(number)
        return pdf(number)

    preview.show_soon(lambda: make(1))
    qtbot.waitUntil(lambda: preview.pages() == 1)
    for number in (2, 3, 4):
        preview.show_soon(lambda number=number: make(number))
    qtbot.waitUntil(lambda: preview.pages() == 4, timeout=EVERY_MS * 4)
    # Those that were stale by then were never made.
    assert made == [1, 4]
    preview.to_page(3)
    qtbot.waitUntil(lambda: preview.page.whole_text() == "第 3 页 共 4 页")


def test_the_place_stays_when_it_is_made_anew(qtbot: QtBot) -> None:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 700)
    preview.show()
    preview.show_bytes(pdf(4))
    bar = preview.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(400)
    preview.show_bytes(pdf(4))
    assert bar.value() == 400


def test_what_cannot_be_made_is_told(qtbot: QtBot) -> None:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.show()

    def fail() -> bytes:
        raise RuleBroken("file_damaged")

    preview.show_soon(fail)
    qtbot.waitUntil(lambda: preview.page.whole_text() not in ("", "正在生成预览"))
    preview.show_bytes(b"no pdf")
    assert preview.page.whole_text() == "这份文件打不开"
