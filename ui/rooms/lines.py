"""Owns the lines of what is checked and of what was promised; knows not where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.widgets.card import Card, CardStyle, Separator
from ui.widgets.icon import IconLabel
from ui.widgets.label import ElidedLabel, Label, TextRole
from ui.widgets.painting import Themed, paint_box, paint_line
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, Chip, chip_width, paint_chip

_ROW: Final = 44
_SIDE: Final = 16
_TEXT: Final = 170
_GAP: Final = 12
_LIST: Final = CardStyle(radius=8)


@dataclass(frozen=True)
class CheckLine:
    """One thing that is looked into: what, what was found, how it stands."""

    id: int
    text: str
    found: str
    chip: Chip


class _CheckRow(Themed, QPushButton):
    """One line that opens on a press."""

    def __init__(self, line: CheckLine, *, first: bool) -> None:
        super().__init__()
        self._line, self._first = line, first
        parts = (line.text, line.found, line.chip.text)
        self.setAccessibleName("，".join(part for part in parts if part))
        self.setToolTip(line.found)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ringRadius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(self.px(300)), round(self.px(_ROW)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme, line = QPainter(self), self.theme(), self._line
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            ground = theme.colour("sunken" if self.isDown() else "canvas")
            paint_box(painter, rect.adjusted(1, 1, -1, -1), self.px(7), ground)
        if not self._first:
            painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.colour("line"))
        chip_room = chip_width(line.chip, CHIP_SMALL, self.px(1))
        right = rect.right() - self.px(_SIDE)
        paint_chip(
            painter, right - chip_room, rect.center().y(), line.chip, CHIP_SMALL, theme, self.px(1)
        )
        left = self.px(_SIDE)
        room = right - chip_room - self.px(_GAP) - left
        width = min(self.px(_TEXT), room * 0.5)
        place = QRectF(left, 0, width, rect.height())
        self._write(painter, place, line.text, 500, "ink1")
        place = QRectF(left + width + self.px(_GAP), 0, room - width - self.px(_GAP), rect.height())
        self._write(painter, place, line.found, 400, "ink2")

    def _write(self, painter: QPainter, place: QRectF, text: str, weight: int, token: str) -> None:
        """Somebody's own words may be longer than the line; the press shows them whole."""
        paint_line(painter, place, text, self.font_px(14, weight), self.theme().colour(token))


class CheckLines(Card):
    """The list; ``opened`` carries the id of the line that was pressed."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(style=_LIST)
        self.rows: dict[int, QPushButton] = {}
        self._column = VBox(parent=self)

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show these; without any the list is not there."""
        focused = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        clear(self._column)
        self.rows = {}
        for at, line in enumerate(lines):
            row = _CheckRow(line, first=not at)
            row.clicked.connect(lambda _on=False, key=line.id: self.opened.emit(key))
            self.rows[line.id] = row
            self._column.addWidget(row)
        if focused in self.rows:
            self.rows[focused].setFocus()
        self.setVisible(bool(lines))


@dataclass(frozen=True)
class PromiseLine:
    """One thing that was promised: what, by whom, by when in words."""

    text: str
    owner: str
    due: str


class PromiseRow(QWidget):
    """A rule, what was promised, and under it by whom and by when."""

    def __init__(self, line: PromiseLine) -> None:
        super().__init__()
        self.setAccessibleName("，".join((line.text, line.owner, line.due)))
        second = TextRole(14, 400, "ink2")
        below = HBox(spacing=6)
        below.addWidget(ElidedLabel(line.owner, second), 1)
        below.addWidget(IconLabel("clock", 15))
        below.addWidget(Label(line.due, second))
        column = VBox(parent=self)
        column.addWidget(Separator())
        column.add_gap(11)
        column.addWidget(Label(line.text, TextRole(15, 500), wrap=True))
        column.add_gap(3)
        column.addLayout(below)
        column.add_gap(11)
