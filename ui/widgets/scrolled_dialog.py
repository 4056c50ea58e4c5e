"""Owns a question whose parts may be higher than the window: the panel takes the room there is, and
the parts are scrolled; must not know what is asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox

# What the panel has beside the parts: its sides; head, error line, buttons and edges.
_SIDES, _AROUND = 56, 220
_LEAST = 200


class ScrolledDialog(AskDialog):
    """Add parts to ``target``, one under the other or in two columns."""

    def __init__(
        self, parent: QWidget, station: Station, title: str, text: str = "", *, width: int = 560
    ) -> None:
        super().__init__(parent, station, title, text, width=width)
        self.station = station
        self._sheet = QWidget()
        self._column = VBox(parent=self._sheet)
        self.target: VBox = self._column
        self.area = ScrollArea(self._sheet)
        self.body.addWidget(self.area)
        self._sheet.installEventFilter(self)

    def split(self) -> tuple[VBox, VBox]:
        """Two columns side by side; ``into`` says in which the next parts stand."""
        left, right = VBox(), VBox()
        row = HBox(spacing=24)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self._column.addLayout(row)
        return left, right

    def into(self, column: VBox | None) -> None:
        """Where the next parts stand; None is the whole width again."""
        self.target = self._column if column is None else column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Parts that come, grow or say an error take the room they need."""
        if watched is self._sheet and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return bool(super().eventFilter(watched, event))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room the window gives."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        width = self.panel.width() - _SIDES
        layout = self._column
        # Words that wrap are taken for narrower, and higher, than they stand here.
        wraps = layout.hasHeightForWidth()
        wanted = layout.heightForWidth(width) if wraps else layout.sizeHint().height()
        parent = self.parentWidget()
        most = parent.window().height() - _AROUND if parent is not None else wanted
        height = min(wanted, max(most, _LEAST))
        if height != self.area.height():
            self.area.setFixedHeight(height)
            self.settle()

    def settle(self) -> None:
        """Parts came or went: fit, and stay in the window's middle."""
        self.adjustSize()
        parent = self.parentWidget()
        if self.isVisible() and parent is not None:
            window = parent.window()
            centre = window.mapToGlobal(window.rect().center())
            self.move(centre - self.rect().center())
