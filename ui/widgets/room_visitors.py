"""Owns the rows of who comes into a room: a name, as whom; must not judge how many there may be."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import CAPACITIES
from branch.rooms.rules import COMPANION, MORE_CAPACITIES
from branch.rooms.session import Visitor
from ui.models.room_words import visitor_label
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.masked_field import PRIVATE
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate
_CAPACITIES = (*CAPACITIES, *MORE_CAPACITIES)
_MOST = 8


class _Row(QWidget):
    """One visitor."""

    def __init__(self, number: int, capacity: str) -> None:
        super().__init__()
        self.name = FieldEdit("")
        self.name.edit.setPlaceholderText(translate("RoomVisitors", "姓名"))
        self.name.edit.setAccessibleName(
            translate("RoomVisitors", "第 {n} 位的姓名").format(n=number)
        )
        self.name.edit.setInputMethodHints(PRIVATE)
        self.capacity = QuietCombo()
        self.capacity.setAccessibleName(
            translate("RoomVisitors", "第 {n} 位的身份").format(n=number)
        )
        self.capacity.set_choices([(code, visitor_label(code)) for code in _CAPACITIES])
        self.capacity.choose(capacity)
        self.remove = LinkButton("", size=COMPACT, icon="close")
        self.remove.setAutoDefault(False)
        self.remove.setAccessibleName(translate("RoomVisitors", "去掉第 {n} 位").format(n=number))
        row = HBox(spacing=8, parent=self)
        row.addWidget(self.name, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.capacity, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)


class VisitorsPart(QWidget):
    """Who comes in, at least one row; 添加 brings another."""

    def __init__(self) -> None:
        super().__init__()
        caption = translate("RoomVisitors", "进房间的客户")
        self.caption = Label(caption, TextRole(13, 500, "ink2"))
        self.add_button = LinkButton(
            translate("RoomVisitors", "再加一位"), size=COMPACT, icon="plus"
        )
        self.add_button.setAutoDefault(False)
        self.error = ErrorLine()
        self.rows: list[_Row] = []
        head = HBox(spacing=8)
        head.addWidget(self.caption, 1)
        head.addWidget(self.add_button)
        self._rows = VBox(spacing=8)
        column = VBox(parent=self)
        column.addLayout(head)
        column.add_gap(2)
        column.addLayout(self._rows)
        column.addWidget(self.error)
        self.add_button.clicked.connect(self.add)
        self._add("self")
        self.setFocusProxy(self.rows[0].name)

    def visitors(self) -> tuple[Visitor, ...]:
        """Who was typed, rows left empty passed over."""
        return tuple(
            Visitor(row.name.text(), row.capacity.code())
            for row in self.rows
            if row.name.text().strip()
        )

    def names(self) -> tuple[str, ...]:
        """The names as they were typed."""
        return tuple(row.name.text() for row in self.rows if row.name.text())

    def add(self) -> None:
        """Another row, most often of somebody who comes along."""
        self._add(COMPANION)
        self.rows[-1].name.setFocus()

    def _add(self, capacity: str) -> None:
        row = _Row(len(self.rows) + 1, capacity)
        row.remove.clicked.connect(partial(self._remove, row))
        row.name.edit.textEdited.connect(lambda _text: self.set_error(""))
        self.rows.append(row)
        self._rows.addWidget(row)
        self._follow()

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.set_error("")
        self.setFocusProxy(self.rows[0].name)
        self._follow()

    def _follow(self) -> None:
        self.rows[0].remove.setEnabled(len(self.rows) > 1)
        self.add_button.setEnabled(len(self.rows) < _MOST)

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
