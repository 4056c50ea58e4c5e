"""Owns choices of one (segments) and of yes or no (tick rows); must not know what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextLayout
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QPushButton, QSizePolicy, QWidget

from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, paint_box, text_width
from ui.widgets.pressing import PressGuard
from ui.widgets.stage import Grid


class _Segment(Themed, QPushButton):
    """One choice of a segmented control; ``padding`` px at either side of its words."""

    def __init__(self, text: str, padding: int, height: int) -> None:
        super().__init__(text)
        self._padding, self._height = padding, height
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 6)

    def sizeHint(self) -> QSize:
        """Wide enough for the bold text, so that choosing moves nothing."""
        width = text_width(self.text(), self.font_px(14, 700)) + 2 * self.px(self._padding)
        return QSize(round(width + 0.5), round(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            ground, edge = theme.colour("surface"), theme.colour("line2")
            paint_box(painter, rect, self.px(6), ground, edge, self.px(theme.edge(1)))
        elif self.underMouse() or self.isDown():
            paint_box(painter, rect, self.px(6), theme.colour("canvas"))
        face = self.font_px(14, 700 if chosen else 400)
        ink = theme.colour("ink1" if chosen else "ink2")
        self.paint_text(painter, rect, self.text(), face, ink, Qt.AlignmentFlag.AlignHCenter)


class SegmentedControl(Themed, QFrame):
    """A few choices side by side, one of them always chosen; arrow keys move between them.

    A ``wide`` one shares out the room there is in equal parts; more than ``across`` of them stand
    in several lines.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        *,
        current: str = "",
        name: str = "",
        padding: int = 15,
        height: int = 34,
        wide: bool = False,
        across: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        grid = Grid(spacing=2, margins=(3, 3, 3, 3), parent=self)
        for at, (key, text) in enumerate(choices):
            segment = _Segment(text, padding, height)
            self._segments[key] = segment
            self._group.addButton(segment)
            row, column = divmod(at, across) if across else (0, at)
            grid.addWidget(segment, row, column)
            grid.setColumnStretch(column, 1 if wide else 0)
            segment.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            # Whoever gives it the keyboard means the choice in force.
            segment.toggled.connect(partial(self._follow, segment))
        width = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        self.set_current(current or choices[0][0])

    def current(self) -> str:
        """The key of the choice in force."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def set_current(self, key: str) -> None:
        """Choose without telling anybody; raises KeyError for an unknown key."""
        self._segments[key].setChecked(True)

    def _follow(self, segment: QPushButton, on: bool) -> None:
        if on:
            self.setFocusProxy(segment)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Change the words, after a change of language."""
        for key, text in texts.items():
            self._segments[key].setText(text)
            self._segments[key].updateGeometry()

    def segment(self, key: str) -> QPushButton:
        """The button of one choice."""
        return self._segments[key]

    def paintEvent(self, _event: object) -> None:
        """The sunken ground."""
        theme = self.theme()
        edge = theme.colour("line") if theme.edge_floor else None
        ground = theme.colour("sunken")
        paint_box(self.begin_painting(), QRectF(self.rect()), self.px(8), ground, edge, self.px(1))


class CheckRow(Themed, PressGuard, QCheckBox):
    """A row of 44 px with a box of 24 px: a document to see, a thing to do."""

    def __init__(self, text: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._note, self._needed = "", True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key = key
        self.setAccessibleDescription(key)
        # Ticking and unticking in one breath is a correction, not a tremor.
        self.repeat_guard = False

    def set_text(self, text: str) -> None:
        """Change the words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def set_not_needed(self, note: str) -> None:
        """Cross the row off with the reason at its right; an empty reason asks for it again."""
        self._note, self._needed = note, not note
        self.setEnabled(self._needed)
        self.setAccessibleDescription(note or self._key)
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row takes the press."""
        return bool(self.rect().contains(pos))

    def sizeHint(self) -> QSize:
        """The text may elide, the row never shrinks in height."""
        return QSize(round(self.px(160)), round(self.px(44)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """Box with or without tick, words, and the note or the key at the right."""
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        side = self.px(24)
        box = QRectF(0, rect.center().y() - side / 2, side, side)
        if not self._needed:
            self._sign(painter, "minus", box, 18, 2.0, "ink3")
        elif self.isChecked():
            paint_box(painter, box, self.px(5), theme.colour("accent"))
            self._sign(painter, "check", box, 17, 2.8, "on_accent")
        else:
            over = self.underMouse() and self.isEnabled()
            ground = theme.colour("canvas" if over else "surface")
            edge = self.px(theme.edge(1.5))
            paint_box(painter, box, self.px(5), ground, theme.colour("control"), edge)
        right = rect.right()
        note, small = self._note or self._key, self.font_px(14)
        if note:
            width = text_width(note, small)
            place = QRectF(right - width, rect.top(), width, rect.height())
            self.paint_text(painter, place, note, small, theme.colour("ink3"))
            right -= width + self.px(12)
        ink = theme.colour("ink1" if self._needed else "ink3")
        left = box.right() + self.px(12)
        words = QRectF(left, rect.top(), max(0.0, right - left), rect.height())
        if text_width(self.text(), self.font_px(16)) <= words.width():
            self.paint_text(painter, words, self.text(), self.font_px(16), ink)
        else:
            self._paint_two_lines(painter, words, ink)

    def _paint_two_lines(self, painter: QPainter, room: QRectF, ink: QColor) -> None:
        """Long words stand in two smaller lines; only what is longer still is cut."""
        small = self.font_px(14)
        layout = QTextLayout(self.text(), small)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        first = line.textLength()
        layout.endLayout()
        half = room.height() / 2
        lines = (self.text()[:first].rstrip(), self.text()[first:])
        for at, text in enumerate(lines):
            place = QRectF(room.left(), room.top() + at * half, room.width(), half)
            self.paint_text(painter, place, text, small, ink)

    def _sign(
        self, painter: QPainter, name: str, box: QRectF, size: int, stroke: float, token: str
    ) -> None:
        side = self.px(size)
        place = QRectF(0, 0, side, side)
        place.moveCenter(box.center())
        paint_icon(painter, name, place, self.theme().colour(token), stroke=stroke)
