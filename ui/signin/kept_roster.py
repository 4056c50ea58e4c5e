"""Owns the print of this machine's copy of the roster while nobody can sign in; must not show it on
the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import Clock
from branch.kernel.errors import TingtangError
from branch.kernel.settings import Settings, machine_choice
from reports.forms.roster import roster_pdf
from ui.shell.language import language
from ui.shell.printing import FOLDER, PrintFailed, PrintQueue
from ui.shell.roster_keeper import ROSTER_FILE, kept_roster
from ui.shell.station import sentence
from ui.widgets.button import PlainButton
from ui.widgets.label import SECOND, Label
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class KeptRosterLine(QWidget):
    """打印名册 where this machine has a copy of it; ``printed`` tells that names went to paper.

    In an emergency nobody waits for a sign-in; the print is recorded when the store is back.
    """

    printed = Signal()

    def __init__(self, settings: Settings, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_printed)
        self._queue.failed.connect(self._on_failed)
        self.print_button = PlainButton("", icon="printer")
        self.outcome = Label("", SECOND, wrap=True, align=_CENTRE)
        row = HBox()
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addStretch(1)
        column = VBox(spacing=8, margins=(0, 16, 0, 0), parent=self)
        column.addLayout(row)
        column.addWidget(self.outcome)
        self.print_button.clicked.connect(self._print)
        self.setVisible((settings.home / ROSTER_FILE).exists())
        self.retranslate()

    def _print(self) -> None:
        self.print_button.setEnabled(False)
        settings, code, now = self._settings, language().code, self._clock.now_ms()
        # The printer chosen for tickets takes rolls only; a folder in its place takes any paper.
        chosen = machine_choice(settings, "printer") or ""
        printer = chosen if chosen.startswith(FOLDER) else None
        self._queue.submit("roster", lambda: _paper(settings, code, now), printer)

    def _on_printed(self, _key: str) -> None:
        self._say(translate("KeptRosterLine", "名册已送去打印"), "ok_text")
        self.printed.emit()

    def _on_failed(self, _key: str, failure: PrintFailed) -> None:
        self._say(sentence(failure), "danger_text")

    def _say(self, text: str, token: str) -> None:
        self.print_button.setEnabled(True)
        self.outcome.set_token(token)
        self.outcome.setText(text)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.print_button.setText(translate("KeptRosterLine", "打印名册"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _paper(settings: Settings, code: str, now: int) -> bytes:
    try:
        kept = kept_roster(settings)
    except TingtangError as error:
        raise PrintFailed(error.code, **error.values) from error
    if kept is None:
        raise PrintFailed("roster_not_kept")
    return roster_pdf(kept.roster, kept.branch, code, now)
