"""Owns what the questions before a step share: fields by name, errors at the field, what was typed
kept over closing; must not know any step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branch.kernel.errors import BadInput, TingtangError
from ui.complaints.answer_picker import AnswerPicker
from ui.shell.station import Station, sentence
from ui.widgets.button import ButtonSize, LinkButton
from ui.widgets.chips import Chips
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.long_field import LongField
from ui.widgets.moment_fields import DayField, TimeField
from ui.widgets.scrolled_dialog import ScrolledDialog
from ui.widgets.stage import HBox

translate = QCoreApplication.translate
# As low as the label it stands beside.
_ASIDE = ButtonSize(24, 13, 6, radius=6)
Values = Mapping[str, object]
_GAP = 14
# What the panel has beside the fields: its sides; head, error line, buttons and edges.
_SIDES, _AROUND = 56, 220


class ChipsField(QWidget):
    """A label over a few codes as tiles, with its error under them."""

    def __init__(
        self, label: str, choices: Sequence[tuple[str, str]], columns: int, *, several: bool
    ) -> None:
        super().__init__()
        self.label = Label(label, TextRole(13, 500, "ink2"))
        self.label.setContentsMargins(0, 0, 0, 6)
        self.chips = Chips(columns, several=several, name=label)
        self.chips.offer(choices)
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.label, self.chips, self.error):
            column.addWidget(part)
        self.chips.chosen.connect(lambda: self.set_error(""))

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)

    def focus_first(self) -> None:
        """Give the keyboard to the first tile."""
        self.chips.focus_first()


class TickField(QWidget):
    """A row to tick, with its error under it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.row = CheckRow(text)
        self.row.setAccessibleName(text)
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.error)
        self.setFocusProxy(self.row)
        self.row.toggled.connect(lambda _on: self.set_error(""))

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)


Kept = FieldEdit | LongField | ChipsField | ChoiceField | DayField | TimeField
Field = Kept | TickField
F = TypeVar("F", FieldEdit, LongField, ChipsField, TickField, ChoiceField, DayField)


class StepDialog(ScrolledDialog):
    """A question before a step; ``said`` carries the sentence that tells it.

    Build it by ``add_…``, then ``offer_step``. ``places`` tells of fields in parts of others,
    ``parts`` how what stands in them is read and filled in again, ``belongs`` at which field a
    refusal (its code) stands that names none.
    """

    said = Signal(str)

    def __init__(
        self, parent: QWidget, station: Station, title: str, text: str = "", *, width: int = 560
    ) -> None:
        super().__init__(parent, station, title, text, width=width)
        self.fields: dict[str, Field] = {}
        self.places: dict[str, Callable[[str], None]] = {}
        self.belongs: dict[str, str] = {}
        self.parts: dict[str, tuple[Callable[[], object], Callable[[Any], None]]] = {}
        self._look: Callable[[], Sequence[BadInput]] = tuple
        # Days and times as they were offered: one that nobody changed is offered anew.
        self._offered: dict[str, object] = {}

    # -- building -------------------------------------------------------------------------------

    def add_long(self, name: str, label: str, lines: int = 3) -> LongField:
        """Room for a few lines."""
        return self._put(name, LongField(label, lines))

    def add_line(self, name: str, label: str) -> FieldEdit:
        """A line to type in."""
        return self._put(name, FieldEdit(label))

    def add_chips(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        columns: int = 4,
        *,
        several: bool = False,
    ) -> Chips:
        """A few codes as tiles."""
        return self._put(name, ChipsField(label, choices, columns, several=several)).chips

    def add_tick(self, name: str, text: str) -> CheckRow:
        """A row to tick."""
        return self._put(name, TickField(text)).row

    def add_choice(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> ChoiceField:
        """A drop-down choice."""
        field = self._put(name, ChoiceField())
        field.set_label(label)
        field.combo.set_choices(choices)
        return field

    def add_moment(
        self, name: str, day_label: str, time_label: str, moment: datetime
    ) -> tuple[DayField, TimeField]:
        """A day and a time side by side; errors about ``name`` stand under the day."""
        day, time = DayField(), TimeField()
        day.set_label(day_label)
        time.set_label(time_label)
        day.set_day(moment.date())
        time.set_time(moment.time())
        row = HBox(spacing=12)
        row.addWidget(day, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(time, 1, Qt.AlignmentFlag.AlignTop)
        self.target.add_gap(_GAP)
        self.target.addLayout(row)
        self.fields[name], self.fields[f"{name}_time"] = day, time
        self._offered |= {name: day.day(), f"{name}_time": time.time()}
        return day, time

    def add_day(self, name: str, label: str, day: date) -> DayField:
        """A day."""
        field = self._put(name, DayField())
        field.set_label(label)
        field.set_day(day)
        self._offered[name] = day
        return field

    def add_words(self, text: str, token: str = "ink2") -> Label:
        """A sentence between the fields."""
        label = Label(text, TextRole(14, 400, token), wrap=True)
        self.target.add_gap(_GAP)
        self.target.addWidget(label)
        return label

    def add_part(self, part: QWidget) -> None:
        """A part with fields of its own; tell ``places`` of them."""
        self.target.add_gap(_GAP)
        self.target.addWidget(part)

    def add_answers(self, field: LongField, reason: str) -> None:
        """A button over a field that puts a model answer where the cursor stands."""
        button = LinkButton(translate("StepDialog", "参考答复"), size=_ASIDE)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._pick(field, reason))
        field.add_aside(button)

    def _pick(self, field: LongField, reason: str) -> None:
        parent = self.parentWidget()
        assert parent is not None  # a panel stands before its window
        picker = AnswerPicker(parent, self.station, reason)
        picker.chosen.connect(field.insert)
        picker.open()

    def _put(self, name: str, field: F) -> F:
        self.fields[name] = field
        self.target.add_gap(_GAP)
        self.target.addWidget(field)
        return field

    def look_first(self, look: Callable[[], Sequence[BadInput]]) -> None:
        """What is seen to be missing before anything is sent, all of it, each at its field."""
        self._look = look

    def offer_step(
        self,
        confirm: str,
        command: Callable[[], object],
        said: str,
        *,
        danger: bool = False,
    ) -> None:
        """The two buttons; ``said`` is told when the command went through."""
        cancel = translate("StepDialog", "返回")
        self.offer(confirm, cancel, command, lambda _value: self.said.emit(said), danger=danger)
        first = next(iter(self.fields.values()), None)
        if isinstance(first, ChipsField):
            first.focus_first()
        elif first is not None:
            first.setFocus()

    # -- what was typed -------------------------------------------------------------------------

    def typed(self) -> dict[str, object]:
        """What stands in the fields, for the next time; what was declared is declared anew."""
        values = {
            name: _value_of(field)
            for name, field in self.fields.items()
            if not isinstance(field, TickField)
        }
        values |= {name: read() for name, (read, _fill_in) in self.parts.items()}
        return {k: v for k, v in values.items() if k not in self._offered or v != self._offered[k]}

    def put_back(self, values: Values) -> None:
        """Fill in what was typed before."""
        for name, value in values.items():
            if name in self.fields:
                _fill(self.fields[name], value)
            elif name in self.parts:
                self.parts[name][1](value)

    # -- refusals -------------------------------------------------------------------------------

    def _go_to_first_wrong(self) -> None:
        """Give the keyboard to the field in a part that has a sentence under it."""
        for line in self._sheet.findChildren(ErrorLine):
            field = line.parentWidget()
            if line.isVisibleTo(self) and field is not None:
                field.setFocus()
                self.area.ensureWidgetVisible(field)
                return

    def _send(self, command: Callable[[], object], then: Callable[[object], None]) -> None:
        self.forgive()
        wrong = self._look()
        # The first one last: the keyboard goes there.
        for error in reversed(wrong):
            self.refuse(error)
        if not wrong:
            super()._send(command, then)

    def forgive(self) -> None:
        """Take the sentences of the last refusal away."""
        super().forgive()
        for field in self.fields.values():
            field.set_error("")
        for show in self.places.values():
            show("")

    def refuse(self, error: TingtangError) -> None:
        """Say why not, at the field that the error names; what was typed stays."""
        named = error.field if isinstance(error, BadInput) else ""
        name = named or self.belongs.get(error.code, "")
        field = self.fields.get(name)
        if field is not None:
            self.confirm_button.setEnabled(True)
            field.set_error(sentence(error))
            if isinstance(field, ChipsField):
                field.focus_first()
            else:
                field.setFocus()
            self.area.ensureWidgetVisible(field)
        elif name in self.places:
            self.confirm_button.setEnabled(True)
            self.places[name](sentence(error))
            self._go_to_first_wrong()
            self.adjustSize()
        else:
            super().refuse(error)


def _value_of(field: Kept) -> object:
    if isinstance(field, ChipsField):
        return field.chips.codes()
    if isinstance(field, ChoiceField):
        return field.combo.code()
    if isinstance(field, DayField):
        return field.day()
    if isinstance(field, TimeField):
        return field.time()
    return field.text()


def _fill(field: Field, value: object) -> None:
    if isinstance(field, ChipsField) and isinstance(value, frozenset):
        field.chips.choose(value)
    elif isinstance(field, ChoiceField):
        if value and field.combo.findData(value) < 0:
            # What can be chosen is still being read: its words come with it.
            field.combo.addItem("", value)
        field.combo.choose(str(value))
    elif isinstance(field, DayField) and isinstance(value, date):
        field.set_day(value)
    elif isinstance(field, TimeField) and isinstance(value, time):
        field.set_time(value)
    elif isinstance(field, FieldEdit | LongField):
        field.set_text(str(value))
