"""One wrong input in a reception record: the sentence stands at its field, nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from branch.visitors.queries.reception import receptions_of_day
from tests.ui.lobby.conftest import Lobby
from ui.lobby.reception_dialog import ReceptionDialog
from ui.lobby.reception_form import ReceptionForm
from ui.lobby.window import LobbyWindow


@pytest.fixture
def form(lobby: Lobby, console: LobbyWindow) -> ReceptionDialog:
    """The form of somebody without a ticket, with what he said about a follow-up."""
    QTest.keyClick(console, Qt.Key.Key_F4)
    dialog = lobby.dialog(console, ReceptionDialog)
    lobby.until(lambda: bool(dialog.form.needs.offered()))
    dialog.form.feedback.tile("suggestion").click()
    dialog.form.words.setPlainText("希望早点开门")
    dialog.form.note.set_text("等了很久")
    dialog.form.follow_up.wanted.click()
    lobby.until(dialog.form.follow_up.told.isEnabled)
    dialog.form.follow_up.told.click()
    dialog.form.follow_up.surname.set_text("韩")
    dialog.form.follow_up.phone.set_text("13812345172")
    return dialog


@pytest.mark.parametrize(
    ("spoil", "place", "told"),
    [
        (
            lambda form: form.note.set_text("长" * 201),
            lambda form: (form.note.error, form.note.edit),
            "最多 200 个字，现在有 201 个",
        ),
        (
            lambda form: form.words.setPlainText("长\n" * 101),
            lambda form: (form.words_error, form.words),
            "最多 200 个字，现在有",
        ),
        (
            lambda form: form.follow_up.surname.set_text("姓" * 41),
            lambda form: (form.follow_up.surname.error, form.follow_up.surname.edit),
            "最多",
        ),
        (
            lambda form: form.follow_up.phone.set_text("1" * 41),
            lambda form: (form.follow_up.phone.error, form.follow_up.phone.edit),
            "最多",
        ),
        (
            lambda form: form.follow_up.phone.set_text("没有"),
            lambda form: (form.follow_up.phone.error, form.follow_up.phone.edit),
            "电话",
        ),
    ],
)
def test_it_is_said_at_its_field(
    lobby: Lobby,
    form: ReceptionDialog,
    spoil: Callable[[ReceptionForm], None],
    place: Callable[[ReceptionForm], tuple[QWidget, QWidget]],
    told: str,
) -> None:
    spoil(form.form)
    before = form.form.noted()
    lobby.press(form.keep_button)
    error, edit = place(form.form)
    lobby.until(error.isVisible)
    assert error.sentence.text().startswith(told)
    assert not form.error.isVisible()
    lobby.until(lambda: form.focusWidget() is edit)
    assert form.form.noted() == before
    assert form.keep_button.isEnabled()
    assert receptions_of_day(lobby.other.store, "2026-11-20") == ()


def test_a_number_in_full_width_is_the_same_number(lobby: Lobby, form: ReceptionDialog) -> None:
    ticket = lobby.issue("cash")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in ticket.number)
    form.number.set_text(wide)
    lobby.press(form.keep_button)
    lobby.until(lambda: len(receptions_of_day(lobby.other.store, "2026-11-20")) == 1)
    assert receptions_of_day(lobby.other.store, "2026-11-20")[0].ticket == ticket.id
