"""Owns what can be done with this machine's copy of the roster while nobody can sign in: printed,
or a roll called from it by whoever says his name; must not show it itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import Clock
from branch.kernel.errors import BadInput, NotFound, TingtangError
from branch.kernel.settings import Settings, machine_choice
from branch.people.rules import checked_name
from reports.forms.roster import roster_pdf
from ui.shell.language import language
from ui.shell.printing import FOLDER, PrintFailed, PrintQueue
from ui.shell.roster_keeper import ROSTER_FILE, kept_roster
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class KeptRosterLine(QWidget):
    """打印名册 and 开始点名 where this machine has a copy of it.

    ``printed`` tells that names went to paper, ``roll_wanted`` brings the KeptRoster and the name
    of who calls the roll. In an emergency nobody waits for a sign-in; both are recorded when the
    store is back.
    """

    printed = Signal()
    roll_wanted = Signal(object, str)

    def __init__(self, settings: Settings, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_printed)
        self._queue.failed.connect(self._on_failed)
        self.print_button = PlainButton("", icon="printer")
        self.roll_button = PlainButton("", icon="person")
        self.outcome = Label("", SECOND, wrap=True, align=_CENTRE)
        row = HBox(spacing=10)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self.roll_button)
        row.addStretch(1)
        column = VBox(spacing=8, margins=(0, 16, 0, 0), parent=self)
        column.addLayout(row)
        column.addWidget(self.outcome)
        self.print_button.clicked.connect(self._print)
        self.roll_button.clicked.connect(self._ask_name)
        self.setVisible((settings.home / ROSTER_FILE).exists())
        self.retranslate()

    def _print(self) -> None:
        self.print_button.setEnabled(False)
        settings, code, now = self._settings, language().code, self._clock.now_ms()
        # The printer chosen for tickets takes rolls only; a folder in its place takes any paper.
        chosen = machine_choice(settings, "printer") or ""
        printer = chosen if chosen.startswith(FOLDER) else None
        self._queue.submit("roster", lambda: _paper(settings, code, now), printer)

    def _ask_name(self) -> None:
        dialog = CallerDialog(self)
        dialog.given.connect(self._begin_roll)
        dialog.open()

    def _begin_roll(self, name: str) -> None:
        try:
            kept = kept_roster(self._settings)
        except TingtangError as error:
            self._say(sentence(error), "danger_text")
            return
        if kept is None:
            self._say(sentence(NotFound("roster_not_kept")), "danger_text")
            return
        self.roll_wanted.emit(kept, name)

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
        self.roll_button.setText(translate("KeptRosterLine", "开始点名"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class CallerDialog(PanelDialog):
    """Who calls the roll; ``given`` brings the name, which stands over the marks."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        title = translate("CallerDialog", "谁在点名？")
        super().__init__(parent, title)
        told = translate(
            "CallerDialog", "没有登录也可以点名。名单上是全名，只供现场清点；结果由登录的同事补登。"
        )
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        self.body.addWidget(Label(told, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.name = FieldEdit(translate("CallerDialog", "您的姓名"))
        self.body.addWidget(self.name)
        self.cancel_button = PlainButton(translate("CallerDialog", "返回"), size=LARGE)
        self.confirm_button = PrimaryButton(translate("CallerDialog", "开始点名"), size=LARGE)
        for button in (self.cancel_button, self.confirm_button):
            self.buttons.addWidget(button)
        self.cancel_button.setAutoDefault(False)
        self.confirm_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self._give)
        self.name.setFocus()

    def _give(self) -> None:
        try:
            name = checked_name(self.name.text(), "name")
        except BadInput as error:
            self.name.set_error(sentence(error))
            self.name.setFocus()
            return
        self.given.emit(name)
        self.accept()


def _paper(settings: Settings, code: str, now: int) -> bytes:
    try:
        kept = kept_roster(settings)
    except TingtangError as error:
        raise PrintFailed(error.code, **error.values) from error
    if kept is None:
        raise PrintFailed("roster_not_kept")
    return roster_pdf(kept.roster, kept.branch, code, now)
