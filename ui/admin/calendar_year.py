"""Owns the picture of a year's working days: twelve months, one day chosen; decides no day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.workdays.rules import WorkCalendar
from ui.models.calendar_words import date_text, day_kind, month_name, weekday_letters
from ui.widgets.painting import Themed, paint_box, text_width

_COLUMNS, _ROWS, _WEEKS = 4, 3, 6
_GAP, _MONTH, _HEAD = 22, 24, 20
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class YearPicture(Themed, QWidget):
    """Twelve months in three rows. A day off has a filled ground, a worked weekend an edge with a
    corner; the words stand in the legend and beside the picture.

    ``chosen`` carries the day that was clicked or reached by the arrow keys.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendar = WorkCalendar({}, frozenset())
        self._names: dict[date, str] = {}
        self.day = date(2000, 1, 1)
        self._today = self.day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_year(
        self, calendar: WorkCalendar, names: dict[date, str], day: date, today: date
    ) -> None:
        """Draw the year of ``day``, which is chosen."""
        self._calendar, self._names, self._today = calendar, names, today
        self._choose(day, tell=False)

    def sizeHint(self) -> QSize:
        """Room for 24 px a day."""
        return QSize(round(self.px(720)), round(self.px(500)))

    def minimumSizeHint(self) -> QSize:
        """Numbers of two digits still stand apart."""
        return QSize(round(self.px(620)), round(self.px(440)))

    def place_of(self, day: date) -> QRectF:
        """Where a day of the year stands."""
        month = self._month_place(day.month)
        at = date(day.year, day.month, 1).weekday() + day.day - 1
        width, height = self._cell(month)
        top = month.top() + self.px(_MONTH + _HEAD)
        return QRectF(month.left() + at % 7 * width, top + at // 7 * height, width, height)

    def _month_place(self, month: int) -> QRectF:
        gap = self.px(_GAP)
        width = (self.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        height = (self.height() - gap * (_ROWS - 1)) / _ROWS
        column, row = (month - 1) % _COLUMNS, (month - 1) // _COLUMNS
        return QRectF(column * (width + gap), row * (height + gap), width, height)

    def _cell(self, month: QRectF) -> tuple[float, float]:
        return month.width() / 7, (month.height() - self.px(_MONTH + _HEAD)) / _WEEKS

    # -- choosing -------------------------------------------------------------------------------

    def _choose(self, day: date, *, tell: bool = True) -> None:
        self.day = day
        name = day_kind(day, self._calendar, self._names.get(day, ""))
        self.setAccessibleName(f"{date_text(day)}，{name}")
        self.update()
        if tell:
            self.chosen.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        place = event.position()
        for month in range(1, 13):
            if self._month_place(month).contains(place):
                for number in range(1, monthrange(self.day.year, month)[1] + 1):
                    day = date(self.day.year, month, number)
                    if self.place_of(day).contains(place):
                        self._choose(day)
                        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks, Page up and down by months; the year is not left."""
        day, key = self.day, Qt.Key(event.key())
        if key in _STEPS:
            day += timedelta(days=_STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            month = day.month + (1 if key == Qt.Key.Key_PageDown else -1)
            month = min(max(month, 1), 12)
            day = day.replace(month=month, day=min(day.day, monthrange(day.year, month)[1]))
        elif key == Qt.Key.Key_Home:
            day = date(day.year, 1, 1)
        elif key == Qt.Key.Key_End:
            day = date(day.year, 12, 31)
        else:
            super().keyPressEvent(event)
            return
        if day.year == self.day.year and day != self.day:
            self._choose(day)

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: object) -> None:
        """Heads, letters of the week, days."""
        painter = self.begin_painting()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme()
        letters = weekday_letters()
        for month in range(1, 13):
            place = self._month_place(month)
            head = QRectF(place.left() + self.px(4), place.top(), place.width(), self.px(_MONTH))
            self.paint_text(
                painter, head, month_name(month), self.font_px(14, 700), theme.colour("ink1")
            )
            width, _height = self._cell(place)
            for at, letter in enumerate(letters):
                line = QRectF(place.left() + at * width, head.bottom(), width, self.px(_HEAD))
                face = self.font_px(12)
                self.paint_text(painter, line, letter, face, theme.colour("ink3"), _CENTRE)
            for number in range(1, monthrange(self.day.year, month)[1] + 1):
                self._paint_day(painter, date(self.day.year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        place = self.place_of(day)
        paint_day(self, painter, place, str(day.day), day, self._calendar)
        if day == self._today:
            half, thick = self.px(6), self.px(2)
            line = QRectF(place.center().x() - half, place.bottom() - 2 * thick, 2 * half, thick)
            painter.fillRect(line, self.theme().colour("accent"))
        if day == self.day:
            edge = self.theme().colour("accent")
            paint_box(painter, place, self.px(5), None, edge, self.px(2))


def paint_day(
    widget: Themed,
    painter: QPainter,
    place: QRectF,
    text: str,
    day: date,
    calendar: WorkCalendar,
) -> None:
    """A day's ground and number, also for the legend."""
    theme, special = widget.theme(), calendar.worked.get(day)
    inner = place.adjusted(widget.px(1), widget.px(1), -widget.px(1), -widget.px(1))
    ink, weight = "ink1", 400
    if special is False:
        paint_box(
            painter,
            inner,
            widget.px(4),
            theme.colour("danger_tint"),
            theme.colour("danger_line") if theme.edge_floor else None,
            widget.px(1),
        )
        ink, weight = "danger_text", 500
    elif special:
        edge = theme.colour("warn_line")
        paint_box(painter, inner, widget.px(4), theme.colour("warn_tint"), edge, widget.px(1))
        side = widget.px(7)
        corner = QPolygonF(
            [
                inner.topRight(),
                inner.topRight() - QPointF(side, 0),
                inner.topRight() + QPointF(0, side),
            ]
        )
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("warn_text"))
        painter.drawPolygon(corner)
        painter.restore()
        ink, weight = "warn_text", 700
    elif not calendar.is_workday(day):
        ink = "danger_text" if day.weekday() < 5 else "ink3"
        paint_box(painter, inner, widget.px(4), theme.colour("sunken"))
    face = widget.font_px(13, weight)
    widget.paint_text(painter, place, text, face, theme.colour(ink), _CENTRE)


class DayLegend(Themed, QWidget):
    """What the grounds of days mean: a sample of each with its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[tuple[date, str], ...] = ()
        # Days of a made-up week show one of each kind.
        self._days = (date(2001, 1, 1), date(2001, 1, 6), date(2001, 1, 7))
        self._calendar = WorkCalendar(
            {self._days[0]: False, self._days[1]: True}, frozenset({2001})
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, off: str, worked: str, weekend: str) -> None:
        """Name a day off, a worked weekend day, an ordinary weekend day."""
        self._items = tuple(zip(self._days, (off, worked, weekend), strict=True))
        self.setAccessibleName("，".join((off, worked, weekend)))
        self.refresh()

    def _widths(self) -> list[float]:
        face = self.font_px(13)
        return [self.px(22 + 6 + 18) + text_width(words, face) for _day, words in self._items]

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(round(sum(self._widths()) - self.px(17)), round(self.px(22)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """Sample, word, sample, word."""
        painter, left = self.begin_painting(), 0.0
        for (day, words), width in zip(self._items, self._widths(), strict=True):
            place = QRectF(left, 0, self.px(22), self.height())
            paint_day(self, painter, place, "", day, self._calendar)
            line = QRectF(place.right() + self.px(6), 0, width - self.px(28), self.height())
            ink = self.theme().colour("ink2")
            self.paint_text(painter, line, words, self.font_px(13), ink)
            left += width
