"""Owns what a press at the desk does: the question before, the command, what is said after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.acceptance import UndoMerge
from branch.complaints.commands.correcting import AskForAuthority
from branch.complaints.commands.handling import Investigate, TakeOver
from branch.complaints.commands.limits import EndPause
from branch.complaints.rules import STEPS
from branch.kernel.clock import to_ms
from branch.people.rules import permits
from ui.complaints.acceptance_dialogs import (
    ask_accept,
    ask_referral,
    ask_refusal,
    ask_withdrawal,
)
from ui.complaints.case_dialogs import (
    ask_answer,
    ask_closing,
    ask_edit,
    ask_identity,
    ask_note,
    ask_person,
    ask_plan,
    ask_receipt,
    ask_reopening,
    ask_subjects,
    ask_turning,
    ask_unarchive,
)
from ui.complaints.checks import checks_of
from ui.complaints.contact_dialog import ContactDialog
from ui.complaints.handling_dialogs import (
    ask_assign,
    ask_decide,
    ask_on_the_spot,
    ask_reason,
    ask_reply,
    ask_report,
)
from ui.complaints.kept_typed import KeptTyped
from ui.complaints.limit_dialogs import (
    ask_escalation,
    ask_extension,
    ask_extension_answer,
    ask_new_facts,
    ask_pause,
    ask_telling,
)
from ui.complaints.merging_dialogs import ask_decline, ask_merge, ask_repeat
from ui.complaints.re_review_dialog import ReReviewDialog
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.complaints.step_words import deed_label
from ui.complaints.visit_dialog import VisitDialog
from ui.models.complaint_words import state_label
from ui.shell.station import Station
from ui.widgets.intake.before import before_of
from ui.widgets.intake.dialog import RegisterDialog
from ui.widgets.toast import Toaster

Asked = Callable[[QWidget, Station, CaseRecord, str], StepDialog]

_ASKED: dict[str, Asked] = {
    "Accept": ask_accept,
    "ProposeRefusal": partial(ask_refusal, propose=True),
    "Refuse": partial(ask_refusal, propose=False),
    "Refer": ask_referral,
    "ProposeMerge": partial(ask_merge, propose=True),
    "Merge": partial(ask_merge, propose=False),
    "DeclineProposal": ask_decline,
    "LinkRepeat": ask_repeat,
    "Withdraw": ask_withdrawal,
    "Assign": ask_assign,
    "Reassign": partial(ask_assign, again=True),
    "HandBack": partial(ask_reason, back_to="desk"),
    "SendBack": partial(ask_reason, back_to="handler"),
    "Report": ask_report,
    "SolveOnTheSpot": ask_on_the_spot,
    "Decide": ask_decide,
    "Reopen": ask_reopening,
    "Unarchive": ask_unarchive,
    "CloseOther": ask_answer,
    "AddNote": ask_note,
    "NoteReceipt": ask_receipt,
    "RequestExtension": ask_extension,
    "ApproveExtension": partial(ask_extension_answer, agree=True),
    "RefuseExtension": partial(ask_extension_answer, agree=False),
    "TellExtension": ask_telling,
    "StartPause": ask_pause,
    "AddNewFacts": ask_new_facts,
    "Escalate": ask_escalation,
    "SetSubjects": ask_subjects,
    "EditCase": ask_edit,
    "CorrectComplainant": ask_person,
    "GiveIdentity": ask_identity,
    "TurnIntoComplaint": ask_turning,
    "OpenPlan": ask_plan,
}


_MORNING: Final = time(9)
_CARE = ("RecordContact", "RecordVisit", "StartReReview", "UpholdDecision", "OrderRedo")


class Deeds(QObject):
    """Acts for ``window``; ``case_wanted`` carries the id of a case to be opened.

    ``reply_wanted`` carries the case of somebody to whom a letter is owed, and what asks how he
    was answered without one.
    """

    case_wanted = Signal(int)
    reply_wanted = Signal(object, object)

    def __init__(self, window: QWidget, station: Station, toaster: Toaster) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster
        self._kept = KeptTyped()

    def do(self, code: str, record: CaseRecord, ticked: frozenset[str]) -> None:
        """Take a step with a case, after what has to be asked."""
        complaint = record.detail.line.id
        if code == "RegisterAgain":
            self._register_again(record)
            return
        said = self.said(code, record)
        at_once = {
            "TakeOver": TakeOver(complaint),
            "Investigate": Investigate(complaint),
            "UndoMerge": UndoMerge(complaint),
            "AskForAuthority": AskForAuthority(complaint),
        }.get(code)
        if at_once is not None:
            self._station.run(self, at_once, partial(self._tell, said))
        elif code in _CARE:
            self._care(code, record)
        elif code == "EndPause":
            self._resume(record, said)
        elif code == "Reply":
            self._reply(record, partial(self._ask_reply, record, said, ticked))
        elif code in ("Close", "Archive"):
            today, zone = self._station.now().date(), self._station.zone
            checks = checks_of(record.detail, ticked, today, zone)
            self._ask(code, record, ask_closing(self._window, self._station, record, said, checks))
        else:
            self._ask(code, record, _ASKED[code](self._window, self._station, record, said))

    def said(self, code: str, record: CaseRecord) -> str:
        """What is told when a step is done."""
        step = STEPS.get(code)
        number = record.detail.line.number
        if step is not None and step.to is not None:
            text = self.tr("{number} {state}")
            return text.format(number=number, state=state_label(step.to))
        return self.tr("{number} {deed}，已记下").format(number=number, deed=deed_label(code))

    def _ask(self, code: str, record: CaseRecord, dialog: StepDialog) -> None:
        dialog.said.connect(self._toaster.show_toast)
        self._kept.open(dialog, record.detail.line.id, code)

    def _reply(self, record: CaseRecord, ask: Callable[[], None]) -> None:
        if record.detail.line.anonymous:
            ask()
        else:
            self.reply_wanted.emit(record, ask)

    def _ask_reply(self, record: CaseRecord, said: str, ticked: frozenset[str]) -> None:
        dialog = ask_reply(self._window, self._station, record, said, ticked)
        self._ask("Reply", record, dialog)

    def _care(self, code: str, record: CaseRecord) -> None:
        """Contacts, follow-up visits and re-reviews say themselves what was done."""
        window, station, detail = self._window, self._station, record.detail
        if code == "RecordContact":
            dialog: ContactDialog | VisitDialog | ReReviewDialog = ContactDialog(
                window, station, detail
            )
        elif code == "RecordVisit":
            dialog = VisitDialog(window, station, detail)
        else:
            dialog = ReReviewDialog(window, station, detail, code)
            dialog.new_wanted.connect(partial(self._register_again, record))
        self._ask(code, record, dialog)

    def _resume(self, record: CaseRecord, said: str) -> None:
        """Let every open pause end today."""
        running = [pause.id for pause in record.detail.pauses if not pause.end]
        for pause in running[:-1]:
            self._station.run(self, EndPause(pause))
        self._station.run(self, EndPause(running[-1]), partial(self._tell, said))

    def _tell(self, said: str, _value: object = None) -> None:
        self._toaster.show_toast(said)

    def register(self) -> None:
        """Register a new one; it is opened when somebody wants to see it."""
        if not permits("Register", self._station.person.roles):
            return
        self._register(RegisterDialog(self._window, self._station))

    def _register_again(self, record: CaseRecord, came_on: date | None = None) -> None:
        """A new complaint of the same person that names this one; it came in on a day, or now."""
        came = None
        if came_on is not None and came_on < self._station.now().date():
            # At what hour is not known: the house had opened.
            opened = datetime.combine(came_on, _MORNING, tzinfo=self._station.zone)
            came = to_ms(opened)
        before = before_of(record.detail, came)
        self._register(RegisterDialog(self._window, self._station, before=before))

    def _register(self, dialog: RegisterDialog) -> None:
        dialog.open_wanted.connect(self.case_wanted)
        dialog.open()
