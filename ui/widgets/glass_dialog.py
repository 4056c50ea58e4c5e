"""Owns the question before emergency access to full personal values: why; must not show any."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QWidget

from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.errors import TingtangError
from branch.people.commands import BreakGlass
from branch.people.rules import GLASS_MS, GLASS_REASONS
from ui.models.people_words import glass_reason
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, DangerSolidButton, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.leaving import ask_to_leave
from ui.widgets.stage import Grid, HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

translate = QCoreApplication.translate

_MINUTES = GLASS_MS // MS_PER_MINUTE
_REASON = TileStyle(
    48, min_width=120, left=15, right=15, gap=10, title_px=15, title_weight=500, title_line=20,
    right_gap=8, right_icon_px=18, check_mark=True, most_lines=2,
)  # fmt: skip


class GlassDialog(PanelDialog):
    """Takes emergency access in the name of the station's person.

    ``broken`` carries until when (milliseconds). Both a reason and words are needed. A refusal is
    said here and everything typed stays.
    """

    broken = Signal(object)

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("GlassDialog", "紧急查看完整信息？")
        super().__init__(parent, title, width=620)
        self._station = station
        head = HBox(spacing=16)
        words = VBox()
        words.addWidget(Label(title, TextRole(20, 700), wrap=True))
        words.add_gap(6)
        told = self.tr(
            "只在有人身、财产危险时使用，{n} 分钟后自动结束。主管和网点负责人马上会看到，并要复核。"
        ).format(n=_MINUTES)
        words.addWidget(Label(told, TextRole(15, 400, "ink2"), wrap=True))
        head.addWidget(StatusGlyph(State.URGENT, 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.setAccessibleDescription(told)
        self.body.addLayout(head)
        self.body.add_gap(18)
        self.body.addWidget(Label(self.tr("原因"), SECTION))
        self.body.add_gap(8)
        self._tiles: dict[str, Tile] = {}
        group, grid = QButtonGroup(self), Grid(columns=2, spacing=8)
        for at, code in enumerate(GLASS_REASONS):
            tile = Tile(_REASON, TileContent(glass_reason(code)))
            tile.setCheckable(True)
            tile.clicked.connect(self._enable)
            group.addButton(tile)
            self._tiles[code] = tile
            grid.addWidget(tile, at // 2, at % 2)
        self.body.addLayout(grid)
        self.body.add_gap(8)
        hint = self.tr("请写明发生了什么、要查什么")
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(hint)
        self.words.setAccessibleName(hint)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(72)
        self.body.addWidget(self.words)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.break_button = DangerSolidButton(self.tr("紧急查看"), size=LARGE)
        for button in (self.cancel_button, self.break_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.break_button.clicked.connect(self._break)
        self.words.textChanged.connect(self._enable)
        self._enable()
        self._tiles[GLASS_REASONS[0]].setFocus()

    def tile(self, code: str) -> Tile:
        """The tile of one reason."""
        return self._tiles[code]

    def reject(self) -> None:
        """Words are not left by a slip of the hand."""
        if self.words.toPlainText().strip():
            ask_to_leave(self, self._leave)
        else:
            super().reject()

    def _leave(self) -> None:
        super().reject()

    def _reason(self) -> str:
        return next((code for code, tile in self._tiles.items() if tile.isChecked()), "")

    def _enable(self) -> None:
        self.break_button.setEnabled(bool(self._reason() and self.words.toPlainText().strip()))

    def _break(self) -> None:
        self.error.show_error("")
        self.break_button.setEnabled(False)
        command = BreakGlass(self._reason(), self.words.toPlainText())
        self._station.run(self, command, self._done, self._refused)

    def _done(self, until: int) -> None:
        self.broken.emit(until)
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))
        self._enable()
        # Pressed, the button gave the keyboard away; what can be put right are the words.
        self.words.setFocus()
        self.adjustSize()
