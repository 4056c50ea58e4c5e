"""Owns the page of personal data: which of its parts is shown; must not know what they do."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QStackedWidget

from ui.admin.page import AdminPage
from ui.admin.privacy_holds import HoldsSection
from ui.admin.privacy_notices import NoticesSection
from ui.admin.privacy_periods import PeriodsSection
from ui.admin.privacy_requests import RequestsSection
from ui.admin.privacy_section import PrivacySection
from ui.shell.station import Station
from ui.widgets.card import Card
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import HBox, VBox

_CHOOSER: Final = 176


class PrivacyPage(AdminPage):
    """个人信息: requests, periods, legal holds, notices; one of them at a time."""

    topics = frozenset({"retention", "hold", "request", "notice"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.requests = RequestsSection(station)
        self.periods = PeriodsSection(station)
        self.holds = HoldsSection(station)
        self.notices = NoticesSection(station)
        self.sections: dict[str, PrivacySection] = {
            "requests": self.requests,
            "periods": self.periods,
            "holds": self.holds,
            "notices": self.notices,
        }
        self._awaited = set(self.sections)
        self.chooser = Chooser()
        self.stack = QStackedWidget()
        for key, section in self.sections.items():
            self.stack.addWidget(section)
            section.told.connect(self.told)
            section.loaded.connect(partial(self._on_loaded, key))
        card = Card()
        column = VBox(margins=(8, 8, 8, 8), parent=card)
        column.addWidget(self.chooser)
        card.setFixedWidth(_CHOOSER)
        row = HBox(spacing=16, parent=self)
        row.addWidget(card)
        row.addWidget(self.stack, 1)
        self.chooser.chosen.connect(self.show_section)
        self.retranslate()

    def show_section(self, key: str) -> None:
        """Go to a part."""
        self.stack.setCurrentWidget(self.sections[key])

    def ask(self) -> None:
        """Read every part anew."""
        for section in self.sections.values():
            section.ask()

    def _on_loaded(self, key: str) -> None:
        self._show_rows()
        if self._awaited:
            self._awaited.discard(key)
            if not self._awaited:
                self.loaded.emit()

    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(section.unsaved() for section in self.sections.values())

    def retranslate(self) -> None:
        """Take the words anew."""
        self.chooser.setAccessibleName(self.tr("个人信息的页面"))
        self._show_rows()
        super().retranslate()

    def _show_rows(self) -> None:
        words = {
            "requests": self.tr("个人信息请求"),
            "periods": self.tr("保存期限"),
            "holds": self.tr("依法留存"),
            "notices": self.tr("告知内容"),
        }
        rows = [
            Row(key, text, str(self.sections[key].count() or "")) for key, text in words.items()
        ]
        self.chooser.set_rows(rows, self.chooser.current() or "requests")
