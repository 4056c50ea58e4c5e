"""Owns the ticket as it is drawn on the kiosk: number, how many ahead, the wait; asks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kiosk.mode import ELDER_CHIP, Mode
from ui.kiosk.paragraph import Paragraph
from ui.shell.fonts import CAP_HEIGHT
from ui.widgets.label import TextRole
from ui.widgets.number import BigNumber
from ui.widgets.painting import Themed, text_width
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import CHIP_KIOSK, StatusChip


@dataclass(frozen=True)
class TicketSizes:
    """The measures of a ticket on the screen, design px; ``notch`` 0 stands for a plain card."""

    height: int
    notch: int
    number: int
    label: int
    value: int
    words: int
    unit: int
    top: int
    above: int
    below: int


_NORMAL: Final = TicketSizes(560, 356, 232, 34, 72, 58, 38, 36, 53, 75)
_ELDER: Final = TicketSizes(620, 400, 260, 40, 80, 64, 46, 40, 56, 81)
_LOW: Final = TicketSizes(276, 0, 168, 30, 60, 46, 34, 26, 24, 0)
_ELDER_LOW: Final = TicketSizes(330, 0, 190, 38, 68, 52, 42, 30, 30, 0)


def ticket_sizes(mode: Mode) -> TicketSizes:
    """The measures for a mode; the low position has the number beside the rest."""
    if mode.low:
        return _ELDER_LOW if mode.elder else _LOW
    return _ELDER if mode.elder else _NORMAL


class Figure(Themed, QWidget):
    """A value with its small unit on one baseline."""

    def __init__(self, sizes: TicketSizes) -> None:
        self._sizes, self._value, self._unit, self._big = sizes, "", "", True
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Value and unit as they are read."""
        return " ".join(part for part in (self._value, self._unit) if part)

    def set_figure(self, value: str, unit: str = "", *, big: bool = True) -> None:
        """Show a number with its unit, or with ``big`` off words that stand for one."""
        self._value, self._unit, self._big = value, unit, big
        self.setAccessibleName(self.text())
        self.refresh()

    def _face(self) -> QFont:
        return self.font_px(self._sizes.value if self._big else self._sizes.words, 700)

    def sizeHint(self) -> QSize:
        """The words, in the line height of the value."""
        value = self._face()
        unit = self.font_px(self._sizes.unit, 500)
        width = text_width(self._value, value)
        if self._unit:
            width += self.px(18) + text_width(self._unit, unit)
        return QSize(int(width) + 2, round(self.px(self._sizes.value * 1.2)))

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Value, then unit."""
        painter = QPainter(self)
        painter.setPen(self.theme().colour("ink1"))
        value = self._face()
        baseline = (self.height() + self.px(self._sizes.value) * CAP_HEIGHT) / 2
        painter.setFont(value)
        painter.drawText(QPointF(0, baseline), self._value)
        if self._unit:
            painter.setFont(self.font_px(self._sizes.unit, 500))
            left = text_width(self._value, value) + self.px(18)
            painter.drawText(QPointF(left, baseline), self._unit)


class TicketCard(Themed, QWidget):
    """A ticket with its notches, or in the low position a plain card half as high."""

    def __init__(self, mode: Mode) -> None:
        self._sizes = sizes = ticket_sizes(mode)
        self._edge = mode.edge
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        label = TextRole(sizes.label, 400, "ink2")
        line = sizes.label * 1.4
        self.yours = Paragraph(label, line)
        self.group = StatusChip(State.RUNNING, "", size=ELDER_CHIP if mode.elder else CHIP_KIOSK)
        self.number = BigNumber("", px=sizes.number, letter_spacing=2)
        self.ahead_label, self.wait_label = Paragraph(label, line), Paragraph(label, line)
        self.ahead, self.wait = Figure(sizes), Figure(sizes)
        if sizes.notch:
            self._stand_tall(sizes)
        else:
            self._lie_low(sizes)

    def _stand_tall(self, sizes: TicketSizes) -> None:
        column = VBox(margins=(44, sizes.top, 44, 0), parent=self)
        head = HBox()
        head.addWidget(self.yours)
        head.addStretch(1)
        head.addWidget(self.group)
        column.addLayout(head)
        column.add_gap(sizes.above)
        column.addWidget(self.number)
        column.add_gap(sizes.below)
        pair = HBox()
        for label, figure, share in (
            (self.ahead_label, self.ahead, 10),
            (self.wait_label, self.wait, 15),
        ):
            part = VBox()
            part.addWidget(label)
            part.addWidget(figure)
            pair.addLayout(part, share)
        column.addLayout(pair)
        column.addStretch(1)

    def _lie_low(self, sizes: TicketSizes) -> None:
        row = HBox(spacing=56, margins=(44, sizes.top, 44, sizes.top), parent=self)
        left, right = VBox(), VBox()
        left.addWidget(self.yours)
        left.addStretch(1)
        left.addWidget(self.number)
        left.addStretch(1)
        self.group.hide()
        right.addWidget(self.ahead_label)
        right.addWidget(self.ahead)
        right.addStretch(1)
        right.addWidget(self.wait_label)
        right.addWidget(self.wait)
        row.addLayout(left)
        row.addLayout(right, 1)

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(super().sizeHint().width(), round(self.px(self._sizes.height)))

    def minimumSizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(super().minimumSizeHint().width(), round(self.px(self._sizes.height)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The paper with its two notches, and the line to tear."""
        painter, theme = QPainter(self), self.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.px(theme.edge(2))
        edge = QPen(theme.colour(self._edge), width)
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        paper = QPainterPath()
        paper.addRoundedRect(box, self.px(21), self.px(21))
        y = self.px(self._sizes.notch)
        if y:
            for x in (box.left(), box.right()):
                hole = QPainterPath()
                hole.addEllipse(QPointF(x, y), self.px(20), self.px(20))
                paper = paper.subtracted(hole)
        painter.setPen(edge)
        painter.setBrush(theme.colour("surface"))
        painter.drawPath(paper)
        if y:
            tear = QPen(theme.colour("line2"), self.px(2))
            tear.setCapStyle(Qt.PenCapStyle.RoundCap)
            tear.setDashPattern([1.0, 5.0])
            painter.setPen(tear)
            inset = self.px(40)
            painter.drawLine(QPointF(inset, y), QPointF(self.width() - inset, y))
