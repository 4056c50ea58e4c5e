"""Owns input of several lines with its label and its error sentence; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox

_LINE, _EDGES = 21, 22


class LongField(QWidget):
    """A label over room for ``lines`` lines of words; what is wrong stands under it."""

    def __init__(self, label: str = "", lines: int = 3) -> None:
        super().__init__()
        self.label = Label(label, TextRole(13, 500, "ink2"))
        self.label.setContentsMargins(0, 0, 0, 6)
        self.edit = QPlainTextEdit()
        self.edit.setProperty("ownFocus", True)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(lines * _LINE + _EDGES)
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = HBox(spacing=8)
        self._head.addWidget(self.label, 1)
        column.addLayout(self._head)
        column.addWidget(self.edit)
        column.addWidget(self.error)
        self.label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(lambda: self.set_error(""))
        self.set_label(label)

    def minimumSizeHint(self) -> QSize:
        """As the layout says, with all its lines: the style sheet sets a lesser height of the
        edit than was fixed, and a form that has to scroll would take the lines first."""
        hint = super().minimumSizeHint()
        lost = self.edit.maximumHeight() - self.edit.minimumHeight()
        return QSize(hint.width(), hint.height() + lost)

    def add_aside(self, widget: QWidget) -> None:
        """Put something at the right end of the label's line."""
        self._head.addWidget(widget)

    def set_label(self, text: str) -> None:
        """Name the field, for the eye and for a screen reader."""
        self.label.setText(text)
        self.edit.setAccessibleName(text)

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Fill the field; takes an old error away."""
        self.edit.setPlainText(text)

    def insert(self, text: str) -> None:
        """Put words where the cursor stands."""
        self.edit.insertPlainText(text)

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
        self.edit.setAccessibleDescription(text)

    def clear_error(self) -> None:
        """Take the sentence away."""
        self.set_error("")

    def error_text(self) -> str:
        """The sentence shown, empty when all is well."""
        return self.error.sentence.text()
