"""Owns the last page: the number, where to sit, why the order may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from branch.lobby.queries.slip import Slip
from ui.kiosk.mode import HEIGHT, WIDTH, Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.kiosk.plan import AreaPlan
from ui.kiosk.ticket_card import TicketCard
from ui.kiosk.wording import ahead_figure, basis_words, order_words
from ui.models.wait_words import wait_words
from ui.shell.language import ENGLISH, language
from ui.shell.station import Station
from ui.shell.waits import Promise
from ui.widgets.button import KIOSK_MAIN, PrimaryButton
from ui.widgets.card import ELDER_PANEL, KIOSK_PANEL, Card, Separator
from ui.widgets.icon import IconLabel
from ui.widgets.label import TextRole
from ui.widgets.painting import scale_of
from ui.widgets.stage import HBox, Spacer, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_TOP: Final = Qt.AlignmentFlag.AlignTop
_DONE: Final = replace(KIOSK_MAIN, font_px=40, sub_px=30)


@dataclass(frozen=True)
class _Room:
    """What is shown beside number, place and what to do when the call was missed.

    Where letters are big or the position is low, not everything has room; reasons go first.
    """

    reasons: int
    headed: bool
    listen: bool = True


class TicketPage(KioskPage):
    """The ticket in big digits, until ``done`` or until its countdown has run out."""

    done = Signal()

    def __init__(self, station: Station, mode: Mode, shown: Picture, slip: Slip) -> None:
        super().__init__(station, mode)
        self.slip = slip
        self._shown = shown
        # Nothing is said of the wait before it has been looked for.
        self._looked = slip.at_once
        self._promise: Promise | None = None
        self._printed: bool | None = None
        elder, low = mode.elder, mode.low
        self._head = TextRole(66 if elder else 56, 700)
        self.glyph = StatusGlyph(State.OK, 64)
        self.title = Paragraph(self._head, 84 if elder else 70, wrap=True)
        row = HBox(spacing=24)
        row.addWidget(self.glyph)
        row.addWidget(self.title, 1)
        self.body.add_gap(0 if low else 8)
        self.body.addLayout(row)
        self.trouble = Paragraph(TextRole(mode.type.button, 500), 58 if elder else 50, wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.body.add_gap(16 if low else 30)
        self.card = TicketCard(mode)
        self.body.addWidget(self.card)
        self.basis = Paragraph(
            TextRole(mode.type.body, 400, "ink2"), 54 if elder else 42, wrap=True
        )
        self._note = QWidget()
        beneath = VBox(margins=(44, 8 if low else 18, 44, 0 if low else 2), parent=self._note)
        beneath.addWidget(self.basis)
        self.body.addWidget(self._note)
        self.body.add_gap(16 if low else 20)
        self._way_card = self._way()
        self.body.addWidget(self._way_card)
        self.body.add_gap(16 if low else 20)
        self._why_card = self._why()
        self.body.addWidget(self._why_card)
        self.body.add_gap(16)
        self.body.addStretch(1)
        self.finish = PrimaryButton("", size=_DONE)
        self.finish.clicked.connect(self.done)
        foot = HBox(spacing=20)
        if not elder:
            # The place of the message to the telephone, which nobody has configured.
            foot.addWidget(Spacer(409, 120))
        foot.addWidget(self.finish, 1)
        self.body.addLayout(foot)
        self.ends_at = station.now_ms() + mode.end_s * 1000
        self.retranslate()

    def _panel(self) -> Card:
        return Card(style=ELDER_PANEL if self.mode.elder else KIOSK_PANEL)

    def _way(self) -> Card:
        elder, low = self.mode.elder, self.mode.low
        card = self._panel()
        edge = 3 if self.mode.contrast else 2
        row = HBox(margins=(44, edge, edge, edge), parent=card)
        words = VBox(margins=(0, 24 if low else 32, 12, 20))
        head = HBox(spacing=16)
        self.place = Paragraph(TextRole(52 if elder else 48, 700), 62)
        head.addWidget(IconLabel("chair", 52, "accent", stroke=1.6))
        head.addWidget(self.place)
        head.addStretch(1)
        words.addLayout(head)
        role = TextRole(38 if elder else 30, 400, "ink2")
        line = 53 if elder else 45
        self.way = Paragraph(role, line, wrap=True)
        self.listen = Paragraph(role, line, wrap=True)
        words.add_gap(8 if low else 14)
        words.addWidget(self.way)
        words.addWidget(self.listen)
        words.addStretch(1)
        row.addLayout(words, 1)
        areas = tuple(area.code for area in self._shown.kiosk.areas)
        high = 252 if low else 340 if elder else 292
        self.plan = AreaPlan(areas, high, 32 if elder else 26)
        row.addWidget(self.plan)
        return card

    def _why(self) -> Card:
        elder, low = self.mode.elder, self.mode.low
        card = self._panel()
        column = VBox(margins=(44, 16 if low else 30, 44, 22 if low else 32), parent=card)
        self.why = Paragraph(TextRole(42 if elder else 34, 700), 58 if elder else 48)
        role = TextRole(38 if elder else 30, 400, "ink2")
        line = 53 if elder else 45
        self._reasons: list[tuple[QWidget, Paragraph]] = []
        column.addWidget(self.why)
        for icon in ("heart", "calendar", "counter"):
            words = Paragraph(role, line, wrap=True)
            reason = self._line(icon, words)
            column.addWidget(reason)
            self._reasons.append((reason, words))
        self._rule = QWidget()
        ruled = VBox(margins=(0, 20, 0, 8), parent=self._rule)
        ruled.addWidget(Separator(thickness=2))
        column.addWidget(self._rule)
        self.missed = Paragraph(TextRole(38 if elder else 30, 500), line, wrap=True)
        column.addWidget(self._line("recall", self.missed))
        return card

    def _line(self, icon: str, words: Paragraph) -> QWidget:
        """An icon beside its words; a widget of its own, so that it can give way whole."""
        whole = QWidget()
        row = HBox(spacing=18, margins=(0, 10, 0, 0), parent=whole)
        beside = VBox(margins=(0, 6, 0, 0))
        beside.addWidget(IconLabel(icon, 40 if self.mode.elder else 34, "accent"), 0, _TOP)
        row.addLayout(beside)
        row.addWidget(words, 1)
        return whole

    # -- showing --------------------------------------------------------------------------------

    def show_print(self, printed: bool) -> None:
        """Say whether the paper came; without it the customer gets time to take a picture."""
        self._printed = printed
        if not printed:
            self.ends_at = self.station.now_ms() + 2 * self.mode.end_s * 1000
        self.retranslate()

    def show_wait(self, promise: Promise | None) -> None:
        """Show what the ticket was promised, or that it cannot be known."""
        self._looked, self._promise = True, promise
        self.retranslate()

    def keep(self) -> None:
        """Somebody touched the page: count down anew."""
        self.ends_at = max(self.ends_at, self.station.now_ms() + self.mode.end_s * 1000)

    def tick(self) -> None:
        """Count down on the button."""
        super().tick()
        left = max(0, -(-(self.ends_at - self.station.now_ms()) // 1000))
        self.finish.set_sub(self.tr("{n} 秒后自动返回").format(n=left))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        slip, code = self.slip, language().code
        self._say_title()
        card = self.card
        card.yours.setText(self.tr("您的号码"))
        entry = self._shown.group(slip.service.group)
        icon = entry.group.icon if entry else ""
        card.group.set_chip(State.RUNNING, slip.group_name.text(code), icon)
        card.number.set_text(slip.number)
        card.ahead_label.setText(self.tr("前面还有"))
        count, _, unit = ahead_figure(slip.ahead).partition(" ")
        card.ahead.set_figure(count, unit)
        card.wait_label.setText(self.tr("预计等候"))
        self._say_wait()
        area = self.tr("{area} 区")
        self.place.setText(self.tr("请到 {area} 区等候").format(area=slip.area.code))
        self.way.setText(slip.area.name.text(code))
        self.listen.setText(self.tr("听到叫号或看到大屏显示您的号码再过去"))
        self.plan.show_area(
            slip.area.code, here=self.tr("您在这里"), counters=self._counters(), area=area
        )
        self.missed.setText(self.tr("错过叫号？请直接找大堂经理，不用重新取号"))
        self.finish.setText(self.tr("完成"))
        self._say_reasons()
        self.tick()

    def _say_wait(self) -> None:
        """The range, with what it means; words where there is none."""
        promise = self._promise
        wait = self.card.wait
        words = wait_words(promise.spread if promise else None, at_once=self.slip.at_once)
        if not self._looked:
            wait.set_figure("")
        elif words.figure:
            wait.set_figure(words.figure, words.after)
        else:
            wait.set_figure(words.text, big=False)
        self._note.setVisible(promise is not None)
        if promise is not None:
            self.basis.setText(basis_words(promise.usual))

    def _counters(self) -> str:
        numbers = self._shown.counters
        if not numbers:
            return self.tr("柜台")
        first, last = numbers[0], numbers[-1]
        return self.tr("柜台 {first}–{last}").format(first=first, last=last)

    def _say_title(self) -> None:
        failed = self._printed is False
        self.glyph.set_state(State.ATTENTION if failed else State.OK)
        if failed:
            title = self.tr("取号成功，请用手机拍下号码")
        elif self._printed:
            title = self.tr("取号成功，请取走小票")
        else:
            title = self.tr("取号成功，正在打印小票")
        if language().code == ENGLISH and not self.mode.elder:
            self.title.set_look(TextRole(48, 700), 60)
        else:
            self.title.set_look(self._head, 84 if self.mode.elder else 70)
        self.title.setText(title)
        self.trouble.setText(self.tr("小票没有打印出来，大堂经理马上过来"))
        self.trouble.setVisible(failed)

    def _say_reasons(self) -> None:
        self.why.setText(self.tr("叫号次序为什么会有变化？"))
        texts = (
            order_words(self.slip),
            self.tr("预约客户按约定时间办理"),
            self.tr("各柜台能办的业务不同，叫号不一定按数字先后"),
        )
        for (_line, words), text in zip(self._reasons, texts, strict=True):
            words.setText(text)
        # With no credit in force tickets are called as they were taken, and one sentence says so.
        count = len(texts) if self.slip.largest_credit else 1
        headed = not self.mode.low
        tries = [_Room(number, headed) for number in range(count, 0, -1)]
        last = (_Room(1, False), _Room(0, False), _Room(0, False, listen=False))
        for room in (*tries, *last):
            if self._fits(room):
                break

    def _fits(self, room: _Room) -> bool:
        """Show so much and no more; whether the page has room for it."""
        for at, (line, _words) in enumerate(self._reasons):
            line.setVisible(at < room.reasons)
        self.why.setVisible(room.headed)
        self._rule.setVisible(room.headed)
        self.listen.setVisible(room.listen)
        # What layouts and widgets remember of their sizes is from before.
        for layout in self.findChildren(QLayout):
            layout.invalidate()
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()
        # Asking for the least size makes the layouts take their margins for this stage.
        self.body.totalMinimumSize()
        self.body.invalidate()
        factor = scale_of(self)
        return self.body.totalHeightForWidth(round(WIDTH * factor)) <= round(HEIGHT * factor)
