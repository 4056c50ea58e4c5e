"""Owns the field that searches while somebody types; must not search itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from ui.shell.theme import theme_of
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed

_PAUSE_MS: Final = 250
_GLASS: Final = 16
_GLASS_ROOM, _CROSS_ROOM = 24, 22


class _Cross(Themed, QPushButton):
    """Empties the field; there while something stands in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 6)
        self.setAutoDefault(False)
        self.hide()

    def paintEvent(self, _event: object) -> None:
        painter, place = self.begin_painting(), QRectF(0, 0, _GLASS, _GLASS)
        place.moveCenter(QRectF(self.rect()).center())
        token = "ink1" if self.underMouse() else "ink2"
        paint_icon(painter, "close", place, self.theme().colour(token))


class SearchBox(QLineEdit):
    """``wanted`` carries the text when the typing pauses, at once for Enter and for nothing."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ownFocus", True)
        self.setProperty("low", True)
        self.setMinimumWidth(150)
        self.setMaximumWidth(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Names of people are not for the input method's memory.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setTextMargins(_GLASS_ROOM, 0, _CROSS_ROOM, 0)
        self.clear_button = _Cross(self)
        self.clear_button.clicked.connect(self.empty)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textEdited.connect(self._typed)

    def empty(self) -> None:
        """Search for nothing any more."""
        self.clear()
        self._typed()

    def clear_quietly(self) -> None:
        """Empty the field without telling anybody: another list was chosen."""
        self._pause.stop()
        self.clear()
        self.clear_button.setVisible(False)

    def set_words(self, placeholder: str, name: str, tip: str) -> None:
        """What may be typed, what is searched, and how to find more."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.clear_button.setAccessibleName(self.tr("清除"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stays at the right end."""
        super().resizeEvent(event)
        self.clear_button.setGeometry(self.width() - 32, 1, 30, self.height() - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the glass at its left."""
        super().paintEvent(event)
        place = QRectF(12, (self.height() - _GLASS) / 2, _GLASS, _GLASS)
        paint_icon(QPainter(self), "search", place, theme_of(self).colour("ink2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does not wait; Esc empties the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        self.clear_button.setVisible(bool(self.text()))
        if self.text().strip():
            self._pause.start()
        else:
            self._say()

    def _say(self) -> None:
        self._pause.stop()
        self.wanted.emit(self.text().strip())
