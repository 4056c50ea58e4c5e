"""Owns the question what is to be mended after a complaint: what, why, by whom, by when."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import CAUSES
from branch.complaints.queries.detail import CaseDetail
from branch.kernel.errors import BadInput
from branch.quality.commands import AddAction
from ui.complaints.care_dialog import CareDialog
from ui.models.outcome_words import cause_label
from ui.shell.station import Station
from ui.widgets.owner_fields import OwnerFields

translate = QCoreApplication.translate


class ActionDialog(CareDialog):
    """From the root cause; closed later by somebody else than its owner."""

    def __init__(self, parent: QWidget, station: Station, detail: CaseDetail) -> None:
        super().__init__(parent, station, detail, translate("ActionDialog", "登记整改"))
        measures = detail.values["measures"]
        if measures:
            told = self.tr("答复中的后续措施：{text}").format(text=measures)
            self.add_words(told)
        asked = OwnerFields(station)
        self.owner, self.due = asked.owner, asked.due
        self.places["owner"] = self.owner.set_error
        self.places["due_on"] = self.due.set_error
        self.parts["owner"] = (self.owner.text, self.owner.set_text)
        self.parts["due_on"] = (self.due.day, self.due.set_day)
        self.add_part(asked)
        self.text = self.add_long("text", self.tr("要改什么，怎么改"))
        causes = [(code, cause_label(code)) for code in CAUSES]
        self.cause = self.add_choice("cause", self.tr("根本原因"), causes)
        self.cause.combo.choose(detail.values["cause"])
        self.add_words(self.tr("完成后由另一位同事复核"))
        self.look_first(self._missing)
        self.offer(self.tr("登记整改"), self.tr("返回"), self._command, self._kept)
        # Until it is known who works here nobody can be meant.
        self.confirm_button.setEnabled(False)
        asked.ask(lambda: self.confirm_button.setEnabled(True))
        self.owner.setFocus()

    def _missing(self) -> list[BadInput]:
        wrong = [] if self.owner.staff() else [BadInput("owner_unknown", field="owner")]
        if not self.text.text():
            wrong.append(BadInput("field_empty", field="text"))
        return wrong

    def _command(self) -> object:
        return AddAction(
            "complaint",
            self.detail.line.id,
            self.text.text(),
            self.owner.staff() or 0,
            self.due.day(),
            self.cause.combo.code(),
        )

    def _kept(self, _action: object) -> None:
        self.said.emit(self.tr("已登记整改"))
