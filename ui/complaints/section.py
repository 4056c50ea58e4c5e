"""Owns the look of a section of a case: caption, one button, lines of day, words, person; knows no
case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.card import Separator
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, Chip, StatusChip

_WHEN: Final = 96
_TOP: Final = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class Line:
    """One line: when, its chip, what, by whom, and the words that were typed."""

    when: str
    what: str
    who: str
    text: str = ""
    chip: Chip | None = None

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        chip = self.chip.text if self.chip else ""
        return "，".join(part for part in (self.when, chip, self.what, self.who, self.text) if part)


class SectionLine(QWidget):
    """A line of a section, with its buttons under it."""

    def __init__(self, line: Line, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setAccessibleName(line.spoken())
        when = Label(line.when, TextRole(14, 400, "ink3"))
        when.setMinimumWidth(_WHEN)
        row = HBox(spacing=12)
        row.addWidget(when, 0, _TOP)
        if line.chip is not None and line.chip.state is not None:
            chip = StatusChip(line.chip.state, line.chip.text, icon=line.chip.icon, size=CHIP_SMALL)
            row.addWidget(chip, 0, _TOP)
        row.addWidget(Label(line.what, TextRole(14), wrap=True), 1, _TOP)
        row.addWidget(Label(line.who, TextRole(14, 400, "ink3")), 0, _TOP)
        column = VBox(margins=(0, 0, 0, 12), parent=self)
        column.addLayout(row)
        if line.text:
            words = Label(line.text, TextRole(13, 400, "ink2"), wrap=True)
            words.setContentsMargins(_WHEN + 12, 3, 0, 0)
            column.addWidget(words)
        if buttons:
            below = HBox(spacing=4, margins=(_WHEN, 2, 0, 0))
            for button in buttons:
                below.addWidget(button)
            below.addStretch(1)
            column.addLayout(below)


class Section(QWidget):
    """A rule, a caption, a button at its right, a sentence, and the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = Label("", SECTION)
        self.button = LinkButton("", size=COMPACT, icon="plus")
        self.told = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self.head = HBox(spacing=8)
        self.head.addWidget(self.caption)
        self.head.addStretch(1)
        self.head.addWidget(self.button)
        self.column = VBox(margins=(0, 14, 0, 0), parent=self)
        self.column.addWidget(Separator())
        self.column.add_gap(12)
        self.column.addLayout(self.head)
        self.column.add_gap(8)
        self.column.addWidget(self.told)
        self.lines = VBox()
        self.column.addLayout(self.lines)
        self.shown: list[Line] = []

    def begin(self) -> None:
        """Take the lines away before new ones are added."""
        clear(self.lines)
        self.shown = []

    def add(self, line: Line, buttons: Sequence[QWidget] = ()) -> None:
        """Another line."""
        self.shown.append(line)
        self.lines.addWidget(SectionLine(line, buttons))

    def say(self, text: str) -> None:
        """The sentence under the caption; none takes no room."""
        self.told.setText(text)
        self.told.setVisible(bool(text))
