"""Owns the deadline line and the due days by name below it; must not reckon a day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.complaints.deadline_course import Course, Fact
from ui.complaints.deadline_line import DeadlineLine
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.stage import HBox, VBox, clear


class DeadlinePanel(QWidget):
    """The line, then 法定期限, 内部期限, 最晚办理日, 暂停不计, then what is to be said of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course: Course | None = None
        self.line = DeadlineLine()
        self.sentence = Label("", TextRole(13, 500, "warn_text"), wrap=True)
        self._facts = HBox(spacing=16)
        column = VBox(spacing=8, parent=self)
        column.addWidget(self.line)
        column.addLayout(self._facts)
        column.addWidget(self.sentence)

    def show_course(self, course: Course) -> None:
        """Show these days from now on."""
        if course == self._course:
            return
        self._course = course
        self.line.show_course(course)
        clear(self._facts)
        for fact in course.facts:
            self._facts.addWidget(_FactCell(fact), 1)
        for _ in range(len(course.facts), 4):
            self._facts.addStretch(1)
        self.sentence.setText("。".join(course.sentences))
        self.sentence.setVisible(bool(course.sentences))


class _FactCell(QWidget):
    def __init__(self, fact: Fact) -> None:
        super().__init__()
        column = VBox(spacing=2, parent=self)
        column.addWidget(Label(fact.caption, CAPTION))
        token = "danger_text" if fact.late else "warn_text" if fact.first else "ink1"
        column.addWidget(Label(fact.value, TextRole(14, 700 if fact.first else 500, token)))
        column.addWidget(Label(fact.note, CAPTION, wrap=True))
        column.addStretch(1)
