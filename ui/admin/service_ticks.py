"""Owns the ticks of the services a counter can do, by group; must not store them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import Group, Service
from ui.shell.language import language
from ui.widgets.button import SMALL_TOUCH, LinkButton
from ui.widgets.choice import CheckRow
from ui.widgets.label import STRONG, Label
from ui.widgets.stage import Grid, HBox, VBox


class ServiceTicks(QWidget):
    """Two rows of ticks under each group's name, and a button that turns the whole group."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offer: tuple[tuple[Group, ...], tuple[Service, ...]] = ((), ())
        self._column = VBox(spacing=0, parent=self)
        self._page: QWidget | None = None
        self.rows: dict[str, CheckRow] = {}
        self.turns: dict[str, LinkButton] = {}

    def set_offer(self, groups: Sequence[Group], services: Sequence[Service]) -> None:
        """Offer these services; the ticks stay."""
        offer = (tuple(groups), tuple(services))
        if offer != self._offer:
            self._offer = offer
            self._rebuild()

    def ticked(self) -> frozenset[str]:
        """The codes that are ticked."""
        return frozenset(code for code, row in self.rows.items() if row.isChecked())

    def put(self, codes: frozenset[str]) -> None:
        """Tick these."""
        for code, row in self.rows.items():
            row.setChecked(code in codes)

    def _rebuild(self) -> None:
        ticked, speech = self.ticked(), language().code
        if self._page is not None:
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = QWidget()
        column = VBox(spacing=0, parent=self._page)
        self.rows, self.turns = {}, {}
        for group in self._offer[0]:
            mine = [service for service in self._offer[1] if service.group == group.code]
            if not mine:
                continue
            head = HBox(spacing=8)
            head.addWidget(Label(group.name.text(speech), STRONG))
            head.addStretch(1)
            turn = LinkButton("", size=SMALL_TOUCH)
            codes = [service.code for service in mine]
            turn.clicked.connect(lambda _on=False, codes=codes: self._turn(codes))
            self.turns[group.code] = turn
            head.addWidget(turn)
            column.addLayout(head)
            grid = Grid(columns=2, spacing=0)
            for at, service in enumerate(mine):
                row = CheckRow(service.name.text(speech))
                row.setAccessibleName(row.text())
                row.setChecked(service.code in ticked)
                row.toggled.connect(self._follow)
                row.toggled.connect(self.edited)
                self.rows[service.code] = row
                grid.addWidget(row, at // 2, at % 2)
            column.addLayout(grid)
        self._column.addWidget(self._page)
        self._follow()

    def _turn(self, codes: Sequence[str]) -> None:
        on = not all(self.rows[code].isChecked() for code in codes)
        for code in codes:
            self.rows[code].setChecked(on)

    def _follow(self) -> None:
        for group in self._offer[0]:
            turn = self.turns.get(group.code)
            if turn is None:
                continue
            mine = [s.code for s in self._offer[1] if s.group == group.code]
            whole = all(self.rows[code].isChecked() for code in mine)
            turn.setText(self.tr("全不办") if whole else self.tr("全办"))
            name = group.name.text(language().code)
            turn.setAccessibleName(self.tr("{name}：{act}").format(name=name, act=turn.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._page is not None:
            self._rebuild()
