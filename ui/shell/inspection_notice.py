"""Owns the quiet card of today's inspections that wait for who works here, and the number at their
entry in the rail; decides neither what is due nor who signs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from branch.inspections.queries.reminders import Waiting, waiting_for
from branch.kernel.store import Store
from ui.models.inspection_words import LOOK, state_label
from ui.shell.due_card import MOST, DueCard, Seen
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.label import CAPTION, Label
from ui.widgets.stage import HBox
from ui.widgets.status import CHIP_SMALL, StatusChip

_TOPICS: Final = frozenset({"inspection", "calendar", "staff"})


class InspectionNotice(DueCard):
    """What is due, missed or to be countersigned.

    At the desk of inspections itself the list says it, so no card stands there.
    """

    def __init__(self, station: Station, window: QWidget, seen: Seen) -> None:
        self.sentences: list[str] = []
        super().__init__(station, window, seen, icon="check-circle", place="drills", topics=_TOPICS)

    def _question(self) -> Callable[[Store], tuple[Waiting, ...]]:
        station = self._station
        return partial(
            waiting_for,
            staff=station.person.staff,
            roles=station.person.roles,
            now=station.now_ms(),
            zone=station.zone,
        )

    def _stands_here(self) -> bool:
        return self._station.name != "drills"

    def _add_lines(self) -> list[str]:
        self.sentences = []
        for waiting in self.due[:MOST]:
            self.lines.addWidget(self._line(waiting))
        return self.sentences

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

    def _show_words(self) -> None:
        left = len(self.due) - MOST
        self.title.setText(self.tr("今天有 {n} 项巡检要做").format(n=len(self.due)))
        self.more.setText(self.tr("还有 {n} 项").format(n=left) if left > 0 else "")

    def retranslate(self) -> None:
        """Take all words anew."""
        self.go.setText(self.tr("去巡检"))
        self.noted.setText(self.tr("我知道了"))
        super().retranslate()
