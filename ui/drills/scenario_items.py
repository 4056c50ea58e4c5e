"""Owns the editing of a numbered list (steps, injects) with the fields of the one at hand; must not
know whether it can stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.rules.scenario import (
    EVIDENCE,
    RECORDER,
    ROLES,
    START,
    Inject,
    Step,
    Words,
)
from ui.models.drill_words import drill_role, evidence_label, in_words, run_time, seconds_text
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import FieldEdit
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.stage import Grid, HBox, VBox

translate = QCoreApplication.translate

# The head and a row; more where there is room.
_ROWS = 88
# What a step waits for whose inject was deleted: refused until it is told anew.
GONE = "?"

N = TypeVar("N", Step, Inject)


def whole(text: str) -> int:
    """A number typed; one that no rule lets through where it is none."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 9 else -1


class ItemsEditor(QWidget, Generic[N]):
    """The list, its four buttons, and the fields of the item at hand. ``renumbered`` carries which
    number each item had before, 0 for a new one, in their new order."""

    renumbered = Signal(object)

    def __init__(self, items: Sequence[N], name: str) -> None:
        super().__init__()
        self.items: list[N] = list(items)
        self._filling = False
        self.at = -1
        self.fields: dict[str, FieldEdit | ChoiceField] = {}
        self.marks: list[CheckRow] = []
        self.table = LinesTable(2)
        self.table.setMinimumHeight(_ROWS)
        self.table.setAccessibleName(name)
        buttons = HBox(spacing=8)
        self.add = self._button(translate("ScenarioItems", "添加"), self._add)
        self.remove = self._button(translate("ScenarioItems", "删除"), self._remove)
        self.up = self._button(translate("ScenarioItems", "上移"), lambda: self._move(-1))
        self.down = self._button(translate("ScenarioItems", "下移"), lambda: self._move(1))
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.grid = Grid(columns=4, spacing=12)
        column = VBox(spacing=10, parent=self)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        column.addLayout(self.grid)
        self.build()
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.show_items()
        self.go_to(0)

    def _button(self, text: str, act: Callable[[], None]) -> PlainButton:
        button = PlainButton(text, size=COMPACT)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        return button

    def line(self, name: str, label: str, row: int, column: int, across: int = 2) -> FieldEdit:
        """A field of the item at hand, ``across`` columns of four."""
        field = FieldEdit(label)
        field.edit.textEdited.connect(lambda _text: self._typed())
        self.fields[name] = field
        self.grid.addWidget(field, row, column, 1, across, Qt.AlignmentFlag.AlignTop)
        return field

    def choice(self, name: str, label: str, row: int, column: int) -> ChoiceField:
        """A choice of the item at hand."""
        field = ChoiceField()
        field.set_label(label)
        field.combo.activated.connect(lambda _at: self._typed())
        self.fields[name] = field
        self.grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        return field

    def text(self, name: str) -> str:
        """What stands in a line."""
        field = self.fields[name]
        assert isinstance(field, FieldEdit)  # asked of lines only
        return field.text()

    def code(self, name: str) -> str:
        """What is chosen."""
        field = self.fields[name]
        assert isinstance(field, ChoiceField)  # asked of choices only
        return str(field.combo.currentData())

    # -- what a list knows of its items ---------------------------------------------------------

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def fresh(self, no: int) -> N:
        """A new item."""
        raise NotImplementedError

    def cells(self, item: N) -> tuple[str, str, str]:
        """Its row."""
        raise NotImplementedError

    def heads(self) -> tuple[str, str, str]:
        """The heads of the rows."""
        raise NotImplementedError

    def fill(self, item: N) -> None:
        """Put an item into the fields."""
        raise NotImplementedError

    def read(self, item: N) -> N:
        """The item as the fields have it."""
        raise NotImplementedError

    # -- working --------------------------------------------------------------------------------

    def show_items(self) -> None:
        """Show the rows."""
        lines = [
            Line(str(one.no), tuple(Cell(text) for text in self.cells(one))) for one in self.items
        ]
        self.table.set_lines(self.heads(), lines)

    def go_to(self, at: int) -> None:
        """Take the item at a place, from 0, in hand; without any there is nothing to type into."""
        for part in (*self.fields.values(), self.remove, self.up, self.down, *self.marks):
            part.setEnabled(bool(self.items))
        if not self.items:
            self.at = -1
            self._filling = True
            self.fill(self.fresh(0))
            self._filling = False
            return
        at = max(0, min(at, len(self.items) - 1))
        self.table.select_key(str(at + 1))
        self._chosen()

    def show_error(self, name: str, text: str) -> None:
        """Say at the field of the item at hand what would be right."""
        field = self.fields.get(name)
        if field is not None:
            field.set_error(text)
            field.setFocus()

    def _chosen(self) -> None:
        key = self.table.current_key()
        self.at = int(key) - 1 if key else -1
        if 0 <= self.at < len(self.items):
            self._filling = True
            for field in self.fields.values():
                field.set_error("")
            self.fill(self.items[self.at])
            self._filling = False

    def _typed(self) -> None:
        if not self._filling and 0 <= self.at < len(self.items):
            self.items[self.at] = self.read(self.items[self.at])
            self.show_items()

    def _renumber(self, at: int) -> None:
        self.renumbered.emit(tuple(one.no for one in self.items))
        self.items = [replace(one, no=no) for no, one in enumerate(self.items, 1)]
        self.show_items()
        self.go_to(at)

    def _add(self) -> None:
        self.items.insert(self.at + 1, self.fresh(0))
        self._renumber(self.at + 1)

    def _remove(self) -> None:
        if 0 <= self.at < len(self.items):
            del self.items[self.at]
            self._renumber(self.at)

    def _move(self, by: int) -> None:
        to = self.at + by
        if 0 <= self.at < len(self.items) and 0 <= to < len(self.items):
            self.items[self.at], self.items[to] = self.items[to], self.items[self.at]
            self._renumber(to)


class StepsEditor(ItemsEditor[Step]):
    """Steps: role, anchor, target, evidence, words and success in both languages."""

    def build(self) -> None:
        """Make the fields."""
        role = self.choice("role", translate("ScenarioItems", "岗位"), 0, 0)
        for code in ROLES:
            if code != RECORDER:
                role.combo.addItem(drill_role(code), code)
        self.anchor = self.choice("anchor", translate("ScenarioItems", "从何时算起"), 0, 1)
        self.line("target_s", translate("ScenarioItems", "目标秒数"), 0, 2, 1)
        evidence = self.choice("evidence", translate("ScenarioItems", "凭据"), 0, 3)
        for code in EVIDENCE:
            evidence.combo.addItem(evidence_label(code), code)
        self.line("words.zh", translate("ScenarioItems", "做什么"), 1, 0)
        self.line("words.en", translate("ScenarioItems", "做什么，英文"), 1, 2)
        self.line("success.zh", translate("ScenarioItems", "怎样算做到"), 2, 0)
        self.line("success.en", translate("ScenarioItems", "怎样算做到，英文"), 2, 2)
        self.critical = CheckRow(translate("ScenarioItems", "关键步骤，没做到不及格"))
        self.critical.clicked.connect(lambda _on=False: self._typed())
        self.grid.addWidget(self.critical, 3, 0, 1, 4)
        self.marks.append(self.critical)
        self.set_injects(0)

    def set_injects(self, count: int) -> None:
        """Offer START and so many injects to count from."""
        wanted = [START, *(f"I{no}" for no in range(1, count + 1))]
        combo = self.anchor.combo
        here = combo.currentData()
        combo.clear()
        for code in wanted:
            words = translate("ScenarioItems", "演练开始")
            if code != START:
                words = translate("ScenarioItems", "第 {n} 条注入").format(n=code[1:])
            combo.addItem(words, code)
        combo.setCurrentIndex(max(0, combo.findData(here)))

    def follow(self, numbers: tuple[int, ...]) -> None:
        """The injects have other numbers: what waits for one waits for the same one; whose inject
        is gone has to be told anew from when it counts."""
        now = {f"I{before}": f"I{at}" for at, before in enumerate(numbers, 1) if before}
        self.items = [
            one if one.anchor == START else replace(one, anchor=now.get(one.anchor, GONE))
            for one in self.items
        ]

    def fresh(self, no: int) -> Step:
        """An empty step."""
        return Step(no, ROLES[0], START, 60, False, EVIDENCE[0], Words("", ""), Words("", ""))

    def heads(self) -> tuple[str, str, str]:
        """Number and role, target, words."""
        return (
            translate("ScenarioItems", "岗位"),
            translate("ScenarioItems", "目标"),
            translate("ScenarioItems", "做什么"),
        )

    def cells(self, item: Step) -> tuple[str, str, str]:
        """Its row."""
        role = translate("ScenarioItems", "{n}  {role}").format(
            n=item.no, role=drill_role(item.role)
        )
        return role, seconds_text(item.target_s), in_words(item.words)

    def fill(self, item: Step) -> None:
        """Into the fields."""
        for name, code in (
            ("role", item.role),
            ("anchor", item.anchor),
            ("evidence", item.evidence),
        ):
            combo = self.fields[name]
            assert isinstance(combo, ChoiceField)  # made so
            if combo.combo.findData(code) < 0:
                combo.combo.addItem(translate("ScenarioItems", "请选择"), code)
            combo.combo.setCurrentIndex(combo.combo.findData(code))
        texts = {
            "target_s": str(item.target_s) if item.target_s >= 0 else "",
            "words.zh": item.words.zh,
            "words.en": item.words.en,
            "success.zh": item.success.zh,
            "success.en": item.success.en,
        }
        for name, text in texts.items():
            line = self.fields[name]
            assert isinstance(line, FieldEdit)  # made so
            line.set_text(text)
            line.edit.setCursorPosition(0)
        self.critical.setChecked(item.critical)

    def read(self, item: Step) -> Step:
        """Out of the fields."""
        return Step(
            item.no,
            self.code("role"),
            self.code("anchor"),
            whole(self.text("target_s")),
            self.critical.isChecked(),
            self.code("evidence"),
            Words(self.text("words.zh"), self.text("words.en")),
            Words(self.text("success.zh"), self.text("success.en")),
        )


class InjectsEditor(ItemsEditor[Inject]):
    """Injects: when, and the words in both languages."""

    def build(self) -> None:
        """Make the fields."""
        self.line("planned_at_s", translate("ScenarioItems", "开始后第几秒"), 0, 0)
        self.line("words.zh", translate("ScenarioItems", "发生什么"), 1, 0)
        self.line("words.en", translate("ScenarioItems", "发生什么，英文"), 1, 2)

    def fresh(self, no: int) -> Inject:
        """An empty inject."""
        return Inject(no, 60, Words("", ""))

    def heads(self) -> tuple[str, str, str]:
        """Number, when, words."""
        return (
            translate("ScenarioItems", "编号"),
            translate("ScenarioItems", "时间"),
            translate("ScenarioItems", "发生什么"),
        )

    def cells(self, item: Inject) -> tuple[str, str, str]:
        """Its row."""
        return str(item.no), run_time(item.planned_at_s * 1_000), in_words(item.words)

    def fill(self, item: Inject) -> None:
        """Into the fields."""
        texts = {
            "planned_at_s": str(item.planned_at_s) if item.planned_at_s >= 0 else "",
            "words.zh": item.words.zh,
            "words.en": item.words.en,
        }
        for name, text in texts.items():
            line = self.fields[name]
            assert isinstance(line, FieldEdit)  # made so
            line.set_text(text)
            line.edit.setCursorPosition(0)

    def read(self, item: Inject) -> Inject:
        """Out of the fields."""
        words = Words(self.text("words.zh"), self.text("words.en"))
        return Inject(item.no, whole(self.text("planned_at_s")), words)
