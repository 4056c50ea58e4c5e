"""Owns how content that is longer than its place is scrolled: up and down, without a frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """As much of ``content`` as there is room for.

    ``reached``: Tab stops here, so that keys scroll what holds nothing else to stop at; give it a
    name to be read out. ``bare``: what lies behind it is its ground. ``sideways``: content too wide
    gets a bar instead of being cut.
    """

    def __init__(
        self,
        content: QWidget,
        *,
        reached: bool = False,
        bare: bool = False,
        sideways: bool = False,
    ) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not reached:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Qt gives the content a ground of its own here.
        self.setWidget(content)
        if bare:
            self.viewport().setAutoFillBackground(False)
            content.setAutoFillBackground(False)
