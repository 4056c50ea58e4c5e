"""Owns the page of priority classes: credits, targets, presets and what customers are told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.commands import ChangeClass
from branch.catalogue.founding import default_catalogue
from branch.catalogue.queries import PriorityClass, priority_classes
from branch.catalogue.rules import LARGEST_CREDIT_MIN, LONGEST_SERVICE_MIN, checked_minutes
from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from ui.admin.page import Drafts, FormPage, SaveBar, scrolled, whole_number
from ui.models.words import class_label
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.card import Card, Well
from ui.widgets.field import FieldEdit
from ui.widgets.label import BODY, CARD_TITLE, SECOND, SECTION, STRONG, Label
from ui.widgets.stage import Grid, HBox, VBox

# The strong preset (queue.md section 1, the military class as the elderly one); a class of the
# branch's own, which it does not name, stays as it is.
_STRONG: Final[Mapping[str, int]] = {
    "assisted": 120,
    "pregnant_or_infant": 120,
    "elderly": 120,
    "military": 120,
    "appointment": 60,
    "vip": 10,
    "corporate": 10,
    "ordinary": 0,
}
_PREVIEW: Final = 400
_NUMBER: Final = 150
# Code, credit and target of every class, as they were typed.
Values = tuple[tuple[str, str, str], ...]


def preset(name: str) -> dict[str, int]:
    """The credits in minutes by class of a preset: default or strong."""
    default = {str(row["code"]): int(row["credit"]) for row in default_catalogue().classes}
    return dict(_STRONG) if name == "strong" else default


def order_sentence(credits: Mapping[str, int], speech: str) -> str:
    """What the ticket tells about the order of calling under these credits (minutes)."""
    largest, elderly = max(credits.values(), default=0), credits.get("elderly", 0)
    if not largest:
        return phrases("ticket").say("order_arrival", speech)
    key = "order_elderly" if elderly else "order_credit"
    values = {"elderly": elderly} if elderly else {}
    return phrases("ticket").say(key, speech, largest=largest, **values)


class ClassesPage(FormPage[Values]):
    """A row per class, three presets, and the customer's sentence beside them."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.credits: dict[str, FieldEdit] = {}
        self.targets: dict[str, FieldEdit] = {}
        self._names: dict[str, Label] = {}
        self.title = Label("", CARD_TITLE)
        self.note = Label("", SECOND, wrap=True)
        self.presets = {name: PlainButton("") for name in ("default", "strong", "arrival")}
        self.presets_title = Label("", SECOND)
        self.credit_title, self.target_title = Label("", SECTION), Label("", SECTION)
        self.class_title = Label("", SECTION)
        self.bar = SaveBar()
        self.preview_title = Label("", STRONG)
        self.preview = Label("", BODY, wrap=True)
        self.preview_note = Label("", SECOND, wrap=True)
        self._build()
        self.wire_form(self.bar, Drafts(self._values, self._put))
        for name, button in self.presets.items():
            button.clicked.connect(partial(self._preset, name))
        self.retranslate()

    def _build(self) -> None:
        left = Card()
        whole = VBox(spacing=12, margins=(20, 18, 10, 18), parent=left)
        whole.addWidget(self.title)
        row = HBox(spacing=8)
        row.addWidget(self.presets_title)
        row.add_gap(4)
        for button in self.presets.values():
            row.addWidget(button)
        row.addStretch(1)
        whole.addLayout(row)
        inner = QWidget()
        column = VBox(margins=(0, 0, 14, 0), parent=inner)
        self._grid = Grid(columns=3, spacing=8)
        self._grid.setColumnMinimumWidth(0, 220)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(self.class_title, 0, 0)
        self._grid.addWidget(self.credit_title, 0, 1)
        self._grid.addWidget(self.target_title, 0, 2)
        column.addLayout(self._grid)
        column.addStretch(1)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)
        right = QWidget()
        right.setFixedWidth(_PREVIEW)
        beside = VBox(spacing=12, parent=right)
        card = Card()
        told = VBox(spacing=12, margins=(20, 18, 20, 18), parent=card)
        told.addWidget(self.preview_title)
        well = Well()
        VBox(margins=(16, 14, 16, 14), parent=well).addWidget(self.preview)
        told.addWidget(well)
        told.addWidget(self.preview_note)
        told.addWidget(self.note)
        beside.addWidget(card)
        beside.addStretch(1)
        page = HBox(spacing=16, parent=self)
        page.addWidget(left, 1)
        page.addWidget(right)

    def ask(self) -> None:
        """Read the classes anew."""
        self._station.ask(self, priority_classes, self._take)

    def _take(self, classes: tuple[PriorityClass, ...]) -> None:
        for item in classes:
            if item.code not in self.credits:
                self._add_row(item.code)
        self.show_values("classes", tuple((i.code, str(i.credit), str(i.target)) for i in classes))
        self._preview()
        self.loaded.emit()

    def _add_row(self, code: str) -> None:
        at = len(self.credits) + 1
        top = Qt.AlignmentFlag.AlignTop
        self._names[code] = Label("", BODY)
        self._names[code].setMinimumHeight(40)
        self._grid.addWidget(self._names[code], at, 0, top)
        for fields, column in ((self.credits, 1), (self.targets, 2)):
            field = FieldEdit("")
            field.setFixedWidth(_NUMBER)
            field.edit.returnPressed.connect(self.save)
            field.edit.textChanged.connect(lambda _text: self.follow())
            fields[code] = field
            self._grid.addWidget(field, at, column, top)
        self.credits[code].edit.textChanged.connect(self._preview)
        self._name_row(code)

    def _name_row(self, code: str) -> None:
        name = class_label(code)
        self._names[code].setText(name)
        credit, target = self.tr("{name}：提前分钟数"), self.tr("{name}：等候目标分钟数")
        self.credits[code].edit.setAccessibleName(credit.format(name=name))
        self.targets[code].edit.setAccessibleName(target.format(name=name))

    def _values(self) -> Values:
        return tuple(
            (code, self.credits[code].text(), self.targets[code].text()) for code in self.credits
        )

    def _put(self, values: Values) -> None:
        for code, credit, target in values:
            self.credits[code].set_text(credit)
            self.targets[code].set_text(target)

    def _preset(self, name: str) -> None:
        self.forgive()
        credits = preset(name)
        for code, field in self.credits.items():
            if name == "arrival":
                field.set_text("0")
            elif code in credits:
                field.set_text(str(credits[code]))

    def _preview(self) -> None:
        credits = {}
        for code, field in self.credits.items():
            try:
                minutes = whole_number(field.text(), "credit")
                credits[code] = checked_minutes(minutes, "credit", LARGEST_CREDIT_MIN)
            except BadInput:
                self.preview.setText(self.tr("分钟数填好后，这里显示号票上的话"))
                return
        self.preview.setText(order_sentence(credits, language().code))

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what was changed, when every number can stand."""
        if not self.credits or not self.bar.save.isEnabled():
            return
        self.forgive()
        values, commands, stands = self._values(), [], True
        kept = self._drafts.base or ()
        for code, typed_credit, typed_target in values:
            numbers = []
            for field, text, name, most in (
                (self.credits[code], typed_credit, "credit", LARGEST_CREDIT_MIN),
                (self.targets[code], typed_target, "target", LONGEST_SERVICE_MIN),
            ):
                try:
                    numbers.append(checked_minutes(whole_number(text, name), name, most))
                except BadInput as error:
                    self.mark(field, partial(sentence, error))
                    stands = False
            if stands and (code, typed_credit, typed_target) not in kept:
                commands.append(ChangeClass(code, *numbers))
        if not stands:
            return
        self.send(commands, lambda _none: self._saved(values), {}, self.bar.trouble)

    def _saved(self, values: Values) -> None:
        self._drafts.saved("classes", values)
        self.told.emit(self.tr("已保存，从下一张号票起生效"))
        self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("叫号次序"))
        self.note.setText(
            self.tr("提前的分钟数越多，越早叫到。等候目标只用来提醒大堂，不改变次序。")
        )
        words = {
            "default": self.tr("默认"),
            "strong": self.tr("强化"),
            "arrival": self.tr("先到先办"),
        }
        for name, button in self.presets.items():
            button.setText(words[name])
        self.presets_title.setText(self.tr("按方案填写"))
        self.class_title.setText(self.tr("类别"))
        self.credit_title.setText(self.tr("提前（分钟）"))
        self.target_title.setText(self.tr("等候目标（分钟）"))
        self.preview_title.setText(self.tr("号票上这样告诉客户"))
        self.preview_note.setText(self.tr("保存后对新取的号生效，已取的号次序不变。"))
        for code in self.credits:
            self._name_row(code)
        self._preview()
        super().retranslate()
