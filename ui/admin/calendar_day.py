"""Owns the chosen day beside the year: what it is and changing that; must not send anything."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.workdays.rules import SpecialDay, WorkCalendar
from ui.models.calendar_words import date_text, day_kind
from ui.widgets.button import PrimaryButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CAPTION, CARD_TITLE, STRONG, Label
from ui.widgets.stage import VBox

PLAIN, OFF, WORKED = "plain", "off", "worked"


class DayPanel(QWidget):
    """The day in words, and for who may change it three choices, the holiday's name and 保存."""

    def __init__(self) -> None:
        super().__init__()
        self._day: tuple[date, WorkCalendar, SpecialDay | None, bool] | None = None
        self.title = Label("", CARD_TITLE)
        self.kind_line = Label("", STRONG, wrap=True)
        self.note = Label("", CAPTION, wrap=True)
        self.form = QWidget()
        self.kind = SegmentedControl([(PLAIN, ""), (OFF, ""), (WORKED, "")])
        self.name = FieldEdit("")
        self.save = PrimaryButton("")
        self.trouble = ErrorLine()
        form = VBox(spacing=12, parent=self.form)
        form.addWidget(self.kind)
        form.addWidget(self.name)
        form.addWidget(self.trouble)
        form.addWidget(self.save)
        column = VBox(spacing=6, parent=self)
        column.addWidget(self.title)
        column.addWidget(self.kind_line)
        column.addWidget(self.note)
        column.add_gap(6)
        column.addWidget(self.form)
        self.kind.chosen.connect(lambda _kind: self._follow())
        self.name.edit.textChanged.connect(lambda _text: self._follow())
        self.retranslate()

    def show_day(
        self, day: date, calendar: WorkCalendar, special: SpecialDay | None, *, may_change: bool
    ) -> None:
        """Show a day; what was typed for another one is not kept."""
        same = self._day is not None and (self._day[0], self._day[2]) == (day, special)
        self._day = (day, calendar, special, may_change)
        if not same:
            self.kind.set_current(self._stored_kind())
            self.name.set_text(special.name if special else "")
            self.trouble.show_error("")
        self._say()

    def wanted(self) -> SpecialDay | None:
        """The day as it is to be; None for one that follows the week."""
        assert self._day is not None  # shown before it can be saved
        kind = self.kind.current()
        if kind == PLAIN:
            return None
        name = self.name.text().strip() if kind == OFF else ""
        return SpecialDay(self._day[0], kind == WORKED, name)

    def is_changed(self) -> bool:
        """Whether the choices differ from what is stored."""
        if self._day is None or not self._day[3]:
            return False
        stored = self._day[2]
        if self.kind.current() != self._stored_kind():
            return True
        return stored is not None and self.wanted() != stored

    def _stored_kind(self) -> str:
        special = self._day[2] if self._day else None
        if special is None:
            return PLAIN
        return WORKED if special.worked else OFF

    def _say(self) -> None:
        if self._day is None:
            return
        day, calendar, special, may_change = self._day
        self.title.setText(date_text(day))
        self.kind_line.setText(day_kind(day, calendar, special.name if special else ""))
        known = calendar.knows(day)
        self.note.setText("" if known else self.tr("先导入这一年的放假安排，再改个别日子"))
        self.note.setVisible(not known)
        self.form.setVisible(may_change)
        self._follow()

    def _follow(self) -> None:
        self.name.setVisible(self.kind.current() == OFF)
        self.save.setEnabled(self.is_changed())

    def retranslate(self) -> None:
        """Take the words anew."""
        self.kind.setAccessibleName(self.tr("这一天怎样算"))
        self.kind.set_texts(
            {PLAIN: self.tr("按星期"), OFF: self.tr("放假"), WORKED: self.tr("上班")}
        )
        self.name.set_label(self.tr("节日名称，可不填"))
        self.save.setText(self.tr("保存"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
