"""Owns the two-dimensional code as paper shows it; knows no form and what no code means."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from reportlab.graphics.barcode.qr import QrCode
from reportlab.pdfgen.canvas import Canvas

# How much finer than a point a code on A4 is drawn, so that its modules fill the place.
_STEPS: Final = 4


class Qr(QrCode):
    """ReportLab's QR code with modules of whole units and one path. ReportLab's own drawing lets
    the rows overlap, which smears on a dot grid, and computes the code a second time.

    It is at most ``most`` units wide and high; without the quiet zone, which its place has to
    leave.
    """

    def __init__(self, text: str, most: int) -> None:
        super().__init__(text, qrLevel="M")
        self.qr.make()
        self.module = most // self.qr.getModuleCount()
        self.width = self.height = self.module * self.qr.getModuleCount()

    def draw(self) -> None:
        """Dark stretches, row by row."""
        path = self.canv.beginPath()
        top = self.height
        for modules in self.qr.modules:
            top -= self.module
            x = 0
            for dark, stretch in groupby(modules, key=bool):
                width = self.module * len(list(stretch))
                if dark:
                    path.rect(x, top, width, self.module)
                x += width
        self.canv.drawPath(path, stroke=0, fill=1)


def fine_qr(text: str, size: float) -> Qr:
    """A code for a square of that size in points."""
    return Qr(text, round(size * _STEPS))


def draw_fine(canvas: Canvas, code: Qr, x: float, y: float, size: float) -> None:
    """The code in the canvas's colour on its square, whose lower left corner is (x, y): at the
    right edge and in the middle of the height, however many modules it has."""
    spare = size - code.width / _STEPS
    canvas.saveState()
    canvas.translate(x + spare, y + spare / 2)
    canvas.scale(1 / _STEPS, 1 / _STEPS)
    code.drawOn(canvas, 0, 0)
    canvas.restoreState()
