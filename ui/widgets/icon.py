"""Owns the icons: reads the SVG files, puts colours in, keeps pixmaps; must not choose colours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import theme_of
from ui.widgets.painting import Themed

ICON_FOLDER: Final = Path(__file__).parents[2] / "resources" / "icons"

# The files hold these two instead of real colours: Qt SVG knows no CSS variables.
_COLOUR: Final = "#ff0000"
_INNER: Final = "#00ff00"
_STROKE: Final = 'stroke-width="1.75"'


def icon_names() -> list[str]:
    """The names of all icons there are."""
    return sorted(path.stem for path in ICON_FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, inner: str, stroke: float) -> QSvgRenderer:
    text = _source(name).replace(_COLOUR, colour).replace(_INNER, inner)
    text = text.replace(_STROKE, f'stroke-width="{stroke:g}"', 1)
    return QSvgRenderer(QByteArray(text.encode()))


def stroke_for(size: float) -> float:
    """The stroke of an icon of ``size`` px on its 24 px grid (look.md section 14)."""
    if size >= 48:
        return 1.5
    return 2.0 if size < 16 else 1.75


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: float, colour: str, inner: str, stroke: float, dpr: float) -> QPixmap:
    side = max(1, round(size * dpr))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = _renderer(name, colour, inner, stroke)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def icon_pixmap(
    name: str,
    size: float,
    colour: QColor,
    dpr: float = 1.0,
    *,
    inner: QColor | None = None,
    stroke: float | None = None,
) -> QPixmap:
    """A square pixmap of an icon, ``size`` px wide; raises FileNotFoundError for another name.

    ``inner`` is the colour of the sign inside a filled glyph or the logo, white unless given.
    """
    return _pixmap(
        name,
        size,
        colour.name(),
        (inner or QColor("#FFFFFF")).name(),
        stroke if stroke is not None else stroke_for(size),
        dpr,
    )


def icon(name: str, size: int, colour: QColor) -> QIcon:
    """A QIcon for Qt's own controls, sharp at one, one and a half and two times."""
    result = QIcon()
    for dpr in (1.0, 1.5, 2.0):
        result.addPixmap(icon_pixmap(name, size, colour, dpr))
    return result


def paint_icon(
    painter: QPainter,
    name: str,
    rect: QRectF,
    colour: QColor,
    *,
    inner: QColor | None = None,
    stroke: float | None = None,
) -> None:
    """Draw an icon into ``rect`` (its centre square), as sharp as the device allows."""
    side = min(rect.width(), rect.height())
    place = QRectF(0, 0, side, side)
    place.moveCenter(rect.center())
    thick = stroke if stroke is not None else stroke_for(side)
    _renderer(name, colour.name(), (inner or QColor("#FFFFFF")).name(), thick).render(
        painter, place
    )


class IconLabel(Themed, QWidget):
    """An icon on its own; words beside it say what it means, so it has no accessible name."""

    def __init__(
        self,
        name: str,
        size: int = 24,
        token: str = "ink2",
        *,
        stroke: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._token, self._stroke = name, size, token, stroke
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, perhaps in another colour token."""
        self._name, self._token = name, token or self._token
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the design size."""
        side = round(self.px(self._size))
        return QSize(side, side)

    def paintEvent(self, _event: object) -> None:
        """Draw the icon in its token."""
        theme = theme_of(self)
        paint_icon(
            QPainter(self),
            self._name,
            QRectF(self.rect()),
            theme.colour(self._token),
            inner=theme.colour("on_accent"),
            stroke=self._stroke,
        )


class Logo(IconLabel):
    """The mark of the product, 厅 in a square."""

    def __init__(self, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__("logo", size, "accent", parent=parent)
