"""The card of today's inspections: who is told what, put away, back when another joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.inspections.commands import StartSheet
from branch.kernel.clock import SetClock
from ui.shell.due_card import Seen
from ui.shell.inspection_notice import InspectionNotice
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.status import StatusChip

StationFor = Callable[[str, str], Station]


def card_of(qtbot: QtBot, station: Station, seen: Seen | None = None) -> InspectionNotice:
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    card = InspectionNotice(station, window, seen or Seen())
    window.show()
    return card


def test_the_lobby_manager_is_told_at_opening_time(
    qtbot: QtBot, station_for: StationFor, run: Callable[..., Any], clock: SetClock
) -> None:
    station = station_for("lobby", "100301")
    wanted: list[str] = []
    station.place_wanted.connect(wanted.append)
    card = card_of(qtbot, station)
    qtbot.waitUntil(card.isVisible)
    # Friday, nine o'clock: the opening check was due until 08:50, the week ends today.
    assert card.title.text() == "今天有 4 项巡检要做"
    assert card.sentences == [
        "营业前检查",
        "环境卫生检查，09:30 前做完",
        "特殊客户关怀设施检查，17:00 前做完",
    ]
    chips = [chip.text() for chip in card.findChildren(StatusChip)]
    assert chips == ["已过时间", "该做了", "该做了"]
    assert card.more.text() == "还有 1 项"
    card.go.repeat_guard = False
    QTest.mouseClick(card.go, Qt.MouseButton.LeftButton)
    assert wanted == ["drills"]
    run("100301", "elsewhere", StartSheet("OPEN", "2026-11-20"))
    qtbot.waitUntil(lambda: card.title.text() == "今天有 3 项巡检要做")
    card.noted.repeat_guard = False
    QTest.mouseClick(card.noted, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    clock.set(clock.now_ms() + 4 * 3_600_000)
    card.asking.ask()
    qtbot.waitUntil(card.isVisible)  # the second cleaning round joined


def test_a_guard_is_told_of_his_patrol_and_in_english(
    qtbot: QtBot, station_for: StationFor
) -> None:
    card = card_of(qtbot, station_for("register", "100401"))
    qtbot.waitUntil(card.isVisible)
    assert card.title.text() == "今天有 1 项巡检要做"
    language().choose("en")
    qtbot.waitUntil(lambda: card.title.text() == "Inspections to do today: 1")
    assert card.sentences == ["Fire patrol, by 17:20"]


def test_at_the_desk_of_inspections_no_card_stands(qtbot: QtBot, station_for: StationFor) -> None:
    card = card_of(qtbot, station_for("drills", "100301"))
    qtbot.waitUntil(lambda: len(card.due) == 4)
    assert not card.isVisible()
