"""Owns a form as it is filled in: its blocks, what the case says, what is typed, what the law says
and nobody changes; must not know where a draft comes from or goes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.papers.form import (
    PAPER_CODES,
    Block,
    Field,
    Fields,
    Form,
    Value,
    empty_value,
    is_empty,
)
from reports.forms.papers.words import (
    block_label,
    code_text,
    column_label,
    field_label,
    value_text,
)
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import ButtonSize, LinkButton
from ui.widgets.card import Well
from ui.widgets.icon import IconLabel
from ui.widgets.label import CARD_TITLE, Label, TextRole
from ui.widgets.long_field import LongField
from ui.widgets.papers.changes import ChangeLabel
from ui.widgets.papers.fields import TypedField
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate

_CAPTION_WIDTH: Final = 116
_ASIDE: Final = ButtonSize(24, 13, 6, radius=6)
# Cells that a pen fills in on the printed paper.
_BY_HAND: Final = ("blank", "sign")
# Where a sentence of the model answers may stand.
_ANSWERED: Final = ("TS-06",)
_TOP: Final = Qt.AlignmentFlag.AlignTop


class FactLine(QWidget):
    """What the case says: the label left, the words right; not to be changed here."""

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        caption = Label(label, TextRole(13, 400, "ink3"), wrap=True)
        caption.setFixedWidth(_CAPTION_WIDTH)
        self.words = Label(text, TextRole(14), wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = HBox(spacing=12, margins=(0, 3, 0, 3), parent=self)
        row.addWidget(caption, 0, _TOP)
        row.addWidget(self.words, 1, _TOP)
        self.setAccessibleName(f"{label}，{text}")

    def mark(self, text: str) -> None:
        """Say what is missing in the place of what the case would say."""
        self.words.setText(text)
        self.words.set_token("danger_text")


class LockedWords(Well):
    """A paragraph of the law: a lock, the word for it, and the words as they will be printed."""

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        told = translate("PaperForm", "法定内容，不能改")
        head = HBox(spacing=6)
        head.addWidget(IconLabel("lock", 16, "ink3"))
        head.addWidget(Label(label, TextRole(13, 500, "ink2")))
        head.addStretch(1)
        self.told = Label(told, TextRole(12, 500, "ink3"))
        head.addWidget(self.told)
        self.words = Label(text, TextRole(14, 400, "ink2"), wrap=True)
        column = VBox(margins=(12, 9, 12, 11), parent=self)
        column.addLayout(head)
        column.add_gap(4)
        column.addWidget(self.words)
        self.setAccessibleName(f"{label}，{told}，{text}")


class FormPart(ScrollArea):
    """``changed`` tells that somebody has typed; ``answers_wanted`` carries the key of the field
    that wants a sentence of the model answers."""

    changed = Signal()
    answers_wanted = Signal(str)

    def __init__(self, station: Station) -> None:
        sheet = QWidget()
        super().__init__(sheet)
        self._station = station
        self._form: Form | None = None
        self._before: Fields | None = None
        self._last_typed = False
        self.typed_fields: dict[str, TypedField] = {}
        self.facts: dict[str, FactLine] = {}
        self.locked: dict[str, LockedWords] = {}
        self.changes: dict[str, ChangeLabel] = {}
        self._column = VBox(margins=(0, 0, 16, 8), parent=sheet)

    def show_form(self, form: Form, fields: Fields, before: Fields | None = None) -> None:
        """Build the form anew with these values; ``before`` is the last copy, to tell from it."""
        self._form, self._before = form, before
        clear(self._column)
        self.typed_fields, self.facts, self.locked, self.changes = {}, {}, {}, {}
        for block in form.blocks:
            if any(self._stands(field, fields) for field in block.fields):
                self._add_block(form, block, fields)
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.compare()

    def values(self) -> dict[str, Value]:
        """What stands in the typed fields, by key."""
        return {key: one.value() for key, one in self.typed_fields.items()}

    def doubtful(self) -> str:
        """The key of the first field where something stands that cannot be read, with its sentence
        shown; nothing when all can be."""
        for key, one in self.typed_fields.items():
            told = one.doubt()
            if told:
                one.set_error(told)
                return key
        return ""

    def put(self, values: Mapping[str, object]) -> None:
        """Fill typed fields with what was kept; other keys are let go."""
        for key, one in self.typed_fields.items():
            if key in values:
                one.set_value(_as_value(values[key], one.field))
        self.compare()

    def insert(self, key: str, text: str) -> None:
        """Put words where the cursor stands in a typed field."""
        control = self.typed_fields[key].control
        if isinstance(control, LongField):
            control.insert(text)

    def show_missing(self, missing: tuple[str, ...]) -> None:
        """Say at each fact that the case does not know yet that it is missing."""
        for key in missing:
            if key in self.facts:
                self.facts[key].mark(translate("PaperForm", "投诉里还没有，请先在投诉里补上"))

    def jump(self, key: str) -> None:
        """Go to a field, typed or not."""
        if key in self.typed_fields:
            self.typed_fields[key].control.setFocus(Qt.FocusReason.OtherFocusReason)
        place = self.typed_fields.get(key) or self.facts.get(key) or self.locked.get(key)
        if place is not None:
            self.ensureWidgetVisible(place, 0, 40)

    def compare(self) -> None:
        """Tell what differs from the last copy, field by field."""
        if self._before is None or self._form is None:
            return
        code, zone = language().code, self._station.zone
        for key, label in self.changes.items():
            field = self._form.field(key)
            now = self.typed_fields[key].value()
            before = value_text(field, self._before.get(key, ""), code, zone)
            label.show_changes(before, value_text(field, now, code, zone))

    # -- building -------------------------------------------------------------------------------

    def _stands(self, field: Field, fields: Fields) -> bool:
        """Whether there is anything to show: a pen's cell, or an optional fact that the case does
        not know, is not."""
        if field.kind in _BY_HAND:
            return False
        return field.typed or field.required or not is_empty(fields[field.key])

    def _add_block(self, form: Form, block: Block, fields: Fields) -> None:
        code = language().code
        if self._column.count():
            self._column.add_gap(18)
        shown = [field for field in block.fields if self._stands(field, fields)]
        heading = block_label(form.code, block.key, code)
        # A part of one field says its name once.
        if len(shown) > 1 or field_label(form.code, shown[0].key, code) != heading:
            self._column.addWidget(Label(heading, CARD_TITLE, wrap=True))
            self._column.add_gap(2)
        for field in shown:
            self._add_field(form, field, fields[field.key])

    def _add_field(self, form: Form, field: Field, value: Value) -> None:
        code = language().code
        label = field_label(form.code, field.key, code)
        if field.typed:
            self._add_typed(form, field, label, value)
            self._last_typed = True
            return
        text = value_text(field, value, code, self._station.zone)
        if field.locked:
            locked = self.locked[field.key] = LockedWords(label, text)
            self._column.add_gap(8)
            self._column.addWidget(locked)
            self._column.add_gap(4)
        else:
            fact = self.facts[field.key] = FactLine(label, text)
            if self._last_typed:
                self._column.add_gap(8)
            self._column.addWidget(fact)
        self._last_typed = False

    def _add_typed(self, form: Form, field: Field, label: str, value: Value) -> None:
        code = language().code
        labels = {"": label, **{key: column_label(key, code) for key in field.columns}}
        codes = PAPER_CODES[field.codes] if field.codes else ()
        choices = [(one, code_text(field.codes, one, code)) for one in codes]
        editor = self.typed_fields[field.key] = TypedField(field, labels, choices)
        editor.set_value(value)
        if form.code in _ANSWERED and isinstance(editor.control, LongField):
            button = LinkButton(translate("PaperForm", "参考答复"), size=_ASIDE)
            button.setAutoDefault(False)
            button.clicked.connect(lambda: self.answers_wanted.emit(field.key))
            editor.control.add_aside(button)
        self._column.add_gap(8)
        self._column.addWidget(editor)
        if self._before is not None:
            changes = self.changes[field.key] = ChangeLabel()
            self._column.addWidget(changes)
        editor.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self.compare()
        self.changed.emit()


def _as_value(kept: object, field: Field) -> Value:
    """A kept value when it is of the field's kind, else an empty one."""
    empty = empty_value(field.kind)
    if isinstance(empty, list):
        return kept if isinstance(kept, list) else []
    if field.kind == "yes":
        return kept is True or None
    if isinstance(kept, str | int):
        return kept
    return empty
