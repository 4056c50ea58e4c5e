"""Owns the items of an inspection under their headings, and the keyboard's way through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import Service
from branch.inspections.rules import Template
from branch.inspections.sheets import Given
from branch.people.queries import StaffMember
from ui.drills.inspection_row import ItemRow
from ui.models.inspection_words import section_title
from ui.widgets.label import SECTION, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.staff_field import colleagues_among
from ui.widgets.stage import VBox, clear

_ROOM_ABOVE = 60


class ItemList(ScrollArea):
    """``said`` carries what stands in a row after a change, ``photo_wanted`` and ``photo_opened``
    the item of a photo."""

    said = Signal(object)
    photo_wanted = Signal(str)
    photo_opened = Signal(str)

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(inner, bare=True)
        self.rows: dict[str, ItemRow] = {}
        self._template: Template | None = None
        self._heads: list[Label] = []
        self._answers: Mapping[str, Given] = {}
        self._column = VBox(margins=(22, 0, 22, 12), parent=inner)
        self.retranslate()

    def clear(self) -> None:
        """Show nothing."""
        clear(self._column)
        self.rows, self._heads, self._template = {}, [], None

    def fill(
        self, template: Template, staff: Sequence[StaffMember], services: Sequence[Service]
    ) -> None:
        """Show the items of this template, not answered yet."""
        self.clear()
        self._template = template
        number = 0
        for section in template.sections:
            head = Label(section_title(section), SECTION)
            head.setContentsMargins(0, 14, 0, 4)
            self._heads.append(head)
            self._column.addWidget(head)
            for item in section.items:
                number += 1
                row = ItemRow(item, number)
                row.said.connect(self.said)
                row.photo_wanted.connect(self.photo_wanted)
                row.photo_opened.connect(self.photo_opened)
                row.next_wanted.connect(partial(self.focus_next, item.id))
                row.moved.connect(partial(self._move, item.id))
                row.show_colleagues(colleagues_among(staff))
                row.show_services(services)
                self.rows[item.id] = row
                self._column.addWidget(row)
        self._column.addStretch(1)

    def show_answers(
        self, answers: Mapping[str, Given], hints: Mapping[str, str], *, open_still: bool
    ) -> None:
        """Show what is kept, and what the program knows of the others."""
        self._answers = answers
        for code, row in self.rows.items():
            row.show_given(answers.get(code), open_still=open_still, hint=hints.get(code, ""))

    def lacking(self) -> tuple[int, str] | None:
        """The number of the first failure that lacks something, and what, in words."""
        for number, row in enumerate(self.rows.values(), 1):
            if row.missing():
                return number, row.missing()
        return None

    def focus_next(self, after: str = "") -> None:
        """Give the keyboard to the next row without an answer."""
        codes = list(self.rows)
        for code in codes[codes.index(after) + 1 if after else 0 :]:
            if code not in self._answers:
                self._focus(code)
                return

    def go_to(self, code: str) -> None:
        """Give the keyboard to what an item lacks: its answer, or the words of its failure."""
        row = self.rows.get(code)
        if row is None:
            return
        self._focus(code)
        if row.missing():
            row.failure.focus_missing()

    def go_to_wrong(self) -> bool:
        """Go to the first row in which something was refused; False when there is none."""
        for row in self.rows.values():
            if row.is_wrong():
                row.focus_wrong()
                self.ensureWidgetVisible(row, 0, _ROOM_ABOVE)
                return True
        return False

    def _move(self, code: str, step: int) -> None:
        codes = list(self.rows)
        at = codes.index(code) + step
        if 0 <= at < len(codes):
            self._focus(codes[at])

    def _focus(self, code: str) -> None:
        row = self.rows[code]
        row.focus_answer()
        self.ensureWidgetVisible(row, 0, _ROOM_ABOVE)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setAccessibleName(self.tr("检查项"))
        if self._template is not None:
            for head, section in zip(self._heads, self._template.sections, strict=True):
                head.setText(section_title(section))
        for row in self.rows.values():
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
