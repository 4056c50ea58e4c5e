"""Owns the question what training somebody had: course, day, result, due again; notes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from branch.people.commands import NoteTraining
from branch.people.rules import COURSES, TRAINING_RESULTS
from ui.models.people_words import course_label, training_result
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.leaving import LeavingDialog
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox

translate = QCoreApplication.translate

_CAPTION = TextRole(13, 500, "ink2")
_YEAR = timedelta(days=365)


class TrainingDialog(LeavingDialog):
    """``wanted`` carries the command; the dialog stays until ``accept`` or shows a refusal."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, staff: int, name: str, today: date) -> None:
        title = translate("TrainingDialog", "登记{name}的培训").format(name=name)
        super().__init__(parent, title, width=520)
        self._staff = staff
        self.course = QuietCombo()
        self.course.set_choices([(code, course_label(code)) for code in COURSES])
        self.course.setCurrentIndex(0)
        self.course.setAccessibleName(self.tr("课程"))
        self.outcome = SegmentedControl(
            [(code, training_result(code)) for code in TRAINING_RESULTS], name=self.tr("结果")
        )
        self.held = FieldEdit(self.tr("哪天培训"))
        self.held.set_text(today.isoformat())
        self.due = FieldEdit(self.tr("下次在哪天前，可不填"))
        self.due.set_text((today + _YEAR).isoformat())
        self.error = ErrorLine()
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.note_button = PrimaryButton(self.tr("登记"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        for caption, control in (
            (self.tr("课程"), self.course),
            (self.tr("结果"), self.outcome),
        ):
            self.body.add_gap(14)
            self.body.addWidget(Label(caption, _CAPTION))
            self.body.add_gap(6)
            self.body.addWidget(control)
        self.body.add_gap(14)
        days = HBox(spacing=12)
        days.addWidget(self.held, 1)
        days.addWidget(self.due, 1)
        self.body.addLayout(days)
        self.body.addWidget(self.error)
        self.cancel_button.setAutoDefault(False)
        for button in (self.cancel_button, self.note_button):
            self.buttons.addWidget(button)
        self.note_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.note_button.clicked.connect(self._note)
        self.course.setFocus()

    def written(self) -> object:
        """The course, how it went, both days."""
        days = self.held.text(), self.due.text()
        return self.course.code(), self.outcome.current(), *days

    def _note(self) -> None:
        for place in (self.held, self.due):
            place.clear_error()
        self.error.show_error("")
        self.note_button.setEnabled(False)
        self.wanted.emit(
            NoteTraining(
                self._staff,
                self.course.code(),
                normalize("NFKC", self.held.text()).strip(),
                self.outcome.current(),
                normalize("NFKC", self.due.text()).strip(),
            )
        )

    def refuse(self, error: TingtangError) -> None:
        """Say why not, at the field that the error names; what was typed stays."""
        self.note_button.setEnabled(True)
        fields = {"held_on": self.held, "due_on": self.due}
        place = fields.get(error.field) if isinstance(error, BadInput) else None
        if place is not None:
            place.set_error(sentence(error))
            place.edit.setFocus()
        else:
            self.error.show_error(sentence(error))
        self.adjustSize()
