"""An ID number offers the elderly class by its age, and is kept nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from branch.catalogue.commands import ChangeSetting
from branch.kernel.journal import entries
from branch.kernel.settings import Settings
from tests.ui.lobby.conftest import Lobby
from ui.lobby.id_age import IdAgeDialog, told_age
from ui.lobby.window import LobbyWindow

# Invented, with right check characters: born 20 November 1966 (60 on the day of the tests),
# and the day after (59).
SIXTY, NEARLY = "110101196611200015", "110101196611210010"
DAY = date(2026, 11, 20)


def opened(lobby: Lobby, console: LobbyWindow) -> IdAgeDialog:
    lobby.press(console.form.id_button)
    return lobby.dialog(console, IdAgeDialog)


@pytest.mark.parametrize(
    ("number", "age"), [(SIXTY, 60), (NEARLY, 59), ("110101202701010010", None), ("12345", None)]
)
def test_the_age_is_counted_in_full_years(number: str, age: int | None) -> None:
    assert told_age(number, DAY) == age


def test_from_sixty_on_the_elderly_class_is_offered_and_taken(
    lobby: Lobby, console: LobbyWindow
) -> None:
    dialog = opened(lobby, console)
    assert not dialog.take_button.isEnabled()
    QTest.keyClicks(dialog.number.edit, SIXTY)
    assert dialog.answer.text() == "60 岁，可以按老年客户优先"
    # Offered: it is the lobby manager who decides.
    assert not console.form.flag("elderly").isChecked()
    # A scanner ends with Enter.
    QTest.keyClick(dialog.number.edit, Qt.Key.Key_Return)
    lobby.until(console.form.flag("elderly").isChecked)
    lobby.until(lambda: not console.findChildren(IdAgeDialog))


def test_who_is_younger_is_offered_nothing(lobby: Lobby, console: LobbyWindow) -> None:
    dialog = opened(lobby, console)
    QTest.keyClicks(dialog.number.edit, NEARLY)
    assert dialog.answer.text() == "59 岁，不到 60 岁"
    assert not dialog.take_button.isEnabled()
    QTest.keyClick(dialog.number.edit, Qt.Key.Key_Return)
    assert not console.form.flag("elderly").isChecked()


def test_the_branch_sets_the_age(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.administrator(ChangeSetting("elderly_age", 65))
    dialog = opened(lobby, console)
    QTest.keyClicks(dialog.number.edit, SIXTY)
    assert dialog.answer.text() == "60 岁，不到 65 岁"
    assert not dialog.take_button.isEnabled()


def test_a_doubt_is_said_and_stops_nobody(lobby: Lobby, console: LobbyWindow) -> None:
    dialog = opened(lobby, console)
    QTest.keyClicks(dialog.number.edit, SIXTY[:-1] + "1")
    assert "校验位" in dialog.doubt.sentence.text()
    assert dialog.take_button.isEnabled()


def test_a_key_opens_it(lobby: Lobby, console: LobbyWindow) -> None:
    QTest.keyClick(console, Qt.Key.Key_F7)
    assert lobby.dialog(console, IdAgeDialog).number.edit.hasFocus()


def test_the_number_is_kept_nowhere(
    lobby: Lobby, console: LobbyWindow, settings: Settings, paper: Path
) -> None:
    dialog = opened(lobby, console)
    field = dialog.number.edit
    QTest.keyClicks(field, SIXTY)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    assert not field.isUndoAvailable()
    lobby.until(console.form.flag("elderly").isChecked)
    lobby.press(console.form.group("cash"))
    lobby.until(console.form.issue_button.isEnabled)
    lobby.press(console.form.issue_button)
    lobby.until(lambda: len(list(paper.glob("*.pdf"))) == 1)
    lobby.until(lambda: lobby.waiting()[0].print_state == "printed")
    assert lobby.waiting()[0].classes == ("elderly",)

    store = lobby.other.store
    tables = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'", ())
    for (table,) in tables:
        for row in store.rows(f'SELECT * FROM "{table}"', ()):
            told = " ".join(str(value) for value in row)
            assert SIXTY not in told, table
            assert "19661120" not in told, table
    assert not any(SIXTY in str(entry.data) for entry in entries(store))
    # The store's file, its log, the settings, the paper: not in clear anywhere.
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert SIXTY.encode() not in path.read_bytes(), path
    for edit in console.findChildren(QLineEdit):
        assert SIXTY not in edit.text()
