"""Owns the kiosk's calm pages of one sentence: help is coming, the machine, out of service."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal

from ui.kiosk.mode import ELDER_CHIP, Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.wording import machine_name
from ui.shell.station import Station
from ui.widgets.button import ELDER_TOOL, KIOSK_MAIN, Button, PlainButton, PrimaryButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import TextRole
from ui.widgets.place_holder import LoadingRows
from ui.widgets.stage import VBox
from ui.widgets.state import State
from ui.widgets.status import CHIP_KIOSK, StatusChip

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class NoticePage(KioskPage):
    """An icon, a sentence, a second one; a page of its own adds words and buttons."""

    def __init__(self, station: Station, mode: Mode, icon: str) -> None:
        super().__init__(station, mode)
        sizes = mode.type
        self.title = Paragraph(
            TextRole(sizes.title, 700), sizes.title * 1.3, wrap=True, align=_CENTRE
        )
        self.text = Paragraph(
            TextRole(sizes.second, 400, "ink2"), sizes.second * 1.45, wrap=True, align=_CENTRE
        )
        self.body.addStretch(2)
        self.body.addWidget(IconLabel(icon, 180, "accent", stroke=1.5), 0, _CENTRE)
        self.body.add_gap(48)
        self.body.addWidget(self.title)
        self.body.add_gap(24)
        self.body.addWidget(self.text)
        self.under = VBox()
        self.body.addLayout(self.under)
        self.body.addStretch(3)

    def add_button(self, button: Button) -> None:
        """Put a button at the foot."""
        self.body.addWidget(button)


class LoadingPage(KioskPage):
    """Until the first answer: nothing, then grey bars, then a sentence."""

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(station, mode)
        self.rows = LoadingRows(8, row_height=180)
        self.body.add_gap(40)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self.rows.start()
        self.retranslate()


class HelpPage(NoticePage):
    """The lobby manager was called; says so again when he is on his way."""

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(station, mode, "help")
        self._answered = False
        self.state = StatusChip(State.RUNNING, "", size=ELDER_CHIP if mode.elder else CHIP_KIOSK)
        self.under.add_gap(40)
        self.under.addWidget(self.state, 0, _CENTRE)
        self.go_on = PrimaryButton("", size=ELDER_TOOL if mode.elder else KIOSK_MAIN)
        self.go_on.clicked.connect(self.back_wanted)
        self.add_button(self.go_on)
        self.retranslate()

    def show_answered(self, answered: bool) -> None:
        """Take whether somebody has answered the call."""
        self._answered = answered
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.title.setText(self.tr("大堂经理马上过来"))
        self.text.setText(self.tr("请您在这里稍等"))
        if self._answered:
            self.state.set_chip(State.OK, self.tr("大堂经理已经知道，正在过来"))
        else:
            self.state.set_chip(State.RUNNING, self.tr("已经通知大堂经理"))
        self.go_on.setText(self.tr("继续选业务"))


class MachinePage(NoticePage):
    """The customer goes to a machine and needs no ticket; the page ends by itself."""

    done = Signal()

    def __init__(self, station: Station, mode: Mode, machine: str) -> None:
        super().__init__(station, mode, "machine")
        self._machine = machine
        size = ELDER_TOOL if mode.elder else KIOSK_MAIN
        self.help = PlainButton("", size=size, icon="help")
        self.help.clicked.connect(self.help_wanted)
        self.finish = PrimaryButton("", size=KIOSK_MAIN)
        self.finish.clicked.connect(self.done)
        self.add_button(self.help)
        self.body.add_gap(20)
        self.add_button(self.finish)
        self.ends_at = 0
        self.keep()
        self.retranslate()

    def keep(self) -> None:
        """Count down anew."""
        self.ends_at = self.station.now_ms() + self.mode.end_s * 1000

    def tick(self) -> None:
        """Count down on the button."""
        super().tick()
        left = max(0, -(-(self.ends_at - self.station.now_ms()) // 1000))
        self.finish.set_sub(self.tr("{n} 秒后自动返回").format(n=left))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        name = machine_name(self._machine)
        self.title.setText(self.tr("请到{machine}办理").format(machine=name))
        self.text.setText(self.tr("不用取号，可以请人帮忙"))
        self.help.setText(self.tr("请人帮忙"))
        self.finish.setText(self.tr("完成"))
        self.tick()


class PausedPage(NoticePage):
    """A real incident is on: nobody takes a ticket, everybody follows the staff."""

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(station, mode, "alarm")
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.title.setText(self.tr("暂停办理"))
        self.text.setText(self.tr("请跟随工作人员的指引"))


class SorryPage(NoticePage):
    """The store is lost: nobody can be served here until it is back."""

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(station, mode, "wifi-off")
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.title.setText(self.tr("对不起，本机暂时不能取号。"))
        self.text.setText(self.tr("请找大堂经理。"))
