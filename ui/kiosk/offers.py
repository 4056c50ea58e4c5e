"""Owns the second step: the services of a group; the chosen row opens in place."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal

from branch.catalogue.queries import Service
from ui.kiosk.chosen import ChosenCard, place_chip
from ui.kiosk.mode import Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.shell.language import ENGLISH, language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_BUTTON, PlainButton
from ui.widgets.label import K_TITLE, TextRole
from ui.widgets.stage import VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import KIOSK_FOOT, KIOSK_ROW

# So many rows fit, one of them open; a longer list is turned page by page.
_ALL: Final = 6
_PAGE: Final = 5
_ROW_EN: Final = replace(KIOSK_ROW, title_px=32, title_line=42, most_lines=2)
_MORE: Final = replace(KIOSK_BUTTON, height=92)
_FOOT_EN: Final = replace(KIOSK_FOOT, title_px=30, right_px=30)


class ServicesPage(KioskPage):
    """``counter_wanted`` and ``machine_wanted`` carry the service's code."""

    counter_wanted = Signal(str)
    machine_wanted = Signal(str)

    def __init__(self, station: Station, mode: Mode, shown: Picture, group: str) -> None:
        super().__init__(station, mode, back=True, step=2)
        self._shown, self._group = shown, group
        entry = shown.group(group)
        # What is offered stays as it was shown; a service closed since is refused with a reason.
        self._offer: tuple[Service, ...] = entry.services if entry else ()
        self._page = 0
        low = mode.low
        self.title = Paragraph(K_TITLE, 75)
        self.second = Paragraph(TextRole(32, 400, "ink2"), 48)
        self.body.add_gap(0 if low else 20)
        self.body.addWidget(self.title)
        self.body.add_gap(0 if low else 4)
        self.body.addWidget(self.second)
        self.body.add_gap(20 if low else 36)
        self._list = VBox(spacing=16)
        self.body.addLayout(self._list)
        self.rows: dict[str, Tile] = {}
        self.card: ChosenCard | None = None
        self.more = PlainButton("", size=_MORE, icon="list")
        self.more.clicked.connect(self._turn)
        self.body.add_gap(16)
        self.body.addWidget(self.more)
        self.body.add_gap(16)
        self.body.addStretch(1)
        self.foot = Tile(KIOSK_FOOT)
        self.foot.clicked.connect(self.help_wanted)
        self.body.addWidget(self.foot)
        for service in self._offer:
            row = Tile(KIOSK_ROW)
            code = service.code
            row.clicked.connect(lambda _checked=False, code=code: self.open(code))
            self._list.addWidget(row)
            self.rows[code] = row
        self.retranslate()
        if len(self.rows) == 1:
            self.open(next(iter(self.rows)))

    # -- the list -------------------------------------------------------------------------------

    def _page_size(self) -> int:
        return _ALL if len(self.rows) <= _ALL and not self.mode.low else _PAGE

    def _pages(self) -> int:
        return -(-len(self.rows) // self._page_size()) if self.rows else 1

    def _arrange(self) -> None:
        """Show the rows of this page; the open one gives way to its card."""
        size = self._page_size()
        first = self._page * size
        chosen = self.card.service.code if self.card else ""
        alone = bool(chosen) and self.mode.low
        for at, (code, row) in enumerate(self.rows.items()):
            on_page = first <= at < first + size
            row.setVisible(on_page and code != chosen and not alone)
        self.second.setVisible(not alone)
        pages = self._pages()
        self.more.setVisible(pages > 1 and not alone)
        words = self.tr("更多业务 {page}/{pages}")
        self.more.setText(words.format(page=self._page + 1, pages=pages))

    def _turn(self) -> None:
        self._page = (self._page + 1) % self._pages()
        self._close()
        self._arrange()

    def go_back(self) -> None:
        """Out of a card that stands alone to the list, else out of the page."""
        if self.mode.low and self.card is not None and len(self.rows) > 1:
            self._close()
            self._arrange()
        else:
            self.back_wanted.emit()

    def _close(self) -> None:
        if self.card is not None:
            self._list.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None

    def open(self, code: str) -> None:
        """Open a row in place; the one open before closes."""
        service = next(item for item in self._offer if item.code == code)
        self._close()
        found = self.station.waits.shown
        self.card = ChosenCard(service, self._shown, found, short=self.mode.low)
        self.card.counter_wanted.connect(lambda: self.counter_wanted.emit(code))
        self.card.machine_wanted.connect(lambda: self.machine_wanted.emit(code))
        self._list.insertWidget(list(self.rows).index(code), self.card)
        self._arrange()
        self.card.show()
        (self.card.machine or self.card.counter).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str) -> None:
        """Say in the open card why no ticket was given."""
        if self.card is not None:
            self.card.refuse(text)

    # -- words ----------------------------------------------------------------------------------

    def show_picture(self, shown: Picture) -> None:
        """Take newer numbers."""
        self._shown = shown
        if self.card is not None:
            self.card.show_picture(shown, self.station.waits.shown)

    def retranslate(self) -> None:
        """Say everything in the language of the moment; the open card is made anew."""
        super().retranslate()
        code = language().code
        entry = self._shown.group(self._group)
        self.title.setText(entry.group.name.text(code) if entry else "")
        self.second.setText(self.tr("请选择具体业务"))
        style = _ROW_EN if code == ENGLISH else KIOSK_ROW
        for service in self._offer:
            row = self.rows[service.code]
            row.set_style(style)
            row.set_content(TileContent(service.name.text(code), right_chip=place_chip(service)))
        self.foot.set_style(_FOOT_EN if code == ENGLISH else KIOSK_FOOT)
        self.foot.set_content(
            TileContent(
                self.tr("材料没带齐，或不会用自助机？"), icon="help", right=self.tr("请人帮忙"),
                right_token="accent",
            )
        )  # fmt: skip
        if self.card is not None:
            self.open(self.card.service.code)
        else:
            self._arrange()
