"""Owns the questions for a new checklist and for the name of a part; must not decide what may
stand in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.commands import ChangeTemplate
from branch.inspections.rules import EVERY, Item, Section, Template
from branch.kernel.errors import BadInput, TingtangError
from ui.models.inspection_words import every_label
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.leaving import LeavingDialog, words_in
from ui.widgets.stage import Grid

translate = QCoreApplication.translate

# As long as the rules take a text.
_LONGEST: Final = 200
_DUE_H: Final = 24


class _AskDialog(LeavingDialog):
    """A few texts, none of which may stay empty; what is missing is said at every field at once."""

    def __init__(self, parent: QWidget, title: str, told: str, keep: str) -> None:
        super().__init__(parent, title, width=640)
        self.fields: dict[str, FieldEdit] = {}
        self.error = ErrorLine()
        self._choice: ChoiceField | None = None
        self.back = PlainButton(translate("TemplateDialogs", "返回"), size=LARGE)
        self.keep = PrimaryButton(keep, size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        if told:
            self.body.addWidget(Label(told, SECOND, wrap=True))
        self.body.add_gap(12)
        for button in (self.back, self.keep):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.keep.setDefault(True)
        self.back.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep)

    def ask(self, labels: Mapping[str, str], choice: ChoiceField | None = None) -> None:
        """The fields by name, two in a row, ``choice`` before them; then the line of errors."""
        grid = Grid(columns=2, spacing=12)
        for at, (name, words) in enumerate(labels.items()):
            self.fields[name] = FieldEdit(words)
            self.fields[name].edit.setMaxLength(_LONGEST)
            grid.addWidget(self.fields[name], at // 2, at % 2)
        if choice is not None:
            self._choice = choice
            self.body.addWidget(choice)
            self.body.add_gap(12)
        self.body.addLayout(grid)
        self.body.addWidget(self.error)
        (choice or next(iter(self.fields.values())).edit).setFocus()

    def written(self) -> object:
        """Every text, and the choice."""
        return words_in(self), self._choice.combo.code() if self._choice else ""

    def text(self, name: str) -> str:
        """What was typed."""
        return self.fields[name].text().strip()

    def _on_keep(self) -> None:
        empty = [field for name, field in self.fields.items() if not self.text(name)]
        for field in self.fields.values():
            field.clear_error()
        for field in empty:
            field.set_error(sentence(BadInput("field_empty", field="")))
        unchosen = self._choice if self._choice and not self._choice.combo.code() else None
        if unchosen is not None:
            unchosen.set_error(sentence(BadInput("field_empty", field="")))
        if unchosen is not None or empty:
            (unchosen or empty[0].edit).setFocus()
            self.adjustSize()
        else:
            self.answer()

    def answer(self) -> None:
        """Everything is filled in."""
        raise NotImplementedError


class NewTemplateDialog(_AskDialog):
    """``made`` carries the code of the checklist once it is stored; it is not asked for yet."""

    made = Signal(str)

    def __init__(self, parent: QWidget, station: Station, codes: Sequence[str]) -> None:
        title = translate("TemplateDialogs", "新建检查表")
        told = translate(
            "TemplateDialogs", "先写第一个检查项，其余在表里添加，齐了再勾选按时检查。"
        )
        super().__init__(parent, title, told, translate("TemplateDialogs", "新建"))
        self._station = station
        # A code is never given twice: what was stored once stays on record.
        self.code = next(code for n in range(1, 1_000) if (code := f"OWN{n:02d}") not in codes)
        self.every = ChoiceField()
        self.every.set_label(translate("TemplateDialogs", "多久检查一次"))
        self.every.combo.set_choices([(code, every_label(code)) for code in EVERY])
        self.ask(
            {
                "name_zh": translate("TemplateDialogs", "中文名称"),
                "name_en": translate("TemplateDialogs", "英文名称"),
                "section_zh": translate("TemplateDialogs", "第一部分，中文"),
                "section_en": translate("TemplateDialogs", "第一部分，英文"),
                "item_zh": translate("TemplateDialogs", "检查什么，中文"),
                "item_en": translate("TemplateDialogs", "检查什么，英文"),
            },
            self.every,
        )

    def answer(self) -> None:
        """Store it."""
        item = Item(
            f"{self.code}-01", self.text("item_zh"), self.text("item_en"), "pfn", False, _DUE_H,
            "lobby_manager",
        )  # fmt: skip
        template = Template(
            code=self.code,
            version=0,
            name_zh=self.text("name_zh"),
            name_en=self.text("name_en"),
            every=self.every.combo.code(),
            windows=(("opens", "closes"),),
            signs=(("lobby_manager",),),
            sections=(Section(self.text("section_zh"), self.text("section_en"), (item,)),),
            active=False,
        )

        def stored(_version: object) -> None:
            self.accept()
            self.made.emit(self.code)

        self.keep.setEnabled(False)
        self._station.run(self, ChangeTemplate(template), stored, self._refused)

    def _refused(self, error: TingtangError) -> None:
        self.keep.setEnabled(True)
        self.error.show_error(sentence(error))
        self.adjustSize()


class PartDialog(_AskDialog):
    """``named`` carries the Chinese and the English name of a part."""

    named = Signal(str, str)

    def __init__(self, parent: QWidget, title: str, section: Section | None = None) -> None:
        super().__init__(parent, title, "", translate("TemplateDialogs", "放进检查表"))
        self.ask(
            {
                "zh": translate("TemplateDialogs", "中文名称"),
                "en": translate("TemplateDialogs", "英文名称"),
            }
        )
        if section is not None:
            self.fields["zh"].set_text(section.zh)
            self.fields["en"].set_text(section.en)

    def answer(self) -> None:
        """Hand the names over."""
        zh, en = self.text("zh"), self.text("en")
        self.accept()
        self.named.emit(zh, en)
