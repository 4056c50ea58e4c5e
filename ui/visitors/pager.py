"""Owns which pages of the long register are asked for: those in sight, one at a time."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from branch.kernel.errors import TingtangError
from branch.visitors.queries.register import VisitorLine, visitor_page
from branch.visitors.queries.spans import Span, register_spans
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.visitors.table import VisitorView
from ui.visitors.visitor_list import PAGE_ROWS, RegisterRows

# Whoever drags the bar across years passes thousands of pages and stays at one.
_REST_MS: Final = 30


class Pager(QObject):
    """Feeds ``rows`` with what ``view`` shows of it; asks nothing while another list is shown.

    ``came`` tells that the length of the register is known.
    """

    came = Signal()

    def __init__(self, station: Station, view: VisitorView, rows: RegisterRows) -> None:
        super().__init__(view)
        self._station, self._view, self._rows = station, view, rows
        self._under_way = False
        self.known = False
        self.spans = Asking(station, self, lambda: register_spans, self._take_spans)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._fetch)
        view.verticalScrollBar().valueChanged.connect(self._moved)
        view.verticalScrollBar().rangeChanged.connect(self._moved)

    def look(self) -> None:
        """Ask anew how long the register is, and for the pages in sight."""
        self.spans.ask()

    def _take_spans(self, spans: tuple[Span, ...]) -> None:
        self._rows.show_spans(spans)
        self.known = True
        self.came.emit()
        self._fetch()

    def _moved(self) -> None:
        if self._view.model() is self._rows:
            self._rest.start()

    def _fetch(self) -> None:
        if self._under_way or self._view.model() is not self._rows:
            return
        height = self._view.viewport().height()
        first = max(0, self._view.rowAt(0))
        last = self._view.rowAt(height - 1)
        page = self._rows.missing(first, last if last >= 0 else self._rows.rowCount() - 1)
        if page is None:
            return
        self._under_way = True
        question = partial(visitor_page, first=page * PAGE_ROWS, last=(page + 1) * PAGE_ROWS - 1)
        taken = partial(self._take_page, page)
        self._station.ask(self, question, taken, self._not_taken)

    def _take_page(self, page: int, lines: tuple[VisitorLine, ...]) -> None:
        self._under_way = False
        self._rows.take_page(page, lines)
        self._fetch()

    def _not_taken(self, error: TingtangError) -> None:
        # Whoever scrolls on, or the store that is back, asks again.
        self._under_way = False
        self._station.complain(error)
