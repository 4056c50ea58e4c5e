"""Owns finding the records about somebody by what he shows, to tick them; links nothing itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.own_data import records_about
from branch.kernel.errors import TingtangError
from branch.visitors.queries.requests import FoundRecord
from ui.admin.page import scrolled
from ui.admin.privacy_words import record_label
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.choice import CheckRow
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, Label
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate

_LIST_HEIGHT = 176


def record_line(record: FoundRecord) -> str:
    """A record in one line: number, day, masked name, unit, telephone, document."""
    if record.gone:
        return translate("RecordFinder", "{record}，已删除").format(
            record=record_label(record.kind, record.ref)
        )
    tail = translate("RecordFinder", "尾号 {tail}").format(tail=record.tail) if record.tail else ""
    parts = (
        record_label(record.kind, record.ref),
        record.day,
        record.shown_name,
        record.unit,
        record.shown_phone,
        tail,
    )
    return translate("RecordFinder", "，").join(part for part in parts if part)


class RecordFinder(QWidget):
    """Three lines to search by and what was found; ``changed`` tells that a tick was set.

    A record in ``known`` is shown and cannot be ticked again; with ``one`` a tick takes the place
    of the one before.
    """

    changed = Signal()

    def __init__(
        self,
        station: Station,
        known: Collection[tuple[str, int]] = (),
        *,
        one: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._known, self._one = station, frozenset(known), one
        self.rows: dict[tuple[str, int], CheckRow] = {}
        self.name = FieldEdit(self.tr("姓名，要写全"))
        self.phone = FieldEdit(self.tr("电话"))
        self.document = FieldEdit(self.tr("证件号码，只比对，不保存"))
        self.search_button = PlainButton(self.tr("查找"), icon="search")
        self.search_button.setAutoDefault(False)
        self.said = Label(self.tr("至少填一项。号码要写全才能找到。"), CAPTION, wrap=True)
        self._found = QWidget()
        self._column = VBox(parent=self._found)
        column = VBox(spacing=10, parent=self)
        first = HBox(spacing=12)
        first.addWidget(self.name, 1)
        first.addWidget(self.phone, 1)
        column.addLayout(first)
        second = HBox(spacing=12)
        second.addWidget(self.document, 1)
        beside = VBox()
        beside.addStretch(1)
        beside.addWidget(self.search_button)
        second.addLayout(beside)
        column.addLayout(second)
        column.addWidget(self.said)
        area = scrolled(self._found)
        area.setFixedHeight(_LIST_HEIGHT)
        column.addWidget(area)
        self.search_button.clicked.connect(self.search)
        for field in (self.name, self.phone, self.document):
            field.edit.returnPressed.connect(self.search)

    def chosen(self) -> tuple[tuple[str, int], ...]:
        """Kind and number of what is ticked."""
        return tuple(item for item, row in self.rows.items() if row.isChecked() and row.isEnabled())

    def written(self) -> object:
        """What is typed and what is ticked."""
        typed = (self.name.text(), self.phone.text(), self.document.text())
        return typed, self.chosen()

    def search(self) -> None:
        """Look for what is typed."""
        name, phone, document = self.name.text(), self.phone.text(), self.document.text()
        staff = self._station.person.staff
        if not (name.strip() or phone.strip() or document.strip()):
            self.name.edit.setFocus()
            return
        self.search_button.setEnabled(False)
        self._station.ask(
            self,
            lambda store: records_about(store, staff, name, phone, document),
            self._take,
            self._failed,
        )

    def _take(self, records: tuple[FoundRecord, ...]) -> None:
        self.search_button.setEnabled(True)
        clear(self._column)
        self.rows = {}
        for record in records:
            row = CheckRow(record_line(record))
            item = (record.kind, record.ref)
            if item in self._known:
                row.set_not_needed(self.tr("已关联"))
            row.toggled.connect(lambda on, item=item: self._on_tick(item, on))
            self.rows[item] = row
            self._column.addWidget(row)
        self._column.addStretch(1)
        if records:
            self.said.setText(self.tr("找到 {n} 条").format(n=len(records)))
        else:
            self.said.setText(self.tr("没有找到。请核对是否写全，旧记录可能已到期删除。"))
        self.changed.emit()

    def _failed(self, error: TingtangError) -> None:
        self.search_button.setEnabled(True)
        self.said.setText(sentence(error))

    def _on_tick(self, item: tuple[str, int], on: bool) -> None:
        if on and self._one:
            for other, row in self.rows.items():
                if other != item:
                    row.setChecked(False)
        self.changed.emit()
