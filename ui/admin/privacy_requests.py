"""Owns the part of the page with the requests: the list by due day, taking one down."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget

from branch.visitors.commands.requests import Opened
from branch.visitors.queries.requests import RequestLine, requests
from branch.visitors.requests import RequestState
from ui.admin.privacy_case import CasePanel
from ui.admin.privacy_request_dialogs import NewRequestDialog
from ui.admin.privacy_section import PrivacySection
from ui.admin.privacy_words import request_kind_label
from ui.models.dates import days_late, days_left
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

_SOON_DAYS = 3


class RequestsSection(PrivacySection):
    """The requests at the left, the one chosen at the right."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._lines: tuple[RequestLine, ...] = ()
        # A request taken down just now, to be shown when the list has it.
        self._new = 0
        self.title = Label("", CARD_TITLE)
        self.add = PlainButton("", icon="plus")
        if not self.may_change:
            self.add.hide()
        self.table = LinesTable(2)
        self.empty = EmptyState("person", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        self.panel = CasePanel(self)
        self._build()
        self.add.clicked.connect(self._open_new)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.retranslate()

    def _build(self) -> None:
        left = Card()
        column = VBox(spacing=10, margins=(16, 14, 16, 14), parent=left)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        whole = HBox(spacing=16, parent=self)
        whole.addWidget(left, 1)
        whole.addWidget(self.panel, 1)

    def ask(self) -> None:
        """Read the list and the case anew."""
        now = self.station.now_ms()
        self.station.ask(self, lambda store: requests(store, now), self._take)

    def _take(self, lines: tuple[RequestLine, ...]) -> None:
        self._lines = lines
        self._show()
        if self._new:
            self.table.select_key(str(self._new))
            self._new = 0
        elif lines and not self.table.current_key():
            self.table.select_key(str(lines[0].id))
        self._show_case()
        self.loaded.emit()

    def _show(self) -> None:
        heads = (self.tr("编号"), self.tr("请求"), self.tr("请求人"), self.tr("答复"))
        self.table.set_lines(heads, [self._line(line) for line in self._lines])
        self.stack.setCurrentWidget(self.table if self._lines else self.empty)

    def _line(self, line: RequestLine) -> Line:
        cells = (
            Cell(line.number),
            Cell(request_kind_label(line.kind)),
            Cell(line.shown_name),
            self.due(line),
        )
        return Line(str(line.id), cells, faint=line.state != RequestState.OPEN)

    def due(self, line: RequestLine) -> Cell:
        """How a request stands: answered, or the days that are left."""
        if line.state == RequestState.DONE:
            return Cell(self.tr("已办结"), State.OK)
        if line.state == RequestState.REFUSED:
            return Cell(self.tr("已拒绝"), State.IDLE)
        if line.left < 0:
            return Cell(days_late(-line.left), State.URGENT)
        if line.left == 0:
            return Cell(self.tr("今天到期"), State.ATTENTION)
        state = State.ATTENTION if line.left <= _SOON_DAYS else State.RUNNING
        return Cell(days_left(line.left), state)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_case()

    def _show_case(self) -> None:
        key = self.table.current_key()
        self.panel.show_request(int(key) if key else None)

    def _open_new(self) -> None:
        NewRequestDialog(self, self.station, self._opened).open()

    def _opened(self, opened: object) -> None:
        assert isinstance(opened, Opened)
        self._new = opened.id
        self.told.emit(
            self.tr("已登记 {number}，{day} 前答复").format(number=opened.number, day=opened.due_on)
        )
        self.ask()

    def count(self) -> int:
        """How many requests are open."""
        return sum(line.state == RequestState.OPEN for line in self._lines)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("个人信息请求"))
        self.add.setText(self.tr("登记请求"))
        self.table.setAccessibleName(self.tr("个人信息请求"))
        self.empty.set_texts(
            self.tr("没有个人信息请求"),
            self.tr("有人要查阅、复制、更正、删除自己的信息时，在这里登记。"),
        )
        self._show()
