"""Owns the question before something that was written is left unsaved; must not know what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.dialog import ConfirmDialog, PanelDialog

translate = QCoreApplication.translate


def ask_to_leave(before: QWidget, leave: Callable[[], object]) -> None:
    """Ask in front of a dialog; ``leave`` is called when nothing of it is wanted."""
    question = ConfirmDialog(
        before,
        title=translate("WrittenDialog", "不保存就离开吗"),
        text=translate("WrittenDialog", "改过的内容不会保留。"),
        confirm=translate("WrittenDialog", "不保存"),
        cancel=translate("WrittenDialog", "接着写"),
    )
    question.accepted.connect(leave)
    question.open()


def words_in(question: QWidget) -> object:
    """Every line and every text in it, to be compared."""
    lines = [edit.text() for edit in question.findChildren(QLineEdit)]
    return lines, [edit.toPlainText() for edit in question.findChildren(QPlainTextEdit)]


class LeavingDialog(PanelDialog):
    """A question that Esc and the way back leave at once, but ask first once what is ``written``
    in it was changed."""

    _began_with: object = None

    def written(self) -> object:
        """What would be lost by leaving, to be compared; None where leaving loses nothing."""
        return None

    def showEvent(self, event: QShowEvent) -> None:
        """What it began with is no change."""
        if self._began_with is None:
            self._began_with = self.written()
        super().showEvent(event)

    def reject(self) -> None:
        """Leave at once when nothing was changed."""
        if self._began_with is None or self.written() == self._began_with:
            super().reject()
        else:
            ask_to_leave(self, self._leave)

    def _leave(self) -> None:
        super().reject()
