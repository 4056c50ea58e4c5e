"""Owns the items of a checklist in its form: listed, added, changed, moved, taken out; stores
none."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.rules import Item, Section
from ui.admin.template_dialogs import PartDialog
from ui.admin.template_item_dialog import TemplateItemDialog
from ui.models.inspection_words import item_text, response_label, section_title
from ui.models.words import role_label
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

translate = QCoreApplication.translate

_HEIGHT = 360


class TemplateItems(QWidget):
    """The items by section; ``edited`` tells that they became others."""

    edited = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__()
        self._code = ""
        self._sections: tuple[Section, ...] = ()
        self.table = LinesTable(1, folds=True)
        self.table.setFixedHeight(_HEIGHT)
        self.add = PlainButton("", icon="plus", size=COMPACT)
        self.change = PlainButton("", size=COMPACT)
        self.up = PlainButton("", icon="chevron-up", size=COMPACT)
        self.down = PlainButton("", icon="chevron-down", size=COMPACT)
        self.remove = PlainButton("", size=COMPACT)
        self.rename = PlainButton("", size=COMPACT)
        self.split = PlainButton("", size=COMPACT)
        column = VBox(spacing=8, parent=self)
        column.addWidget(self.table)
        for buttons in (
            (self.add, self.change, self.up, self.down, self.remove),
            (self.rename, self.split),
        ):
            row = HBox(spacing=8)
            for button in buttons:
                row.addWidget(button)
                if not may_change:
                    button.hide()
            row.addStretch(1)
            column.addLayout(row)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)
        self.rename.clicked.connect(self._rename)
        self.split.clicked.connect(self._split)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        if may_change:
            self.table.activated.connect(lambda _index: self._change())

    def set_code(self, code: str) -> None:
        """Number what is added for this checklist."""
        self._code = code

    def sections(self) -> tuple[Section, ...]:
        """The items as they stand."""
        return self._sections

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Show these."""
        self._sections = sections
        self._show()

    def _show(self) -> None:
        heads = (
            translate("TemplateItems", "编号"),
            translate("TemplateItems", "检查什么"),
            translate("TemplateItems", "部分"),
            translate("TemplateItems", "怎么填"),
            translate("TemplateItems", "谁整改"),
        )
        lines = [self._line(part, item) for part in self._sections for item in part.items]
        self.table.set_lines(heads, lines)
        if lines and not self.table.current_key():
            self.table.select_key(lines[0].key)
        self._enable()

    def _enable(self) -> None:
        place = self._place()
        for button in (self.change, self.up, self.down, self.remove, self.rename):
            button.setEnabled(place is not None)
        # A part begins with an item, so the first of one parts nothing off.
        self.split.setEnabled(place is not None and place[1] > 0)

    def _line(self, section: Section, item: Item) -> Line:
        hours = translate("TemplateItems", "{role}，{n} 小时").format(
            role=role_label(item.owner), n=item.due_h
        )
        return Line(
            item.id,
            (
                Cell(item.id, State.ATTENTION if item.critical else None),
                Cell(item_text(item)),
                Cell(section_title(section)),
                Cell(response_label(item.response)),
                Cell(hours),
            ),
        )

    # -- changing -------------------------------------------------------------------------------

    def _place(self) -> tuple[int, int] | None:
        key = self.table.current_key()
        for at, section in enumerate(self._sections):
            for number, item in enumerate(section.items):
                if item.id == key:
                    return at, number
        return None

    def _put(self, at: int, items: tuple[Item, ...]) -> None:
        parts = list(self._sections)
        parts[at] = replace(parts[at], items=items)
        # A part without items goes with its last one.
        self._take(tuple(part for part in parts if part.items))

    def _add(self) -> None:
        place = self._place()
        at = place[0] if place else len(self._sections) - 1
        if at < 0:
            return
        new = Item(self._next_id(), "", "", "pfn", False, 24, "lobby_manager")
        dialog = TemplateItemDialog(self.window(), new)

        def keep(item: object) -> None:
            assert isinstance(item, Item)  # the dialog gives one
            items = self._sections[at].items
            after = place[1] + 1 if place else len(items)
            self._put(at, (*items[:after], item, *items[after:]))
            self.table.select_key(item.id)

        dialog.kept.connect(keep)
        dialog.open()

    def _change(self) -> None:
        place = self._place()
        if place is None:
            return
        at, number = place
        dialog = TemplateItemDialog(self.window(), self._sections[at].items[number])

        def keep(item: object) -> None:
            assert isinstance(item, Item)  # the dialog gives one
            items = self._sections[at].items
            self._put(at, (*items[:number], item, *items[number + 1 :]))

        dialog.kept.connect(keep)
        dialog.open()

    def _move(self, step: int) -> None:
        place = self._place()
        if place is None:
            return
        at, number = place
        items = list(self._sections[at].items)
        if 0 <= number + step < len(items):
            items[number], items[number + step] = items[number + step], items[number]
            key = self.table.current_key()
            self._put(at, tuple(items))
            self.table.select_key(key)

    def _remove(self) -> None:
        place = self._place()
        if place is not None:
            at, number = place
            items = self._sections[at].items
            self._put(at, (*items[:number], *items[number + 1 :]))

    def _rename(self) -> None:
        place = self._place()
        if place is None:
            return
        at = place[0]
        title = translate("TemplateItems", "部分的名称")
        dialog = PartDialog(self.window(), title, self._sections[at])

        def named(zh: str, en: str) -> None:
            parts = list(self._sections)
            parts[at] = replace(parts[at], zh=zh, en=en)
            self._take(tuple(parts))

        dialog.named.connect(named)
        dialog.open()

    def _split(self) -> None:
        """From the item at hand on, the items of its part become a part of their own."""
        place = self._place()
        if place is None or place[1] == 0:
            return
        at, number = place
        dialog = PartDialog(self.window(), translate("TemplateItems", "从这一项起另成一部分"))

        def named(zh: str, en: str) -> None:
            part = self._sections[at]
            new = Section(zh, en, part.items[number:])
            rest = self._sections[at + 1 :]
            kept = replace(part, items=part.items[:number])
            self._take((*self._sections[:at], kept, new, *rest))

        dialog.named.connect(named)
        dialog.open()

    def _take(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._show()
        self.edited.emit()

    def _next_id(self) -> str:
        """One more than the highest there is: a number that was taken out is not given again."""
        numbers = [
            int(found[1])
            for part in self._sections
            for item in part.items
            if (found := re.search(r"-(\d\d)$", item.id))
        ]
        return f"{self._code}-{max(numbers, default=0) + 1:02d}"

    def retranslate(self) -> None:
        """Take the words anew."""
        self.table.setAccessibleName(translate("TemplateItems", "检查项"))
        self.add.setText(translate("TemplateItems", "添加检查项"))
        self.change.setText(translate("TemplateItems", "修改"))
        self.up.setText(translate("TemplateItems", "上移"))
        self.down.setText(translate("TemplateItems", "下移"))
        self.remove.setText(translate("TemplateItems", "移除"))
        self.rename.setText(translate("TemplateItems", "改部分名称"))
        self.split.setText(translate("TemplateItems", "从这一项起另成一部分"))
        self._show()
