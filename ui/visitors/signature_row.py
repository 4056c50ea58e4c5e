"""Owns a visitor's signature in his record: there or not, and drawn for as long as it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.station import Station
from ui.widgets.painting import Themed
from ui.widgets.reveal_row import RevealRow
from ui.widgets.signature import signature_path

_WIDTH, _HEIGHT = 200, 56
_STROKE: Final = 1.6


class _Strokes(Themed, QWidget):
    """A kept signature, drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_text(self, text: str) -> None:
        """Draw this one; an empty text takes it away."""
        self._text = text
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme().colour("ink1"), _STROKE))
        painter.drawPath(signature_path(self._text, self.width()))


class SignatureRow(RevealRow):
    """Shows strokes where other rows show words."""

    def __init__(self, station: Station, make: Callable[[str], object], caption: str) -> None:
        self.strokes = _Strokes()
        super().__init__(station, make, caption)
        column = self.layout()
        assert column is not None  # a row brings its column
        column.addWidget(self.strokes)

    def put(self, value: str, *, whole: bool) -> None:
        """The drawing while it is open, else the words."""
        self.strokes.show_text(value if whole else "")
        if not whole:
            self.value.set_text(value)
