"""Owns text with the line height of the pictures instead of the font's own; chooses no words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.fonts import LINE_ASCENT, LINE_HEIGHT
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import broken_lines, paint_line, text_width

# How far letters reach below the baseline, in em.
_TAIL = 0.23


class Paragraph(Label):
    """One line, or with ``wrap`` as many as the text needs, each ``line`` design px high."""

    def __init__(
        self,
        role: TextRole,
        line: float,
        *,
        text: str = "",
        wrap: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        self._line = line
        super().__init__(text, role, wrap=wrap, align=align, parent=parent)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        # A fixed height would hold a text that wraps at one line.
        policy = QSizePolicy(free, free if wrap else fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def set_look(self, role: TextRole, line: float) -> None:
        """Take another type and line height."""
        self._line = line
        self.set_role(role)

    def hasHeightForWidth(self) -> bool:
        """Whether the text may take several lines."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._height_of(len(self._lines(width)))

    def sizeHint(self) -> QSize:
        """One line as long as the text."""
        width = int(text_width(self.text(), self.font())) + 2
        return QSize(width, self._height_of(1))

    def minimumSizeHint(self) -> QSize:
        """Never clipped; a text that wraps may become narrow."""
        if self.wordWrap():
            return QSize(round(self.px(80)), self._height_of(1))
        return self.sizeHint()

    def _height_of(self, lines: int) -> int:
        em = self.px(self._role.px)
        # A line lower than the font's own would cut the tails of Latin letters; the gap that
        # follows in a layout is so much less than in the pictures.
        tails = (LINE_ASCENT - LINE_HEIGHT / 2 + _TAIL) * em - self.px(self._line) / 2
        return round(max(1, lines) * self.px(self._line) + max(0.0, tails))

    def _lines(self, width: float) -> list[str]:
        if not self.wordWrap():
            return [self.text()]
        return broken_lines(self.text(), self.font(), width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each line in its own height."""
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        height, top = self.px(self._line), 0.0
        for text in self._lines(self.width()):
            place = QRectF(0, top, self.width(), height)
            paint_line(painter, place, text, self.font(), ink, self.alignment())
            top += height
