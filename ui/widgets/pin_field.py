"""Owns the entry of a PIN: six painted cells over one hidden line edit; must not keep the PIN."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.widgets.painting import Themed, paint_box

PIN_DIGITS: Final = 6
_GAP = 10


class _HiddenEdit(QLineEdit):
    """Takes digits only: no clipboard, no drag, no input method, no menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(PIN_DIGITS)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        digits = QRegularExpression(f"[0-9]{{0,{PIN_DIGITS}}}")
        self.setValidator(QRegularExpressionValidator(digits, self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setFrame(False)
        self.setProperty("ownFocus", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        if any(event.matches(key) for key in (keys.Paste, keys.Copy, keys.Cut)):
            event.accept()
            return
        super().keyPressEvent(event)
        # The cells have no cursor: typing always goes on at the end.
        self.deselect()
        self.setCursorPosition(len(self.text()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # A middle click would paste the selection on X11.
        event.accept()


class PinField(Themed, QWidget):
    """Six cells; ``completed`` brings the PIN once the last digit stands."""

    completed = Signal(str)
    changed = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong = False
        self._edit = _HiddenEdit(self)
        self._edit.setStyleSheet("border: none; background: transparent; color: transparent;")
        self._edit.setGeometry(0, 0, 1, 1)
        self._edit.textChanged.connect(self._was_changed)
        self._edit.installEventFilter(self)
        self.setFocusProxy(self._edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_label(name)

    def set_label(self, text: str) -> None:
        """The name a screen reader says."""
        self._edit.setAccessibleName(text)
        self.setAccessibleName(text)

    def pin(self) -> str:
        """The digits so far."""
        return self._edit.text()

    def append(self, digit: str) -> None:
        """Add one digit, as a number pad does; anything else is ignored."""
        if len(digit) == 1 and digit in "0123456789":
            self._edit.insert(digit)

    def backspace(self) -> None:
        """Take the last digit away."""
        self._edit.backspace()

    def clear(self) -> None:
        """Empty the cells."""
        self._edit.clear()

    def set_error(self, wrong: bool) -> None:
        """Draw the cells in danger, until the next digit."""
        self._wrong = wrong
        self.update()

    def _was_changed(self, text: str) -> None:
        self._wrong = False
        self.update()
        self.changed.emit()
        if len(text) == PIN_DIGITS:
            self.completed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint the cell at work anew when the focus comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return bool(super().eventFilter(watched, event))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press anywhere on the cells gives them the keyboard."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def sizeHint(self) -> QSize:
        """Six cells of 48 x 56 px."""
        wide = PIN_DIGITS * 48 + (PIN_DIGITS - 1) * _GAP
        return QSize(round(self.px(wide)), round(self.px(56)))

    def paintEvent(self, _event: object) -> None:
        """Cells, a dot in each that is filled, an edge in focus on the one at work."""
        painter, theme = QPainter(self), self.theme()
        gap = self.px(_GAP)
        width = (self.width() - gap * (PIN_DIGITS - 1)) / PIN_DIGITS
        filled, focus = len(self._edit.text()), self._edit.hasFocus()
        for number in range(PIN_DIGITS):
            cell = QRectF(number * (width + gap), 0, width, self.height())
            token, edge = "control", theme.edge(1)
            if self._wrong:
                token, edge = "danger", theme.edge(2)
            elif focus and number == min(filled, PIN_DIGITS - 1):
                token, edge = "focus", theme.edge(2)
            ground = theme.colour("surface" if self.isEnabled() else "sunken")
            paint_box(painter, cell, self.px(10), ground, theme.colour(token), self.px(edge))
            if number < filled:
                dot = QRectF(0, 0, self.px(12), self.px(12))
                dot.moveCenter(cell.center())
                paint_box(painter, dot, self.px(6), theme.colour("ink1"))
