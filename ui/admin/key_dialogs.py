"""Owns the panels of the page about the key: the sheet to print, and the wait for a change; acts
on nothing."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.recovery_sheet import RecoverySheet

_TITLE = TextRole(20, 700)


class SheetDialog(PanelDialog):
    """The sheet of a key; ``put_away`` says that it was printed and put away."""

    put_away = Signal()

    def __init__(self, parent: QWidget, station: Station, key: str, fingerprint: str) -> None:
        super().__init__(parent, "", width=620)
        title = self.tr("恢复密钥")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.sheet = RecoverySheet(station)
        self.sheet.offer(station.branch, key, fingerprint, station.now_ms())
        self.body.addWidget(Label(title, _TITLE))
        self.body.add_gap(16)
        self.body.addWidget(self.sheet)
        self.sheet.later.connect(self.reject)
        self.sheet.put_away.connect(self._on_put_away)
        self.finished.connect(self.sheet.forget)
        self.sheet.papers.print_button.setFocus()

    def _on_put_away(self) -> None:
        self.put_away.emit()
        self.accept()


class WorkingDialog(PanelDialog):
    """Stands while the data are written anew, with the seconds gone by; nobody closes it."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, width=480)
        self._began = time.monotonic()
        self._words = Label("", SECOND, wrap=True)
        self.body.addWidget(Label(title, _TITLE, wrap=True))
        self.body.add_gap(8)
        self.body.addWidget(self._words)
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()

    def end(self) -> None:
        """The answer is there."""
        self._timer.stop()
        self.accept()

    def reject(self) -> None:
        """Esc does nothing: what was begun is carried through."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only ``end`` closes it."""
        event.ignore()

    def _tick(self) -> None:
        seconds = int(time.monotonic() - self._began)
        words = self.tr("请不要关闭程序或电脑，已用 {n} 秒")
        self._words.setText(words.format(n=seconds))
