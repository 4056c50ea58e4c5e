"""How tests of the rooms look at a refusal: what it says, where, and what has the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from branch.rooms.queries.rooms import RoomNow, rooms_now
from tests.complaints.desk import OFFICER, Desk
from tests.ui.rooms.hands import click
from ui.widgets.field import ErrorLine


def told(dialog: QWidget) -> list[str]:
    """The sentences that stand in it."""
    lines = dialog.findChildren(ErrorLine)
    return [one.sentence.text() for one in lines if one.isVisible() and one.sentence.text()]


def refused(qtbot: QtBot, dialog: Any, sentence: str, place: QWidget) -> None:
    """Confirm; the sentence stands alone, at the place that gets the keyboard."""
    dialog.confirm_button.repeat_guard = False
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: told(dialog) == [sentence])
    assert dialog.confirm_button.isEnabled()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is place or place.isAncestorOf(focus), focus


def room_now(desk: Desk, room: int) -> RoomNow:
    found = rooms_now(desk.store, desk.staff(OFFICER), desk.clock.now_ms())
    return next(one for one in found if one.id == room)
