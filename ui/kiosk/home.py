"""Owns the kiosk's first page: eight groups, the booking, help, and the tools."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal

from ui.kiosk.mode import Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.kiosk.wording import waiting_words
from ui.shell.language import ENGLISH, language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_TOOL, Button, PlainButton
from ui.widgets.label import K_GREETING, K_SECOND, K_SMALL, TextRole
from ui.widgets.stage import Grid, HBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import (
    KIOSK_CARD,
    KIOSK_CARD_NARROW,
    KIOSK_OUTLINE,
    KIOSK_SOLID,
    KIOSK_WIDE,
)

# Two rows of two stand on a page of the low position (look.md section 6).
_LOW_PAGE: Final = 4
_CARD: Final = replace(KIOSK_CARD, most_lines=2)
_CARD_EN: Final = replace(KIOSK_CARD_NARROW, most_lines=2, right=8)
_BOOKING: Final = KIOSK_WIDE
_BOOKING_LOW: Final = replace(KIOSK_WIDE, min_width=560)
_SOLID_EN: Final = replace(
    KIOSK_SOLID, title_px=38, title_line=49.4, second_px=25, second_line=36.3, right=12
)
_OUTLINE_EN: Final = replace(
    KIOSK_OUTLINE, title_px=38, title_line=49.4, second_px=25, second_line=36.3, right=12
)
_TOOL_EN: Final = replace(KIOSK_TOOL, font_px=26)
_GREETING_EN: Final = TextRole(68, 700)


class HomePage(KioskPage):
    """``group_wanted`` carries a group's code; the tools only tell that they were pressed."""

    group_wanted = Signal(str)
    booking_wanted = Signal()
    elder_wanted = Signal()
    contrast_wanted = Signal()
    low_wanted = Signal()
    language_wanted = Signal()
    takes_code = True

    def __init__(self, station: Station, mode: Mode, shown: Picture) -> None:
        super().__init__(station, mode)
        self._shown = shown
        self._page = 0
        low = mode.low
        self.greeting = Paragraph(K_GREETING, 100)
        self.question = Paragraph(K_SECOND, 55)
        self.body.add_gap(0 if low else 40)
        self.body.addWidget(self.greeting)
        self.body.add_gap(3)
        self.body.addWidget(self.question)
        self.body.add_gap(24 if low else 48)
        self.tiles: list[Tile] = []
        self.body.addLayout(self._cards())
        self.body.add_gap(20)
        self.more = PlainButton("", size=replace(KIOSK_TOOL, height=120, font_px=34))
        self.more.clicked.connect(self._turn)
        self.booking = Tile(_BOOKING_LOW if low else _BOOKING)
        self.booking.clicked.connect(self.booking_wanted)
        row = HBox(spacing=20)
        row.addWidget(self.booking, 1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        self.body.add_gap(20)
        self.help, self.care = Tile(KIOSK_SOLID), Tile(KIOSK_OUTLINE)
        self.help.clicked.connect(self.help_wanted)
        self.care.clicked.connect(self.elder_wanted)
        row = HBox(spacing=20)
        row.addWidget(self.help, 1)
        row.addWidget(self.care, 1)
        self.body.addLayout(row)
        self.note = Paragraph(K_SMALL, 39)
        self.body.add_gap(12)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.tools: dict[str, Button] = {}
        self.body.addLayout(self._tools())
        self.retranslate()

    def _cards(self) -> Grid:
        grid = Grid(columns=2, spacing=20)
        count = len(self._shown.kiosk.groups)
        for at in range(min(count, _LOW_PAGE) if self.mode.low else count):
            tile = Tile(_CARD)
            tile.clicked.connect(lambda _checked=False, at=at: self._choose(at))
            grid.addWidget(tile, at // 2, at % 2)
            self.tiles.append(tile)
        return grid

    def _tools(self) -> HBox:
        row = HBox(spacing=16)
        for key, icon, wanted in (
            ("elder", "big-letters", self.elder_wanted),
            ("contrast", "contrast", self.contrast_wanted),
            ("low", "lower", self.low_wanted),
            ("language", "translate", self.language_wanted),
        ):
            button = PlainButton("", size=KIOSK_TOOL, icon=icon)
            button.clicked.connect(wanted)
            self.tools[key] = button
            row.addWidget(button, 1)
        return row

    # -- pressing -------------------------------------------------------------------------------

    def _groups(self) -> list[str]:
        """The codes of the tiles on this page of tiles."""
        codes = [entry.group.code for entry in self._shown.kiosk.groups]
        first = self._page * len(self.tiles)
        return codes[first : first + len(self.tiles)]

    def _pages(self) -> int:
        return -(-len(self._shown.kiosk.groups) // max(1, len(self.tiles)))

    def _choose(self, at: int) -> None:
        self.group_wanted.emit(self._groups()[at])

    def _turn(self) -> None:
        self._page = (self._page + 1) % self._pages()
        self.retranslate()

    # -- words ----------------------------------------------------------------------------------

    def show_picture(self, shown: Picture) -> None:
        """Show how many wait for what."""
        self._shown = shown
        self._show_groups()

    def _show_groups(self) -> None:
        code = language().code
        style = _CARD_EN if code == ENGLISH else _CARD
        groups = self._groups()
        for tile, group in zip(self.tiles, groups, strict=False):
            entry = self._shown.group(group)
            assert entry is not None  # its code comes from this picture
            tile.set_style(style)
            tile.set_content(
                TileContent(
                    title=entry.group.name.text(code),
                    second=entry.group.hint.text(code),
                    meta=waiting_words(entry, self.station.waits.shown),
                    icon=entry.group.icon,
                )
            )
        for at, tile in enumerate(self.tiles):
            tile.setVisible(at < len(groups))
        found = self.station.waits.shown
        self.note.setText(self.tr("等候时间按往常估算"))
        self.note.setVisible(found is not None and found.usual)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        english = language().code == ENGLISH
        low = self.mode.low
        self.greeting.set_look(*((_GREETING_EN, 85) if english else (K_GREETING, 100)))
        self.greeting.setText(self.tr("您好，欢迎光临"))
        self.question.setText(self.tr("请选择您要办理的业务"))
        self._show_groups()
        pages = self._pages()
        self.more.setVisible(pages > 1)
        self.more.setText(
            self.tr("更多业务 {page}/{pages}").format(page=self._page + 1, pages=pages)
        )
        code = "" if low else self.tr("请输入或扫描预约码")
        self.booking.set_content(TileContent(self.tr("我已预约"), icon="scan", right=code))
        self.help.set_style(_SOLID_EN if english else KIOSK_SOLID)
        self.care.set_style(_OUTLINE_EN if english else KIOSK_OUTLINE)
        self.help.set_content(
            TileContent(self.tr("我需要帮助"), self.tr("大堂经理马上过来"), icon="help")
        )
        self.care.set_content(
            TileContent(self.tr("老年关怀服务"), self.tr("优先办理，全程陪同"), icon="elder")
        )
        words = {
            "elder": self.tr("大字版"),
            "contrast": self.tr("普通色") if self.mode.contrast else self.tr("高对比"),
            "low": self.tr("普通位置") if low else self.tr("低位操作"),
            "language": "中文" if english else "English",
        }
        for key, button in self.tools.items():
            button.set_size(_TOOL_EN if english else KIOSK_TOOL)
            button.setText(words[key])
