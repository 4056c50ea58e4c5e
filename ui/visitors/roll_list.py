"""Owns the big rows of a roll call with their three painted buttons; must not decide or store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from branch.visitors.queries.rollcall import RollMark
from ui.models.roll_words import STATES, kind_label, last_place, mark_label
from ui.models.words import care_icon, care_label
from ui.shell.fonts import font
from ui.shell.theme import Theme, theme_of
from ui.visitors.roll_rows import DONE, MARK_ROLE, RollRows
from ui.widgets.painting import paint_box, paint_line, text_width
from ui.widgets.state import LOOKS, State, paint_state
from ui.widgets.status import CHIP, Chip, chip_width, paint_chip

ROW_HEIGHT: Final = 60
_SIDE, _PLACE, _HELP, _LINE = 20, 230, 420, 21
_BUTTON_HEIGHT, _BUTTON_GAP, _BUTTON_PAD, _BUTTON_LEAST = 44, 8, 14, 92
_GLYPH, _GLYPH_GAP = 15, 6
_LOOK: Final = {"safe": State.OK, "missing": State.URGENT, "not_here": State.IDLE}
_KEYS: Final = {Qt.Key.Key_1: "safe", Qt.Key.Key_2: "missing", Qt.Key.Key_3: "not_here",
                Qt.Key.Key_0: "unconfirmed"}  # fmt: skip

_Index = QModelIndex | QPersistentModelIndex


def button_rects(row: QRectF) -> dict[str, QRectF]:
    """Where the three buttons of a row are, by state; as wide as their words need."""
    face = font(14, 700)
    found, right = {}, row.right() - _SIDE
    for state in reversed(STATES):
        needed = text_width(mark_label(state), face) + 2 * _BUTTON_PAD + _GLYPH + _GLYPH_GAP
        width = max(float(_BUTTON_LEAST), round(needed))
        top = row.center().y() - _BUTTON_HEIGHT / 2
        found[state] = QRectF(right - width, top, width, _BUTTON_HEIGHT)
        right -= width + _BUTTON_GAP
    return found


class _RollDelegate(QStyledItemDelegate):
    """Name and kind, place and time, help needed, who marked, and the buttons."""

    def __init__(self, view: RollList, local: Callable[[int], datetime]) -> None:
        super().__init__(view)
        self._view = view
        self._local = local

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """60 px high, as wide as the list."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row."""
        mark: RollMark = index.data(MARK_ROLE)
        view, rect = self._view, QRectF(option.rect)
        theme = theme_of(view)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            width = float(theme.focus_width)
            paint_box(painter, rect.adjusted(2, 2, -2, -3), 6, None, theme.colour("focus"), width)
        buttons = button_rects(rect)
        left, right = rect.left() + _SIDE, min(place.left() for place in buttons.values()) - 12
        self._paint_who(painter, rect, mark, theme)
        top = rect.top() + 9
        room = QRectF(left + _PLACE - _SIDE, top, _HELP - _PLACE - 12, _LINE)
        when = self._came(mark)
        place = room if when else room.translated(0, _LINE / 2)
        paint_line(painter, place, last_place(mark), font(14), theme.colour("ink1"))
        paint_line(painter, room.translated(0, _LINE), when, font(13), theme.colour("ink3"))
        start = self._paint_help(painter, rect, mark, right, theme)
        self._paint_by(
            painter, QRectF(start, rect.top(), right - start, rect.height()), mark, theme
        )
        for state, place in buttons.items():
            self._paint_button(painter, place, state, mark, theme)

    def _paint_who(self, painter: QPainter, rect: QRectF, mark: RollMark, theme: Theme) -> None:
        room = QRectF(rect.left() + _SIDE, rect.top() + 9, _PLACE - _SIDE - 12, _LINE)
        ink = theme.colour("ink3" if mark.state in DONE else "ink1")
        drawn = paint_line(painter, room, mark.label, font(16, 700), ink)
        badge = room.adjusted(drawn + 8, 0, 0, 0)
        paint_line(painter, badge, mark.badge, font(14), theme.colour("ink2"))
        second = self.tr("，").join(part for part in (kind_label(mark.kind), mark.unit) if part)
        paint_line(painter, room.translated(0, _LINE), second, font(13), theme.colour("ink3"))

    def _came(self, mark: RollMark) -> str:
        if mark.came_at is None:
            return ""
        return self.tr("{time} 进入").format(time=f"{self._local(mark.came_at):%H:%M}")

    def _paint_help(
        self, painter: QPainter, rect: QRectF, mark: RollMark, right: float, theme: Theme
    ) -> float:
        left = rect.left() + _HELP
        for code in mark.help:
            chip = Chip(care_label(code), None, care_icon(code))
            if left + chip_width(chip, CHIP) > right:
                chip = Chip("", None, care_icon(code))
            if left + chip_width(chip, CHIP) > right:
                break
            left += paint_chip(painter, left, rect.center().y(), chip, CHIP, theme) + 6
        return left

    def _paint_by(self, painter: QPainter, room: QRectF, mark: RollMark, theme: Theme) -> None:
        if mark.at is None:
            return
        text = f"{self._local(mark.at):%H:%M} {mark.by}".strip()
        if text_width(text, font(13)) <= room.width():
            align = Qt.AlignmentFlag.AlignRight
            paint_line(painter, room, text, font(13), theme.colour("ink3"), align)

    def _paint_button(
        self, painter: QPainter, place: QRectF, state: str, mark: RollMark, theme: Theme
    ) -> None:
        chosen = mark.state == state
        look = LOOKS[_LOOK[state]]
        over = self._view.under_pointer == (mark.id, state)
        if chosen:
            ground, edge, ink = look.tint, look.line, look.text
        else:
            ground, edge, ink = "canvas" if over else "surface", "line2", "ink1"
        width = theme.edge(1)
        paint_box(painter, place, 8, theme.colour(ground), theme.colour(edge), width)
        face = font(14, 700 if chosen else 500)
        words = mark_label(state)
        glyph = _GLYPH + _GLYPH_GAP if chosen else 0
        left = place.center().x() - (text_width(words, face) + glyph) / 2
        if chosen:
            box = QRectF(left, place.center().y() - _GLYPH / 2, _GLYPH, _GLYPH)
            paint_state(painter, _LOOK[state], box, theme, in_words=True)
        room = QRectF(left + glyph, place.top(), place.right() - left - glyph, place.height())
        paint_line(painter, room, words, face, theme.colour(ink))


class RollList(QListView):
    """The people of a roll call; ``wanted`` carries marks and the state somebody asks for them.

    A press on a button of a row marks its person. The keys 1, 2, 3 and 0 mark whoever is
    selected, and a single one hands over to the next.
    """

    wanted = Signal(object, str)
    chosen = Signal()

    def __init__(self, local: Callable[[int], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RollRows(self)
        self.under_pointer: tuple[int, str] | None = None
        self._held: tuple[int, str] | None = None
        self._kept: tuple[int, ...] = ()
        self._kept_row = 0
        self.setModel(self.rows)
        self.setItemDelegate(_RollDelegate(self, local))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        self.rows.modelAboutToBeReset.connect(self._remember)
        self.rows.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def selected_marks(self) -> tuple[int, ...]:
        """Whoever is selected."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.rows.marks[row].id for row in rows)

    def select_kinds(self, *kinds: str) -> None:
        """Select everybody of these kinds who is shown."""
        self.clearSelection()
        for row, mark in enumerate(self.rows.marks):
            if mark.kind in kinds:
                self.selectionModel().select(
                    self.rows.index(row), QItemSelectionModel.SelectionFlag.Select
                )

    def ask_for(self, state: str) -> None:
        """Ask that whoever is selected be marked; a single one hands over to the next."""
        marks = self.selected_marks()
        if not marks:
            return
        if len(marks) == 1:
            row = self.rows.row_of(marks[0])
            if row + 1 < len(self.rows.marks):
                self.setCurrentIndex(self.rows.index(row + 1))
        self.wanted.emit(marks, state)

    def press_place(self, mark: int, state: str) -> QPointF:
        """The middle of a button of somebody's row, in the viewport."""
        rect = QRectF(self.visualRect(self.rows.index(self.rows.row_of(mark))))
        return button_rects(rect)[state].center()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 and 0 mark; the rest is the list's own."""
        state = _KEYS.get(Qt.Key(event.key()))
        if state is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.ask_for(state)
            return
        super().keyPressEvent(event)

    # -- the pointer ----------------------------------------------------------------------------

    def _button_at(self, place: QPointF) -> tuple[int, str] | None:
        index = self.indexAt(place.toPoint())
        if not index.isValid():
            return None
        for state, rect in button_rects(QRectF(self.visualRect(index))).items():
            if rect.contains(place):
                return self.rows.marks[index.row()].id, state
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a button leaves the selection as it is."""
        self._held = self._button_at(event.position())
        if self._held is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Mark where the press began."""
        held, self._held = self._held, None
        if held is None:
            super().mouseReleaseEvent(event)
        elif held == self._button_at(event.position()):
            self.wanted.emit((held[0],), held[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the pointer."""
        over = self._button_at(event.position())
        if over != self.under_pointer:
            self.under_pointer = over
            self.viewport().update()
        hand = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)
        if self._held is None:
            super().mouseMoveEvent(event)

    # -- rows that come and go ------------------------------------------------------------------

    def _remember(self) -> None:
        self._kept = self.selected_marks()
        self._kept_row = max(0, self.currentIndex().row())

    def _recall(self) -> None:
        rows = [row for row in map(self.rows.row_of, self._kept) if row >= 0]
        if not rows and self.rows.marks:
            rows = [min(self._kept_row, len(self.rows.marks) - 1)]
        if rows:
            self.setCurrentIndex(self.rows.index(rows[0]))
        for row in rows[1:]:
            index = self.rows.index(row)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        self.chosen.emit()
