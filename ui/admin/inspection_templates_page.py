"""Owns the page of checklists: which one, stored as a new version, the shipped one again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from branch.inspections.commands import ChangeTemplate, RestoreTemplate
from branch.inspections.rules import Template
from branch.inspections.templates import SHIPPED_VERSION, shipped_templates, templates
from branch.people.rules import permits
from ui.admin.page import Drafts, FormPage, Place, on_edit
from ui.admin.template_dialogs import NewTemplateDialog
from ui.admin.template_form import TemplateForm, TemplateValues, template_with, values_of
from ui.models.inspection_words import every_label, template_name
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import HBox, VBox

_LIST: Final = 360


def _is_own(template: Template) -> bool:
    """Whether the branch made it itself."""
    return all(one.code != template.code for one in shipped_templates())


class InspectionTemplatesPage(FormPage[TemplateValues]):
    """The checklists at the left, one of them at the right; sheets that were begun keep theirs."""

    topics = frozenset({"inspection"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._may_change = permits("ChangeTemplate", station.person.roles)
        self._templates: dict[str, Template] = {}
        self.list = Chooser()
        self.new = PlainButton("", icon="plus")
        self._wanted = ""
        self.form = TemplateForm(may_change=self._may_change)
        left = Card()
        left.setFixedWidth(_LIST)
        column = VBox(spacing=10, margins=(12, 14, 12, 12), parent=left)
        column.addWidget(self.list)
        column.addWidget(self.new)
        if not self._may_change:
            self.new.hide()
        row = HBox(spacing=16, parent=self)
        row.addWidget(left)
        row.addWidget(self.form, 1)
        self.form.retranslate()
        self.wire_form(self.form.bar, Drafts(self.form.values, self.form.put))
        on_edit(self.form, self.follow)
        self.form.edited.connect(self.follow)
        self.form.restore.clicked.connect(self._ask_restore)
        self.list.chosen.connect(self._show)
        self.new.clicked.connect(self._ask_new)
        for field in (self.form.zh, self.form.en, self.form.windows):
            field.edit.returnPressed.connect(self.save)
        self.retranslate()

    # -- showing --------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read the checklists anew."""
        self._station.ask(self, templates, self._take)

    def _take(self, found: tuple[Template, ...]) -> None:
        self._templates = {template.code: template for template in found}
        self._fill()
        self._show(self.list.current())
        self.loaded.emit()

    def _fill(self) -> None:
        rows = [
            Row(
                code,
                template_name(template),
                every_label(template.every) if template.active else self.tr("不再使用"),
                not template.active,
            )
            for code, template in self._templates.items()
        ]
        wanted = self._wanted if self._wanted in self._templates else str(self._drafts.key)
        self.list.set_rows(rows, wanted)
        self._wanted = ""

    def _show(self, code: str) -> None:
        template = self._templates[code]
        if code != self._drafts.key:
            self.forgive()
        self._show_head(template)
        self.show_values(code, values_of(template))

    def _show_head(self, template: Template) -> None:
        own = _is_own(template)
        changed = not own and template.version > SHIPPED_VERSION
        self.form.show_template(template, changed=changed, own=own)

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Store a new version of what stands in the form."""
        code, values = str(self._drafts.key or ""), self.form.values()
        if not code or not self.form.bar.save.isEnabled() or not self._may_change:
            return
        before = self._templates[code]
        made = template_with(before, values)

        def saved(version: object) -> None:
            self._drafts.saved(code, values)
            told = (
                self.tr("{name} 已存为第 {n} 版，进行中的检查不变")
                if made.every == before.every
                else self.tr("{name} 已存为第 {n} 版，从第二天起{every}检查")
            )
            often = every_label(made.every)
            self.told.emit(told.format(name=template_name(made), n=version, every=often))
            self.ask()

        bar = self.form.bar
        self.send([ChangeTemplate(made)], saved, self.form.places(), bar.trouble)

    def mark(self, place: Place, words: Callable[[], str]) -> None:
        """Say it where it can be read: the form is longer than its place."""
        is_first = not self._refused
        super().mark(place, words)
        if is_first:
            self.form.reach(place)

    def _ask_new(self) -> None:
        dialog = NewTemplateDialog(self.window(), self._station, tuple(self._templates))
        dialog.made.connect(self._on_made)
        dialog.open()

    def _on_made(self, code: str) -> None:
        self._wanted = code
        self.told.emit(self.tr("检查表已新建"))
        self.ask()

    def _ask_restore(self) -> None:
        code = str(self._drafts.key or "")
        template = self._templates.get(code)
        if template is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("恢复{name}原来的内容？").format(name=template_name(template)),
            text=self.tr("原来的内容会存为新的一版，现在的版本留在记录里。"),
            confirm=self.tr("恢复原样"),
            cancel=self.tr("返回"),
            danger=False,
        )
        dialog.accepted.connect(lambda: self._restore(code))
        dialog.open()

    def _restore(self, code: str) -> None:
        def done(_version: object) -> None:
            self._drafts.revert()
            self.told.emit(self.tr("已恢复原样"))
            self.ask()

        self._station.run(self, RestoreTemplate(code), done)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.list.setAccessibleName(self.tr("检查表"))
        self.new.setText(self.tr("新建检查表"))
        self.form.retranslate()
        if self._templates:
            self._fill()
            code = str(self._drafts.key)
            template = self._templates[code]
            self._show_head(template)
        super().retranslate()
