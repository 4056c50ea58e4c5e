"""Owns the strokes every painter shares (boxes, lines of text, scale); must not hold any state."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from ui.shell.fonts import LINE_ASCENT, LINE_HEIGHT, font
from ui.shell.theme import Theme, theme_of

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


# A width measured from the same font must never cut itself.
_GRACE = 0.5
_BREAKS = QTextOption()
_BREAKS.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def scale_of(widget: QWidget | None) -> float:
    """Real px for one design px: what the nearest ScaledStage above says, else 1."""
    factor = _stage_factor(widget)
    return 1.0 if factor is None else factor


def on_stage(widget: QWidget | None) -> bool:
    """Whether a widget stands on a kiosk or board, so that nothing there casts a shadow."""
    return _stage_factor(widget) is not None


def _stage_factor(widget: QWidget | None) -> float | None:
    node: Any = widget
    while node is not None:
        # In its dictionary: to ask a Qt object for an attribute it lacks takes ten times as long,
        # and every painting asks all the way up.
        factor = node.__dict__.get("stage_factor")
        if factor is not None:
            return float(factor)
        node = node.parent()
    return None


class Themed(_Base):
    """Mixin for a widget that draws from theme and stage: put it before the Qt class.

    ``refresh()`` runs before the first showing and after every change of theme, font or stage.
    """

    def px(self, design: float) -> float:
        """Real px for ``design`` px."""
        return design * scale_of(self)

    def theme(self) -> Theme:
        """The theme this widget is drawn in."""
        return theme_of(self)

    def font_px(self, design: float, weight: int = 400) -> QFont:
        """The product's font at ``design`` px, scaled to the stage."""
        return font(self.px(design), weight)

    _cut: tuple[str, ...] = ()

    def begin_painting(self) -> QPainter:
        """A painter on this widget; what was cut in the last painting is forgotten."""
        self._cut = ()
        return QPainter(self)

    def paint_text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        face: QFont,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """``paint_line``, remembering a text that had to be cut."""
        if text_width(text, face) > rect.width() + _GRACE:
            self._cut = (*self._cut, text)
        return paint_line(painter, rect, text, face, colour, align)

    def cut_texts(self) -> tuple[str, ...]:
        """The texts that the last painting could not show whole; a test of every window asks."""
        return self._cut

    def refresh(self) -> None:
        """Ask for a new size and a new painting; a subclass adds what it keeps."""
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Refresh on polish and on a change of style."""
        done = bool(super().event(event))
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.refresh()
        return done


def clamp_radius(radius: float, width: float, height: float) -> float:
    """A corner radius that fits: at most half of the shorter side, px."""
    return max(0.0, min(radius, width / 2, height / 2))


def paint_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 0.0,
    *,
    dashed: bool = False,
) -> None:
    """A rounded box whose edge of ``width`` px lies wholly inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0.0
    box = rect.adjusted(inset, inset, -inset, -inset)
    if edge is not None and width > 0:
        pen = QPen(edge, width)
        if dashed:
            pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    corner = clamp_radius(radius - inset, box.width(), box.height())
    painter.drawRoundedRect(box, corner, corner)
    painter.restore()


def text_width(text: str, face: QFont) -> float:
    """The advance of one line of text, px."""
    return QFontMetricsF(face).horizontalAdvance(text)


def broken_lines(text: str, face: QFont, width: float) -> list[str]:
    """A text in lines of at most ``width`` px, broken where each script allows it."""
    layout = QTextLayout(text, face)
    layout.setTextOption(_BREAKS)
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width + _GRACE))
        found.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return found


def paint_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line of text, centred in the height of ``rect`` as CSS does; elided when too long.

    Returns the width drawn, px.
    """
    metrics = QFontMetricsF(face)
    shown = text
    if metrics.horizontalAdvance(text) > rect.width() + _GRACE:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    width = metrics.horizontalAdvance(shown)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.center().x() - width / 2
    # Whole pixels as browsers round them: the pictures were drawn by one, and text stays sharp.
    ascent = round(LINE_ASCENT * face.pixelSize())
    descent = round((LINE_HEIGHT - LINE_ASCENT) * face.pixelSize())
    baseline = floor(rect.top() + floor((rect.height() - ascent - descent) / 2)) + ascent
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(QPointF(left, baseline), shown)
    return width
