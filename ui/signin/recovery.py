"""Owns what asks for the recovery key of a store that is locked to this machine: the page at the
start, and the panel over a window whose store got another key; keeps no key itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from branch.kernel.errors import BadInput, StoreLocked, TingtangError
from ui.shell.station import sentence
from ui.shell.worker import Worker
from ui.signin.recovery_fields import RecoveryFields
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.card import SIGN_IN_CARD, Card
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.icon import IconLabel
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.stage import HBox, VBox

_WIDTH = 640


class RecoveryForm(QWidget):
    """The sentence, the groups, what is wrong with them, and the button that opens the data.

    ``opened`` comes when the key fits; the groups are empty by then.
    """

    opened = Signal()

    def __init__(self, worker: Worker, error: StoreLocked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker, self._error = worker, error
        self._refused: TingtangError | None = None
        self.title = Label("", TextRole(20, 700), wrap=True)
        self.sentence = Label("", TextRole(16, 500), wrap=True)
        self.note = Label("", SECOND, wrap=True)
        self.fields = RecoveryFields()
        self.trouble = ErrorLine()
        self.again = PlainButton("", size=LARGE)
        self.open = PrimaryButton("", size=LARGE)
        self.row = HBox(spacing=10)
        self.row.addStretch(1)
        self.row.addWidget(self.again)
        self.row.addWidget(self.open)
        column = VBox(parent=self)
        head = HBox(spacing=16)
        head.addWidget(IconLabel("lock", 36, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = VBox(spacing=8)
        for label in (self.title, self.sentence, self.note):
            words.addWidget(label)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.add_gap(20)
        column.addWidget(self.fields)
        column.addWidget(self.trouble)
        column.add_gap(24)
        column.addLayout(self.row)
        for button in (self.again, self.open):
            button.setAutoDefault(False)
        self.open.clicked.connect(self.send)
        self.again.clicked.connect(worker.retry_now)
        self.fields.entered.connect(self.send)
        self.retranslate()

    def set_error(self, error: StoreLocked) -> None:
        """Another try has found it locked still, perhaps for another key."""
        self._error = error
        self.retranslate()

    def send(self) -> None:
        """Try the key that was typed."""
        if not self.open.isEnabled():
            return
        self._refuse(None)
        self.open.setEnabled(False)
        self._worker.enter_recovery_key(self, self.fields.text(), self._fits, self._failed)

    def _fits(self) -> None:
        self.open.setEnabled(True)
        self.fields.clear()
        self.opened.emit()

    def _failed(self, error: TingtangError) -> None:
        self.open.setEnabled(True)
        self._refuse(error)
        if not isinstance(error, BadInput):
            return
        doubt = self.fields.first_doubt()
        if doubt is not None:
            self.fields.point_at(doubt)

    def _refuse(self, error: TingtangError | None) -> None:
        self._refused = error
        self.trouble.show_error(sentence(error) if error is not None else "")

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("请输入恢复密钥"))
        self.sentence.setText(sentence(self._error))
        self.note.setText(
            self.tr("恢复密钥印在封存的纸上，共 13 组。可以粘贴，也可以用扫码枪读纸上的二维码。")
        )
        self.again.setText(self.tr("再试一次"))
        self.open.setText(self.tr("打开数据"))
        self.fields.retranslate()
        self._refuse(self._refused)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class RecoveryWindow(QWidget):
    """The page at the start, while there is nothing else to show."""

    def __init__(self, worker: Worker, error: StoreLocked) -> None:
        super().__init__()
        self.setObjectName("recovery")
        self.resize(960, 680)
        self.setMinimumSize(760, 560)
        card = Card(style=SIGN_IN_CARD)
        card.setFixedWidth(_WIDTH + 96)
        self.form = RecoveryForm(worker, error)
        self.quit = PlainButton("", size=LARGE)
        self.quit.setAutoDefault(False)
        self.form.row.insertWidget(0, self.quit)
        inside = VBox(margins=(48, 40, 48, 36), parent=card)
        inside.addWidget(self.form)
        column = VBox(margins=(24, 24, 24, 24), parent=self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        install_focus_ring(self)
        self.quit.clicked.connect(QApplication.quit)
        self.retranslate()
        self.form.fields.setFocus()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.setWindowTitle(self.tr("厅堂的数据已加密"))
        self.quit.setText(self.tr("退出"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class RecoveryDialog(PanelDialog):
    """The panel over a window that is at work: what was typed there stays."""

    def __init__(self, parent: QWidget, worker: Worker, error: StoreLocked) -> None:
        form = RecoveryForm(worker, error)
        super().__init__(parent, form.title.text(), width=_WIDTH + 56)
        self.form = form
        self.back = PlainButton(self.tr("先不输入"), size=LARGE)
        self.back.setAutoDefault(False)
        form.row.insertWidget(0, self.back)
        self.body.addWidget(form)
        self.back.clicked.connect(self.reject)
        self.form.opened.connect(self.accept)
        worker.store_back.connect(self.accept)
        self.form.fields.setFocus()
