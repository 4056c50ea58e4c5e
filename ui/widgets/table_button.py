"""Owns the button that keeps a table as a file for a spreadsheet; must not know what is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import sentence
from ui.widgets.button import PlainButton
from ui.widgets.label import SECOND, ElidedLabel
from ui.widgets.save_dialog import ask_where
from ui.widgets.stage import HBox

translate = QCoreApplication.translate


class TableButton(QWidget):
    """存为表格 for the table last offered, written beside the GUI thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._make: Callable[[], str] | None = None
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_kept)
        self._queue.failed.connect(self._on_failed)
        self.button = PlainButton("", icon="export")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask_where)
        self.outcome = ElidedLabel("", SECOND)
        row = HBox(spacing=10, parent=self)
        row.addWidget(self.button)
        row.addWidget(self.outcome, 1)
        self.retranslate()
        self.offer("", None)

    def offer(self, name: str, make: Callable[[], str] | None) -> None:
        """The table (CSV text) to keep from now on, named ``name`` as a file; None for none."""
        self._name, self._make = name, make
        self.button.setEnabled(make is not None)

    def _ask_where(self) -> None:
        ask_where(self, translate("TableButton", "存为表格"), self._name, "csv", self._keep)

    def _keep(self, file: str) -> None:
        make = self._make
        if make is None:
            return
        self.button.setEnabled(False)
        text = make()
        # With the mark at its head that spreadsheets need to read Chinese.
        self._queue.keep(Path(file).name, lambda: text.encode("utf-8-sig"), Path(file))

    def _on_kept(self, name: str) -> None:
        self._say(translate("TableButton", "已存为 {file}").format(file=name), "ok_text")

    def _on_failed(self, _name: str, failure: PrintFailed) -> None:
        self._say(sentence(failure), "danger_text")

    def _say(self, text: str, token: str) -> None:
        self.button.setEnabled(self._make is not None)
        self.outcome.set_token(token)
        self.outcome.set_text(text)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.button.setText(translate("TableButton", "存为表格"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
