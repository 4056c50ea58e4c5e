"""Owns grounds that hold other widgets (card, well, rule); must not hold content of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.shell.theme import RADIUS
from ui.widgets.painting import Themed, paint_box


@dataclass(frozen=True)
class CardStyle:
    """Ground, edge and corner of a card, design px and tokens."""

    radius: int = RADIUS.card
    ground: str = "surface"
    edge: str = "line"
    width: int = 1
    dashed: bool = False


DESK_CARD: Final = CardStyle()
SIGN_IN_CARD: Final = CardStyle(radius=16)
KIOSK_PANEL: Final = CardStyle(radius=RADIUS.kiosk_card, edge="line2", width=2)
KIOSK_SELECTED: Final = CardStyle(radius=RADIUS.kiosk_card, edge="accent", width=4)
ELDER_PANEL: Final = CardStyle(radius=RADIUS.kiosk_card, edge="control", width=2)
BOARD_PANEL: Final = CardStyle(radius=RADIUS.board, width=0)
SUNKEN_WELL: Final = CardStyle(radius=RADIUS.control, ground="sunken", width=0)
CANVAS_WELL: Final = CardStyle(radius=RADIUS.control, ground="canvas", width=0)
KIOSK_WELL: Final = CardStyle(radius=14, ground="canvas", width=0)


class Card(Themed, QFrame):
    """A surface with one edge and no shadow; give it a layout with the padding you need."""

    def __init__(self, parent: QWidget | None = None, *, style: CardStyle = DESK_CARD) -> None:
        super().__init__(parent)
        self._style = style

    def set_style(self, style: CardStyle) -> None:
        """Take another ground and edge."""
        self._style = style
        self.update()

    def paintEvent(self, _event: object) -> None:
        """The box, with high contrast thickening every edge."""
        theme, style = self.theme(), self._style
        # In high contrast wells have the colour of the page, so an edge has to show them.
        width = theme.edge(style.width) if style.width else (1.0 if theme.edge_floor else 0.0)
        paint_box(
            QPainter(self),
            QRectF(self.rect()),
            self.px(style.radius),
            theme.colour(style.ground),
            theme.colour(style.edge) if width else None,
            self.px(width),
            dashed=style.dashed,
        )


class Well(Card):
    """A sunken place inside a card."""

    def __init__(self, style: CardStyle = SUNKEN_WELL, parent: QWidget | None = None) -> None:
        super().__init__(parent, style=style)


class Separator(Themed, QWidget):
    """A hairline; ``length`` fixes a vertical one, otherwise it takes the room there is."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        vertical: bool = False,
        length: int = 0,
        token: str = "line",
        thickness: int = 1,
    ) -> None:
        super().__init__(parent)
        self._vertical, self._length = vertical, length
        self._token, self._thickness = token, thickness
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        along = fixed if length else free
        self.setSizePolicy(*((fixed, along) if vertical else (along, fixed)))

    def sizeHint(self) -> QSize:
        """One line wide."""
        thick, long = max(1, round(self.px(self._thickness))), round(self.px(self._length))
        return QSize(thick, long) if self._vertical else QSize(long, thick)

    def paintEvent(self, _event: object) -> None:
        """Fill the line."""
        QPainter(self).fillRect(self.rect(), self.theme().colour(self._token))
