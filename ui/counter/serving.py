"""Owns the card of the ticket at the counter: number, time against target, care and advice."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from branch.lobby.queries.waiting import ServedTicket
from ui.models.words import care_advice, care_marks
from ui.shell.language import language
from ui.widgets.button import LARGE, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import Label, TextRole
from ui.widgets.number import BigNumber, ProgressBar, TimerLabel, clock_text
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.status import CHIP_CARE_LARGE, CareChip

_SECOND = TextRole(18, 400, "ink2")
_STRONG = TextRole(18, 700)
_SMALL = TextRole(15, 400, "ink2")
_ADVICE = TextRole(18, 400)
_LOW = TextRole(15, 700, "warn_text")
_OVER = TextRole(15, 700, "danger_text")


def bar_token(used: int, target: int) -> str:
    """Colour of the time used: attention from four fifths of the target on (look.md section 3)."""
    if used > target:
        return "danger"
    return "warn" if used * 5 >= target * 4 else "accent"


def _gap(height: int) -> QSpacerItem:
    """Room of the picture that gives way to the strip of a lost store."""
    return QSpacerItem(0, height, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)


class ServingCard(Card):
    """The ticket being served, or a sentence for why nobody is."""

    def __init__(self) -> None:
        super().__init__()
        self._ticket: ServedTicket | None = None
        self._chips: list[CareChip] = []
        self.pages = QStackedWidget()
        self.pages.addWidget(self._serving_page())
        self.empty = EmptyState("counter", "")
        self.start = PrimaryButton("", size=LARGE)
        self.pages.addWidget(self._idle_page())
        self.pages.addWidget(self._loading_page())
        self.pages.setCurrentIndex(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setMinimumHeight(300)
        self.setMaximumHeight(340)

    def _serving_page(self) -> QWidget:
        page = QWidget()
        self.doing = Label("", _SECOND)
        self.service = Label("", _STRONG)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.doing)
        head.addWidget(self.service, 1)
        self.number = BigNumber("", px=144)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addSpacerItem(_gap(35))
        left.addWidget(self.number)
        left.addStretch(1)
        self.used = Label("", _SMALL)
        self.target = Label("", _SMALL)
        captions = QHBoxLayout()
        captions.addWidget(self.used)
        captions.addStretch(1)
        captions.addWidget(self.target)
        self.timer = TimerLabel(px=64, weight=500)
        self.bar = ProgressBar()
        self.bar.setFixedWidth(288)
        self.calls = Label("", _LOW)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addSpacerItem(_gap(26))
        right.addLayout(captions)
        right.addSpacerItem(_gap(15))
        right.addWidget(self.timer)
        right.addSpacerItem(_gap(16))
        right.addWidget(self.bar)
        right.addSpacing(8)
        late = QHBoxLayout()
        late.addWidget(self.calls)
        late.addStretch(1)
        self.late = Label("", _OVER)
        late.addWidget(self.late)
        right.addLayout(late)
        right.addStretch(1)
        top = QHBoxLayout()
        top.addLayout(left, 1)
        top.addLayout(right)
        self.advice = Label("", _ADVICE, wrap=True)
        self._care = QHBoxLayout()
        self._care.setSpacing(12)
        self._care.addSpacing(12)
        self._care.addWidget(self.advice, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 28, 32, 20)
        column.setSpacing(0)
        column.addLayout(top)
        column.addSpacerItem(_gap(14))
        column.addStretch(1)
        column.addWidget(Separator())
        column.addSpacerItem(_gap(20))
        column.addLayout(self._care)
        column.addStretch(1)
        return page

    def _idle_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.start)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _loading_page(self) -> QWidget:
        page = QWidget()
        self.loading = LoadingRows(4)
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 28, 32, 20)
        column.addWidget(self.loading)
        column.addStretch(1)
        self.loading.start()
        return page

    def show_ticket(self, ticket: ServedTicket) -> None:
        """Show who is at the counter."""
        self._ticket = ticket
        self.loading.stop()
        self.pages.setCurrentIndex(0)
        self.retranslate()

    def show_idle(self, title: str, second: str, start: str = "") -> None:
        """Say why nobody is at the counter, with the one thing to do about it, if any."""
        self._ticket = None
        self.loading.stop()
        self.empty.set_texts(title, second)
        self.start.setText(start)
        self.start.setVisible(bool(start))
        self.pages.setCurrentIndex(1)

    def tick(self, now: int) -> None:
        """Show the time used at ``now`` (milliseconds) against the typical time."""
        if self._ticket is None:
            return
        used = max(0, now - self._ticket.called_at) // 1000
        target = self._ticket.typical * 60
        self.timer.set_seconds(used)
        self.timer.set_token("danger_text" if used > target else "ink1")
        self.bar.set_progress(used, target)
        self.bar.set_token(bar_token(used, target))
        over = self.tr("已超 {time}").format(time=clock_text(used - target))
        self.late.setText(over if used > target else "")

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.doing.setText(self.tr("正在办理"))
        self.used.setText(self.tr("已用时"))
        ticket = self._ticket
        if ticket is None:
            return
        self.service.setText(ticket.service_name.text(language().code))
        self.number.set_text(ticket.number)
        self.target.setText(self.tr("目标 {time}").format(time=clock_text(ticket.typical * 60)))
        called = self.tr("已叫 {n} 次").format(n=ticket.calls)
        self.calls.setText(called if ticket.calls > 1 else "")
        for chip in self._chips:
            self._care.removeWidget(chip)
            chip.deleteLater()
        marks = care_marks(ticket.classes, ticket.care)
        self._chips = [CareChip(mark.icon, mark.word, size=CHIP_CARE_LARGE) for mark in marks[:3]]
        for at, chip in enumerate(self._chips):
            self._care.insertWidget(at, chip)
        told = dict.fromkeys(filter(None, (care_advice(need) for need in ticket.care)))
        self.advice.setText(self.tr("；").join(told))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
