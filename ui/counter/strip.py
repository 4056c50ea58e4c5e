"""Owns the 96 px strip that stays on top of the core banking program; it takes no keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branch.lobby.queries.screens import Desk
from ui.counter.situation import Situation
from ui.models.words import care_marks
from ui.shell.language import language
from ui.widgets.button import LARGE, ButtonSize, PlainButton, PrimaryButton
from ui.widgets.card import Separator
from ui.widgets.label import Label, TextRole
from ui.widgets.number import BigNumber, ProgressBar, TimerLabel, clock_text
from ui.widgets.status import CHIP_SMALL, CareChip

_SERVICE = TextRole(16, 700)
_NUMBER = TextRole(22, 700)
_KEY = ButtonSize(64, 15, 13, radius=8, sub_px=12)
_NAMES = ("next", "recall", "no_show", "finish")
_SECOND = TextRole(15, 400, "ink2")
_SAID_MS = 6_000


class CounterStrip(QWidget):
    """The ticket, the time and the few keys that are needed during a transaction."""

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
        self.setAutoFillBackground(True)
        self.number = BigNumber("", px=54)
        self.number.setMinimumWidth(146)
        self.service = Label("", _SERVICE)
        self.second = Label("", _SECOND)
        self._care = QHBoxLayout()
        self._care.setSpacing(6)
        self._chips: list[CareChip] = []
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.service)
        words.addLayout(self._care)
        words.addWidget(self.second)
        self.timer = TimerLabel(px=34, weight=500)
        self.target = Label("", _SECOND)
        self.bar = ProgressBar(height=8)
        self.bar.setFixedWidth(170)
        clock = QHBoxLayout()
        clock.addWidget(self.timer)
        clock.addStretch(1)
        clock.addWidget(self.target)
        times = QVBoxLayout()
        times.setSpacing(6)
        times.addLayout(clock)
        times.addWidget(self.bar)
        self.next_title = Label("", _SECOND)
        self.next_number = Label("", _NUMBER)
        following = QVBoxLayout()
        following.setSpacing(2)
        following.addWidget(self.next_title)
        following.addWidget(self.next_number)
        self.next = PrimaryButton("", size=_KEY, sub="F2")
        self.recall = PlainButton("", size=_KEY, sub="F3")
        self.no_show = PlainButton("", size=_KEY, sub="F4")
        self.finish = PlainButton("", size=_KEY, sub="F5")
        self.wide = PlainButton("", size=LARGE, icon="chevron-down")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 10)
        row.setSpacing(16)
        row.addWidget(self.number)
        row.addLayout(words, 1)
        row.addLayout(times)
        row.addWidget(Separator(vertical=True, length=52))
        row.addLayout(following)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for name in _NAMES:
            button = getattr(self, name)
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            buttons.addWidget(button)
        buttons.addWidget(self.wide)
        row.addLayout(buttons)
        self.wide.clicked.connect(self.closed)
        self.setFixedHeight(96)
        self.resize(1280, 96)
        self._said = ""
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_SAID_MS)
        self._forget.timeout.connect(lambda: self.say(""))
        self.retranslate()

    def show_desk(self, desk: Desk, now_allowed: Situation, now: int) -> None:
        """Show the counter at ``now`` (milliseconds)."""
        ticket = desk.counter.ticket
        self.number.set_text(ticket.number if ticket else "")
        self.service.setText(ticket.service_name.text(language().code) if ticket else "")
        self.second.setText(self._said)
        self.second.setVisible(bool(self._said) or ticket is None)
        marks = care_marks(ticket.classes, ticket.care)[:2] if ticket and not self._said else ()
        for chip in self._chips:
            self._care.removeWidget(chip)
            chip.deleteLater()
        self._chips = [CareChip(mark.icon, mark.word, size=CHIP_SMALL) for mark in marks]
        for at, chip in enumerate(self._chips):
            self._care.insertWidget(at, chip)
        if self._care.count() == len(self._chips):
            self._care.addStretch(1)
        used = max(0, now - ticket.called_at) // 1000 if ticket else 0
        target = ticket.typical * 60 if ticket else 1
        self.timer.set_seconds(used if ticket else None)
        goal = self.tr("目标 {time}").format(time=clock_text(target))
        self.target.setText(goal if ticket else "")
        self.bar.set_progress(used, target)
        self.next_title.setText(self.tr("下一位"))
        self.next_number.setText(desk.line[0].number if desk.line else self.tr("无"))
        for name in _NAMES:
            getattr(self, name).setEnabled(name in now_allowed.allowed)
        self.next.setText(self.tr("办结叫下一位") if ticket else self.tr("叫下一位"))

    def say(self, text: str) -> None:
        """Say a sentence for a few seconds; an empty one takes it back."""
        self._said = text
        self.second.setText(text)
        if text:
            self._forget.start()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setWindowTitle(self.tr("柜台条"))
        self.setAccessibleName(self.tr("柜台条"))
        self.finish.setText(self.tr("办结"))
        self.recall.setText(self.tr("重呼"))
        self.no_show.setText(self.tr("过号"))
        self.wide.setText(self.tr("展开"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
