"""Owns the left side of the console (figures, alerts, queues, counters); must not act on them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.lobby.alert_list import AlertList
from ui.lobby.alert_words import alert_words
from ui.lobby.alerts import Alert, alerts
from ui.lobby.figure_row import FigureRow
from ui.lobby.picture import Picture, figures
from ui.lobby.queue_board import AsideStrip, QueueBoard
from ui.lobby.sayings import aside, columns, seats
from ui.lobby.seat_row import SeatRow
from ui.lobby.soothing import Soothing
from ui.shell.waits import Waits
from ui.widgets.card import Card
from ui.widgets.place_holder import EmptyState, ErrorState, LoadingRows

_NARROW = 860
_LOW = 680


class Floor(QWidget):
    """The lobby as it stands, or what stands in its place: loading, nobody, failed.

    ``ticket_opened`` and ``counter_opened`` give an id and a number, ``alert_pressed`` an alert
    and the key of its action.
    """

    ticket_opened = Signal(int)
    counter_opened = Signal(int)
    alert_pressed = Signal(object, str)
    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alerts: dict[str, Alert] = {}
        self.figures = FigureRow()
        self.alerts = AlertList()
        self.board = QueueBoard()
        self.strip = AsideStrip()
        self.seats = SeatRow()
        self.loading = LoadingRows()
        self.empty = EmptyState("chair", "")
        self.failed = ErrorState("")
        self.places = QStackedWidget()
        self._cards = {page: _on_card(page) for page in (self.loading, self.empty, self.failed)}
        for page in (*self._cards.values(), self.board):
            self.places.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.figures)
        column.addWidget(self.alerts)
        column.addWidget(self.places, 1)
        column.addWidget(self.strip)
        column.addWidget(self.seats)
        self.alerts.pressed.connect(self._press)
        self.board.opened.connect(self.ticket_opened)
        self.strip.opened.connect(self.ticket_opened)
        self.seats.opened.connect(self.counter_opened)
        self.failed.pressed.connect(self.retry_wanted)
        self.loading.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the queues in sight where the room is short."""
        super().resizeEvent(event)
        self.board.set_narrow(self.width() < _NARROW)
        self.alerts.set_low(self.height() < _LOW)

    def alert_count(self) -> int:
        """How many troubles there are now."""
        return len(self._alerts)

    def show_picture(self, shown: Picture, now: int, soothing: Soothing, waits: Waits) -> None:
        """Show the lobby at ``now`` (milliseconds), without the alerts that are soothed."""
        self.loading.stop()
        self.figures.show_figures(figures(shown, now))
        found = alerts(shown, now, soothing, waits.latest)
        self._alerts = {alert.key: alert for alert in found}
        self.alerts.show_alerts(alert_words(found, now))
        self.board.show_columns(columns(shown, now, waits.shown))
        self.strip.show_rows(*aside(shown, now))
        self.seats.show_seats(seats(shown, now))
        if shown.console.waiting:
            self.places.setCurrentWidget(self.board)
        else:
            self._show_nobody(open_today=bool(shown.console.day))

    def show_failure(self, title: str, line: str, button: str) -> None:
        """Nothing could be read yet: say why, what is being done, and what can be done."""
        self.loading.stop()
        self.failed.set_texts(title, [line], button=button)
        self.places.setCurrentWidget(self._cards[self.failed])

    def _show_nobody(self, *, open_today: bool) -> None:
        if open_today:
            self.empty.set_texts(self.tr("现在没有人等候"), self.tr("新客户取号后会出现在这里"))
        else:
            self.empty.set_texts(self.tr("现在没有营业"), self.tr("取出第一个号后开始新的营业"))
        self.places.setCurrentWidget(self._cards[self.empty])

    def _press(self, key: str, action: str) -> None:
        alert = self._alerts.get(key)
        if alert is not None:
            self.alert_pressed.emit(alert, action)


def _on_card(page: QWidget) -> Card:
    card = Card()
    column = QVBoxLayout(card)
    column.setContentsMargins(24, 16, 24, 16)
    column.addWidget(page)
    return card
