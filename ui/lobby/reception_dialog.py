"""Owns the panel in which a reception record is written or corrected; runs the command.

What was typed stays until the record is kept, whatever goes wrong.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import groups, services
from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.store import Store
from branch.lobby.queries.screens import ticket_by_number
from branch.visitors.commands.reception import ChangeReception, RecordReception
from branch.visitors.queries.notices import current_notice
from branch.visitors.queries.reception import Draft, Reception, usual_needs
from ui.lobby.reception_form import NEEDS, ReceptionForm, Sheet
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, LinkButton, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import PAGE_TITLE, SECOND, Label
from ui.widgets.stage import HBox

translate = QCoreApplication.translate


def _sheet(store: Store, today: str) -> Sheet:
    return Sheet(
        groups(store),
        services(store),
        usual_needs(store, today),
        current_notice(store, "reception"),
    )


class ReceptionDialog(PanelDialog):
    """接待记录, of a ticket or of somebody without one.

    ``recorded`` gives the id of a new record, ``changed`` tells that one was corrected,
    ``list_wanted`` asks for the records of today instead.
    """

    recorded = Signal(int)
    changed = Signal()
    list_wanted = Signal()

    def __init__(
        self, parent: QWidget, station: Station, *, ticket: int | None = None, number: str = ""
    ) -> None:
        super().__init__(parent, translate("ReceptionDialog", "接待记录"), width=1034)
        self._station, self._ticket = station, ticket
        self._record: Reception | None = None
        self._shown_number = number
        self.title, self.of_ticket = Label("", PAGE_TITLE), Label("", SECOND)
        self.form = ReceptionForm(station)
        self.number = FieldEdit("")
        self.number.edit.setFixedWidth(150)
        self.error = ErrorLine()
        self.list_button = LinkButton("", size=LARGE)
        self.close_button = PlainButton("", size=LARGE)
        self.keep_button = PrimaryButton("", size=LARGE, icon="check")
        self._lay_out()
        self._wire()
        self.retranslate()
        today = station.now().date().isoformat()
        station.ask(self, partial(_sheet, today=today), self._offer, self._refused)
        self.keep_button.setDefault(True)
        self.form.needs.setFocus()

    def _lay_out(self) -> None:
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addWidget(self.of_ticket)
        head.addStretch(1)
        self.number.setVisible(not self._shown_number)
        head.addWidget(self.number)
        self.body.addLayout(head)
        self.body.add_gap(14)
        self.body.addWidget(self.form)
        self.body.addWidget(self.error)
        self.buttons.insertWidget(0, self.list_button)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self.keep_button)

    def _wire(self) -> None:
        self.form.grown.connect(self._stand)
        self.list_button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        self.list_button.clicked.connect(self._to_list)
        self.close_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self._keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep_button.click)
        for at in range(NEEDS):
            shortcut = QShortcut(QKeySequence(str(at + 1)), self)
            shortcut.activated.connect(partial(self.form.press_need, at))

    # -- filling --------------------------------------------------------------------------------

    def choose_service(self, code: str) -> None:
        """Propose a need."""
        self.form.choose_service(code)

    def correct(self, record: Reception, draft: Draft) -> None:
        """Show a standing record; keeping it corrects it."""
        self._record, self._ticket = record, record.ticket
        self.number.hide()
        self.list_button.hide()
        self.form.fill(record, draft)
        self.retranslate()

    def _offer(self, sheet: Sheet) -> None:
        self.form.offer(sheet)
        self.form.needs.focus_first()
        self._stand()

    def _stand(self) -> None:
        """Stay in the middle of the window when the form grows or shrinks."""
        self.adjustSize()
        window = self.parentWidget()
        if window is not None and self.isVisible():
            centre = window.window().mapToGlobal(window.window().rect().center())
            self.move(centre - QPoint(self.width() // 2, self.height() // 2))

    # -- keeping --------------------------------------------------------------------------------

    def _keep(self) -> None:
        self.keep_button.setEnabled(False)
        self.error.show_error("")
        typed = "" if self.number.isHidden() else self.number.text()
        number = normalize("NFKC", typed).strip()
        if not number:
            self._send(self._ticket)
            return
        self._station.ask(
            self, partial(ticket_by_number, number=number), self._found, self._refused
        )

    def _found(self, ticket: tuple[int, str] | None) -> None:
        if ticket is None:
            self.number.set_error(self.tr("今天没有这个号"))
            self.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.keep_button.setEnabled(True)
            self._stand()
            return
        self._send(ticket[0])

    def _send(self, ticket: int | None) -> None:
        noted: dict[str, Any] = asdict(self.form.noted())
        wanted = self.form.follow_up.said()
        told: dict[str, Any] = {
            "follow_up": wanted.kind,
            "follow_by": wanted.day,
            "surname": wanted.surname,
            "title": wanted.title,
            "phone": wanted.phone,
            "notice": wanted.notice,
            "told_at": wanted.told_at,
        }
        record = self._record
        if record is None:
            new = RecordReception(ticket=ticket, **noted, **told)
            self._station.run(self, new, self._recorded, self._refused)
            return
        kept = self.form.follow_up.keeps_contact()
        change = ChangeReception(record.id, record.rev, keep_contact=kept, **noted, **told)
        self._station.run(self, change, lambda _none: self._corrected(), self._refused)

    def _recorded(self, identity: int) -> None:
        self.accept()
        self.recorded.emit(identity)

    def _corrected(self) -> None:
        self.accept()
        self.changed.emit()

    def _refused(self, error: TingtangError) -> None:
        self.keep_button.setEnabled(True)
        field = error.field if isinstance(error, BadInput) else ""
        if not self.form.show_error(field, sentence(error)):
            self.error.show_error(sentence(error))
        self._stand()

    def _to_list(self) -> None:
        self.reject()
        self.list_wanted.emit()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("接待记录"))
        number = self._shown_number
        self.of_ticket.setText(self.tr("号票 {number}").format(number=number) if number else "")
        self.number.edit.setPlaceholderText(self.tr("号票，可不填"))
        self.number.edit.setAccessibleName(self.tr("号票，可不填"))
        self.list_button.setText(self.tr("今天的记录和回访"))
        self.close_button.setText(self.tr("返回"))
        self.keep_button.setText(self.tr("记下") if self._record is None else self.tr("改好了"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
