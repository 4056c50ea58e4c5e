"""Owns the question before something that was written is left unsaved; must not know what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.widgets.dialog import ConfirmDialog

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
