"""Owns the one showing of the sample branch's PINs, and the private file of them; keeps none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from branch.founding import NewStaff
from ui.models.words import role_label
from ui.shell.fonts import font
from ui.shell.theme import current
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.label import SECOND, Label
from ui.widgets.stage import HBox, VBox

_ROW: Final = 36
# What Qt leaves beside a cell's text is 3 px, beside a head's 12.
_PADDING: Final = 9


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        # A file that was there before keeps its rights, so they are set before the first word.
        path.chmod(0o600)
        file.write(text)


class _Cell(QStyledItemDelegate):
    """A cell that begins under its head, with a rule below."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        inner.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, inner, index)
        rule = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(rule, current().colour("line"))

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * _PADDING, 0)


class PinPage(QWidget):
    """A table of staff number, name, roles and PIN; ``noted`` says that they were written down."""

    noted = Signal()

    def __init__(self, staff: Sequence[NewStaff], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff = tuple(staff)
        self.table = QTableWidget(len(self._staff), 4)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setItemDelegate(_Cell(self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        self.state = Label("", SECOND, wrap=True)
        self.save = PlainButton("", size=LARGE, icon="export")
        self.done = PrimaryButton("", size=LARGE)
        column = VBox(parent=self)
        column.addWidget(self.table, 1)
        column.add_gap(12)
        column.addWidget(self.state)
        column.add_gap(12)
        row = HBox(spacing=10)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.done)
        column.addLayout(row)
        self.save.clicked.connect(self._on_save)
        self.done.clicked.connect(self.noted)
        self.retranslate()

    def retranslate(self) -> None:
        """Take every word anew."""
        self.save.setText(self.tr("保存到文件"))
        self.done.setText(self.tr("我已记下"))
        self.table.setAccessibleName(self.tr("员工和密码"))
        self.table.setHorizontalHeaderLabels(self._heads())
        for row, member in enumerate(self._staff):
            for column, text in enumerate(self._cells(member)):
                item = QTableWidgetItem(text)
                if column == 3:
                    item.setFont(font(16, 700))
                self.table.setItem(row, column, item)

    def text(self) -> str:
        """What the file holds: the table, one line a person."""
        lines = [self.tr("厅堂示范网点的员工密码，用完请删除这个文件"), ""]
        lines.append("\t".join(self._heads()))
        lines.extend("\t".join(self._cells(member)) for member in self._staff)
        return "\n".join(lines) + "\n"

    def _heads(self) -> list[str]:
        return [self.tr("员工号"), self.tr("姓名"), self.tr("岗位"), self.tr("密码")]

    def _cells(self, member: NewStaff) -> tuple[str, str, str, str]:
        roles = self.tr("、").join(role_label(role) for role in sorted(member.roles))
        return member.staff_no, member.name, roles, member.pin

    def _on_save(self) -> None:
        start = str(Path.home() / "tingtang-pins.txt")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("保存到文件"), start, self.tr("文本文件 (*.txt)")
        )
        if not chosen:
            return
        try:
            write_private(Path(chosen), self.text())
        except OSError as error:
            self.state.set_token("danger_text")
            words = self.tr("没有保存，请换一个文件夹再试（{reason}）")
            self.state.setText(words.format(reason=error.strerror))
        else:
            self.state.set_token("ok_text")
            words = self.tr("已保存到 {file}，只有您的账户能打开")
            self.state.setText(words.format(file=Path(chosen).name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
