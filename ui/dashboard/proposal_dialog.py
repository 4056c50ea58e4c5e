"""Owns the question what is to be mended where complaints of one kind came in again and again: by
whom, by when, what, why; must not judge where that is so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.attention import Proposal
from branch.complaints.codes import CAUSES
from branch.kernel.errors import BadInput
from branch.quality.commands import AddAction
from ui.dashboard.complaint_rows import word
from ui.models.outcome_words import cause_label
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.long_field import LongField
from ui.widgets.owner_fields import OwnerFields
from ui.widgets.quiet_combo import QuietCombo

translate = QCoreApplication.translate


class ProposalDialog(AskDialog):
    """The action belongs to the newest of the complaints; ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, proposal: Proposal) -> None:
        business = word("biz_class", proposal.biz_class)
        reason = word("reason", proposal.reason)
        about = translate("ProposalDialog", "{business}，{reason}：{days} 天内 {n} 件").format(
            business=business, reason=reason, days=proposal.days, n=len(proposal.complaints)
        )
        title = translate("ProposalDialog", "登记整改")
        super().__init__(parent, station, title, about, width=600)
        self._complaint = proposal.complaints[0]
        asked = OwnerFields(station)
        self.owner, self.due = asked.owner, asked.due
        self._fields |= {"owner": self.owner, "due_on": self.due}
        self.body.add_gap(14)
        self.body.addWidget(asked)
        self.text = self.add_place("text", LongField(self.tr("要改什么，怎么改")))
        # What it is about stands there; what is to be done comes behind it.
        self._begun = self.tr("{business}，{reason}：").format(business=business, reason=reason)
        self.text.set_text(self._begun)
        self.cause = self.add_control(self.tr("根本原因"), QuietCombo())
        self.cause.set_choices([(code, cause_label(code)) for code in CAUSES])
        self.cause.choose(proposal.cause)
        self.offer(self.tr("登记整改"), self.tr("返回"), self._command, self._kept)
        self.confirm_button.setEnabled(False)
        asked.ask(lambda: self.confirm_button.setEnabled(True))
        self.owner.setFocus()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """What is proposed now: somebody else may have raised an action meanwhile."""
        if self._complaint not in {proposal.complaints[0] for proposal in proposals}:
            self.error.show_error(self.tr("已有同事登记了整改。请先核对，还需要的再登记"))
            self.adjustSize()

    def written(self) -> object:
        """What was filled in."""
        return self.owner.text(), self.due.day(), self.text.text(), self.cause.code()

    def _command(self) -> object:
        text = self.text.text()
        if text == self._begun.strip():
            raise BadInput("action_unsaid", field="text")
        return AddAction(
            "complaint",
            self._complaint,
            text,
            self.owner.staff() or 0,
            self.due.day(),
            self.cause.code(),
        )

    def _kept(self, _action: object) -> None:
        self.said.emit(self.tr("已登记整改"))
