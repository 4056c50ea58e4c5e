"""Owns the checklist of documents at the counter; it is a help for the teller and keeps nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branch.catalogue.queries import Service
from ui.shell.language import language
from ui.widgets.card import Card
from ui.widgets.choice import CheckRow
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.scroll_area import ScrollArea

_ALWAYS = "always"


class DocumentsCard(Card):
    """What the customer has to show, ticked by mouse or by the keys 1 to 9."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", CARD_TITLE)
        self.count = Label("", SECOND)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self._rows: list[CheckRow] = []
        self._needed: list[CheckRow] = []
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._scroll = ScrollArea(inner, sideways=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 14)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self._service: Service | None = None
        self.hide()

    def show_service(self, service: Service | None) -> None:
        """Show a service's list; None hides it. The same service keeps its ticks."""
        if service is None:
            self.hide()
            return
        self.setVisible(bool(service.documents))
        if service == self._service:
            return
        self._service = service
        self._fill()

    def start_over(self) -> None:
        """Untick everything: another customer is here."""
        for row in self._rows:
            row.setChecked(False)

    def tick_row(self, number: int) -> bool:
        """Turn the tick of document ``number`` (from 1); False when there is none."""
        if not 1 <= number <= len(self._rows) or not self._rows[number - 1].isEnabled():
            return False
        self._rows[number - 1].toggle()
        return True

    def _fill(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._needed = [], []
        documents = self._service.documents if self._service else ()
        for at, document in enumerate(documents, start=1):
            text = document.en if language().code == "en" and document.en else document.zh
            row = CheckRow(text, key=str(at) if at <= 9 else "")
            row.setAccessibleName(text)
            row.toggled.connect(self._count)
            self._list.addWidget(row)
            self._rows.append(row)
            if document.when == _ALWAYS:
                self._needed.append(row)
        self._scroll.setFixedHeight(min(4, len(self._rows)) * 46 + 2)
        self._count()

    def _count(self) -> None:
        ready = sum(row.isChecked() for row in self._needed)
        text = self.tr("已齐 {ready} / {needed}")
        self.count.setText(text.format(ready=ready, needed=len(self._needed)))

    def retranslate(self) -> None:
        """Say everything in the language of the moment, with the ticks as they are."""
        self.title.setText(self.tr("材料核对"))
        ticks = [row.isChecked() for row in self._rows]
        self._fill()
        for row, ticked in zip(self._rows, ticks, strict=True):
            row.setChecked(ticked)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
