"""Calls from a room at the desks of those who come, and nothing of them in the room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.drills.queries.runs import open_incidents
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.rooms.commands.alarms import AnswerAlarm, RaiseAlarm
from branch.rooms.commands.talk import AskSupport
from tests.complaints.desk import GUARD, HEAD, TELLER
from tests.ui.rooms.conftest import Open, Talk
from tests.ui.rooms.hands import click, dialog_of, press, type_in
from ui.program import Program
from ui.shell.corner_card import CornerCard
from ui.shell.room_calls import CancelDialog, RoomCalls
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

StationFor = Callable[[str, str], Station]


def card_of(qtbot: QtBot, station_for: StationFor, staff_no: str) -> RoomCalls:
    """The card over somebody's empty window."""
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    card = RoomCalls(station_for("register", staff_no), window)
    window.show()
    qtbot.waitUntil(lambda: not card.asking.under_way)
    return card


def test_the_guard_is_told_and_answers(qtbot: QtBot, station_for: StationFor, talk: Talk) -> None:
    card = card_of(qtbot, station_for, GUARD)
    assert not card.isVisible()
    talk.desk.run(RaiseAlarm(1, session=talk.id))
    qtbot.waitUntil(card.isVisible)
    assert card.sentence.text() == "接待室 2，请同事和保安过去"
    assert card.second.text() == "09:00，冯涛安静求助。有人身危险，请按紧急报警按钮"
    assert not card.cancel_button.isVisible()
    words = card.sentence.text() + card.second.text()
    assert "陈" not in words
    click(card.answer_button)
    qtbot.waitUntil(lambda: not card.isVisible())
    assert talk.view().alarms[0].answered_by_name == "马强"


def test_the_graver_call_stands_first(qtbot: QtBot, station_for: StationFor, talk: Talk) -> None:
    card = card_of(qtbot, station_for, HEAD)
    talk.desk.run(AskSupport(talk.id, "manager"))
    qtbot.waitUntil(card.isVisible)
    assert card.sentence.text() == "接待室 2，请负责人到场"
    talk.desk.run(RaiseAlarm(3, session=talk.id))
    qtbot.waitUntil(lambda: "110" in card.sentence.text())
    assert card.more.text() == "共 2 个"
    talk.desk.run(AnswerAlarm(talk.view().alarms[0].id), GUARD)
    qtbot.waitUntil(lambda: card.sentence.text() == "接待室 2，请负责人到场")
    click(card.answer_button)
    # The manager keeps an answered call in sight until the session has ended.
    qtbot.waitUntil(lambda: card.second.text() == "马强已过去")
    assert not card.answer_button.isVisible()


def test_only_the_manager_takes_a_call_back_and_says_why(
    qtbot: QtBot, station_for: StationFor, talk: Talk
) -> None:
    card = card_of(qtbot, station_for, HEAD)
    talk.desk.run(RaiseAlarm(2, session=talk.id))
    qtbot.waitUntil(card.isVisible)
    click(card.cancel_button)
    dialog = dialog_of(qtbot, card.window(), CancelDialog)
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.reason.error_text()))
    type_in(dialog.reason.edit, "误按")
    # Esc asks before it throws that away.
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog_of(qtbot, dialog, ConfirmDialog)
    click(question.cancel_button)
    qtbot.waitUntil(lambda: not question.isVisible())
    assert (dialog.isVisible(), dialog.reason.text()) == (True, "误按")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: not card.isVisible())
    assert talk.view().alarms[0].is_cancelled


def test_a_grave_call_opens_the_plan(qtbot: QtBot, station_for: StationFor, talk: Talk) -> None:
    card = card_of(qtbot, station_for, HEAD)
    talk.desk.run(RaiseAlarm(1, session=talk.id))
    qtbot.waitUntil(card.isVisible)
    assert not card.plan_button.isVisible()
    talk.desk.run(RaiseAlarm(2, session=talk.id))
    qtbot.waitUntil(card.plan_button.isVisible)
    places: list[str] = []
    card._station.place_wanted.connect(places.append)
    click(card.plan_button)
    qtbot.waitUntil(lambda: places == ["drills"])
    press(card.plan_button)
    qtbot.waitUntil(lambda: places == ["drills", "drills"])
    (incident,) = open_incidents(talk.desk.store)
    assert incident.code == "CON-01"


def test_nobody_else_is_told(qtbot: QtBot, station_for: StationFor, talk: Talk) -> None:
    card = card_of(qtbot, station_for, TELLER)
    talk.desk.run(RaiseAlarm(3, session=talk.id))
    guard = card_of(qtbot, station_for, GUARD)
    qtbot.waitUntil(guard.isVisible)
    assert not card.isVisible()


def test_no_card_stands_in_a_room(
    qtbot: QtBot, settings: Settings, clock: SetClock, open_rooms: Open, talk: Talk
) -> None:
    window = open_rooms()
    program = Program(settings, clock)
    program._show_cards(window._station, window)
    assert window.findChildren(CornerCard) == []
    desk = QWidget()
    qtbot.addWidget(desk)
    program._show_cards(window._station, desk)
    assert desk.findChildren(RoomCalls)
    program._defects.give_back()
