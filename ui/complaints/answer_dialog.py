"""Owns the words of a model answer while somebody writes them, in both languages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import REASONS
from branch.complaints.commands.answers import AddAnswer, ChangeAnswer, Wording
from branch.complaints.queries.answers import ModelAnswer
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import reason_label
from ui.shell.station import Station

translate = QCoreApplication.translate

_LINES = 8


class AnswerDialog(StepDialog):
    """A new answer to a reason, or other words for one that is there."""

    def __init__(
        self, parent: QWidget, station: Station, answer: ModelAnswer | None, reason: str = ""
    ) -> None:
        title = (
            translate("AnswerDialog", "新增参考答复")
            if answer is None
            else translate("AnswerDialog", "修改参考答复")
        )
        told = translate(
            "AnswerDialog",
            "写得平实，不承认责任，也不承诺结果；要填写的地方用〔 〕，引用法规请核对条款",
        )
        super().__init__(parent, station, title, told, width=860)
        self._answer = answer
        self.reason = self.add_choice(
            "reason", self.tr("投诉原因"), [(code, reason_label(code)) for code in REASONS]
        )
        self.reason.combo.choose(answer.reason if answer else reason)
        self.reason.setEnabled(answer is None)
        left, right = self.split()
        self.into(left)
        self.title_zh = self.add_line("title", self.tr("中文标题"))
        self.zh = self.add_long("zh", self.tr("中文内容"), _LINES)
        self.into(right)
        self.title_en = self.add_line("title_en", self.tr("英文标题"))
        self.en = self.add_long("en", self.tr("英文内容"), _LINES)
        self.into(None)
        if answer is not None:
            self.title_zh.set_text(answer.title)
            self.title_en.set_text(answer.title_en)
            self.zh.set_text(answer.zh)
            self.en.set_text(answer.en)
        said = self.tr("已新增参考答复") if answer is None else self.tr("已修改参考答复")
        self.offer_step(self.tr("保存"), self._command, said)
        self.title_zh.setFocus()

    def _command(self) -> object:
        words = Wording(self.title_zh.text(), self.title_en.text(), self.zh.text(), self.en.text())
        if self._answer is None:
            return AddAnswer(self.reason.combo.code(), words)
        return ChangeAnswer(self._answer.code, words)
