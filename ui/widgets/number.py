"""Owns numbers read on their own (ticket, timer, bar, dots); must not tick by itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.shell.fonts import CAP_HEIGHT
from ui.widgets.painting import Themed, paint_box, text_width

# Round letters reach this share of the em beyond capital height and baseline.
_OVERSHOOT = 0.022


def clock_text(seconds: int) -> str:
    """A duration as on a clock: ``06:12``, past an hour ``1:04:30``."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


class BigNumber(Themed, QLabel):
    """Capitals and digits that fill their box from baseline to cap height, without a line box."""

    def __init__(
        self,
        text: str = "",
        *,
        px: float = 144,
        weight: int = 700,
        token: str = "ink1",
        letter_spacing: float = 0.0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._px, self._weight, self._token = px, weight, token
        self._spacing, self._align = letter_spacing, align
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another number."""
        if text != self.text():
            self.setText(text)

    def set_token(self, token: str) -> None:
        """Take another colour token."""
        self._token = token
        self.update()

    def set_px(self, px: float) -> None:
        """Take another em, design px."""
        self._px = px
        self.refresh()

    def sizeHint(self) -> QSize:
        """The advance by the cap height."""
        em = self.px(self._px)
        width = text_width(self.text(), self._face()) + 1
        return QSize(round(width + 0.5), round(em * (CAP_HEIGHT + 2 * _OVERSHOOT)))

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def _face(self) -> QFont:
        face = self.font_px(self._px, self._weight)
        if self._spacing:
            face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.px(self._spacing))
        return face

    def paintEvent(self, _event: object) -> None:
        """Put the baseline at cap height."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        face = self._face()
        em = self.px(self._px)
        cap = em * CAP_HEIGHT
        left = 0.0
        spare = self.width() - text_width(self.text(), face)
        if self._align & Qt.AlignmentFlag.AlignHCenter:
            left = spare / 2
        elif self._align & Qt.AlignmentFlag.AlignRight:
            left = spare
        painter.setFont(face)
        painter.setPen(self.theme().colour(self._token))
        painter.drawText(QPointF(left, (self.height() + cap) / 2), self.text())


class TimerLabel(BigNumber):
    """A duration on a clock; whoever knows the time sets the seconds."""

    def __init__(
        self,
        *,
        px: float = 64,
        weight: int = 500,
        token: str = "ink1",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("--:--", px=px, weight=weight, token=token, parent=parent)

    def set_seconds(self, seconds: int | None) -> None:
        """Show a duration, or dashes while there is none."""
        self.set_text("--:--" if seconds is None else clock_text(seconds))


class ProgressBar(Themed, QWidget):
    """Time used against a target: a bar, and an upright mark where the target is."""

    def __init__(self, height: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._value = self._target = self._maximum = 0.0
        self._token = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_progress(self, value: float, target: float, maximum: float | None = None) -> None:
        """Seconds used, the target, and what the whole width stands for.

        Without a maximum the target stands at four fifths, and moves left once it is passed.
        """
        self._value, self._target = max(0.0, value), max(0.0, target)
        self._maximum = maximum if maximum is not None else max(1.25 * self._target, self._value)
        self.update()

    def set_token(self, token: str) -> None:
        """Colour of the bar: accent, ok, warn or danger."""
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        """The bar and what the mark stands out."""
        return QSize(round(self.px(120)), round(self.px(self._height + 8)))

    def paintEvent(self, _event: object) -> None:
        """Track, bar, mark."""
        theme, painter = self.theme(), QPainter(self)
        height = self.px(self._height)
        top = (self.height() - height) / 2
        track = QRectF(0, top, self.width(), height)
        edge = theme.colour("line") if theme.edge_floor else None
        paint_box(painter, track, height / 2, theme.colour("sunken"), edge, self.px(1))
        if self._maximum <= 0:
            return
        length = self.width() * min(1.0, self._value / self._maximum)
        if length > 0:
            # A bar shorter than its own height keeps its round head by being clipped.
            painter.save()
            painter.setClipRect(QRectF(0, top, length, height))
            bar = QRectF(0, top, max(length, height), height)
            paint_box(painter, bar, height / 2, theme.colour(self._token))
            painter.restore()
        if self._target > 0:
            x = self.width() * self._target / self._maximum - self.px(1.5)
            mark = QRectF(x, 0, self.px(3), self.height())
            paint_box(painter, mark, self.px(1.5), theme.colour("ink1"))


class StepDots(Themed, QWidget):
    """How far somebody is: one bar a step, filled up to the present one."""

    def __init__(self, total: int = 3, step: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total, self._step = total, step
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_step(self, step: int) -> None:
        """The present step, from 1."""
        self._step = step
        self.update()

    def sizeHint(self) -> QSize:
        """Bars of 36 x 10 px with gaps of 10."""
        return QSize(round(self.px(46 * self._total - 10)), round(self.px(10)))

    def paintEvent(self, _event: object) -> None:
        """Draw the bars."""
        painter, theme = QPainter(self), self.theme()
        for number in range(self._total):
            token = "accent" if number < self._step else "line2"
            bar = QRectF(self.px(46 * number), 0, self.px(36), self.px(10))
            paint_box(painter, bar, self.px(5), theme.colour(token))
