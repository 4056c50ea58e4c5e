"""Owns the strip under a top bar while the store is away; must not try to reach it itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.widgets.banner import Banner


class AwayStrip(Banner):
    """Stands while the store cannot be reached: since when, which try, 现在重试."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._trouble: tuple[str, int] | None = None
        self._lost_at = ""
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        self.pressed.connect(station.retry_now)

    def _on_offline(self, text: str, tries: int) -> None:
        # Until then every change has been followed.
        self._lost_at = self._lost_at or f"{self._station.now():%H:%M}"
        self._trouble = (text, tries)
        self._say()

    def _on_online(self) -> None:
        self._trouble, self._lost_at = None, ""
        self.clear()

    def _say(self) -> None:
        if self._trouble is None:
            return
        text, tries = self._trouble
        stopped = self.tr("数据停在 {time}").format(time=self._lost_at)
        trying = self.tr("正在重试，第 {n} 次").format(n=tries)
        told = self.tr("，").join((text, stopped, trying))
        self.show_text(told, button=self.tr("现在重试"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
