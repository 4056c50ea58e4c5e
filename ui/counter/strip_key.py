"""Owns the keys of the strip: the word with its key under it; must not know what they do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt

from ui.widgets.button import Button, ButtonSize
from ui.widgets.icon import paint_icon
from ui.widgets.painting import paint_box, text_width

_SIZE = ButtonSize(64, 15, 8, radius=8)
_PRIMARY = ButtonSize(64, 16, 8, radius=8)
_KEY_PX = 12
_ICON_PX = 20
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class StripKey(Button):
    """A button of 64 px with two lines, at least ``width`` px wide; or just an icon."""

    measures = _SIZE

    def __init__(self, key: str, width: int) -> None:
        self._least = width
        super().__init__("", size=self.measures, key=key)
        # The strip never has the keyboard, so nothing on it is reached by Tab.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The width of the picture, or what a longer word needs."""
        words = text_width(self.text(), self.font()) + 2 * self.px(self.measures.padding)
        width = max(self.px(self._least), words)
        return QSize(round(width + 0.5), round(self.px(self.measures.height)))

    def paintEvent(self, _event: object) -> None:
        """Ground, then the word, then the key."""
        theme, rect = self.theme(), QRectF(self.rect())
        painter = self.begin_painting()
        ground, edge, ink = self._colours(theme)
        if ground is not None:
            shown = self.faded(ground, (self.isEnabled(), theme.name), pressed=self.isDown())
            edge, ground = shown if edge == ground else edge, shown
        radius, width = self.px(self.measures.radius), self.px(theme.edge(1))
        paint_box(painter, rect, radius, ground, edge, width)
        if self.icon_name():
            place = QRectF(0, 0, self.px(_ICON_PX), self.px(_ICON_PX))
            place.moveCenter(rect.center())
            paint_icon(painter, self.icon_name(), place, theme.colour("ink2"))
            return
        word = QRectF(0, self.px(11), rect.width(), self.px(22))
        self.paint_text(painter, word, self.text(), self._shown_font(), ink, _CENTRE)
        solid = self.kind == "primary" and self.isEnabled()
        quiet = ink if solid or not self.isEnabled() else theme.colour("ink2")
        cap = QRectF(0, self.px(35), rect.width(), self.px(18))
        self.paint_text(painter, cap, self._key, self.font_px(_KEY_PX, 500), quiet, _CENTRE)


class PrimaryStripKey(StripKey):
    """The one solid key of the strip."""

    kind = "primary"
    measures = _PRIMARY
