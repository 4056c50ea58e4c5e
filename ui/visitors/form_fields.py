"""Owns the parts a visitor's details are typed in: purpose, choice by code; must not send them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from branch.visitors.rules import PURPOSES
from ui.models.visitor_words import purpose_label
from ui.widgets.choice import SegmentedControl

_SIDE_BY_SIDE = 4
_MORE = "more"


class PurposeChoice(QWidget):
    """The four frequent purposes side by side, the others behind 更多; one is always chosen."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._code = PURPOSES[0]
        self._frequent, self._rare = PURPOSES[:_SIDE_BY_SIDE], PURPOSES[_SIDE_BY_SIDE:]
        self.segments = SegmentedControl(
            [(code, code) for code in (*self._frequent, _MORE)], padding=8
        )
        self.segments.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for code in self._rare:
            action = self.menu.addAction("")
            action.triggered.connect(lambda _on=False, code=code: self._press(code))
            self._actions[code] = action
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.segments)
        self.segments.chosen.connect(self._press)
        # Whatever closes the menu, what is chosen shows again.
        self.menu.aboutToHide.connect(lambda: self.choose(self._code))
        self.retranslate()

    def code(self) -> str:
        """The purpose chosen."""
        return self._code

    def choose(self, code: str) -> None:
        """Choose without telling anybody."""
        self._code = code
        self.segments.set_current(code if code in self._frequent else _MORE)
        self._name_more()

    def buttons(self) -> tuple[QPushButton, ...]:
        """The segments, as the keyboard comes to them."""
        return tuple(self.segments.segment(key) for key in (*self._frequent, _MORE))

    def _press(self, key: str) -> None:
        if key == _MORE:
            below = self.segments.segment(_MORE)
            self.menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))
            self.menu.setActiveAction(self._actions[self._rare[0]])
            return
        self.choose(key)
        self.chosen.emit()

    def _name_more(self) -> None:
        more = self.tr("更多") if self._code in self._frequent else purpose_label(self._code)
        self.segments.set_texts({_MORE: more})

    def retranslate(self) -> None:
        """Take the words anew."""
        self.segments.setAccessibleName(self.tr("来访目的"))
        self.segments.set_texts({code: purpose_label(code) for code in self._frequent})
        for code, action in self._actions.items():
            action.setText(purpose_label(code))
        self._name_more()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
