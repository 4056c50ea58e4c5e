"""Owns the questions before a roll call begins and ends, and whom to add to it; must not count."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.visitors.queries.rollcall import RollMark
from branch.visitors.rules import ROLL_KINDS
from ui.models.roll_words import last_place, mark_label, roll_kind_label, shown_name
from ui.shell.station import sentence
from ui.visitors.roll_desk import RollDesk
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import ConfirmDialog, PanelDialog, ReasonDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import Label, TextRole

translate = QCoreApplication.translate

_MOST_NAMED = 8
# The real thing first: it is what the keyboard stands on.
_KINDS = ("real", *(kind for kind in ROLL_KINDS if kind != "real"))


def ask_to_start(parent: QWidget, desk: RollDesk) -> ReasonDialog:
    """Ask what the roll call is for, and begin it."""
    dialog = ReasonDialog(
        parent,
        title=translate("RollQuestions", "开始现场点名？"),
        text=translate("RollQuestions", "点名期间不登记新的来访。名单是现在在场的全部人员。"),
        reasons=[(kind, roll_kind_label(kind)) for kind in _KINDS],
        confirm=translate("RollQuestions", "开始点名"),
        cancel=translate("RollQuestions", "返回"),
    )
    dialog.chosen.connect(lambda kind, _words: desk.start(kind))
    dialog.open()
    return dialog


def ask_to_end(parent: QWidget, desk: RollDesk) -> ConfirmDialog | None:
    """End the roll call; whoever is not accounted for is named first."""
    if desk.call is None:
        return None
    left = desk.call.unconfirmed
    if not left:
        desk.end()
        return None
    named = [_line(mark) for mark in left[:_MOST_NAMED]]
    if len(left) > _MOST_NAMED:
        more = translate("RollQuestions", "还有 {n} 人")
        named.append(more.format(n=len(left) - _MOST_NAMED))
    dialog = ConfirmDialog(
        parent,
        title=translate("RollQuestions", "还有 {n} 人没有确认，结束点名？").format(n=len(left)),
        text=translate("RollQuestions", "结束后不能再改，结果会照此留存。"),
        open_items=named,
        confirm=translate("RollQuestions", "结束点名"),
        cancel=translate("RollQuestions", "继续点名"),
    )
    dialog.accepted.connect(desk.end)
    dialog.open()
    return dialog


def _line(mark: RollMark) -> str:
    parts = (shown_name(mark), mark.badge, last_place(mark), mark_label(mark.state))
    return translate("RollQuestions", "，").join(part for part in parts if part)


class AddToRollDialog(PanelDialog):
    """Asks for somebody at the meeting point who is on no list; he is safe."""

    def __init__(self, parent: QWidget, desk: RollDesk) -> None:
        title = translate("RollQuestions", "加一人")
        super().__init__(parent, title, width=480)
        self._desk = desk
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        told = translate("RollQuestions", "人在集合点，名单上没有：加为安全。")
        self.body.addWidget(Label(told, TextRole(15, 400, "ink2"), wrap=True))
        self.body.add_gap(16)
        self.name = FieldEdit(translate("RollQuestions", "姓名或称呼"))
        self.place = FieldEdit(translate("RollQuestions", "在哪里见到，可不填"))
        self.body.addWidget(self.name)
        self.body.add_gap(12)
        self.body.addWidget(self.place)
        self.cancel_button = PlainButton(translate("RollQuestions", "返回"), size=LARGE)
        self.add_button = PrimaryButton(translate("RollQuestions", "加为安全"), size=LARGE)
        self.cancel_button.setAutoDefault(False)
        self.add_button.setDefault(True)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.add_button)
        self.cancel_button.clicked.connect(self.reject)
        self.add_button.clicked.connect(self._add)
        self.name.setFocus()

    def _add(self) -> None:
        self.add_button.setEnabled(False)
        self._desk.add(self.name.text(), self.place.text(), self.accept, self._refused)

    def _refused(self, error: TingtangError) -> None:
        self.add_button.setEnabled(True)
        field = self.place if getattr(error, "field", "") == "place" else self.name
        field.set_error(sentence(error))
        field.setFocus()
        self.adjustSize()
