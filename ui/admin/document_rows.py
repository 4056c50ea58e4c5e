"""Owns the rows of documents a service asks for; must not decide what may stand in them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.catalogue.rules import DOCUMENT_CONDITIONS, Document
from branch.kernel.errors import BadInput
from branch.people.rules import checked_name
from ui.admin.page import on_edit
from ui.widgets.button import PlainButton
from ui.widgets.field import FieldEdit
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate
_WHEN: Final = 136


def condition_label(code: str) -> str:
    """When a document is needed."""
    return {
        "always": translate("Admin", "都需要"),
        "if_agent": translate("Admin", "代办时"),
        "if_large": translate("Admin", "大额时"),
        "if_small": translate("Admin", "小额时"),
        "if_asked": translate("Admin", "要求时"),
        "if_has": translate("Admin", "有就带"),
        "if_known": translate("Admin", "知道时"),
        "optional": translate("Admin", "可不带"),
    }.get(code, code)


class _Row(QWidget):
    """One document: its two names, when it is needed, and a button that takes it away."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.zh, self.en, self.when = FieldEdit(""), FieldEdit(""), QuietCombo()
        self.when.set_choices([(code, "") for code in DOCUMENT_CONDITIONS])
        self.when.setFixedWidth(_WHEN)
        self.remove = PlainButton("")
        row = HBox(spacing=8, parent=self)
        row.addWidget(self.zh, 4)
        row.addWidget(self.en, 5)
        row.addWidget(self.when)
        row.addWidget(self.remove)
        self.zh.set_text(document.zh)
        self.en.set_text(document.en)
        self.when.choose(document.when)
        for field in (self.zh, self.en):
            field.edit.setCursorPosition(0)

    def document(self) -> Document:
        """What stands in the row."""
        return Document(self.zh.text(), self.en.text(), self.when.code())

    def name_all(self, number: int) -> None:
        """Name everything by the row's place in the list."""
        self.zh.edit.setAccessibleName(self.tr("材料 {n} 中文名称").format(n=number))
        self.en.edit.setAccessibleName(self.tr("材料 {n} 英文说明").format(n=number))
        self.when.setAccessibleName(self.tr("材料 {n} 什么时候需要").format(n=number))
        self.zh.edit.setPlaceholderText(self.tr("中文名称"))
        self.en.edit.setPlaceholderText(self.tr("英文说明，可不填"))
        self.remove.setText(self.tr("去掉"))
        self.remove.setAccessibleName(self.tr("去掉材料 {n}").format(n=number))
        self.when.set_choices([(code, condition_label(code)) for code in DOCUMENT_CONDITIONS])


class DocumentRows(QWidget):
    """The documents of a service. ``grown`` says that a row was added, ``edited`` any change."""

    grown = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self._column = VBox(spacing=8)
        self.add = PlainButton("", icon="plus")
        whole = VBox(spacing=8, parent=self)
        whole.addLayout(self._column)
        line = HBox()
        line.addWidget(self.add)
        line.addStretch(1)
        whole.addLayout(line)
        self.add.clicked.connect(self._add)
        self.retranslate()

    def documents(self) -> tuple[Document, ...]:
        """What stands in the rows."""
        return tuple(row.document() for row in self.rows)

    def put(self, documents: tuple[Document, ...]) -> None:
        """Show these documents."""
        while self.rows:
            self._drop(self.rows[-1])
        for document in documents:
            self._append(document)
        self.retranslate()

    def wrong(self) -> list[tuple[FieldEdit, BadInput]]:
        """The rows without a name that can stand, and why."""
        found = []
        for row in self.rows:
            try:
                checked_name(row.zh.text(), "documents")
            except BadInput as error:
                found.append((row.zh, error))
        return found

    def _append(self, document: Document) -> _Row:
        row = _Row(document)
        self.rows.append(row)
        self._column.addWidget(row)
        row.remove.clicked.connect(lambda: self._remove(row))
        on_edit(row, self.edited.emit)
        return row

    def _add(self) -> None:
        row = self._append(Document("", "", DOCUMENT_CONDITIONS[0]))
        self.retranslate()
        row.zh.edit.setFocus()
        self.grown.emit()
        self.edited.emit()

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        self.retranslate()
        self.add.setFocus()
        self.edited.emit()

    def _drop(self, row: _Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.add.setText(self.tr("添加材料"))
        for number, row in enumerate(self.rows, 1):
            row.name_all(number)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
