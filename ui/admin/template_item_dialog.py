"""Owns the question what one item of a checklist asks; must not keep it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.rules import RESPONSES, SIGNERS, Item, checked_item
from branch.kernel.errors import BadInput
from branch.people.rules import PERSON_ROLES
from ui.admin.page import whole_number
from ui.models.inspection_words import response_label
from ui.models.words import role_label
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.leaving import LeavingDialog, words_in
from ui.widgets.stage import Grid

translate = QCoreApplication.translate

_WORDS = ("zh", "en", "guide_zh", "guide_en", "unit_zh", "unit_en")
_TEXTS = (*_WORDS, "least", "most", "due_h")


class TemplateItemDialog(LeavingDialog):
    """``kept`` carries the item as it stands then; it is checked, not stored."""

    kept = Signal(object)

    def __init__(self, parent: QWidget, item: Item) -> None:
        title = translate("TemplateItem", "检查项 {id}").format(id=item.id)
        super().__init__(parent, title, width=720)
        self._item = item
        self.fields = {name: FieldEdit(words) for name, words in self._labels().items()}
        self.response, self.owner = ChoiceField(), ChoiceField()
        self.critical, self.photo = CheckRow(""), CheckRow("")
        self.error = ErrorLine()
        self.back = PlainButton(translate("TemplateItem", "返回"), size=LARGE)
        self.keep = PrimaryButton(translate("TemplateItem", "放进检查表"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(12)
        self.body.addLayout(self._grid())
        self.body.addWidget(self.critical)
        self.body.addWidget(self.photo)
        self.body.addWidget(self.error)
        for button in (self.back, self.keep):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.keep.setDefault(True)
        self.back.clicked.connect(self.reject)
        self.keep.clicked.connect(self._keep)
        self._show()
        self.fields["zh"].edit.setFocus()

    def _labels(self) -> dict[str, str]:
        words = (
            translate("TemplateItem", "检查什么，中文"),
            translate("TemplateItem", "检查什么，英文"),
            translate("TemplateItem", "怎么看，中文，可不填"),
            translate("TemplateItem", "怎么看，英文，可不填"),
            translate("TemplateItem", "单位，中文"),
            translate("TemplateItem", "单位，英文"),
            translate("TemplateItem", "不少于"),
            translate("TemplateItem", "不超过"),
            translate("TemplateItem", "几小时内整改"),
        )
        return dict(zip(_TEXTS, words, strict=True))

    def _grid(self) -> Grid:
        grid = Grid(columns=2, spacing=12)
        self.response.set_label(translate("TemplateItem", "怎么填"))
        self.owner.set_label(translate("TemplateItem", "谁整改"))
        self.critical.set_text(translate("TemplateItem", "关键项，不通过时总分最高 59"))
        self.photo.set_text(translate("TemplateItem", "关键项不通过时要附照片"))
        places = [*self.fields.values()]
        places.insert(4, self.response)  # type: ignore[arg-type]
        places.insert(5, self.owner)  # type: ignore[arg-type]
        for at, place in enumerate(places):
            grid.addWidget(place, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        return grid

    def _show(self) -> None:
        item = self._item
        for name, field in self.fields.items():
            value = getattr(item, name)
            field.set_text("" if value is None else str(value))
        self.response.combo.set_choices([(code, response_label(code)) for code in RESPONSES])
        self.response.combo.choose(item.response)
        roles = [str(role) for role in PERSON_ROLES if role in SIGNERS]
        self.owner.combo.set_choices([(role, role_label(role)) for role in roles])
        self.owner.combo.choose(item.owner)
        self.critical.setChecked(item.critical)
        self.photo.setChecked(item.photo)

    def written(self) -> object:
        """Every text, choice and tick."""
        chosen = self.response.combo.code(), self.owner.combo.code()
        return words_in(self), *chosen, self.critical.isChecked(), self.photo.isChecked()

    def _made(self) -> Item:
        text = {name: field.text().strip() for name, field in self.fields.items()}
        limits = {
            name: whole_number(text[name], name) if text[name] else None
            for name in ("least", "most")
        }
        for name, number in limits.items():
            if number == -1:
                raise BadInput("number_whole", field=name)
        return replace(
            self._item,
            zh=text["zh"],
            en=text["en"],
            guide_zh=text["guide_zh"],
            guide_en=text["guide_en"],
            unit_zh=text["unit_zh"],
            unit_en=text["unit_en"],
            least=limits["least"],
            most=limits["most"],
            due_h=whole_number(text["due_h"], "due_h"),
            response=self.response.combo.code(),
            owner=self.owner.combo.code(),
            critical=self.critical.isChecked(),
            photo=self.photo.isChecked(),
        )

    def _keep(self) -> None:
        self.error.show_error("")
        for field in self.fields.values():
            field.clear_error()
        try:
            item = checked_item(self._made())
        except BadInput as error:
            place = self.fields.get(self._place_of(error))
            if place is not None:
                place.set_error(sentence(error))
                place.edit.setFocus()
            else:
                self.error.show_error(sentence(error))
            self.adjustSize()
            return
        self.accept()
        self.kept.emit(item)

    def _place_of(self, error: BadInput) -> str:
        """The rules name the item; which of its fields is meant follows from the sentence."""
        if error.code == "item_text":
            longest = int(error.values["longest"])
            wrong = (
                name
                for name in _WORDS
                if len(text := self.fields[name].text().strip()) > longest
                or (not text and name in ("zh", "en"))
            )
            return next(wrong, "")
        by_code = {"item_action": "due_h", "item_limits": "most"}
        return by_code.get(error.code, error.field)
