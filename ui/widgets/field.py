"""Owns input with its label and its error sentence; must not decide what is right or wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph


class _Edit(QLineEdit):
    """A line edit that tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Opening the context menu or another window is not leaving the field.
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()


class ErrorLine(QWidget):
    """The octagon and the sentence under a field; takes no room while there is no error."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label("", TextRole(13, 400, "danger_text"), wrap=True)
        row = HBox(spacing=6, margins=(0, 5, 0, 0), parent=self)
        beside = VBox(margins=(0, 2, 0, 0))
        beside.addWidget(StatusGlyph(State.URGENT, 15))
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, text: str) -> None:
        """Say what is wrong and what would be right; an empty text takes the sentence away."""
        self.sentence.setText(text)
        self.setVisible(bool(text))


class FieldEdit(Themed, QWidget):
    """A label over a line edit; what is wrong stands under it once the field was left."""

    left = Signal()

    def __init__(
        self,
        label: str,
        checker: Callable[[str], str] | None = None,
        *,
        tall: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checker = checker
        self.label = Label(label, TextRole(13, 500, "ink2"))
        self.label.setContentsMargins(0, 0, 0, 8 if tall else 6)
        self.edit = _Edit()
        self.edit.setProperty("tall", tall)
        self.edit.setProperty("ownFocus", True)
        self.edit.setPlaceholderText(placeholder)
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.edit)
        column.addWidget(self.error)
        self.label.setBuddy(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.left.connect(self._was_left)
        self.edit.textEdited.connect(self.clear_error)
        self.set_label(label)

    def set_label(self, text: str) -> None:
        """Name the field, for the eye and for a screen reader."""
        self.label.setText(text)
        self.label.setVisible(bool(text))
        self.edit.setAccessibleName(text)

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Fill the field; takes an old error away."""
        self.edit.setText(text)
        self.clear_error()

    def set_error(self, text: str) -> None:
        """Mark the field and say what would be right; an empty text clears the mark."""
        self.error.show_error(text)
        self.edit.setAccessibleDescription(text)
        self._mark(bool(text))

    def clear_error(self) -> None:
        """Take mark and sentence away."""
        self.set_error("")

    def error_text(self) -> str:
        """The sentence shown, empty when all is well."""
        return self.error.sentence.text()

    def check(self) -> bool:
        """Ask the checker now (before sending a form); True when it has nothing to say."""
        if self._checker is not None:
            self.set_error(self._checker(self.edit.text()))
        return not self.error_text()

    def _was_left(self) -> None:
        # Leaving an empty field untouched is not a mistake yet; sending the form checks it.
        if self.edit.text():
            self.check()
        self.left.emit()

    def _mark(self, wrong: bool) -> None:
        if bool(self.edit.property("wrong")) != wrong:
            self.edit.setProperty("wrong", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    def minimumSizeHint(self) -> QSize:
        """As the layout says, at least 120 px wide."""
        hint = super().minimumSizeHint()
        return QSize(max(120, hint.width()), hint.height())
