"""Owns a dialog nearly as large as the window behind it; must not know what stands in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.widgets.dialog import PanelDialog

_LEAST, _MARGIN = 560, 48
_USUAL: Final = 800


class LargePanel(PanelDialog):
    """At most ``widest`` px wide, and as high as the window allows; it casts no shadow, which
    would be blurred anew with every letter typed and every page turned."""

    def __init__(self, parent: QWidget, title: str, *, widest: int) -> None:
        super().__init__(parent, title, width=min(widest, parent.window().width() - _MARGIN))
        self.panel.setGraphicsEffect(None)  # type: ignore[arg-type]
        layout = self.panel.layout()
        assert isinstance(layout, QBoxLayout)  # body, gap, buttons
        layout.setStretch(0, 1)
        self.fit()

    def fit(self) -> None:
        """Take the height that the window gives."""
        parent = self.parentWidget()
        height = parent.window().height() if parent is not None else _USUAL
        self.panel.setFixedHeight(max(_LEAST, height - _MARGIN))

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the window behind it is now."""
        self.fit()
        super().showEvent(event)
