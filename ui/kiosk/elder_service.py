"""Owns one service in big letters: what to bring, the age, and the counter before the machine."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal

from branch.catalogue.queries import Service
from ui.kiosk.documents import DocumentList
from ui.kiosk.mode import Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.kiosk.wording import ahead_words, machine_name, service_wait
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import ELDER
from ui.widgets.card import ELDER_PANEL, Card
from ui.widgets.label import TextRole
from ui.widgets.stage import HBox, VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import ELDER_SOLID

_TITLE: Final = TextRole(ELDER.title, 700)
_TITLE_LOW: Final = TextRole(ELDER.service, 700)
_QUESTION: Final = TextRole(ELDER.service, 700)
_BODY: Final = TextRole(ELDER.body, 400, "ink2")
_REFUSED: Final = TextRole(ELDER.body, 500, "danger_text")
_SOLID: Final = replace(
    ELDER_SOLID, height=168, icon_px=76, icon_column=100, title_px=56, title_line=68, second_px=38,
    second_line=52, most_lines=2,
)  # fmt: skip
_OUTLINE: Final = replace(_SOLID, fill="outline", edge="accent", edge_width=2)
# In the low position the two answers stand side by side.
_SOLID_LOW: Final = replace(
    _SOLID, height=200, min_width=440, icon_px=0, left=28, right=20, title_px=46, title_line=56
)
_OUTLINE_LOW: Final = replace(_SOLID_LOW, fill="outline", edge="accent", edge_width=2)
_QUIET: Final = replace(_SOLID, fill="plain", edge="control", edge_width=2, height=148)


class ElderServicePage(KioskPage):
    """``counter_wanted`` carries the code and whether the customer says he is old enough.

    The counter is the first choice here: the guidance of 2024 on serving elderly customers
    forbids leading them away from counters.
    """

    counter_wanted = Signal(str, bool)
    machine_wanted = Signal(str)

    def __init__(self, station: Station, mode: Mode, shown: Picture, service: Service) -> None:
        super().__init__(station, mode, back=True)
        self._shown, self.service = shown, service
        low = mode.low
        self.title = Paragraph(_TITLE_LOW if low else _TITLE, 78 if low else 90, wrap=True)
        self.body.add_gap(0 if low else 20)
        self.body.addWidget(self.title)
        self.body.add_gap(8 if low else 24)
        self._card = Card(style=ELDER_PANEL)
        self._card.setVisible(bool(service.documents))
        inset = (36, 18, 36, 20) if low else (36, 28, 36, 32)
        self._papers = VBox(margins=inset, parent=self._card)
        self._list: DocumentList | None = None
        self.body.addWidget(self._card)
        self.body.add_gap(16 if low else 40)
        self.question = Paragraph(_QUESTION, 82, wrap=True)
        self.why = Paragraph(_BODY, 54, wrap=True)
        self.refused = Paragraph(_REFUSED, 54, wrap=True)
        self.refused.hide()
        self.old = Tile(_SOLID_LOW if low else _SOLID)
        self.young = Tile(_OUTLINE_LOW if low else _OUTLINE)
        self.old.clicked.connect(lambda: self._answer(old=True))
        self.young.clicked.connect(lambda: self._answer(old=False))
        self.body.addWidget(self.question)
        self.body.add_gap(8)
        self.body.addWidget(self.why)
        self.body.add_gap(8 if low else 20)
        self.body.addWidget(self.refused)
        answers = HBox(spacing=20) if low else VBox(spacing=20)
        answers.addWidget(self.old, 1)
        answers.addWidget(self.young, 1)
        self.body.addLayout(answers)
        self.body.add_gap(0 if low else 20)
        self.machine = Tile(_QUIET)
        self.machine.clicked.connect(lambda: self.machine_wanted.emit(service.code))
        self.body.addWidget(self.machine)
        self.body.addStretch(1)
        self.retranslate()

    def _answer(self, *, old: bool) -> None:
        self._allow(False)
        self.counter_wanted.emit(self.service.code, old)

    def refuse(self, text: str) -> None:
        """Say why no ticket was given; it can be tried again."""
        self.refused.setText(text)
        self.refused.setVisible(bool(text))
        self._allow(True)

    def _allow(self, press: bool) -> None:
        self.old.setEnabled(press)
        self.young.setEnabled(press)

    def show_picture(self, shown: Picture) -> None:
        """Take newer numbers."""
        self._shown = shown
        self._say_ways()

    def _say_ways(self) -> None:
        age = self._shown.elderly_age
        self.old.set_content(
            TileContent(
                self.tr("满 {age} 周岁，取号").format(age=age), self._way(old=True), icon="ticket"
            )
        )
        self.young.set_content(
            TileContent(
                self.tr("不满 {age} 周岁，取号").format(age=age),
                self._way(old=False),
                icon="ticket",
            )
        )

    def _way(self, *, old: bool) -> str:
        """Who is ahead and the wait, of a customer of this age."""
        shown = self._shown
        found = shown.of_service(self.service.code)
        if found is None:
            return ""
        entry = found[0]
        credit = shown.elderly_credit if old else 0
        waits = self.station.waits.shown
        return self.tr("{ahead}，{wait}").format(
            ahead=ahead_words(shown.ahead_of_new(entry, elderly=old)),
            wait=service_wait(shown, entry, self.service.code, waits, credit),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment; the list is made anew."""
        super().retranslate()
        age = self._shown.elderly_age
        self.title.setText(self.service.name.text(language().code))
        if self._list is not None:
            self._papers.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = DocumentList(self.service, elder=True, short=self.mode.low)
        self._papers.addWidget(self._list)
        self.question.setText(self.tr("您满 {age} 周岁吗？").format(age=age))
        self.why.setText(self.tr("满 {age} 周岁的客户可以提前办理").format(age=age))
        self.why.setVisible(self._shown.elderly_credit > 0)
        self._say_ways()
        code = self.service.machine
        self.machine.setVisible(code is not None and not self.mode.low)
        if code is not None:
            self.machine.set_content(
                TileContent(
                    self.tr("也可以用自助机"),
                    self.tr("{machine}，不用取号").format(machine=machine_name(code)),
                    icon="machine",
                )
            )
