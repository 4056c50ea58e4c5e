"""Owns the board: the running cases in columns by state; must not change one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.desk import CaseLine
from branch.complaints.rules import State
from ui.complaints.case_list import CaseList
from ui.widgets.card import Card, Separator
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox

# A column for each thing that waits to be done.
_COLUMNS: Final[dict[str, tuple[State, ...]]] = {
    "received": (State.RECEIVED,),
    "accepted": (State.ACCEPTED,),
    "investigating": (State.ASSIGNED, State.INVESTIGATING),
    "drafted": (State.DRAFTED,),
    "decided": (State.DECIDED,),
    "replied": (State.REPLIED,),
    "re_review": (State.RE_REVIEW,),
}
# Rare, and the superior body's: there only while one runs.
_SELDOM: Final = frozenset({"re_review"})


class _Column(Card):
    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedLabel("", TextRole(14, 700))
        self.count = Label("", CAPTION)
        head = HBox(spacing=8, margins=(14, 11, 12, 11))
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        self.list = CaseList(compact=True)
        column = VBox(margins=(1, 1, 1, 9), parent=self)
        column.addLayout(head)
        column.addWidget(Separator())
        column.addWidget(self.list, 1)


class BoardPage(QWidget):
    """``opened`` carries the id of the case that was pressed."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = {key: _Column() for key in _COLUMNS}
        row = HBox(spacing=12, parent=self)
        for column in self.columns.values():
            column.list.opened.connect(self.opened)
            row.addWidget(column, 1)
        for key in _SELDOM:
            self.columns[key].hide()
        self.retranslate()

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show the running cases as they stand today."""
        for key, states in _COLUMNS.items():
            mine = tuple(line for line in lines if line.state in states)
            self.columns[key].list.show_lines(mine, today)
            self.columns[key].count.setText(str(len(mine)))
            if key in _SELDOM:
                self.columns[key].setVisible(bool(mine))

    def retranslate(self) -> None:
        """Take all words anew."""
        words = {
            "received": self.tr("待受理"),
            "accepted": self.tr("待转办"),
            "investigating": self.tr("调查中"),
            "drafted": self.tr("待审批"),
            "decided": self.tr("待答复"),
            "replied": self.tr("待办结"),
            "re_review": self.tr("核查中"),
        }
        for key, column in self.columns.items():
            column.title.set_text(words[key])
            column.list.setAccessibleName(words[key])
            column.list.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
