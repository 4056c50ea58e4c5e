"""Owns the choice of a colleague: typed by name or number, picked from a short list."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from branch.kernel.errors import BadInput
from branch.people.queries import StaffMember
from branch.people.rules import PERSON_ROLES
from ui.models.words import role_label
from ui.shell.station import sentence
from ui.shell.theme import theme_of
from ui.widgets.card import Card, CardStyle
from ui.widgets.field import FieldEdit
from ui.widgets.stage import VBox

_ROW = 44
_MOST_ROWS = 6
_EDGE = 4
_LEAST_WIDTH = 280


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here: whole name, staff number, and his first role."""

    id: int
    name: str
    staff_no: str
    role: str

    def label(self) -> str:
        """What stands in the field: 孙岩 客户经理."""
        return f"{self.name} {role_label(self.role)}"

    def row(self) -> str:
        """What the list says."""
        return f"{self.name}  {self.staff_no}  {role_label(self.role)}"

    def is_meant_by(self, text: str) -> bool:
        """Whether the name or the number has ``text`` in it, or the field's own words."""
        # An input method left at full width writes １００２０１.
        wanted = "".join(unicodedata.normalize("NFKC", text).casefold().split())
        parts = (self.name, self.staff_no, self.label())
        return any(wanted in "".join(part.casefold().split()) for part in parts)


def colleagues_among(members: Sequence[StaffMember]) -> tuple[Colleague, ...]:
    """Who can be chosen: people at work here, no stations."""
    return tuple(
        Colleague(
            member.id,
            member.name,
            member.staff_no,
            next((str(role) for role in PERSON_ROLES if role in member.roles), ""),
        )
        for member in members
        if member.active and not member.is_station
    )


class _List(Card):
    """The list under the field; it takes no focus, the field's keys move in it."""

    def __init__(self) -> None:
        super().__init__(style=CardStyle(edge="line2"))
        self.model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setUniformItemSizes(True)
        column = VBox(margins=(_EDGE, _EDGE, _EDGE, _EDGE), parent=self)
        column.addWidget(self.view)
        self.hide()

    def offer(self, rows: Sequence[str]) -> None:
        """Show these."""
        self.model.clear()
        for words in rows:
            item = QStandardItem(words)
            item.setSizeHint(QSize(0, _ROW))
            self.model.appendRow(item)
        theme, colours = theme_of(self.parentWidget()), self.view.palette()
        colours.setColor(QPalette.ColorRole.Highlight, theme.colour("accent_tint"))
        colours.setColor(QPalette.ColorRole.HighlightedText, theme.colour("accent"))
        self.view.setPalette(colours)

    def row(self) -> int:
        """Which one is at hand."""
        return self.view.currentIndex().row()

    def move_to(self, row: int) -> str:
        """Go to a row; returns its words."""
        index = self.model.index(row % self.model.rowCount(), 0)
        self.view.setCurrentIndex(index)
        return str(index.data())


class StaffField(FieldEdit):
    """Typing narrows the list; Down and Up move in it, Enter or Tab takes, Esc closes it.

    ``unknown`` is the sentence (a code of errors.yaml) for what names nobody. ``picked`` tells
    that another one, or nobody, stands in the field, ``entered`` that Enter took somebody.
    """

    picked, entered = Signal(), Signal()

    def __init__(self, unknown: str) -> None:
        super().__init__("")
        self._unknown = unknown
        self._colleagues: tuple[Colleague, ...] = ()
        self._shown: tuple[Colleague, ...] = ()
        self._chosen: Colleague | None = None
        self.list = _List()
        self.list.view.clicked.connect(lambda index: self._take(index.row()))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._typed)
        self.left.connect(self.settle)
        self.destroyed.connect(self.list.deleteLater)

    def staff(self) -> int | None:
        """The id of whom was chosen."""
        return self._chosen.id if self._chosen else None

    def colleagues(self) -> tuple[Colleague, ...]:
        """Whom one can choose from."""
        return self._colleagues

    def show_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        """Offer these; who was chosen stays while he is among them."""
        self._colleagues = tuple(colleagues)
        if self._chosen is not None:
            self.choose(self._chosen.id)
        elif self.edit.text().strip() and (self.error_text() or not self.edit.hasFocus()):
            # Typed and left, or refused, before anybody was known.
            self.set_error("")
            self.settle()

    def choose(self, staff: int | None) -> None:
        """Choose by id without a signal; an unknown one empties the field."""
        self._chosen = next((one for one in self._colleagues if one.id == staff), None)
        self.set_text(self._chosen.label() if self._chosen else "")
        self._close()

    def retranslate(self) -> None:
        """Say the chosen one's role anew."""
        if self._chosen is not None:
            self.set_text(self._chosen.label())

    def is_listing(self) -> bool:
        """Whether the list is open."""
        return self.list.isVisible()

    # -- the list -------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if self._chosen is not None:
            self._chosen = None
            self.picked.emit()
        if text.strip():
            self._open(text)
        else:
            self._close()

    def _open(self, text: str) -> None:
        self._shown = tuple(one for one in self._colleagues if one.is_meant_by(text))
        if not self._shown:
            self._close()
            return
        self._place()
        self.list.offer([one.row() for one in self._shown])
        self.list.show()
        self.list.raise_()
        self._move_to(0)

    def _place(self) -> None:
        # A child of the window, so that the scrolled form does not cut it.
        window = self.window()
        if self.list.parent() is not window:
            self.list.setParent(window)
        rows = min(len(self._shown), _MOST_ROWS)
        height = rows * _ROW + 2 * _EDGE
        place = self.edit.mapTo(window, QPoint(0, self.edit.height() + 4))
        width = max(self.edit.width(), _LEAST_WIDTH)
        left = min(place.x(), window.width() - width - 8)
        top = place.y()
        if top + height > window.height():
            top = self.edit.mapTo(window, QPoint(0, -4)).y() - height
        self.list.setGeometry(left, top, width, height)

    def _close(self) -> None:
        self.list.hide()
        self.edit.setAccessibleDescription(self.error_text())

    def _move_to(self, row: int) -> None:
        self.edit.setAccessibleDescription(self.list.move_to(row))

    def _take(self, row: int) -> None:
        self._chosen = self._shown[row]
        self.set_text(self._chosen.label())
        self._close()
        self.picked.emit()

    def settle(self) -> None:
        """Without a pick: the only one meant is chosen, otherwise the sentence says so."""
        self._close()
        text = self.edit.text()
        if self._chosen is not None or not text.strip():
            return
        meant = [one for one in self._colleagues if one.is_meant_by(text)]
        if len(meant) == 1:
            self._shown = tuple(meant)
            self._take(0)
        else:
            self.set_error(sentence(BadInput(self._unknown, field="staff")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while it is open; Down opens it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return bool(super().eventFilter(watched, event))

    def _key(self, key: Qt.Key) -> bool:
        if not self.is_listing():
            if key == Qt.Key.Key_Down:
                self._open("" if self._chosen else self.edit.text())
                return True
            return False
        row = self.list.row()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move_to(row + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(row)
            self.entered.emit()
        elif key == Qt.Key.Key_Tab:
            self._take(row)
            return False
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True
