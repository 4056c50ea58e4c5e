"""Owns the correction of a visitor's record; what is masked stays unless it is typed anew."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from branch.visitors.commands.register import CorrectVisitor
from branch.visitors.queries.register import VisitorLine
from ui.shell.station import Station, sentence
from ui.visitors.details_fields import DetailsFields
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole

translate = QCoreApplication.translate


class CorrectDialog(PanelDialog):
    """``corrected`` tells that it is done."""

    corrected = Signal()

    def __init__(self, parent: QWidget, station: Station, line: VisitorLine) -> None:
        title = translate("CorrectDialog", "更正登记")
        super().__init__(parent, title, width=620)
        self._station, self._line = station, line
        self.fields = DetailsFields(station, line)
        self.error = ErrorLine()
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(14)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.save_button = PrimaryButton(self.tr("更正"), size=LARGE)
        for button in (self.cancel_button, self.save_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.save_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.fields.unit.setFocus()

    def _save(self) -> None:
        self.error.show_error("")
        self.save_button.setEnabled(False)
        command = CorrectVisitor(self._line.id, self.fields.details())
        self._station.run(self, command, self._done, self._refused)

    def _done(self, _outcome: object) -> None:
        self.corrected.emit()
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.save_button.setEnabled(True)
        field = error.field if isinstance(error, BadInput) else ""
        self.fields.places().get(field, self.error.show_error)(sentence(error))
        self.adjustSize()
