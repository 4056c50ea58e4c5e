"""Owns the list of model answers: title, reason, how often used; must not search them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from branch.complaints.queries.answers import ModelAnswer
from ui.models.complaint_words import reason_label
from ui.shell.fonts import font
from ui.shell.language import language
from ui.shell.theme import theme_of
from ui.widgets.painting import paint_box, paint_line
from ui.widgets.state import State
from ui.widgets.status import CHIP_SMALL, Chip, chip_width, paint_chip

translate = QCoreApplication.translate

_ANSWER: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROW: Final = 66
_NOWHERE: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


def title_of(answer: ModelAnswer) -> str:
    """The title in the language of the screens."""
    return answer.title_en if language().code == "en" else answer.title


def used_text(answer: ModelAnswer) -> str:
    """How often it was used; nothing for never."""
    text = translate("AnswerWords", "用过 {n} 次")
    return text.format(n=answer.used) if answer.used else ""


def spoken(answer: ModelAnswer) -> str:
    """All a screen reader says of it."""
    retired = "" if answer.active else translate("AnswerWords", "不再使用")
    parts = (title_of(answer), reason_label(answer.reason), used_text(answer), retired)
    return "，".join(part for part in parts if part)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.answers: tuple[ModelAnswer, ...] = ()

    def show(self, answers: Sequence[ModelAnswer]) -> None:
        """Show these from now on."""
        self.beginResetModel()
        self.answers = tuple(answers)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as there are answers."""
        return 0 if parent.isValid() else len(self.answers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The answer for the delegate, words for everybody else."""
        if not index.isValid() or not 0 <= index.row() < len(self.answers):
            return None
        answer = self.answers[index.row()]
        return {
            _ANSWER: answer,
            int(Qt.ItemDataRole.DisplayRole): title_of(answer),
            int(Qt.ItemDataRole.AccessibleTextRole): spoken(answer),
        }.get(int(role))


class _Look(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """As wide as the list."""
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Title, and under it reason and use; a retired one says so."""
        answer = index.data(_ANSWER)
        theme, rect, states = theme_of(option.widget), QRectF(option.rect), option.state
        if states & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent")
            )
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        if states & QStyle.StateFlag.State_HasFocus and (
            states & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            inset = rect.adjusted(2, 2, -2, -3)
            paint_box(painter, inset, 6, None, theme.colour("focus"), float(theme.focus_width))
        room = rect.adjusted(18, 10, -16, 0)
        title = QRectF(room.left(), room.top(), room.width(), 23)
        if not answer.active:
            chip = Chip(translate("AnswerWords", "不再使用"), State.IDLE)
            width = chip_width(chip, CHIP_SMALL)
            paint_chip(painter, room.right() - width, room.top() + 11, chip, CHIP_SMALL, theme)
            title.setWidth(room.width() - width - 8)
        paint_line(painter, title, title_of(answer), font(15, 500), theme.colour("ink1"))
        words = [reason_label(answer.reason), used_text(answer)]
        below = QRectF(room.left(), room.top() + 25, room.width(), 20)
        text = "  ".join(word for word in words if word)
        paint_line(painter, below, text, font(13), theme.colour("ink3"))


class AnswerList(QListView):
    """``chosen`` carries the answer at hand or None, ``taken`` one that Enter took."""

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = _Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Look(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setProperty("ownFocus", True)
        self.selectionModel().currentChanged.connect(lambda _now, _was: self._moved())
        self.doubleClicked.connect(self._take)

    def show_answers(self, answers: Sequence[ModelAnswer]) -> None:
        """Show these; the one at hand stays at hand, otherwise the first is."""
        before = self.answer()
        quiet = self.blockSignals(True)
        self.rows.show(answers)
        codes = [answer.code for answer in answers]
        row = codes.index(before.code) if before and before.code in codes else 0
        self.setCurrentIndex(self.rows.index(row))
        self.blockSignals(quiet)
        self._moved()

    def answer(self) -> ModelAnswer | None:
        """The answer at hand."""
        found = self.currentIndex().data(_ANSWER)
        return found if isinstance(found, ModelAnswer) else None

    def step(self, by: int) -> None:
        """Go on by so many, to the first or last at most."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            row = min(max(self.currentIndex().row() + by, 0), last)
            self.setCurrentIndex(self.rows.index(row))

    def titles(self) -> list[str]:
        """What is shown, in its order."""
        return [title_of(answer) for answer in self.rows.answers]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the one at hand."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _moved(self) -> None:
        self.chosen.emit(self.answer())

    def _take(self, index: _Index) -> None:
        answer = index.data(_ANSWER)
        if isinstance(answer, ModelAnswer):
            self.taken.emit(answer)
