"""Owns the lists of reception records: how one reads in a row, and which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from branch.catalogue.queries import Name
from branch.visitors.queries.reception import Reception
from branch.visitors.reception import is_overdue
from ui.models.dates import day_text
from ui.models.reception_words import (
    advice_words,
    no_service_word,
    person_words,
    reception_word,
)
from ui.shell.language import language
from ui.shell.theme import theme_of
from ui.widgets.call_list import CallLine, CallList

translate = QCoreApplication.translate

_Index = QModelIndex | QPersistentModelIndex


def service_words(record: Reception, services: Mapping[str, Name]) -> str:
    """The need of a record."""
    name = services.get(record.service)
    return name.text(language().code) if name else no_service_word()


class ChosenDelegate(QStyledItemDelegate):
    """Draws a row as the list's own delegate does, on the ground of what is chosen."""

    def __init__(self, inner: QAbstractItemDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner, self._view = inner, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As the list's own."""
        return self._inner.sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The tint below the chosen row."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme_of(self._view).colour("accent_tint"))
        self._inner.paint(painter, option, index)


class ReceptionRows(CallList):
    """Records one under another, one of them chosen; ``picked`` tells which, or None."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: tuple[Reception, ...] = ()
        inner = self.itemDelegate()
        assert inner is not None  # CallList has set it
        self._delegate = ChosenDelegate(inner, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(CallList.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_records(
        self, records: Sequence[Reception], line_of: Callable[[Reception], CallLine]
    ) -> None:
        """Show these records; the chosen one stays chosen while it is among them."""
        before = self.record()
        self._records = tuple(records)
        blocked = self.selectionModel().blockSignals(True)
        self.rows.show([line_of(record) for record in records])
        self.selectionModel().blockSignals(blocked)
        kept = [at for at, record in enumerate(records) if before and record.id == before.id]
        self.choose_row(kept[0] if kept else 0)

    def choose_row(self, at: int) -> None:
        """Choose a row by its place."""
        self.setCurrentIndex(self.model().index(at, 0))
        self.picked.emit(self.record())

    def record(self) -> Reception | None:
        """The record that is chosen."""
        at = self.currentIndex().row()
        return self._records[at] if 0 <= at < len(self._records) else None

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.record())


def today_line(
    record: Reception, services: Mapping[str, Name], local: Callable[[int], datetime]
) -> CallLine:
    """A record of today: when, whose ticket, what for; what was advised and what is to follow."""
    first = [service_words(record, services)]
    if record.feedback != "none":
        first.append(reception_word("kind", record.feedback))
    second = [advice_words(record.advice)]
    if record.done_at is not None:
        second.append(reception_word("outcome", record.outcome))
    elif record.follow_up:
        day = day_text(datetime.fromisoformat(record.follow_by))
        second.append(translate("ReceptionRows", "{day}前回访").format(day=day))
    return CallLine(f"{local(record.at):%H:%M}", record.number, _joined(first), _joined(second))


def due_line(record: Reception, services: Mapping[str, Name], today: str) -> CallLine:
    """A follow-up to be done: its day, what for and for whom; overdue ones marked."""
    over = is_overdue(record.follow_by, today)
    first = [reception_word("follow_up", record.follow_up)]
    if over:
        first.append(translate("ReceptionRows", "已过日期"))
    elif record.follow_by == today:
        first.append(translate("ReceptionRows", "今天到期"))
    second = [service_words(record, services), person_words(record.surname, record.title)]
    return CallLine(
        record.follow_by[5:],
        record.number,
        _joined(first),
        _joined([*second, record.phone]),
        wrong=over,
    )


def _joined(parts: Sequence[str]) -> str:
    return translate("ReceptionRows", "，").join(part for part in parts if part)
