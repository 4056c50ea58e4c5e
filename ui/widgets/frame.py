"""Owns what frames a desk window: rail, top bar, clock, figures; must not know the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from ui.widgets.card import Card, Separator
from ui.widgets.icon import Logo, paint_icon
from ui.widgets.label import CAPTION, PAGE_TITLE, ElidedLabel, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.painting import Themed, paint_box, text_width
from ui.widgets.stage import HBox, VBox

RAIL_WIDTH = 88
TOP_BAR_HEIGHT = 60


@dataclass(frozen=True)
class RailEntry:
    """One page of the rail: its key, its word, its icon."""

    key: str
    text: str
    icon: str


class _RailButton(Themed, QToolButton):
    """Icon over a word, with a number for what waits there."""

    def __init__(self, entry: RailEntry, *, checkable: bool) -> None:
        super().__init__()
        self._icon, self._badge = entry.icon, 0
        self.setCheckable(checkable)
        self.setText(entry.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.describe()

    def badge(self) -> int:
        return self._badge

    def set_badge(self, number: int) -> None:
        self._badge = number
        self.describe()
        self.update()

    def describe(self) -> None:
        waiting = QCoreApplication.translate("Rail", "{n} 项待处理").format(n=self._badge)
        self.setAccessibleName(f"{self.text()}，{waiting}" if self._badge else self.text())

    def sizeHint(self) -> QSize:
        return QSize(round(self.px(72)), round(self.px(60)))

    def paintEvent(self, _event: object) -> None:
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        chosen = self.isChecked()
        if chosen or self.isDown() or self.underMouse():
            ground = "accent_tint" if chosen else "sunken" if self.isDown() else "canvas"
            edge = theme.colour("accent") if chosen and theme.edge_floor else None
            paint_box(painter, rect, self.px(8), theme.colour(ground), edge, self.px(theme.edge(1)))
        ink = theme.colour("accent" if chosen else "ink2")
        side, line, gap = self.px(24), self.px(15.6), self.px(3)
        top = (self.height() - side - gap - line) / 2
        place = QRectF((self.width() - side) / 2, top, side, side)
        paint_icon(painter, self._icon, place, ink)
        words = QRectF(self.px(2), top + side + gap, self.width() - self.px(4), line)
        face = self.font_px(12, 700 if chosen else 400)
        self.paint_text(painter, words, self.text(), face, ink, Qt.AlignmentFlag.AlignHCenter)
        if self._badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        theme, face = self.theme(), self.font_px(12, 700)
        text = str(self._badge) if self._badge < 100 else "99+"
        height = self.px(18)
        width = max(height, text_width(text, face) + self.px(8))
        place = QRectF(self.width() - self.px(5) - width, self.px(5), width, height)
        paint_box(painter, place, height / 2, theme.colour("danger"))
        centre = Qt.AlignmentFlag.AlignHCenter
        self.paint_text(painter, place, text, face, theme.colour("on_accent"), centre)


class Rail(Themed, QWidget):
    """The pages at the left of a desk window; Alt+1 … as the window sets them."""

    chosen = Signal(str)

    def __init__(
        self,
        entries: Sequence[RailEntry],
        *,
        bottom: Sequence[RailEntry] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        column = VBox(margins=(8, 16, 8, 12), parent=self)
        column.addWidget(Logo(40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.add_gap(20)
        for entry in entries:
            column.addWidget(self._add(entry, checkable=True))
            column.add_gap(4)
        column.addStretch(1)
        for entry in bottom:
            column.addWidget(self._add(entry, checkable=False))
            column.add_gap(4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        if entries:
            self.set_current(entries[0].key)

    def _add(self, entry: RailEntry, *, checkable: bool) -> _RailButton:
        button = _RailButton(entry, checkable=checkable)
        self._buttons[entry.key] = button
        if checkable:
            self._group.addButton(button)
        button.clicked.connect(lambda _on=False, key=entry.key: self.chosen.emit(key))
        return button

    def button(self, key: str) -> QToolButton:
        """The button of one page; raises KeyError for an unknown key."""
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Mark the page shown, without telling anybody."""
        self._buttons[key].setChecked(True)

    def set_badge(self, key: str, number: int) -> None:
        """How many things wait there; 0 shows none."""
        self._buttons[key].set_badge(number)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Change the words, after a change of language."""
        for key, text in texts.items():
            self._buttons[key].setText(text)
            self._buttons[key].describe()

    def sizeHint(self) -> QSize:
        """88 px wide."""
        return QSize(round(self.px(RAIL_WIDTH)), super().sizeHint().height())

    def paintEvent(self, _event: object) -> None:
        """Surface with an edge at the right."""
        painter, theme = self.begin_painting(), self.theme()
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = QRectF(self.width() - 1, 0, 1, self.height())
        painter.fillRect(edge, theme.colour("line"))


class ClockLabel(BigNumber):
    """The time of day as hh:mm, from whatever clock it is given; wakes at each full minute."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        px: float = 20,
        weight: int = 500,
        token: str = "ink1",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(px=px, weight=weight, token=token, parent=parent)
        self._now = now
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def tick(self) -> None:
        """Show the time and wake again when the minute is full (a replayed day runs faster)."""
        now = self._now()
        self.set_text(f"{now:%H:%M}")
        self._timer.start(1000 if now.second < 59 else 200)


class TopBar(Themed, QWidget):
    """Title and subtitle at the left, chips and buttons at the right, the clock at the end."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        clock: Callable[[], datetime] | None = None,
        logo: bool = False,
        rule_before_clock: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, TextRole(18, 700) if logo else PAGE_TITLE)
        self.subtitle = ElidedLabel(subtitle, TextRole(15, 400, "ink2") if logo else CAPTION)
        gap = 14 if logo else 16
        row = HBox(spacing=gap, margins=(24, 0, 24, 0), parent=self)
        self._left = HBox(spacing=gap)
        if logo:
            self._left.addWidget(Logo(34))
        self._left.addWidget(self.title)
        self._left.addWidget(self.subtitle)
        self.chips = HBox(spacing=gap)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self.chips)
        self.clock: ClockLabel | None = None
        if clock is not None:
            if rule_before_clock and not logo:
                row.addWidget(Separator(vertical=True, length=24, token="line2"))
            else:
                row.add_gap(10)
            self.clock = ClockLabel(clock)
            row.addWidget(self.clock)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, text: str) -> None:
        """Name the page or the counter."""
        self.title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """Who works here."""
        self.subtitle.set_text(text)

    def add_left(self, widget: QWidget) -> None:
        """A chip after the subtitle."""
        self._left.addWidget(widget)

    def sizeHint(self) -> QSize:
        """60 px high."""
        return QSize(super().sizeHint().width(), round(self.px(TOP_BAR_HEIGHT)))

    def paintEvent(self, _event: object) -> None:
        """Surface with an edge below."""
        painter, theme = self.begin_painting(), self.theme()
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(edge, theme.colour("line"))


class StatFigure(Themed, QWidget):
    """A caption over a big figure with its unit."""

    def __init__(
        self,
        caption: str,
        figure: str = "",
        unit: str = "",
        *,
        urgent: bool = False,
        figure_px: float = 26,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption, self._figure, self._unit, self._urgent = caption, figure, unit, urgent
        self._px = figure_px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_caption(self, caption: str) -> None:
        """Name the figure."""
        self._caption = caption
        self._describe()

    def set_value(self, figure: str, unit: str = "", *, urgent: bool = False) -> None:
        """Show another figure; urgent ones say so in their unit as well (分钟，超时)."""
        self._figure, self._unit, self._urgent = figure, unit, urgent
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._caption} {self._figure} {self._unit}".strip())
        self.refresh()

    def sizeHint(self) -> QSize:
        """As wide as the longer of its two lines, 80 px high."""
        caption = text_width(self._caption, self.font_px(13))
        figure = text_width(self._figure, self.font_px(self._px, 700))
        figure += self.px(3) + text_width(self._unit, self.font_px(13))
        return QSize(round(max(caption, figure) + self.px(28)), round(self.px(80)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme = self.begin_painting(), self.theme()
        left, width = self.px(20), self.width() - self.px(24)
        caption = QRectF(left, self.px(13), width, self.px(19.5))
        self.paint_text(painter, caption, self._caption, self.font_px(13), theme.colour("ink3"))
        line = QRectF(left, caption.bottom(), width, self.px(1.25 * self._px))
        ink = theme.colour("danger_text" if self._urgent else "ink1")
        drawn = self.paint_text(painter, line, self._figure, self.font_px(self._px, 700), ink)
        ink = theme.colour("danger_text" if self._urgent else "ink2")
        # The small unit stands on the figure's baseline: lower the line by what ascents differ.
        unit = line.adjusted(drawn + self.px(3), 0, 0, 0)
        unit.translate(0, self.px((self._px - 13) * (1.16 - 1.448 / 2)))
        self.paint_text(painter, unit, self._unit, self.font_px(13), ink)


class StatRow(Card):
    """Figures side by side on one card, a rule of ``rule`` px between them."""

    def __init__(
        self, figures: Sequence[QWidget], *, rule: int = 42, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = HBox(margins=(1, 1, 1, 0), parent=self)
        for number, figure in enumerate(figures):
            if number:
                row.addWidget(Separator(vertical=True, length=rule))
            row.addWidget(figure, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for longer words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()
