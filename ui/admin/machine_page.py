"""Owns the page of this machine and one's own PIN; what it keeps concerns this machine only."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog

from branch.kernel.errors import BadInput
from branch.kernel.settings import keep_machine_choice, machine_choice
from branch.people.commands import ChangePin, SignInRefused
from branch.people.rules import checked_pin
from ui.admin.page import AdminPage, Place
from ui.shell.language import language
from ui.shell.printing import FOLDER, printers
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, CARD_TITLE, SECTION, Label
from ui.widgets.pin_field import PinField
from ui.widgets.stage import HBox, VBox

_DEFAULT: Final = ""


class MachinePage(AdminPage):
    """Printer and language at the left, the own PIN at the right."""

    topics = frozenset()

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.title, self.pin_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.printer_title = Label("", SECTION)
        self.printer = QComboBox()
        self.printer.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.folder = PlainButton("")
        self.printer_note = Label("", CAPTION, wrap=True)
        self.printer_error = ErrorLine()
        self.language_title = Label("", SECTION)
        self.language = SegmentedControl(
            [("zh", "中文"), ("en", "English")], current=language().code
        )
        self.old, self.new, self.again = PinField(), PinField(), PinField()
        self._pin_titles = [Label("", SECTION) for _field in range(3)]
        self._pin_errors = [ErrorLine() for _field in range(3)]
        self.pin_trouble = ErrorLine()
        self.change = PrimaryButton("")
        self._build()
        self.printer.activated.connect(self._choose_printer)
        self.folder.clicked.connect(self._choose_folder)
        self.language.chosen.connect(language().choose)
        self.change.clicked.connect(self.change_pin)
        for at, field in enumerate((self.old, self.new, self.again)):
            field.changed.connect(partial(self._pin_errors[at].show_error, ""))
        self.again.completed.connect(lambda _pin: self.change.setFocus())
        self.retranslate()

    def _build(self) -> None:
        left, right = Card(), Card()
        column = VBox(spacing=10, margins=(20, 18, 20, 18), parent=left)
        column.addWidget(self.title)
        column.addWidget(self.printer_title)
        row = HBox(spacing=10)
        row.addWidget(self.printer, 1)
        row.addWidget(self.folder)
        column.addLayout(row)
        column.addWidget(self.printer_note)
        column.addWidget(self.printer_error)
        column.add_gap(8)
        column.addWidget(self.language_title)
        column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        beside = VBox(spacing=8, margins=(20, 18, 20, 18), parent=right)
        beside.addWidget(self.pin_title)
        for at, field in enumerate((self.old, self.new, self.again)):
            beside.addWidget(self._pin_titles[at])
            box = HBox()
            field.setMaximumWidth(field.sizeHint().width())
            box.addWidget(field, 1)
            box.addStretch(0)
            beside.addLayout(box)
            beside.addWidget(self._pin_errors[at])
        beside.addWidget(self.pin_trouble)
        end = HBox(margins=(0, 8, 0, 0))
        end.addStretch(1)
        end.addWidget(self.change)
        beside.addLayout(end)
        beside.addStretch(1)
        page = HBox(spacing=16, parent=self)
        page.addWidget(left, 1)
        page.addWidget(right, 1)

    def ask(self) -> None:
        """Look for the printers of this machine anew."""
        self._fill()

    # -- printer --------------------------------------------------------------------------------

    def _fill(self) -> None:
        kept = machine_choice(self._station.settings, "printer") or _DEFAULT
        self.printer.clear()
        self.printer.addItem(self.tr("系统默认打印机"), _DEFAULT)
        for known in printers():
            self.printer.addItem(known.label or known.name, known.name)
        if self.printer.findData(kept) < 0:
            if kept.startswith(FOLDER):
                folder = self.tr("文件夹 {path}").format(path=kept.removeprefix(FOLDER))
                self.printer.addItem(folder, kept)
            else:
                self.printer.addItem(self.tr("{name}（没有连接）").format(name=kept), kept)
        self.printer.setCurrentIndex(self.printer.findData(kept))
        self.printer.setToolTip(self.printer.currentText())

    def _choose_printer(self, _at: int) -> None:
        self._keep(str(self.printer.currentData()))

    def _choose_folder(self) -> None:
        start = str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("号票存到哪个文件夹"), start)
        if chosen:
            self._keep(FOLDER + chosen)

    def _keep(self, name: str) -> None:
        self.printer_error.show_error("")
        try:
            keep_machine_choice(self._station.settings, "printer", name)
        except OSError as error:
            words = self.tr("没有保存，请检查数据文件夹能不能写（{reason}）")
            self.printer_error.show_error(words.format(reason=error.strerror))
        else:
            self.told.emit(self.tr("已保存"))
        self._fill()

    # -- own PIN --------------------------------------------------------------------------------

    def change_pin(self) -> None:
        """Change the own PIN when the new one can stand and was entered twice alike."""
        if not self.change.isEnabled():
            return
        self.forgive()
        fields = (self.old, self.new, self.again)
        for at, field in enumerate(fields):
            if not field.pin():
                self._mark_pin(at, BadInput("field_empty", field="pin"))
                return
        try:
            checked_pin(self.new.pin())
        except BadInput as error:
            self._mark_pin(1, error)
            return
        if self.new.pin() != self.again.pin():
            self.again.clear()
            self.mark(self._pin_errors[2], lambda: self.tr("两次输入的密码不同，请再输入一次"))
            self.again.set_error(True)
            self.again.setFocus()
            return
        places: dict[str, Place] = {"pin": self._pin_errors[1]}
        command = ChangePin(self.old.pin(), self.new.pin())
        self.send([command], self._pin_changed, places, self.pin_trouble, self.change)

    def _mark_pin(self, at: int, error: BadInput) -> None:
        field = (self.old, self.new, self.again)[at]
        self.mark(self._pin_errors[at], partial(sentence, error))
        field.set_error(True)
        field.setFocus()

    def _pin_changed(self, refused: object) -> None:
        if isinstance(refused, SignInRefused):
            self._pin_refused(refused)
            return
        for field in (self.old, self.new, self.again):
            field.clear()
        self.told.emit(self.tr("密码已修改，下次登录用新密码"))

    def _pin_refused(self, refused: SignInRefused) -> None:
        """Say why not; the tenth wrong PIN has ended the session, so the window ends as well."""
        if refused.code == "account_locked":
            self._station.sign_out_wanted.emit()
            return
        error = BadInput(refused.code, field="old", wait_s=refused.wait_s)
        self.old.clear()
        self.mark(self._pin_errors[0], lambda: self._why(refused, error))
        self.old.set_error(True)
        self.old.setFocus()

    def _why(self, refused: SignInRefused, error: BadInput) -> str:
        if refused.code == "pin_wrong" and refused.wait_s:
            words = self.tr("原密码不对，还可以试 {n} 次，请等 {wait} 再试")
            wait = self.tr("{n} 秒").format(n=refused.wait_s)
            return words.format(n=refused.left, wait=wait)
        if refused.code == "pin_wrong":
            return self.tr("原密码不对，还可以试 {n} 次").format(n=refused.left)
        return sentence(error)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("这台电脑"))
        self.printer_title.setText(self.tr("号票打印机"))
        self.printer.setAccessibleName(self.tr("号票打印机"))
        self.folder.setText(self.tr("改存到文件夹"))
        self.printer_note.setText(self.tr("只对这台电脑有效，选好就保存"))
        self.language_title.setText(self.tr("界面语言"))
        self.language.setAccessibleName(self.tr("界面语言"))
        self.language.set_current(language().code)
        self.pin_title.setText(self.tr("修改自己的密码"))
        names = (self.tr("原密码"), self.tr("新密码"), self.tr("再输入一次新密码"))
        for at, field in enumerate((self.old, self.new, self.again)):
            self._pin_titles[at].setText(names[at])
            field.set_label(names[at])
        self.change.setText(self.tr("修改密码"))
        self._fill()
        super().retranslate()
