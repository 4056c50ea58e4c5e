"""Owns the fields for a day and for a time of day, each with its label and error; no reckoning."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit, QTimeEdit, QVBoxLayout, QWidget

from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole

_MARGINS = (10, 0, 10, 0)


class _Field(QWidget):
    """A label over an edit, what is wrong under it."""

    def __init__(self, edit: QDateTimeEdit) -> None:
        super().__init__()
        self.label = Label("", TextRole(13, 500, "ink2"))
        self.label.setContentsMargins(0, 0, 0, 6)
        self.error = ErrorLine()
        edit.setProperty("ownFocus", True)
        # The style sheet's padding does not reach the line edit inside.
        edit.lineEdit().setTextMargins(*_MARGINS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(edit)
        column.addWidget(self.error)
        self.label.setBuddy(edit)
        self.setFocusProxy(edit)
        edit.dateTimeChanged.connect(lambda _moment: self.set_error(""))
        self._edit = edit

    def set_label(self, text: str) -> None:
        """Name the field, for the eye and for a screen reader."""
        self.label.setText(text)
        self._edit.setAccessibleName(text)

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
        self._edit.setAccessibleDescription(text)

    def clear_error(self) -> None:
        """Take the sentence away."""
        self.set_error("")


class DayField(_Field):
    """A day, typed or chosen with the arrow keys."""

    def __init__(self) -> None:
        self.edit = QDateEdit()
        super().__init__(self.edit)
        self.edit.setDisplayFormat("yyyy-MM-dd")

    def set_day(self, day: date) -> None:
        """Show a day."""
        self.edit.setDate(QDate(day.year, day.month, day.day))

    def day(self) -> date:
        """The day that stands there."""
        shown = self.edit.date()
        return date(shown.year(), shown.month(), shown.day())


class TimeField(_Field):
    """A time of day, to the minute."""

    def __init__(self) -> None:
        self.edit = QTimeEdit()
        super().__init__(self.edit)
        self.edit.setDisplayFormat("HH:mm")

    def set_time(self, moment: time) -> None:
        """Show a time."""
        self.edit.setTime(QTime(moment.hour, moment.minute))

    def time(self) -> time:
        """The time that stands there."""
        shown = self.edit.time()
        return time(shown.hour(), shown.minute())
