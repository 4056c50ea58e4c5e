"""Owns the question on which printer, how often and on which sides; prints nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.shell.printing import printers
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.choice_field import ChoiceField
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

# More than this of one letter is a slip of the finger.
MOST_COPIES: Final = 20
ONE_SIDE, BOTH_SIDES = "one", "both"
_CAPTION: Final = TextRole(13, 500, "ink2")


@dataclass(frozen=True)
class PrintWish:
    """The printer's name, how many copies, whether on both sides."""

    printer: str
    copies: int
    duplex: bool


class PrintDialog(PanelDialog):
    """``wanted`` carries the PrintWish, ``keep_wanted`` that a file is wanted instead of paper.

    Without a printer it says so and offers the file.
    """

    wanted = Signal(object)
    keep_wanted = Signal()

    def __init__(self, parent: QWidget, title: str, text: str = "") -> None:
        super().__init__(parent, title, width=520)
        known = printers()
        self.printer, self.copies = ChoiceField(), QSpinBox()
        self.sides = SegmentedControl(
            [
                (ONE_SIDE, translate("PrintDialog", "单面")),
                (BOTH_SIDES, translate("PrintDialog", "双面")),
            ],
            name=translate("PrintDialog", "单面或双面"),
        )
        self.trouble = Label("", TextRole(14, 500, "warn_text"), wrap=True)
        self.cancel_button = PlainButton(translate("PrintDialog", "返回"), size=LARGE)
        self.keep_button = PlainButton(
            translate("PrintDialog", "存为 PDF"), size=LARGE, icon="export"
        )
        self.print_button = PrimaryButton(
            translate("PrintDialog", "打印"), size=LARGE, icon="printer"
        )
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        if text:
            self.body.add_gap(6)
            self.body.addWidget(Label(text, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self._choices() if known else self.trouble)
        self.trouble.setText(translate("PrintDialog", "这台电脑没有连接打印机，可以存为 PDF"))
        self.printer.set_label(translate("PrintDialog", "打印机"))
        self.printer.combo.set_choices([(one.name, one.label or one.name) for one in known])
        usual = next((one.name for one in known if one.is_default), known[0].name if known else "")
        self.printer.combo.choose(usual)
        for button in (self.cancel_button, self.keep_button, self.print_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        if not known:
            self.print_button.setEnabled(False)
        (self.print_button if known else self.keep_button).setDefault(True)
        (self.print_button if known else self.keep_button).setFocus()
        self.cancel_button.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._print)
        self.keep_button.clicked.connect(self._keep)

    def _choices(self) -> QWidget:
        part = QWidget()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setProperty("ownFocus", True)
        self.copies.lineEdit().setTextMargins(10, 0, 10, 0)
        self.copies.setAccessibleName(translate("PrintDialog", "份数"))
        number, sides = VBox(), VBox()
        caption = Label(translate("PrintDialog", "份数"), _CAPTION)
        caption.setBuddy(self.copies)
        for column, label, control in (
            (number, caption, self.copies),
            (sides, Label(translate("PrintDialog", "单面或双面"), _CAPTION), self.sides),
        ):
            column.addWidget(label)
            column.add_gap(6)
            column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
            column.addStretch(1)
        row = HBox(spacing=20)
        row.addLayout(number)
        row.addLayout(sides)
        row.addStretch(1)
        whole = VBox(spacing=14, parent=part)
        whole.addWidget(self.printer)
        whole.addLayout(row)
        return part

    def _print(self) -> None:
        wish = PrintWish(
            self.printer.combo.code(), self.copies.value(), self.sides.current() == BOTH_SIDES
        )
        self.accept()
        self.wanted.emit(wish)

    def _keep(self) -> None:
        self.accept()
        self.keep_wanted.emit()
