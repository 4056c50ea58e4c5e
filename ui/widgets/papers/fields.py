"""Owns one typed field of a form: the control for its kind, its value as a snapshot keeps it; must
not know any form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branch.papers.form import Field, Value
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.long_field import LongField
from ui.widgets.papers.rows import RowsEdit

translate = QCoreApplication.translate

_LEAST, _MOST, _EDGES = 2, 9, 27
# Year, month, and the two words for a day.
_DAY: Final = re.compile(
    r"([0-9]{4})\s*[-/.\u5e74]\s*([0-9]{1,2})\s*[-/.\u6708]\s*([0-9]{1,2})\s*[\u65e5\u53f7]?"
)


class GrowingField(LongField):
    """Room for words that grows with them, up to nine lines."""

    def __init__(self, label: str) -> None:
        super().__init__(label, _LEAST)
        self.edit.document().documentLayout().documentSizeChanged.connect(
            lambda _size: self._grow()
        )

    def _grow(self) -> None:
        # A plain text's document counts its height in lines.
        wanted = round(self.edit.document().size().height())
        lines = max(_LEAST, min(_MOST, wanted))
        first = self.edit.document().firstBlock()
        layout = self.edit.document().documentLayout()
        line = layout.blockBoundingRect(first).height() / max(1, first.lineCount())
        height = round(lines * line) + _EDGES
        if height != self.edit.height():
            self.edit.setFixedHeight(height)


class TypedField(QWidget):
    """The control for one field; ``changed`` tells that somebody has typed.

    ``labels`` are those of the field by "" and of a list's columns by their keys; ``choices`` the
    codes with their words.
    """

    changed = Signal()

    def __init__(
        self, field: Field, labels: Mapping[str, str], choices: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self.field = field
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.control: QWidget
        self._read: Callable[[], Value]
        self._write: Callable[[Value], None]
        self._say: Callable[[str], None]
        self._doubt: Callable[[], str] = str
        build = {
            "long": self._long,
            "code": self._code,
            "yes": self._yes,
            "rows": self._rows,
        }.get(field.kind, self._line)
        build()
        self._column.addWidget(self.control)
        self.setFocusProxy(self.control)
        self.set_words(labels, choices)

    def value(self) -> Value:
        """What stands there, as a snapshot keeps it; nothing readable is an empty value."""
        return self._read()

    def set_value(self, value: Value) -> None:
        """Fill in, without telling anybody."""
        blocked = self.blockSignals(True)
        self._write(value)
        self.blockSignals(blocked)

    def doubt(self) -> str:
        """What is wrong with what stands there, which would count as empty; else nothing."""
        return self._doubt()

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self._say(text)

    def set_words(self, labels: Mapping[str, str], choices: Sequence[tuple[str, str]]) -> None:
        """Take the words of another language."""
        label = labels[""]
        if self.field.required:
            label = translate("PaperFields", "{label}（必填）").format(label=label)
        control = self.control
        if isinstance(control, RowsEdit):
            control.set_words(label, [labels[key] for key in self.field.columns])
        elif isinstance(control, CheckRow):
            control.set_text(label)
        elif isinstance(control, ChoiceField):
            control.set_label(label)
            control.combo.set_choices([("", translate("PaperFields", "没有选")), *choices])
        elif isinstance(control, FieldEdit | LongField):
            control.set_label(label)

    def _tell(self) -> None:
        self.changed.emit()

    def _long(self) -> None:
        field = self.control = GrowingField("")
        field.edit.textChanged.connect(self._tell)
        self._read = field.text
        self._write = lambda value: field.set_text(str(value or ""))
        self._say = field.set_error

    def _code(self) -> None:
        field = self.control = ChoiceField()
        field.combo.activated.connect(lambda _at: self._tell())
        self._read = field.combo.code
        self._write = lambda value: field.combo.choose(str(value or ""))
        self._say = field.set_error

    def _yes(self) -> None:
        row = self.control = CheckRow("")
        error = ErrorLine(self)
        self._column.addWidget(error)
        row.clicked.connect(self._tell)
        self._read = lambda: True if row.isChecked() else None
        self._write = lambda value: row.setChecked(value is True)
        self._say = error.show_error

    def _rows(self) -> None:
        table = self.control = RowsEdit(self.field.columns)
        table.changed.connect(self._tell)
        self._read = table.rows
        self._write = lambda value: table.set_rows(value if isinstance(value, list) else [])
        self._say = table.set_error

    def _line(self) -> None:
        kind = self.field.kind
        checkers: dict[str, Callable[[str], str]] = {"day": day_doubt, "count": count_doubt}
        field = self.control = FieldEdit("", checkers.get(kind))
        field.edit.textEdited.connect(lambda _text: self._tell())
        self._say = field.set_error
        self._write = lambda value: field.set_text("" if value is None else str(value))
        if kind == "day":
            field.edit.setPlaceholderText("2026-11-30")
            self._read = lambda: "" if day_doubt(field.text()) else day_of(field.text())
            self._doubt = lambda: day_doubt(field.text())
        elif kind == "count":
            self._read = lambda: number_of(field.text())
            self._doubt = lambda: count_doubt(field.text())
        else:
            self._read = lambda: field.text().strip()


def day_of(text: str) -> str:
    """A day as it was typed, in ISO: 2026/1/5, 2026年1月5日 and full-width digits are read too.

    What is no day stays as it was typed."""
    plain = "".join(normalize("NFKC", text).split())
    found = _DAY.fullmatch(plain)
    if found is None:
        return text.strip()
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"


def day_doubt(text: str) -> str:
    """What is wrong with a day as it was typed; nothing is wrong with an empty one."""
    if not text.strip():
        return ""
    day = day_of(text)
    try:
        date.fromisoformat(day)
    except ValueError:
        return translate("PaperFields", "日期请写成 2026-11-30 这样")
    return "" if _DAY.fullmatch(day) else day_doubt("x")


def count_doubt(text: str) -> str:
    """What is wrong with a number as it was typed."""
    if not text.strip() or number_of(text) is not None:
        return ""
    return translate("PaperFields", "请写数字")


def number_of(text: str) -> int | None:
    """The number typed, None for none."""
    found = normalize("NFKC", text).strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) <= 6 else None
