"""Owns the place where the customer's own words are taken down; keeps nothing itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.shell.fonts import font
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.stage import HBox, VBox

_LEAST: Final = 74
_USUAL: Final = 116
_HEAD: Final = 28


class _Edit(QPlainTextEdit):
    """Grows to its usual height where there is room, and asks for less."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _LEAST)


class StatementPart(QWidget):
    """A field of its caption, and at the right when it was kept last. ``edited`` tells typing."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept_at = ""
        self.caption = Label("", TextRole(13, 500, "ink2"))
        self.mark = Label("", CAPTION)
        self.edit = _Edit()
        self.edit.setProperty("ownFocus", True)
        self.edit.setTabChangesFocus(True)
        self.edit.setFont(font(15))
        self.edit.document().setDocumentMargin(6)
        self.edit.setMinimumHeight(_LEAST)
        self.edit.setMaximumHeight(_USUAL)
        head = HBox(spacing=8)
        head.addWidget(self.caption, 1)
        head.addWidget(self.mark)
        column = VBox(parent=self)
        column.addLayout(head)
        column.add_gap(8)
        column.addWidget(self.edit, 1)
        self.error = ErrorLine()
        column.addWidget(self.error)
        self.caption.setBuddy(self.edit)
        self.setMaximumHeight(_USUAL + _HEAD)
        self.edit.textChanged.connect(self._typed)
        self.retranslate()

    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText().strip()

    def put(self, text: str) -> None:
        """Show what was kept, without telling."""
        self.edit.blockSignals(True)
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)
        self.set_error("")

    def show_kept(self, time: str) -> None:
        """When it was kept last, as 10:26; empty while something is not kept yet."""
        self._kept_at = time
        self._say()

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
        room = self.error.sizeHint().height() if text else 0
        self.setMaximumHeight(_USUAL + _HEAD + room)

    def _typed(self) -> None:
        self.show_kept("")
        self.set_error("")
        self.edited.emit()

    def _say(self) -> None:
        told = self.tr("{time} 自动保存").format(time=self._kept_at) if self._kept_at else ""
        self.mark.setText(told)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(self.tr("客户说的，请用原话"))
        self.edit.setAccessibleName(self.tr("客户说的，请用原话"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
