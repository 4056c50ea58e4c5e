"""Owns the card of the roll call: how far it is, who is next to be found; must not list everybody.

It knows no window: whoever counts heads can show it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from branch.visitors.commands.reveal import SHOWN_S
from branch.visitors.queries.rollcall import RollCall, RollMark
from ui.models.roll_words import (
    duration_text,
    help_text,
    last_place,
    result_text,
    roll_kind_label,
    shown_name,
)
from ui.visitors.roll_desk import RollDesk
from ui.visitors.roll_questions import ask_to_end, ask_to_start
from ui.widgets.button import COMPACT, LinkButton, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.glass_dialog import GlassDialog
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, STRONG, ElidedLabel, Label
from ui.widgets.roll_bars import RollBars
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip


class RollCallPanel(Card):
    """现场点名 as in picture h; while none is under way, one row with how the last one ended."""

    page_wanted = Signal()

    def __init__(self, desk: RollDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roll-panel")
        self._desk = desk
        self._shown: RollMark | None = None
        self._phone, self._left_s = "", 0
        self._build()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        desk.changed.connect(self.show_now)
        self.start_button.clicked.connect(lambda: ask_to_start(self, desk))
        self.end_button.clicked.connect(lambda: ask_to_end(self, desk))
        self.all_button.clicked.connect(self.page_wanted)
        self.phone_button.clicked.connect(self._ask_phone)
        self.safe_button.clicked.connect(self._mark_safe)
        self.retranslate()

    def _build(self) -> None:
        self.title = Label("", CARD_TITLE)
        self.chip = StatusChip(State.RUNNING, "", icon="stopwatch")
        self.away_chip = StatusChip(State.ATTENTION, "")
        self.caption = ElidedLabel("", CAPTION)
        self.all_button = LinkButton("", size=COMPACT)
        self.start_button = PlainButton("")
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addWidget(self.away_chip)
        head.addStretch(1)
        head.addWidget(self.caption)
        head.addWidget(self.all_button)
        head.addWidget(self.start_button)
        self.bars = RollBars()
        self.left_chip = StatusChip(State.ATTENTION, "")
        self.name = Label("", STRONG)
        self.where = ElidedLabel("", BODY)
        self.phone_button = PlainButton("")
        self.safe_button = PlainButton("")
        self.end_button = PlainButton("")
        foot = HBox(spacing=12)
        foot.addWidget(self.left_chip)
        words = HBox(spacing=4)
        words.addWidget(self.name)
        words.addWidget(self.where, 1)
        foot.addLayout(words, 1)
        for button in (self.phone_button, self.safe_button, self.end_button):
            foot.addWidget(button)
        self._running = QWidget()
        below = VBox(parent=self._running)
        below.add_gap(8)
        below.addWidget(self.bars)
        below.add_gap(14)
        below.addWidget(Separator())
        below.add_gap(14)
        below.addLayout(foot)
        column = VBox(margins=(20, 14, 20, 16), parent=self)
        column.addLayout(head)
        column.addWidget(self._running)

    # -- what is shown --------------------------------------------------------------------------

    def show_now(self) -> None:
        """Show the roll call as the desk knows it."""
        call = self._desk.call
        self._running.setVisible(call is not None)
        self.chip.setVisible(call is not None)
        self.start_button.setVisible(call is None)
        as_of = self._desk.as_of
        self.away_chip.setVisible(as_of is not None)
        if as_of is not None:
            time = f"{self._desk.station.local(as_of):%H:%M}"
            self.away_chip.set_chip(
                State.ATTENTION, self.tr("离线，名册截至 {time}").format(time=time)
            )
        if call is None:
            self._second.stop()
            self._show_last(self._desk.last)
            return
        self._second.start()
        self._show_running(call)
        self._show_next(call)
        self.updateGeometry()

    def _show_last(self, last: RollCall | None) -> None:
        if last is None:
            self.caption.set_text(self.tr("还没有点过名"))
            return
        moment = self._desk.station.local(last.started_at)
        text = self.tr("上次 {time}，{kind}，{result}").format(
            time=f"{moment:%m-%d %H:%M}",
            kind=roll_kind_label(last.kind),
            result=result_text(last),
        )
        self.caption.set_text(text)

    def _show_running(self, call: RollCall) -> None:
        gone = duration_text(self._desk.station.now_ms() - call.started_at)
        words = self.tr("进行中 {time}").format(time=gone)
        if call.kind != "real":
            words = f"{roll_kind_label(call.kind)} {words}"
        self.chip.set_chip(State.RUNNING, words, icon="stopwatch")
        begun = f"{self._desk.station.local(call.started_at):%H:%M}"
        told = self.tr("{time} 由 {name} 发起").format(time=begun, name=call.started_by)
        self.caption.set_text(told)
        self.bars.show_call(call)

    def _show_next(self, call: RollCall) -> None:
        left = call.unconfirmed
        before = self._shown.id if self._shown is not None else None
        self._shown = left[0] if left else None
        if self._shown is None or self._shown.id != before:
            self._hide_phone()
        state = State.ATTENTION if left else State.OK
        words = self.tr("未确认 {n} 人").format(n=len(left)) if left else self.tr("全部确认")
        self.left_chip.set_chip(state, words)
        self.safe_button.setVisible(bool(left))
        visitor = self._shown is not None and self._shown.kind == "visitor"
        self.phone_button.setVisible(visitor and not self._desk.away)
        self._show_words()

    def _show_words(self) -> None:
        mark = self._shown
        self.name.setText(shown_name(mark) if mark is not None else "")
        if mark is None:
            self.where.set_text("")
        elif self._phone:
            text = self.tr("{phone}，{n} 秒后隐藏").format(phone=self._phone, n=self._left_s)
            self.where.set_text(text)
        else:
            self.where.set_text(self._where(mark))

    def _where(self, mark: RollMark) -> str:
        parts = [mark.badge] if mark.badge else []
        place = last_place(mark)
        if place:
            parts.append(self.tr("最后位置 {place}").format(place=place))
        if mark.came_at is not None:
            time = f"{self._desk.station.local(mark.came_at):%H:%M}"
            parts.append(self.tr("{time} 进入").format(time=time))
        if mark.help:
            parts.append(help_text(mark))
        return self.tr("，").join(parts)

    # -- steps ----------------------------------------------------------------------------------

    def _mark_safe(self) -> None:
        if self._shown is not None:
            self._desk.mark((self._shown.id,), "safe")

    def _ask_phone(self) -> None:
        mark = self._shown
        if mark is not None and mark.ref is not None:
            self._desk.reveal_phone(mark.ref, self._show_phone, self._offer_glass)

    def _show_phone(self, phone: str) -> None:
        self._phone, self._left_s = phone or self.tr("没有留电话"), SHOWN_S
        self._show_words()

    def _hide_phone(self) -> None:
        self._phone, self._left_s = "", 0

    def _offer_glass(self) -> None:
        dialog = GlassDialog(self, self._desk.station)
        dialog.broken.connect(lambda _until: self._ask_phone())
        dialog.open()

    def _tick(self) -> None:
        if self._desk.call is None:
            return
        self._show_running(self._desk.call)
        if self._left_s:
            self._left_s -= 1
            if not self._left_s:
                self._hide_phone()
            self._show_words()

    # -- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("现场点名"))
        self.all_button.setText(self.tr("全部名单"))
        self.start_button.setText(self.tr("开始点名"))
        self.phone_button.setText(self.tr("拨打电话"))
        self.safe_button.setText(self.tr("已确认安全"))
        self.end_button.setText(self.tr("结束点名"))
        self.bars.retranslate()
        self.show_now()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
