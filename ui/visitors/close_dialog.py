"""Owns the end of the register's day: who is still inside has left or stays, one by one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from branch.kernel.errors import TingtangError
from branch.visitors.commands.day_end import CloseRegister
from branch.visitors.queries.register import Register, VisitorLine
from ui.models.visitor_words import area_label
from ui.shell.station import Station, sentence
from ui.visitors.cells import when_text
from ui.widgets.button import COMPACT, LARGE, DangerSolidButton, LinkButton, PlainButton
from ui.widgets.card import Separator
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import ElidedLabel, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

translate = QCoreApplication.translate

LEFT, STAYS = "left", "stays"
_CHOICE = TileStyle(
    44, min_width=96, left=14, right=12, gap=6, title_px=14, title_weight=500, title_line=21,
    right_gap=6, right_icon_px=16, check_mark=True,
)  # fmt: skip
_ROW, _MOST_ROWS = 65, 6


class CloseDialog(PanelDialog):
    """Nothing is chosen in advance: nobody leaves the list by himself. ``closed``: it ended."""

    closed = Signal()

    def __init__(self, parent: QWidget, station: Station, register: Register) -> None:
        title = translate("CloseDialog", "结束今天的登记？")
        super().__init__(parent, title, width=680)
        self._station = station
        self._inside = register.inside
        self.rows: dict[int, StillInside] = {}
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        self.text = Label(self._told(register), TextRole(15, 400, "ink2"), wrap=True)
        self.body.addWidget(self.text)
        self.all_button = LinkButton(self.tr("全部已离开"), size=COMPACT)
        self.all_button.setVisible(len(self._inside) > 1)
        self.all_button.setAutoDefault(False)
        self.all_button.clicked.connect(self._all_left)
        if self._inside:
            self.body.add_gap(12)
            self.body.addWidget(self._list())
            self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("继续登记"), size=LARGE)
        self.close_button = DangerSolidButton(self.tr("结束登记"), size=LARGE)
        for button in (self.cancel_button, self.close_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.close_button.clicked.connect(self._close)
        self.cancel_button.setAutoDefault(True)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self._enable()

    def _told(self, register: Register) -> str:
        parts = []
        if register.inside:
            text = self.tr("还有 {n} 位访客在场，请逐一选择。已离开的算作牌已收回。")
            parts.append(text.format(n=len(register.inside)))
        else:
            parts.append(self.tr("没有访客在场。"))
        if register.expected:
            text = self.tr("今天预约未到的 {n} 位记为未到。")
            parts.append(text.format(n=len(register.expected)))
        if register.held:
            text = self.tr("还有 {n} 位需主管确认，请先处理。")
            parts.append(text.format(n=len(register.held)))
        return "\n".join(parts)

    def _list(self) -> QWidget:
        inside = QWidget()
        column = VBox(parent=inside)
        for line in self._inside:
            row = StillInside(self._station, line)
            row.group.buttonClicked.connect(self._enable)
            self.rows[line.id] = row
            column.addWidget(row)
            column.addWidget(Separator())
        column.addStretch(1)
        area = ScrollArea(inside)
        area.setFixedHeight(_ROW * min(len(self._inside), _MOST_ROWS) + 2)
        return area

    def _all_left(self) -> None:
        for row in self.rows.values():
            row.choose(LEFT)
        self._enable()

    def _enable(self) -> None:
        self.close_button.setEnabled(all(row.decision() for row in self.rows.values()))

    def _close(self) -> None:
        self.close_button.setEnabled(False)
        decisions = {visitor: row.decision() for visitor, row in self.rows.items()}
        self._station.run(self, CloseRegister(decisions), self._done, self._refused)

    def _done(self, _outcome: object) -> None:
        self.closed.emit()
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self._enable()
        self.error.show_error(sentence(error))
        self.adjustSize()


class StillInside(QWidget):
    """One visitor and the two answers, none of them given."""

    def __init__(self, station: Station, line: VisitorLine) -> None:
        super().__init__()
        between = self.tr("，")
        name = Label(line.shown_name, TextRole(14, 700))
        came = self.tr("{time} 到访").format(time=when_text(line.came_at, station))
        told = between.join(part for part in (line.unit, area_label(line.area), came) if part)
        words = VBox(spacing=2)
        head = HBox(spacing=8)
        head.addWidget(name)
        head.addWidget(Label(line.badge, TextRole(14, 500)))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(ElidedLabel(told, TextRole(13, 400, "ink2")))
        row = HBox(spacing=8, margins=(0, 8, 8, 8), parent=self)
        row.addLayout(words, 1)
        self.group = QButtonGroup(self)
        self._tiles: dict[str, Tile] = {}
        for key, text in ((LEFT, self.tr("已离开")), (STAYS, self.tr("留下"))):
            tile = Tile(_CHOICE, TileContent(text))
            tile.setCheckable(True)
            tile.setAccessibleName(f"{line.shown_name} {text}")
            self._tiles[key] = tile
            self.group.addButton(tile)
            row.addWidget(tile)

    def tile(self, key: str) -> Tile:
        """The tile of an answer."""
        return self._tiles[key]

    def choose(self, key: str) -> None:
        """Give an answer."""
        self._tiles[key].setChecked(True)

    def decision(self) -> str:
        """The answer given, or an empty text."""
        return next((key for key, tile in self._tiles.items() if tile.isChecked()), "")
