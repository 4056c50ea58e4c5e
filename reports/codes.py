"""Owns the two-dimensional code as paper shows it; knows no form and what no code means."""

from __future__ import annotations

from itertools import groupby

from reportlab.graphics.barcode.qr import QrCode


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
