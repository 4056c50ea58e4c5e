"""Owns the page 流水: what to look for, the entries found, one of them whole; reads no table."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView

from branch.people.queries.audit import hash_before, topics
from ui.admin.audit_check import AuditCheck
from ui.admin.audit_details import AuditDetails
from ui.admin.audit_export import CSV, PDF, AuditExport
from ui.admin.audit_filter import AuditFilterStrip
from ui.admin.audit_model import AuditModel
from ui.admin.audit_rows import Asked, AuditRows, audit_rows, choices
from ui.admin.page import AdminPage
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, ElidedLabel
from ui.widgets.place_holder import EmptyState
from ui.widgets.rows import RowTable
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_DETAILS: Final = 300
_ROW: Final = 36
# Number, time, who, where, what, on whom, mark.
_WIDTHS: Final = (76, 156, 128, 92, 0, 136, 108)
_WHAT: Final = 4


class AuditTable(RowTable):
    """The entries; what happened takes the room that the others leave."""

    def __init__(self, model: AuditModel) -> None:
        super().__init__(model, _ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)


class AuditPage(AdminPage):
    """The filter above, the entries at the left, newest first, one of them whole at the right."""

    topics = frozenset(topics())

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.strip = AuditFilterStrip(station.zone)
        self.model = AuditModel(station.zone)
        self.model.setParent(self)
        self.table = AuditTable(self.model)
        self.details = AuditDetails()
        self.details.setFixedWidth(_DETAILS)
        self.glyph, self.outcome = StatusGlyph(State.OK, 20), ElidedLabel("", BODY)
        self.check_button = PlainButton("", icon="check")
        self.table_button = PlainButton("", icon="export")
        self.paper_button = PlainButton("", icon="export")
        self.empty = EmptyState("search", "")
        self.checking = AuditCheck(station, self)
        self.export = AuditExport(station, self)
        self.asking = Asking(station, self, self._question, self._take)
        self._choices = Asking(station, self, lambda: choices, self.strip.offer)
        self._shown: Asked | None = None
        self._build()
        self._wire()
        self.retranslate()
        self._say(State.IDLE, "")

    def _build(self) -> None:
        left = Card()
        column = VBox(spacing=10, margins=(16, 14, 12, 12), parent=left)
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        foot = HBox(spacing=10, margins=(4, 0, 4, 0))
        foot.addWidget(self.glyph)
        foot.addWidget(self.outcome, 1)
        for button in (self.check_button, self.table_button, self.paper_button):
            foot.addWidget(button)
        column.addLayout(foot)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left, 1)
        row.addWidget(self.details)

    def _wire(self) -> None:
        self.strip.changed.connect(self.asking.ask)
        self.model.more_wanted.connect(self._more)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.check_button.clicked.connect(self.checking.start)
        self.checking.said.connect(self._say)
        self.export.said.connect(self._say)
        self.table_button.clicked.connect(lambda: self._export(CSV, self.tr("导出表格")))
        self.paper_button.clicked.connect(lambda: self._export(PDF, self.tr("导出 PDF")))
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(
            self.strip.subject.edit.setFocus
        )

    # -- asking ---------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read the newest entries anew, unless somebody reads further down."""
        self._choices.ask()
        if self.table.verticalScrollBar().value() == 0:
            self.asking.ask()

    def _question(self) -> partial[AuditRows]:
        self._shown = self.strip.asked()
        return partial(audit_rows, asked=self._shown, staff=self._station.person.staff)

    def _take(self, rows: AuditRows) -> None:
        chosen = self.details.revision
        self.model.show(rows)
        self.table.scrollToTop()
        row = self.model.row_of(chosen)
        if row is not None:
            self.table.selectRow(row)
        else:
            self.details.clear()
        self.table.setVisible(bool(rows.entries))
        self.empty.setVisible(not rows.entries)
        self.loaded.emit()

    def _more(self) -> None:
        last, asked = self.model.last(), self._shown
        if last is None or asked is None:
            return
        question = partial(audit_rows, asked=asked, staff=self._station.person.staff, after=last)

        def take(rows: AuditRows) -> None:
            # Another question may have been answered meanwhile.
            if self.model.last() == last and self._shown == asked:
                self.model.append(rows)

        self._station.ask(self, question, take)

    def _on_row(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.model.entry(index.row())
        self.details.show_entry(entry, self.model.line(index.row()))

        def before(digest: str) -> None:
            if self.details.revision == entry.revision:
                self.details.show_before(digest)

        self._station.ask(self, partial(hash_before, revision=entry.revision), before)

    # -- doing ----------------------------------------------------------------------------------

    def _export(self, kind: str, title: str) -> None:
        if not self.export.under_way:
            self.export.ask_where(kind, self.strip.asked(), title)

    def _say(self, state: State, text: str) -> None:
        self.glyph.setVisible(bool(text))
        self.glyph.set_state(state)
        self.outcome.set_text(text)
        busy = self.checking.under_way or self.export.under_way
        for button in (self.check_button, self.table_button, self.paper_button):
            button.setEnabled(not busy)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.strip.retranslate()
        self.details.retranslate()
        self.model.retranslate()
        self.table.setAccessibleName(self.tr("流水"))
        self.table.horizontalHeader().setAccessibleName(self.tr("流水"))
        self.check_button.setText(self.tr("核对流水"))
        self.table_button.setText(self.tr("导出表格"))
        self.paper_button.setText(self.tr("导出 PDF"))
        self.empty.set_texts(self.tr("没有符合条件的记录"), self.tr("请放宽时间或其他条件"))
        index = self.table.currentIndex()
        if index.isValid():
            self.details.show_entry(self.model.entry(index.row()), self.model.line(index.row()))
        self.checking.say()
        super().retranslate()
