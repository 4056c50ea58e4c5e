"""Owns the line of a case from receipt to its limits, pauses hatched; must not reckon a day."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.complaints.deadline_course import Course, Mark
from ui.shell.theme import Theme
from ui.widgets.painting import Themed, paint_box, text_width

_HEIGHT: Final = 66
_TRACK_TOP, _TRACK = 25, 8
_TICK_TOP, _TICK = 19, 20
_ABOVE, _BELOW, _TEXT = 0, 45, 19.5
_GAP: Final = 14
_HATCH: Final = 6


class DeadlineLine(Themed, QWidget):
    """As in picture i: received left, today over the line, limits under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course: Course | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_course(self, course: Course) -> None:
        """Show these days from now on."""
        self._course = course
        self.setAccessibleName(course.spoken())
        self.update()

    def course(self) -> Course | None:
        """What is shown."""
        return self._course

    def sizeHint(self) -> QSize:
        """66 px high."""
        return QSize(320, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, _event: object) -> None:
        """The track, what has passed, pauses, marks, today, words."""
        painter, theme, course = self.begin_painting(), self.theme(), self._course
        if course is None:
            return
        track = QRectF(0, _TRACK_TOP, self.width(), _TRACK)
        edge = theme.colour("line") if theme.edge_floor else None
        paint_box(painter, track, _TRACK / 2, theme.colour("sunken"), edge, 1)
        here = self._x(course.share(course.here))
        passed = QRectF(0, _TRACK_TOP, max(here, _TRACK), _TRACK)
        token = "danger" if course.overdue else "accent"
        paint_box(painter, passed, _TRACK / 2, theme.colour(token))
        for start, end in course.pauses:
            self._paint_pause(painter, course.share(start), course.share(end), theme)
        for mark in course.marks:
            self._paint_tick(painter, course, mark, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(token), 3))
        painter.setBrush(theme.colour("surface"))
        centre = min(max(here, 8.5), self.width() - 8.5)
        painter.drawEllipse(QPointF(centre, _TRACK_TOP + _TRACK / 2), 7, 7)
        self._paint_above(painter, course, here, theme)
        self._paint_below(painter, course, theme)

    def _x(self, share: float) -> float:
        return share * self.width()

    def _paint_pause(self, painter: QPainter, start: float, end: float, theme: Theme) -> None:
        """Days that do not count: the ground again, and slanting strokes over it."""
        place = QRectF(self._x(start), _TRACK_TOP, self._x(end) - self._x(start), _TRACK)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_track = QPainterPath()
        track = QRectF(0, _TRACK_TOP, self.width(), _TRACK)
        round_track.addRoundedRect(track, _TRACK / 2, _TRACK / 2)
        painter.setClipPath(round_track)
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.fillRect(place, theme.colour("sunken"))
        painter.setPen(QPen(theme.colour("ink3"), 1.5))
        left = place.left() - _TRACK
        while left < place.right():
            painter.drawLine(QPointF(left, place.bottom()), QPointF(left + _TRACK, place.top()))
            left += _HATCH
        painter.restore()

    def _paint_tick(self, painter: QPainter, course: Course, mark: Mark, theme: Theme) -> None:
        x = min(self._x(course.share(mark.day)), self.width() - 2.5)
        place = QRectF(x, _TICK_TOP, 2.5, _TICK)
        painter.fillRect(place, theme.colour(_token(course, mark, quiet="control")))

    def _paint_above(self, painter: QPainter, course: Course, here: float, theme: Theme) -> None:
        face, bold = self.font_px(13), self.font_px(13, 700)
        begins = text_width(course.begins_text, face)
        width = text_width(course.here_text, bold)
        # Today is what matters: the day of receipt gives way when both cannot stand.
        left = min(max(here - width / 2, begins + _GAP), self.width() - width)
        if left >= begins + _GAP - 0.5:
            place = QRectF(0, _ABOVE, begins + 1, _TEXT)
            self.paint_text(painter, place, course.begins_text, face, theme.colour("ink3"))
        token = "danger_text" if course.overdue else "accent"
        place = QRectF(max(left, 0), _ABOVE, width + 1, _TEXT)
        self.paint_text(painter, place, course.here_text, bold, theme.colour(token))

    def _paint_below(self, painter: QPainter, course: Course, theme: Theme) -> None:
        """The limit in force keeps its place; the others are named where there is room."""
        taken: list[tuple[float, float]] = []
        for mark in sorted(course.marks, key=lambda one: _RANK[one.kind]):
            if not mark.text:
                continue
            face = self.font_px(13, 700 if mark.kind == "limit" else 400)
            place = self._free_place(course, mark, face, taken)
            if place is None:
                continue
            taken.append((place.left(), place.right()))
            ink = theme.colour(_token(course, mark, quiet="ink3"))
            self.paint_text(painter, place, mark.text, face, ink)

    def _free_place(
        self, course: Course, mark: Mark, face: QFont, taken: list[tuple[float, float]]
    ) -> QRectF | None:
        width = text_width(mark.text, face)
        centre = self._x(course.share(mark.day)) + 1
        first = min(max(centre - width / 2, 0.0), self.width() - width)
        # Under its mark, or pushed aside as far as its own end still reaches the mark.
        aside = [left - _GAP - width for left, _ in taken] + [right + _GAP for _, right in taken]
        for left in (first, *sorted(aside, key=lambda one: abs(one - first))):
            if left < 0 or left + width > self.width() + 0.5 or abs(left - first) > width * 0.6:
                continue
            if all(left + width + _GAP <= a + 0.5 or left >= b + _GAP - 0.5 for a, b in taken):
                return QRectF(left, _BELOW, width + 1, _TEXT)
        return None


_RANK: Final = {"limit": 0, "other": 1, "later": 2, "past": 3}


def _token(course: Course, mark: Mark, *, quiet: str) -> str:
    if course.late(mark):
        return "danger_text"
    if mark.kind == "limit":
        return "warn_text"
    return "ink2" if mark.kind == "other" else quiet
