"""Owns a button that shows what is chosen and opens the choice; must not know what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.shell.theme import CONSOLE_MIN_TARGET, RADIUS
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, paint_box
from ui.widgets.pressing import PressGuard

_PADDING = 12
_CHEVRON = 16


class DropButton(Themed, PressGuard, QAbstractButton):
    """The choice in up to two lines and a chevron, 44 px high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", RADIUS.control)

    def show_choice(self, label: str, text: str) -> None:
        """Show ``text``; a screen reader hears ``label`` before it."""
        self.setText(text)
        self.setAccessibleName(f"{label}，{text}")
        self.update()

    def sizeHint(self) -> QSize:
        """44 px high; the width is that of the place."""
        return QSize(round(self.px(88)), round(self.px(CONSOLE_MIN_TARGET)))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def _words(self) -> QRectF:
        side = self.px(_PADDING)
        return QRectF(self.rect()).adjusted(side, 0, -side - self.px(_CHEVRON + 6), 0)

    def cut_texts(self) -> tuple[str, ...]:
        """The choice where its two lines are not enough."""
        room = self.fontMetrics().boundingRect(
            self._words().toRect(), int(Qt.TextFlag.TextWordWrap), self.text()
        )
        fits = room.height() <= self.height() and room.width() <= self._words().width() + 1
        return () if fits else (self.text(),)

    def refresh(self) -> None:
        """Take the font anew."""
        self.setFont(self.font_px(13, 500))
        super().refresh()

    def paintEvent(self, _event: object) -> None:
        """Ground, words, chevron."""
        painter, theme, rect = QPainter(self), self.theme(), QRectF(self.rect())
        pressed = self.isDown() or self.underMouse()
        ground = theme.colour("sunken" if pressed else "surface")
        edge = theme.colour("line2")
        paint_box(painter, rect, self.px(RADIUS.control), ground, edge, self.px(theme.edge(1)))
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink1"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self._words(), flags, self.text())
        side = self.px(_CHEVRON)
        place = QRectF(
            rect.right() - self.px(_PADDING) - side, rect.center().y() - side / 2, side, side
        )
        paint_icon(painter, "chevron-down", place, theme.colour("ink2"), stroke=2.0)
