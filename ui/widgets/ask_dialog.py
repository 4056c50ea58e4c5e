"""Owns what questions that send a command share: they stay until it is taken, with what was typed;
must not know any of the commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branch.kernel.errors import BadInput, TingtangError
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, Button, DangerSolidButton, PlainButton, PrimaryButton
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.leaving import LeavingDialog
from ui.widgets.long_field import LongField
from ui.widgets.moment_fields import DayField

W = TypeVar("W", bound=QWidget)
_CAPTION: Final = TextRole(13, 500, "ink2")


# A field under which a sentence can stand.
Place = FieldEdit | LongField | DayField
P = TypeVar("P", bound=Place)


class AskDialog(LeavingDialog):
    """A question whose answer is a command. Build it by ``add_…``, then ``offer``."""

    def __init__(
        self, parent: QWidget, station: Station, title: str, text: str = "", *, width: int = 540
    ) -> None:
        super().__init__(parent, title, width=width)
        self._station = station
        self._fields: dict[str, Place] = {}
        self.error = ErrorLine()
        self.cancel_button = PlainButton("", size=LARGE)
        self.confirm_button: Button = PrimaryButton("", size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        if text:
            self.body.add_gap(6)
            self.body.addWidget(Label(text, TextRole(14, 400, "ink2"), wrap=True))

    def add_field(self, name: str, label: str) -> FieldEdit:
        """A line to type in; errors about ``name`` stand under it."""
        return self.add_place(name, FieldEdit(label))

    def add_text(self, label: str, name: str = "") -> QPlainTextEdit:
        """Room for a few lines of words; errors about ``name`` stand under it."""
        return self.add_place(name, LongField(label)).edit

    def add_place(self, name: str, field: P) -> P:
        """A field made elsewhere; errors about ``name`` stand under it."""
        if name:
            self._fields[name] = field
        self.body.add_gap(14)
        self.body.addWidget(field)
        return field

    def add_control(self, label: str, control: W) -> W:
        """A control under its name."""
        control.setAccessibleName(label)
        self.body.add_gap(14)
        self.body.addWidget(Label(label, _CAPTION))
        self.body.add_gap(6)
        self.body.addWidget(control)
        return control

    def offer(
        self,
        confirm: str,
        cancel: str,
        command: Callable[[], object],
        then: Callable[[object], None],
        *,
        danger: bool = False,
    ) -> None:
        """The two buttons: ``command`` makes what is sent, ``then`` gets its value.

        What cannot be sent ``command`` refuses by BadInput."""
        if danger:
            self.confirm_button = DangerSolidButton("", size=LARGE)
        self.confirm_button.setText(confirm)
        self.cancel_button.setText(cancel)
        self.body.addWidget(self.error)
        self.cancel_button.setAutoDefault(False)
        for button in (self.cancel_button, self.confirm_button):
            self.buttons.addWidget(button)
        self.confirm_button.setDefault(not danger)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(partial(self._send, command, then))

    def _send(self, command: Callable[[], object], then: Callable[[object], None]) -> None:
        self.forgive()
        if self.confirm_button.hasFocus():
            # Else it goes on to the next control, and the second of two presses does that.
            self.setFocus()
        self.confirm_button.setEnabled(False)

        def done(value: object) -> None:
            self.accept()
            then(value)

        try:
            made = command()
        except BadInput as error:
            self.refuse(error)
            return
        self._station.run(self, made, done, self.refuse)

    def forgive(self) -> None:
        """Take the sentences of the last refusal away."""
        for field in self._fields.values():
            field.clear_error()
        self.error.show_error("")

    def refuse(self, error: TingtangError) -> None:
        """Say why not, at the field that the error names; what was typed stays."""
        self.confirm_button.setEnabled(True)
        place = self._fields.get(error.field) if isinstance(error, BadInput) else None
        if place is not None:
            place.set_error(sentence(error))
            place.edit.setFocus()
        else:
            self.error.show_error(sentence(error))
            if self.focusWidget() in (None, self):
                self.confirm_button.setFocus()
        self.adjustSize()
