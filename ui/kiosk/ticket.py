"""Owns the last page: the number, where to sit, why the order may change."""

from __future__ import annotations

from PySide6.QtCore import Signal

from branch.lobby.queries.slip import Slip
from ui.kiosk.page import BranchHead, Page
from ui.kiosk.plan import AreaPlan
from ui.models.dates import day_text
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_MAIN, PrimaryButton
from ui.widgets.card import KIOSK_PANEL, Card, Separator
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import CHIP_KIOSK, StatusChip, StatusGlyph

_TITLE = TextRole(56, 700)
_LABEL = TextRole(34, 400, "ink2")
_VALUE = TextRole(64, 700)
_PLACE = TextRole(48, 700)
_TEXT = TextRole(30, 400, "ink2")
_WHY = TextRole(34, 700)
_STAYS_S = 20


class TicketPage(Page):
    """The ticket in big digits, on screen for twenty seconds."""

    done = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._slip: Slip | None = None
        self._free = False
        self._failed = False
        self._until = 0
        self._header_row = BranchHead(self)
        title = HBox(spacing=24, margins=(0, 8, 0, 28))
        self.glyph = StatusGlyph(State.OK, 60)
        self.title = Label("", _TITLE, wrap=True)
        title.addWidget(self.glyph)
        title.addWidget(self.title, 1)
        self.body.addLayout(title)
        self.body.addWidget(self._ticket_card())
        self.body.add_gap(20)
        self.body.addWidget(self._way_card())
        self.body.add_gap(20)
        self.body.addWidget(self._why_card())
        self.body.addStretch(1)
        self.finish = PrimaryButton("", size=KIOSK_MAIN)
        self.finish.clicked.connect(self.done)
        self.body.addWidget(self.finish)

    def _ticket_card(self) -> Card:
        card = Card(style=KIOSK_PANEL)
        column = VBox(margins=(44, 34, 44, 34), parent=card)
        head = HBox()
        self.yours = Label("", _LABEL)
        self.group = StatusChip(State.RUNNING, "", size=CHIP_KIOSK)
        head.addWidget(self.yours)
        head.addStretch(1)
        head.addWidget(self.group)
        column.addLayout(head)
        column.add_gap(16)
        self.number = BigNumber("", px=232)
        column.addWidget(self.number)
        column.add_gap(30)
        column.addWidget(Separator())
        column.add_gap(28)
        pair = HBox(spacing=40)
        self.ahead_label, self.ahead = Label("", _LABEL), Label("", _VALUE)
        self.wait_label, self.wait = Label("", _LABEL), Label("", _VALUE)
        for label, value, stretch in (
            (self.ahead_label, self.ahead, 2),
            (self.wait_label, self.wait, 3),
        ):
            part = VBox()
            part.addWidget(label)
            part.addWidget(value)
            pair.addLayout(part, stretch)
        column.addLayout(pair)
        return card

    def _way_card(self) -> Card:
        card = Card(style=KIOSK_PANEL)
        row = HBox(spacing=20, margins=(44, 30, 24, 30), parent=card)
        words = VBox(spacing=4)
        head = HBox(spacing=16)
        self.place = Label("", _PLACE)
        head.addWidget(IconLabel("chair", 52, "accent"))
        head.addWidget(self.place)
        head.addStretch(1)
        words.addLayout(head)
        self.way = Label("", _TEXT, wrap=True)
        self.listen = Label("", _TEXT, wrap=True)
        words.addWidget(self.way)
        words.addWidget(self.listen)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.plan = AreaPlan()
        row.addWidget(self.plan)
        return card

    def _why_card(self) -> Card:
        card = Card(style=KIOSK_PANEL)
        column = VBox(spacing=10, margins=(44, 28, 44, 28), parent=card)
        self.why = Label("", _WHY)
        column.addWidget(self.why)
        self._reasons: list[Label] = []
        for icon in ("heart", "calendar", "counter"):
            line = HBox(spacing=18)
            words = Label("", _TEXT, wrap=True)
            line.addWidget(IconLabel(icon, 36, "accent"))
            line.addWidget(words, 1)
            column.addLayout(line)
            self._reasons.append(words)
        column.addWidget(Separator())
        line = HBox(spacing=18)
        self.missed = Label("", TextRole(30, 500), wrap=True)
        line.addWidget(IconLabel("recall", 36, "accent"))
        line.addWidget(self.missed, 1)
        column.addLayout(line)
        return card

    # -- showing --------------------------------------------------------------------------------

    def show_slip(self, slip: Slip, *, free: bool) -> None:
        """Show a ticket just taken; ``free`` tells that a counter was idle and nobody waited."""
        self._slip, self._free, self._failed = slip, free, False
        self._until = self.station.now_ms() + _STAYS_S * 1000
        self.retranslate()

    def show_print(self, ticket: int, printed: bool) -> None:
        """Say that the paper did not come; the number stands all the same."""
        if self._slip is not None and self._slip.id == ticket and not printed:
            self._failed = True
            self._until = self.station.now_ms() + 2 * _STAYS_S * 1000
            self.retranslate()

    def tick(self) -> bool:
        """Count down; True when the page has stood long enough."""
        left = -(-(self._until - self.station.now_ms()) // 1000)
        self.finish.set_sub(self.tr("{n} 秒后自动返回").format(n=max(0, left)))
        return left <= 0

    def forget(self) -> None:
        """Forget the ticket: the next customer must not see it."""
        self._slip = None
        self.number.set_text("")

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._header_row.retranslate(day_text(self.station.now()))
        slip = self._slip
        if slip is None:
            return
        code = language().code
        if self._failed:
            self.glyph.set_state(State.ATTENTION)
            self.title.setText(
                self.tr("取号成功。小票没有打出来，请用手机拍下号码，大堂经理马上过来")
            )
            self.title.set_role(TextRole(40, 700))
        else:
            self.glyph.set_state(State.OK)
            self.title.setText(self.tr("取号成功，请取走小票"))
            self.title.set_role(_TITLE)
        self.yours.setText(self.tr("您的号码"))
        self.group.set_chip(State.RUNNING, slip.group_name.text(code), "ticket")
        self.number.set_text(slip.number)
        self.ahead_label.setText(self.tr("前面还有"))
        self.ahead.setText(self.tr("{n} 人").format(n=slip.ahead))
        self.wait_label.setText(self.tr("预计等候"))
        now = self._free and slip.ahead == 0
        self.wait.setText(self.tr("现在可办") if now else self.tr("暂时无法估计"))
        self.wait.set_role(TextRole(64 if now else 44, 700))
        self.place.setText(self.tr("请到 {area} 区等候").format(area=slip.area.code))
        self.way.setText(slip.area.name.text(code))
        self.listen.setText(self.tr("听到叫号或看到大屏显示您的号码再过去"))
        self.plan.show_area(slip.area.code, self.tr("您在这里"), self.tr("柜台"))
        self._say_order(slip)
        self.finish.setText(self.tr("完成"))
        self.tick()

    def _say_order(self, slip: Slip) -> None:
        self.why.setText(self.tr("叫号次序为什么会有变化？"))
        order = self.tr(
            "老年客户按提前{elderly}分钟到达排序；"
            "比您晚到{largest}分钟以上的客户，不会先于您办理同一业务。"
        )
        self._reasons[0].setText(
            order.format(elderly=slip.elderly_credit, largest=slip.largest_credit)
        )
        self._reasons[1].setText(self.tr("预约客户按约定时间办理"))
        self._reasons[2].setText(self.tr("各柜台能办的业务不同，叫号不一定按数字先后"))
        self.missed.setText(self.tr("错过叫号？请直接找大堂经理，不用重新取号"))
