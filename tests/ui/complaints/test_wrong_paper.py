"""One wrong input in what is written into a paper and in how it went out: said at its field, and
nothing that was typed is left out or cut off in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.complaints.desk import ADVISER, OFFICER, Desk
from tests.ui.complaints.papers import Hand
from ui.complaints.paper_delivery import DeliveryDialog
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import FieldEdit
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.papers.fields import TypedField, count_doubt, day_doubt, day_of, number_of
from ui.widgets.papers.rows import RowsEdit
from ui.widgets.stage import VBox

Open = Callable[..., ComplaintsWindow]


@pytest.fixture
def hand(qtbot: QtBot, desk: Desk, open_desk: Open) -> Hand:
    """The handler of a decided complaint at his desk."""
    desk.decided()
    return Hand(qtbot, desk, open_desk(ADVISER))


def error_of(field: TypedField) -> str:
    assert isinstance(field.control, FieldEdit)
    return field.control.error_text()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("２０２６．１．５", "2026-01-05"),
        (" 2026年1月5日\n", "2026-01-05"),
        ("2026 年 1 月 5 号", "2026-01-05"),
        ("2026-02-30", None),
        ("2026-11-20x", None),
        ("2026-11-20?", None),
        ("2026x11x20", None),
        ("1月5日", None),
        ("2026-W01-1", None),
        ("20260105", None),
    ],
)
def test_a_day_as_people_write_it(typed: str, day: str | None) -> None:
    if day is None:
        assert day_doubt(typed) == "日期请写成 2026-11-30 这样"
    else:
        assert (day_of(typed), day_doubt(typed)) == (day, "")


def test_a_number_as_people_write_it() -> None:
    assert (number_of("１２"), number_of(" 7 "), number_of("三")) == (12, 7, None)
    assert (count_doubt("三次"), count_doubt("")) == ("请写数字", "")


def test_what_cannot_be_read_is_not_left_out_of_the_paper(
    qtbot: QtBot, desk: Desk, open_desk: Open
) -> None:
    desk.investigated()
    hand = Hand(qtbot, desk, open_desk(OFFICER))
    dialog = hand.editor("TS-03")
    for key in ("to_unit", "contact_a", "contact_b"):
        hand.write(dialog, key, "理财室")
    hand.write(dialog, "urge_count", "两次")
    hand.press(dialog.issue_button)
    field = hand.field(dialog, "urge_count")
    assert error_of(field) == "请写数字"
    assert isinstance(field.control, FieldEdit)
    assert dialog.focusWidget() is field.control.edit
    assert dialog.findChild(ConfirmDialog) is None


def test_a_day_that_is_none_is_said_before_what_is_missing(
    qtbot: QtBot, desk: Desk, open_desk: Open
) -> None:
    desk.report(desk.investigated())
    hand = Hand(qtbot, desk, open_desk(ADVISER))
    dialog = hand.editor("TS-04")
    hand.write(dialog, "action_due", "下月底")
    hand.press(dialog.issue_button)
    assert error_of(hand.field(dialog, "action_due")) == "日期请写成 2026-11-30 这样"
    hand.write(dialog, "action_due", "2026/12/1")
    assert hand.field(dialog, "action_due").value() == "2026-12-01"
    hand.press(dialog.issue_button)
    assert "action_due" not in dialog.lacks()


def test_what_is_missing_is_listed_in_english(hand: Hand) -> None:
    language().choose("en")
    dialog = hand.editor("TS-06")
    hand.write(dialog, "decision", "")
    hand.write(dialog, "verified", "")
    hand.press(dialog.issue_button)
    assert "、" not in dialog.error.sentence.text()


def test_a_reason_too_long_stands_at_the_reason(hand: Hand) -> None:
    view = hand.issue(hand.editor("TS-06"))
    hand.press(view.correct_button)
    dialog = hand.ready(hand.dialog(PaperDialog))
    dialog.reason.set_text("因" * 201)
    hand.press(dialog.issue_button)
    hand.press(hand.dialog(ConfirmDialog, dialog).confirm_button)
    hand.until(lambda: dialog.reason.error_text() != "")
    assert dialog.reason.error_text() == "最多 200 个字，现在有 201 个"
    assert dialog.reason.text() == "因" * 201


def test_tab_goes_through_the_rows_and_on(qtbot: QtBot) -> None:
    page = QWidget()
    column = VBox(parent=page)
    before, rows, after = QLineEdit(), RowsEdit(["no", "what"]), QLineEdit()
    for part in (before, rows, after):
        column.addWidget(part)
    rows.set_words("证据", ["序号", "内容"])
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    rows.add_button.click()
    rows.add_button.click()
    rows.table.setCurrentCell(0, 0)
    rows.table.setFocus()
    for _cell in range(3):
        qtbot.keyClick(rows.table, Qt.Key.Key_Tab)
    assert (rows.table.currentRow(), rows.table.currentColumn()) == (1, 1)
    rows.table.editItem(rows.table.item(1, 1))
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "a")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    # A row of nothing but its number is none.
    assert rows.rows() == [{"no": "2", "what": "a"}]
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    assert rows.table.hasFocus()
    for _cell in range(3):
        qtbot.keyClick(rows.table, Qt.Key.Key_Backtab)
    assert (rows.table.currentRow(), rows.table.currentColumn()) == (0, 0)
    qtbot.keyClick(rows.table, Qt.Key.Key_Backtab)
    assert rows.drop_button.hasFocus()


# -- how it went out ------------------------------------------------------------------------------


def delivery(hand: Hand) -> DeliveryDialog:
    hand.press(hand.deed("deliver"))
    return hand.dialog(DeliveryDialog)


@pytest.mark.parametrize(
    ("mode", "spoil", "place", "told"),
    [
        ("in_person", {"receiver": " "}, "receiver", "当面交付请填写签收人"),
        (
            "in_person",
            {"receiver": "陈小梅", "received_on": "2026-11-21"},
            "received_on",
            "收到日期应在发出之后",
        ),
        (
            "in_person",
            {"receiver": "陈小梅", "received_on": "明天"},
            "received_on",
            "日期请写成 2026-11-20",
        ),
        ("in_person", {"receiver": "名" * 61}, "receiver", "最多 60 个字，现在有 61 个"),
        ("post", {}, "tracking", "请填写邮件单号"),
        ("post", {"tracking": "1" * 41}, "tracking", "最多 40 个字，现在有 41 个"),
        ("refused", {"witness_2": "李静"}, "witness_1", "拒收要写明两位见证人"),
        (
            "refused",
            {"witness_1": "李静", "witness_2": "李静"},
            "witness_2",
            "拒收要写明两位见证人",
        ),
    ],
)
def test_a_delivery_with_something_wrong(
    hand: Hand, mode: str, spoil: dict[str, str], place: str, told: str
) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    dialog = delivery(hand)
    dialog.mode.choose(frozenset())
    dialog.mode.tile(mode).click()
    for name, text in spoil.items():
        typed = dialog.fields[name]
        assert isinstance(typed, FieldEdit)
        typed.set_text(text)
    hand.press(dialog.confirm_button)
    field = dialog.fields[place]
    assert isinstance(field, FieldEdit)
    hand.until(lambda: field.error_text() != "")
    assert field.error_text().startswith(told)
    hand.until(lambda: dialog.focusWidget() is field.edit)
    assert hand.desk.state(1) == "decided"
    hand.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = delivery(hand)
    assert again.mode.code() == mode
    for name, text in spoil.items():
        kept = again.fields[name]
        assert isinstance(kept, FieldEdit)
        assert (kept.isVisible(), kept.text()) == (True, text)


@pytest.mark.parametrize(
    ("days", "told"), [(-1, "答复时间不能早于 2026-11-20"), (1, "答复时间不能晚于现在")]
)
def test_a_delivery_before_the_issue_or_to_come(hand: Hand, days: int, told: str) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    dialog = delivery(hand)
    dialog.day.edit.setDate(dialog.day.edit.date().addDays(days))
    hand.press(dialog.confirm_button)
    hand.until(dialog.day.error.isVisible)
    assert dialog.day.error.sentence.text() == told
    assert hand.desk.state(1) == "decided"


def test_a_day_of_receipt_as_people_write_it(hand: Hand) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    dialog = delivery(hand)
    dialog.receiver.set_text("陈小梅")
    dialog.received_on.set_text("２０２６/11/20")
    hand.press(dialog.confirm_button)
    hand.until(lambda: hand.desk.state(1) == "replied")
    assert hand.papers(1)[0].deliveries[0].received_on == "2026-11-20"


def test_the_third_try_in_vain_is_the_reply(hand: Hand) -> None:
    hand.issue(hand.editor("TS-06")).reject()
    for count in (1, 2, 3):
        dialog = delivery(hand)
        dialog.mode.tile("not_reached").click()
        hand.press(dialog.confirm_button)
        hand.until(lambda count=count: len(hand.papers(1)[0].deliveries) == count)
        assert hand.desk.state(1) == ("replied" if count == 3 else "decided")
