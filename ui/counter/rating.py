"""Owns the customer's rating screen at a counter; it shows numbers only, never a name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branch.kernel.errors import StoreError, TingtangError
from branch.lobby.commands.floor import Rate
from branch.lobby.queries.screens import RatingDue, rating_due
from ui.models.words import place_label
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import ButtonSize, LinkButton
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.icon import IconLabel, Logo
from ui.widgets.label import Label, TextRole
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import Arrangement, TileStyle

_TITLE = TextRole(48, 700)
_SECOND = TextRole(26, 400, "ink2")
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ASKED_S = 20
_THANKS_S = 4
# A service finished longer ago than this is not asked about any more.
_FRESH_MS = 60_000
_SCORES = (5, 4, 3, 2, 1)
# A customer touches it, so it has the kiosk's smallest height (look.md section 6).
_DECLINE = ButtonSize(80, 24, 32, radius=16)
_WELCOME, _ASK, _THANKS = range(3)
_RATING_TILE = TileStyle(
    180, min_width=180, arrangement=Arrangement.STACK, radius=20, edge_width=2, gap=14, left=8,
    right=8, icon_px=64, icon_stroke=1.5, title_px=28, title_weight=700, title_line=40,
)  # fmt: skip


class RatingWindow(QWidget):
    """Welcomes, and asks for 20 seconds after each finished service.

    Letting the time pass records nothing: the customer may still rate at the lobby. Only the
    press on 不评价 is kept as declined.
    """

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("rating")
        self._station = station
        self.counter = int(station.name.partition("-")[2])
        self._due: RatingDue | None = None
        self._answered: set[int] = set()
        self._unsent: list[Rate] = []
        self._asking = self._stale = self._declined = False
        self._left_s = 0
        self.pages = QStackedWidget()
        for page in (self._welcome_page(), self._ask_page(), self._thanks_page()):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        station.changed.connect(self._on_changed)
        station.online.connect(self._on_online)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1024, 600)
        self.resize(1280, 800)
        self._ask()

    def sizeHint(self) -> QSize:
        """The size of a counter's second screen."""
        return QSize(1280, 800)

    # -- building -------------------------------------------------------------------------------

    def _welcome_page(self) -> QWidget:
        page = QWidget()
        self.welcome = Label("", _TITLE, align=_CENTRE)
        self.place = Label("", _SECOND, align=_CENTRE)
        column = QVBoxLayout(page)
        column.setSpacing(20)
        column.addStretch(1)
        column.addWidget(Logo(96), 0, _CENTRE)
        column.addWidget(self.welcome)
        column.addWidget(self.place)
        column.addStretch(1)
        return page

    def _ask_page(self) -> QWidget:
        page = QWidget()
        self.question = Label("", _TITLE, align=_CENTRE)
        self.number = Label("", _SECOND, align=_CENTRE)
        self.tiles: dict[int, Tile] = {}
        row = QHBoxLayout()
        row.setSpacing(20)
        for score in _SCORES:
            tile = Tile(_RATING_TILE, TileContent(title=str(score)))
            tile.clicked.connect(lambda _checked=False, score=score: self._rate(score))
            self.tiles[score] = tile
            row.addWidget(tile)
        self.decline = LinkButton("", size=_DECLINE)
        self.decline.clicked.connect(lambda: self._rate(None))
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self.question)
        column.addWidget(self.number)
        column.addSpacing(32)
        column.addLayout(row)
        column.addSpacing(24)
        column.addWidget(self.decline, 0, _CENTRE)
        column.addStretch(1)
        return page

    def _thanks_page(self) -> QWidget:
        page = QWidget()
        self.thanks = Label("", _TITLE, align=_CENTRE)
        self.goodbye = Label("", _SECOND, align=_CENTRE)
        column = QVBoxLayout(page)
        column.setSpacing(20)
        column.addStretch(1)
        column.addWidget(IconLabel("heart", 96, "accent"), 0, _CENTRE)
        column.addWidget(self.thanks)
        column.addWidget(self.goodbye)
        column.addStretch(1)
        return page

    # -- asking ---------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"ticket", "rating"}:
            self._ask()

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        since = self._station.now_ms() - _FRESH_MS
        self._station.ask(
            self, lambda store: rating_due(store, self.counter, since), self._take, self._not_taken
        )

    def _take(self, due: RatingDue | None) -> None:
        if due is None or due.ticket in self._answered:
            if due is None and self.pages.currentIndex() == _ASK:
                # The finish was taken back.
                self._due = None
                self._show(_WELCOME)
        elif self._due is None or due.ticket != self._due.ticket:
            self._due = due
            self._left_s = _ASKED_S
            self._show(_ASK)
        self._settled()

    def _not_taken(self, _error: TingtangError) -> None:
        # The store is lost: the counter beside this screen says so, the customer need not know.
        self._settled()

    def _settled(self) -> None:
        self._asking = False
        if self._stale:
            self._ask()

    def _rate(self, score: int | None) -> None:
        if self._due is None:
            return
        ticket = self._due.ticket
        self._answered.add(ticket)
        self._due = None
        self._declined = score is None
        self._keep(Rate(ticket, score))
        self._left_s = _THANKS_S
        self._show(_THANKS)

    def _keep(self, rating: Rate) -> None:
        def failed(error: TingtangError) -> None:
            # Any other refusal means somebody was quicker; the customer was thanked all the same.
            if isinstance(error, StoreError):
                self._unsent.append(rating)

        self._station.run(self, rating, failed=failed)

    def _on_online(self) -> None:
        unsent, self._unsent = self._unsent, []
        for rating in unsent:
            self._keep(rating)
        self._ask()

    def _tick(self) -> None:
        if self.pages.currentIndex() == _WELCOME:
            return
        self._left_s -= 1
        if self._left_s <= 0:
            if self._due is not None:
                self._answered.add(self._due.ticket)
            self._due = None
            self._show(_WELCOME)

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.retranslate()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setWindowTitle(self.tr("评价"))
        branch = self._station.branch.name.text(language().code)
        self.welcome.setText(self.tr("您好，欢迎光临"))
        self.place.setText(f"{branch} {place_label(self._station.name)}")
        self.question.setText(self.tr("您对这次服务满意吗？"))
        number = self._due.number if self._due else ""
        self.number.setText(self.tr("{number} 号，请点一下").format(number=number))
        words = {
            5: self.tr("很满意"),
            4: self.tr("满意"),
            3: self.tr("一般"),
            2: self.tr("不满意"),
            1: self.tr("很不满意"),
        }
        for score, tile in self.tiles.items():
            tile.set_content(TileContent(title=words[score], icon=f"face-{score}"))
        self.decline.setText(self.tr("这次不评价"))
        self.thanks.setText(self.tr("谢谢您") if self._declined else self.tr("谢谢您的评价"))
        self.goodbye.setText(self.tr("请带好您的物品，再见"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
