"""Owns the way of a recovery key to paper and into an envelope; must not make or keep a key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.lobby.queries.screens import BranchName
from reports.forms.recovery import recovery_pdf
from ui.shell.language import language
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.paper_buttons import OfMachine, PaperButtons
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_STEP = TextRole(15, 400, "ink2")


class RecoverySheet(QWidget):
    """What to do with the sheet, the buttons that make it, and whether it was put away.

    ``put_away`` says that it was, ``later`` that it shall be done another time. The key is not
    shown: it is read from the paper.
    """

    put_away = Signal()
    later = Signal()

    def __init__(self, machine: OfMachine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fingerprint = ""
        self._steps = [Label("", _STEP, wrap=True) for _ in range(3)]
        self.fingerprint = Label("", TextRole(15, 700), wrap=True)
        self.papers = PaperButtons(machine, private=True)
        self._kept = Label("", CAPTION, wrap=True)
        self._without = Label("", TextRole(14, 500, "warn_text"), wrap=True)
        self.later_button = PlainButton("", size=LARGE)
        self.put_away_button = PrimaryButton("", size=LARGE)
        for button in (self.later_button, self.put_away_button):
            button.setAutoDefault(False)
        column = VBox(parent=self)
        for step in self._steps:
            column.addWidget(step)
            column.add_gap(8)
        column.add_gap(10)
        column.addWidget(self.fingerprint)
        column.add_gap(12)
        column.addWidget(self.papers)
        column.add_gap(8)
        column.addWidget(self._kept)
        column.addStretch(1)
        column.add_gap(14)
        column.addWidget(self._without)
        column.add_gap(12)
        row = HBox(spacing=10)
        row.addWidget(self.later_button)
        row.addStretch(1)
        row.addWidget(self.put_away_button)
        column.addLayout(row)
        self.papers.done.connect(self._on_made)
        self.later_button.clicked.connect(self.later)
        self.put_away_button.clicked.connect(self.put_away)
        self.put_away_button.setEnabled(False)
        self.retranslate()

    def offer(self, branch: BranchName, key: str, fingerprint: str, made_at: int) -> None:
        """Offer the sheet of a key, made at an instant (ms)."""
        self._fingerprint = fingerprint
        name = translate("RecoverySheet", "恢复密钥 {fingerprint}").format(fingerprint=fingerprint)
        self.papers.offer(
            name, lambda: recovery_pdf(branch, key, fingerprint, made_at, language().code)
        )
        self.retranslate()

    def forget(self) -> None:
        """Let go of the key."""
        self.papers.offer("", None)
        self.put_away_button.setEnabled(False)

    def _on_made(self) -> None:
        self.put_away_button.setEnabled(True)

    def retranslate(self) -> None:
        """Take the words anew."""
        steps = (
            translate("RecoverySheet", "1  打印一张，核对指纹"),
            translate("RecoverySheet", "2  装进信封，两人在封口签字"),
            translate("RecoverySheet", "3  放进保险柜，不和电脑放在一起"),
        )
        for label, words in zip(self._steps, steps, strict=True):
            label.setText(words)
        words = translate("RecoverySheet", "密钥指纹 {fingerprint}")
        self.fingerprint.setText(words.format(fingerprint=self._fingerprint))
        self._kept.setText(
            translate("RecoverySheet", "存为 PDF 时请存到移动盘，打印后删除：打开文件就能看到密钥")
        )
        self._without.setText(translate("RecoverySheet", "没有这张纸，电脑损坏后数据无法恢复"))
        self.later_button.setText(translate("RecoverySheet", "以后再印"))
        self.put_away_button.setText(translate("RecoverySheet", "已封好放好"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
