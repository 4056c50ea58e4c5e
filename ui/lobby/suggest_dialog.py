"""Owns the list of changes at the counters that would shorten the line most; makes none itself
but the one that is pressed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.lobby.waits.helping import Gain
from ui.lobby.picture import Picture
from ui.lobby.sayings import ask_words, counter_label
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import LARGE, SMALL_TOUCH, AccentButton, PlainButton
from ui.widgets.card import Separator
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import BODY, STRONG, Label, TextRole
from ui.widgets.place_holder import LoadingRows
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate


class SuggestDialog(PanelDialog):
    """What would help, the most helpful first.

    ``wanted`` gives the Gain whose button is pressed; ``told`` is set once there was an answer.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, station: Station, shown: Picture) -> None:
        super().__init__(parent, translate("SuggestDialog", "怎样加人最有用"), width=640)
        self._picture = shown
        self.told = False
        self.body.addWidget(Label(self.windowTitle(), TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        waiting = translate("SuggestDialog", "正在推算，请稍候")
        self.text = Label(waiting, TextRole(15, 400, "ink2"), wrap=True)
        self.body.addWidget(self.text)
        self.body.add_gap(14)
        self.loading = LoadingRows(3)
        self.body.addWidget(self.loading)
        self._rows = VBox()
        self.body.addLayout(self._rows)
        self.buttons_shown: list[AccentButton] = []
        self.lines: list[Label] = []
        self.savings: list[Label] = []
        self.close_button = PlainButton(translate("SuggestDialog", "知道了"), size=LARGE)
        self.close_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.close_button)
        self.loading.start()
        station.waits.suggest(self, shown.services_by_group(), self._show)

    def _show(self, gains: tuple[Gain, ...] | None) -> None:
        self.loading.stop()
        self.loading.hide()
        self.told = gains is not None
        self.text.setText(self._finding(gains))
        for gain in gains or ():
            self._rows.addWidget(Separator())
            self._rows.addLayout(self._row(gain))
        self.adjustSize()

    def _finding(self, gains: tuple[Gain, ...] | None) -> str:
        if gains is None:
            return translate("SuggestDialog", "暂时无法估计，请稍后再看")
        if not gains:
            return translate("SuggestDialog", "换柜台或多开柜台，现在都不会明显缩短等候")
        return translate("SuggestDialog", "按现在排队的客户推算，哪一项最能缩短等候：")

    def _row(self, gain: Gain) -> HBox:
        counter = self._picture.counter(gain.candidate.counter)
        name = counter_label(counter) if counter else str(gain.candidate.counter)
        row = HBox(spacing=12, margins=(0, 10, 0, 10))
        words = VBox(spacing=2)
        title = Label(self._what(gain, name), STRONG, wrap=True)
        words.addWidget(title)
        saving = Label(self._saved(gain), BODY, wrap=True)
        words.addWidget(saving)
        self.lines.append(title)
        self.savings.append(saving)
        row.addLayout(words, 1)
        if counter is not None and not gain.candidate.opens:
            button = AccentButton(ask_words(counter), size=SMALL_TOUCH)
            button.clicked.connect(lambda: self._want(gain))
            self.buttons_shown.append(button)
            row.addWidget(button)
        return row

    def _saved(self, gain: Gain) -> str:
        less = translate("SuggestDialog", "平均每人少等 {n} 分钟").format(n=round(gain.minutes))
        if not gain.reached:
            return less
        reached = translate("SuggestDialog", "{n} 位现在没有柜台可办的客户可以办").format(
            n=gain.reached
        )
        if gain.minutes < 1:
            return reached
        return translate("SuggestDialog", "，").join((reached, less))

    def _what(self, gain: Gain, name: str) -> str:
        if gain.candidate.opens:
            # Only a teller opens a counter, in his own name.
            return translate("SuggestDialog", "{name}加开，请安排柜员上岗").format(name=name)
        group = self._picture.group(gain.candidate.group).short.text(language().code)
        return translate("SuggestDialog", "{name}也办{group}").format(name=name, group=group)

    def _want(self, gain: Gain) -> None:
        for button in self.buttons_shown:
            button.setEnabled(False)
        self.wanted.emit(gain)
        self.accept()
