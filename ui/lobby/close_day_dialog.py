"""Owns the end of the business day: what is still open and what becomes of it; runs CloseDay."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.lobby.commands.day import CloseDay
from ui.lobby.choice_dialog import CHOICE
from ui.lobby.picture import Picture
from ui.models.words import leave_reason
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, DangerSolidButton, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.stage import Grid, HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph
from ui.widgets.tile import Tile, TileContent

translate = QCoreApplication.translate

_REASONS = ("closing", "come_back", "self_service", "gave_up")
_MOST_NUMBERS = 18


class CloseDayDialog(PanelDialog):
    """Who still waits, and one reason for all of them. The safe button has the focus.

    ``closed`` gives what became of the tickets.
    """

    closed = Signal(object)

    def __init__(self, parent: QWidget, station: Station, shown: Picture) -> None:
        title = translate("CloseDayDialog", "结束营业？")
        super().__init__(parent, title, width=620)
        self._station, self._reasons = station, dict[str, Tile]()
        here = shown.console
        self._open = [*here.waiting, *here.held]
        head = HBox(spacing=16)
        head.addWidget(StatusGlyph(State.URGENT, 28), 0, Qt.AlignmentFlag.AlignTop)
        words = VBox()
        words.addWidget(Label(title, TextRole(20, 700)))
        words.add_gap(6)
        text = self.tr("所有柜台关闭，今天的号码不再叫。结束后不能撤销。")
        self.text = Label(text, TextRole(15, 400, "ink2"), wrap=True)
        words.addWidget(self.text)
        serving = [c.ticket.number for c in here.counters if c.ticket is not None]
        self.lists: list[Label] = []
        for template, numbers in (
            (self.tr("正在办理 {n} 人：{numbers}"), serving),
            (self.tr("还在等候 {n} 人：{numbers}"), [t.number for t in here.waiting]),
            (self.tr("挂起 {n} 人：{numbers}"), [t.number for t in here.held]),
            (self.tr("过号 {n} 人：{numbers}"), [t.number for t in here.missed]),
        ):
            if numbers:
                said = template.format(n=len(numbers), numbers=self._listed(numbers))
                label = Label(said, TextRole(15, 500), wrap=True)
                self.lists.append(label)
                words.add_gap(6)
                words.addWidget(label)
        head.addLayout(words, 1)
        self.body.addLayout(head)
        if self._open:
            self._add_reasons()
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("继续营业"), size=LARGE)
        self.close_button = DangerSolidButton(self.tr("结束营业"), size=LARGE)
        for button in (self.cancel_button, self.close_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.close_button.clicked.connect(self._close)
        self.cancel_button.setAutoDefault(True)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def reason_tile(self, code: str) -> Tile:
        """The tile of one reason."""
        return self._reasons[code]

    def _listed(self, numbers: list[str]) -> str:
        shown = self.tr("、").join(numbers[:_MOST_NUMBERS])
        return shown if len(numbers) <= _MOST_NUMBERS else f"{shown} …"

    def _add_reasons(self) -> None:
        self.body.add_gap(16)
        self.body.addWidget(Label(self.tr("还没办的客户记为"), SECTION))
        self.body.add_gap(8)
        grid = Grid(columns=2, spacing=8)
        for at, code in enumerate(_REASONS):
            tile = Tile(CHOICE, TileContent(leave_reason(code)))
            tile.setCheckable(True)
            tile.setChecked(code == _REASONS[0])
            tile.clicked.connect(lambda _on=False, code=code: self._give(code))
            self._reasons[code] = tile
            grid.addWidget(tile, at // 2, at % 2)
        self.body.addLayout(grid)

    def _give(self, code: str) -> None:
        for other, tile in self._reasons.items():
            tile.setChecked(other == code)

    def _close(self) -> None:
        self.close_button.setEnabled(False)
        reason = next((c for c, tile in self._reasons.items() if tile.isChecked()), _REASONS[0])
        decisions = {ticket.id: reason for ticket in self._open}
        self._station.run(self, CloseDay(decisions), self._closed, self._refused)

    def _closed(self, outcome: object) -> None:
        self.closed.emit(outcome)
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.close_button.setEnabled(True)
        self.error.show_error(sentence(error))
        self.adjustSize()
