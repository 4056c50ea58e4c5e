"""The reception record at the console: written with few presses, kept on any error, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branch.kernel.errors import StoreUnavailable
from branch.visitors.commands.notices import ChangeNotice
from branch.visitors.commands.reception import RecordReception
from branch.visitors.queries.reception import Reception, receptions_of_day
from tests.ui.lobby.conftest import Lobby, at
from ui.lobby.reception_dialog import ReceptionDialog
from ui.lobby.ticket_dialog import TicketDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language

DAY = "2026-11-20"
NOTICE = "不留电话不影响办理业务。"


def records(lobby: Lobby) -> tuple[Reception, ...]:
    return receptions_of_day(lobby.other.store, DAY)


def kept(lobby: Lobby) -> Reception:
    lobby.until(lambda: len(records(lobby)) == 1)
    return records(lobby)[0]


def ready(lobby: Lobby, console: LobbyWindow) -> ReceptionDialog:
    dialog = lobby.dialog(console, ReceptionDialog)
    lobby.until(lambda: bool(dialog.form.needs.offered()))
    return dialog


@pytest.fixture
def form(lobby: Lobby, console: LobbyWindow, qtbot: object) -> ReceptionDialog:
    """The form of somebody without a ticket, opened by its key."""
    QTest.keyClick(console, Qt.Key.Key_F4)
    return ready(lobby, console)


def test_five_keys_are_enough(lobby: Lobby, console: LobbyWindow, form: ReceptionDialog) -> None:
    """F4, the third need, to the advice, choose it, keep: well under twenty seconds."""
    third = form.form.needs.offered()[2]
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_3)
    assert form.form.needs.code() == third
    form.form.advice.focus_first()
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    told = kept(lobby)
    assert (told.service, told.advice, told.feedback) == (third, ("explained",), "none")
    assert (told.ticket, told.follow_up, told.phone) == (None, "", "")
    lobby.until_told(console, "接待记录已记下")


def test_from_a_ticket_its_service_is_proposed(lobby: Lobby, console: LobbyWindow) -> None:
    ticket = lobby.issue("cards")
    lobby.until(lambda: console.acts.picture.ticket(ticket.id) is not None)
    console.acts.open_ticket(ticket.id)
    lobby.press(lobby.dialog(console, TicketDialog).button("reception"))
    dialog = ready(lobby, console)
    service = lobby.waiting()[0].service
    assert dialog.form.needs.offered()[0] == service
    assert dialog.form.noted().service == service
    assert not dialog.number.isVisible()
    lobby.press(dialog.form.advice.tile("documents"))
    lobby.press(dialog.keep_button)
    told = kept(lobby)
    assert (told.ticket, told.number, told.service) == (ticket.id, ticket.number, service)


def test_the_number_of_a_ticket_links_it(lobby: Lobby, form: ReceptionDialog) -> None:
    ticket = lobby.issue("cash")
    form.number.edit.setText("a999")
    lobby.press(form.keep_button)
    lobby.until(lambda: form.number.error_text() == "今天没有这个号")
    form.number.edit.setText(f" {ticket.number.lower()} ")
    lobby.until(form.keep_button.isEnabled)
    lobby.press_by_key(form.keep_button)
    assert kept(lobby).ticket == ticket.id


def test_the_most_usual_need_comes_first(lobby: Lobby, console: LobbyWindow) -> None:
    for service in ("P16", "P05", "P16"):
        lobby.manager(RecordReception(None, service))
    lobby.press(console.top.record_button)
    offered = ready(lobby, console).form.needs.offered()
    assert offered[:2] == ("P16", "P05")
    assert len(offered) == 8


def test_any_service_or_none_can_be_the_need(lobby: Lobby, form: ReceptionDialog) -> None:
    combo = form.form.all_services
    combo.setCurrentIndex(combo.findData("S09"))
    combo.activated.emit(combo.currentIndex())
    assert form.form.needs.code() == ""
    assert form.form.noted().service == "S09"
    assert combo.itemText(0) == "问询或其他"
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert form.form.noted().service == ""


def test_no_contact_before_the_notice_is_read_out(lobby: Lobby, form: ReceptionDialog) -> None:
    follow_up = form.form.follow_up
    assert not follow_up.phone.isVisible()
    lobby.press(follow_up.wanted)
    assert follow_up.kinds.code() == "answer"
    assert follow_up.words.text().endswith(NOTICE)
    assert not follow_up.phone.isEnabled()
    assert not follow_up.surname.isEnabled()
    assert follow_up.no_matter.text() == "客户不想留也可以，照常办理，下面不用填。"
    lobby.press(form.keep_button)
    told = kept(lobby)
    assert (told.follow_up, told.follow_by) == ("answer", "2026-11-23")
    assert (told.phone, told.notice, told.told_at) == ("", None, None)


def test_told_then_called_back(lobby: Lobby, form: ReceptionDialog) -> None:
    follow_up = form.form.follow_up
    lobby.press(follow_up.wanted)
    lobby.press(follow_up.told)
    assert follow_up.surname.edit.hasFocus()
    follow_up.surname.edit.insert("吴")
    follow_up.title.choose("ms")
    lobby.qtbot.keyClicks(follow_up.phone.edit, "13812345172")
    lobby.press(follow_up.kinds.tile("documents"))
    lobby.press(form.keep_button)
    told = kept(lobby)
    assert (told.follow_up, told.surname, told.title) == ("documents", "吴", "ms")
    assert told.phone == "138****5172"
    assert (told.notice, told.told_at) == (1, lobby.clock.now_ms())


def test_the_tick_taken_back_leaves_the_contact_away(lobby: Lobby, form: ReceptionDialog) -> None:
    follow_up = form.form.follow_up
    lobby.press(follow_up.wanted)
    lobby.press(follow_up.told)
    follow_up.phone.edit.setText("13812345172")
    lobby.press(follow_up.told)
    lobby.press(form.keep_button)
    told = kept(lobby)
    assert (told.follow_up, told.phone, told.notice) == ("answer", "", None)


def test_doubts_warn_and_never_block(lobby: Lobby, form: ReceptionDialog) -> None:
    follow_up = form.form.follow_up
    lobby.press(form.form.feedback.tile("suggestion"))
    form.form.words.setPlainText("打 13812345172")
    assert form.form.words_doubt.sentence.text() == "好像有电话或证件号码，汇总时会隐去，请尽量不写"
    lobby.press(follow_up.wanted)
    lobby.press(follow_up.told)
    follow_up.surname.edit.setText("周建军")
    follow_up.phone.edit.setFocus()
    assert follow_up.doubt.sentence.text() == "只记姓氏就够了，请再核对"
    follow_up.surname.edit.setText("周")
    assert not follow_up.doubt.isVisible()
    follow_up.phone.edit.setText("1381234")
    follow_up.surname.edit.setFocus()
    assert follow_up.doubt.code == "doubt_mobile"
    assert form.keep_button.isEnabled()
    lobby.press(form.keep_button)
    told = kept(lobby)
    assert (told.phone, told.feedback_text) == ("****34", "打 ****")


def test_a_dissatisfied_customer_is_offered_the_room(lobby: Lobby, form: ReceptionDialog) -> None:
    assert not form.form.room_button.isVisible()
    lobby.press(form.form.feedback.tile("dissatisfied"))
    lobby.press(form.form.room_button)
    assert not form.form.room_button.isVisible()
    lobby.press(form.keep_button)
    told = kept(lobby)
    assert (told.feedback, told.advice) == ("dissatisfied", ("room",))


def test_what_was_typed_stays_when_the_store_is_away(
    lobby: Lobby, form: ReceptionDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(owner: object, command: object, then: object, failed: Callable[..., None]) -> None:
        failed(StoreUnavailable("store_unreachable"))

    lobby.press(form.form.feedback.tile("praise"))
    form.form.words.setPlainText("小王很好")
    form.form.note.edit.setText("急事")
    with monkeypatch.context() as lost:
        lost.setattr(form._station, "run", away)
        lobby.press(form.keep_button)
        assert form.error.sentence.text()
    assert form.isVisible()
    assert form.form.words.toPlainText() == "小王很好"
    assert form.form.note.text() == "急事"
    lobby.press_by_key(form.keep_button)
    assert (kept(lobby).feedback_text, kept(lobby).note) == ("小王很好", "急事")


def test_a_notice_changed_meanwhile_stays_what_was_read(
    lobby: Lobby, form: ReceptionDialog
) -> None:
    follow_up = form.form.follow_up
    lobby.press(follow_up.wanted)
    lobby.press(follow_up.told)
    follow_up.phone.edit.setText("13812345172")
    lobby._run("100201", "admin", ChangeNotice("reception", "保存 {days} 天", "kept {days} days"))
    lobby.press(form.keep_button)
    assert kept(lobby).notice == 1


def test_a_record_just_kept_can_be_taken_back(
    lobby: Lobby, console: LobbyWindow, form: ReceptionDialog
) -> None:
    lobby.press(form.keep_button)
    lobby.until_told(console, "接待记录已记下")
    lobby.press(console.toaster.toasts()[-1].undo_button)
    lobby.until_told(console, "接待记录已撤回")
    assert records(lobby) == ()


def test_fields_for_people_propose_nothing(form: ReceptionDialog) -> None:
    follow_up = form.form.follow_up
    for edit in (follow_up.surname.edit, follow_up.phone.edit):
        assert edit.completer() is None
        assert edit.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText
        assert edit.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


@pytest.mark.parametrize("speech", ["zh", "en"])
def test_it_fits_the_smallest_window_at_its_largest(
    lobby: Lobby, show_console: Callable[..., LobbyWindow], speech: str
) -> None:
    language().choose(speech)
    console = show_console(size=(1280, 800))
    lobby.press(console.top.record_button)
    form = ready(lobby, console)
    lobby.press(form.form.feedback.tile("dissatisfied"))
    form.form.words.setPlainText("13812345172")
    form.form.note.edit.setText("13812345172")
    lobby.press(form.form.follow_up.wanted)
    lobby.press(form.form.follow_up.told)
    form.form.follow_up.surname.edit.setText("周建军")
    form.form.follow_up.phone.edit.setFocus()
    QApplication.processEvents()
    assert form.panel.height() <= 800
    for tiles in (form.form.needs, form.form.advice, form.form.feedback):
        for code in tiles.offered():
            assert tiles.tile(code).height() >= 44
    form.grab()
    cut = [
        text
        for tiles in (form.form.needs, form.form.advice, form.form.feedback,
                      form.form.follow_up.kinds)
        for code in tiles.offered()
        for text in tiles.tile(code).cut_texts()
    ]  # fmt: skip
    assert cut == []


def test_another_language_keeps_what_is_there(lobby: Lobby, form: ReceptionDialog) -> None:
    lobby.press(form.form.feedback.tile("praise"))
    form.form.words.setPlainText("谢谢")
    form.form.choose_service("P05")
    language().choose("en")
    lobby.until(lambda: form.form.feedback_label.text() == "Any feedback?")
    lobby.until(lambda: form.keep_button.text() == "Keep")
    assert form.form.feedback.code() == "praise"
    assert form.form.words.toPlainText() == "谢谢"
    assert form.form.noted().service == "P05"


def test_a_teller_s_screen_has_no_such_button(show_console: Callable[..., LobbyWindow]) -> None:
    console = show_console("100482")
    assert not console.top.record_button.isVisible()


def test_the_bar_counts_who_waits_to_be_called_back(lobby: Lobby, console: LobbyWindow) -> None:
    assert not console.top.due_button.isVisible()
    lobby.manager(RecordReception(None, "P01", follow_up="answer", follow_by="2026-11-21"))
    lobby.until(lambda: console.top.due_button.text() == "回访 1")
    assert console.top.due_button.icon_name() == ""
    lobby.clock.set(at(9, 0) + 2 * 24 * 3_600_000)
    lobby.manager(RecordReception(None, "P01"))
    lobby.until(lambda: console.top.due_button.icon_name() == "status-urgent")
    assert console.top.due_button.toolTip() == "1 个回访已过日期"
