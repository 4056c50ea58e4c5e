"""Owns how a list of steps looks (picture k): rows, heads, bars of target against actual; decides
nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.drills.step_lines import LINE, StepLine
from ui.models.drill_words import STEP_LOOKS, drill_role, seconds_text, step_state_label
from ui.shell.fonts import font
from ui.shell.theme import Theme, theme_of
from ui.widgets.painting import Themed, broken_lines, paint_box, paint_line, text_width
from ui.widgets.state import LOOKS, State
from ui.widgets.status import CHIP, Chip, chip_width, paint_chip

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex

ROW: Final = 36
HEAD: Final = 40
# Pressed standing, with a finger, in the role view (look.md section 6).
TALL_ROW: Final = 64
_LEFT, _RIGHT = 20, 18
_LINE = 16
_NARROW = 600
# What the whole track stands for, in seconds.
_FULL_S = 300
_ICONS = {"running": "stopwatch", "waiting": ""}
_RIGHTWARD = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Columns:
    """From the right edge: the end of the actual time, of the target, of the bar; its width."""

    actual: int
    target: int
    bar_end: int
    bar: int


def columns(width: float) -> Columns:
    """The columns of a list so wide; a narrow one gives up bar before words."""
    if width < _NARROW:
        return Columns(140, 192, 248, 52)
    return Columns(128, 196, 266, 128)


class StepDelegate(QStyledItemDelegate):
    """Paints heads and steps as picture k has them; ``row`` is the height of a step."""

    def __init__(self, parent: QWidget, row: int = ROW) -> None:
        super().__init__(parent)
        self._row = row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a step, 40 px a head."""
        line = index.data(LINE)
        return QSize(0, HEAD if isinstance(line, StepLine) and line.is_head else self._row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        line = index.data(LINE)
        if not isinstance(line, StepLine):
            return
        widget: QWidget | None = option.widget
        theme, rect = theme_of(widget), QRectF(option.rect)
        if line.is_head:
            _paint_head(painter, rect, line, theme)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("accent_tint"))
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        _paint_step(painter, rect, line, theme)


def _paint_head(painter: QPainter, rect: QRectF, line: StepLine, theme: Theme) -> None:
    painter.fillRect(rect, theme.colour("canvas"))
    face = font(14, 700)
    place = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
    width = paint_line(painter, place, drill_role(line.role), face, theme.colour("ink1"))
    place.setLeft(place.left() + width + 10)
    paint_line(painter, place, line.text, font(14), theme.colour("ink2"))


def _paint_step(painter: QPainter, rect: QRectF, line: StepLine, theme: Theme) -> None:
    right, at = rect.right(), columns(rect.width())
    words = rect.adjusted(_LEFT, 0, -(at.bar_end + at.bar + 14), 0)
    _paint_words(painter, words, line, theme)
    bar = QRectF(right - at.bar_end - at.bar, rect.top(), at.bar, rect.height())
    _paint_bar(painter, bar, line, theme)
    target = QRectF(rect.left(), rect.top(), right - at.target - rect.left(), rect.height())
    paint_line(
        painter, target, seconds_text(line.target_s), font(14), theme.colour("ink2"), _RIGHTWARD
    )
    actual = QRectF(target.right(), rect.top(), right - at.actual - target.right(), rect.height())
    if line.taken_s is None:
        text, face, ink = translate("StepList", "尚未"), font(14), theme.colour("ink3")
    else:
        text, face, ink = seconds_text(line.taken_s), font(14, 700), theme.colour("ink1")
    paint_line(painter, actual, text, face, ink, _RIGHTWARD)
    label = step_state_label(line.state, line.late_s)
    chip = Chip(label, STEP_LOOKS[line.state], _ICONS.get(line.state, ""))
    width = chip_width(chip, CHIP)
    paint_chip(painter, right - _RIGHT - width, rect.center().y(), chip, CHIP, theme)


def _paint_words(painter: QPainter, place: QRectF, line: StepLine, theme: Theme) -> None:
    """One line, or two smaller ones where the words are longer than the room."""
    weight, ink = (700 if line.critical else 400), theme.colour("ink1")
    face = font(14, weight)
    if text_width(line.text, face) <= place.width():
        paint_line(painter, place, line.text, face, ink)
        return
    small = font(13, weight)
    broken = broken_lines(line.text, small, place.width())
    if len(broken) == 1:
        paint_line(painter, place, line.text, small, ink)
        return
    rest = line.text[len(broken[0]) :].strip()
    top = place.center().y() - _LINE
    for at, text in enumerate((broken[0], rest)):
        where = QRectF(place.left(), top + at * _LINE, place.width(), _LINE)
        paint_line(painter, where, text, small, ink)


def _paint_bar(painter: QPainter, place: QRectF, line: StepLine, theme: Theme) -> None:
    """The track, the actual time as a bar, the target as a mark: five minutes for every row, more
    only where the step itself takes longer."""
    longest = max(_FULL_S, line.target_s, line.taken_s or 0)
    middle = place.center().y()
    track = QRectF(place.left(), middle - 3, place.width(), 6)
    paint_box(painter, track, 3, theme.colour("sunken"))
    if line.taken_s is not None:
        look = LOOKS[STEP_LOOKS[line.state]] if line.state != "overdue" else LOOKS[State.ATTENTION]
        width = max(6.0, place.width() * line.taken_s / longest)
        paint_box(painter, QRectF(place.left(), middle - 3, width, 6), 3, theme.colour(look.glyph))
    mark = place.left() + place.width() * line.target_s / longest
    painter.fillRect(QRectF(mark - 1, middle - 7, 2, 14), theme.colour("ink1"))


class StepHead(Themed, QWidget):
    """The heads of the columns of ``steps``, over them whether they scroll or not."""

    def __init__(self, steps: QListView) -> None:
        super().__init__()
        self._steps = steps

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(400, 36)

    def paintEvent(self, _event: object) -> None:
        """Words over their columns, and the rule under them."""
        painter, theme = self.begin_painting(), self.theme()
        rect, face, ink = QRectF(self.rect()), self.font_px(13, 500), theme.colour("ink3")
        right = float(self._steps.viewport().width())
        self.paint_text(
            painter, rect.adjusted(_LEFT, 0, 0, 0), translate("StepList", "步骤"), face, ink
        )
        at = columns(right)
        bar = QRectF(right - at.bar_end - at.bar, 0, at.bar + 34, rect.height())
        over = translate("StepList", "目标与实际")
        if text_width(over, face) <= bar.width():
            self.paint_text(painter, bar, over, face, ink)
        for end, word in (
            (at.target, translate("StepList", "目标")),
            (at.actual, translate("StepList", "实际")),
            (_RIGHT, translate("StepList", "结果")),
        ):
            width = text_width(word, face) + 2
            place = QRectF(right - end - width, 0, width, rect.height())
            self.paint_text(painter, place, word, face, ink, _RIGHTWARD)
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
