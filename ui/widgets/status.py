"""Owns status chips, care chips and status glyphs; must not decide which state holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.shell.fonts import font
from ui.shell.theme import Theme
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, paint_box, paint_line, text_width
from ui.widgets.state import LOOKS, State, paint_state


@dataclass(frozen=True)
class ChipSize:
    """The measures of a chip, design px."""

    height: int
    font_px: float
    left: int
    right: int
    gap: int
    radius: int
    glyph: int
    icon: int
    edge: float = 1.0
    bold: bool = False
    care_stroke: float = 1.9


CHIP_SMALL: Final = ChipSize(22, 12, 5, 7, 4, 5, 14, 14)
CHIP: Final = ChipSize(26, 13, 7, 9, 5, 6, 15, 16)
CHIP_TALL: Final = ChipSize(30, 14, 7, 9, 5, 6, 16, 17)
CHIP_CARE_LARGE: Final = ChipSize(
    48, 20, 12, 16, 10, 8, 26, 26, edge=1.5, bold=True, care_stroke=1.8
)
CHIP_KIOSK: Final = ChipSize(48, 26, 12, 16, 8, 10, 30, 30, edge=2.0, care_stroke=1.75)


@dataclass(frozen=True)
class Chip:
    """What a chip says; ``state=None`` makes it a care chip: an outline without colour."""

    text: str
    state: State | None = None
    icon: str = ""


def chip_width(chip: Chip, size: ChipSize, factor: float = 1.0) -> float:
    """The width a chip needs, real px."""
    face = font(size.font_px * factor, 700 if size.bold else 500)
    width = size.left + size.right + (0 if chip.state else 2 * size.edge)
    if chip.icon or chip.state:
        width += (size.icon if chip.icon else size.glyph) + (size.gap if chip.text else 0)
    return width * factor + text_width(chip.text, face)


def paint_chip(
    painter: QPainter,
    left: float,
    centre: float,
    chip: Chip,
    size: ChipSize,
    theme: Theme,
    factor: float = 1.0,
    limit: float | None = None,
) -> float:
    """Draw a chip from ``left``, centred on the height ``centre``; returns its width, real px.

    A chip wider than ``limit`` px cuts its word.
    """
    width, height = chip_width(chip, size, factor), size.height * factor
    if limit is not None:
        width = min(width, limit)
    box = QRectF(left, centre - height / 2, width, height)
    care = chip.state is None
    if chip.state is None:
        edge_token = "control" if size.bold else "line2"
        ground, ink = "surface", theme.colour("ink1")
        edge: QColor | None = theme.colour(edge_token)
    else:
        look = LOOKS[chip.state]
        ground, ink = look.tint, theme.colour(look.text)
        edge = theme.colour(look.line) if theme.edge_floor else None
    thickness = size.edge * factor
    paint_box(painter, box, size.radius * factor, theme.colour(ground), edge, thickness)
    x = left + (size.left + (size.edge if care else 0)) * factor
    side = (size.icon if chip.icon else size.glyph) * factor
    place = QRectF(x, centre - side / 2, side, side)
    if chip.icon:
        stroke = size.care_stroke if care else None
        paint_icon(painter, chip.icon, place, ink, stroke=stroke)
    elif chip.state is not None:
        paint_state(painter, chip.state, place, theme, in_words=True)
    else:
        side = -size.gap * factor
    x += side + size.gap * factor
    face = font(size.font_px * factor, 700 if size.bold else 500)
    room = QRectF(x, box.top(), box.right() - size.right * factor - x, height)
    if chip.text:
        paint_line(painter, room, chip.text, face, ink)
    return width


class StatusGlyph(Themed, QWidget):
    """The shape of a state; a word must stand beside it."""

    def __init__(self, state: State, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._size = state, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def state(self) -> State:
        """The state shown."""
        return self._state

    def set_state(self, state: State) -> None:
        """Show another state."""
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the design size."""
        side = round(self.px(self._size))
        return QSize(side, side)

    def paintEvent(self, _event: object) -> None:
        """Draw the shape."""
        paint_state(QPainter(self), self._state, QRectF(self.rect()), self.theme())


class _ChipWidget(Themed, QLabel):
    def __init__(self, chip: Chip, size: ChipSize, parent: QWidget | None) -> None:
        super().__init__(chip.text, parent)
        self._size, self._chip = size, chip
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def chip(self) -> Chip:
        """What the chip says now."""
        return self._chip

    def _set(self, chip: Chip) -> None:
        self._chip = chip
        self.setText(chip.text)
        self.refresh()

    def sizeHint(self) -> QSize:
        """As wide as glyph and words."""
        factor = self.px(1)
        width = chip_width(self._chip, self._size, factor)
        return QSize(int(width + 0.999), round(self._size.height * factor))

    def minimumSizeHint(self) -> QSize:
        """A chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        centre = self.height() / 2
        paint_chip(painter, 0, centre, self._chip, self._size, self.theme(), self.px(1))


class StatusChip(_ChipWidget):
    """Glyph, word and tint of a state; an icon name replaces the glyph."""

    def __init__(
        self,
        state: State,
        text: str,
        *,
        icon: str = "",
        size: ChipSize = CHIP,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Chip(text, state, icon), size, parent)

    def set_chip(self, state: State, text: str, icon: str = "") -> None:
        """Show another state and word."""
        self._set(Chip(text, state, icon))


class CareChip(_ChipWidget):
    """A help somebody needs: an outline without colour, so that it is no alarm."""

    def __init__(
        self, icon: str, text: str, *, size: ChipSize = CHIP, parent: QWidget | None = None
    ) -> None:
        super().__init__(Chip(text, None, icon), size, parent)

    def set_chip(self, icon: str, text: str) -> None:
        """Show another need."""
        self._set(Chip(text, None, icon))
