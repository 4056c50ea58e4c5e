"""Owns the page of the roll call: everybody by name, to be marked by hand, key or touch; must not
know how marks are kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.visitors.queries.rollcall import RollCall
from ui.models.roll_words import STATES, duration_text, mark_label, roll_kind_label
from ui.visitors.roll_desk import RollDesk
from ui.visitors.roll_filter_bar import RollFilterBar
from ui.visitors.roll_list import RollList
from ui.visitors.roll_past import PastRollCalls
from ui.visitors.roll_questions import AddToRollDialog, ask_to_end, ask_to_start
from ui.widgets.button import SMALL_TOUCH, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, ElidedLabel, Label
from ui.widgets.number import BigNumber
from ui.widgets.place_holder import EmptyState
from ui.widgets.roll_bars import RollBars
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip


class RollCallPage(QWidget):
    """Head with the count, the big rows, the buttons for whoever is selected; else the past ones.

    Keys: 1 安全, 2 未找到, 3 不在场, 0 back to 未确认, Ctrl+Z takes the last mark back.
    """

    def __init__(self, desk: RollDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roll-page")
        self._desk = desk
        self._under_way: int | None = None
        self._build()
        self._wire()
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.past = PastRollCalls(self._desk)
        self.bars = RollBars()
        self.filter = RollFilterBar()
        self.list = RollList(self._desk.station.local)
        self.nobody = EmptyState("check-circle", "")
        self._rows = QStackedWidget()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self.nobody)
        people = Card()
        column = VBox(margins=(1, 10, 1, 10), parent=people)
        above = VBox(margins=(19, 0, 19, 0))
        above.addWidget(self.filter)
        column.addLayout(above)
        column.add_gap(10)
        column.addWidget(Separator())
        column.addWidget(self._rows, 1)
        column.addWidget(Separator())
        column.add_gap(10)
        column.addLayout(self._foot())
        self._below = QStackedWidget()
        self._below.addWidget(people)
        self._below.addWidget(self.past)
        whole = VBox(spacing=16, parent=self)
        whole.addWidget(self._head())
        whole.addWidget(self._below, 1)

    def _head(self) -> Card:
        self.title = Label("", CARD_TITLE)
        self.chip = StatusChip(State.RUNNING, "", icon="stopwatch")
        self.away_chip = StatusChip(State.ATTENTION, "")
        self.caption = ElidedLabel("", CAPTION)
        self.print_button = PlainButton("", icon="printer")
        self.add_button = PlainButton("", icon="plus")
        self.end_button = PlainButton("")
        self.start_button = PrimaryButton("")
        self.total = BigNumber(px=28, weight=700)
        self.of_all = Label("", SECOND)
        card = Card()
        row = HBox(spacing=12)
        row.addWidget(self.title)
        row.addWidget(self.chip)
        row.addWidget(self.away_chip)
        row.addWidget(self.caption, 1)
        for button in (self.print_button, self.add_button, self.end_button, self.start_button):
            row.addWidget(button)
        self._count = QWidget()
        count = HBox(spacing=24, margins=(0, 12, 0, 0), parent=self._count)
        figure = HBox(spacing=6)
        figure.addWidget(self.total)
        figure.addWidget(self.of_all, 0, Qt.AlignmentFlag.AlignBottom)
        count.addLayout(figure)
        count.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignVCenter)
        column = VBox(margins=(20, 14, 20, 16), parent=card)
        column.addLayout(row)
        column.addWidget(self._count)
        return card

    def _foot(self) -> HBox:
        self.all_button = LinkButton("", size=SMALL_TOUCH)
        self.selected = Label("", SECOND)
        self.undo_button = PlainButton("", size=SMALL_TOUCH, icon="undo", key="Ctrl+Z")
        kinds = (PrimaryButton, PlainButton, PlainButton)
        self.state_buttons = {
            state: kind("", size=SMALL_TOUCH, key=str(number))
            for number, (state, kind) in enumerate(zip(STATES, kinds, strict=True), 1)
        }
        foot = HBox(spacing=10, margins=(15, 0, 19, 0))
        foot.addWidget(self.all_button)
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(self.selected)
        foot.add_gap(6)
        for button in self.state_buttons.values():
            foot.addWidget(button)
        return foot

    def _wire(self) -> None:
        desk = self._desk
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        desk.changed.connect(self.show_now)
        self.filter.changed.connect(self.list.rows.show_only)
        self.list.rows.modelReset.connect(self._show_selected)
        self.list.wanted.connect(desk.mark)
        self.list.chosen.connect(self._show_selected)
        self.all_button.clicked.connect(self._select_customers)
        self.undo_button.clicked.connect(desk.undo)
        for state, button in self.state_buttons.items():
            button.clicked.connect(lambda _on=False, state=state: self.list.ask_for(state))
        self.print_button.clicked.connect(desk.print_roster)
        self.add_button.clicked.connect(lambda: AddToRollDialog(self, desk).open())
        self.end_button.clicked.connect(lambda: ask_to_end(self, desk))
        self.start_button.clicked.connect(lambda: ask_to_start(self, desk))
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(desk.undo)

    # -- what is shown --------------------------------------------------------------------------

    def show_now(self) -> None:
        """Show the roll call as the desk knows it."""
        if not self.isVisible():
            return
        call = self._desk.call
        before, self._under_way = self._under_way, call.id if call is not None else None
        as_of = self._desk.as_of
        self.away_chip.setVisible(as_of is not None)
        if as_of is not None:
            time = f"{self._desk.station.local(as_of):%H:%M}"
            self.away_chip.set_chip(
                State.ATTENTION, self.tr("离线，名册截至 {time}").format(time=time)
            )
        for widget in (self.chip, self._count, self.add_button, self.end_button):
            widget.setVisible(call is not None)
        self.start_button.setVisible(call is None)
        self._below.setCurrentIndex(0 if call is not None else 1)
        if call is None:
            self._second.stop()
            self.caption.set_text(self.tr("名单是在场的员工、访客和按取号估算的客户"))
            if not self._desk.away:
                self.past.ask()
            return
        self._second.start()
        self._tick()
        self._show_call(call)
        if before is None:
            self.list.setCurrentIndex(self.list.rows.index(0))
            self.list.setFocus()

    def _show_call(self, call: RollCall) -> None:
        begun = f"{self._desk.station.local(call.started_at):%H:%M}"
        told = self.tr("{time} 由 {name} 发起").format(time=begun, name=call.started_by)
        self.caption.set_text(told)
        left = len(call.unconfirmed)
        self.total.set_text(str(len(call.marks) - left))
        self.of_all.setText(self.tr("/ {n} 人").format(n=len(call.marks)))
        self.bars.show_call(call)
        self.filter.show_call(call)
        self.list.rows.show_marks(call.marks)
        self._show_selected()

    def _show_selected(self) -> None:
        rows = self.list.rows.marks
        self._rows.setCurrentIndex(0 if rows else 1)
        marks = self.list.selected_marks()
        self.selected.setText(self.tr("已选 {n} 人").format(n=len(marks)) if marks else "")
        for button in self.state_buttons.values():
            button.setEnabled(bool(marks))
        self.all_button.setEnabled(any(mark.kind in ("customer", "assisted") for mark in rows))
        self.undo_button.setEnabled(self._desk.can_undo)

    def _select_customers(self) -> None:
        self.list.select_kinds("customer", "assisted")
        self.list.setFocus()

    def _tick(self) -> None:
        call = self._desk.call
        if call is None:
            return
        gone = duration_text(self._desk.station.now_ms() - call.started_at)
        words = self.tr("进行中 {time}").format(time=gone)
        if call.kind != "real":
            words = f"{roll_kind_label(call.kind)} {words}"
        self.chip.set_chip(State.RUNNING, words, icon="stopwatch")

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is asked for a page that is hidden; now it is not."""
        super().showEvent(event)
        self._under_way = None
        self.show_now()

    # -- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("现场点名"))
        self.print_button.setText(self.tr("打印名册"))
        self.add_button.setText(self.tr("加一人"))
        self.end_button.setText(self.tr("结束点名"))
        self.start_button.setText(self.tr("开始点名"))
        self.all_button.setText(self.tr("选中全部客户"))
        self.undo_button.setText(self.tr("撤销上一步"))
        self.list.setAccessibleName(self.tr("点名单"))
        self.nobody.set_texts(self.tr("这里没有人了"), self.tr("换一个类别或状态看看"))
        for state, button in self.state_buttons.items():
            button.setText(mark_label(state))
        self.bars.retranslate()
        self.show_now()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
