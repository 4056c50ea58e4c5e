"""Owns the head count of a run (picture k): how many are at the meeting point, who is not; by the
roll call of the visitor register."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.queries.detail import RunDetail
from branch.visitors.queries.rollcall import RollCall, RollMark
from ui.models.roll_words import help_text, last_place, shown_name
from ui.widgets.button import LARGE, SMALL_TOUCH, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.icon import IconLabel
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, SECTION, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.roll_bars import KINDS, RollBar
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate

_FIGURE_PX = 56
_MOST_SHOWN = 8


class MusterCard(Card):
    """``start_wanted`` begins the head count; ``arrived`` carries the mark of who came;
    ``unlisted_wanted`` asks to add somebody who is on no list."""

    start_wanted = Signal()
    arrived = Signal(int)
    unlisted_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._detail: RunDetail | None = None
        self._call: RollCall | None = None
        self._shown: RollCall | None = None
        self.buttons: dict[int, PlainButton] = {}
        self.caption = Label("", SECTION)
        self.figure = BigNumber("0", px=_FIGURE_PX)
        self.all = Label("", TextRole(22, 400, "ink2"))
        self.bars = {kind: RollBar(kind) for kind in KINDS}
        self.left, self.source = Label("", CARD_TITLE), Label("", CAPTION)
        self.start = PlainButton("", size=LARGE, icon="person")
        self.unlisted = PlainButton("", size=SMALL_TOUCH, icon="plus")
        self.place_icon, self.place = IconLabel("place", 18, "ink2"), Label("", SECOND, wrap=True)
        self.start.clicked.connect(self.start_wanted)
        self.unlisted.clicked.connect(self.unlisted_wanted)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        figures = HBox(spacing=8)
        figures.addWidget(self.figure)
        figures.addWidget(self.all, 1, Qt.AlignmentFlag.AlignBottom)
        body = QWidget()
        self._rows = VBox(spacing=6, parent=body)
        self.area = ScrollArea(body, bare=True)
        head = HBox(spacing=8)
        head.addWidget(self.left, 1)
        head.addWidget(self.source)
        foot = HBox(spacing=8)
        foot.addWidget(self.place_icon)
        foot.addWidget(self.place, 1)
        column = VBox(spacing=10, margins=(22, 18, 22, 18), parent=self)
        column.addWidget(self.caption)
        column.addLayout(figures)
        for bar in self.bars.values():
            column.addWidget(bar)
        column.addWidget(self.start)
        column.addWidget(Separator())
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.unlisted)
        column.addLayout(foot)

    def set_low(self, low: bool) -> None:
        """Numbers without their bars where the window is low: who is missing keeps its room."""
        for bar in self.bars.values():
            bar.set_low(low)

    def show_run(self, detail: RunDetail, call: RollCall | None) -> None:
        """Show how far the head count is; ``call`` is None before it began."""
        self._detail, self._call = detail, call
        on = detail.line.state in ("running", "paused")
        counting = call is not None and call.ended_at is None
        self.start.setVisible(call is None and on)
        self.unlisted.setVisible(counting and on)
        self.place.setText(translate("MusterCard", "集合点 {place}").format(place=detail.place))
        self.place.setVisible(bool(detail.place))
        self.place_icon.setVisible(bool(detail.place))
        done, everybody = call.count(*KINDS, "unlisted") if call else (0, 0)
        self.figure.set_text(str(done))
        self.all.setText(translate("MusterCard", "/ {n} 人").format(n=everybody))
        for kind, bar in self.bars.items():
            safe, there = call.count(kind) if call else (0, 0)
            bar.setVisible(call is not None and (kind != "assisted" or there > 0))
            bar.show_count(safe, there)
        self._show_left(call, counting and on)

    def _show_left(self, call: RollCall | None, may_mark: bool) -> None:
        left = call.unconfirmed if call else ()
        self.left.setText(
            translate("MusterCard", "未到 {n} 人").format(n=len(left))
            if call
            else translate("MusterCard", "还没有开始清点")
        )
        self.source.setVisible(call is not None)
        if call == self._shown and call is not None:
            return
        self._shown = call
        clear(self._rows)
        self.buttons = {}
        for mark in left[:_MOST_SHOWN]:
            self._rows.addWidget(self._row(mark, may_mark))
        if len(left) > _MOST_SHOWN:
            rest = translate("MusterCard", "还有 {n} 人").format(n=len(left) - _MOST_SHOWN)
            self._rows.addWidget(Label(rest, SECOND))
        self._rows.addStretch(1)

    def _row(self, mark: RollMark, may_mark: bool) -> QWidget:
        row = QWidget()
        words = VBox(spacing=2)
        name = shown_name(mark)
        words.addWidget(Label(name, TextRole(14, 700), wrap=True))
        where = "，".join(part for part in (last_place(mark), help_text(mark)) if part)
        if where:
            words.addWidget(Label(where, BODY, wrap=True))
        line = HBox(spacing=10, parent=row)
        line.addLayout(words, 1)
        if may_mark:
            button = PlainButton(translate("MusterCard", "已到"), size=SMALL_TOUCH)
            button.setAccessibleName(translate("MusterCard", "{name} 已到").format(name=name))
            button.clicked.connect(lambda _on=False: self.arrived.emit(mark.id))
            self.buttons[mark.id] = button
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(translate("MusterCard", "已到集合点"))
        self.source.setText(translate("MusterCard", "按来访登记与取号"))
        self.start.setText(translate("MusterCard", "开始清点人数"))
        self.unlisted.setText(translate("MusterCard", "名单外的人已到"))
        self.area.setAccessibleName(translate("MusterCard", "未到的人"))
        for bar in self.bars.values():
            bar.retranslate()
        self._shown = None
        if self._detail is not None:
            self.show_run(self._detail, self._call)
