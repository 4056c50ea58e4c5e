"""Owns the form of one checklist: its names, times, signatures and items; must not store it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.rules import EVERY, SIGNERS, Section, Template
from branch.people.rules import PERSON_ROLES
from ui.admin.page import Place, SaveBar, scrolled
from ui.admin.template_items import TemplateItems
from ui.models.inspection_words import every_label, template_name
from ui.models.words import role_label
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.chips import Chips
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, SECTION, STRONG, Label
from ui.widgets.stage import Grid, HBox, VBox

translate = QCoreApplication.translate

_ROOM = 40
SIGNER_ROLES = tuple(str(role) for role in PERSON_ROLES if role in SIGNERS)


@dataclass(frozen=True)
class TemplateValues:
    """What stands in the form; the times as they were typed, a signature by its roles."""

    name_zh: str
    name_en: str
    active: bool
    every: str
    windows: str
    first: frozenset[str]
    second: frozenset[str]
    sections: tuple[Section, ...]


def values_of(template: Template) -> TemplateValues:
    """A template as the form shows it."""
    signs = [frozenset(roles) for roles in template.signs]
    return TemplateValues(
        template.name_zh,
        template.name_en,
        template.active,
        template.every,
        "；".join(f"{first} ~ {last}" for first, last in template.windows),
        signs[0],
        signs[1] if len(signs) > 1 else frozenset(),
        template.sections,
    )


def template_with(template: Template, values: TemplateValues) -> Template:
    """The template with what stands in the form; what is no time stays as it was typed, so that
    its sentence names it."""
    windows = []
    # Pasted full-width signs, and the dash the screens and papers write, do as well.
    typed = normalize("NFKC", values.windows)
    for part in filter(None, (one.strip() for one in re.split("[;,、]", typed))):
        first, *last = (one.strip() for one in re.split("[~–—]", part, maxsplit=1))
        windows.append((first, last[0] if last else ""))
    order = {role: at for at, role in enumerate(SIGNER_ROLES)}
    signs = [tuple(sorted(one, key=lambda role: order[role])) for one in (values.first,)]
    if values.second:
        signs.append(tuple(sorted(values.second, key=lambda role: order[role])))
    return replace(
        template,
        name_zh=values.name_zh.strip(),
        name_en=values.name_en.strip(),
        active=values.active,
        every=values.every,
        windows=tuple(windows),
        signs=tuple(signs),
        sections=values.sections,
    )


class TemplateForm(Card):
    """``edited`` tells that a signature or an item became another."""

    edited = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__()
        self._may_change = may_change
        self._template: Template | None = None
        self.title, self.about = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.restore = PlainButton("", icon="undo")
        self.zh, self.en, self.windows = FieldEdit(""), FieldEdit(""), FieldEdit("")
        self.every = ChoiceField()
        self.every_hint, self.hint = Label("", CAPTION, wrap=True), Label("", CAPTION, wrap=True)
        self.active = CheckRow("")
        self.first_title, self.second_title = Label("", SECTION), Label("", SECTION)
        self.first, self.second = Chips(7, several=True), Chips(7, several=True)
        self.signs_error, self.items_error = ErrorLine(), ErrorLine()
        self.items_title = Label("", STRONG)
        self.items = TemplateItems(may_change=may_change)
        self.bar = SaveBar()
        self._build()
        for chips in (self.first, self.second):
            chips.chosen.connect(self.edited)
            chips.setEnabled(may_change)
        self.items.edited.connect(self.edited)
        for field in (self.zh, self.en, self.windows):
            field.edit.setReadOnly(not may_change)
        self.active.setEnabled(may_change)

    def _build(self) -> None:
        inner = QWidget()
        column = VBox(spacing=12, margins=(0, 0, 14, 0), parent=inner)
        grid = Grid(columns=2, spacing=12)
        grid.addWidget(self.zh, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.en, 0, 1, Qt.AlignmentFlag.AlignTop)
        for at, (field, hint) in enumerate(
            ((self.every, self.every_hint), (self.windows, self.hint))
        ):
            under = VBox(spacing=6)
            under.addWidget(field)
            under.addWidget(hint)
            grid.addLayout(under, 1, at, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addWidget(self.active)
        for title, chips in ((self.first_title, self.first), (self.second_title, self.second)):
            column.addWidget(title)
            column.addWidget(chips)
        column.addWidget(self.signs_error)
        column.addWidget(self.items_title)
        column.addWidget(self.items)
        column.addWidget(self.items_error)
        column.addStretch(1)
        head = HBox(spacing=12, margins=(0, 0, 10, 0))
        head.addWidget(self.title, 1)
        head.addWidget(self.restore)
        whole = VBox(spacing=10, margins=(20, 18, 10, 18), parent=self)
        whole.addLayout(head)
        whole.addWidget(self.about)
        self._area = scrolled(inner)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.bar)
        if not self._may_change:
            self.restore.hide()

    def places(self) -> dict[str, Place]:
        """Where an error of a field stands; an item's error under the items."""
        found: dict[str, Place] = {
            "name_zh": self.zh,
            "name_en": self.en,
            "every": self.every.error,
            "windows": self.windows,
            "signs": self.signs_error,
            "sections": self.items_error,
        }
        for section in self.items.sections():
            found.update({item.id: self.items_error for item in section.items})
        return found

    def reach(self, place: Place) -> None:
        """Scroll to where an error stands, once its sentence has its room."""
        QTimer.singleShot(0, place, partial(self._area.ensureWidgetVisible, place, 0, _ROOM))

    def show_template(self, template: Template, *, changed: bool, own: bool) -> None:
        """What stands over the form: its name, how often, its version. How often one of the
        branch's ``own`` is done is its own matter; a shipped one follows its rules."""
        self._template = template
        self.title.setText(template_name(template))
        version = translate("TemplateForm", "第 {n} 版").format(n=template.version)
        parts = [every_label(template.every), version]
        self.about.setText(translate("TemplateForm", "，").join(parts))
        self.restore.setEnabled(changed)
        self.items.set_code(template.code)
        self.every.setEnabled(own and self._may_change)
        self.every_hint.setText(
            translate("TemplateForm", "改了从第二天起算，之前的照旧")
            if own
            else translate("TemplateForm", "随检查表的依据，不能改")
        )

    def values(self) -> TemplateValues:
        """What stands in the form."""
        return TemplateValues(
            self.zh.text(),
            self.en.text(),
            self.active.isChecked(),
            self.every.combo.code(),
            self.windows.text(),
            self.first.codes(),
            self.second.codes(),
            self.items.sections(),
        )

    def put(self, values: TemplateValues) -> None:
        """Show these."""
        self.zh.set_text(values.name_zh)
        self.en.set_text(values.name_en)
        self.active.setChecked(values.active)
        self.every.combo.choose(values.every)
        self.windows.set_text(values.windows)
        self.first.choose(values.first)
        self.second.choose(values.second)
        self.items.show_sections(values.sections)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.restore.setText(translate("TemplateForm", "恢复原样"))
        self.zh.set_label(translate("TemplateForm", "中文名称"))
        self.en.set_label(translate("TemplateForm", "英文名称"))
        self.every.set_label(translate("TemplateForm", "多久检查一次"))
        self.every.combo.set_choices([(code, every_label(code)) for code in EVERY])
        self.windows.set_label(translate("TemplateForm", "检查时段"))
        self.hint.setText(
            translate(
                "TemplateForm",
                "写作 opens-30 ~ opens-10；12:30 ~ 13:30，opens 是开门，closes 是关门，加减分钟",
            )
        )
        self.active.set_text(translate("TemplateForm", "按时检查"))
        self.first_title.setText(translate("TemplateForm", "谁检查并签名"))
        self.second_title.setText(translate("TemplateForm", "谁复核签名，不选就不用复核"))
        self.items_title.setText(translate("TemplateForm", "检查项"))
        roles = [(role, role_label(role)) for role in SIGNER_ROLES]
        for chips, title in ((self.first, self.first_title), (self.second, self.second_title)):
            chips.offer(roles)
            chips.setAccessibleName(title.text())
        self.items.retranslate()
