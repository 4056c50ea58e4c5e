"""Owns the small line of a room's day: what is booked, and the span that is being chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed, paint_box

_BAR: Final = 26
_HOURS: Final = 18
MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True)
class Span:
    """From and to, in minutes after midnight."""

    start: int
    end: int


class DayLine(Themed, QWidget):
    """Hours along a bar; booked spans are filled, the wanted one is outlined in the accent, or in
    the colour of danger where it meets a booked one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = 8, 18
        self._booked: tuple[Span, ...] = ()
        self._wanted: Span | None = None
        self._clashes = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, booked: Sequence[Span], wanted: Span, buffer: int) -> None:
        """What stands, and what is wanted; ``buffer`` minutes between two are kept free."""
        self._booked, self._wanted = tuple(booked), wanted
        self._first = min(8, *(span.start // 60 for span in (*booked, wanted)))
        self._last = max(18, *(-(-span.end // 60) for span in (*booked, wanted)))
        self._clashes = any(
            wanted.start < span.end + buffer and span.start < wanted.end + buffer for span in booked
        )
        self.update()

    def clashes(self) -> bool:
        """Whether the wanted span meets a booked one, or comes too close."""
        return self._clashes

    def sizeHint(self) -> QSize:
        """A bar with its hours under it."""
        return QSize(round(self.px(300)), round(self.px(_BAR + _HOURS)))

    def _x(self, minutes: int) -> float:
        span = (self._last - self._first) * 60
        return (minutes - self._first * 60) / span * self.width()

    def paintEvent(self, _event: object) -> None:
        """The bar, the booked spans, the wanted one, every second hour."""
        painter, theme = self.begin_painting(), self.theme()
        height = self.px(_BAR)
        bar = QRectF(0, 0, self.width(), height)
        paint_box(painter, bar, self.px(6), theme.colour("sunken"))
        for span in self._booked:
            left, right = self._x(span.start), self._x(span.end)
            place = QRectF(left, 0, right - left, height)
            paint_box(painter, place, self.px(4), theme.colour("control"))
        if self._wanted is not None:
            left, right = self._x(self._wanted.start), self._x(self._wanted.end)
            place = QRectF(left, 0, max(2.0, right - left), height)
            token = "danger" if self._clashes else "accent"
            ground = theme.colour("danger_tint" if self._clashes else "accent_tint")
            paint_box(painter, place, self.px(4), ground, theme.colour(token), self.px(2))
        face, ink = self.font_px(12), theme.colour("ink3")
        for hour in range(self._first, self._last + 1, 2):
            at = self._x(hour * 60)
            room = self.px(24)
            left = min(max(0.0, at - room / 2), self.width() - room)
            place = QRectF(left, height, room, self.px(_HOURS))
            self.paint_text(painter, place, str(hour), face, ink, Qt.AlignmentFlag.AlignHCenter)
