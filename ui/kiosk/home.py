"""Owns the kiosk's first page, for everybody and in big letters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.lobby.queries.screens import Kiosk, KioskGroup
from ui.kiosk.mode import Mode
from ui.kiosk.page import BranchHead, Page
from ui.models.dates import day_text
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import ELDER_TOOL, KIOSK_TOOL, Button, PlainButton
from ui.widgets.label import K_GREETING, K_SECOND, Label, TextRole
from ui.widgets.stage import Grid, HBox, VBox, clear
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import (
    ELDER_ROW,
    ELDER_SOLID,
    KIOSK_CARD,
    KIOSK_CARD_NARROW,
    KIOSK_OUTLINE,
    KIOSK_SOLID,
    KIOSK_WIDE,
)

_LOW_PAGE = 4
_ELDER_GREETING = TextRole(84, 700)
_ELDER_SECOND = TextRole(52, 400)
_EN_GREETING = TextRole(68, 700)
# The five everyday words, and the groups they stand for; the rest are "other services".
_EVERYDAY = ("cash", "pension", "cards", "transfer")
_OTHER = "other"


class HomePage(Page):
    """Eight groups, the booking, help, and the tools; or five words in big letters."""

    group_chosen = Signal(str)
    booking_wanted = Signal()
    help_wanted = Signal()
    elder_wanted = Signal(bool)
    contrast_wanted = Signal()
    low_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._kiosk: Kiosk | None = None
        self._page = 0
        self._others = False
        self._header_row = BranchHead(self)
        self.greeting = Label("", K_GREETING)
        self.second = Label("", K_SECOND)
        words = VBox(margins=(0, 40, 0, 44))
        words.addWidget(self.greeting)
        words.addWidget(self.second)
        self.body.addLayout(words)
        self._place = QWidget()
        self._rows = VBox(spacing=20, parent=self._place)
        self.body.addWidget(self._place)
        self.body.addStretch(1)
        self._tools_place = QWidget()
        self._tools = HBox(spacing=16, parent=self._tools_place)
        self.body.addWidget(self._tools_place)
        self.tiles: dict[str, Tile] = {}
        self.tools: dict[str, Button] = {}
        self._built: tuple[object, ...] = ()

    def show_kiosk(self, kiosk: Kiosk) -> None:
        """Show how many wait for what."""
        self._kiosk = kiosk
        self.retranslate()

    def stand(self, mode: Mode) -> None:
        """Begin again as this customer needs it."""
        self._page, self._others = 0, False
        super().stand(mode)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        """Make the tiles of this mode; they are filled with words afterwards."""
        shape = (self.mode, self._page, self._others, self._kiosk is not None)
        if shape == self._built or self._kiosk is None:
            return
        self._built = shape
        clear(self._rows)
        clear(self._tools)
        self.tiles, self.tools = {}, {}
        if self.mode.elder:
            self._build_elder()
        else:
            self._build_plain()

    def _tile(self, key: str, tile: Tile, act: object) -> Tile:
        tile.clicked.connect(act)
        self.tiles[key] = tile
        return tile

    def _build_plain(self) -> None:
        assert self._kiosk is not None  # asked by the caller
        shown = list(self._kiosk.groups)
        if self.mode.low:
            shown = shown[self._page * _LOW_PAGE : (self._page + 1) * _LOW_PAGE]
        grid = Grid(columns=2, spacing=20)
        for at, entry in enumerate(shown):
            code = entry.group.code
            tile = Tile(KIOSK_CARD, TileContent(title=""))
            grid.addWidget(self._tile(code, tile, lambda code=code: self.group_chosen.emit(code)),
                           at // 2, at % 2)  # fmt: skip
        self._rows.addLayout(grid)
        booking = self._tile("booking", Tile(KIOSK_WIDE, TileContent("")), self._on_booking)
        self._rows.addWidget(booking)
        helps = HBox(spacing=20)
        helps.addWidget(self._tile("help", Tile(KIOSK_SOLID, TileContent("")), self._on_help))
        helps.addWidget(self._tile("care", Tile(KIOSK_OUTLINE, TileContent("")), self._on_elder))
        self._rows.addLayout(helps)
        tools = {
            "elder": ("big-letters", self._on_elder),
            "contrast": ("contrast", self.contrast_wanted.emit),
            "low": ("lower", self.low_wanted.emit),
            "language": ("translate", self.language_wanted.emit),
        }
        if self.mode.low and len(self._kiosk.groups) > _LOW_PAGE:
            tools = {"more": ("list", self._turn), **tools}
            del tools["elder"]
        for key, (icon, act) in tools.items():
            self._tool(key, PlainButton("", size=KIOSK_TOOL, icon=icon), act)

    def _build_elder(self) -> None:
        assert self._kiosk is not None  # asked by the caller
        codes = [entry.group.code for entry in self._kiosk.groups]
        everyday = [code for code in _EVERYDAY if code in codes]
        shown = [code for code in codes if code not in everyday] if self._others else everyday
        if self.mode.low:
            shown = shown[self._page * 2 : self._page * 2 + 2]
        for code in shown:
            tile = Tile(ELDER_ROW, TileContent(""))
            self._rows.addWidget(
                self._tile(code, tile, lambda code=code: self.group_chosen.emit(code))
            )
        if not self._others and (not self.mode.low or self._page):
            other = self._tile(_OTHER, Tile(ELDER_ROW, TileContent("")), self._on_others)
            self._rows.addWidget(other)
        self._rows.addWidget(self._tile("help", Tile(ELDER_SOLID, TileContent("")), self._on_help))
        tools = {
            "contrast": ("contrast", self.contrast_wanted.emit),
            "low": ("lower", self.low_wanted.emit),
            "plain": ("big-letters", lambda: self.elder_wanted.emit(False)),
        }
        if self.mode.low:
            tools = {"more": ("list", self._turn), **tools}
        if self._others:
            tools = {"everyday": ("arrow-left", self._on_everyday), **tools}
        for key, (icon, act) in tools.items():
            self._tool(key, PlainButton("", size=ELDER_TOOL, icon=icon), act)

    def _tool(self, key: str, button: Button, act: object) -> None:
        button.clicked.connect(act)
        self.tools[key] = button
        self._tools.addWidget(button, 1)

    # -- pressing -------------------------------------------------------------------------------

    def _on_booking(self) -> None:
        self.booking_wanted.emit()

    def _on_help(self) -> None:
        self.help_wanted.emit()

    def _on_elder(self) -> None:
        self.elder_wanted.emit(True)

    def _on_others(self) -> None:
        self._others, self._page = True, 0
        self.retranslate()

    def _on_everyday(self) -> None:
        self._others, self._page = False, 0
        self.retranslate()

    def _turn(self) -> None:
        self._page = 1 - self._page
        self.retranslate()

    def tick(self) -> None:
        """Keep the clock right."""
        self._header_row.clock.tick()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._build()
        self._header_row.retranslate(day_text(self.station.now()))
        english = language().code == "en"
        elder, low = self.mode.elder, self.mode.low
        self.greeting.setText(self.tr("您好！") if elder else self.tr("您好，欢迎光临"))
        self.greeting.set_role(
            _ELDER_GREETING if elder else _EN_GREETING if english else K_GREETING
        )
        question = self.tr("请问您要办什么业务？")
        self.second.setText(question if elder else self.tr("请选择您要办理的业务"))
        self.second.set_role(_ELDER_SECOND if elder else K_SECOND)
        self.greeting.setVisible(not low)
        self.second.setVisible(not low)
        for key, tile in self.tiles.items():
            tile.set_content(self._words(key))
            if not elder and tile.property("group"):
                tile.set_style(KIOSK_CARD_NARROW if english else KIOSK_CARD)
        tools = {
            "elder": self.tr("大字版"),
            "plain": self.tr("普通版"),
            "contrast": self.tr("普通对比") if self.mode.contrast else self.tr("高对比"),
            "low": self.tr("普通位置") if low else self.tr("低位操作"),
            "language": "中文" if english else "English",
            "more": self.tr("更多业务") if not self._page else self.tr("上一页"),
            "everyday": self.tr("返回"),
        }
        for key, button in self.tools.items():
            button.setText(tools[key])

    def _words(self, key: str) -> TileContent:
        words = {
            "booking": TileContent(
                self.tr("我已预约"), icon="scan", right=self.tr("请输入或扫描预约码")
            ),
            "help": TileContent(self.tr("我需要帮助"), self.tr("大堂经理马上过来"), icon="help"),
            "care": TileContent(
                self.tr("老年关怀服务"), self.tr("优先办理，全程陪同"), icon="elder"
            ),
            _OTHER: TileContent(self.tr("其他业务"), self.tr("不清楚也可以点这里"), icon="list"),
        }
        if self.mode.elder:
            words["help"] = TileContent(
                self.tr("请人帮我办"), self.tr("大堂经理马上来到您身边"), icon="help"
            )
        if key in words:
            return words[key]
        assert self._kiosk is not None  # tiles of groups are made from it
        entry = next(item for item in self._kiosk.groups if item.group.code == key)
        return self._elder_words(entry) if self.mode.elder else self._group_words(entry)

    def _group_words(self, entry: KioskGroup) -> TileContent:
        code = language().code
        self.tiles[entry.group.code].setProperty("group", True)
        if entry.waiting:
            meta = (self.tr("等候 {n} 人").format(n=entry.waiting), self.tr("暂时无法估计"))
        elif entry.free_now:
            meta = (self.tr("无人等候"), self.tr("现在可办"))
        else:
            meta = (self.tr("无人等候"), self.tr("暂时无法估计"))
        return TileContent(
            title=entry.group.name.text(code),
            second=entry.group.hint.text(code),
            meta=meta,
            icon=entry.group.icon,
        )

    def _elder_words(self, entry: KioskGroup) -> TileContent:
        plain = {
            "cash": (self.tr("存钱、取钱"), self.tr("现金、存折、零钱"), "cash"),
            "pension": (self.tr("养老金、社保卡"), self.tr("领取、查询、换卡"), "passbook"),
            "cards": (self.tr("银行卡、密码"), self.tr("挂失、补卡、改密码"), "card"),
            "transfer": (self.tr("转账汇款"), self.tr("给家人朋友汇款"), "transfer"),
        }
        code = language().code
        if entry.group.code in plain:
            title, second, icon = plain[entry.group.code]
            return TileContent(title, second, icon=icon)
        return TileContent(
            entry.group.name.text(code), entry.group.hint.text(code), icon=entry.group.icon
        )
