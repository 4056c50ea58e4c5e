"""Owns the card of lists: tabs, search, the table, the list of names; must not act on a visitor."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from branch.people.rules import may_read
from branch.visitors.queries.register import PAGE, Register, VisitorLine, search_register
from ui.shell.station import Station
from ui.visitors.block_page import BlockPage
from ui.visitors.cells import EXPECTED, FOUND, HELD, HISTORY, INSIDE, TODAY
from ui.visitors.lost_badges import LostBadges
from ui.visitors.pager import Pager
from ui.visitors.tab_row import TabRow
from ui.visitors.table import VisitorView
from ui.visitors.visitor_list import RegisterRows, VisitorRows, VisitorTable
from ui.widgets.card import Card, Separator
from ui.widgets.label import CAPTION, ElidedLabel
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.search_box import SearchBox
from ui.widgets.stage import HBox, VBox

BLOCKS: Final = "blocks"
_TABS: Final = (INSIDE, TODAY, EXPECTED, HELD, HISTORY, BLOCKS)
_ROOMY: Final = 830


class ListPanel(Card):
    """Who is inside, of today, expected, held; the whole register; the block list.

    ``acted`` carries a deed's key and a visitor's line, ``opened`` a line, ``menu_wanted`` a line
    and a menu, ``expect_wanted`` nothing, ``told`` a sentence and its state.
    """

    acted = Signal(str, object)
    opened = Signal(object)
    menu_wanted = Signal(object, object)
    expect_wanted = Signal()
    told = Signal(str, object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._register: Register | None = None
        self._searched = ""
        self.lists: dict[str, VisitorRows] = {
            kind: VisitorRows(station, kind, self)
            for kind in (INSIDE, TODAY, EXPECTED, HELD, FOUND)
        }
        self.history = RegisterRows(station, self)
        self._build()
        self.pager = Pager(station, self.view, self.history)
        self._wire()
        self.loading.start()
        self._pages.setCurrentWidget(self.loading)
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs = TabRow(_TABS)
        self.tabs.set_current(INSIDE)
        self.tabs.tab(HELD).hide()
        readable = may_read("block_list", self._station.person.roles)
        self.tabs.tab(BLOCKS).setVisible(readable)
        self.search = SearchBox()
        self._head = HBox(spacing=12, margins=(20, 0, 16, 0))
        self._head.addWidget(self.tabs)
        self._head.addStretch(1)
        self._head.addWidget(self.search, 2)
        self.caption = ElidedLabel("", CAPTION)
        self.caption.setContentsMargins(20, 8, 16, 0)
        self.caption.hide()
        self.view = VisitorView()
        self.view.setModel(self.lists[INSIDE])
        self.empty = EmptyState("id-card", "")
        self.loading = LoadingRows(rows=6, row_height=56)
        self.blocks: BlockPage | None = None
        self._stack = QWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pages = QStackedLayout(self._stack)
        for page in (self.view, self.empty, self.loading):
            self._pages.addWidget(page)
        self.lost = LostBadges(self._station)
        # What the corners of the card take at its foot.
        column = VBox(margins=(1, 1, 1, 9), parent=self)
        column.addLayout(self._head)
        column.addWidget(Separator())
        column.addWidget(self.caption)
        column.addWidget(self._stack, 1)
        column.addWidget(self.lost)

    def _wire(self) -> None:
        self.tabs.chosen.connect(self.show_list)
        self.search.wanted.connect(self._search)
        self.view.acted.connect(self.acted)
        self.view.opened.connect(self.opened)
        self.view.menu_wanted.connect(self.menu_wanted)
        self.empty.pressed.connect(self.expect_wanted)
        self.lost.told.connect(self.told)
        self.pager.came.connect(self._show_page)

    # -- showing --------------------------------------------------------------------------------

    def kind(self) -> str:
        """The list in sight, or ``blocks``."""
        if self.blocks is not None and self._pages.currentWidget() is self.blocks:
            return BLOCKS
        return self.view.table().kind

    def show_register(self, register: Register) -> None:
        """Show the register as it stands now."""
        self._register = register
        for kind in (INSIDE, TODAY, EXPECTED, HELD):
            self.lists[kind].show(getattr(register, kind))
        held = bool(register.held)
        self.tabs.tab(HELD).setVisible(held)
        self.lost.show_badges(register.lost_badges)
        self._say_tabs()
        if not held and self.kind() == HELD:
            self.show_list(INSIDE)
        elif self.kind() == HISTORY:
            self.pager.look()
        elif self.kind() == FOUND:
            self._ask(self._searched)
        self._show_page()
        if self._wanted:
            self._choose()

    def show_list(self, kind: str) -> None:
        """Go to a list."""
        if kind != FOUND:
            self._searched = ""
            self.search.clear_quietly()
        self.tabs.set_current("" if kind == FOUND else kind)
        if kind == BLOCKS:
            self._block_page().look()
        else:
            table: VisitorTable = self.history if kind == HISTORY else self.lists[kind]
            self.view.show_table(table)
            if kind == HISTORY:
                self.pager.look()
        self._show_page(blocks=kind == BLOCKS)

    def choose_when_there(self, visitor: int) -> None:
        """Make a visitor's row the current one as soon as the list in sight has it."""
        self._wanted = visitor
        self._choose()

    _wanted = 0

    def _choose(self) -> None:
        row = self.lists[INSIDE].row_of(self._wanted)
        if row >= 0:
            self._wanted = 0
            if self.kind() == INSIDE:
                self.view.selectRow(row)

    def say_anew(self) -> None:
        """Take the words of the list in sight anew: a minute has passed."""
        self.view.table().say_anew()

    def _block_page(self) -> BlockPage:
        if self.blocks is None:
            self.blocks = BlockPage(self._station)
            self.blocks.told.connect(self.told)
            self._pages.addWidget(self.blocks)
        return self.blocks

    def _show_page(self, *, blocks: bool | None = None) -> None:
        stays = self.kind() == BLOCKS if blocks is None else blocks
        kind = self.view.table().kind
        waiting = self._register is None or (kind == HISTORY and not self.pager.known)
        count = self.view.table().rowCount()
        self.caption.setVisible(not stays and kind == FOUND and count > 0)
        if stays:
            page: QWidget = self._block_page()
        elif waiting and kind != FOUND:
            page = self.loading
        else:
            page = self.view if count else self.empty
            self._say_empty(kind)
        if page is not self.loading:
            self.loading.stop()
        self._pages.setCurrentWidget(page)
        if page is self.view:
            self.view.fit()

    # -- searching ------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        if not text:
            if self.view.table().kind == FOUND or self._searched:
                self.show_list(INSIDE)
            return
        self._ask(text)

    def _ask(self, text: str) -> None:
        self._searched = text
        question = partial(search_register, text=text)
        self._station.ask(self, question, partial(self._found, text))

    def _found(self, text: str, lines: tuple[VisitorLine, ...]) -> None:
        # Meanwhile he may have typed on, or gone to another list.
        if text != self._searched:
            return
        self.lists[FOUND].show(lines)
        if self.kind() != FOUND:
            self.show_list(FOUND)
        self._say_found()
        self._show_page()

    # -- words ----------------------------------------------------------------------------------

    def _say_tabs(self) -> None:
        def counted(text: str, kind: str) -> str:
            if self._register is None:
                return text
            return f"{text} {len(getattr(self._register, kind))}"

        self.tabs.set_texts(
            {
                INSIDE: counted(self.tr("在场"), INSIDE),
                TODAY: counted(self.tr("今日全部"), TODAY),
                EXPECTED: counted(self.tr("已预约"), EXPECTED),
                HELD: counted(self.tr("待放行"), HELD),
                HISTORY: self.tr("历史"),
                BLOCKS: self.tr("名单"),
            }
        )

    def _say_found(self) -> None:
        count = len(self.lists[FOUND].lines())
        if count < PAGE:
            text = self.tr("找到 {n} 位，最近的在前").format(n=count)
        else:
            text = self.tr("列出最近的 {n} 位，请输得更具体").format(n=count)
        self.caption.set_text(text)

    def _say_empty(self, kind: str) -> None:
        title, second, button = {
            INSIDE: (self.tr("现在没有访客在场"), self.tr("登记后会出现在这里"), ""),
            TODAY: (self.tr("今天还没有访客"), self.tr("登记后会出现在这里"), ""),
            EXPECTED: (
                self.tr("今天没有预约的访客"),
                self.tr("预约后会出现在这里，来访时一按即可登记"),
                self.tr("预约来访"),
            ),
            HELD: ("", "", ""),
            HISTORY: (self.tr("登记簿还是空的"), self.tr("登记后会出现在这里"), ""),
            FOUND: (
                self.tr("没有找到"),
                self.tr("可输姓名、单位的一部分，或完整的手机号、证件号"),
                "",
            ),
        }[kind]
        self.empty.set_texts(title, second, button=button)

    def set_narrow(self, narrow: bool) -> None:
        """Stand closer together where the window is narrow."""
        self.tabs.set_gap(16 if narrow else 24)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.view.setAccessibleName(self.tr("访客"))
        self.search.set_words(
            self.tr("姓名、单位、访客牌"),
            self.tr("查找来访登记"),
            self.tr("可查任何一天；手机号、证件号请输全"),
        )
        for table in (*self.lists.values(), self.history):
            table.say_anew()
        self.view.fit()
        self._say_tabs()
        self._say_found()
        self._say_empty(self.view.table().kind)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
