"""Owns QR codes on screen; must not decide what they hold."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed

# ISO/IEC 18004: four modules of light ground on every side.
_QUIET_ZONE = 4


class QrWidget(Themed, QWidget):
    """A QR code in black on white in every theme, whole pixels a module, no antialiasing."""

    def __init__(
        self, data: str, *, name: str, size: int = 168, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._rows: tuple[bytes, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_data(data)

    def set_data(self, data: str) -> None:
        """Show another text; raises ``segno.DataOverflowError`` if it is too long for a code."""
        code = segno.make(data, error="m", micro=False)
        self._rows = tuple(bytes(row) for row in code.matrix)
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the design size."""
        side = round(self.px(self._size))
        return QSize(side, side)

    def paintEvent(self, _event: object) -> None:
        """One rectangle a dark module."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = len(self._rows) + 2 * _QUIET_ZONE
        module = max(1, min(self.width(), self.height()) // count)
        left = (self.width() - module * len(self._rows)) // 2
        top = (self.height() - module * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    place = QRectF(left + x * module, top + y * module, module, module)
                    painter.fillRect(place, Qt.GlobalColor.black)
