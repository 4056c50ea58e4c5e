"""Today's reception records and the follow-ups: due first, corrected, shown in full, finished."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branch.visitors.commands.reception import RecordReception
from branch.visitors.queries.reception import open_follow_ups, receptions_of_day
from tests.ui.lobby.conftest import Lobby, at
from ui.lobby.reception_dialog import ReceptionDialog
from ui.lobby.reception_list_dialog import DUE, ReceptionListDialog
from ui.lobby.window import LobbyWindow
from ui.widgets.dialog import ReasonDialog

DAY = "2026-11-20"


def note(lobby: Lobby, by: str = "100301", **more: Any) -> int:
    return int(lobby._run(by, "lobby", RecordReception(None, "P01", **more)))


def call(lobby: Lobby, day: str = "2026-11-23", **more: Any) -> int:
    return note(
        lobby, follow_up="answer", follow_by=day, surname="周", title="mr", phone="13812345172",
        notice=1, told_at=lobby.clock.now_ms(), **more,
    )  # fmt: skip


def opened(lobby: Lobby, console: LobbyWindow, page: str = "today") -> ReceptionListDialog:
    console.receptions.show_list(page)
    dialog = lobby.dialog(console, ReceptionListDialog)
    lobby.until(lambda: not dialog.asking.under_way)
    return dialog


def test_an_empty_day_says_how_to_begin(lobby: Lobby, console: LobbyWindow) -> None:
    dialog = opened(lobby, console)
    assert dialog.empty.title.text() == "今天还没有接待记录"
    lobby.press(dialog.choice.segment(DUE))
    assert dialog.empty.title.text() == "现在没有要回访的客户"


def test_today_the_newest_first_and_whole_at_the_right(lobby: Lobby, console: LobbyWindow) -> None:
    note(lobby, advice=frozenset({"mobile"}), feedback="praise", feedback_text="打 13812345172")
    lobby.clock.advance(60)
    call(lobby, note="带流水")
    dialog = opened(lobby, console)
    assert dialog.rows.sentences() == [
        "09:01，个人存款，11月23日 星期一前回访",
        "09:00，个人存款，表扬，手机银行",
    ]
    detail = dialog.detail
    assert detail.due.text() == "回访：给答复，11月23日 星期一前"
    assert detail.contact.text() == "周先生 138****5172"
    assert detail.told.text() == "11月20日 星期五 09:01 已告知，告知第 1 版"
    QTest.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert detail.feedback.text() == "表扬：打 ****"
    assert not detail.contact.isVisible()
    assert detail.facts.text() == "11月20日 星期五 09:00，李静 记"


def test_due_first_and_overdue_marked(lobby: Lobby, console: LobbyWindow) -> None:
    call(lobby, "2026-11-25")
    call(lobby, "2026-11-21")
    lobby.clock.set(at(9, 0) + 2 * 24 * 3_600_000)
    call(lobby, "2026-11-22")
    dialog = opened(lobby, console, DUE)
    assert dialog.rows.sentences() == [
        "11-21，给答复，已过日期，个人存款，周先生，138****5172",
        "11-22，给答复，今天到期，个人存款，周先生，138****5172",
        "11-25，给答复，个人存款，周先生，138****5172",
    ]
    assert [line.wrong for line in dialog.rows.rows.lines] == [True, False, False]
    assert dialog.detail.due.text().endswith("已过日期")
    assert not dialog.detail.button("change").isVisible()


def test_the_number_shows_for_fifteen_seconds_with_a_reason(
    lobby: Lobby, console: LobbyWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = call(lobby)
    dialog = opened(lobby, console, DUE)
    detail = dialog.detail
    lobby.press(detail.button("reveal"))
    why = lobby.dialog(dialog, ReasonDialog)
    lobby.press(why.tile("contact"))
    lobby.press_by_key(why.confirm_button)
    lobby.until(lambda: detail.contact.text() == "周先生 13812345172")
    assert detail.told.text() == "完整号码 15 秒后隐去，已记入流水"
    assert not detail.button("reveal").isVisible()
    (entry,) = lobby.facts("reception.revealed")
    assert (entry.subject, entry.data["reason"]) == (str(identity), "contact")
    for _ in range(14):
        detail._second.timeout.emit()
    assert detail.told.text() == "完整号码 1 秒后隐去，已记入流水"
    detail._second.timeout.emit()
    assert detail.contact.text() == "周先生 138****5172"


def test_another_row_hides_the_number(lobby: Lobby, console: LobbyWindow) -> None:
    call(lobby, "2026-11-22")
    call(lobby, "2026-11-23")
    dialog = opened(lobby, console, DUE)
    dialog.detail.show_full("13812345172")
    QTest.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert dialog.detail.contact.text() == "周先生 138****5172"
    QTest.keyClick(dialog.rows, Qt.Key.Key_Up)
    assert dialog.detail.contact.text() == "周先生 138****5172"


def test_a_follow_up_is_finished_with_its_outcome(lobby: Lobby, console: LobbyWindow) -> None:
    call(lobby)
    dialog = opened(lobby, console, DUE)
    lobby.press(dialog.detail.button("finish"))
    how = lobby.dialog(dialog, ReasonDialog)
    lobby.press(how.tile("came"))
    lobby.press_by_key(how.confirm_button)
    lobby.until(dialog.empty.isVisible)
    assert open_follow_ups(lobby.other.store) == ()
    lobby.press(dialog.choice.segment("today"))
    assert dialog.detail.due.text() == "回访：给答复，客户已到店"
    assert not dialog.detail.button("reveal").isVisible()
    assert not dialog.detail.button("change").isVisible()


def test_its_writer_corrects_and_the_contact_stays(lobby: Lobby, console: LobbyWindow) -> None:
    call(lobby, note="打 13812345172", feedback="praise", feedback_text="谢谢")
    dialog = opened(lobby, console)
    lobby.press(dialog.detail.button("change"))
    form = lobby.dialog(dialog, ReceptionDialog)
    lobby.until(lambda: bool(form.form.needs.offered()))
    assert form.form.note.text() == "打 13812345172"
    assert form.form.words.toPlainText() == "谢谢"
    assert form.form.follow_up.no_matter.text() == "已记下：周先生 138****5172。要改才需重新填写。"
    form.form.note.edit.setText("带流水")
    lobby.press(form.form.feedback.tile("suggestion"))
    lobby.press(form.keep_button)
    lobby.until(lambda: dialog.detail.note.text() == "带流水")
    (told,) = receptions_of_day(lobby.other.store, DAY)
    assert (told.feedback, told.phone, told.notice) == ("suggestion", "138****5172", 1)


def test_a_colleague_s_record_is_only_read(lobby: Lobby, console: LobbyWindow) -> None:
    note(lobby, by="100302")
    dialog = opened(lobby, console)
    assert not dialog.detail.button("change").isVisible()
    assert not dialog.detail.button("withdraw").isVisible()


def test_taken_back_from_the_list(lobby: Lobby, console: LobbyWindow) -> None:
    note(lobby)
    dialog = opened(lobby, console)
    lobby.press(dialog.detail.button("withdraw"))
    lobby.until(dialog.empty.isVisible)
    lobby.until_told(console, "接待记录已撤回")


def test_what_a_colleague_does_shows_at_once(lobby: Lobby, console: LobbyWindow) -> None:
    dialog = opened(lobby, console)
    note(lobby, by="100302")
    lobby.until(lambda: len(dialog.rows.sentences()) == 1)
    assert not dialog.empty.isVisible()


def test_from_the_form_to_the_lists(lobby: Lobby, console: LobbyWindow) -> None:
    QTest.keyClick(console, Qt.Key.Key_F4)
    form = lobby.dialog(console, ReceptionDialog)
    lobby.press(form.list_button)
    lobby.dialog(console, ReceptionListDialog)
