"""Who sits there: shown whole for a reason, and the case he comes with, found in mid-session."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.people.commands import BreakGlass
from branch.rooms.commands.linking import LinkSession
from branch.rooms.commands.talk import AddPromise
from tests.complaints.desk import ADVISER, GUARD, OFFICER, Desk
from tests.ui.rooms.conftest import Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from ui.rooms.link_dialog import LinkDialog
from ui.rooms.window import RoomWindow
from ui.shell.language import language
from ui.widgets.dialog import ReasonDialog
from ui.widgets.reveal_row import RevealRow


def reveal(qtbot: QtBot, window: RoomWindow, key: str) -> RevealRow:
    """Ask for a value whole, to reach the customer."""
    row = window.page.customer.reveals[key]
    row.button.repeat_guard = False
    click(row.button)
    dialog = dialog_of(qtbot, window, ReasonDialog)
    click(dialog.tile("contact"))
    click(dialog.confirm_button)
    return row


def test_everybody_in_the_room_is_shown_whole(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms()
    row = window.page.customer.reveals["name"]
    assert row.value.whole_text() == "陈*梅"
    reveal(qtbot, window, "name")
    qtbot.waitUntil(lambda: row.value.whole_text() == "陈小梅")
    assert window.page.customer.reveals["name"].others.text() == "陈晓，陪同"  # type: ignore[attr-defined]
    entry = talk.desk.last
    assert (entry.what, entry.data["reason"]) == ("room_session.revealed", "contact")
    row.cover()
    assert row.value.whole_text() == "陈*梅"
    assert not row.others.isVisible()  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_number_shown_whole_is_not_cut(
    qtbot: QtBot, open_rooms: Open, talk: Talk, code: str
) -> None:
    language().choose(code)
    window = open_rooms()
    window.resize(1280, 800)
    row = reveal(qtbot, window, "phone")
    qtbot.waitUntil(lambda: row.value.whole_text() == "13812345172")
    qtbot.waitUntil(lambda: row.value.text() == "13812345172")
    qtbot.waitUntil(lambda: row.value.geometry().right() < row.button.geometry().left())


def test_whose_case_it_is_where_another_sits_there(open_rooms: Open, desk: Desk) -> None:
    Talk(desk, desk.register(who={"name": "周建军"}))
    customer = open_rooms().page.customer
    assert customer.reveals["name"].value.whole_text() == "陈*梅"
    assert customer.reveals["complainant"].value.whole_text() == "周*军"
    assert customer.reveals["complainant"].isVisible()


def test_others_break_the_glass(qtbot: QtBot, open_rooms: Open, talk: Talk) -> None:
    window = open_rooms(GUARD)
    reveal(qtbot, window, "name")
    qtbot.waitUntil(window.reveal.isVisible)
    assert window.reveal.button.text() == "紧急查看"
    talk.desk.run(BreakGlass("medical", "客户晕倒"), GUARD)
    row = reveal(qtbot, window, "name")
    qtbot.waitUntil(lambda: row.value.whole_text() == "陈小梅")
    assert talk.desk.last.data["by_glass"] is True


def asked(qtbot: QtBot, window: RoomWindow) -> LinkDialog:
    """The question which case it is, answered once."""
    click(window.page.customer.link_button)
    dialog = dialog_of(qtbot, window, LinkDialog)
    qtbot.waitUntil(lambda: not dialog.asking.under_way)
    return dialog


def test_a_case_is_linked_in_mid_session(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    complaint = desk.investigated()
    talk = Talk(desk)
    window = open_rooms()
    assert not window.page.customer.unlink_button.isVisible()
    assert window.page.work.file_button.toolTip() == "先登记或关联投诉，才能存照片"
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: list(dialog.tiles) == [complaint])
    assert dialog.tiles[complaint].content().second == "陈*梅，与客户同名，11月20日收到，调查中"
    click(dialog.confirm_button)
    assert dialog.part.error.sentence.text() == "请先选一件投诉"
    qtbot.waitUntil(dialog.tiles[complaint].hasFocus)
    click(dialog.tiles[complaint])
    assert dialog.part.error.sentence.text() == ""
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: talk.view().line.complaint == complaint)
    qtbot.waitUntil(lambda: "理财到期" in window.top.subtitle.whole_text())
    assert window.page.promises.add_button.isEnabled()
    assert window.page.work.file_button.toolTip() == ""
    (toast,) = window.toaster.toasts()
    assert "已关联 TS-" in toast.accessibleName()
    # Nothing is promised yet, so it can be taken back, by the bar or later by the card.
    click(window.page.customer.unlink_button)
    qtbot.waitUntil(lambda: talk.view().line.complaint is None)
    qtbot.waitUntil(window.page.customer.link_button.isVisible)
    assert not window.page.customer.unlink_button.isVisible()


def test_the_link_is_taken_back_at_the_bar(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    complaint = desk.register()
    talk = Talk(desk)
    window = open_rooms()
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: list(dialog.tiles) == [complaint])
    click(dialog.tiles[complaint])
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: talk.view().line.complaint == complaint)
    # The bar comes after the store has been told.
    qtbot.waitUntil(window.toaster.undo_last)
    qtbot.waitUntil(lambda: talk.view().line.complaint is None)


def test_once_something_is_promised_it_stays(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    talk = Talk(desk)
    desk.run(LinkSession(talk.id, desk.register()))
    window = open_rooms()
    assert window.page.customer.unlink_button.isVisible()
    desk.run(AddPromise(talk.id, "出具书面答复", desk.staff(OFFICER), desk.today))
    qtbot.waitUntil(lambda: not window.page.customer.unlink_button.isVisible())


def test_any_case_is_found_by_its_number(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    desk.register()
    other = desk.register(who={"name": "周建军", "phone": "13700001111"})
    Talk(desk)
    window = open_rooms()
    dialog = asked(qtbot, window)
    type_in(dialog.box, "０００２")
    QTest.keyClick(dialog.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(dialog.tiles) == [other])
    assert dialog.isVisible()
    # Somebody else registers one that fits: it is there.
    type_in(dialog.box, "不对")
    qtbot.waitUntil(dialog.empty.isVisible)
    assert dialog.empty.text() == "没有找到。请核对编号，或返回登记新的投诉。"
    QTest.keyClick(dialog.box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(dialog.tiles) == 1)
    assert dialog.isVisible()


def test_a_case_one_of_the_two_keeps_away_from(qtbot: QtBot, open_rooms: Open, desk: Desk) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(ADVISER)}))
    Talk(desk)
    window = open_rooms()
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: list(dialog.tiles) == [complaint])
    click(dialog.tiles[complaint])
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.part.error.sentence.text()))
    assert "需要回避，请由其他同事接待" in dialog.part.error.sentence.text()
    assert dialog.tiles[complaint].isChecked()
