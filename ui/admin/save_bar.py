"""Owns the foot of a form: what is wrong with the whole, save, and give up; saves nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, Label
from ui.widgets.stage import HBox, VBox


class SaveBar(QWidget):
    """保存 is off while there is nothing to save or the answer is due; 放弃修改 comes with typing."""

    save_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save_text = ""
        self.error = ErrorLine()
        self.note = Label("", CAPTION, wrap=True, token="warn_text")
        self.drop_button = PlainButton("")
        self.save_button = PrimaryButton("")
        column = VBox(parent=self)
        column.addWidget(self.note)
        column.addWidget(self.error)
        column.add_gap(12)
        row = HBox(spacing=10)
        row.addStretch(1)
        row.addWidget(self.drop_button, 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.save_button)
        column.addLayout(row)
        self.save_button.clicked.connect(self.save_wanted)
        self.drop_button.clicked.connect(self.drop_wanted)
        self.set_note("")
        self.set_state(unsaved=False, new=False, busy=False)
        self.retranslate()

    def set_state(self, *, unsaved: bool, new: bool, busy: bool) -> None:
        """What can be pressed now."""
        self.save_button.setEnabled((unsaved or new) and not busy)
        self.drop_button.setVisible(unsaved and not busy)

    def set_save_text(self, text: str) -> None:
        """A verb of one's own on the button; an empty one is 保存."""
        self._save_text = text
        self.save_button.setText(text or self.tr("保存"))
        self.save_button.updateGeometry()

    def set_error(self, text: str) -> None:
        """Say what is wrong with the whole; an empty text takes it away."""
        self.error.show_error(text)

    def set_note(self, text: str) -> None:
        """Say what else there is to know; an empty text takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def retranslate(self) -> None:
        """Take every word anew."""
        self.drop_button.setText(self.tr("放弃修改"))
        self.set_save_text(self._save_text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
