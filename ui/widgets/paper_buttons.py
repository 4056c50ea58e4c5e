"""Owns the two buttons that print an A4 form or keep it as a file, and what is said of it; must not
know what the form says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.settings import Settings, machine_choice
from ui.shell.printing import FOLDER, PrintFailed, PrintQueue
from ui.shell.station import sentence
from ui.widgets.button import PlainButton
from ui.widgets.label import SECOND, ElidedLabel
from ui.widgets.save_dialog import ask_where
from ui.widgets.stage import HBox

translate = QCoreApplication.translate

_PRINT, _KEEP = "print", "keep"


class OfMachine(Protocol):
    """Whoever knows the choices of this machine: a station, or a page before there is one."""

    @property
    def settings(self) -> Settings:
        """The machine's settings."""
        ...


class PaperButtons(QWidget):
    """打印 and 存为 PDF for the form last offered; the form is made beside the GUI thread.

    ``done`` comes when the form was printed or kept. A ``private`` form is kept as a file that
    only this user can open, and is never left in the folder that stands for a printer.
    """

    done = Signal()

    def __init__(
        self, station: OfMachine, parent: QWidget | None = None, *, private: bool = False
    ) -> None:
        super().__init__(parent)
        self._station, self._private = station, private
        self._name = ""
        self._make: Callable[[], bytes] | None = None
        self._kept = Path()
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_done)
        self._queue.failed.connect(self._on_failed)
        self.print_button = PlainButton("", icon="printer")
        self.keep_button = PlainButton("", icon="export")
        self.outcome = ElidedLabel("", SECOND)
        row = HBox(spacing=10, parent=self)
        row.addWidget(self.print_button)
        row.addWidget(self.keep_button)
        row.addWidget(self.outcome, 1)
        for button in (self.print_button, self.keep_button):
            button.setAutoDefault(False)
        self.print_button.clicked.connect(self._print)
        self.keep_button.clicked.connect(self._ask_where)
        self.retranslate()
        self.offer("", None)

    def offer(self, name: str, make: Callable[[], bytes] | None) -> None:
        """The form to print from now on, named ``name`` as a file; None when there is none."""
        if name != self._name:
            self.outcome.set_text("")
        self._name, self._make = name, make
        self._enable(make is not None)

    def _enable(self, on: bool) -> None:
        self.print_button.setEnabled(on)
        self.keep_button.setEnabled(on)

    def _print(self) -> None:
        if self._make is None:
            return
        self._enable(False)
        # The printer chosen for tickets takes rolls only; a folder in its place takes any paper.
        chosen = machine_choice(self._station.settings, "printer") or ""
        folder = chosen.startswith(FOLDER) and not self._private
        self._queue.submit(_PRINT, self._make, chosen if folder else None)

    def _ask_where(self) -> None:
        ask_where(self, translate("PaperButtons", "存为 PDF"), self._name, "pdf", self._keep)

    def _keep(self, file: str) -> None:
        if self._make is None:
            return
        self._enable(False)
        self._kept = Path(file)
        self._queue.keep(_KEEP, self._make, self._kept, private=self._private)

    def _on_done(self, deed: str) -> None:
        if deed == _PRINT:
            text = translate("PaperButtons", "已送去打印")
        else:
            text = translate("PaperButtons", "已存为 {file}").format(file=self._kept.name)
        self._say(text, "ok_text")
        self.done.emit()

    def _on_failed(self, _deed: str, failure: PrintFailed) -> None:
        self._say(sentence(failure), "danger_text")

    def _say(self, text: str, token: str) -> None:
        self._enable(self._make is not None)
        self.outcome.set_token(token)
        self.outcome.set_text(text)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.print_button.setText(translate("PaperButtons", "打印"))
        self.keep_button.setText(translate("PaperButtons", "存为 PDF"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
