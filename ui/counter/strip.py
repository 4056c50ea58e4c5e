"""Owns the 96 px strip that stays on top of the core banking program; it takes no keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from branch.lobby.queries.screens import Desk
from branch.lobby.queries.waiting import CounterNow, ServedTicket
from ui.counter.serving import bar_token
from ui.counter.situation import Situation
from ui.counter.strip_key import PrimaryStripKey, StripKey
from ui.models.words import care_marks
from ui.shell.language import language
from ui.widgets.card import Separator
from ui.widgets.label import SECOND, ElidedLabel, Label, TextRole
from ui.widgets.number import BigNumber, ProgressBar, TimerLabel, clock_text
from ui.widgets.painting import Themed
from ui.widgets.queue_delegate import CareMark
from ui.widgets.status import CHIP_SMALL, CareChip

_SERVICE = TextRole(16, 700)
_NUMBER = TextRole(22, 700)
_SAID = TextRole(15, 500, "warn_text")
_KEYS = {"next": "F2", "recall": "F3", "no_show": "F4", "hold": "F7"}
_WIDTH, _HEIGHT = 1280, 96
_MINUTE_MS = 60_000
_SAID_MS = 6_000


class CounterStrip(Themed, QWidget):
    """The ticket, the time and the few keys that are needed during a transaction.

    It can be dragged to where it covers nothing of the program below.
    """

    pressed = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setObjectName("strip")
        self._said = ""
        row = QHBoxLayout(self)
        # What is too wide gives way here, and never by a wider strip.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(20, 0, 16, 2)
        row.setSpacing(0)
        self.number = BigNumber("", px=56)
        self.number.setMinimumWidth(150)
        row.addWidget(self.number)
        row.addSpacing(16)
        self.words = self._words()
        row.addWidget(self.words, 1)
        row.addSpacing(20)
        row.addWidget(self._times())
        self.following = self._following()
        row.addWidget(self.following)
        row.addSpacing(18)
        row.addLayout(self._buttons())
        self.setFixedHeight(_HEIGHT)
        self.resize(_WIDTH, _HEIGHT)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_SAID_MS)
        self._forget.timeout.connect(lambda: self.say(""))
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _words(self) -> QWidget:
        part = QWidget()
        self.service = ElidedLabel("", _SERVICE)
        self.service.setMinimumWidth(160)
        self.said = Label("", _SAID, wrap=True)
        self._care = QHBoxLayout()
        self._care.setSpacing(6)
        self._care.addStretch(1)
        self._chips: list[CareChip] = []
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self.service)
        column.addLayout(self._care)
        column.addWidget(self.said)
        column.addStretch(1)
        self.said.hide()
        return part

    def _times(self) -> QWidget:
        self.times = QWidget()
        self.times.setFixedWidth(170)
        self.timer = TimerLabel(px=30, weight=500)
        self.target = Label("", SECOND)
        self.bar = ProgressBar(height=8)
        clock = QHBoxLayout()
        clock.addWidget(self.timer, 0, Qt.AlignmentFlag.AlignBottom)
        clock.addStretch(1)
        clock.addWidget(self.target, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self.times)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addStretch(1)
        column.addLayout(clock)
        column.addWidget(self.bar)
        column.addStretch(1)
        return self.times

    def _following(self) -> QWidget:
        part = QWidget()
        self.next_title = Label("", SECOND)
        self.next_number = Label("", _NUMBER)
        self.next_wait = Label("", SECOND)
        self.next_care = CareChip("", "", size=CHIP_SMALL)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.next_number)
        line.addWidget(self.next_care)
        line.addWidget(self.next_wait)
        line.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.next_title)
        words.addLayout(line)
        words.addStretch(1)
        row = QHBoxLayout(part)
        row.setContentsMargins(26, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(Separator(vertical=True, length=52))
        row.addLayout(words, 1)
        return part

    def _buttons(self) -> QHBoxLayout:
        self.next = PrimaryStripKey(_KEYS["next"], 124)
        self.recall = StripKey(_KEYS["recall"], 92)
        self.no_show = StripKey(_KEYS["no_show"], 92)
        self.hold = StripKey(_KEYS["hold"], 92)
        self.wide = StripKey("", 48)
        self.wide.set_icon_name("chevron-down")
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in _KEYS:
            button: StripKey = getattr(self, name)
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            row.addWidget(button)
        row.addWidget(self.wide)
        self.wide.clicked.connect(self.closed)
        return row

    # -- showing --------------------------------------------------------------------------------

    def show_desk(self, desk: Desk, now_allowed: Situation, now: int) -> None:
        """Show the counter at ``now`` (milliseconds)."""
        ticket = desk.counter.ticket
        self.number.set_text(ticket.number if ticket else "")
        name = ticket.service_name.text(language().code) if ticket else self._state(desk.counter)
        self.service.set_text(name)
        marks = care_marks(ticket.classes, ticket.care)[:2] if ticket else ()
        self._chips = _fill(self._care, self._chips, marks)
        self._show_time(ticket, now)
        for name in _KEYS:
            getattr(self, name).setEnabled(name in now_allowed.allowed)
        self.next.setText(self.tr("办结叫下一位") if ticket else self.tr("叫下一位"))
        self.hold.setText(self.tr("挂起") if ticket else self.tr("恢复"))
        self._show_said()
        self._show_next(desk, now)

    def _state(self, counter: CounterNow) -> str:
        words = {"open": self.tr("空闲"), "paused": self.tr("暂停"), "closed": self.tr("未开")}
        return words[counter.state]

    def _show_time(self, ticket: ServedTicket | None, now: int) -> None:
        self.times.setVisible(ticket is not None)
        if ticket is None:
            return
        used, target = max(0, now - ticket.called_at) // 1000, ticket.typical * 60
        self.timer.set_seconds(used)
        self.timer.set_token("danger_text" if used > target else "ink1")
        self.target.setText(self.tr("目标 {time}").format(time=clock_text(target)))
        self.bar.set_progress(used, target)
        self.bar.set_token(bar_token(used, target))

    def _show_next(self, desk: Desk, now: int) -> None:
        first = desk.line[0] if desk.line else None
        self.next_title.setText(self.tr("下一位"))
        self.next_number.setText(first.number if first else self.tr("无"))
        minutes = first.waited(now) // _MINUTE_MS if first else 0
        self.next_wait.setText(self.tr("{n} 分").format(n=minutes) if first else "")
        marks = care_marks(first.classes, first.care) if first else ()
        self.next_care.set_chip(*((marks[0].icon, marks[0].word) if marks else ("", "")))
        self._give_way()

    def _give_way(self) -> None:
        """Where the words are long, the chip of the next in line goes; the window has it too."""
        self.next_wait.show()
        self.next_care.setVisible(bool(self.next_care.text()))
        if self._too_wide():
            self.next_care.hide()
            if self._too_wide():
                self.next_wait.hide()

    def _too_wide(self) -> bool:
        """Whether the row needs more than the picture's width, counted at once, not at leisure."""
        row = self.layout()
        assert row is not None  # made with the strip
        for part in (self.words, self.times, self.following):
            inner = part.layout()
            assert inner is not None  # made with the part
            inner.activate()
            part.updateGeometry()
        row.invalidate()
        return row.minimumSize().width() > _WIDTH

    def say(self, text: str) -> None:
        """Say a sentence for a few seconds; an empty one takes it back."""
        self._said = text
        self._show_said()
        if text:
            self._forget.start()

    def _show_said(self) -> None:
        """A sentence needs more room than the chips and the next in line leave it."""
        self.said.setText(self._said)
        self.said.setVisible(bool(self._said))
        self.following.setVisible(not self._said)
        for chip in self._chips:
            chip.setVisible(not self._said)
        self._give_way()

    def retranslate(self) -> None:
        """Say everything in the language of the moment; the rest comes with the next picture."""
        self.setWindowTitle(self.tr("柜台条"))
        self.setAccessibleName(self.tr("柜台条"))
        self.recall.setText(self.tr("重呼"))
        self.no_show.setText(self.tr("过号"))
        self.wide.setAccessibleName(self.tr("展开"))
        self.wide.setToolTip(self.tr("展开"))

    # -- Qt -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(_WIDTH, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the strip be dragged by any place that is no button."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def paintEvent(self, _event: object) -> None:
        """Surface, with the accent along the foot."""
        painter, theme = self.begin_painting(), self.theme()
        painter.fillRect(self.rect(), theme.colour("surface"))
        foot = QRectF(0, self.height() - 2, self.width(), 2)
        painter.fillRect(foot, theme.colour("accent"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _fill(row: QHBoxLayout, old: list[CareChip], marks: tuple[CareMark, ...]) -> list[CareChip]:
    """Chips for these marks in the row; those that are right already stay."""
    wanted = [(mark.icon, mark.word) for mark in marks]
    if [(chip.chip().icon, chip.chip().text) for chip in old] == wanted:
        return old
    for chip in old:
        row.removeWidget(chip)
        chip.deleteLater()
    chips = [CareChip(icon, word) for icon, word in wanted]
    for at, chip in enumerate(chips):
        row.insertWidget(at, chip)
    return chips
