"""Owns the three forms of a new branch and the plan they make; founds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.founding import NewCounter, default_catalogue
from branch.founding import NewStaff, Plan
from branch.kernel.errors import BadInput
from branch.people.rules import Role, checked_name, checked_pin, checked_staff_no
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.choice import CheckRow
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.pin_field import PinField
from ui.widgets.stage import HBox, VBox

MOST_COUNTERS = 20
_STEP, _STEP_NOW = TextRole(15, 400, "ink2"), TextRole(15, 700, "accent")


def refusal(check: Callable[[], object]) -> str:
    """The sentence with which a rule of the branch refuses, or an empty text."""
    try:
        check()
    except BadInput as error:
        return sentence(error)
    return ""


class BranchPage(QWidget):
    """Names in both languages, code, opening hours."""

    def __init__(self) -> None:
        super().__init__()
        self.zh = FieldEdit("", lambda text: refusal(lambda: checked_name(text, "name_zh")))
        self.en = FieldEdit("", self._english_refusal)
        self.code = FieldEdit("", lambda text: refusal(lambda: checked_staff_no(text)))
        self.opens = FieldEdit("", self._hour_refusal)
        self.closes = FieldEdit("", self._closing_refusal)
        self.opens.set_text("09:00")
        self.closes.set_text("17:00")
        column = VBox(spacing=18, parent=self)
        for field in (self.zh, self.en, self.code):
            column.addWidget(field)
        hours = HBox(spacing=16)
        hours.addWidget(self.opens, 1, Qt.AlignmentFlag.AlignTop)
        hours.addWidget(self.closes, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(hours)
        column.addStretch(1)

    def fields(self) -> tuple[FieldEdit, ...]:
        """All fields in reading order."""
        return self.zh, self.en, self.code, self.opens, self.closes

    def check(self) -> bool:
        """Check every field; the first that is wrong gets the keyboard."""
        return checked(*self.fields())

    def retranslate(self) -> None:
        """Take every word anew."""
        self.zh.set_label(self.tr("网点名称"))
        self.en.set_label(self.tr("英文名称（可不填）"))
        self.code.set_label(self.tr("网点编号"))
        self.code.edit.setPlaceholderText(self.tr("如 HB001"))
        self.opens.set_label(self.tr("开门时间"))
        self.closes.set_label(self.tr("关门时间"))
        say_again(*self.fields())

    @staticmethod
    def _english_refusal(text: str) -> str:
        return refusal(lambda: checked_name(text, "name_en")) if text.strip() else ""

    def _hour_refusal(self, text: str) -> str:
        return "" if _hour(text) else self.tr("时间请写成 09:00")

    def _closing_refusal(self, text: str) -> str:
        opens, closes = _hour(self.opens.text()), _hour(text)
        if opens and closes and closes <= opens:
            return self.tr("关门时间应晚于开门时间")
        return self._hour_refusal(text)

    def hours(self) -> tuple[str, str]:
        """Opening and closing as HH:MM; asked once both were found right."""
        opens, closes = _hour(self.opens.text()), _hour(self.closes.text())
        return f"{opens:%H:%M}", f"{closes:%H:%M}"


class AdministratorPage(QWidget):
    """Name, staff number, and a PIN typed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.name = FieldEdit("", lambda text: refusal(lambda: checked_name(text, "name")))
        self.number = FieldEdit("", lambda text: refusal(lambda: checked_staff_no(text)))
        self.pin, self.again = PinField(), PinField()
        self.pin_error, self.again_error = ErrorLine(), ErrorLine()
        self._pin_label = Label("", TextRole(13, 500, "ink2"))
        self._again_label = Label("", TextRole(13, 500, "ink2"))
        column = VBox(parent=self)
        column.addWidget(self.name)
        column.add_gap(18)
        column.addWidget(self.number)
        for label, field, error in (
            (self._pin_label, self.pin, self.pin_error),
            (self._again_label, self.again, self.again_error),
        ):
            column.add_gap(18)
            column.addWidget(label)
            column.add_gap(6)
            column.addWidget(field)
            column.addWidget(error)
        column.addStretch(1)
        self.pin.changed.connect(lambda: self.pin_error.show_error(""))
        self.again.changed.connect(lambda: self.again_error.show_error(""))

    def check(self) -> bool:
        """Check every field; the first that is wrong gets the keyboard."""
        fields = checked(self.name, self.number)
        why = refusal(lambda: checked_pin(self.pin.pin()))
        self.set_pin_error(why)
        differs = not why and self.again.pin() != self.pin.pin()
        if differs:
            self.again.clear()
        self.again.set_error(differs)
        words = self.tr("两次输入的密码不同，请再输入一次")
        self.again_error.show_error(words if differs else "")
        if fields and (why or differs):
            (self.pin if why else self.again).setFocus()
        return fields and not why and not differs

    def set_pin_error(self, text: str) -> None:
        """Say under the PIN why it cannot stand."""
        self.pin.set_error(bool(text))
        self.pin_error.show_error(text)

    def retranslate(self) -> None:
        """Take every word anew."""
        self.name.set_label(self.tr("管理员姓名"))
        self.number.set_label(self.tr("员工号"))
        for label, field, words in (
            (self._pin_label, self.pin, self.tr("六位密码")),
            (self._again_label, self.again, self.tr("再输入一次密码")),
        ):
            label.setText(words)
            field.set_label(words)
        say_again(self.name, self.number)
        if self.pin_error.sentence.text():
            self.set_pin_error(refusal(lambda: checked_pin(self.pin.pin())))
        if self.again_error.sentence.text():
            self.again_error.show_error(self.tr("两次输入的密码不同，请再输入一次"))


class CountersPage(QWidget):
    """How many counters there are, and whether the data of this machine are encrypted."""

    def __init__(self, *, on_server: bool = False) -> None:
        super().__init__()
        self.encrypted = CheckRow("")
        self.encrypted.setChecked(True)
        self._why = Label("", SECOND, wrap=True)
        # A server's file is not this program's to encrypt.
        self.encrypted.setVisible(not on_server)
        self._why.setVisible(not on_server)
        self.count = 4
        self._label = Label("", TextRole(13, 500, "ink2"))
        self._number = Label("", TextRole(26, 700), align=Qt.AlignmentFlag.AlignHCenter)
        self._number.setFixedWidth(72)
        self.fewer = PlainButton("", size=LARGE, icon="minus")
        self.more = PlainButton("", size=LARGE, icon="plus")
        self._note = Label("", SECOND, wrap=True)
        row = HBox(spacing=8)
        row.addWidget(self.fewer)
        row.addWidget(self._number)
        row.addWidget(self.more)
        row.addStretch(1)
        column = VBox(parent=self)
        column.addWidget(self._label)
        column.add_gap(6)
        column.addLayout(row)
        column.add_gap(16)
        column.addWidget(self._note)
        column.add_gap(20)
        column.addWidget(self.encrypted)
        column.addWidget(self._why)
        column.addStretch(1)
        for button in (self.fewer, self.more):
            # Several presses in a row are meant here.
            button.repeat_guard = False
        self.fewer.clicked.connect(lambda: self.set_count(self.count - 1))
        self.more.clicked.connect(lambda: self.set_count(self.count + 1))
        self.set_count(self.count)

    def set_count(self, count: int) -> None:
        """Take another number of counters, within 1 and 20."""
        self.count = min(max(count, 1), MOST_COUNTERS)
        self._number.setText(str(self.count))
        self._number.setAccessibleName(f"{self._label.text()} {self.count}")
        self.fewer.setEnabled(self.count > 1)
        self.more.setEnabled(self.count < MOST_COUNTERS)

    def retranslate(self) -> None:
        """Take every word anew."""
        self._label.setText(self.tr("柜台数"))
        self.encrypted.set_text(self.tr("加密本机数据"))
        self.encrypted.setAccessibleName(self.encrypted.text())
        self._why.setText(self.tr("电脑丢失或硬盘被取走时，别人看不到数据。建议打开"))
        self.set_count(self.count)
        self.fewer.setAccessibleName(self.tr("减少一个柜台"))
        self.more.setAccessibleName(self.tr("增加一个柜台"))
        self._note.setText(self.tr("每个柜台先开通全部业务，名称和业务以后可以在“设置”里调整。"))


def plan_of(page: BranchPage, administrator: AdministratorPage, counters: CountersPage) -> Plan:
    """The branch as the three forms describe it, every counter with all services."""
    catalogue = default_catalogue()
    every = frozenset(str(service["code"]) for service in catalogue.services)
    founder = NewStaff(
        administrator.number.text(),
        administrator.name.text(),
        frozenset({Role.ADMINISTRATOR}),
        administrator.pin.pin(),
    )
    opens, closes = page.hours()
    return Plan(
        code=page.code.text(),
        name_zh=page.zh.text(),
        name_en=page.en.text().strip(),
        catalogue=catalogue,
        staff=(founder,),
        counters=tuple(NewCounter(number, every) for number in range(1, counters.count + 1)),
        opens=opens,
        closes=closes,
    )


def say_again(*fields: FieldEdit) -> None:
    """Say the sentences under the fields once more, after a change of language."""
    for field in fields:
        if field.error_text():
            field.check()


def checked(*fields: FieldEdit) -> bool:
    """Check all fields, and give the keyboard to the first that is wrong."""
    wrong = [field for field in fields if not field.check()]
    if wrong:
        wrong[0].setFocus()
    return not wrong


def _hour(text: str) -> time | None:
    """A time of day from 9:00 or 09:00, or None."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:\uff1a]([0-5][0-9])", text.strip())
    return time(int(found[1]), int(found[2])) if found else None


class StepList(QWidget):
    """The steps of a new branch one under the other, the present one marked."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._labels = [Label("", _STEP) for _ in range(total)]
        column = VBox(spacing=10, parent=self)
        for label in self._labels:
            column.addWidget(label)

    def show_step(self, names: Sequence[str], now: int) -> None:
        """Mark the step ``now``, counted from 1."""
        for number, (label, name) in enumerate(zip(self._labels, names, strict=True), 1):
            label.setText(f"{number}  {name}")
            label.set_role(_STEP_NOW if number == now else _STEP)
