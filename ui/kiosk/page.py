"""What every page of the kiosk shares: header, side margins, the gap of the low position."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kiosk.mode import HEADER, HEIGHT, LOW_HEIGHT, Mode
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.kiosk.wording import bank_and_branch
from ui.models.dates import day_text
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_BACK, AccentButton, ButtonSize, PlainButton
from ui.widgets.icon import Logo
from ui.widgets.label import TextRole
from ui.widgets.number import StepDots
from ui.widgets.painting import Themed
from ui.widgets.stage import HBox, Spacer, VBox

SIDE, FOOT = 56, 48
LOW_BAR = 108
_ELDER_BAR = ButtonSize(
    104, 40, 28, icon_px=44, gap=16, radius=16, edge=2, icon_stroke=2.0, edge_token="control"
)


class FixedHeight(Themed, QWidget):
    """A strip of one design height; give it a layout."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        self._height = height
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(super().sizeHint().width(), round(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(super().minimumSizeHint().width(), round(self.px(self._height)))


class BranchHeader(FixedHeight):
    """Bank, branch, time and day; in big letters only bank and time."""

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(HEADER)
        self._station = station
        right = Qt.AlignmentFlag.AlignRight
        small = TextRole(26, 400, "ink2")
        self.bank = Paragraph(TextRole(36 if mode.elder else 30, 700), 54 if mode.elder else 36)
        self.branch = Paragraph(small, 39)
        clock = TextRole(52 if mode.elder else 40, 500)
        self.clock = Paragraph(clock, 78 if mode.elder else 46, align=right)
        self.day = Paragraph(small, 39, align=right)
        names, times = VBox(), VBox()
        for column, labels in ((names, (self.bank, self.branch)), (times, (self.clock, self.day))):
            column.addStretch(1)
            for label in labels:
                column.addWidget(label)
            column.addStretch(1)
        if mode.elder:
            self.branch.hide()
            self.day.hide()
        row = HBox(spacing=18, parent=self)
        row.addWidget(Logo(60))
        row.addLayout(names)
        row.addStretch(1)
        row.addLayout(times)

    def retranslate(self) -> None:
        """Say names and day in the language of the moment."""
        bank, branch = bank_and_branch(self._station.branch.name.text(language().code))
        self.bank.setText(bank)
        self.branch.setText(branch)
        self.tick()

    def tick(self) -> None:
        """Show the time of the moment."""
        now = self._station.now()
        self.clock.setText(f"{now:%H:%M}")
        self.day.setText(day_text(now))


class BackBar(FixedHeight):
    """Back at the left; at the right how far this is, or help in big letters."""

    def __init__(self, mode: Mode, step: int) -> None:
        super().__init__(LOW_BAR if mode.low and not mode.elder else HEADER)
        self._step = step
        size = _ELDER_BAR if mode.elder else KIOSK_BACK
        self.back = PlainButton("", size=size, icon="arrow-left")
        row = HBox(spacing=20, parent=self)
        row.addWidget(self.back)
        row.addStretch(1)
        self.help = AccentButton("", size=_ELDER_BAR, icon="help")
        self.words = Paragraph(TextRole(28, 400, "ink2"), 42)
        row.addWidget(self.words)
        dots = StepDots(3, step)
        row.add_gap(8)
        row.addWidget(dots)
        row.addWidget(self.help)
        self.help.setVisible(mode.elder)
        self.words.setVisible(not mode.elder and bool(step))
        dots.setVisible(not mode.elder and bool(step))

    def retranslate(self) -> None:
        """Say back and step in the language of the moment."""
        self.back.setText(self.tr("返回"))
        self.help.setText(self.tr("请人帮我办"))
        self.words.setText(self.tr("第 {n} 步，共 3 步").format(n=self._step))


class KioskPage(QWidget):
    """A page, made for one mode: header or back bar on top, and ``body`` down to the foot margin.

    ``back_wanted`` and ``help_wanted`` come from pages that offer them.
    """

    back_wanted = Signal()
    help_wanted = Signal()
    # Whether digits typed or scanned here are a booking code.
    takes_code = False

    def __init__(self, station: Station, mode: Mode, *, back: bool = False, step: int = 0) -> None:
        super().__init__()
        self.station, self.mode = station, mode
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = VBox(margins=(SIDE, 0, SIDE, FOOT), parent=self)
        self.header: BranchHeader | None = None
        self.bar: BackBar | None = None
        if not back or mode.low:
            self.header = BranchHeader(station, mode)
            self.body.addWidget(self.header)
        if mode.low:
            self.body.addWidget(Spacer(0, HEIGHT - HEADER - LOW_HEIGHT))
        if back:
            self.bar = BackBar(mode, step)
            self.bar.back.clicked.connect(self.go_back)
            self.bar.help.clicked.connect(self.help_wanted)
            self.body.addWidget(self.bar)

    def go_back(self) -> None:
        """One step back, by the button or by Esc."""
        self.back_wanted.emit()

    def show_picture(self, shown: Picture) -> None:
        """Take newer numbers; a page that shows none needs none."""

    def tick(self) -> None:
        """Once a second."""
        if self.header is not None:
            self.header.tick()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        if self.header is not None:
            self.header.retranslate()
        if self.bar is not None:
            self.bar.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
