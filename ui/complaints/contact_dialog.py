"""Owns the note of a contact with a complainant, or of a try; must not call anybody."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.answering import TRIES, RecordContact
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.rules import tries_in_vain
from ui.complaints.care_dialog import YES, CareDialog
from ui.models.complaint_words import reply_mode_label
from ui.shell.station import Station

translate = QCoreApplication.translate

MODES: Final = ("phone", "in_person", "message", "post")


class ContactDialog(CareDialog):
    """By what means, whether he was reached, what was said."""

    def __init__(self, parent: QWidget, station: Station, detail: CaseDetail) -> None:
        super().__init__(parent, station, detail, translate("ContactDialog", "记录联系"))
        self.phone = self.add_phone()
        modes = [(code, reply_mode_label(code)) for code in MODES]
        self.mode = self.add_chips("mode", self.tr("怎么联系的"), modes, len(MODES))
        self.mode.choose(frozenset({"phone"}))
        self.reached = self.add_reached()
        self.reached.chosen.connect(self._outcome)
        self.parts["reached"] = (self.reached.current, self._choose)
        self.tries = self.add_words("")
        self.text = self.add_long("text", "")
        self.offer(self.tr("记录"), self.tr("返回"), self._command, self._kept)
        self._outcome(YES)
        self.text.setFocus()

    def _choose(self, key: str) -> None:
        self.reached.set_current(key)
        self._outcome(key)

    def _outcome(self, key: str) -> None:
        reached = key == YES
        label = self.tr("谈了什么，客户怎么说，可不填") if reached else self.tr("情况，可不填")
        self.text.set_label(label)
        moments = self.detail.moments
        tried = tries_in_vain((one.what, one.data.get("reached")) for one in moments)
        told = self.tr("这是第 {n} 次没有联系上。满 {most} 次，可按联系不上答复。")
        self.tries.setText(told.format(n=tried + 1, most=TRIES))
        self.tries.setVisible(not reached)
        self.settle()

    def _command(self) -> object:
        return RecordContact(
            self.detail.line.id,
            self.mode.code(),
            self.reached.current() == YES,
            self.text.text(),
        )

    def _kept(self, _revision: object) -> None:
        reached = self.reached.current() == YES
        self.said.emit(self.tr("已记录联系") if reached else self.tr("已记录，没有联系上"))
