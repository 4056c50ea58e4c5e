"""Owns the form of one service; must not store it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import Group
from branch.catalogue.rules import CHANNELS, Document
from ui.admin.document_rows import DocumentRows
from ui.admin.page import Place, SaveBar, scrolled
from ui.shell.language import language
from ui.widgets.card import Card
from ui.widgets.choice import CheckRow
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CARD_TITLE, SECTION, STRONG, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import Grid, VBox

translate = QCoreApplication.translate
_ANSWERS = ("yes", "partial", "no")


@dataclass(frozen=True)
class ServiceValues:
    """What stands in the form; the minutes as they were typed."""

    group: str
    zh: str
    en: str
    minutes: str
    active: bool
    documents: tuple[Document, ...]
    channels: tuple[str, ...]


def channel_label(code: str) -> str:
    """A channel as staff call it."""
    return {
        "cash_machine": translate("Admin", "存取款机"),
        "smart_teller": translate("Admin", "智能柜台"),
        "mobile_bank": translate("Admin", "手机银行"),
        "personal_ebank": translate("Admin", "个人网银"),
        "phone_bank": translate("Admin", "电话银行"),
        "corporate_ebank": translate("Admin", "企业网银"),
    }.get(code, code)


class ServiceForm(Card):
    """Group, names, minutes, activity, documents and channels."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self.title = Label("", CARD_TITLE, wrap=True)
        self.group = QuietCombo()
        self.group_title = Label("", SECTION)
        self.zh, self.en, self.minutes = FieldEdit(""), FieldEdit(""), FieldEdit("")
        self.active = CheckRow("")
        self.documents_title = Label("", STRONG)
        self.documents = DocumentRows()
        self.documents_error = ErrorLine()
        self.channels_title = Label("", STRONG)
        self.channels = {code: QuietCombo() for code in CHANNELS}
        self._channel_titles = {code: Label("", SECTION) for code in CHANNELS}
        self.channels_error = ErrorLine()
        self.bar = SaveBar()
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        column = VBox(spacing=12, margins=(0, 0, 14, 0), parent=inner)
        head = Grid(columns=2, spacing=12)
        head.addWidget(self.zh, 0, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.en, 0, 1, Qt.AlignmentFlag.AlignTop)
        cell = VBox(spacing=6)
        cell.addWidget(self.group_title)
        cell.addWidget(self.group)
        cell.addStretch(1)
        head.addLayout(cell, 1, 0)
        head.addWidget(self.minutes, 1, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.active)
        column.addWidget(self.documents_title)
        column.addWidget(self.documents)
        column.addWidget(self.documents_error)
        column.addWidget(self.channels_title)
        grid = Grid(columns=3, spacing=12)
        for at, (code, combo) in enumerate(self.channels.items()):
            combo.set_choices([(answer, "") for answer in _ANSWERS])
            cell = VBox(spacing=6)
            cell.addWidget(self._channel_titles[code])
            cell.addWidget(combo)
            grid.addLayout(cell, at // 3, at % 3)
        column.addLayout(grid)
        column.addWidget(self.channels_error)
        column.addStretch(1)
        self._area = scrolled(inner)
        whole = VBox(spacing=14, margins=(20, 18, 10, 18), parent=self)
        whole.addWidget(self.title)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.bar)

    def places(self) -> dict[str, Place]:
        """Where an error of a field stands."""
        return {
            "zh": self.zh,
            "en": self.en,
            "minutes": self.minutes,
            "documents": self.documents_error,
            "channels": self.channels_error,
        }

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Offer these groups; what was chosen stays."""
        self._groups = tuple(groups)
        speech = language().code
        self.group.set_choices([(group.code, group.name.text(speech)) for group in groups])

    def values(self) -> ServiceValues:
        """What stands there now."""
        return ServiceValues(
            self.group.code(),
            self.zh.text(),
            self.en.text(),
            self.minutes.text(),
            self.active.isChecked(),
            self.documents.documents(),
            tuple(combo.code() for combo in self.channels.values()),
        )

    def put(self, values: ServiceValues) -> None:
        """Fill the form."""
        self.group.choose(values.group)
        self.zh.set_text(values.zh)
        self.en.set_text(values.en)
        self.minutes.set_text(values.minutes)
        for field in (self.zh, self.en):
            field.edit.setCursorPosition(0)
        self.active.setChecked(values.active)
        if self.documents.documents() != values.documents:
            self.documents.put(values.documents)
        for combo, answer in zip(self.channels.values(), values.channels, strict=True):
            combo.choose(answer)

    def to_top(self) -> None:
        """Show the beginning of the form."""
        self._area.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.zh.set_label(self.tr("中文名称"))
        self.en.set_label(self.tr("英文名称"))
        self.minutes.set_label(self.tr("一般用时（分钟）"))
        self.group_title.setText(self.tr("业务分组"))
        self.group.setAccessibleName(self.tr("业务分组"))
        self.active.set_text(self.tr("现在办理这项业务"))
        self.active.setAccessibleName(self.active.text())
        self.documents_title.setText(self.tr("要带的材料"))
        self.channels_title.setText(self.tr("其他渠道能不能办"))
        self.set_groups(self._groups)
        answers = (self.tr("能办"), self.tr("部分能办"), self.tr("不能办"))
        for code, combo in self.channels.items():
            self._channel_titles[code].setText(channel_label(code))
            combo.setAccessibleName(channel_label(code))
            combo.set_choices(list(zip(_ANSWERS, answers, strict=True)))
        self.documents.retranslate()
