"""The list model of tickets: Qt's own checks, and that a ticket keeps its place under the hand."""

from __future__ import annotations

import random

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from ui.models.ticket_rows import LINE_ROLE, NOTE_ROLE, TicketRow, TicketRows
from ui.widgets.queue_delegate import CareMark, QueueLine, WaitState


def row(identity: int, minutes: int = 3, note: str = "") -> TicketRow:
    return TicketRow(identity, QueueLine(f"A{identity:03d}", minutes), note)


def test_qt_finds_nothing_wrong_while_tickets_come_and_go(qtmodeltester: ModelTester) -> None:
    model = TicketRows()
    model.show([row(1), row(2), row(3)])
    qtmodeltester.check(model)
    dice = random.Random(20261120)
    for _ in range(200):
        ids = dice.sample(range(1, 12), dice.randint(0, 11))
        rows = [row(identity, dice.randint(0, 30)) for identity in ids]
        model.show(rows)
        assert list(model.rows()) == rows
        assert model.rowCount() == len(rows)


def test_an_index_follows_its_ticket() -> None:
    model = TicketRows()
    model.show([row(1), row(2), row(3)])
    kept = QPersistentModelIndex(model.index(2))
    model.show([row(3), row(4), row(1)])
    assert kept.row() == 0
    assert model.ticket_at(kept) == 3
    model.show([row(4)])
    assert not kept.isValid()
    assert model.ticket_at(kept) is None


def test_only_what_changed_is_told() -> None:
    model = TicketRows()
    model.show([row(1), row(2)])
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.show([row(1), row(2, minutes=4)])
    assert told == [1]
    model.show([row(1), row(2, minutes=4)])
    assert told == [1]


def test_what_is_read_and_heard() -> None:
    line = QueueLine("A034", 9, WaitState.NEAR, (CareMark("elder", "老年"),))
    model = TicketRows()
    model.show([TicketRow(7, line), TicketRow(8, QueueLine("C011", 0), "过号 5 分")])
    first, second = model.index(0), model.index(1)
    assert first.data() == "A034"
    assert first.data(LINE_ROLE) == line
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "A034，老年，9 分 临近"
    assert first.data(Qt.ItemDataRole.ToolTipRole) == "A034，老年，9 分 临近"
    assert second.data(NOTE_ROLE) == "过号 5 分"
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "C011，过号 5 分"
    assert first.data(Qt.ItemDataRole.DecorationRole) is None
