"""What every page of the kiosk shares: header, side margins, the gap of the low position."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from ui.kiosk.mode import Mode
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_BACK, PlainButton
from ui.widgets.frame import ClockLabel
from ui.widgets.icon import Logo
from ui.widgets.label import Label, TextRole
from ui.widgets.number import StepDots
from ui.widgets.stage import HBox, Spacer, VBox

SIDE, FOOT = 56, 48
_BANK = TextRole(30, 700)
_BRANCH = TextRole(26, 400, "ink2")
_STEP = TextRole(28, 400, "ink2")


def split_name(name: str) -> tuple[str, str]:
    """A branch's name in two lines: the bank, and the branch."""
    if language().code == "en":
        bank, _, place = name.partition(", ")
        return bank, place
    head, found, rest = name.partition("银行")
    return (head + found, rest) if found else (name, "")


class Page(QWidget):
    """A page: header, gap, and ``body`` down to the foot margin."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.station = station
        self.mode = Mode()
        column = VBox(margins=(SIDE, 0, SIDE, FOOT), parent=self)
        self._header = QWidget()
        self.head = HBox(spacing=20, margins=(0, 20, 0, 0), parent=self._header)
        column.addWidget(self._header)
        self._gap = Spacer(0, 0)
        column.addWidget(self._gap)
        self.body = VBox()
        column.addLayout(self.body, 1)

    def stand(self, mode: Mode) -> None:
        """Stand as this customer needs it."""
        self.mode = mode
        self._gap.set_size(0, mode.top_gap)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class BranchHead:
    """The header with bank, branch, time and day."""

    def __init__(self, page: Page) -> None:
        self._station = page.station
        self._bank = Label("", _BANK)
        self._branch = Label("", _BRANCH)
        self.clock = ClockLabel(page.station.now, px=40)
        self._day = Label("", _BRANCH, align=Qt.AlignmentFlag.AlignRight)
        names, times = VBox(), VBox()
        names.addWidget(self._bank)
        names.addWidget(self._branch)
        times.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignRight)
        times.addWidget(self._day)
        page.head.addWidget(Logo(60))
        page.head.addLayout(names)
        page.head.addStretch(1)
        page.head.addLayout(times)

    def retranslate(self, day: str) -> None:
        """Say names and day in the language of the moment."""
        bank, branch = split_name(self._station.branch.name.text(language().code))
        self._bank.setText(bank)
        self._branch.setText(branch)
        self._day.setText(day)


class StepHead:
    """The header of a step: back, and how far this is."""

    def __init__(self, page: Page, step: int) -> None:
        self.back = PlainButton("", size=KIOSK_BACK, icon="arrow-left")
        self._step = step
        self._words = Label("", _STEP)
        page.head.addWidget(self.back)
        page.head.addStretch(1)
        page.head.addWidget(self._words)
        page.head.addWidget(StepDots(3, step))

    def retranslate(self, back: str, step: str) -> None:
        """Say back and step in the language of the moment."""
        self.back.setText(back)
        self._words.setText(step)
