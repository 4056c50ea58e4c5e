"""Owns the row of tabs over the lists, one of them chosen or none; must not know the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.widgets.painting import Themed, text_width
from ui.widgets.stage import HBox

TAB_HEIGHT: Final = 44


class _Tab(Themed, QPushButton):
    """A word with a line under it while it is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for the bold word, so that choosing moves nothing."""
        width = text_width(self.text(), self.font_px(14, 700))
        return QSize(round(width + 0.5), round(self.px(TAB_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        chosen = self.isChecked()
        lit = chosen or self.underMouse() or self.isDown()
        ink = theme.colour("accent" if chosen else "ink1" if lit else "ink2")
        face = self.font_px(14, 700 if chosen else 400)
        self.paint_text(painter, rect, self.text(), face, ink)
        if chosen:
            line = QRectF(0, rect.bottom() - self.px(2), rect.width(), self.px(2))
            painter.fillRect(line, theme.colour("accent"))


class TabRow(QWidget):
    """Tabs side by side; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        self._row = HBox(spacing=24, parent=self)
        for key in keys:
            tab = _Tab()
            self._tabs[key] = tab
            self._group.addButton(tab)
            self._row.addWidget(tab)
            tab.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tab(self, key: str) -> QPushButton:
        """The button of one tab."""
        return self._tabs[key]

    def current(self) -> str:
        """The key of the tab chosen; empty for none."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose without telling anybody; an empty key lets all go."""
        if key:
            self._tabs[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for tab in self._tabs.values():
            tab.setChecked(False)
        self._group.setExclusive(True)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Change the words."""
        for key, text in texts.items():
            tab = self._tabs[key]
            if tab.text() != text:
                tab.setText(text)
                tab.updateGeometry()

    def set_gap(self, gap: int) -> None:
        """Stand ``gap`` px apart."""
        self._row.setSpacing(gap)
