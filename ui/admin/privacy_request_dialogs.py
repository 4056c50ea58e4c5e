"""Owns the questions about a request: taking it down, linking, correcting, answering, refusing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.kernel.identity import mobile_doubt
from branch.visitors.commands.request_changes import CorrectRecord
from branch.visitors.commands.requests import (
    CarryOutRequest,
    LinkRecord,
    OpenRequest,
    RefuseRequest,
)
from branch.visitors.queries.requests import FoundRecord, RequestCase
from branch.visitors.requests import REFUSALS, RequestKind
from ui.admin.privacy_finder import RecordFinder
from ui.admin.privacy_words import record_label, refusal_label, request_kind_label
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.leaving import LeavingDialog
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate
Then = Callable[[object], None]


class NewRequestDialog(WrittenDialog):
    """Who asks for what."""

    def __init__(self, parent: QWidget, station: Station, then: Then) -> None:
        title = translate("NewRequestDialog", "新的个人信息请求")
        text = translate("NewRequestDialog", "15 天内答复。先记下来，再核对身份、查找记录。")
        super().__init__(parent, station, title, text)
        self.kind = self.add_control(self.tr("请求什么"), QuietCombo())
        self.kind.set_choices([(kind, request_kind_label(kind)) for kind in RequestKind])
        self.kind.setCurrentIndex(0)
        self.name = self.add_field("name", self.tr("姓名"))
        self.phone = self.add_field("phone", self.tr("联系电话，可不填"))
        self.doubt = DoubtLine()
        self.body.addWidget(self.doubt)
        self.wish = self.add_text(self.tr("怎么说的，请求更正时要写"), "wish")
        self.offer(self.tr("登记"), self.tr("返回"), self._command, then)
        self.phone.left.connect(lambda: self.doubt.show_doubt(mobile_doubt(self.phone.text())))
        self.kind.setFocus()

    def _command(self) -> OpenRequest:
        return OpenRequest(
            self.kind.code(), self.name.text(), self.phone.text(), self.wish.toPlainText()
        )


class LinkDialog(LeavingDialog):
    """Finds records and links those that are ticked, one after the other."""

    def __init__(
        self, parent: QWidget, station: Station, case: RequestCase, then: Callable[[int], None]
    ) -> None:
        title = translate("LinkDialog", "查找本人的记录")
        super().__init__(parent, title, width=680)
        self._station, self._request, self._then = station, case.line.id, then
        self._linked = 0
        known = {(item.kind, item.ref) for item in case.items}
        self.finder = RecordFinder(station, known)
        self.error = ErrorLine()
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.confirm_button = PrimaryButton(self.tr("关联"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self.finder)
        self.body.addWidget(self.error)
        for button in (self.cancel_button, self.confirm_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.confirm_button.setEnabled(False)
        self.finder.changed.connect(self._follow)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self._link)
        self.finder.name.edit.setFocus()

    def written(self) -> object:
        """What is looked for and what is ticked."""
        return self.finder.written()

    def _follow(self) -> None:
        number = len(self.finder.chosen())
        self.confirm_button.setEnabled(number > 0)
        text = self.tr("关联 {n} 条").format(n=number) if number else self.tr("关联")
        self.confirm_button.setText(text)

    def _link(self) -> None:
        left = self.finder.chosen()
        if not left:
            self._then(self._linked)
            self.accept()
            return
        self.confirm_button.setEnabled(False)
        kind, ref = left[0]

        def done(_none: object) -> None:
            self._linked += 1
            self.finder.rows[kind, ref].set_not_needed(self.tr("已关联"))
            self._link()

        self._station.run(self, LinkRecord(self._request, kind, ref), done, self._refuse)

    def _refuse(self, error: TingtangError) -> None:
        self._follow()
        self.error.show_error(sentence(error))


class CorrectDialog(WrittenDialog):
    """What is to stand in a record instead; what is left empty stays."""

    def __init__(
        self, parent: QWidget, station: Station, request: int, record: FoundRecord, then: Then
    ) -> None:
        title = translate("CorrectDialog", "更正{record}").format(
            record=record_label(record.kind, record.ref)
        )
        text = translate("CorrectDialog", "只填要更正的，空着的不变。")
        super().__init__(parent, station, title, text)
        self._request, self._record = request, record
        visit = record.kind == "visitor"
        self.name = self.add_field("name", self.tr("姓名") if visit else self.tr("姓氏"))
        self.unit = self.add_field("unit", self.tr("单位"))
        self.unit.setVisible(visit)
        self.phone = self.add_field("phone", self.tr("电话"))
        self.offer(self.tr("更正"), self.tr("返回"), self._command, then)
        self.name.edit.setFocus()

    def _command(self) -> CorrectRecord:
        return CorrectRecord(
            self._request,
            self._record.kind,
            self._record.ref,
            self.name.text(),
            self.unit.text(),
            self.phone.text(),
        )


class AnswerDialog(WrittenDialog):
    """Says what will happen, takes words for the paper, and carries the request out."""

    def __init__(self, parent: QWidget, station: Station, case: RequestCase, then: Then) -> None:
        kind, number = case.line.kind, len(case.items)
        text = {
            RequestKind.DELETE: translate(
                "AnswerDialog", "关联的 {n} 条记录马上删除，不能恢复，只留下数量。"
            ),
            RequestKind.WITHDRAW: translate(
                "AnswerDialog", "停止回访，并删去关联的 {n} 条记录里的电话。"
            ),
            RequestKind.CORRECT: translate("AnswerDialog", "关联的 {n} 条记录已按请求更正。"),
            RequestKind.EXPLAIN: translate("AnswerDialog", "答复书上印有告知内容和保存期限。"),
        }.get(
            RequestKind(kind),
            translate("AnswerDialog", "答复书上印有关联的 {n} 条记录的全部内容。"),
        )
        title = translate("AnswerDialog", "办结这项请求？")
        super().__init__(parent, station, title, text.format(n=number), width=600)
        self._request = case.line.id
        self.words = self.add_text(self.tr("另外想对请求人说的，可不填"), "answer")
        self.offer(
            self.tr("删除并办结") if kind == RequestKind.DELETE else self.tr("办结"),
            self.tr("返回"),
            lambda: CarryOutRequest(self._request, self.words.toPlainText()),
            then,
            danger=kind == RequestKind.DELETE,
        )
        self.words.setFocus()


class RefuseDialog(WrittenDialog):
    """Why it is not done, in a reason and in words for the paper."""

    def __init__(self, parent: QWidget, station: Station, request: int, then: Then) -> None:
        title = translate("RefuseDialog", "拒绝这项请求？")
        text = translate("RefuseDialog", "法律要求说明理由；答复书会告诉请求人怎样提出异议。")
        super().__init__(parent, station, title, text, width=600)
        self.reason = self.add_control(self.tr("理由"), QuietCombo())
        self.reason.set_choices([(code, refusal_label(code)) for code in REFUSALS])
        self.reason.setCurrentIndex(0)
        self.words = self.add_text(self.tr("向请求人说明理由"), "answer")
        self.offer(
            self.tr("拒绝并答复"),
            self.tr("返回"),
            lambda: RefuseRequest(request, self.reason.code(), self.words.toPlainText()),
            then,
        )
        self.words.setFocus()
