"""Owns what was observed during a run (picture k): good or to mend, with the time it was seen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.queries.detail import Observation, RunDetail
from branch.drills.rules.run import AREA, STRENGTH
from ui.models.drill_words import run_time
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, CARD_TITLE, SECOND, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_TIME = TextRole(14, 700)


def kind_chip(kind: str) -> StatusChip:
    """Good, or to mend."""
    if kind == STRENGTH:
        return StatusChip(State.OK, translate("ObservationCard", "做得好"))
    return StatusChip(State.ATTENTION, translate("ObservationCard", "改进"))


class ObservationCard(Card):
    """``observe_wanted`` carries the kind: strength or area."""

    observe_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._detail: RunDetail | None = None
        self._shown: tuple[Observation, ...] | None = None
        self.title, self.none = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.good = PlainButton("", icon="check")
        self.mend = PlainButton("", icon="drill")
        self.good.clicked.connect(lambda _on=False: self.observe_wanted.emit(STRENGTH))
        self.mend.clicked.connect(lambda _on=False: self.observe_wanted.emit(AREA))
        body = QWidget()
        self._rows = VBox(spacing=8, parent=body)
        self.area = ScrollArea(body, bare=True)
        buttons = HBox(spacing=8)
        buttons.addWidget(self.good, 1)
        buttons.addWidget(self.mend, 1)
        column = VBox(spacing=8, margins=(20, 16, 20, 20), parent=self)
        column.addWidget(self.title)
        column.addWidget(self.none)
        column.addWidget(self.area, 1)
        column.addLayout(buttons)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show what was observed, the newest first."""
        self._detail = detail
        if detail.observations == self._shown:
            return
        self._shown = detail.observations
        clear(self._rows)
        for one in reversed(detail.observations):
            row = QWidget()
            line = HBox(spacing=10, parent=row)
            time = "" if one.at_ms is None else run_time(one.at_ms)
            line.addWidget(Label(time, _TIME), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(one.text, BODY, wrap=True), 1)
            line.addWidget(kind_chip(one.kind), 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        self.none.setVisible(not detail.observations)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(translate("ObservationCard", "观察记录"))
        self.area.setAccessibleName(self.title.text())
        self.none.setText(translate("ObservationCard", "还没有记录，看到好的或要改的就按一下"))
        self.good.setText(translate("ObservationCard", "做得好"))
        self.mend.setText(translate("ObservationCard", "要改进"))
        self._shown = None
        if self._detail is not None:
            self.show_run(self._detail)
