"""Owns the card of what was promised, by whom and by when; must not promise anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.rooms.lines import PromiseLine, PromiseRow
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.card import CANVAS_WELL, Card, Well
from ui.widgets.label import CARD_TITLE, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear

_ADD: Final = replace(COMPACT, padding=4)
_SECOND: Final = TextRole(14, 400, "ink2")


class PromiseCard(Card):
    """The promises under each other, the rule below; ``add_wanted`` asks for another."""

    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._needs_case = False
        self.title = Label("", CARD_TITLE)
        self.add_button = LinkButton("", size=_ADD, icon="plus")
        self.rule = Label("", _SECOND, wrap=True)
        sheet = QWidget()
        column = VBox(parent=sheet)
        self._rows = VBox()
        column.addLayout(self._rows)
        column.addStretch(1)
        area = ScrollArea(sheet, reached=True, bare=True)
        self.area = area
        well = Well(CANVAS_WELL)
        VBox(margins=(14, 12, 14, 12), parent=well).addWidget(self.rule)
        head = HBox()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.add_button)
        column = VBox(margins=(20, 18, 20, 18), parent=self)
        column.addLayout(head)
        column.add_gap(10)
        column.addWidget(area, 1)
        column.add_gap(10)
        column.addWidget(well)
        self.add_button.clicked.connect(self.add_wanted)
        self.retranslate()

    def show_promises(self, lines: Sequence[PromiseLine], *, needs_case: bool) -> None:
        """Show these; without a case nothing can be promised yet."""
        clear(self._rows)
        for line in lines:
            self._rows.addWidget(PromiseRow(line))
        self._needs_case = needs_case
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lines else Qt.FocusPolicy.NoFocus)
        self._say()

    def _say(self) -> None:
        if self._needs_case:
            self.rule.setText(self.tr("先登记或关联投诉，才能约定事项。"))
        else:
            self.rule.setText(
                self.tr("只约定本行能做到的事。金额、期限须经有权人同意后再告知客户。")
            )

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("约定事项"))
        self.area.setAccessibleName(self.tr("约定事项"))
        self.add_button.setText(self.tr("添加"))
        self.add_button.setAccessibleName(self.tr("添加约定事项"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
