"""Owns the cells a recovery key is typed, pasted or scanned into; must not try the key."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from branch.kernel.keys import GROUP_SIZE, GROUPS, group_is_right, plain_letters
from ui.widgets.label import SMALL, Label
from ui.widgets.stage import Grid, VBox

_ACROSS: Final = 5
_HINTS: Final = (
    Qt.InputMethodHint.ImhUppercaseOnly
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhSensitiveData
)


class _Group(QLineEdit):
    """One group; an empty one gives Backspace back to the group before it."""

    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)


class RecoveryFields(QWidget):
    """The groups as they stand on paper, numbered. Blanks and dashes do not matter; what is more
    than a group holds runs on into the next, so that a whole key can be pasted or scanned."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = Grid(spacing=8, parent=self)
        self.groups = [_Group() for _ in range(GROUPS)]
        for at, edit in enumerate(self.groups):
            edit.setInputMethodHints(_HINTS)
            edit.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            edit.setProperty("ownFocus", True)
            edit.setProperty("tall", True)
            edit.setMinimumWidth(92)
            cell = VBox(spacing=2)
            number = Label(str(at + 1), SMALL)
            number.setBuddy(edit)
            cell.addWidget(number)
            cell.addWidget(edit)
            grid.addLayout(cell, at // _ACROSS, at % _ACROSS)
            edit.textEdited.connect(partial(self._spread, at))
            edit.emptied.connect(partial(self._step_back, at))
            edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.groups[0])
        self.retranslate()

    def text(self) -> str:
        """Everything that was typed, group by group."""
        return "-".join(edit.text() for edit in self.groups)

    def clear(self) -> None:
        """Let go of what was typed."""
        for edit in self.groups:
            edit.clear()
            _mark(edit, False)

    def first_doubt(self) -> int | None:
        """The place of the first group that cannot be right yet; None when all can."""
        for at, edit in enumerate(self.groups):
            if not group_is_right(edit.text(), at):
                return at
        return None

    def point_at(self, place: int) -> None:
        """Mark a group as wrong and go there."""
        _mark(self.groups[place], True)
        self.groups[place].setFocus()
        self.groups[place].selectAll()

    def retranslate(self) -> None:
        """Take the words anew."""
        for at, edit in enumerate(self.groups):
            edit.setAccessibleName(self.tr("第 {n} 组").format(n=at + 1))

    def _spread(self, at: int, text: str) -> None:
        """Keep a group's letters here and hand the rest on."""
        plain = plain_letters(text)
        while True:
            edit, kept = self.groups[at], plain[:GROUP_SIZE]
            if edit.text() != kept:
                cursor = edit.cursorPosition()
                edit.setText(kept)
                edit.setCursorPosition(cursor)
            full = len(kept) == GROUP_SIZE
            _mark(edit, full and not group_is_right(kept, at))
            plain = plain[GROUP_SIZE:]
            if not full or at + 1 == GROUPS:
                break
            if 0 < len(plain) < GROUP_SIZE and self.groups[at + 1].text():
                # One letter too many in a group that is corrected: the next one stays.
                break
            if not plain:
                self.groups[at + 1].setFocus()
                break
            at += 1
            self.groups[at].setFocus()

    def _step_back(self, at: int) -> None:
        if at:
            self.groups[at - 1].setFocus()


def _mark(edit: QLineEdit, wrong: bool) -> None:
    if bool(edit.property("wrong")) != wrong:
        edit.setProperty("wrong", wrong)
        edit.style().unpolish(edit)
        edit.style().polish(edit)
