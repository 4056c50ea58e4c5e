"""Owns the quiet card that tells a host on his own screen that somebody has come to see him; knows
no more of the visitor than the register shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import to_ms
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.people.rules import permits
from branch.visitors.commands.register import AnswerVisit
from branch.visitors.queries.register import Arrival, arrivals_for
from ui.models.visitor_words import area_label
from ui.shell.asking import Asking
from ui.shell.corner_card import CornerCard
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, AccentButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.stage import HBox, VBox

# Narrow enough to stand beside a toast in the middle of a window of 1280 px.
_WIDTH: Final = 330


def _midnight(station: Station) -> int:
    return to_ms(station.now().replace(hour=0, minute=0, second=0, microsecond=0))


class HostNotice(CornerCard):
    """Shown while a visitor of today waits for an answer; 我知道了 answers."""

    def __init__(self, station: Station, window: QWidget) -> None:
        super().__init__(window, _WIDTH)
        self._station = station
        self.arrivals: tuple[Arrival, ...] = ()
        self.asking = Asking(station, self, self._question, self._take)
        self.sentence = Label("", STRONG, wrap=True)
        self.second = Label("", CAPTION, wrap=True)
        self.more = Label("", CAPTION)
        self.button = AccentButton("", size=SMALL_TOUCH)
        self._lay_out()
        self.button.clicked.connect(self._answer)
        self.retranslate()
        if permits("AnswerVisit", station.person.roles):
            station.changed.connect(self._on_changed)
            station.online.connect(self.asking.ask)
            self.asking.ask()

    def _lay_out(self) -> None:
        words = VBox(spacing=2)
        words.addWidget(self.sentence)
        words.addWidget(self.second)
        head = HBox(spacing=12)
        head.addWidget(IconLabel("person", 24, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        foot = HBox(spacing=12)
        foot.addWidget(self.more, 1)
        foot.addWidget(self.button)
        column = VBox(spacing=10, margins=(18, 16, 14, 12), parent=self)
        column.addLayout(head)
        column.addLayout(foot)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[Arrival, ...]]:
        staff = self._station.person.staff
        return partial(arrivals_for, staff=staff, since=_midnight(self._station))

    def _take(self, arrivals: tuple[Arrival, ...]) -> None:
        known = {arrival.visitor for arrival in self.arrivals}
        self.arrivals = tuple(arrival for arrival in arrivals if not arrival.answered)
        self.button.setEnabled(True)
        self._show()
        if any(arrival.visitor not in known for arrival in self.arrivals):
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "visitor" in topics:
            self.asking.ask()

    def _answer(self) -> None:
        if self.arrivals:
            self.button.setEnabled(False)
            command = AnswerVisit(self.arrivals[0].visitor)
            self._station.run(self, command, lambda _none: self.asking.ask(), self._refused)

    def _refused(self, error: TingtangError) -> None:
        # Gone meanwhile, or the store is: what stands there now tells.
        self._station.complain(error)
        self.button.setEnabled(True)
        self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        self.stand(bool(self.arrivals))
        if not self.arrivals:
            return
        first = self.arrivals[0]
        unit = self.tr("{name}（{unit}）").format(name=first.shown_name, unit=first.unit)
        who = unit if first.unit else first.shown_name
        self.sentence.setText(self.tr("{who}到访，在门岗等您").format(who=who))
        came = f"{self._station.local(first.came_at):%H:%M}"
        parts = [self.tr("{time} 登记").format(time=came)]
        if first.badge:
            parts.append(self.tr("访客牌 {badge}").format(badge=first.badge))
        if first.area:
            parts.append(self.tr("去{area}").format(area=area_label(first.area)))
        self.second.setText(self.tr("，").join(parts))
        others = len(self.arrivals) - 1
        self.more.setText(self.tr("还有 {n} 位").format(n=others) if others else "")
        self.setAccessibleName(self.sentence.text())
        self.setAccessibleDescription(self.second.text())
        self.place()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.button.setText(self.tr("我知道了"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
