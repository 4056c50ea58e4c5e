"""Owns the page 权限: the program's one permission table as it is; changes nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from ui.admin.matrix_model import MAY, ROLES, MatrixModel, label
from ui.admin.page import AdminPage
from ui.shell.fonts import font
from ui.shell.station import Station
from ui.shell.theme import theme_of
from ui.widgets.card import Card
from ui.widgets.field import FieldEdit
from ui.widgets.icon import paint_icon
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.place_holder import EmptyState
from ui.widgets.rows import RowDelegate, RowTable
from ui.widgets.stage import HBox, VBox

_ROW: Final = 36
_HEAD: Final = 52
_NARROWEST: Final = 58
# What the style sheet and Qt keep free beside the words of a head.
_PAD: Final = 26
_SEARCH: Final = 240
_TICK: Final = 18


class _TickDelegate(RowDelegate):
    """A tick for what a role may, a short line for what it may not: two shapes, not two colours."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The row's ground and rule, then the sign."""
        may = index.data(MAY)
        if index.column() and not index.flags():
            return
        super().paint(painter, option, index)
        if may is None:
            return
        view = self.parent()
        assert isinstance(view, QWidget)
        theme = theme_of(view)
        place = QRectF(0, 0, _TICK, _TICK)
        place.moveCenter(QRectF(option.rect).center())
        name, token, stroke = ("check", "accent", 2.4) if may else ("minus", "control", 1.6)
        paint_icon(painter, name, place, theme.colour(token), stroke=stroke)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(theme.colour("focus"))
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(3, 3, -3, -4), 6, 6)
            painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are of one height."""
        return QSize(super().sizeHint(option, index).width(), _ROW)


class MatrixTable(RowTable):
    """Cells to walk through with the arrow keys; Tab leaves it."""

    def __init__(self, model: MatrixModel) -> None:
        super().__init__(model, _ROW)
        self.setItemDelegate(_TickDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        head.setFixedHeight(_HEAD)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def fit(self) -> None:
        """Every column as wide as the longest word of its head; words of a head stand below."""
        face = QFontMetricsF(font(13, 500))
        for column, role in enumerate(ROLES, 1):
            longest = max(face.horizontalAdvance(word) for word in label(role).split())
            width = max(_NARROWEST, round(longest) + _PAD)
            self.horizontalHeader().resizeSection(column, width)


class MatrixPage(AdminPage):
    """Commands in rows by room, roles in columns; a search above."""

    topics = frozenset()

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.title, self.note = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.search = FieldEdit("")
        self.search.setFixedWidth(_SEARCH)
        self.model = MatrixModel()
        self.model.setParent(self)
        self.table = MatrixTable(self.model)
        self.empty = EmptyState("search", "")
        self.empty.hide()
        card = Card()
        column = VBox(spacing=10, margins=(20, 16, 12, 12), parent=card)
        head = HBox(spacing=16)
        words = VBox(spacing=4)
        words.addWidget(self.title)
        words.addWidget(self.note)
        head.addLayout(words, 1)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        VBox(parent=self).addWidget(card)
        self.search.edit.textChanged.connect(self._search)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.search.edit.setFocus)
        self._span()
        self.retranslate()

    def ask(self) -> None:
        """The table is the program's own: there is nothing to ask the store."""
        self.loaded.emit()

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._span()

    def _span(self) -> None:
        """A head takes its whole row."""
        self.table.clearSpans()
        rows = self.model.rowCount()
        for row in range(rows):
            if self.model.line(row).roles is None:
                self.table.setSpan(row, 0, 1, self.model.columnCount())
        self.table.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("谁能做什么"))
        self.note.setText(self.tr("这张表由程序规定，不能在这里修改；给员工分配岗位请到“员工”页。"))
        self.search.set_label("")
        self.search.edit.setAccessibleName(self.tr("查找操作"))
        self.search.edit.setPlaceholderText(self.tr("查找操作，Ctrl+F"))
        self.table.setAccessibleName(self.tr("谁能做什么"))
        self.table.horizontalHeader().setAccessibleName(self.tr("谁能做什么"))
        self.empty.set_texts(self.tr("没有找到这项操作，请换个词"))
        self.model.retranslate()
        self.table.fit()
        self._span()
        super().retranslate()
