"""Owns what stands there while no roll is called: how the past ones ended, who was not found; must
not begin one."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.visitors.queries.rollcall import RollCall, RollMark
from ui.models.roll_words import (
    duration_text,
    last_place,
    mark_label,
    result_text,
    roll_kind_label,
    shown_name,
)
from ui.visitors.roll_desk import RollDesk
from ui.widgets.call_list import CallLine, CallList
from ui.widgets.card import Card
from ui.widgets.figure_table import FigureTable
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.stage import HBox, VBox


class PastRollCalls(QWidget):
    """A table of the past roll calls; beside it whoever was not accounted for in the chosen one."""

    def __init__(self, desk: RollDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._past: tuple[RollCall, ...] = ()
        self.title = Label("", CARD_TITLE)
        self.table = FigureTable()
        left = Card()
        column = VBox(margins=(20, 18, 20, 16), parent=left)
        column.addWidget(self.title)
        column.add_gap(10)
        column.addWidget(self.table, 1)
        self.left_title = Label("", CARD_TITLE)
        self.result = Label("", SECOND, wrap=True)
        self.people = CallList()
        right = Card()
        right.setFixedWidth(380)
        column = VBox(margins=(6, 18, 6, 16), parent=right)
        words = VBox(spacing=6, margins=(14, 0, 14, 8))
        words.addWidget(self.left_title)
        words.addWidget(self.result)
        column.addLayout(words)
        column.addWidget(self.people, 1)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left, 1)
        row.addWidget(right)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.retranslate()

    def ask(self) -> None:
        """Look anew."""
        self._desk.ask_past(self, self._take)

    def _take(self, past: tuple[RollCall, ...]) -> None:
        self._past = past
        self._show()

    def _show(self) -> None:
        heads = (
            self.tr("时间"), self.tr("点名类型"), self.tr("人数"), self.tr("安全"),
            self.tr("不在场"), self.tr("未找到"), self.tr("未确认"), self.tr("用时"),
            self.tr("发起人"),
        )  # fmt: skip
        self.table.show_rows(heads, [self._row(call) for call in self._past])
        if self._past and self.table.currentRow() < 0:
            self.table.selectRow(0)
        self._show_chosen()

    def _row(self, call: RollCall) -> list[str]:
        states = [mark.state for mark in call.marks]
        took = (call.ended_at or call.started_at) - call.started_at
        return [
            f"{self._desk.station.local(call.started_at):%m-%d %H:%M}",
            roll_kind_label(call.kind),
            str(len(states)),
            *(str(states.count(state)) for state in ("safe", "not_here", "missing", "unconfirmed")),
            duration_text(took),
            call.started_by,
        ]

    def _show_chosen(self) -> None:
        row = self.table.currentRow()
        if not 0 <= row < len(self._past):
            self.result.setText(self.tr("还没有点过名"))
            self.people.show_lines(())
            return
        call = self._past[row]
        self.result.setText(result_text(call))
        self.people.show_lines(
            [
                CallLine(
                    mark.badge,
                    shown_name(mark),
                    self._where(mark),
                    wrong=mark.state == "missing",
                )
                for mark in call.unconfirmed
            ]
        )  # fmt: skip

    def _where(self, mark: RollMark) -> str:
        parts = (mark_label(mark.state), last_place(mark))
        return self.tr("，").join(part for part in parts if part)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("历次点名"))
        self.left_title.setText(self.tr("没有确认的人"))
        self.table.setAccessibleName(self.tr("历次点名"))
        self.people.setAccessibleName(self.tr("没有确认的人"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
