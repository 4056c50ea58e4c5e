"""Owns the quiet strip that tells how long a session has gone on; asks for nothing by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal

from branch.rooms.rules import ALERT_MINUTES, MANAGER, REST, alert
from ui.widgets.banner import Banner
from ui.widgets.state import State


class AlertBar(Banner):
    """After half an hour it offers a rest, after an hour the manager. ``wanted`` carries the kind
    of support that was pressed; what was pressed once is not offered again."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(State.RUNNING)
        self._minutes = 0
        self._told: set[int] = set()
        self.pressed.connect(self._answer)

    def begin(self) -> None:
        """Another session: nothing was told yet."""
        self._told = set()
        self._minutes = 0
        self.clear()

    def follow(self, started_at: int, now: int) -> None:
        """Time has gone by (milliseconds)."""
        self._minutes = alert(started_at, now)
        if not self._minutes or self._minutes in self._told:
            self.clear()
        else:
            self._say()

    def _say(self) -> None:
        if self._minutes == ALERT_MINUTES[0]:
            self.show_text(
                self.tr("已接待 30 分钟，可以提议喝口水、休息五分钟"),
                button=self.tr("送茶水、休息五分钟"),
            )
        elif self._minutes:
            self.show_text(
                self.tr("已接待 1 小时，可以请负责人一起听"), button=self.tr("请负责人到场")
            )

    def _answer(self) -> None:
        self._told.add(self._minutes)
        self.clear()
        self.wanted.emit(REST if self._minutes == ALERT_MINUTES[0] else MANAGER)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._say()
