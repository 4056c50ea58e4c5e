"""Owns the house's mark as paper shows it; the same strokes as on screen (look.md section 14)."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas


def draw_mark(canvas: Canvas, x: float, y: float, size: float, ground: str) -> None:
    """厅 in four strokes on a square of that size, its lower left corner at (x, y), in points."""
    canvas.saveState()
    canvas.translate(x, y + size)
    # The strokes are given in units of a thirty-second, downwards.
    canvas.scale(size / 32, -size / 32)
    canvas.setFillColor(HexColor(ground))
    canvas.roundRect(0, 0, 32, 32, 8, stroke=0, fill=1)
    canvas.setStrokeColor(HexColor("#FFFFFF"))
    canvas.setLineWidth(2.4)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    path.moveTo(7, 8.5)
    path.lineTo(25.5, 8.5)
    path.moveTo(9.6, 8.5)
    path.lineTo(9.6, 13.3)
    path.curveTo(9.6, 17.5, 9.1, 20.7, 7, 24)
    path.moveTo(14, 14.2)
    path.lineTo(25, 14.2)
    path.moveTo(19.5, 14.2)
    path.lineTo(19.5, 22)
    path.curveTo(19.5, 23.3, 18.8, 24, 17.5, 24)
    path.lineTo(15.8, 24)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
