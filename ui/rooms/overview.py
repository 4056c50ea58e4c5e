"""Owns the page of all rooms while no session is shown: the strip, and who is expected today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.rooms.queries.rooms import BookingLine
from ui.shell.station import Station
from ui.widgets.card import Card, Separator
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, ElidedLabel, Label, TextRole
from ui.widgets.room_strip import RoomStrip
from ui.widgets.stage import HBox, VBox, clear


class Overview(QWidget):
    """The strip on top, today's bookings under it."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._bookings: tuple[BookingLine, ...] = ()
        self.strip = RoomStrip(station)
        self.title = Label("", CARD_TITLE)
        self.empty = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self._rows = VBox()
        card = Card()
        inner = VBox(margins=(20, 18, 20, 20), parent=card)
        inner.addWidget(self.title)
        inner.add_gap(8)
        inner.addWidget(self.empty)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        column = VBox(spacing=16, parent=self)
        column.addWidget(self.strip)
        column.addWidget(card, 1)
        self.retranslate()

    def show_bookings(self, lines: Sequence[BookingLine]) -> None:
        """Who is expected today, by the hour."""
        self._bookings = tuple(lines)
        clear(self._rows)
        for at, line in enumerate(lines):
            if at:
                self._rows.addWidget(Separator())
            self._rows.addWidget(self._row(line))
        self.empty.setVisible(not lines)

    def _row(self, line: BookingLine) -> QWidget:
        part = QWidget()
        start, end = self._station.local(line.start), self._station.local(line.end)
        row = HBox(spacing=16, margins=(0, 10, 0, 10), parent=part)
        times = Label(f"{start:%H:%M}–{end:%H:%M}", TextRole(14, 500))
        times.setMinimumWidth(104)
        row.addWidget(times)
        room = Label(line.room_name, BODY)
        room.setMinimumWidth(88)
        row.addWidget(room)
        about = " ".join(word for word in (line.case_number, line.case_title) if word)
        row.addWidget(ElidedLabel(about or self.tr("还没有登记"), BODY), 1)
        row.addWidget(Label(line.maker, CAPTION))
        part.setAccessibleName("，".join((f"{start:%H:%M}", line.room_name, about, line.maker)))
        return part

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("今天的预约"))
        self.empty.setText(self.tr("今天没有预约"))
        self.show_bookings(self._bookings)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
