"""Owns the question of a call out of turn: which counter, and why; must not call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branch.lobby.queries.waiting import CounterNow, QueuedTicket, can_call
from branch.lobby.rules import CALL_REASONS
from ui.lobby.choice_dialog import CHOICE
from ui.lobby.sayings import counter_label
from ui.models.words import call_reason
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.stage import Grid
from ui.widgets.tile import Tile, TileContent

translate = QCoreApplication.translate

_COUNTER = replace(CHOICE, height=56, second_px=12, second_line=17, title_line=20)


class CallDialog(PanelDialog):
    """Only open counters where nobody is can be chosen; the others say why not.

    ``wanted`` gives counter, reason and text; the dialog stays until ``accept`` or a refusal is
    shown by ``refuse``.
    """

    wanted = Signal(int, str, str)

    def __init__(
        self,
        parent: QWidget,
        ticket: QueuedTicket,
        counters: Sequence[CounterNow],
        *,
        reason: str = "",
    ) -> None:
        title = translate("CallDialog", "优先叫号 {number}").format(number=ticket.number)
        super().__init__(parent, title, width=620)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        told = self.tr("马上叫到所选柜台，原因会记下来。")
        self.body.addWidget(Label(told, TextRole(15, 400, "ink2"), wrap=True))
        self.body.add_gap(18)
        self.body.addWidget(Label(self.tr("叫到哪个柜台"), SECTION))
        self.body.add_gap(8)
        self._counters: dict[int, Tile] = {}
        self._reasons: dict[str, Tile] = {}
        self._add_counters(ticket, counters)
        self.body.add_gap(18)
        self.body.addWidget(Label(self.tr("原因"), SECTION))
        self.body.add_gap(8)
        self._add_reasons(reason)
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(self.tr("补充说明，选择“其他”时请写明"))
        self.words.setAccessibleName(self.tr("补充说明，选择“其他”时请写明"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(64)
        self.body.add_gap(8)
        self.body.addWidget(self.words)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.call_button = PrimaryButton(self.tr("优先叫号"), size=LARGE, icon="speaker")
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.call_button)
        self.cancel_button.clicked.connect(self.reject)
        self.call_button.clicked.connect(self._call)
        self.call_button.setDefault(True)
        self.words.textChanged.connect(self._enable)
        self._enable()
        if not self._free():
            self.error.show_error(self.tr("现在没有空闲的柜台，等柜台办结后再叫。"))

    def counter_tile(self, number: int) -> Tile:
        """The tile of one counter."""
        return self._counters[number]

    def reason_tile(self, code: str) -> Tile:
        """The tile of one reason."""
        return self._reasons[code]

    def refuse(self, text: str) -> None:
        """Say why it was not done; everything chosen and typed stays."""
        self.error.show_error(text)
        self.call_button.setEnabled(True)
        self.adjustSize()

    def _add_counters(self, ticket: QueuedTicket, counters: Sequence[CounterNow]) -> None:
        grid = Grid(columns=3, spacing=8)
        # Who can do the service comes first; a colleague may still take the customer in.
        order = sorted(counters, key=lambda c: (not can_call(c, ticket), c.number))
        for at, counter in enumerate(order):
            free = counter.state == "open" and counter.ticket is None
            tile = Tile(
                _COUNTER,
                TileContent(counter_label(counter), second=self._standing(counter, ticket)),
            )
            tile.setCheckable(True)
            tile.setEnabled(free)
            tile.clicked.connect(lambda _on=False, number=counter.number: self._take(number))
            self._counters[counter.number] = tile
            grid.addWidget(tile, at // 3, at % 3)
        self.body.addLayout(grid)
        fitting = [c.number for c in order if self._counters[c.number].isEnabled()]
        if fitting:
            self._counters[fitting[0]].setChecked(True)

    def _standing(self, counter: CounterNow, ticket: QueuedTicket) -> str:
        if counter.ticket is not None:
            return self.tr("正在办理 {number}").format(number=counter.ticket.number)
        if counter.state == "paused":
            return self.tr("暂停")
        if counter.state == "closed":
            return self.tr("未开")
        if not can_call(counter, ticket):
            return self.tr("空闲，不办这项业务")
        return self.tr("空闲")

    def _add_reasons(self, chosen: str) -> None:
        grid = Grid(columns=3, spacing=8)
        for at, code in enumerate(CALL_REASONS):
            tile = Tile(CHOICE, TileContent(call_reason(code)))
            tile.setCheckable(True)
            tile.setChecked(code == chosen)
            tile.clicked.connect(lambda _on=False, code=code: self._give(code))
            self._reasons[code] = tile
            grid.addWidget(tile, at // 3, at % 3)
        self.body.addLayout(grid)

    def _take(self, number: int) -> None:
        for other, tile in self._counters.items():
            tile.setChecked(other == number)
        self._enable()

    def _give(self, code: str) -> None:
        for other, tile in self._reasons.items():
            tile.setChecked(other == code)
        if code == "other":
            self.words.setFocus()
        self._enable()

    def _free(self) -> bool:
        return any(tile.isEnabled() for tile in self._counters.values())

    def _chosen(self) -> tuple[int, str, str]:
        number = next((n for n, tile in self._counters.items() if tile.isChecked()), 0)
        code = next((c for c, tile in self._reasons.items() if tile.isChecked()), "")
        return number, code, self.words.toPlainText().strip()

    def _enable(self) -> None:
        number, code, text = self._chosen()
        self.call_button.setEnabled(bool(number and code and (code != "other" or text)))

    def _call(self) -> None:
        self.error.show_error("")
        self.call_button.setEnabled(False)
        self.wanted.emit(*self._chosen())
