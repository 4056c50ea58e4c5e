"""Owns the first page in big letters, and its lists: five everyday words, one column, loud help."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal

from ui.kiosk.mode import Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.shell.language import ENGLISH, language
from ui.shell.station import Station
from ui.shell.theme import ELDER
from ui.widgets.button import ELDER_TOOL, PlainButton
from ui.widgets.label import TextRole
from ui.widgets.stage import HBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import ELDER_ROW, ELDER_SOLID

OTHER: Final = "other"
# The everyday words stand for these groups; what else there is hides behind "other".
_EVERYDAY: Final[tuple[str, ...]] = ("cash", "pension", "cards", "transfer")
_LOW_ROWS: Final = 2
_ROW: Final = replace(ELDER_ROW, most_lines=2)
_NAME: Final = replace(ELDER_ROW, most_lines=2, icon_px=0, second_px=0)
# Long English names of services take two lines of a row.
_NAME_EN: Final = replace(_NAME, title_px=56, title_line=68)


class ElderHome(KioskPage):
    """``group_wanted`` carries a group's code, or ``other`` for the groups without a word."""

    group_wanted = Signal(str)
    contrast_wanted = Signal()
    plain_wanted = Signal()
    takes_code = True

    def __init__(self, station: Station, mode: Mode, shown: Picture) -> None:
        super().__init__(station, mode)
        self._page = 0
        known = {entry.group.code for entry in shown.kiosk.groups}
        self._codes = [code for code in _EVERYDAY if code in known]
        if known - set(_EVERYDAY):
            self._codes.append(OTHER)
        low = mode.low
        self.greeting = Paragraph(TextRole(ELDER.greeting, 700), 101)
        self.question = Paragraph(TextRole(ELDER.second), 70)
        self.body.add_gap(0 if low else 12)
        self.body.addWidget(self.greeting)
        self.body.add_gap(3)
        self.body.addWidget(self.question)
        self.body.add_gap(20 if low else 36)
        self.tiles: list[Tile] = []
        count = len(self._codes)
        for at in range(min(count, _LOW_ROWS) if low else count):
            tile = Tile(_ROW)
            tile.clicked.connect(lambda _checked=False, at=at: self._choose(at))
            if at:
                self.body.add_gap(20)
            self.body.addWidget(tile)
            self.tiles.append(tile)
        self.body.add_gap(28)
        self.help = Tile(ELDER_SOLID)
        self.help.clicked.connect(self.help_wanted)
        self.body.addWidget(self.help)
        self.body.addStretch(1)
        self.more = PlainButton("", size=ELDER_TOOL, icon="list")
        self.contrast = PlainButton("", size=ELDER_TOOL, icon="contrast")
        self.plain = PlainButton("", size=ELDER_TOOL, icon="big-letters")
        self.more.clicked.connect(self._turn)
        self.contrast.clicked.connect(self.contrast_wanted)
        self.plain.clicked.connect(self.plain_wanted)
        tools = HBox(spacing=20)
        for button in (self.more, self.contrast, self.plain):
            tools.addWidget(button, 1)
        self.body.addLayout(tools)
        self.more.setVisible(len(self.tiles) < count)
        self.retranslate()

    def _shown_codes(self) -> list[str]:
        first = self._page * len(self.tiles)
        return self._codes[first : first + len(self.tiles)]

    def _choose(self, at: int) -> None:
        self.group_wanted.emit(self._shown_codes()[at])

    def _turn(self) -> None:
        self._page = (self._page + 1) % -(-len(self._codes) // len(self.tiles))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.greeting.setText(self.tr("您好！"))
        self.question.setText(self.tr("请问您要办什么业务？"))
        words = {
            "cash": TileContent(self.tr("存钱、取钱"), self.tr("现金、存折、零钱"), icon="cash"),
            "pension": TileContent(
                self.tr("养老金、社保卡"), self.tr("领取、查询、换卡"), icon="passbook"
            ),
            "cards": TileContent(
                self.tr("银行卡、密码"), self.tr("挂失、补卡、改密码"), icon="card"
            ),
            "transfer": TileContent(
                self.tr("转账汇款"), self.tr("给家人朋友汇款"), icon="transfer"
            ),
            OTHER: TileContent(self.tr("其他业务"), self.tr("不清楚也可以点这里"), icon="list"),
        }
        codes = self._shown_codes()
        for tile, code in zip(self.tiles, codes, strict=False):
            tile.set_content(words[code])
        for at, tile in enumerate(self.tiles):
            tile.setVisible(at < len(codes))
        self.help.set_content(
            TileContent(self.tr("请人帮我办"), self.tr("大堂经理马上来到您身边"), icon="help")
        )
        self.more.setText(self.tr("更多业务"))
        self.contrast.setText(self.tr("普通色") if self.mode.contrast else self.tr("高对比"))
        self.plain.setText(self.tr("普通版"))


class ElderList(KioskPage):
    """One column of big rows: the groups without an everyday word, or a group's services.

    ``chosen`` carries the code of the row's group or service.
    """

    chosen = Signal(str)

    def __init__(self, station: Station, mode: Mode, shown: Picture, group: str) -> None:
        super().__init__(station, mode, back=True)
        self._shown, self._group = shown, group
        self._page = 0
        self.title = Paragraph(TextRole(ELDER.title, 700), 90, wrap=True)
        self.body.add_gap(8 if mode.low else 20)
        self.body.addWidget(self.title)
        self.body.add_gap(16 if mode.low else 28)
        count = len(self._codes())
        self._size = min(count, 3 if mode.low else 6)
        self.tiles: list[Tile] = []
        for at in range(self._size):
            tile = Tile(_NAME)
            tile.clicked.connect(lambda _checked=False, at=at: self._choose(at))
            if at:
                self.body.add_gap(20)
            self.body.addWidget(tile)
            self.tiles.append(tile)
        self.body.add_gap(20)
        self.more = PlainButton("", size=ELDER_TOOL, icon="list")
        self.more.clicked.connect(self._turn)
        self.more.setVisible(count > self._size)
        self.body.addWidget(self.more)
        self.body.addStretch(1)
        self.retranslate()

    def _codes(self) -> list[str]:
        if self._group == OTHER:
            codes = (entry.group.code for entry in self._shown.kiosk.groups)
            return [code for code in codes if code not in _EVERYDAY]
        entry = self._shown.group(self._group)
        return [service.code for service in entry.services] if entry else []

    def _shown_codes(self) -> list[str]:
        first = self._page * self._size
        return self._codes()[first : first + self._size]

    def _pages(self) -> int:
        return -(-len(self._codes()) // self._size) if self._size else 1

    def _choose(self, at: int) -> None:
        self.chosen.emit(self._shown_codes()[at])

    def _turn(self) -> None:
        self._page = (self._page + 1) % self._pages()
        self.retranslate()

    def _words(self, code: str) -> TileContent:
        spoken = language().code
        if self._group == OTHER:
            entry = self._shown.group(code)
            assert entry is not None  # its code comes from this picture
            group = entry.group
            return TileContent(group.name.text(spoken), group.hint.text(spoken), icon=group.icon)
        found = self._shown.of_service(code)
        assert found is not None  # its code comes from this picture
        return TileContent(found[1].name.text(spoken))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        entry = self._shown.group(self._group)
        spoken = language().code
        self.title.setText(entry.group.name.text(spoken) if entry else self.tr("其他业务"))
        name = _NAME_EN if spoken == ENGLISH else _NAME
        codes = self._shown_codes()
        for tile, code in zip(self.tiles, codes, strict=False):
            tile.set_style(_ROW if self._group == OTHER else name)
            tile.set_content(self._words(code))
        for at, tile in enumerate(self.tiles):
            tile.setVisible(at < len(codes))
        self.more.setText(
            self.tr("更多业务 {page}/{pages}").format(page=self._page + 1, pages=self._pages())
        )
