"""Owns the quiet card of today's inspections that wait for who works here, and the number at their
entry in the rail; decides neither what is due nor who signs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.inspections.queries.reminders import Waiting, waiting_for
from branch.kernel.store import Store
from ui.models.inspection_words import LOOK, state_label
from ui.shell.asking import Asking
from ui.shell.corner_card import CornerCard
from ui.shell.desk_rail import DeskRail
from ui.shell.language import language
from ui.shell.reminders import MOST, Seen
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, AccentButton, PlainButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, StatusChip

_WIDTH: Final = 400
_EVERY_MS: Final = 5 * 60_000
_TOPICS: Final = frozenset({"inspection", "calendar", "staff"})


class InspectionNotice(CornerCard):
    """What is due, missed or to be countersigned; 我知道了 puts the card away until another joins.

    At the desk of inspections itself the list says it, so no card stands there.
    """

    def __init__(self, station: Station, window: QWidget, seen: Seen) -> None:
        super().__init__(window, _WIDTH)
        self._station, self._seen = station, seen
        self.waiting: tuple[Waiting, ...] = ()
        self.sentences: list[str] = []
        self.asking = Asking(station, self, self._question, self._take)
        self.title, self.more = Label("", STRONG), Label("", CAPTION)
        self.go = AccentButton("", size=SMALL_TOUCH)
        self.noted = PlainButton("", size=SMALL_TOUCH)
        self._lines = VBox(spacing=6)
        head = HBox(spacing=12)
        head.addWidget(IconLabel("check-circle", 24, "accent"))
        head.addWidget(self.title, 1)
        foot = HBox(spacing=10)
        foot.addWidget(self.more, 1)
        foot.addWidget(self.go)
        foot.addWidget(self.noted)
        column = VBox(spacing=12, margins=(18, 14, 14, 12), parent=self)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addLayout(foot)
        self.go.clicked.connect(partial(station.place_wanted.emit, "drills"))
        self.noted.clicked.connect(self._note)
        # What is due changes with the clock alone.
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.asking.ask)
        self._timer.start()
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[Waiting, ...]]:
        station = self._station
        person = station.person
        return partial(
            waiting_for,
            staff=person.staff,
            roles=person.roles,
            now=station.now_ms(),
            zone=station.zone,
        )

    def _take(self, waiting: tuple[Waiting, ...]) -> None:
        news = waiting != self.waiting
        self.waiting = waiting
        rail = self._window.findChild(DeskRail)
        if isinstance(rail, DeskRail):
            rail.set_badge("drills", len(waiting))
        self._show()
        if news and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _note(self) -> None:
        person, today = self._station.person, self._station.now().date()
        self._seen.note(person.staff, today, self.waiting)
        self._show()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        clear(self._lines)
        self.sentences = []
        for waiting in self.waiting[:MOST]:
            self._lines.addWidget(self._line(waiting))
        left = len(self.waiting) - MOST
        self.title.setText(self.tr("今天有 {n} 项巡检要做").format(n=len(self.waiting)))
        self.more.setText(self.tr("还有 {n} 项").format(n=left) if left > 0 else "")
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription("，".join(self.sentences))
        person, today = self._station.person, self._station.now().date()
        seen = self._seen.all_of(person.staff, today, self.waiting)
        self.stand(bool(self.waiting) and not seen and self._station.name != "drills")

    def _line(self, waiting: Waiting) -> QWidget:
        line = QWidget()
        name = waiting.name_en if language().code == "en" else waiting.name_zh
        words = f"{waiting.about} {name}".strip()
        if waiting.state == "due":
            until = f"{waiting.until:%H:%M}"
            words = self.tr("{name}，{at} 前做完").format(name=words, at=until)
        chip = StatusChip(LOOK[waiting.state], state_label(waiting.state), size=CHIP_SMALL)
        row = HBox(spacing=10, parent=line)
        row.addWidget(chip)
        row.addWidget(Label(words, CAPTION, wrap=True), 1)
        self.sentences.append(words)
        return line

    def retranslate(self) -> None:
        """Take all words anew."""
        self.go.setText(self.tr("去巡检"))
        self.noted.setText(self.tr("我知道了"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
