"""Owns the place of quiet cards in a window's lower right corner; must not know what they say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from ui.shell.theme import RADIUS
from ui.widgets.button import PrimaryButton
from ui.widgets.card import Card, CardStyle

_EDGE: Final = 24
_GAP: Final = 16
_STYLE: Final = CardStyle(radius=RADIUS.dialog, edge="accent_line")


class CornerCard(Card):
    """At the lower right of a window, beside its solid button and never over it.

    Several stand above each other, the one made first lowest. A card is made with its window and
    never raised: whatever covers the window later (a dialog, the lock) covers it too.
    """

    def __init__(self, window: QWidget, width: int) -> None:
        super().__init__(window, style=_STYLE)
        self._window, self._width = window, width
        self.setFixedWidth(width)
        self.hide()
        window.installEventFilter(self)

    def stand(self, shown: bool) -> None:
        """Show or hide the card, and find the places of all cards anew."""
        self.setVisible(shown)
        self.place()
        # Buttons of a window just made have their places only after its first layout.
        QTimer.singleShot(0, self, self.place)

    def place(self) -> None:
        """Put every card of the window to its corner, further left where a solid button stands."""
        right, bottom = self._window.width() - _EDGE, self._window.height() - _EDGE
        for card in self._window.findChildren(CornerCard):
            if card.isVisible():
                card._settle(right, bottom)
                # The next one stands above it, and no further right.
                right, bottom = card.geometry().right() + 1, card.geometry().top() - _GAP

    def _settle(self, right: int, bottom: int) -> None:
        layout = self.layout()
        assert layout is not None  # made with the card
        height = layout.heightForWidth(self._width)
        self.resize(self._width, height if height > 0 else self.sizeHint().height())
        self.move(right - self._width, bottom - self.height())
        for button in self._window.findChildren(PrimaryButton):
            if button.isVisible() and button.window() is self._window.window():
                place = button.rect().translated(button.mapTo(self._window, QPoint(0, 0)))
                if self.geometry().intersects(place.adjusted(-_GAP, -_GAP, _GAP, _GAP)):
                    self.move(max(_EDGE, place.left() - 2 * _GAP - self.width()), self.y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
            # What it must not cover finds its new place after this.
            QTimer.singleShot(0, self, self.place)
        return bool(super().eventFilter(watched, event))
