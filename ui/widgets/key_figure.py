"""Owns a manager's figure: caption, number with unit, what it is held against; counts nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed, text_width
from ui.widgets.state import LOOKS, State, paint_state


@dataclass(frozen=True)
class FigureText:
    """The words of a figure; with a ``state`` the note has its glyph and colour."""

    caption: str
    figure: str
    unit: str = ""
    note: str = ""
    state: State | None = None


class KeyFigure(Themed, QWidget):
    """A caption over a big number, a line below that says what it is compared with (picture l)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = FigureText("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> FigureText:
        """What is shown."""
        return self._text

    def show_text(self, text: FigureText) -> None:
        """Show another figure."""
        self._text = text
        spoken = (f"{text.caption} {text.figure} {text.unit}".strip(), text.note)
        self.setAccessibleName("，".join(part for part in spoken if part))
        self.refresh()

    def sizeHint(self) -> QSize:
        """As wide as the longest of its lines, 108 px high."""
        text = self._text
        figure = text_width(text.figure, self.font_px(30, 700))
        figure += self.px(3) + text_width(text.unit, self.font_px(14))
        note = text_width(text.note, self.font_px(13, 700 if text.state else 400))
        note += self.px(20) if text.state else 0
        width = max(figure, note, text_width(text.caption, self.font_px(13)))
        return QSize(round(width + self.px(30)), round(self.px(106)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme, text = self.begin_painting(), self.theme(), self._text
        left, width = self.px(22), self.width() - self.px(26)
        caption = QRectF(left, self.px(15), width, self.px(19.5))
        self.paint_text(painter, caption, text.caption, self.font_px(13), theme.colour("ink3"))
        line = QRectF(left, caption.bottom(), width, self.px(37.5))
        face, ink = self.font_px(30, 700), theme.colour("ink1")
        drawn = self.paint_text(painter, line, text.figure, face, ink)
        # The small unit stands on the figure's baseline: lower the line by what ascents differ.
        unit = line.adjusted(drawn + self.px(3), 0, 0, 0)
        unit.translate(0, self.px((30 - 14) * (1.16 - 1.448 / 2)))
        self.paint_text(painter, unit, text.unit, self.font_px(14), theme.colour("ink2"))
        note = QRectF(left, line.bottom(), width, self.px(19.5))
        if text.state is None:
            self.paint_text(painter, note, text.note, self.font_px(13), theme.colour("ink2"))
            return
        side = self.px(15)
        glyph = QRectF(left, note.center().y() - side / 2, side, side)
        paint_state(painter, text.state, glyph, theme, in_words=True)
        ink = theme.colour(LOOKS[text.state].text)
        note.setLeft(glyph.right() + self.px(5))
        self.paint_text(painter, note, text.note, self.font_px(13, 700), ink)
