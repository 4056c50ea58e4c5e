"""Owns how one case looks in a list and on the board; must not know the model or the due days."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from branch.complaints.queries.desk import CaseLine
from ui.models.complaint_words import channel_label, identity_label, kind_label, title_of
from ui.shell.fonts import font
from ui.shell.theme import Theme, theme_of
from ui.widgets.painting import paint_box, paint_line, text_width
from ui.widgets.status import CHIP_SMALL, Chip, chip_width, paint_chip

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
CHIP_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
ROW_HEIGHT: Final = 93
COMPACT_HEIGHT: Final = 114
_LEFT, _RIGHT, _TOP = 18, 16, 12
_NARROW_LEFT, _NARROW_RIGHT = 14, 10
_RULE_GAP, _RULE_HEIGHT = 10, 12

_Index = QModelIndex | QPersistentModelIndex


class CaseDelegate(QStyledItemDelegate):
    """Number and due chip, title, who and by which channel; ``compact`` puts the chip below."""

    def __init__(self, *, compact: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compact = compact

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """As wide as the list."""
        return QSize(0, COMPACT_HEIGHT if self._compact else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row."""
        line, chip = index.data(LINE_ROLE), index.data(CHIP_ROLE)
        if not isinstance(line, CaseLine) or not isinstance(chip, Chip):
            super().paint(painter, option, index)
            return
        theme, rect, states = theme_of(option.widget), QRectF(option.rect), option.state
        if states & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
            bar = QRectF(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme.colour("accent"))
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        if states & QStyle.StateFlag.State_HasFocus and (
            states & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            inset = rect.adjusted(2, 2, -2, -3)
            paint_box(painter, inset, 6, None, theme.colour("focus"), float(theme.focus_width))
        if self._compact:
            _paint_compact(painter, rect, line, chip, theme)
        else:
            _paint_row(painter, rect, line, chip, theme)


def _paint_row(painter: QPainter, rect: QRectF, line: CaseLine, chip: Chip, theme: Theme) -> None:
    room = rect.adjusted(_LEFT, _TOP, -_RIGHT, 0)
    width = chip_width(chip, CHIP_SMALL)
    paint_chip(painter, room.right() - width, room.top() + 11, chip, CHIP_SMALL, theme)
    number = QRectF(room.left(), room.top(), room.width() - width - 8, 22)
    paint_line(painter, number, line.number, font(13), theme.colour("ink3"))
    title = QRectF(room.left(), room.top() + 25, room.width(), 22.5)
    paint_line(painter, title, title_of(line), font(15, 500), theme.colour("ink1"))
    _paint_who(painter, QRectF(room.left(), room.top() + 49.5, room.width(), 19.5), line, theme)


def _paint_compact(
    painter: QPainter, rect: QRectF, line: CaseLine, chip: Chip, theme: Theme
) -> None:
    room = rect.adjusted(_NARROW_LEFT, 10, -_NARROW_RIGHT, 0)
    number = QRectF(room.left(), room.top(), room.width(), 19.5)
    # The day and the running number tell a case from the others of its column.
    paint_line(painter, number, line.number[-13:], font(13), theme.colour("ink3"))
    title = QRectF(room.left(), room.top() + 21, room.width(), 22.5)
    paint_line(painter, title, title_of(line), font(14, 500), theme.colour("ink1"))
    _paint_who(painter, QRectF(room.left(), room.top() + 44, room.width(), 19.5), line, theme)
    limit = room.width()
    paint_chip(painter, room.left(), room.top() + 79, chip, CHIP_SMALL, theme, limit=limit)


def _paint_who(painter: QPainter, room: QRectF, line: CaseLine, theme: Theme) -> None:
    """Who, by which channel, and what makes the case a special one, a rule between each."""
    left, face = room.left(), font(13)
    for text in who_words(line):
        if left > room.left():
            if left + 2 * _RULE_GAP + text_width(text, face) > room.right():
                return
            left += _RULE_GAP
            rule = QRectF(left, room.center().y() - _RULE_HEIGHT / 2, 1, _RULE_HEIGHT)
            painter.fillRect(rule, theme.colour("line2"))
            left += 1 + _RULE_GAP
        place = QRectF(left, room.top(), room.right() - left, room.height())
        left += paint_line(painter, place, text, face, theme.colour("ink3"))


def who_words(line: CaseLine) -> list[str]:
    """Who complains, how it came, and what stands out."""
    words = [] if line.withheld else [line.shown_name or identity_label("anonymous")]
    words.append(channel_label(line.channel, line.forwarded))
    if line.kind != "complaint":
        words.append(kind_label(line.kind))
    words.extend(mark_words(line))
    return words


def mark_words(line: CaseLine) -> list[str]:
    """What stands out of a case, in words: 重大, 群体 5 人, 紧急, 升级 2."""
    tr = QCoreApplication.translate
    words = []
    if line.major:
        words.append(tr("CaseMarks", "重大"))
    if line.is_group:
        words.append(tr("CaseMarks", "群体 {n} 人").format(n=line.parties))
    if line.urgency == "urgent":
        words.append(tr("CaseMarks", "紧急"))
    if line.level:
        words.append(tr("CaseMarks", "升级 {n}").format(n=line.level))
    return words
