"""Owns the question which registered case a session belongs to; links one, searches by a query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.desk import CaseLine
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from branch.rooms.commands.linking import LinkSession
from branch.rooms.queries.linking import LinkOffer, link_offers
from ui.models.complaint_words import identity_label, state_label, title_of
from ui.models.dates import short_day
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.room_dialog import Part, RoomDialog
from ui.widgets.search_box import SearchBox
from ui.widgets.stage import VBox, clear
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

translate = QCoreApplication.translate
_A_YEAR: Final = timedelta(days=366)
_CASE: Final = TileStyle(
    60, min_width=300, left=15, right=15, gap=10, title_px=15, title_weight=500, title_line=20,
    second_px=13, second_line=18, second_gap=2, right_gap=8, right_icon_px=18, check_mark=True,
)  # fmt: skip


class LinkDialog(RoomDialog):
    """Cases of the same customer first, any other by what is typed. ``linked`` carries the number
    of the one that was chosen."""

    linked = Signal(str)

    def __init__(self, parent: QWidget, station: Station, session: int) -> None:
        title = translate("LinkDialog", "关联已有投诉")
        told = translate(
            "LinkDialog", "客户说起以前的投诉时，选那一件；笔录和约定事项都记在那一件里。"
        )
        super().__init__(parent, station, title, told, width=600)
        self._session = session
        self._offers: tuple[LinkOffer, ...] = ()
        self._chosen: int | None = None
        self.tiles: dict[int, Tile] = {}
        self.box = SearchBox()
        self.box.setMaximumWidth(16_777_215)
        self.box.set_words(self.tr("编号、标题、姓名，或整个电话号码"), self.tr("查找投诉"), "")
        self.put(self.box)
        self._listing = QWidget()
        column = VBox(parent=self._listing)
        self.empty = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self._rows = VBox(spacing=8)
        column.addWidget(self.empty)
        column.addLayout(self._rows)
        self.part = self.put(Part(self.tr("哪一件投诉"), self._listing), "complaint")
        self.part.caption.set_role(CAPTION)
        self.offer(self.tr("关联"), self.tr("返回"), self._command, self._done)
        # Enter in the search looks at once; it does not choose.
        self.confirm_button.setDefault(False)
        self.confirm_button.setAutoDefault(False)
        self.asking: Asking[tuple[LinkOffer, ...]] = Asking(
            station, self, self._question, self._take
        )
        self.box.wanted.connect(lambda _text: self.asking.ask())
        station.changed.connect(self._on_changed)
        self.asking.ask()
        self.box.setFocus()

    # -- what there is --------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[LinkOffer, ...]]:
        return partial(
            link_offers,
            session=self._session,
            text=self.box.text(),
            staff=self.station.person.staff,
            since=(self.station.now().date() - _A_YEAR).isoformat(),
        )

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "complaint" in topics:
            self.asking.ask()

    def _take(self, offers: tuple[LinkOffer, ...]) -> None:
        focused = next((case for case, tile in self.tiles.items() if tile.hasFocus()), None)
        clear(self._rows)
        self._offers, self.tiles = offers, {}
        if self._chosen not in [one.line.id for one in offers]:
            self._chosen = None
        for one in offers:
            tile = Tile(_CASE, TileContent(_title(one.line), self._second(one)))
            tile.setCheckable(True)
            tile.setChecked(one.line.id == self._chosen)
            # Choosing another in one breath is a correction, not a tremor.
            tile.repeat_guard = False
            tile.clicked.connect(lambda on, case=one.line.id: self._choose(case, on))
            self.tiles[one.line.id] = tile
            self._rows.addWidget(tile)
        # Whoever is to choose stands at the first case, or where he searches.
        self._listing.setFocusProxy(next(iter(self.tiles.values()), self.box))
        if focused in self.tiles:
            self.tiles[focused].setFocus()
        self.empty.setVisible(not offers)
        self.empty.setText(
            self.tr("没有找到。请核对编号，或返回登记新的投诉。")
            if self.box.text().strip()
            else self.tr("一年内没有同名客户的投诉，请按编号查找。")
        )

    def _second(self, offer: LinkOffer) -> str:
        line = offer.line
        name = identity_label("anonymous") if line.anonymous else line.shown_name
        if line.withheld:
            text = self.tr("{day}收到，{state}")
        else:
            text = (
                self.tr("{name}，与客户同名，{day}收到，{state}")
                if offer.same
                else self.tr("{name}，{day}收到，{state}")
            )
        day = short_day(self.station.local(line.received_at).date())
        return text.format(name=name, day=day, state=state_label(line.state))

    # -- choosing, sending ----------------------------------------------------------------------

    def _choose(self, complaint: int, on: bool) -> None:
        self._chosen = complaint if on else None
        self.part.set_error("")
        for case, tile in self.tiles.items():
            tile.setChecked(case == self._chosen)

    def _command(self) -> LinkSession:
        if self._chosen is None:
            raise BadInput("link_choose", field="complaint")
        return LinkSession(self._session, self._chosen)

    def _done(self, _none: object) -> None:
        self.linked.emit(next(one.line.number for one in self._offers if self._is_chosen(one)))

    def _is_chosen(self, offer: LinkOffer) -> bool:
        return offer.line.id == self._chosen


def _title(line: CaseLine) -> str:
    return f"{line.number} {title_of(line)}"
