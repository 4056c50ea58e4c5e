"""Owns the dialog that asks where a file is to be kept; writes nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, name: str, suffix: str, keep: Callable[[str], None]
) -> None:
    """Ask, ``name`` with its suffix ("pdf") proposed; ``keep`` gets the path that was chosen."""
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{suffix.upper()} (*.{suffix})")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(f"{name}.{suffix}")
    dialog.fileSelected.connect(keep)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
