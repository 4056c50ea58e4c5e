"""Owns the list of who comes next at this counter; nothing in it can be picked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from branch.lobby.queries.waiting import QueuedTicket
from ui.models.words import care_marks
from ui.shell.language import language
from ui.widgets.card import CANVAS_WELL, Card, Separator, Well
from ui.widgets.label import CARD_TITLE, SECOND, Label, TextRole
from ui.widgets.painting import Themed, broken_lines, paint_line, text_width
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.state import State
from ui.widgets.status import CHIP, CHIP_SMALL, CareChip, StatusChip

_NEXT = TextRole(40, 700)
_NUMBER = TextRole(20, 700)
_SERVICE = TextRole(15, 400, "ink2")
_MINUTE_MS = 60_000
_MOST = 4
_OFF = 8
_SMALL = 13
_LINE = 18


class ServiceName(Themed, QLabel):
    """A service on one line, or on two smaller ones where the room is short."""

    def __init__(self, name: str, px: int) -> None:
        super().__init__(name)
        self._px = px
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of the picture, or what two need."""
        width = text_width(self.text(), self.font_px(self._px))
        return QSize(round(width) + 1, max(round(1.45 * self._px), _LINE * len(self._lines())))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, self.sizeHint().height())

    def _face(self) -> QFont:
        fits = text_width(self.text(), self.font_px(self._px)) <= self.width()
        return self.font_px(self._px if fits else _SMALL)

    def _lines(self) -> list[str]:
        first, *rest = broken_lines(self.text(), self._face(), self.width())
        return [first, self.text()[len(first) :].strip()] if rest else [first]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: object) -> None:
        """The name; what does not fit on two lines either is in the tool tip."""
        painter, ink = self.begin_painting(), self.theme().colour("ink2")
        lines = self._lines()
        top = (self.height() - _LINE * len(lines)) / 2
        for at, text in enumerate(lines):
            place = QRectF(0, top + at * _LINE, self.width(), _LINE)
            # Beside two chips even two lines may be too few: this one ends in … by design.
            paint_line(painter, place, text, self._face(), ink)


class LineCard(Card):
    """The next ticket large, up to four behind it, and how many this counter can do."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", CARD_TITLE)
        self.count = Label("", SECOND)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._made: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 10)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(10)
        column.addLayout(self._rows)
        self.empty = EmptyState("chair", "")
        column.addWidget(self.empty, 1)
        self.loading = LoadingRows(row_height=52)
        column.addWidget(self.loading)
        column.addStretch(1)
        self.empty.hide()
        self.loading.start()
        self._line: tuple[QueuedTicket, ...] = ()
        self._now = 0
        self._shown: tuple[object, ...] = ()

    def show_line(self, line: Sequence[QueuedTicket], now: int) -> None:
        """Show the line at ``now`` (milliseconds); painted anew only where a minute changed."""
        self._line, self._now = tuple(line), now
        self.loading.stop()
        self.loading.hide()
        rows = [
            (ticket.id, ticket.waited(now) // _MINUTE_MS, ticket.pressure(now), ticket.classes)
            for ticket in self._line[: _MOST + 1]
        ]
        shown = (*rows, len(self._line), language().code)
        if shown != self._shown:
            self._shown = shown
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.title.setText(self.tr("下一位"))
        self.count.setText(self.tr("本柜可办 {n} 人").format(n=len(self._line)))
        for row in self._made:
            self._rows.removeWidget(row)
            row.deleteLater()
        self._made = []
        self.empty.set_texts(self.tr("没有人等候"))
        self.empty.setVisible(not self._line and self.loading.isHidden())
        for at, ticket in enumerate(self._line[: _MOST + 1]):
            made = self._next(ticket) if at == 0 else self._row(ticket, first=at == 1)
            self._made.append(made)
        for row in self._made:
            self._rows.addWidget(row)

    def _minutes(self, ticket: QueuedTicket) -> int:
        return ticket.waited(self._now) // _MINUTE_MS

    def _next(self, ticket: QueuedTicket) -> QWidget:
        well = Well(CANVAS_WELL)
        well.setFixedHeight(100)
        number = Label(ticket.number, _NEXT)
        # The line of the picture is lower than the font's own.
        number.setFixedHeight(48)
        service = ServiceName(ticket.service_name.text(language().code), 14)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch(1)
        left.addWidget(number)
        left.addWidget(service)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addStretch(1)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        chips.addStretch(1)
        for mark in care_marks(ticket.classes, ticket.care)[:2]:
            chips.addWidget(CareChip(mark.icon, mark.word, size=CHIP))
        right.addLayout(chips)
        waited = self.tr("已等 {n} 分钟").format(n=self._minutes(ticket))
        token = {"over": "danger_text", "near": "warn_text"}.get(ticket.pressure(self._now), "")
        label = Label(waited, SECOND, align=Qt.AlignmentFlag.AlignRight, token=token)
        right.addWidget(label)
        right.addStretch(1)
        row = QHBoxLayout(well)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addLayout(right)
        return well

    def _row(self, ticket: QueuedTicket, first: bool) -> QWidget:
        widget = QWidget()
        # The first row stands a little off the well above it; every other under a rule.
        widget.setFixedHeight(52 + _OFF if first else 52)
        number = Label(ticket.number, _NUMBER)
        number.setMinimumWidth(64)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(number)
        row.addWidget(ServiceName(ticket.service_name.text(language().code), 15), 1)
        for mark in care_marks(ticket.classes, ticket.care)[:1]:
            row.addWidget(CareChip(mark.icon, mark.word, size=CHIP_SMALL))
        row.addWidget(self._wait(ticket))
        # Of its own, or else the lowest of these would bound the row and move the rule above it.
        line = QWidget()
        line.setLayout(row)
        line.setFixedHeight(51)
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if first:
            column.addSpacing(_OFF)
        else:
            rule = Separator()
            rule.setFixedHeight(1)
            column.addWidget(rule)
        column.addWidget(line)
        return widget

    def _wait(self, ticket: QueuedTicket) -> QWidget:
        minutes = self._minutes(ticket)
        match ticket.pressure(self._now):
            case "over":
                return StatusChip(State.URGENT, self.tr("{n} 分 超时").format(n=minutes))
            case "near":
                return StatusChip(State.ATTENTION, self.tr("{n} 分 临近").format(n=minutes))
            case _:
                return Label(self.tr("{n} 分").format(n=minutes), _SERVICE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
